//! Texts that were read in a wrong encoding before they came here: `CÃ´te`, `椤圭洰`, `ÏîÄ¿`.

use encoding_rs::{Encoding, GBK, SHIFT_JIS, WINDOWS_1252};

use crate::domain::is_kana;

/// What became of characters that an encoding has not, when they were read in another one.
const RUINS: [&str; 2] = ["\u{fffd}", "锟斤拷"];

/// Whether `text` was plainly read in a wrong encoding.
pub(super) fn is_garbled(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    if RUINS.iter().any(|ruin| text.contains(ruin)) {
        return true;
    }
    // The first bytes of kana in Shift_JIS, read as letters of Western Europe.
    let kana = text.chars().filter(|letter| matches!(letter, 'ƒ' | '‚'));
    kana.count() > 2 || is_western(text) || is_eastern(text)
}

/// Runs of characters outside ASCII.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let runs = text.split(|letter: char| letter.is_ascii());
    runs.filter(|run| !run.is_empty())
}

/// Whether the text is UTF-8, or a Chinese encoding, read as one of Western Europe.
fn is_western(text: &str) -> bool {
    let mut far = 0;
    for bytes in runs(text).filter_map(western) {
        if let Ok(read) = std::str::from_utf8(&bytes) {
            let letters: Vec<char> = read.chars().collect();
            far += letters.iter().filter(|letter| is_far(**letter)).count();
            let is_sign =
                |letter: &char| matches!(letter, '\u{a0}'..='\u{ff}' | '\u{2000}'..='\u{20cf}');
            if letters.iter().any(is_sign) || letters.len() > 2 {
                return true;
            }
        } else if bytes.len() >= 4 && is_gb2312(&bytes) {
            return true;
        }
    }
    far > 1
}

/// The bytes of a run as one of the encodings of Western Europe has them.
fn western(run: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(run.len());
    for letter in run.chars() {
        match u8::try_from(u32::from(letter)) {
            Ok(byte) => bytes.push(byte),
            Err(_) => {
                let mut buffer = [0; 4];
                let (byte, _, has_lost) = WINDOWS_1252.encode(letter.encode_utf8(&mut buffer));
                match (&*byte, has_lost) {
                    ([byte], false) => bytes.push(*byte),
                    _ => return None,
                }
            }
        }
    }
    Some(bytes)
}

/// Whether the bytes are pairs of the usual Chinese characters and signs.
fn is_gb2312(bytes: &[u8]) -> bool {
    let pairs = bytes.chunks(2);
    pairs.len() * 2 == bytes.len()
        && bytes
            .chunks(2)
            .all(|pair| matches!(pair, [0xa1..=0xa3 | 0xb0..=0xf7, 0xa1..=0xfe]))
}

/// Whether the text is UTF-8 read as a Chinese or a Japanese encoding.
fn is_eastern(text: &str) -> bool {
    [GBK, SHIFT_JIS].iter().any(|encoding| {
        runs(text).any(|run| begins_like_utf_8(run, encoding) && was_utf_8(run, encoding))
    })
}

/// Whether the first character has a byte with which those of East Asia begin in UTF-8.
fn begins_like_utf_8(run: &str, encoding: &'static Encoding) -> bool {
    let first = run.chars().next().map_or(0, char::len_utf8);
    let (bytes, _, has_lost) = encoding.encode(run.get(..first).unwrap_or_default());
    !has_lost && matches!(bytes.first(), Some(0xe3..=0xef))
}

fn was_utf_8(run: &str, encoding: &'static Encoding) -> bool {
    let (bytes, _, has_lost) = encoding.encode(run);
    let read = String::from_utf8_lossy(&bytes);
    let count = |is: fn(char) -> bool| read.chars().filter(|letter| is(*letter)).count();
    let (far, lost) = (count(is_far), count(|letter| letter == '\u{fffd}'));
    !has_lost && far > 1 && lost * 3 <= far
}

/// Whether it is a character of East Asia.
fn is_far(letter: char) -> bool {
    is_kana(letter)
        || matches!(letter, '\u{3000}'..='\u{303f}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text` in one encoding, read in another.
    fn misread(text: &str, written: &'static Encoding, read: &'static Encoding) -> String {
        let (bytes, ..) = written.encode(text);
        read.decode_without_bom_handling(&bytes).0.into_owned()
    }

    #[test]
    fn a_text_read_in_a_wrong_encoding_is_noticed() {
        for (text, written, read) in [
            ("Côte d’Ivoire", encoding_rs::UTF_8, WINDOWS_1252),
            ("São Tomé", encoding_rs::UTF_8, WINDOWS_1252),
            ("项目", encoding_rs::UTF_8, WINDOWS_1252),
            ("港湾整備事業", encoding_rs::UTF_8, WINDOWS_1252),
            ("Россия", encoding_rs::UTF_8, WINDOWS_1252),
            ("Harbour “A”", encoding_rs::UTF_8, WINDOWS_1252),
            ("蒙巴萨港口项目", encoding_rs::UTF_8, GBK),
            ("港湾整備事業", encoding_rs::UTF_8, GBK),
            ("東京港の整備", encoding_rs::UTF_8, SHIFT_JIS),
            ("蒙巴萨港口项目", GBK, WINDOWS_1252),
            ("蒙巴萨港口项目", GBK, encoding_rs::UTF_8),
            ("プロジェクト", SHIFT_JIS, WINDOWS_1252),
        ] {
            let misread = misread(text, written, read);
            assert!(is_garbled(&misread), "{text}: {misread}");
        }
        assert!(is_garbled("锟斤拷锟斤拷"));
    }

    #[test]
    fn a_text_in_its_own_letters_is_not_garbled() {
        for text in [
            "Côte d’Ivoire",
            "São Tomé e Príncipe",
            "«CAFÉ» — 25 °C, 100 m²",
            "Ångström & Öl",
            "Łódź",
            "Việt Nam – Đà Nẵng",
            "中国港湾工程有限责任公司",
            "约300，“一带一路”项目",
            "株式会社日立製作所・東京電力ホールディングス",
            "ﾄｳｷｮｳ湾",
            "Россия",
            "가나다",
            "元",
            "路",
        ] {
            assert!(!is_garbled(text), "{text}");
        }
    }
}
