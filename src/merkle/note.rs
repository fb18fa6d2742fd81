//! C2SP signed notes: a text, a blank line, and the Ed25519 signatures of a log and of its witnesses.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::key::{VerifierKey, check_name};
use crate::message::{Explain, Message};

/// The longest note that is read, in bytes; the same as Go's `sumdb/note`.
pub(crate) const MAX_NOTE_BYTES: usize = 1_000_000;
/// The most signatures that a note may carry; the same as Go's `sumdb/note`.
pub(crate) const MAX_SIGNATURES: usize = 100;

/// Why a note was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoteError {
    TooLong,
    NotUtf8,
    ControlCharacter,
    Unterminated,
    NoSignatures,
    SignatureLine(usize),
    TooManySignatures,
    Reserved,
    Time(u64),
}

explained!(NoteError);

impl Explain for NoteError {
    fn message(&self) -> Message {
        match self {
            Self::TooLong => message!("error-note-too-long", most = MAX_NOTE_BYTES),
            Self::NotUtf8 => message!("why-not-utf-8"),
            Self::ControlCharacter => message!("error-note-control"),
            Self::Unterminated => message!("error-note-unterminated"),
            Self::NoSignatures => message!("error-note-no-signatures"),
            Self::SignatureLine(line) => message!("error-note-signature-line", line),
            Self::TooManySignatures => {
                message!("error-note-too-many-signatures", most = MAX_SIGNATURES)
            }
            Self::Reserved => message!("error-note-reserved"),
            Self::Time(time) => message!("error-note-time", time),
        }
    }
}

/// One signature line. What its bytes mean depends on the key, which is found by name and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoteSignature {
    pub(crate) name: String,
    pub(crate) key_id: u32,
    pub(super) bytes: Vec<u8>,
}

/// A signed note, c2sp.org/signed-note, "Format".
///
/// `Display` writes the text, an empty line, and one line `— <name> <base64(4-byte key id ‖ signature)>` for each
/// signature; it gives back byte for byte what [`Note::parse`] read. A plain signature is the 64 bytes of Ed25519 over
/// the text; a cosignature is an 8-byte big-endian time and the 64 bytes of Ed25519 over
/// `cosignature/v1\ntime <decimal seconds>\n<text>` (c2sp.org/tlog-cosignature, "Ed25519 signed message").
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    pub(super) text: String,
    pub(super) signatures: Vec<NoteSignature>,
}

impl Note {
    /// A note without signatures. The text ends with a newline, holds no other control character and is not too long.
    pub(crate) fn new(text: String) -> Result<Self, NoteError> {
        check_text(&text)?;
        Ok(Self {
            text,
            signatures: Vec::new(),
        })
    }

    /// Reads a note of 1 to 100 signatures, strictly: any deviation from the format is an error. Verifies nothing.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(NoteError::TooLong);
        }
        let note = str::from_utf8(bytes).map_err(|_| NoteError::NotUtf8)?;
        check_text(note)?;
        let (text, signatures) = note.rsplit_once("\n\n").ok_or(NoteError::NoSignatures)?;
        let Some(signatures) = signatures.strip_suffix('\n') else {
            return Err(NoteError::NoSignatures);
        };
        if signatures.split('\n').count() > MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        let signatures = (1..).zip(signatures.split('\n'));
        let signatures = signatures
            .map(|(line, text)| parse_signature(text).ok_or(NoteError::SignatureLine(line)));
        Ok(Self {
            text: format!("{text}\n"),
            signatures: signatures.collect::<Result<_, _>>()?,
        })
    }

    /// The text that is signed, its last newline included. It means nothing before a key has verified it.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The signatures as they are written, verified or not.
    pub(crate) fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures
            .iter()
            .try_for_each(|signature| writeln!(f, "{signature}"))
    }
}

impl NoteSignature {
    pub(super) fn is_by(&self, key: &VerifierKey) -> bool {
        self.name == key.name() && self.key_id == key.id()
    }
}

impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.key_id.to_be_bytes()[..], &self.bytes].concat();
        write!(f, "\u{2014} {} {}", self.name, STANDARD.encode(bytes))
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    if text.len() > MAX_NOTE_BYTES {
        return Err(NoteError::TooLong);
    }
    if text.bytes().any(|byte| byte < b' ' && byte != b'\n') {
        return Err(NoteError::ControlCharacter);
    }
    if text.ends_with('\n') {
        Ok(())
    } else {
        Err(NoteError::Unterminated)
    }
}

fn parse_signature(line: &str) -> Option<NoteSignature> {
    let (name, base64) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    check_name(name).ok()?;
    let bytes = STANDARD.decode(base64).ok()?;
    let (id, rest) = bytes.split_first_chunk()?;
    let key_id = u32::from_be_bytes(*id);
    (!rest.is_empty()).then(|| NoteSignature {
        name: name.to_owned(),
        key_id,
        bytes: rest.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::key::SigningKey;
    use super::*;

    /// Go, golang.org/x/mod/sumdb/note, package documentation.
    const GO_LINE: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

    fn key(name: &str, seed: u8) -> SigningKey {
        SigningKey::generate(name, &[seed; 32]).expect("a good name")
    }

    fn note(text: &str) -> Note {
        Note::new(text.to_owned()).expect("a good text")
    }

    fn parse(text: &str) -> Result<Note, NoteError> {
        Note::parse(text.as_bytes())
    }

    #[test]
    fn limits_are_kept() {
        let mut signed = note("a\n");
        for number in 0..100 {
            signed.sign(&key(&format!("k{number}"), 1)).expect("room");
        }
        assert_eq!(
            signed.sign(&key("k100", 1)),
            Err(NoteError::TooManySignatures)
        );
        signed
            .sign(&key("k7", 1))
            .expect("a replacement needs no room");
        let text = signed.to_string();
        assert_eq!(parse(&text), Ok(signed));
        assert_eq!(
            parse(&format!("{text}{GO_LINE}")),
            Err(NoteError::TooManySignatures)
        );
        assert_eq!(
            Note::new("a".repeat(MAX_NOTE_BYTES) + "\n"),
            Err(NoteError::TooLong)
        );
        assert_eq!(
            parse(&"\n".repeat(MAX_NOTE_BYTES + 1)),
            Err(NoteError::TooLong)
        );
        assert_eq!(
            note("a\n").cosign(&key("w", 1), 1 << 63),
            Err(NoteError::Time(1 << 63))
        );
    }

    #[test]
    fn malformed_notes_are_refused_with_the_reason() {
        assert_eq!(Note::parse(b"a\xff\n\n"), Err(NoteError::NotUtf8));
        for text in ["a\r\n", "a\tb\n", "a\0\n"] {
            assert_eq!(
                parse(&format!("{text}\n{GO_LINE}")),
                Err(NoteError::ControlCharacter)
            );
            assert_eq!(Note::new(text.to_owned()), Err(NoteError::ControlCharacter));
        }
        assert_eq!(
            parse(&format!("a\n\n{}", GO_LINE.trim_end())),
            Err(NoteError::Unterminated)
        );
        for text in ["", "a"] {
            assert_eq!(Note::new(text.to_owned()), Err(NoteError::Unterminated));
        }
        for text in [
            "a\n",
            "a\n\n",
            "\n\n",
            GO_LINE,
            &format!("\n{GO_LINE}"),
            &format!("a\n{GO_LINE}"),
        ] {
            assert_eq!(parse(text), Err(NoteError::NoSignatures), "{text:?}");
        }
    }

    #[test]
    fn malformed_signature_lines_are_refused() {
        let line = |text: &str| parse(&format!("a\n\n{text}\n"));
        for text in [
            "a",
            "- a AAAAAAAA",
            "—  AAAAAAAA",
            "— a",
            "— a AAAAAA==",
            "— a+b AAAAAAAA",
            "— a  AAAAAAAA",
        ] {
            assert_eq!(line(text), Err(NoteError::SignatureLine(1)), "{text:?}");
        }
        for text in [
            "— a AAAAAAA",
            "— a AAAAAAB=",
            "— a AAAA_AAA",
            "— a AAAAAAAA ",
            " — a AAAAAAAA",
            "— a\u{a0}b AAAAAAAA",
        ] {
            assert_eq!(line(text), Err(NoteError::SignatureLine(1)), "{text:?}");
        }
        assert_eq!(line("— a AAAAAAAA\nb"), Err(NoteError::SignatureLine(2)));
        assert!(line("— a AAAAAAAA").is_ok());
    }
}
