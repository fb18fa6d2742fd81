//! Signing and checking notes: a log's plain Ed25519 signature and a witness's timed cosignature.

use super::key::{Kind, SigningKey, VerifierKey};
use super::note::{MAX_SIGNATURES, Note, NoteError, NoteSignature};

/// First line of every cosigned message, which no plainly signed text may begin with.
const COSIGNATURE: &str = "cosignature/v1\n";

/// What a key says about a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verification {
    /// Signed by the key. A witness states when, in seconds since 1970 UTC; the latest, if it signed more than once.
    Good { time: Option<u64> },
    /// No signature carries the name and id of the key.
    NotSigned,
    /// A signature claims to be by the key and is not: the note must be rejected, whoever else signed it.
    Bad,
}

impl Note {
    /// Adds the log's own signature ([`Kind::Log`]) after the others, replacing an earlier one by the same key.
    pub(crate) fn sign(&mut self, key: &SigningKey) -> Result<(), NoteError> {
        if self.text.starts_with(COSIGNATURE) {
            return Err(NoteError::Reserved);
        }
        self.add(
            &key.verifier_key(Kind::Log),
            key.sign_bytes(self.text.as_bytes()).to_vec(),
        )
    }

    /// Adds a witness's cosignature ([`Kind::Witness`]) after the others, replacing an earlier one by the same key.
    ///
    /// `time` is in seconds since 1970 UTC, below 2^63. By signing, a witness states that this is the largest journal of
    /// that origin it has seen and that it contains all earlier ones: callers check a consistency proof first.
    pub(crate) fn cosign(&mut self, key: &SigningKey, time: u64) -> Result<(), NoteError> {
        let message = cosigned_message(time, &self.text).ok_or(NoteError::Time(time))?;
        let bytes = [&time.to_be_bytes()[..], &key.sign_bytes(message.as_bytes())].concat();
        self.add(&key.verifier_key(Kind::Witness), bytes)
    }

    /// Looks for signatures by `key` and checks every one of them. Signatures by other keys are ignored.
    pub(crate) fn verify(&self, key: &VerifierKey) -> Verification {
        let mut result = Verification::NotSigned;
        let mut latest = None;
        for signature in self
            .signatures
            .iter()
            .filter(|signature| signature.is_by(key))
        {
            let Some(time) = self.check(key, &signature.bytes) else {
                return Verification::Bad;
            };
            latest = latest.max(time);
            result = Verification::Good { time: latest };
        }
        result
    }

    /// `None` for a bad signature, else the time that it states, if any.
    fn check(&self, key: &VerifierKey, bytes: &[u8]) -> Option<Option<u64>> {
        let (time, message, signature) = match key.kind() {
            Kind::Log if self.text.starts_with(COSIGNATURE) => return None,
            Kind::Log => (None, self.text.clone(), bytes),
            Kind::Witness => {
                let (time, signature) = bytes.split_first_chunk()?;
                let time = u64::from_be_bytes(*time);
                (Some(time), cosigned_message(time, &self.text)?, signature)
            }
        };
        key.verify_bytes(message.as_bytes(), signature.try_into().ok()?)
            .then_some(time)
    }

    fn add(&mut self, key: &VerifierKey, bytes: Vec<u8>) -> Result<(), NoteError> {
        self.signatures.retain(|signature| !signature.is_by(key));
        if self.signatures.len() >= MAX_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        self.signatures.push(NoteSignature {
            name: key.name().to_owned(),
            key_id: key.id(),
            bytes,
        });
        Ok(())
    }
}

/// `None` when the time is 2^63 or later, which the specification forbids.
fn cosigned_message(time: u64, text: &str) -> Option<String> {
    i64::try_from(time).ok()?;
    Some(format!("{COSIGNATURE}time {time}\n{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of c2sp.org/signed-note.
    const EXAMPLE_KEY: &str =
        "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    const EXAMPLE: &str = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    /// Go, golang.org/x/mod/sumdb/note, package documentation.
    const GO_KEY: &str =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    const GO_TEXT: &str = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
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
    fn the_published_example_is_good() {
        let example = parse(EXAMPLE).expect("a good note");
        let key: VerifierKey = EXAMPLE_KEY.parse().expect("a good key");
        assert_eq!(example.verify(&key), Verification::Good { time: None });
        assert_eq!(example.text(), "This is an example message.\n");
        assert_eq!(example.to_string(), EXAMPLE);
        let altered = parse(&EXAMPLE.replace("an example", "no example")).expect("a good note");
        assert_eq!(altered.verify(&key), Verification::Bad);
    }

    #[test]
    fn signing_gives_the_bytes_that_go_gives() {
        let mut signed = note(GO_TEXT);
        signed
            .sign(&GO_KEY.parse().expect("a good key"))
            .expect("room");
        assert_eq!(signed.to_string(), format!("{GO_TEXT}\n{GO_LINE}"));
    }

    #[test]
    fn one_key_file_signs_and_cosigns() {
        let (log, witness) = (key("log", 1), key("witness", 2));
        let mut signed = note("a\n\nb\n\n");
        signed.sign(&log).expect("room");
        signed.cosign(&witness, 1_790_000_000).expect("room");
        signed.cosign(&log, 7).expect("room");
        let signed = Note::parse(signed.to_string().as_bytes()).expect("a good note");
        assert_eq!(signed.text(), "a\n\nb\n\n");
        assert_eq!(
            signed.verify(&log.verifier_key(Kind::Log)),
            Verification::Good { time: None }
        );
        assert_eq!(
            signed.verify(&log.verifier_key(Kind::Witness)),
            Verification::Good { time: Some(7) }
        );
        let good = Verification::Good {
            time: Some(1_790_000_000),
        };
        assert_eq!(signed.verify(&witness.verifier_key(Kind::Witness)), good);
        assert_eq!(
            signed.verify(&witness.verifier_key(Kind::Log)),
            Verification::NotSigned
        );
        assert_eq!(
            signed.verify(&key("log", 3).verifier_key(Kind::Log)),
            Verification::NotSigned
        );
        assert_eq!(
            signed.verify(&key("other", 1).verifier_key(Kind::Log)),
            Verification::NotSigned
        );
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let (log, witness) = (key("log", 1), key("witness", 2));
        let mut signed = note("a\n");
        signed.sign(&log).expect("room");
        signed.cosign(&witness, 1_790_000_000).expect("room");
        for (which, key) in [
            (0, log.verifier_key(Kind::Log)),
            (1, witness.verifier_key(Kind::Witness)),
        ] {
            for bit in 0..8 * signed.signatures[which].bytes.len() {
                let mut altered = signed.clone();
                altered.signatures[which].bytes[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(altered.verify(&key), Verification::Bad);
            }
            let mut altered = signed.clone();
            altered.signatures[which].bytes.pop();
            assert_eq!(altered.verify(&key), Verification::Bad);
        }
    }

    #[test]
    fn a_bad_signature_is_not_outweighed_by_a_good_one() {
        let log = key("log", 1);
        let mut signed = note("a\n");
        signed.sign(&log).expect("room");
        let mut forged = signed.signatures[0].clone();
        forged.bytes[0] ^= 1;
        signed.signatures.push(forged);
        assert_eq!(
            signed.verify(&log.verifier_key(Kind::Log)),
            Verification::Bad
        );
    }

    #[test]
    fn signing_again_replaces() {
        let log = key("log", 1);
        let mut signed = note("a\n");
        for time in [5, 6] {
            signed.sign(&log).expect("room");
            signed.cosign(&log, time).expect("room");
        }
        assert_eq!(signed.signatures().len(), 2);
        assert_eq!(
            signed.verify(&log.verifier_key(Kind::Witness)),
            Verification::Good { time: Some(6) }
        );
    }

    #[test]
    fn a_cosignature_does_not_pass_for_a_signature() {
        let both = key("both", 1);
        let mut cosigned = note("a\n");
        cosigned.cosign(&both, 7).expect("room");
        let mut plain = note("cosignature/v1\ntime 7\na\n");
        assert_eq!(plain.sign(&both), Err(NoteError::Reserved));
        let verifier = both.verifier_key(Kind::Log);
        let bytes = cosigned.signatures[0].bytes[8..].to_vec();
        assert!(verifier.verify_bytes(
            plain.text.as_bytes(),
            bytes.as_slice().try_into().expect("64 bytes")
        ));
        plain.add(&verifier, bytes).expect("room");
        assert_eq!(plain.verify(&verifier), Verification::Bad);
    }
}
