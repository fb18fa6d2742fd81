//! Keys, checkpoints and proofs as files, and what a key has signed last.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::merkle::checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint};
use crate::merkle::key::{KeyError, Kind, SigningKey, VerifierKey};
use crate::merkle::proof::ProofError;
use crate::merkle::sign::Verification;

/// Why something is not signed, or not believed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TrustError {
    #[error("cannot read {path:?}")]
    Read {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("cannot write {path:?}")]
    Write {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("the system gives no random numbers: {0}")]
    Random(getrandom::Error),
    #[error("there is a file at {0:?} already, which may be somebody's key")]
    KeyExists(PathBuf),
    #[error("where the key should be written is not said")]
    NoPlace,
    #[error("{0:?} is not a usable key")]
    Key(PathBuf, #[source] KeyError),
    #[error("{0:?} is neither a verifier key nor a file that holds one")]
    NotAKey(String, #[source] KeyError),
    #[error("a key cannot have this name")]
    Name(#[source] KeyError),
    #[error("{0:?} is not a good checkpoint")]
    Checkpoint(PathBuf, #[source] CheckpointError),
    #[error("the checkpoint cannot be signed")]
    Sign(#[source] CheckpointError),
    #[error("{0:?} proves nothing")]
    Proof(PathBuf, #[source] ProofError),
    #[error("the proof is about the {kind} {code:?}, not about {wanted:?}")]
    OtherRecord {
        kind: String,
        code: String,
        wanted: String,
    },
    #[error("{0:?} does not hold the entry that it proves")]
    NoEntry(PathBuf),
    #[error("the entry that was proved cannot be read")]
    Entry(#[source] serde_json::Error),
    #[error("{0:?} is a proof between two checkpoints, and not one earlier checkpoint is named")]
    NoEarlier(PathBuf),
    #[error("{0:?} is a proof of one entry, which no earlier checkpoint is compared with")]
    NotCompared(PathBuf),
    #[error("{path:?} is a checkpoint of {found:?}, not of {expected:?}")]
    Origin {
        path: PathBuf,
        found: String,
        expected: String,
    },
    #[error("what the key signed last, kept in {0:?}, was altered: it is not signed by this key")]
    Memory(PathBuf),
    #[error(
        "the key has signed {signed} entries already, and here are only {offered}: the journal was cut off or an old copy is in use"
    )]
    Rollback { signed: u64, offered: u64 },
    #[error("the checkpoint is of {signed} entries, and the journal has {size} by now")]
    Outgrown { signed: u64, size: u64 },
    #[error(
        "the journal is not the one that was signed before: of its {offered} entries, the first {signed} are not those that the key signed"
    )]
    Fork { signed: u64, offered: u64 },
    #[error("the registry has {found} entries, and {wanted} are asked about")]
    Short { wanted: u64, found: u64 },
    #[error("this registry is not the one that was published: its first {0} entries are others")]
    Other(u64),
    #[error("several records are called {code:?}: {kinds}")]
    Ambiguous { code: String, kinds: String },
}

impl TrustError {
    /// As [`crate::error::Error::status`] says.
    pub(crate) fn status(&self) -> u8 {
        match self {
            Self::Read { cause, .. } if cause.kind() == io::ErrorKind::NotFound => 1,
            Self::Read { .. } | Self::Write { .. } | Self::Random(_) => 3,
            Self::NoPlace => 2,
            _ => 1,
        }
    }

    pub(crate) fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::KeyExists(_) => "choose another name with -o; a key is never overwritten",
            Self::NoPlace => "name the file with -o",
            Self::NotAKey(..) => "`tpmc key show FILE` prints the verifier key of a signing key",
            Self::Sign(CheckpointError::NotTheLog { .. }) => {
                "make one with `tpmc key new -o FILE`, which names it after the registry"
            }
            Self::NoEntry(_) => "name the file that holds the bytes of the entry with --entry",
            Self::NotCompared(_) => {
                "leave out --against, or make a proof of growth with `tpmc prove --from`"
            }
            Self::NoEarlier(_) => "name the checkpoint that you kept with --against",
            Self::Rollback { .. } | Self::Fork { .. } | Self::Other(_) => {
                "do not sign; keep both checkpoints and ask the registry's office to explain"
            }
            Self::Outgrown { .. } => "have a new checkpoint signed, or sign now with --key",
            Self::Ambiguous { .. } => "say which with --kind",
            Self::Memory(_) => {
                "restore the file from a backup: it keeps you from signing two different pasts"
            }
            _ => return None,
        };
        Some(hint.to_owned())
    }
}

/// Bytes that are read of a key, checkpoint, proof or entry: more than any of them has.
const MOST: u64 = 64 << 20;

pub(super) fn read(path: &Path) -> Result<Vec<u8>, TrustError> {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(MOST).read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok(bytes),
        Err(cause) => Err(TrustError::Read {
            path: path.to_owned(),
            cause,
        }),
    }
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
        parsed.or_else(|error| match fs::read_to_string(text) {
            Ok(content) => content
                .trim_end()
                .parse()
                .map_err(|error| TrustError::NotAKey(text.clone(), error)),
            Err(_) => Err(TrustError::NotAKey(text.clone(), error)),
        })
    }

    pub(super) fn all(arguments: &[Self]) -> Result<Vec<VerifierKey>, TrustError> {
        arguments.iter().map(Self::key).collect()
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

/// What a key signed last of a log: the whole checkpoint, in a file beside the key. A key that forgets can be made to sign
/// two different pasts, so the file is read before every signature and written before the signature is handed out.
pub(super) struct Memory {
    path: PathBuf,
    last: Option<SignedCheckpoint>,
    /// Held until the end, so that two runs do not sign at once.
    _lock: File,
}

impl Memory {
    /// What `key`, kept in `file`, signed last of the log `origin`, with its signature of that kind checked.
    pub(super) fn open(
        file: &Path,
        key: &SigningKey,
        kind: Kind,
        origin: &str,
    ) -> Result<Self, TrustError> {
        let failed = |path: &Path| {
            let path = path.to_owned();
            |cause| TrustError::Read { path, cause }
        };
        let lock = File::open(file).map_err(failed(file))?;
        match lock.lock() {
            // A file system without locks: one run at a time is then up to the user.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            result => result.map_err(failed(file))?,
        }
        let plain = |letter: char| {
            if letter.is_ascii_alphanumeric() || letter == '.' {
                letter
            } else {
                '-'
            }
        };
        let origin_in_name: String = origin.chars().take(80).map(plain).collect();
        let mut path = file.as_os_str().to_owned();
        path.push(format!(".{origin_in_name}.checkpoint"));
        let path = PathBuf::from(path);
        let last = match fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(cause) => return Err(failed(&path)(cause)),
        };
        let read = |bytes: Vec<u8>| {
            let last = SignedCheckpoint::parse(&bytes).ok()?;
            let good = matches!(
                last.note().verify(&key.verifier_key(kind)),
                Verification::Good { .. }
            );
            (good && last.checkpoint().origin() == origin).then_some(last)
        };
        let last = match last {
            Some(bytes) => Some(read(bytes).ok_or_else(|| TrustError::Memory(path.clone()))?),
            None => None,
        };
        Ok(Self {
            path,
            last,
            _lock: lock,
        })
    }

    /// What was signed last.
    pub(super) fn last(&self) -> Option<&Checkpoint> {
        self.last.as_ref().map(SignedCheckpoint::checkpoint)
    }

    /// Remembers a checkpoint, unless a larger one was signed before.
    pub(super) fn keep(&self, signed: &SignedCheckpoint) -> Result<(), TrustError> {
        if self
            .last()
            .is_some_and(|last| last.size() > signed.checkpoint().size())
        {
            return Ok(());
        }
        let failed = |cause| TrustError::Write {
            path: self.path.clone(),
            cause,
        };
        let mut draft = self.path.as_os_str().to_owned();
        draft.push(".new");
        let mut file = File::create(&draft).map_err(failed)?;
        file.write_all(signed.to_string().as_bytes())
            .map_err(failed)?;
        file.sync_all().map_err(failed)?;
        fs::rename(&draft, &self.path).map_err(failed)
    }
}
