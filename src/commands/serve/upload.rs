//! The file of a form: what a browser sent, or what a draft has, in a folder that only this program names.

use std::ffi::OsString;
use std::path::PathBuf;

use super::asked::Upload;
use super::visit::Visit;
use crate::commands::draft::FILE;
use crate::store::{Access, Store};

/// The longest name that is kept, in characters.
const LONGEST_NAME: usize = 80;

/// A file in a folder that is removed at the end.
pub(super) struct Files {
    folder: tempfile::TempDir,
    name: String,
}

impl Files {
    /// Returns the file that a command needs; None for a command that needs none, or that was sent none.
    pub(super) fn of(visit: &Visit<'_>, path: &str) -> Result<Option<Self>, String> {
        match path {
            "source attach" | "import plan" => match &visit.asked.file {
                Some(Upload { name, bytes }) => Self::with(harmless(name), bytes).map(Some),
                None => Err(visit.labels.text("desk-no-file")),
            },
            "import decide" | "import apply" => {
                let number = visit.asked.field("draft").unwrap_or_default();
                Self::of_draft(visit, number).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Returns the plan of a draft.
    pub(super) fn of_draft(visit: &Visit<'_>, number: &str) -> Result<Self, String> {
        let number = number.parse().unwrap_or_default();
        let file = Store::open(&visit.site.registry, Access::Read)
            .and_then(|mut store| store.read(|reader| reader.draft_file(number)));
        match file {
            Ok(Some(file)) => Self::with("plan.json".to_owned(), &file),
            _ => Err(visit.labels.text("desk-no-page")),
        }
    }

    pub(super) fn with(name: String, bytes: &[u8]) -> Result<Self, String> {
        let failed = |error: std::io::Error| error.to_string();
        let folder = tempfile::tempdir().map_err(failed)?;
        std::fs::write(folder.path().join(&name), bytes).map_err(failed)?;
        Ok(Self { folder, name })
    }

    /// Where it is, or another file beside it.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn path(&self) -> PathBuf {
        self.beside(&self.name)
    }

    /// Returns a command line with the file in its place.
    pub(super) fn placed(&self, line: &[OsString]) -> Vec<OsString> {
        let place = |word: &OsString| match word == FILE {
            true => self.path().into(),
            false => word.clone(),
        };
        line.iter().map(place).collect()
    }

    /// Returns what the visitor calls it, and its bytes.
    pub(super) fn content(&self) -> (String, Vec<u8>) {
        let bytes = std::fs::read(self.path()).unwrap_or_default();
        (self.name.clone(), bytes)
    }

    /// Returns a text with the name of the file instead of its place.
    pub(super) fn named(&self, text: &str) -> String {
        let folder = format!(
            "{}{}",
            self.folder.path().display(),
            std::path::MAIN_SEPARATOR
        );
        text.replace(&folder, "")
    }
}

/// Returns the last part of a name, in letters that are harmless in the name of a file.
fn harmless(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_plain = |letter: &char| letter.is_alphanumeric() || "-_. ".contains(*letter);
    let name: String = last.chars().filter(is_plain).collect();
    let name = name.trim_start_matches(['.', '-', ' ']);
    let skipped = name.chars().count().saturating_sub(LONGEST_NAME);
    let name: String = name.chars().skip(skipped).collect();
    if name.is_empty() {
        "file".to_owned()
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn a_name_stays_in_its_folder() {
        for (sent, kept) in [
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\li\\清单.xlsx", "清单.xlsx"),
            ("..", "file"),
            ("--output=x.csv", "outputx.csv"),
            ("a\u{202e}\0b.csv", "ab.csv"),
        ] {
            assert_eq!(harmless(sent), kept);
        }
        assert_eq!(harmless(&format!("{}.csv", "x".repeat(200))).len(), 80);
    }
}
