//! The two streams: results on standard output or in a file, everything said about them on standard error.

use std::borrow::Cow;
use std::error::Error as _;
use std::fs;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::Error;
use crate::render::printable;

/// How much is said on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Talk {
    /// Nothing but errors.
    Quiet,
    Normal,
    Verbose,
}

/// Where results and talk go.
pub(crate) struct Output {
    talk: Talk,
    file: Option<PathBuf>,
}

impl Output {
    pub(crate) fn new(talk: Talk, file: Option<PathBuf>) -> Self {
        Self { talk, file }
    }

    /// Results. Written whole: a closed pipe is one error in one place, and a file is there complete or not at all.
    pub(crate) fn data(&self, bytes: &[u8]) -> Result<(), Error> {
        let Some(path) = &self.file else {
            return Self::print(bytes);
        };
        replace(path, bytes).map_err(|cause| Error::File {
            path: path.clone(),
            cause,
        })?;
        self.status(&format!("Wrote {}.", path.display()));
        Ok(())
    }

    /// Results that are no text for a terminal: on standard output as they are, to the last byte.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Result<(), Error> {
        if self.file.is_some() {
            return self.data(bytes);
        }
        self.stream(|stdout| Ok(stdout.write_all(bytes)?)).map(drop)
    }

    /// Results on standard output, wherever others go.
    pub(crate) fn print(bytes: &[u8]) -> Result<(), Error> {
        let mut stdout = io::stdout().lock();
        let shown = if stdout.is_terminal() {
            harmless(bytes)
        } else {
            bytes.into()
        };
        let bytes = &shown;
        match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
            // The reader has seen enough (`| head`): not an error.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            result => Ok(result?),
        }
    }

    /// Shows on a terminal how far long work has got. Nothing is shown elsewhere, nor under `--quiet`.
    pub(crate) fn progress(&self, total: u64) -> ProgressBar {
        if self.talk == Talk::Quiet {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(total); // on standard error, and only on a terminal
        match ProgressStyle::with_template("{bar:40} {percent:>3}% {eta} left") {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }

    /// Shows on a terminal that long work goes on whose end is not known.
    pub(crate) fn spinner(&self) -> ProgressBar {
        if self.talk == Talk::Quiet {
            return ProgressBar::hidden();
        }
        ProgressBar::new_spinner() // on standard error, and only on a terminal
    }

    /// Shows on a terminal how much is done of work whose length is not known: so many `things`.
    pub(crate) fn counter(&self, things: &str) -> ProgressBar {
        if self.talk == Talk::Quiet {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::no_length();
        match ProgressStyle::with_template(&format!("{{spinner}} {{human_pos}} {things}")) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }

    /// Results that are too long to be held in memory: `work` writes them piece by piece. A file is there complete or not
    /// at all; a reader who has seen enough ends the work without an error.
    pub(crate) fn stream<T>(
        &self,
        work: impl FnOnce(&mut (dyn Write + Send)) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        if self.file.is_some() {
            let write = |draft: &Path| {
                let failed = |cause| Error::File {
                    path: self.file.clone().unwrap_or_default(),
                    cause,
                };
                let mut file = io::BufWriter::new(fs::File::create(draft).map_err(failed)?);
                let done = work(&mut file)?;
                file.flush().map_err(failed)?;
                Ok(done)
            };
            return self.place(write).map(Some);
        }
        if io::stdout().is_terminal() {
            let mut bytes = Vec::new();
            let done = work(&mut bytes)?;
            return Self::print(&bytes).map(|()| Some(done));
        }
        let mut stdout = Pipe {
            stream: io::BufWriter::with_capacity(1 << 16, io::stdout()),
            is_closed: false,
        };
        let done = work(&mut stdout);
        let flushed = stdout.flush();
        match done {
            Err(_) if stdout.is_closed => Ok(None),
            Err(error) => Err(error),
            Ok(_) if stdout.is_closed => Ok(None),
            Ok(done) => {
                flushed?;
                Ok(Some(done))
            }
        }
    }

    /// Results that `work` makes as a file or a folder of its own: it gets a path beside the wanted one, and what it made
    /// there is moved to its place when it is complete.
    pub(crate) fn place<T>(
        &self,
        work: impl FnOnce(&Path) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let path = self.file.as_ref().ok_or(Error::NoOutput)?;
        if path
            .metadata()
            .is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
        {
            return work(path); // a device or a pipe
        }
        let failed = |cause| Error::File {
            path: path.clone(),
            cause,
        };
        let draft = beside(path).map_err(failed)?;
        let made = work(&draft);
        let placed = made.and_then(|made| fs::rename(&draft, path).map(|()| made).map_err(failed));
        if placed.is_err() {
            let _ = fs::remove_file(&draft).or_else(|_| fs::remove_dir_all(&draft));
        } else {
            self.status(&format!("Wrote {}.", path.display()));
        }
        placed
    }

    /// The file that results go to, when one was named.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What was done, for people. Silent under `--quiet`.
    pub(crate) fn status(&self, message: &str) {
        if self.talk != Talk::Quiet {
            let _ = writeln!(anstream::stderr(), "{}", printable(message));
        }
    }

    /// What is looked at and how: for people who want to know. Said under `--verbose` only.
    pub(crate) fn detail(&self, message: &str) {
        if self.talk == Talk::Verbose {
            self.status(message);
        }
    }

    /// Explains `error` with its causes and a hint, and gives the status to exit with.
    pub(crate) fn failure(&self, error: &Error) -> ExitCode {
        let mut text = format!(
            "\x1b[1;31merror\x1b[0m: {}\n",
            printable(&error.to_string())
        );
        let mut cause = error.source();
        while let Some(error) = cause {
            text.push_str(&format!("  caused by: {}\n", printable(&error.to_string())));
            cause = error.source();
        }
        if let Some(hint) = error.hint() {
            text.push_str(&format!("\x1b[36mhint\x1b[0m: {}\n", printable(&hint)));
        }
        let _ = anstream::stderr().write_all(text.as_bytes());
        ExitCode::from(error.status())
    }
}

/// What a terminal may be shown of results that hold texts as they were given (CSV, say): line by line without its orders.
fn harmless(bytes: &[u8]) -> Cow<'_, [u8]> {
    let text = String::from_utf8_lossy(bytes);
    let lines: Vec<String> = text.split('\n').map(printable).collect();
    lines.join("\n").into_bytes().into()
}

/// Writes a file beside its place and moves it there. What is not a plain file (a device, a pipe) is written to directly.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
        return fs::write(path, bytes);
    }
    let draft = beside(path)?;
    let written = fs::write(&draft, bytes).and_then(|()| fs::rename(&draft, path));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written
}

/// A name beside `path` for what is not complete yet.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().ok_or(io::ErrorKind::InvalidFilename)?);
    name.push(format!(".{}.new", std::process::id()));
    Ok(path.with_file_name(name))
}

/// Standard output, which remembers that nobody reads it any more.
struct Pipe<W> {
    stream: W,
    is_closed: bool,
}

impl<W: Write> Pipe<W> {
    fn seen(&mut self, error: io::Error) -> io::Error {
        self.is_closed |= error.kind() == io::ErrorKind::BrokenPipe;
        error
    }
}

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.stream.write(bytes);
        written.map_err(|error| self.seen(error))
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.stream.flush();
        flushed.map_err(|error| self.seen(error))
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_terminal_is_shown_lines_and_gets_no_orders() {
        let shown = harmless("code,title\nP-0001,\u{1b}]0;x\u{7}丸紅\n".as_bytes());
        assert_eq!(
            std::str::from_utf8(&shown),
            Ok("code,title\nP-0001,\\u{1b}]0;x\\u{7}丸紅\n")
        );
    }
}
