//! Long work that can be stopped: Ctrl-C is noticed between two rows, so that everything half done is put away.

use std::sync::atomic::{AtomicBool, Ordering};

use super::ImportError;
use crate::error::Error;

static STOPPED: AtomicBool = AtomicBool::new(false);

/// From now on Ctrl-C stops the work instead of the program.
pub(super) fn watch() {
    // Where the system refuses the handler, Ctrl-C ends the program, and SQLite rolls the batch back when it is opened again.
    let _ = ctrlc::set_handler(|| STOPPED.store(true, Ordering::Relaxed));
}

/// # Errors
/// When somebody asked to stop.
pub(super) fn check() -> Result<(), Error> {
    if STOPPED.load(Ordering::Relaxed) {
        Err(ImportError::Stopped.into())
    } else {
        Ok(())
    }
}
