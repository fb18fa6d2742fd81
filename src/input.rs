//! Input read within bounds: regular files only, and nothing longer than this program can use.
//!
//! A device, a named pipe or a folder is refused where a file is needed, so that nothing waits or reads without end.

use std::cell::Cell;
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::rc::Rc;

use crate::message::{Explain, Message};

/// Bytes of the longest line, and of the longest record, that is read.
pub(crate) const LONGEST_LINE: u64 = 16 << 20;
/// Bytes of the longest text that is read whole: a project as TOML, a mapping, a policy.
pub(crate) const LONGEST_TEXT: u64 = 16 << 20;

/// Names of what a shell opened for the program, which may be a pipe.
const STREAMS: [&str; 3] = ["/dev/stdin", "/dev/fd/", "/proc/self/fd/"];

/// Why something is not read, as the system's errors carry it.
#[derive(Debug, thiserror::Error)]
struct Refusal(Message);

impl Explain for Refusal {
    fn message(&self) -> Message {
        self.0.clone()
    }
}

explained!(Refusal);

fn refused(kind: io::ErrorKind, why: impl Into<Message>) -> io::Error {
    io::Error::new(kind, Refusal(why.into()))
}

/// What is said of an error of reading or writing.
pub(crate) fn explained(error: &io::Error) -> Message {
    use io::ErrorKind as Kind;
    let refusal = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Refusal>());
    if let Some(refusal) = refusal {
        return refusal.message();
    }
    if error.get_ref().is_some() {
        return Message::foreign(error);
    }
    let key = match error.kind() {
        Kind::NotFound => "system-not-found",
        Kind::PermissionDenied => "system-permission-denied",
        Kind::AlreadyExists => "system-already-exists",
        Kind::IsADirectory => "why-folder",
        Kind::NotADirectory => "system-not-a-folder",
        Kind::StorageFull => "error-disk-full",
        Kind::ReadOnlyFilesystem => "system-read-only",
        Kind::FileTooLarge => "system-file-too-large",
        Kind::InvalidFilename => "system-file-name",
        Kind::UnexpectedEof => "system-ends-too-soon",
        Kind::BrokenPipe => "system-broken-pipe",
        Kind::TimedOut => "system-timed-out",
        Kind::AddrInUse => "system-address-in-use",
        Kind::AddrNotAvailable => "system-address-elsewhere",
        _ => return Message::foreign(error),
    };
    match error.raw_os_error() {
        Some(number) => message!("system-error", what = Message::new(key), number),
        None => Message::new(key),
    }
}

/// Returns whether `error` is the fault of the input, and not of the disk or of missing permissions.
pub(crate) fn is_refusal(error: &io::Error) -> bool {
    use io::ErrorKind as Kind;
    matches!(
        error.kind(),
        Kind::NotFound
            | Kind::InvalidInput
            | Kind::InvalidData
            | Kind::InvalidFilename
            | Kind::IsADirectory
            | Kind::NotADirectory
            | Kind::FileTooLarge
            | Kind::UnexpectedEof
    )
}

/// Opens a regular file for reading, without waiting for anybody.
///
/// # Errors
/// Those of the system, and [`io::ErrorKind::InvalidInput`] when it is no regular file.
pub(crate) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        // A named pipe is opened at once, whether or not anybody writes to it.
        let flags = rustix::fs::OFlags::NONBLOCK.bits().cast_signed();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags);
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_file() {
        return Ok(file);
    }
    let what = if metadata.is_dir() {
        "why-folder"
    } else {
        "why-no-regular-file"
    };
    Err(refused(io::ErrorKind::InvalidInput, what))
}

/// Reads a file whole, or what a shell passes as `/dev/stdin` or `<(command)`.
///
/// # Errors
/// Those of [`open`], and [`io::ErrorKind::FileTooLarge`] when it has more than `most` bytes.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let is_stream = path.to_str().is_some_and(|path| {
        STREAMS
            .iter()
            .any(|stream| path == *stream || stream.ends_with('/') && path.starts_with(stream))
    });
    let file = if is_stream {
        File::open(path)?
    } else {
        open(path)?
    };
    read_all(file, most)
}

/// Reads a file of which a copy is to be kept: as it was at one moment, and no file that somewhere else only has a name here.
///
/// # Errors
/// Those of [`open`]; [`io::ErrorKind::FileTooLarge`] when it has more than `most` bytes, [`io::ErrorKind::InvalidInput`] when it is
/// a link, [`io::ErrorKind::InvalidData`] when it is empty or was changed while it was read.
pub(crate) fn to_keep(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    if path.is_symlink() {
        let target = path.read_link()?;
        let why = message!("why-link", target);
        return Err(refused(io::ErrorKind::InvalidInput, why));
    }
    let mut file = open(path)?;
    let before = file.metadata()?;
    // A file of two gigabytes is refused before it is read.
    if before.len() > most {
        let why = message!("why-longer-than", most);
        return Err(refused(io::ErrorKind::FileTooLarge, why));
    }
    let bytes = read_all(&mut file, most)?;
    let after = file.metadata()?;
    let changed = before.modified().ok() != after.modified().ok() || after.len() != before.len();
    let why = match bytes.len() as u64 {
        0 => "why-empty-document",
        length if changed || length != after.len() => "why-changed-meanwhile",
        _ => return Ok(bytes),
    };
    Err(refused(io::ErrorKind::InvalidData, why))
}

/// Reads `source` to its end.
///
/// # Errors
/// [`io::ErrorKind::FileTooLarge`] when it has more than `most` bytes.
pub(crate) fn read_all(source: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source
        .take(most.saturating_add(1))
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let why = message!("why-longer-than", most);
        return Err(refused(io::ErrorKind::FileTooLarge, why));
    }
    Ok(bytes)
}

/// Reads a file of UTF-8 text whole.
///
/// # Errors
/// Those of [`read`], and [`io::ErrorKind::InvalidData`] when it is not UTF-8.
pub(crate) fn text(path: &Path) -> io::Result<String> {
    String::from_utf8(read(path, LONGEST_TEXT)?)
        .map_err(|_| refused(io::ErrorKind::InvalidData, "why-not-utf-8"))
}

/// Appends the next line of `source` to `line`, with its end; returns its length, 0 at the end of the file.
///
/// # Errors
/// [`io::ErrorKind::InvalidData`] when it is longer than [`LONGEST_LINE`].
pub(crate) fn read_line(source: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<usize> {
    let read = source.take(LONGEST_LINE).read_until(b'\n', line)?;
    if read as u64 == LONGEST_LINE && line.last() != Some(&b'\n') {
        let why = message!("why-longer-than", most = LONGEST_LINE);
        return Err(refused(io::ErrorKind::InvalidData, why));
    }
    Ok(read)
}

/// Returns the lines of a file without their ends. One that is too long, or is not UTF-8, is an error of invalid data that names
/// its number.
pub(crate) fn lines(file: File) -> impl Iterator<Item = io::Result<String>> {
    let mut file = BufReader::new(file);
    let mut number = 0_u64;
    std::iter::from_fn(move || {
        number += 1;
        let mut line = Vec::new();
        let invalid = |why: Message| {
            let why = message!("error-in-line", line = number, why);
            Some(Err(refused(io::ErrorKind::InvalidData, why)))
        };
        match read_line(&mut file, &mut line) {
            Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                return invalid(explained(&error));
            }
            Err(error) => return Some(Err(error)),
            Ok(0) => return None,
            Ok(_) if line.last() == Some(&b'\n') => drop(line.pop()),
            Ok(_) => {}
        }
        match String::from_utf8(line) {
            Ok(line) => Some(Ok(line)),
            Err(_) => invalid(message!("why-not-utf-8")),
        }
    })
}

/// Bytes that were read since the last record ended; whoever takes the records calls [`Pace::next`] after each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pace(Rc<Cell<u64>>);

impl Pace {
    /// Begins the next record.
    pub(crate) fn next(&self) {
        self.0.set(0);
    }
}

/// Refuses to read on where one record has more than [`LONGEST_LINE`] bytes, for parsers that hold a whole record in memory.
pub(crate) struct Paced<R> {
    inner: R,
    pace: Pace,
}

impl<R> Paced<R> {
    pub(crate) fn new(inner: R) -> (Self, Pace) {
        let pace = Pace::default();
        let paced = Self {
            inner,
            pace: pace.clone(),
        };
        (paced, pace)
    }
}

impl<R: Read> Read for Paced<R> {
    fn read(&mut self, target: &mut [u8]) -> io::Result<usize> {
        let since = self.pace.0.get();
        if since > LONGEST_LINE {
            let why = message!("why-record-longer-than", most = LONGEST_LINE);
            return Err(refused(io::ErrorKind::InvalidData, why));
        }
        // A caller with a large buffer gets no more than a record may have, and one byte that says that there is more.
        let most = usize::try_from(LONGEST_LINE + 1 - since).unwrap_or(usize::MAX);
        let length = target.len().min(most);
        let read = self
            .inner
            .read(target.get_mut(..length).unwrap_or_default())?;
        self.pace.0.set(since + read as u64);
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_is_too_long_is_refused() {
        assert_eq!(
            read_all(&b"abc"[..], 3).expect("as long as it may be"),
            b"abc"
        );
        let refused = read_all(io::repeat(0), 3).expect_err("endless");
        assert_eq!(refused.kind(), io::ErrorKind::FileTooLarge);
        assert!(is_refusal(&refused));
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let mut endless = BufReader::new(io::repeat(b'a'));
        let refused = read_line(&mut endless, &mut Vec::new()).expect_err("endless");
        assert_eq!(refused.kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn a_record_without_end_is_refused_and_many_short_ones_are_not() {
        let (mut paced, pace) = Paced::new(io::repeat(b'a'));
        let mut megabyte = vec![0; 1 << 20];
        for _ in 0..40 {
            paced.read_exact(&mut megabyte).expect("a record");
            pace.next();
        }
        let mut rest = Vec::new();
        assert!(paced.read_to_end(&mut rest).is_err());
        assert!(rest.len() < 20 << 20, "{}", rest.len());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_regular_file_is_refused_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = folder.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status();
        assert!(made.expect("mkfifo").success());
        for path in [&pipe, folder.path(), Path::new("/dev/zero")] {
            let refused = read(path, 10).expect_err("no file");
            assert_eq!(refused.kind(), io::ErrorKind::InvalidInput, "{path:?}");
        }
    }
}
