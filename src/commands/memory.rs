//! What each key has signed last of each log, kept by the key itself and not by the file that holds it.
//!
//! A key that forgets can be made to sign two different pasts. So what it signed last is read before every signature, under a
//! lock, and is on the disk before the signature is handed out. A key is known on a machine when it was made there or has signed
//! there; one that is not known may have signed elsewhere, and signs only when that is asked for.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use sha2::{Digest as _, Sha256};

use super::trust::TrustError;
use crate::merkle::checkpoint::{Checkpoint, SignedCheckpoint};
use crate::merkle::key::{Kind, SigningKey};
use crate::merkle::sign::Verification;

/// Where memories are.
#[derive(Debug, Args)]
pub(crate) struct MemoryPlace {
    /// Folder that keeps what each key has signed last; the default is `signed` in the user's state folder
    #[arg(long, env = "TPMC_KEY_MEMORY", value_name = "FOLDER")]
    key_memory: Option<PathBuf>,
}

impl MemoryPlace {
    fn folder(&self) -> Result<PathBuf, TrustError> {
        if let Some(folder) = &self.key_memory {
            return Ok(folder.clone());
        }
        let user = directories::ProjectDirs::from("", "", "tpmc").ok_or(TrustError::NoMemory)?;
        let state = user.state_dir().unwrap_or_else(|| user.data_local_dir());
        Ok(state.join("signed"))
    }

    /// Notes a key that was made just now: it has signed nothing.
    pub(super) fn begin(&self, key: &SigningKey) -> Result<(), TrustError> {
        Keys::of(self.folder()?, key).create(key)
    }
}

/// How a key signs.
#[derive(Debug, Args)]
pub(crate) struct Remembering {
    /// Sign although this machine does not know the key: it has signed nothing yet, or what it signed was lost
    #[arg(long, requires = "key")]
    first: bool,
    #[command(flatten)]
    place: MemoryPlace,
}

/// The folder of one key, whatever file the key is read from.
struct Keys(PathBuf);

impl Keys {
    fn of(root: PathBuf, key: &SigningKey) -> Self {
        Self(root.join(digest(&key.verifier_key(Kind::Log).to_string())))
    }

    /// The file that says whose folder it is. It is written last: where it stands, the key is known.
    fn name(&self) -> PathBuf {
        self.0.join("key")
    }

    fn create(&self, key: &SigningKey) -> Result<(), TrustError> {
        let failed = |cause| TrustError::Write {
            path: self.0.clone(),
            cause,
        };
        let mut folder = fs::DirBuilder::new();
        folder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.create(&self.0).map_err(failed)?;
        let whose = format!("{}\n", key.verifier_key(Kind::Log));
        write(&self.name(), whose.as_bytes()).map_err(failed)
    }

    fn lock(&self) -> Result<File, TrustError> {
        let path = self.0.join("lock");
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        let lock = options.open(&path).and_then(|file| match file.lock() {
            // A file system without locks: one run at a time is then up to the user.
            Err(error) if error.kind() != io::ErrorKind::Unsupported => Err(error),
            _ => Ok(file),
        });
        lock.map_err(|cause| TrustError::Write { path, cause })
    }
}

/// What a key signed last of one log.
pub(super) struct Memory {
    path: PathBuf,
    last: Option<SignedCheckpoint>,
    /// Held until the end, so that two runs do not sign at once.
    _lock: File,
}

impl Memory {
    /// What `key`, read from `file`, signed last of the log `origin`, with its signature of that kind checked.
    ///
    /// # Errors
    /// [`TrustError::Unknown`] when this machine does not know the key and `--first` was not given, [`TrustError::NotFirst`]
    /// when it was and the key has signed before, [`TrustError::Memory`] when what was kept is not signed by the key.
    pub(super) fn open(
        remembering: &Remembering,
        file: &Path,
        key: &SigningKey,
        kind: Kind,
        origin: &str,
    ) -> Result<Self, TrustError> {
        let root = remembering.place.folder()?;
        let keys = Keys::of(root.clone(), key);
        let mut found = Vec::new();
        for path in beside(file, origin) {
            found.extend(read(&path, key, kind, origin)?);
        }
        let is_known = keys.name().exists() || !found.is_empty();
        if !is_known && !remembering.first {
            let key = key.name().to_owned();
            return Err(TrustError::Unknown { key, folder: root });
        }
        if !keys.name().exists() {
            keys.create(key)?;
        }
        let lock = keys.lock()?;
        let word = match kind {
            Kind::Log => "log",
            Kind::Witness => "witness",
        };
        let path = keys.0.join(format!("{word}-{}", digest(origin)));
        found.extend(read(&path, key, kind, origin)?);
        let last = found
            .into_iter()
            .max_by_key(|signed| signed.checkpoint().size());
        match &last {
            Some(last) if remembering.first => Err(TrustError::NotFirst(last.checkpoint().size())),
            _ => Ok(Self {
                path,
                last,
                _lock: lock,
            }),
        }
    }

    /// What was signed last.
    pub(super) fn last(&self) -> Option<&Checkpoint> {
        self.last.as_ref().map(SignedCheckpoint::checkpoint)
    }

    /// Remembers a checkpoint, unless a larger one was signed before. It is on the disk when this returns.
    pub(super) fn keep(&self, signed: &SignedCheckpoint) -> Result<(), TrustError> {
        let last = self.last().map_or(0, Checkpoint::size);
        if last > signed.checkpoint().size() {
            return Ok(());
        }
        write(&self.path, signed.to_string().as_bytes()).map_err(|cause| TrustError::Write {
            path: self.path.clone(),
            cause,
        })
    }
}

/// What earlier releases kept beside the file of the key, and beside the file that a link leads to.
fn beside(file: &Path, origin: &str) -> Vec<PathBuf> {
    let plain = |letter: char| match letter.is_ascii_alphanumeric() || letter == '.' {
        true => letter,
        false => '-',
    };
    let origin: String = origin.chars().take(80).map(plain).collect();
    let real = file.canonicalize().ok().filter(|real| real != file);
    let named = [Some(file.to_owned()), real].into_iter().flatten();
    let kept = named.map(|file| {
        let mut path = file.into_os_string();
        path.push(format!(".{origin}.checkpoint"));
        PathBuf::from(path)
    });
    kept.collect()
}

/// The checkpoint that is kept in a file, when there is one.
fn read(
    path: &Path,
    key: &SigningKey,
    kind: Kind,
    origin: &str,
) -> Result<Option<SignedCheckpoint>, TrustError> {
    if let Err(error) = path.symlink_metadata()
        && error.kind() == io::ErrorKind::NotFound
    {
        return Ok(None);
    }
    let signed = SignedCheckpoint::parse(&super::trust::read(path)?).ok();
    let good = signed.filter(|signed| {
        let verified = signed.note().verify(&key.verifier_key(kind));
        matches!(verified, Verification::Good { .. }) && signed.checkpoint().origin() == origin
    });
    match good {
        Some(signed) => Ok(Some(signed)),
        None => Err(TrustError::Memory(path.to_owned())),
    }
}

/// Writes a file as a whole: under another name first, and safe on the disk before this returns.
fn write(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut draft = tempfile::NamedTempFile::new_in(folder)?;
    draft.write_all(content)?;
    draft.as_file().sync_all()?;
    draft.persist(path).map_err(|error| error.error)?;
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// The first half of the SHA-256 of a text in hexadecimal digits.
fn digest(text: &str) -> String {
    let hash = Sha256::digest(text);
    hash.iter()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
