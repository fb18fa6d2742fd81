//! Keys, policies, checkpoints and proofs as files.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use uuid::Uuid;

use crate::domain::Moment;
pub(crate) use crate::error::TrustError;
use crate::input;
use crate::merkle::checkpoint::{Checkpoint, SignedCheckpoint, Signer};
use crate::merkle::key::{KeyError, SigningKey, VerifierKey};
use crate::merkle::policy::{Policy, Required};

/// Bytes that are read of a key, checkpoint, proof or entry: more than any of them has.
const MOST: u64 = 64 << 20;

pub(super) fn read(path: &Path) -> Result<Vec<u8>, TrustError> {
    input::read(path, MOST).map_err(|cause| TrustError::Read {
        path: path.to_owned(),
        cause,
    })
}

pub(super) fn signing_key(path: &Path) -> Result<SigningKey, TrustError> {
    let text = String::from_utf8_lossy(&read(path)?).into_owned();
    text.parse()
        .map_err(|cause| TrustError::Key(path.to_owned(), cause))
}

/// A verifier key as it is named on the command line: its text, or a file that holds it.
#[derive(Debug, Clone)]
pub(crate) struct KeyArgument(String);

impl FromStr for KeyArgument {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl KeyArgument {
    pub(super) fn key(&self) -> Result<VerifierKey, TrustError> {
        let Self(text) = self;
        let parsed: Result<VerifierKey, KeyError> = text.parse();
        parsed.or_else(|error| match input::text(Path::new(text)) {
            Ok(content) => content
                .trim_end()
                .parse()
                .map_err(|error| TrustError::NotAKey(text.clone(), error)),
            Err(_) => Err(TrustError::NotAKey(text.clone(), error)),
        })
    }
}

/// A checkpoint that was published: with signatures, or its bare text.
pub(super) enum Published {
    Signed(SignedCheckpoint),
    Bare(Checkpoint),
}

impl Published {
    pub(super) fn read(path: &Path) -> Result<Self, TrustError> {
        let bytes = read(path)?;
        SignedCheckpoint::parse(&bytes)
            .map(Self::Signed)
            .or_else(|error| {
                let bare = str::from_utf8(&bytes)
                    .ok()
                    .and_then(|text| text.parse().ok());
                bare.map(Self::Bare)
                    .ok_or_else(|| TrustError::Checkpoint(path.to_owned(), error))
            })
    }

    pub(super) fn checkpoint(&self) -> &Checkpoint {
        match self {
            Self::Signed(signed) => signed.checkpoint(),
            Self::Bare(bare) => bare,
        }
    }
}

pub(super) fn signed_checkpoint(path: &Path) -> Result<SignedCheckpoint, TrustError> {
    SignedCheckpoint::parse(&read(path)?)
        .map_err(|cause| TrustError::Checkpoint(path.to_owned(), cause))
}

/// Whose signatures a command asks for.
#[derive(Debug, clap::Args)]
pub(crate) struct Signatures {
    /// Verifier key that must have signed, or a file that holds it (can be repeated: each must have signed)
    #[arg(long, value_name = "VKEY", requires = "signed")]
    pub(super) key: Vec<KeyArgument>,
    /// Policy that says which witnesses must have signed: lines `log`, `witness`, `group` and `quorum` (c2sp.org/tlog-policy)
    #[arg(long, value_name = "POLICY", requires = "signed")]
    pub(super) witnesses: Option<PathBuf>,
}

impl Signatures {
    pub(super) fn required(&self) -> Result<Required, TrustError> {
        let keys = self.key.iter().map(KeyArgument::key);
        let policy = self.witnesses.as_ref().map(|path| {
            Policy::parse(&read(path)?).map_err(|cause| TrustError::Policy(path.clone(), cause))
        });
        Ok(Required {
            keys: keys.collect::<Result<_, _>>()?,
            policy: policy.transpose()?,
        })
    }
}

/// How far the clocks of two offices may lie apart, in seconds: a day.
const CLOCKS: u64 = 86_400;

/// Those whose cosignature states a time at which it cannot have been made: before the log was founded, which its name says,
/// or after `now`. Each with the time that it states, and with those that are possible.
pub(super) fn impossible_times(
    signers: &[Signer],
    origin: &str,
    now: Moment,
) -> Vec<(String, String, String)> {
    let id = origin.rsplit('/').next().unwrap_or_default();
    let founded = Uuid::try_parse(id).ok().and_then(|id| id.get_timestamp());
    let founded = founded.map_or(0, |time| time.to_unix().0);
    let now = u64::try_from(now.timestamp()).unwrap_or_default();
    let written = |time: u64| match Moment::of_timestamp(time) {
        Some(time) => time.to_string(),
        None => message!("why-seconds-after", time).to_string(),
    };
    let possible = founded.saturating_sub(CLOCKS)..=now.saturating_add(CLOCKS);
    let wrong = signers.iter().filter_map(|signer| {
        let time = signer.time.filter(|time| !possible.contains(time))?;
        let between = format!("{} – {}", written(founded), written(now));
        Some((signer.name.clone(), written(time), between))
    });
    wrong.collect()
}
