//! The file that an import reads: what identifies its content, so that one which changes meanwhile is refused.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest as _, Sha256};
use tempfile::NamedTempFile;

use super::{ImportError, interrupt};
use crate::error::Error;
use crate::exchange::{PlannedFile, hex};
use crate::input;

/// Refuses to write to `output` where that is the very file that is read.
pub(super) fn refuse_to_overwrite(input: &Path, output: Option<&Path>) -> Result<(), Error> {
    let same = output.is_some_and(|output| {
        let real = (input.canonicalize().ok(), output.canonicalize().ok());
        real.0.is_some() && real.0 == real.1
    });
    if same {
        return Err(ImportError::OutputIsInput(input.to_owned()).into());
    }
    Ok(())
}

/// A draft beside the file that it will replace: a new file under a name that nobody knows, removed where it does not get there.
pub(super) fn draft_beside(path: &Path) -> std::io::Result<NamedTempFile> {
    let folder = path.parent();
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    let mut draft = tempfile::Builder::new();
    // As any new file, not for its owner alone.
    #[cfg(unix)]
    let permissions = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    draft.permissions(permissions);
    draft.tempfile_in(folder.unwrap_or(Path::new(".")))
}

/// A file as it was when the reading began.
pub(super) struct Witnessed {
    path: PathBuf,
    modified: Option<SystemTime>,
    pub(super) said: PlannedFile,
}

impl Witnessed {
    pub(super) fn of(path: &Path) -> Result<Self, Error> {
        let failed = |cause| Error::Read {
            path: path.to_owned(),
            cause,
        };
        let metadata = path.metadata().map_err(failed)?;
        if !metadata.is_file() && !metadata.is_dir() {
            return Err(ImportError::NoFile(path.to_owned()).into());
        }
        let mut file = input::open(path).map_err(failed)?;
        let mut digest = Sha256::new();
        let mut buffer = vec![0; 1 << 16];
        let mut size = 0;
        loop {
            interrupt::check()?;
            let count = file.read(&mut buffer).map_err(failed)?;
            if count == 0 {
                break;
            }
            size += u64::try_from(count).unwrap_or_default();
            digest.update(buffer.get(..count).unwrap_or_default());
        }
        let name = path.file_name().unwrap_or(path.as_os_str());
        Ok(Self {
            path: path.to_owned(),
            modified: metadata.modified().ok(),
            said: PlannedFile {
                name: name.to_string_lossy().into_owned(),
                size,
                sha256: hex(&digest.finalize()),
            },
        })
    }

    /// # Errors
    /// [`ImportError::Changed`] when it is not what it was.
    pub(super) fn check_again(&self) -> Result<(), Error> {
        let now = Self::of(&self.path)?;
        if now.said == self.said && now.modified == self.modified {
            Ok(())
        } else {
            Err(ImportError::Changed(self.path.clone()).into())
        }
    }
}
