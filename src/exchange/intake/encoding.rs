//! In which encoding a file is written: found out from all of its bytes, and never by replacing what does not fit.

use std::fs::File;
use std::io::{BufReader, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    DecoderResult, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

use super::rewind;

/// What is read at once.
const CHUNK: usize = 1 << 16;

/// Bytes outside ASCII in one line that are UTF-8 by chance in no other encoding.
const BEYOND_CHANCE: u64 = 12;

/// The encoding of `file`, or why it has none that holds for the whole of it.
pub(super) fn encoding_of(
    file: &mut File,
    label: Option<&str>,
) -> Result<&'static Encoding, String> {
    let named = match label {
        Some(label) => Some(Encoding::for_label(label.as_bytes()).ok_or_else(|| {
            format!("{label:?} is not the name of an encoding; names are utf-8, utf-16le, utf-16be, gb18030, shift_jis and windows-1252")
        })?),
        None => None,
    };
    let marked = byte_order_mark(file)?;
    if let Some(encoding) = named.or(marked) {
        check(file, encoding)?;
        return Ok(encoding);
    }
    let seen = Survey::of(file)?;
    if seen.nuls > 0 {
        let encoding = seen.utf_16().ok_or_else(|| nul(seen.first_nul_line))?;
        check(file, encoding)?;
        return Ok(encoding);
    }
    let Some(first_other) = seen.first_other_line else {
        return Ok(UTF_8);
    };
    if seen.is_mixed() {
        return Err(if seen.utf_8_lines >= seen.other_lines {
            format!(
                "line {first_other} is not in UTF-8, as other lines are; save the file anew in one encoding"
            )
        } else {
            format!(
                "line {} is in UTF-8, and line {first_other} is not; save the file anew in one encoding",
                seen.first_utf_8_line
            )
        });
    }
    let encoding = guess(file)?;
    check(file, encoding)?;
    Ok(encoding)
}

fn nul(line: u64) -> String {
    format!("line {line} has a NUL byte, which no text has")
}

fn byte_order_mark(file: &mut File) -> Result<Option<&'static Encoding>, String> {
    let mut start = Vec::new();
    rewind(file)?;
    file.take(3)
        .read_to_end(&mut start)
        .map_err(|error| error.to_string())?;
    Ok(Encoding::for_bom(&start).map(|(encoding, _)| encoding))
}

/// Gives every chunk of the file to `each`, the last one with true.
fn chunks(
    file: &mut File,
    mut each: impl FnMut(&[u8], bool) -> Result<(), String>,
) -> Result<(), String> {
    rewind(file)?;
    let mut chunk = vec![0; CHUNK];
    loop {
        let length = file.read(&mut chunk).map_err(|error| error.to_string())?;
        each(chunk.get(..length).unwrap_or_default(), length == 0)?;
        if length == 0 {
            return Ok(());
        }
    }
}

/// Whether every byte of the file is text in `encoding`.
fn check(file: &mut File, encoding: &'static Encoding) -> Result<(), String> {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(CHUNK * 4);
    let mut line = 1_u64;
    let no_c1 = encoding == WINDOWS_1252;
    chunks(file, |chunk, last| {
        let mut rest = chunk;
        loop {
            text.clear();
            let (result, read) =
                decoder.decode_to_string_without_replacement(rest, &mut text, last);
            for letter in text.chars() {
                match letter {
                    '\n' => line += 1,
                    '\0' => return Err(nul(line)),
                    // Bytes that have no letter in this encoding.
                    '\u{80}'..='\u{9f}' if no_c1 => return Err(malformed(line, encoding)),
                    _ => {}
                }
            }
            rest = rest.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return Ok(()),
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => return Err(malformed(line, encoding)),
            }
        }
    })
}

fn malformed(line: u64, encoding: &'static Encoding) -> String {
    format!(
        "line {line} is not in the encoding {}, as the rest seems to be; name it with --encoding, or save the file anew as UTF-8",
        encoding.name()
    )
}

/// The encoding that the letters of a file speak for, when it is none of the Unicode ones.
fn guess(file: &mut File) -> Result<&'static Encoding, String> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    chunks(file, |chunk, last| {
        detector.feed(chunk, last);
        Ok(())
    })?;
    let encoding = detector.guess(None, Utf8Detection::Deny);
    Ok(match encoding {
        _ if encoding == GBK => GB18030,
        _ if encoding == SHIFT_JIS || encoding == GB18030 || encoding == WINDOWS_1252 => encoding,
        _ => {
            return Err(format!(
                "it is not in UTF-8, and might be in {}; name its encoding with --encoding",
                encoding.name()
            ));
        }
    })
}

/// What the bytes of a file look like, line by line.
#[derive(Debug, Default)]
struct Survey {
    nuls: u64,
    nuls_at_even_places: u64,
    first_nul_line: u64,
    /// Lines with letters outside ASCII that are UTF-8.
    utf_8_lines: u64,
    first_utf_8_line: u64,
    utf_8_bytes: u64,
    beyond_chance: bool,
    /// Lines that are not UTF-8.
    other_lines: u64,
    first_other_line: Option<u64>,
    other_bytes: u64,
}

impl Survey {
    fn of(file: &mut File) -> Result<Self, String> {
        rewind(file)?;
        let mut seen = Self::default();
        let mut reader = BufReader::with_capacity(CHUNK, file);
        let (mut line, mut number, mut place) = (Vec::new(), 1, 0);
        loop {
            line.clear();
            let more = read_line(&mut reader, &mut line).map_err(|error| error.to_string())?;
            if line.is_empty() {
                return Ok(seen);
            }
            seen.take(&line, number, place);
            place += line.len() as u64;
            number += u64::from(more);
        }
    }

    fn take(&mut self, line: &[u8], number: u64, place: u64) {
        for index in memchr::memchr_iter(0, line) {
            if self.nuls == 0 {
                self.first_nul_line = number;
            }
            self.nuls += 1;
            self.nuls_at_even_places += u64::from((place + index as u64).is_multiple_of(2));
        }
        if line.is_ascii() {
            return;
        }
        let letters = line.iter().filter(|byte| !byte.is_ascii()).count() as u64;
        if std::str::from_utf8(line).is_ok() {
            if self.utf_8_lines == 0 {
                self.first_utf_8_line = number;
            }
            self.utf_8_lines += 1;
            self.utf_8_bytes += letters;
            self.beyond_chance |= letters >= BEYOND_CHANCE;
        } else {
            self.other_lines += 1;
            self.first_other_line.get_or_insert(number);
            self.other_bytes += letters;
        }
    }

    /// Whether some lines are UTF-8 on purpose, and others are not UTF-8.
    fn is_mixed(&self) -> bool {
        let share = self.utf_8_bytes * 50 >= self.other_bytes + self.utf_8_bytes;
        self.other_lines > 0
            && self.utf_8_lines > 0
            && (self.beyond_chance || (self.utf_8_bytes >= 6 && share))
    }

    /// UTF-16 without a mark has its NULs at every other place.
    fn utf_16(&self) -> Option<&'static Encoding> {
        match (
            self.nuls_at_even_places,
            self.nuls - self.nuls_at_even_places,
        ) {
            (0, 2..) => Some(UTF_16LE),
            (2.., 0) => Some(UTF_16BE),
            _ => None,
        }
    }
}

/// Adds a line, or a piece of one that is very long, and answers whether the line ended.
fn read_line(reader: &mut impl std::io::BufRead, line: &mut Vec<u8>) -> std::io::Result<bool> {
    use std::io::BufRead as _;
    reader.take(1 << 24).read_until(b'\n', line)?;
    // A piece must not end within a letter: what follows is asked for.
    while line.len() >= 1 << 24 && !line.ends_with(b"\n") {
        let mut byte = [0];
        if reader.read(&mut byte)? == 0 {
            break;
        }
        line.push(byte[0]);
        if byte[0].is_ascii() {
            break;
        }
    }
    Ok(line.ends_with(b"\n"))
}
