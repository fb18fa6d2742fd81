//! What the place of a registry allows: whether readers and writers can go on side by side there, and whether the file that was
//! opened is still the one that lies there.
//!
//! A registry keeps what was written last in a log beside it (SQLite's WAL), so that nobody waits for a reader. The last program
//! to close the registry takes the log into the file and removes it: at rest, a registry is one file. The log needs memory that
//! all programs share, which a share on another machine does not have, and a folder that may be written to.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::Error;
use super::backend::Db;
use super::draft::with_suffix;

/// How a connection opens the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Write,
    /// For reading. The right to write, if there is one, is used only to leave nothing behind.
    Read,
    /// For reading beside a connection of this program that stays open longer.
    Beside,
    /// Without locks and without a log: for a file in a place that cannot be written to.
    Alone,
}

impl Way {
    /// How to read the registry at `path`.
    pub(super) fn of_reading(path: &Path) -> Self {
        if needs_log(path) && !(is_writable(path) && has_room(path)) {
            Self::Alone
        } else {
            Self::Read
        }
    }

    /// How another connection of this program reads the file that `db` reads. The file itself is not looked at: closing it
    /// would give up the locks that this program has on it.
    pub(super) fn beside(db: &mut Db) -> Self {
        #[derive(QueryableByName)]
        struct Mode {
            #[diesel(sql_type = Text)]
            locking_mode: String,
        }
        // SQLite counts a file without locks among those that are its own.
        let mode = diesel::sql_query("PRAGMA main.locking_mode").get_result::<Mode>(db);
        if mode.is_ok_and(|mode| mode.locking_mode == "exclusive") {
            Self::Alone
        } else {
            Self::Beside
        }
    }

    /// The address of the file for SQLite.
    ///
    /// # Errors
    /// [`Error::Path`] when the path is not valid UTF-8.
    pub(super) fn address(self, path: &Path) -> Result<String, Error> {
        let text = path.to_str().ok_or_else(|| Error::Path(path.to_owned()))?;
        let escaped = text
            .replace('%', "%25")
            .replace('?', "%3f")
            .replace('#', "%23");
        // SQLite takes a name like `:memory:` for something else than a file.
        let folder = if escaped.starts_with(':') { "./" } else { "" };
        let how = match self {
            Self::Write | Self::Read => "mode=rw",
            Self::Beside => "mode=ro",
            Self::Alone => "mode=ro&immutable=1",
        };
        Ok(format!("file:{folder}{escaped}?{how}"))
    }
}

/// Returns the path of the file that `db` has open.
pub(super) fn file_of(db: &mut Db) -> QueryResult<PathBuf> {
    #[derive(QueryableByName)]
    struct Main {
        #[diesel(sql_type = Text)]
        file: String,
    }
    let main = diesel::sql_query("SELECT file FROM pragma_database_list WHERE name = 'main'");
    let main: Main = main.get_result(db)?;
    Ok(PathBuf::from(main.file))
}

/// Whether the header of the file says that it has a log (SQLite's file format, section 1.3.3).
pub(super) fn is_logged(path: &Path) -> bool {
    use std::io::Read as _;

    let mut header = [0; 20];
    let read = fs::File::open(path).and_then(|mut file| file.read_exact(&mut header));
    read.is_ok() && header[18..] == [2, 2]
}

/// Whether opening the file begins a new log beside it.
fn needs_log(path: &Path) -> bool {
    is_logged(path) && !with_suffix(path, "-wal").exists()
}

/// Refuses to begin a log for which the disk has no room: what SQLite makes of it would be left behind.
///
/// # Errors
/// [`Error::Full`].
pub(super) fn room_to_write(path: &Path) -> Result<(), Error> {
    if needs_log(path) && !has_room(path) {
        return Err(Error::Full);
    }
    Ok(())
}

/// Whether the disk has room for an empty log and the memory that goes with it.
#[cfg(unix)]
fn has_room(path: &Path) -> bool {
    const ROOM: u64 = 1 << 17;
    rustix::fs::statvfs(path).is_ok_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) >= ROOM)
}

#[cfg(not(unix))]
fn has_room(_path: &Path) -> bool {
    true
}

#[cfg(unix)]
fn is_writable(path: &Path) -> bool {
    use rustix::fs::{Access, access};

    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    access(path, Access::WRITE_OK).is_ok()
        && access(folder.unwrap_or(Path::new(".")), Access::WRITE_OK).is_ok()
}

#[cfg(not(unix))]
fn is_writable(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|file| !file.permissions().readonly())
}

/// Whether the file lies on another machine: NFS, SMB, 9P, AFS, Ceph, and what a program of the user's provides (sshfs).
#[cfg(target_os = "linux")]
pub(super) fn is_remote(path: &Path) -> bool {
    const REMOTE: [u32; 9] = [
        0x6969,
        0x517b,
        0xff53_4d42,
        0xfe53_4d42,
        0x0102_1997,
        0x5346_414f,
        0x6b41_4653,
        0x00c3_6400,
        0x6573_5546,
    ];
    // The kind is a number of 32 bits, whatever type the system gives it.
    rustix::fs::statfs(path).is_ok_and(|found| REMOTE.contains(&(found.f_type as u32)))
}

/// Whether the file lies on another machine, as far as its name tells.
#[cfg(not(target_os = "linux"))]
pub(super) fn is_remote(path: &Path) -> bool {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    path.to_string_lossy().starts_with(r"\\?\UNC\")
}

/// The file as it was when it was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Opened {
    path: PathBuf,
    identity: Option<(u64, u64)>,
    /// Whether a log is begun where there is none, before anything is written.
    pub(super) begins_log: bool,
    /// Length and time of the last change, where it is read without locks.
    state: Option<(u64, Option<SystemTime>)>,
}

impl Opened {
    pub(super) fn at(path: &Path, way: Way) -> Self {
        let file = fs::metadata(path).ok();
        let file = file.as_ref();
        let state = file.filter(|_| way == Way::Alone);
        Self {
            path: path.to_owned(),
            identity: file.and_then(identity),
            begins_log: false,
            state: state.map(|file| (file.len(), file.modified().ok())),
        }
    }

    /// How another connection of this program reads the same file.
    pub(super) fn beside(&self) -> Way {
        if self.state.is_some() {
            Way::Alone
        } else {
            Way::Beside
        }
    }

    /// Refuses to write to a file that was replaced while its lock was waited for.
    ///
    /// # Errors
    /// [`Error::Replaced`].
    pub(super) fn still_there(&self) -> Result<(), Error> {
        if self.identity.is_some()
            && fs::metadata(&self.path).ok().as_ref().and_then(identity) != self.identity
        {
            return Err(Error::Replaced);
        }
        Ok(())
    }

    /// Refuses what was read without locks while somebody wrote.
    ///
    /// # Errors
    /// [`Error::Changed`].
    pub(super) fn unchanged(&self) -> Result<(), Error> {
        if self.state.is_some()
            && (Self::at(&self.path, Way::Alone) != *self
                || with_suffix(&self.path, "-wal").exists())
        {
            return Err(Error::Changed);
        }
        Ok(())
    }
}

#[cfg(unix)]
fn identity(file: &fs::Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;

    Some((file.dev(), file.ino()))
}

#[cfg(not(unix))]
fn identity(_: &fs::Metadata) -> Option<(u64, u64)> {
    None // the system does not let an open file be replaced
}
