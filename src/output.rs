//! The two streams: results on standard output or in a file, everything said about them on standard error.

mod explained;
mod kept;
mod pager;

use std::borrow::Cow;
use std::fs;
use std::io::{self, IsTerminal as _, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressStyle};
use tempfile::TempDir;

use crate::document::Remarks;
use crate::domain::{Language, Vocabulary as _};
use crate::error::Error;
use crate::message::{Message, Phrases};
use crate::render::printable;
pub(crate) use explained::Explained;
pub(crate) use kept::Kept;

/// How much is said on standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Talk {
    /// Nothing but errors.
    Quiet,
    Normal,
    Verbose,
}

/// Whether CSV begins with a byte-order mark, without which Excel reads Chinese and Japanese as garbage.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Bom {
    /// In files whose names end in .csv, not on standard output
    #[default]
    Auto,
    Always,
    Never,
}

impl Bom {
    /// Returns what CSV in `file`, or on standard output without one, begins with: the mark, or nothing.
    pub(crate) fn mark(self, file: Option<&Path>) -> &'static [u8] {
        let extension = file.and_then(Path::extension);
        let is_csv = extension.is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        match self {
            Self::Auto if is_csv => "\u{feff}".as_bytes(),
            Self::Always => "\u{feff}".as_bytes(),
            Self::Auto | Self::Never => b"",
        }
    }
}

/// Where results and talk go.
pub(crate) struct Output {
    talk: Talk,
    /// Both streams, where a page of the browser takes their place.
    kept: Option<Mutex<Kept>>,
    file: Option<PathBuf>,
    bom: Bom,
    phrases: Phrases,
    /// Whether a long text on a terminal is shown a page at a time.
    pages: bool,
}

impl Output {
    pub(crate) fn new(talk: Talk, file: Option<PathBuf>, bom: Bom, language: Language) -> Self {
        Self {
            talk,
            kept: None,
            file,
            bom,
            phrases: Phrases::of(language.word()),
            pages: false,
        }
    }

    /// The same with a pager for long texts on a terminal, where one is wanted.
    pub(crate) fn paged(self, pages: bool) -> Self {
        Self { pages, ..self }
    }

    /// Returns a message in the language of the reader.
    pub(crate) fn in_words(&self, message: &Message) -> String {
        self.phrases.say(message)
    }

    /// Returns the remarks of a text to be edited, in the language of the reader.
    pub(crate) fn remarks(&self) -> Remarks<'_> {
        Remarks(&self.phrases)
    }

    /// Returns the sentences in the language of the reader.
    pub(crate) fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    /// Results as CSV, behind the byte-order mark where one is wanted.
    pub(crate) fn csv(&self, bytes: &[u8]) -> Result<(), Error> {
        self.data(&[self.mark(self.file()), bytes].concat())
    }

    /// Returns what CSV in `file` begins with.
    pub(crate) fn mark(&self, file: Option<&Path>) -> &'static [u8] {
        self.bom.mark(file)
    }

    /// Results. Written whole: a closed pipe is one error in one place, and a file is there complete or not at all.
    pub(crate) fn data(&self, bytes: &[u8]) -> Result<(), Error> {
        let Some(path) = &self.file else {
            if let Some(mut kept) = self.kept() {
                kept.result.extend_from_slice(bytes);
                return Ok(());
            }
            if self.pages && io::stdout().is_terminal() && pager::show(&harmless(bytes)) {
                return Ok(());
            }
            return Self::print(bytes);
        };
        replace(path, bytes).map_err(|cause| Error::File {
            path: path.clone(),
            cause,
        })?;
        self.say(&message!("receipt-wrote", path));
        Ok(())
    }

    /// Results that are no text for a terminal: on standard output as they are, to the last byte.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Result<(), Error> {
        if self.file.is_some() || self.kept.is_some() {
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
        if self.talk == Talk::Quiet || self.kept.is_some() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new(total); // on standard error, and only on a terminal
        let left = self.in_words(&message!("progress-left", time = "{eta}"));
        match ProgressStyle::with_template(&format!("{{bar:40}} {{percent:>3}}% {left}")) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }

    /// Shows on a terminal that long work goes on whose end is not known.
    pub(crate) fn spinner(&self) -> ProgressBar {
        if self.talk == Talk::Quiet || self.kept.is_some() {
            return ProgressBar::hidden();
        }
        ProgressBar::new_spinner() // on standard error, and only on a terminal
    }

    /// Shows on a terminal how much is done of work whose length is not known. `things` is the key of what is counted.
    pub(crate) fn counter(&self, things: &'static str) -> ProgressBar {
        if self.talk == Talk::Quiet || self.kept.is_some() {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::no_length();
        let counted = Message::new(things).with("number", "{human_pos}");
        let counted = self.in_words(&counted);
        match ProgressStyle::with_template(&format!("{{spinner}} {counted}")) {
            Ok(style) => bar.with_style(style),
            Err(_) => bar,
        }
    }

    /// Results that are too long to be held in memory: `work` writes them piece by piece. A file is there complete or not
    /// at all; a reader who has seen enough ends the work without an error.
    pub(crate) fn stream<T>(
        &self,
        work: impl FnOnce(&mut dyn Write) -> Result<T, Error>,
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
        if self.kept.is_some() || io::stdout().is_terminal() {
            let mut bytes = Vec::new();
            let done = work(&mut bytes)?;
            return self.data(&bytes).map(|()| Some(done));
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

    /// The same for CSV, behind the byte-order mark where one is wanted.
    pub(crate) fn stream_csv<T>(
        &self,
        work: impl FnOnce(&mut dyn Write) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        let mark = self.mark(self.file());
        self.stream(|out| {
            out.write_all(mark)?;
            work(out)
        })
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
        let (_folder, draft) = beside(path).map_err(failed)?;
        let made = work(&draft)?;
        fs::rename(&draft, path).map_err(failed)?;
        self.say(&message!("receipt-wrote", path));
        Ok(made)
    }

    /// The file that results go to, when one was named.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// What was done, for people. Silent under `--quiet`.
    pub(crate) fn say(&self, message: &Message) {
        self.status(&self.in_words(message));
    }

    /// The same in words that are those of the reader's language already.
    pub(crate) fn status(&self, message: &str) {
        if let Some(mut kept) = self.kept() {
            kept.said.push(printable(message));
        } else if self.talk != Talk::Quiet {
            let _ = writeln!(anstream::stderr(), "{}", printable(message));
        }
    }

    /// What is looked at and how: for people who want to know. Said under `--verbose` only.
    pub(crate) fn detail(&self, message: &Message) {
        if self.talk == Talk::Verbose {
            self.say(message);
        }
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
    let (_folder, draft) = beside(path)?;
    fs::write(&draft, bytes)?;
    fs::rename(&draft, path)
}

/// Returns a place beside `path` for what is not complete yet: in a new folder with a random name, which is removed with all that is
/// left in it when it is dropped.
fn beside(path: &Path) -> io::Result<(TempDir, PathBuf)> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    fs::metadata(folder)?;
    let draft = tempfile::Builder::new()
        .prefix(".tpmc-")
        .suffix(".new")
        .tempdir_in(folder)
        // Its error names the draft, which the user did not.
        .map_err(|error| io::Error::from(error.kind()))?;
    let place = draft.path().join(name);
    Ok((draft, place))
}

/// Writes a text to standard error as it is.
///
/// # Errors
/// When the stream cannot be written to.
pub(crate) fn to_standard_error(text: &str) -> io::Result<()> {
    anstream::stderr().write_all(text.as_bytes())
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
