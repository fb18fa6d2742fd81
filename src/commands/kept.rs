//! Documents kept with sources: read once, kept as they are, never run or looked into.

use std::ffi::OsStr;
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::context::Context;
use crate::domain::{Invalid, media_type, stated_text};
use crate::error::Error;
use crate::input;
use crate::store::{Access, LARGEST_DOCUMENT, Source};

/// Returns the bytes of the document at `path`, to be kept.
///
/// # Errors
/// When there is none, and when it is a folder, a link, larger than [`LARGEST_DOCUMENT`], or changes while it is read.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let named = || path.display().to_string();
    input::to_keep(path, LARGEST_DOCUMENT).map_err(|cause| match cause.kind() {
        // It may have been meant as an address.
        ErrorKind::NotFound => Invalid::new("what-source", named(), "why-no-such-source").into(),
        ErrorKind::FileTooLarge => {
            let why = message!("why-large-document", most = LARGEST_DOCUMENT >> 20);
            Invalid::new("what-document", named(), why).into()
        }
        _ => Error::Read {
            path: path.to_owned(),
            cause,
        },
    })
}

/// The name of the file: what a document is called until somebody says its title.
pub(crate) fn title_of(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    stated_text(&name).ok()
}

/// Returns the document that is kept with a source.
///
/// # Errors
/// When none is, or when what is there is not what was kept.
pub(crate) fn bytes_of(source: &Source, context: &Context) -> Result<Vec<u8>, Error> {
    let Some(sha256) = &source.file_sha256 else {
        return Err(Error::NoDocument(source.code.clone()));
    };
    context
        .store(Access::Read)?
        .read(|reader| Ok(reader.content(sha256)?))
}

/// Prints the path of a copy of the document that is kept with a source, which only the user can read; the browser opens it when
/// `opens` says so. The copy stays, because the browser may read it late.
///
/// # Errors
/// When a program could do more with it than show it.
pub(crate) fn show(source: &Source, opens: bool, context: &Context) -> Result<(), Error> {
    let bytes = bytes_of(source, context)?;
    let found = media_type(&bytes);
    if !found.is_only_shown() {
        return Err(Error::NotShownHere {
            code: source.code.clone(),
            media_type: found.name,
        });
    }
    let mut copy = tempfile::Builder::new()
        .prefix(&format!("{}-", source.code))
        .suffix(&format!(".{}", found.extension))
        .tempfile()?;
    copy.write_all(&bytes)?;
    let (_, path) = copy.keep().map_err(|error| error.error)?;
    context
        .out
        .data(format!("{}\n", path.display()).as_bytes())?;
    if opens {
        browse(path.as_os_str())
    } else {
        Ok(())
    }
}

/// Hands an address or a path to the browser, as one argument and past any shell.
pub(crate) fn browse(what: &OsStr) -> Result<(), Error> {
    let named = std::env::var("BROWSER").ok();
    let named = named.filter(|browser| !browser.trim().is_empty());
    let of_system = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let browser = named.unwrap_or_else(|| of_system.to_owned());
    let started = Command::new(&browser)
        .arg(what)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    let done = started.and_then(|status| match status.success() {
        true => Ok(()),
        false => Err(io::Error::other(status.to_string())),
    });
    done.map_err(|cause| Error::NoBrowser { browser, cause })
}
