//! Whose signatures a checkpoint needs: keys that must all have signed, and a policy of witnesses (c2sp.org/tlog-policy).

use super::checkpoint::{CheckpointError, SignedCheckpoint, Signer};
use super::key::{Kind, VerifierKey};
use crate::message::{Explain, Message};

/// The most lines that a policy may have.
const MOST_LINES: usize = 10_000;

/// Why a policy was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PolicyError {
    Line { line: usize, why: &'static str },
    NoQuorum,
    TooLong,
}

explained!(PolicyError);

impl Explain for PolicyError {
    fn message(&self) -> Message {
        match self {
            Self::Line { line, why } => message!("error-in-line", line, why = Message::new(*why)),
            Self::NoQuorum => message!("error-policy-no-quorum"),
            Self::TooLong => message!("error-policy-too-long", most = MOST_LINES),
        }
    }
}

/// A witness or a group of those before it.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Member {
    Witness(VerifierKey),
    /// At least `least` of the members, which are named by their places.
    Group {
        least: usize,
        members: Vec<usize>,
    },
}

/// Which logs are accepted, and which witnesses must have signed.
///
/// The lines of the file: `log VKEY [URL]`, `witness NAME VKEY [URL]`, `group NAME all|any|N NAME...` and exactly one
/// `quorum NAME|none`; empty lines and lines that begin with `#` are left out. Names are compared byte for byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Policy {
    logs: Vec<VerifierKey>,
    members: Vec<(Vec<u8>, Member)>,
    /// The member that must have signed; none when no witness must.
    quorum: Option<usize>,
}

impl Policy {
    /// Reads a policy, strictly.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, PolicyError> {
        let mut policy = Self::default();
        let mut has_quorum = false;
        for (line, text) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
            if line > MOST_LINES {
                return Err(PolicyError::TooLong);
            }
            policy
                .line(text, &mut has_quorum)
                .map_err(|why| PolicyError::Line { line, why })?;
        }
        match has_quorum {
            true => Ok(policy),
            false => Err(PolicyError::NoQuorum),
        }
    }

    fn line(&mut self, text: &[u8], has_quorum: &mut bool) -> Result<(), &'static str> {
        if text
            .iter()
            .any(|byte| matches!(byte, ..b' ' | 0x7f) && *byte != b'\t')
        {
            return Err("why-policy-control");
        }
        let words = text.split(|byte| matches!(byte, b' ' | b'\t'));
        let words: Vec<&[u8]> = words.filter(|word| !word.is_empty()).collect();
        match words.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with(b"#") => Ok(()),
            [b"log", vkey] | [b"log", vkey, _] => self.log(key(vkey, Kind::Log)?),
            [b"witness", name, vkey] | [b"witness", name, vkey, _] => {
                let key = key(vkey, Kind::Witness)?;
                if self.witnesses().any(|known| known.same_pair(&key)) {
                    return Err("why-policy-witness-twice");
                }
                self.define(name, Member::Witness(key))
            }
            [b"group", name, least, members @ ..] => self.group(name, least, members),
            [b"quorum", _] if *has_quorum => Err("why-policy-quorum-twice"),
            [b"quorum", name] => {
                *has_quorum = true;
                if *name != b"none" {
                    self.quorum = Some(self.place(name)?);
                }
                Ok(())
            }
            _ => Err("why-policy-line"),
        }
    }

    fn log(&mut self, key: VerifierKey) -> Result<(), &'static str> {
        if self.logs.iter().any(|known| known.same_pair(&key)) {
            return Err("why-policy-log-twice");
        }
        self.logs.push(key);
        Ok(())
    }

    fn group(&mut self, name: &[u8], least: &[u8], members: &[&[u8]]) -> Result<(), &'static str> {
        let least = match least {
            b"all" => members.len(),
            b"any" => 1,
            digits => str::from_utf8(digits)
                .ok()
                .and_then(super::checkpoint::parse_decimal)
                .and_then(|least| usize::try_from(least).ok())
                .ok_or("why-policy-least")?,
        };
        if !(1..=members.len()).contains(&least) {
            return Err("why-policy-number");
        }
        let mut places = Vec::new();
        for member in members {
            let place = self.place(member)?;
            let is_taken = self.members.iter().any(|(_, known)| matches!(known, Member::Group { members, .. } if members.contains(&place)));
            if is_taken || places.contains(&place) {
                return Err("why-policy-member-twice");
            }
            places.push(place);
        }
        let members = places;
        self.define(name, Member::Group { least, members })
    }

    fn define(&mut self, name: &[u8], member: Member) -> Result<(), &'static str> {
        if name == b"none" || self.place(name).is_ok() {
            return Err("why-policy-name-taken");
        }
        self.members.push((name.to_vec(), member));
        Ok(())
    }

    fn place(&self, name: &[u8]) -> Result<usize, &'static str> {
        let mut names = self.members.iter();
        names
            .position(|(known, _)| known == name)
            .ok_or("why-policy-no-such-name")
    }

    fn witnesses(&self) -> impl Iterator<Item = &VerifierKey> {
        self.members.iter().filter_map(|(_, member)| match member {
            Member::Witness(key) => Some(key),
            Member::Group { .. } => None,
        })
    }

    /// The keys of the logs that are accepted.
    pub(crate) fn logs(&self) -> &[VerifierKey] {
        &self.logs
    }

    /// Checks every signature by a log or witness of the policy; returns who signed. Whether the log did is for the caller.
    fn check(&self, signed: &SignedCheckpoint) -> Result<Vec<Signer>, CheckpointError> {
        let mut signers = Vec::new();
        for key in &self.logs {
            signers.extend(signed.signer(key)?);
        }
        let (mut holds, mut missing) = (Vec::new(), Vec::new());
        for (name, member) in &self.members {
            let is_reached = match member {
                Member::Witness(key) => match signed.signer(key)? {
                    Some(signer) => {
                        signers.push(signer);
                        true
                    }
                    None => {
                        missing.push(String::from_utf8_lossy(name).into_owned());
                        false
                    }
                },
                Member::Group { least, members } => {
                    let reached = |place: &&usize| holds.get(**place) == Some(&true);
                    members.iter().filter(reached).count() >= *least
                }
            };
            holds.push(is_reached);
        }
        match self.quorum {
            Some(quorum) if holds.get(quorum) != Some(&true) => {
                Err(CheckpointError::Quorum(missing.join(", ")))
            }
            _ => Ok(signers),
        }
    }
}

fn key(text: &[u8], kind: Kind) -> Result<VerifierKey, &'static str> {
    let text = str::from_utf8(text).map_err(|_| "why-policy-key-text")?;
    let key: VerifierKey = text.parse().map_err(|_| "why-not-a-verifier-key")?;
    match (key.kind() == kind, kind) {
        (true, _) => Ok(key),
        (false, Kind::Log) => Err("why-policy-key-of-witness"),
        (false, Kind::Witness) => Err("why-policy-key-of-log"),
    }
}

/// Whose signatures are needed: those of all keys, and those that the policy asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Required {
    pub(crate) keys: Vec<VerifierKey>,
    pub(crate) policy: Option<Policy>,
}

impl Required {
    /// All of these keys.
    #[cfg(test)]
    pub(super) fn of(keys: &[VerifierKey]) -> Self {
        Self {
            keys: keys.to_vec(),
            policy: None,
        }
    }

    /// Whether nobody's signature is asked for.
    pub(crate) fn is_nobody(&self) -> bool {
        self.keys.is_empty() && self.policy.is_none()
    }

    /// Checks the signatures; returns who signed, each key once.
    ///
    /// Refused when one of the keys did not sign, when the policy is not fulfilled, when a signature by a known key is bad, and
    /// when the log itself did not sign.
    pub(crate) fn verify(&self, signed: &SignedCheckpoint) -> Result<Vec<Signer>, CheckpointError> {
        let signers = match &self.policy {
            Some(policy) => policy.check(signed)?,
            None => Vec::new(),
        };
        signed.verify_beyond(signers, &self.keys)
    }
}

#[cfg(test)]
mod tests {
    use super::super::checkpoint::Checkpoint;
    use super::super::hash::leaf_hash;
    use super::super::key::SigningKey;
    use super::*;

    fn signing(name: &str, seed: u8) -> SigningKey {
        SigningKey::generate(name, &[seed; 32]).expect("a good name")
    }

    fn vkey(name: &str, seed: u8, kind: Kind) -> VerifierKey {
        signing(name, seed).verifier_key(kind)
    }

    /// A checkpoint signed by its log and by the witnesses of these seeds.
    fn signed(witnesses: &[u8]) -> SignedCheckpoint {
        let checkpoint = Checkpoint::new("log", 1, leaf_hash(b"")).expect("a good origin");
        let mut signed = SignedCheckpoint::sign(checkpoint, &signing("log", 1)).expect("its log");
        for seed in witnesses {
            let key = signing(&format!("w{seed}"), *seed);
            signed.cosign(&key, 1_790_000_000).expect("room");
        }
        signed
    }

    /// The policy of two groups: two of w2, w3 and w4, and w5 or w6.
    fn policy(quorum: &str) -> Required {
        let mut text = format!(
            "# two offices\n\nlog {} https://log.example\n",
            vkey("log", 1, Kind::Log)
        );
        for seed in 2..7 {
            text.push_str(&format!(
                "witness W{seed}\t{}\n",
                vkey(&format!("w{seed}"), seed, Kind::Witness)
            ));
        }
        text.push_str("group X 2 W2 W3 W4\ngroup Y any W5 W6\ngroup both all X Y\n");
        text.push_str(&format!("quorum {quorum}\n"));
        let policy = Policy::parse(text.as_bytes()).expect("a good policy");
        Required {
            keys: Vec::new(),
            policy: Some(policy),
        }
    }

    #[test]
    fn groups_count_their_members() {
        let reached =
            |quorum: &str, witnesses: &[u8]| policy(quorum).verify(&signed(witnesses)).is_ok();
        assert!(reached("both", &[2, 4, 6]));
        assert!(!reached("both", &[2, 4]));
        assert!(!reached("both", &[2, 5, 6]));
        assert!(reached("W3", &[3]));
        assert!(!reached("W3", &[2]));
        assert!(reached("none", &[]));
        let refused = policy("X").verify(&signed(&[3]));
        assert_eq!(
            refused,
            Err(CheckpointError::Quorum("W2, W4, W5, W6".to_owned()))
        );
    }

    #[test]
    fn a_key_is_required_beside_the_policy() {
        let mut required = policy("W3");
        required.keys = vec![vkey("w9", 9, Kind::Witness)];
        let missing = required.verify(&signed(&[3])).expect_err("w9 did not sign");
        assert!(matches!(missing, CheckpointError::Missing(name) if name.starts_with("w9 (key ")));
        let signers = required.verify(&signed(&[3, 9])).expect("all signed");
        let names: Vec<&str> = signers.iter().map(|signer| signer.name.as_str()).collect();
        assert_eq!(names, ["log", "w3", "w9"]);
    }

    #[test]
    fn the_log_of_the_policy_must_have_signed() {
        let text = format!("log {}\nquorum none\n", vkey("log", 2, Kind::Log));
        let policy = Policy::parse(text.as_bytes()).ok();
        let required = Required {
            keys: Vec::new(),
            policy,
        };
        assert_eq!(
            required.verify(&signed(&[])),
            Err(CheckpointError::NotSigned("log".to_owned()))
        );
    }

    #[test]
    fn malformed_policies_are_refused_with_the_line() {
        let log = vkey("log", 1, Kind::Log);
        let witness = vkey("w", 2, Kind::Witness);
        let line = |text: &str| match Policy::parse(text.as_bytes()) {
            Err(PolicyError::Line { line, .. }) => line,
            other => panic!("{other:?}"),
        };
        assert_eq!(Policy::parse(b"# nothing\n"), Err(PolicyError::NoQuorum));
        assert_eq!(line("quorum W\n"), 1);
        assert_eq!(line("quorum none\nquorum none\n"), 2);
        assert_eq!(line(&format!("log {witness}\n")), 1);
        assert_eq!(line(&format!("witness w {log}\n")), 1);
        assert_eq!(line(&format!("log {log}\nlog {log}\n")), 2);
        assert_eq!(line(&format!("witness none {witness}\n")), 1);
        let one = format!("witness w {witness}\n");
        assert_eq!(line(&format!("{one}witness v {witness}\n")), 2);
        for group in [
            "group g 0 w",
            "group g 2 w",
            "group g all",
            "group g any v",
            "group w any w",
            "group g any w w",
            "group g some w",
        ] {
            assert_eq!(line(&format!("{one}{group}\n")), 2, "{group}");
        }
        assert_eq!(line(&format!("{one}group g any w\ngroup h any w\n")), 3);
        for text in ["wittness w\n", "quorum none\r\n", "quorum\n", "log\n"] {
            assert_eq!(line(text), 1, "{text:?}");
        }
    }
}
