//! In which encoding a file is written: found out from all of its bytes, and never by replacing what does not fit.

use std::fs::File;
use std::io::{BufReader, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    DecoderResult, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252,
};

use super::rewind;
use crate::input::explained;
use crate::message::Message;

/// What is read at once.
const CHUNK: usize = 1 << 16;

/// Bytes outside ASCII in one line that are UTF-8 by chance in no other encoding.
const BEYOND_CHANCE: u64 = 12;

/// The encoding of `file`, or why it has none that holds for the whole of it.
pub(super) fn encoding_of(
    file: &mut File,
    label: Option<&str>,
) -> Result<&'static Encoding, Message> {
    let named = match label {
        Some(label) => Some(
            Encoding::for_label(label.as_bytes())
                .ok_or_else(|| message!("why-list-encoding", label))?,
        ),
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
        return seen.doubt().map_or(Ok(UTF_8), Err);
    };
    if seen.is_mixed() {
        return Err(if seen.utf_8_lines >= seen.other_lines {
            message!("why-list-line-not-utf-8", line = first_other)
        } else {
            message!(
                "why-list-line-utf-8",
                line = seen.first_utf_8_line,
                other = first_other
            )
        });
    }
    let encoding = guess(file)?;
    check(file, encoding)?;
    let is_western = encoding == WINDOWS_1252 && seen.first_word_is_western();
    seen.doubt()
        .filter(|_| !is_western)
        .map_or(Ok(encoding), Err)
}

fn nul(line: u64) -> Message {
    message!("why-list-nul", line)
}

fn byte_order_mark(file: &mut File) -> Result<Option<&'static Encoding>, Message> {
    let mut start = Vec::new();
    rewind(file)?;
    file.take(3)
        .read_to_end(&mut start)
        .map_err(|error| explained(&error))?;
    Ok(Encoding::for_bom(&start).map(|(encoding, _)| encoding))
}

/// Gives every chunk of the file to `each`, the last one with true.
fn chunks(
    file: &mut File,
    mut each: impl FnMut(&[u8], bool) -> Result<(), Message>,
) -> Result<(), Message> {
    rewind(file)?;
    let mut chunk = vec![0; CHUNK];
    loop {
        let length = file.read(&mut chunk).map_err(|error| explained(&error))?;
        each(chunk.get(..length).unwrap_or_default(), length == 0)?;
        if length == 0 {
            return Ok(());
        }
    }
}

/// Whether every byte of the file is text in `encoding`.
fn check(file: &mut File, encoding: &'static Encoding) -> Result<(), Message> {
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

fn malformed(line: u64, encoding: &'static Encoding) -> Message {
    message!("why-list-other-encoding", line, encoding = encoding.name())
}

/// The encoding that the letters of a file speak for, when it is none of the Unicode ones.
fn guess(file: &mut File) -> Result<&'static Encoding, Message> {
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
            return Err(message!(
                "why-list-perhaps-encoding",
                encoding = encoding.name()
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
    /// Whether a word is one of UTF-8 beyond doubt.
    has_sure_word: bool,
    /// The first word with letters outside ASCII, and its line.
    first_word: Option<(u64, Vec<u8>)>,
}

impl Survey {
    fn of(file: &mut File) -> Result<Self, Message> {
        rewind(file)?;
        let mut seen = Self::default();
        let mut reader = BufReader::with_capacity(CHUNK, file);
        let (mut line, mut number, mut place) = (Vec::new(), 1, 0);
        loop {
            line.clear();
            let more = read_line(&mut reader, &mut line).map_err(|error| explained(&error))?;
            if line.is_empty() {
                return Ok(seen);
            }
            seen.take(&line, number, place);
            if seen.is_no_text() {
                return Ok(seen);
            }
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
            if self.is_no_text() {
                return;
            }
        }
        if line.is_ascii() {
            return;
        }
        let letters = line.iter().filter(|byte| !byte.is_ascii()).count() as u64;
        if self.first_word.is_none() {
            let mut words = line.split(|byte| b" \t\r\n,;|\"".contains(byte));
            let word = words.find(|word| !word.is_ascii());
            self.first_word = word.map(|word| (number, word.to_vec()));
        }
        if let Ok(text) = std::str::from_utf8(line) {
            self.has_sure_word = self.has_sure_word || has_sure_word(text);
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

    /// Whether NULs stand where neither form of UTF-16 has them all.
    fn is_no_text(&self) -> bool {
        self.nuls_at_even_places > 0 && self.nuls > self.nuls_at_even_places
    }

    /// Whether some lines are UTF-8 on purpose, and others are not UTF-8.
    fn is_mixed(&self) -> bool {
        let share = self.utf_8_bytes * 50 >= self.other_bytes + self.utf_8_bytes;
        self.other_lines > 0
            && self.utf_8_lines > 0
            && (self.beyond_chance || (self.utf_8_bytes >= 6 && share))
    }

    /// Whether the first word with letters outside ASCII has them where Western Europe has them.
    fn first_word_is_western(&self) -> bool {
        let word = self.first_word.as_ref();
        word.is_some_and(|(_, word)| {
            has_sure_word(&WINDOWS_1252.decode_without_bom_handling(word).0)
        })
    }

    /// Why the encoding cannot be told: too few letters speak for it.
    fn doubt(&self) -> Option<Message> {
        let is_sure = match self.first_other_line {
            None => self.has_sure_word || self.utf_8_bytes >= BEYOND_CHANCE,
            Some(_) => self.other_bytes + self.utf_8_bytes >= BEYOND_CHANCE,
        };
        let (line, word) = self.first_word.as_ref().filter(|_| !is_sure)?;
        let readings = [UTF_8, GB18030, SHIFT_JIS, WINDOWS_1252].into_iter();
        let readings = readings.filter_map(|encoding| {
            let read = encoding.decode_without_bom_handling_and_without_replacement(word)?;
            let name = encoding.name().to_ascii_lowercase();
            let is_text = !read.chars().any(char::is_control);
            is_text.then(|| message!("why-list-reading", text = read, encoding = name))
        });
        let readings: Vec<Message> = readings.collect();
        Some(message!("why-list-few-letters", line, readings))
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

/// Whether a word of the line is one of UTF-8 beyond doubt. Two bytes of UTF-8 are one character of GBK as well, so that a few
/// letters say nothing, unless they stand where such a letter stands.
fn has_sure_word(line: &str) -> bool {
    let words = line.split(|letter: char| letter.is_ascii_whitespace() || ",;|\"".contains(letter));
    let mut words = words.filter(|word| !word.is_ascii());
    words.any(|word| {
        let letters: Vec<char> = word.chars().collect();
        let is_foreign = |letter: &char| !letter.is_ascii() && letter.is_alphabetic();
        let mut foreign = letters.split(|letter| !is_foreign(letter));
        foreign.any(|run| run.len() > 3)
            || (0..letters.len()).any(|place| {
                let at = |place: Option<usize>| place.and_then(|place| letters.get(place)).copied();
                at(Some(place)).is_some_and(|letter| {
                    stands_well(at(place.checked_sub(1)), letter, at(Some(place + 1)))
                })
            })
    })
}

/// Whether a letter outside ASCII stands where one of UTF-8 would: an accented letter within a word, a degree after a number.
fn stands_well(before: Option<char>, letter: char, after: Option<char>) -> bool {
    let is = |neighbour: Option<char>, test: fn(&char) -> bool| {
        neighbour.is_some_and(|letter| test(&letter))
    };
    let (digit, alphabetic) = (char::is_ascii_digit, char::is_ascii_alphabetic);
    match letter {
        letter if letter.is_ascii() => false,
        '\u{800}'.. => true,
        '°' | 'º' | 'ª' | '×' | '½' | '¼' | '¾' => {
            is(before, digit) || matches!(after, Some('C' | 'F'))
        }
        '²' | '³' | '®' | '©' | '´' => is(before, alphabetic),
        '£' | '¥' | '±' | '§' => is(after, digit),
        '·' => is(before, alphabetic) && is(after, alphabetic),
        '«' => is(after, char::is_ascii_alphanumeric),
        '»' => is(before, char::is_ascii_alphanumeric),
        '\u{a0}' => before.is_some() || after.is_some(),
        '\u{c0}'..='\u{24f}' => is(before, alphabetic) || is(after, alphabetic),
        _ => false,
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
