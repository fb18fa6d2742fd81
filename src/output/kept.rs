//! Results and talk that are kept in memory, because a page of the browser shows them in place of the streams.

use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Output;

/// What a run gave that was shown to nobody yet.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub(crate) result: Vec<u8>,
    /// Whether the result is HTML, to stand within a page.
    pub(crate) is_markup: bool,
    /// What was said beside it, in the language of the reader.
    pub(crate) said: Vec<String>,
}

impl Output {
    /// Returns the same, which keeps what it is given and writes nothing.
    pub(crate) fn keeping(self) -> Self {
        Self {
            kept: Some(Mutex::default()),
            pages: false,
            ..self
        }
    }

    /// Returns what is kept so far, where anything is.
    pub(super) fn kept(&self) -> Option<MutexGuard<'_, Kept>> {
        let kept = self.kept.as_ref()?;
        Some(kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns what was kept.
    pub(crate) fn into_kept(self) -> Kept {
        let kept = self.kept.map(Mutex::into_inner);
        kept.unwrap_or_else(|| Ok(Kept::default()))
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a result that is HTML.
    pub(crate) fn markup(&self, html: &str) {
        if let Some(mut kept) = self.kept() {
            kept.is_markup = true;
            kept.result.extend_from_slice(html.as_bytes());
        }
    }
}
