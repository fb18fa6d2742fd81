//! A file that is being made: beside its place, under a name that nobody can guess, and moved to its place whole.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

/// What SQLite keeps beside a file while it is written.
pub(super) const BESIDE: [&str; 3] = ["-journal", "-wal", "-shm"];
/// The ending of a draft.
const ENDING: &str = ".new";
/// After this time a draft is abandoned where the file system has no locks.
const LONG_AGO: Duration = Duration::from_secs(24 * 60 * 60);

/// A file that is being made; removed again unless it becomes the real one. The lock on it tells other programs that
/// somebody still works on it.
pub(super) struct Draft(Option<NamedTempFile>);

impl Draft {
    /// Creates an empty file beside `path`, and removes what programs that were stopped left there. `like` is a file whose
    /// rights it gets; without one, the rights are those of any new file.
    pub(super) fn beside(path: &Path, like: Option<&Path>) -> io::Result<Self> {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let mut prefix = OsString::from(".");
        prefix.push(path.file_name().unwrap_or_default());
        prefix.push(".");
        remove_abandoned(folder, &prefix);
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix).suffix(ENDING);
        if let Some(rights) = rights(like)? {
            builder.permissions(rights);
        }
        loop {
            let file = builder.tempfile_in(folder)?;
            let _ = file.as_file().try_lock();
            // Another program may have taken it for abandoned before it was locked.
            if file.path().exists() {
                return Ok(Self(Some(file)));
            }
        }
    }

    /// Where the file is while it is made.
    pub(super) fn path(&self) -> &Path {
        self.0.as_ref().map_or(Path::new(""), NamedTempFile::path)
    }

    /// Moves the file to `path`, unless something is there, and waits until the disk has it.
    ///
    /// # Errors
    /// `AlreadyExists`: the draft stays as it is then.
    pub(super) fn place(&mut self, path: &Path) -> io::Result<()> {
        self.persist(path, NamedTempFile::persist_noclobber)
    }

    /// Moves the file to `path` in the place of the file that is there, and waits until the disk has it.
    pub(super) fn replace(&mut self, path: &Path) -> io::Result<()> {
        self.persist(path, NamedTempFile::persist)
    }

    fn persist(
        &mut self,
        path: &Path,
        how: impl FnOnce(NamedTempFile, PathBuf) -> Result<fs::File, tempfile::PersistError>,
    ) -> io::Result<()> {
        let Some(file) = self.0.take() else {
            return Ok(());
        };
        if let Err(error) = file.as_file().sync_all() {
            self.0 = Some(file);
            return Err(error);
        }
        match how(file, path.to_owned()) {
            Ok(_) => sync_folder(path),
            Err(failed) => {
                self.0 = Some(failed.file);
                Err(failed.error)
            }
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            remove_beside(file.path());
        }
    }
}

/// Waits until the disk knows the names in the folder of `path`. Systems that cannot do this keep them anyway.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    if cfg!(unix) {
        fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

/// The name of a file beside `path`.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// What SQLite left beside `path`.
pub(super) fn left_beside(path: &Path) -> impl Iterator<Item = PathBuf> {
    let names = BESIDE.into_iter().map(|ending| with_suffix(path, ending));
    names.filter(|name| name.symlink_metadata().is_ok())
}

fn remove_beside(path: &Path) {
    for name in BESIDE.map(|ending| with_suffix(path, ending)) {
        let _ = fs::remove_file(name);
    }
}

#[cfg(unix)]
fn rights(like: Option<&Path>) -> io::Result<Option<fs::Permissions>> {
    use std::os::unix::fs::PermissionsExt as _;

    let rights = match like {
        Some(like) => fs::metadata(like)?.permissions(),
        None => fs::Permissions::from_mode(0o666), // less what the user's umask takes away
    };
    Ok(Some(rights))
}

#[cfg(not(unix))]
fn rights(_: Option<&Path>) -> io::Result<Option<fs::Permissions>> {
    Ok(None)
}

/// Removes drafts with this prefix on which nobody works any more.
fn remove_abandoned(folder: &Path, prefix: &OsString) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let (name, prefix) = (entry.file_name(), prefix.to_string_lossy());
        let name = name.to_string_lossy();
        let Some(rest) = name.strip_prefix(&*prefix) else {
            continue;
        };
        let endings = BESIDE.into_iter().chain([""]);
        let mut middle =
            endings.filter_map(|ending| rest.strip_suffix(ending)?.strip_suffix(ENDING));
        let Some(middle) = middle.next() else {
            continue;
        };
        let draft = folder.join(format!("{prefix}{middle}{ENDING}"));
        let is_random = !middle.is_empty() && middle.chars().all(char::is_alphanumeric);
        if is_random && is_abandoned(&draft) {
            let _ = fs::remove_file(&draft);
            remove_beside(&draft);
        }
    }
}

fn is_abandoned(draft: &Path) -> bool {
    match draft.symlink_metadata() {
        Err(error) => error.kind() == io::ErrorKind::NotFound,
        Ok(draft) if !draft.is_file() => false,
        Ok(known) => {
            let is_old = || {
                let age = known.modified().ok().and_then(|time| time.elapsed().ok());
                age.is_some_and(|age| age > LONG_AGO)
            };
            match fs::File::open(draft).map(|file| file.try_lock()) {
                Ok(Ok(())) => cfg!(unix) || is_old(),
                Ok(Err(fs::TryLockError::WouldBlock)) => false,
                Ok(Err(fs::TryLockError::Error(_))) | Err(_) => is_old(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_drafts_on_which_nobody_works_are_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("r.db");
        let kept = [
            ".r.db.notes",
            ".r.db..new",
            ".other.db.abc123.new",
            "r.db-wal",
        ];
        for name in kept.into_iter().chain([
            ".r.db.abc123.new",
            ".r.db.abc123.new-journal",
            ".r.db.gone42.new-wal",
        ]) {
            fs::write(folder.path().join(name), "x").expect("a file");
        }
        let first = Draft::beside(&path, None).expect("a draft");
        let second = Draft::beside(&path, None).expect("another draft");
        assert!(first.path().exists() && second.path().exists());
        let count = || fs::read_dir(folder.path()).expect("the folder").count();
        assert_eq!(count(), kept.len() + 2);
        fs::write(with_suffix(first.path(), "-journal"), "x").expect("a file");
        drop((first, second));
        assert_eq!(count(), kept.len());
    }

    #[test]
    fn a_file_that_is_there_is_never_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("r.db");
        fs::write(&path, "x").expect("a file");
        let mut draft = Draft::beside(&path, None).expect("a draft");
        let refused = draft.place(&path).expect_err("taken");
        assert_eq!(refused.kind(), io::ErrorKind::AlreadyExists);
        assert!(draft.path().exists(), "the draft stays");
        draft.replace(&path).expect("replaced");
        assert_eq!(fs::read(&path).expect("the file"), b"");
        assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_copy_is_no_more_open_than_its_original() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("r.db");
        fs::write(&path, "x").expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("rights");
        let draft = Draft::beside(&folder.path().join("copy.db"), Some(&path)).expect("a draft");
        let rights = fs::metadata(draft.path()).expect("the draft").permissions();
        assert_eq!(rights.mode() & 0o777 & !0o640, 0);
    }
}
