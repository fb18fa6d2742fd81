//! Backing up and bringing back: a copy counts only when it has been checked whole, and what is replaced is kept.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::create::Draft;
use super::verify::Progress;
use super::{Access, Checked, Error, Store};
use crate::domain::Moment;

/// A registry that was brought back.
pub(crate) struct Restored {
    /// What the check of the copy came to; it was put in place only if nothing was found.
    pub(crate) checked: Checked,
    pub(crate) replaced: Option<Replaced>,
}

/// The registry that was there before.
pub(crate) struct Replaced {
    /// Where it is kept.
    pub(crate) path: PathBuf,
    /// Its name and its number of batches, unless it could not be read any more.
    pub(crate) known: Option<(String, i64)>,
}

impl Store {
    /// Copies the registry to `path`, where nothing may be, while others go on reading and writing. The copy is checked, and
    /// stands there only when nothing was found.
    pub(crate) fn back_up(&self, path: &Path, progress: Progress<'_>) -> Result<Checked, Error> {
        if path.symlink_metadata().is_ok() {
            return Err(taken(path));
        }
        let draft = Draft::beside(path);
        self.copy_to(draft.path())?;
        let checked = Self::check(draft.path(), progress)?;
        if checked.findings.is_empty() {
            draft
                .become_file(path)
                .map_err(|cause| placing(path, cause))?;
        }
        Ok(checked)
    }

    /// Puts a copy of `backup` in the place of the registry at `path`. The copy is checked first; a registry that is there is
    /// kept beside it, under a name with the time `now`. Others may read meanwhile: they see the one or the other, whole.
    ///
    /// # Errors
    /// [`Error::Busy`] while somebody writes to the registry that is to be replaced.
    pub(crate) fn put_back(
        backup: &Path,
        path: &Path,
        now: Moment,
        progress: Progress<'_>,
    ) -> Result<Restored, Error> {
        let (source, found) = Self::open_any_schema(backup, Access::Read)?;
        let known = super::open::SCHEMA;
        if found > known {
            let path = backup.to_owned();
            return Err(Error::Newer { path, found, known });
        }
        // What a symbolic link leads to is replaced, not the link.
        let end = path.canonicalize().ok().filter(|_| path.is_symlink());
        let path = &end.unwrap_or_else(|| path.to_owned());
        if path.is_dir() {
            return Err(Error::Folder(path.clone()));
        }
        let draft = Draft::beside(path);
        source.copy_to(draft.path())?;
        drop(source);
        if found < known {
            let (mut store, _) = Self::open_any_schema(draft.path(), Access::Write)?;
            store.bring_up_to_date()?;
        }
        let checked = Self::check(draft.path(), progress)?;
        let mut replaced = None;
        if checked.findings.is_empty() {
            replaced = exchange(&draft, path, now)?;
        }
        Ok(Restored { checked, replaced })
    }

    fn check(path: &Path, progress: Progress<'_>) -> Result<Checked, Error> {
        let mut copy = Self::open(path, Access::Read)?;
        copy.read(|reader| reader.verify(path, false, progress))
    }
}

/// Moves the draft to `path`, and keeps what is there.
fn exchange(draft: &Draft, path: &Path, now: Moment) -> Result<Option<Replaced>, Error> {
    let there = match fs::metadata(path) {
        Ok(there) => there,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let placed = draft.become_file(path);
            return placed.map(|()| None).map_err(|cause| placing(path, cause));
        }
        Err(cause) => return Err(placing(path, cause)),
    };
    // Those who might write to the one may write to the other.
    let _ = fs::set_permissions(draft.path(), there.permissions());
    let swap = || swap(draft, path, now).map_err(|cause| placing(path, cause));
    // Nobody may be writing: what a writer has half done stands in a file beside the registry, and belongs to it alone.
    let (kept, known) = match Store::open_any_schema(path, Access::Write) {
        Ok((mut store, _)) => {
            let known = store.read(|reader| {
                let last = reader.last_batch()?;
                let batches = last.map_or(0, |batch| batch.number);
                Ok::<_, Error>((reader.origin()?, batches))
            });
            match store.alone(swap) {
                Err(Error::Sql(_) | Error::Corrupt) => (swap()?, None),
                kept => (kept?, known.ok()),
            }
        }
        Err(error @ (Error::Busy | Error::ReadOnly)) => return Err(error),
        Err(_) => (swap()?, None),
    };
    Ok(Some(Replaced { path: kept, known }))
}

/// Gives the file at `path` a second name and moves the draft over the first one, so that a registry is there at any time.
fn swap(draft: &Draft, path: &Path, now: Moment) -> io::Result<PathBuf> {
    let stamp = now.to_string().replace([':', '-'], "");
    let mut kept = with_suffix(path, &format!(".replaced-{stamp}"));
    for number in 2.. {
        match fs::hard_link(path, &kept) {
            Ok(()) => break,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                kept = with_suffix(path, &format!(".replaced-{stamp}-{number}"));
            }
            Err(_) => {
                fs::copy(path, &kept)?; // a file system without links
                break;
            }
        }
    }
    // What belongs to the old file must not be taken for a part of the new one.
    for ending in ["-journal", "-wal", "-shm"] {
        let _ = fs::rename(with_suffix(path, ending), with_suffix(&kept, ending));
    }
    fs::rename(draft.path(), path)?;
    Ok(kept)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

fn taken(path: &Path) -> Error {
    if path.is_dir() {
        Error::Folder(path.to_owned())
    } else {
        Error::Exists(path.to_owned())
    }
}

fn placing(path: &Path, cause: io::Error) -> Error {
    match cause.kind() {
        io::ErrorKind::AlreadyExists => Error::Exists(path.to_owned()),
        _ => Error::Place {
            path: path.to_owned(),
            cause,
        },
    }
}
