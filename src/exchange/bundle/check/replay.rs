//! The journal of a bundle, taken into a registry that is thrown away: what refers to nothing, or what no table takes, is
//! refused there as it would be by `import records`.

use std::fs::File;
use std::io;
use std::path::Path;

use super::super::JOURNAL;
use super::Findings;
use crate::exchange::Error;
use crate::exchange::archive::Archive;
use crate::input;
use crate::store::{self, Fault, Finding, Store};

/// Takes the journal into a registry in the folder `scratch`.
pub(super) fn check(
    archive: &mut Archive,
    scratch: &Path,
    findings: &mut Findings,
) -> Result<(), Error> {
    let journal = scratch.join(JOURNAL);
    archive.unpack(JOURNAL, &journal)?;
    let lines = input::lines(File::open(&journal)?).map(|line| line.map_err(Failed::Read));
    let registry = scratch.join("registry.db");
    match Store::create_with(&registry, |store| store.restore(lines)) {
        Ok(_) => Ok(()),
        Err(Failed::Store(error)) if error.is_refusal() => {
            findings.add(Finding::new(Fault::JournalRefused).found(error));
            Ok(())
        }
        Err(Failed::Store(error)) => Err(Error::Write(io::Error::other(error))),
        Err(Failed::Read(error)) => Err(Error::Write(error)),
    }
}

/// Why a journal was not taken in.
enum Failed {
    Store(store::Error),
    Read(io::Error),
}

impl From<store::Error> for Failed {
    fn from(error: store::Error) -> Self {
        Self::Store(error)
    }
}
