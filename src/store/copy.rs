//! Backing up and bringing back: a copy counts only when it has been checked whole, and what is replaced is kept.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::draft::{BESIDE, Draft, left_beside, with_suffix};
use super::file::Backup;
use super::finding::Progress;
use super::medium::Way;
use super::{Access, Checked, Error, Store};
use crate::domain::Moment;

/// A registry that was brought back.
pub(crate) struct Restored {
    /// The result of the check of the copy; it was put in place only if nothing was found.
    pub(crate) checked: Checked,
    pub(crate) replaced: Option<Replaced>,
    /// What a program that was stopped had left beside the place of a file that was gone, where it is kept now.
    pub(crate) moved_aside: Vec<PathBuf>,
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
        if let Some(left) = left_beside(path).next() {
            return Err(Error::Leftover(left));
        }
        let place = |cause| placing(path, cause);
        let mut draft = Draft::beside(path, Some(&self.path)).map_err(place)?;
        self.copy_into(&draft)?;
        Self::connect(draft.path(), Way::Write)?.forget_secrets()?;
        let checked = Self::check(draft.path(), progress)?;
        if checked.findings.is_empty() {
            draft.place(path).map_err(place)?;
        }
        Ok(checked)
    }

    fn copy_into(&self, draft: &Draft) -> Result<(), Error> {
        Backup {
            from: &self.path,
            way: self.opened.beside(),
            to: draft.path(),
        }
        .run()
    }

    /// Puts a copy of `backup` in the place of the registry at `path`. The copy is checked first, and again in its place; a
    /// registry that is there is kept beside it, under a name with the time `now`.
    ///
    /// # Errors
    /// [`Error::Busy`] while somebody uses the registry that is to be replaced, [`Error::Misplaced`] when what is in its place in
    /// the end does not verify.
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
        let like = Some(path.as_path()).filter(|path| path.exists());
        let mut draft = Draft::beside(path, like).map_err(|cause| placing(path, cause))?;
        source.copy_into(&draft)?;
        drop(source);
        let (mut copy, _) = Self::open_any_schema(draft.path(), Access::Write)?;
        copy.bring_up_to_date(|_| Ok(()))?;
        let checked = Self::check(draft.path(), progress)?;
        let mut restored = Restored {
            checked,
            replaced: None,
            moved_aside: Vec::new(),
        };
        if restored.checked.findings.is_empty() {
            copy.add_log()?;
            drop(copy);
            match exchange(&mut draft, path, now)? {
                Exchanged::Replaced(replaced) => restored.replaced = Some(replaced),
                Exchanged::Placed(moved) => restored.moved_aside = moved,
            }
            let findings = Self::check(path, &|_| {})?.findings.len();
            if findings > 0 {
                let path = path.clone();
                return Err(Error::Misplaced { path, findings });
            }
        }
        Ok(restored)
    }

    fn check(path: &Path, progress: Progress<'_>) -> Result<Checked, Error> {
        let mut copy = Self::open(path, Access::Inspect)?;
        copy.read(|reader| reader.verify(path, false, progress))
    }
}

/// How the draft was put in its place.
enum Exchanged {
    Replaced(Replaced),
    /// Nothing was there, but for these files, where they are kept now.
    Placed(Vec<PathBuf>),
}

/// Moves the draft to `path`, and keeps what is there.
fn exchange(draft: &mut Draft, path: &Path, now: Moment) -> Result<Exchanged, Error> {
    let place = |cause| placing(path, cause);
    match fs::metadata(path) {
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let moved = move_aside(path, now).map_err(place)?;
            draft.place(path).map_err(place)?;
            return Ok(Exchanged::Placed(moved));
        }
        Err(cause) => return Err(place(cause)),
    };
    let mut swap = || swap(draft, path, now).map_err(place);
    // Nobody may have it open: the log of changes beside it belongs to it alone, and whoever closes it last removes the log by
    // its name.
    let (kept, known) = match Store::open_any_schema(path, Access::Write) {
        Ok((mut store, _)) => {
            let known = store.read(|reader| {
                let last = reader.last_batch()?;
                let batches = last.map_or(0, |batch| batch.number);
                Ok::<_, Error>((reader.origin()?, batches))
            });
            match store.remove_log() {
                Err(Error::Sql(_) | Error::Corrupt) | Ok(()) => {}
                Err(error) => return Err(error),
            }
            match store.alone(&mut swap) {
                Err(Error::Sql(_) | Error::Corrupt) => (swap()?, None),
                kept => (kept?, known.ok()),
            }
        }
        Err(error @ (Error::Busy | Error::ReadOnly)) => return Err(error),
        Err(_) => (swap()?, None),
    };
    Ok(Exchanged::Replaced(Replaced { path: kept, known }))
}

/// Moves what lies beside the place of a file that is gone: SQLite would take it for a part of the new one.
fn move_aside(path: &Path, now: Moment) -> io::Result<Vec<PathBuf>> {
    let mut moved = Vec::new();
    if left_beside(path).next().is_some() {
        let kept = free_name(path, now, |name| left_beside(name).next().is_none());
        for ending in BESIDE {
            let (from, to) = (with_suffix(path, ending), with_suffix(&kept, ending));
            if from.symlink_metadata().is_ok() {
                fs::rename(from, &to)?;
                moved.push(to);
            }
        }
    }
    Ok(moved)
}

/// A name beside `path` with the time `now` that is free.
fn free_name(path: &Path, now: Moment, is_free: impl Fn(&Path) -> bool) -> PathBuf {
    let stamp = now.to_string().replace([':', '-'], "");
    let first = with_suffix(path, &format!(".replaced-{stamp}"));
    let others = (2..).map(|number| with_suffix(path, &format!(".replaced-{stamp}-{number}")));
    let is_free = |name: &PathBuf| name.symlink_metadata().is_err() && is_free(name);
    std::iter::once(first.clone())
        .chain(others)
        .find(is_free)
        .unwrap_or(first)
}

/// Gives the file at `path` a second name and moves the draft over the first one, so that a registry is there at any time.
fn swap(draft: &mut Draft, path: &Path, now: Moment) -> io::Result<PathBuf> {
    let kept = free_name(path, now, |_| true);
    match fs::hard_link(path, &kept) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        Err(_) => drop(fs::copy(path, &kept)?), // a file system without links
        Ok(()) => {}
    }
    // What belongs to the old file must not be taken for a part of the new one.
    for ending in BESIDE {
        let _ = fs::rename(with_suffix(path, ending), with_suffix(&kept, ending));
    }
    draft.replace(path)?;
    Ok(kept)
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
