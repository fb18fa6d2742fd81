//! A file as UTF-8, whatever it is written in, with a mark after its end.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::io::{self, Read};
use std::rc::Rc;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

/// A row of its own that stands after the last row of a table. A quote that is never closed swallows it.
pub(super) const END: &str = "\u{1}end of the table\u{1}";

/// The longest row, in bytes: nobody reads a longer one, and memory is not for it.
pub(super) const LONGEST_ROW: u64 = 16 << 20;

/// What whoever reads the rows and [`Decoded`] tell each other.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Bytes given since the last row ended.
    pub(super) since_row: Cell<u64>,
    /// Where lines end in the text that was given, those left out that were taken already.
    breaks: RefCell<VecDeque<u64>>,
}

impl Told {
    /// How many lines end before `place`, since this was asked the last time.
    pub(super) fn lines_before(&self, place: u64) -> u64 {
        let mut breaks = self.breaks.borrow_mut();
        let count = breaks.partition_point(|end| *end < place);
        breaks.drain(..count);
        count as u64
    }
}

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
    /// How long the text was before this piece of it, and whether that ended between `\r` and what may be its `\n`.
    before: u64,
    ended_with_cr: bool,
    told: Rc<Told>,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(inner: R, encoding: &'static Encoding, told: Rc<Told>) -> Self {
        Self {
            inner,
            decoder: (encoding != UTF_8).then(|| encoding.new_decoder_with_bom_removal()),
            bytes: vec![0; 1 << 16],
            text: Vec::with_capacity(1 << 18),
            given: 0,
            is_first: true,
            is_over: false,
            before: 0,
            ended_with_cr: false,
            told,
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
        self.note_breaks();
        Ok(())
    }

    /// Notes where lines end, be it with `\n`, `\r` or both.
    fn note_breaks(&mut self) {
        let mut breaks = self.told.breaks.borrow_mut();
        for at in memchr::memchr2_iter(b'\r', b'\n', &self.text) {
            let follows_cr = match at.checked_sub(1) {
                Some(before) => self.text.get(before) == Some(&b'\r'),
                None => self.ended_with_cr,
            };
            if !follows_cr || self.text.get(at) == Some(&b'\r') {
                breaks.push_back(self.before + at as u64);
            }
        }
        if let Some(last) = self.text.last() {
            self.ended_with_cr = *last == b'\r';
        }
        self.before += self.text.len() as u64;
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() && !self.is_over {
            self.fill()?;
        }
        let rest = self.text.get(self.given..).unwrap_or_default();
        let length = rest.len().min(target.len());
        let since = self.told.since_row.get() + length as u64;
        if since > LONGEST_ROW {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a row without end",
            ));
        }
        self.told.since_row.set(since);
        if let (Some(target), Some(rest)) = (target.get_mut(..length), rest.get(..length)) {
            target.copy_from_slice(rest);
        }
        self.given += length;
        Ok(length)
    }
}
