//! A file as UTF-8, whatever it is written in, with a mark after its end.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

/// A row of its own that stands after the last row of a table. A quote that is never closed swallows it.
pub(super) const END: &str = "\u{1}end of the table\u{1}";

/// The longest row, in bytes: nobody reads a longer one, and memory is not for it.
pub(super) const LONGEST_ROW: u64 = 16 << 20;

/// Decodes what it reads, and refuses to go on where a row does not end.
pub(super) struct Decoded<R> {
    inner: R,
    /// None where the bytes are UTF-8 already.
    decoder: Option<Decoder>,
    bytes: Vec<u8>,
    text: Vec<u8>,
    given: usize,
    is_first: bool,
    is_over: bool,
    /// Bytes given since the last row ended.
    since_row: Rc<Cell<u64>>,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding, since_row: Rc<Cell<u64>>) -> Self {
        Self {
            inner,
            decoder: (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal()),
            bytes: vec![0; 1 << 16],
            text: Vec::with_capacity(1 << 18),
            given: 0,
            is_first: true,
            is_over: false,
            since_row,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        let length = self.inner.read(&mut self.bytes)?;
        let mut bytes = self.bytes.get(..length).unwrap_or_default();
        self.is_over = length == 0;
        self.text.clear();
        self.given = 0;
        match &mut self.decoder {
            None => {
                if std::mem::take(&mut self.is_first) {
                    bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
                }
                self.text.extend_from_slice(bytes);
            }
            Some(decoder) => {
                let mut text = String::with_capacity(self.text.capacity());
                loop {
                    let (result, read, _) =
                        decoder.decode_to_string(bytes, &mut text, self.is_over);
                    bytes = bytes.get(read..).unwrap_or_default();
                    match result {
                        CoderResult::InputEmpty => break,
                        CoderResult::OutputFull => text.reserve(1 << 16),
                    }
                }
                self.text = text.into_bytes();
            }
        }
        if self.is_over {
            self.text.extend_from_slice(b"\n");
            self.text.extend_from_slice(END.as_bytes());
            self.text.push(b'\n');
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.is_over {
            self.fill()?;
        }
        let rest = self.text.get(self.given..).unwrap_or_default();
        let length = rest.len().min(target.len());
        let since = self.since_row.get() + length as u64;
        if since > LONGEST_ROW {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a row without end",
            ));
        }
        self.since_row.set(since);
        if let (Some(target), Some(rest)) = (target.get_mut(..length), rest.get(..length)) {
            target.copy_from_slice(rest);
        }
        self.given += length;
        Ok(length)
    }
}
