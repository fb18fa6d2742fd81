//! The plain fields of a project, listed once, and what a field can hold.

use std::str::FromStr;

use super::{Invalid, Vocabulary};

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FieldKind {
    Text,
    Flag,
    /// One of these words, of the vocabulary with this key.
    Word(&'static str, fn() -> Vec<&'static str>),
}

/// A value that a field can hold. Text, command line and tables write values differently, so each has its [`FieldReader`].
pub(crate) trait FieldValue: Sized {
    const KIND: FieldKind;

    /// Returns the value that `text` means to `reader`, or the error of the reader.
    fn read<R: FieldReader>(reader: &R, text: &str) -> Result<Self, R::Error>;
}

/// Reads the values of fields from one kind of input.
pub(crate) trait FieldReader {
    type Error;

    /// Returns a text as it is recorded.
    fn text(&self, text: &str) -> Result<String, Self::Error>;
    /// Returns whether `text` means yes.
    fn flag(&self, text: &str) -> Result<bool, Self::Error>;
    /// Returns the word of a closed list that `text` means.
    fn word<V>(&self, text: &str) -> Result<V, Self::Error>
    where
        V: Vocabulary + FromStr<Err = Invalid>;
}

impl FieldValue for String {
    const KIND: FieldKind = FieldKind::Text;

    fn read<R: FieldReader>(reader: &R, text: &str) -> Result<Self, R::Error> {
        reader.text(text)
    }
}

impl FieldValue for bool {
    const KIND: FieldKind = FieldKind::Flag;

    fn read<R: FieldReader>(reader: &R, text: &str) -> Result<Self, R::Error> {
        reader.flag(text)
    }
}

/// Calls a macro with every plain field of a project: its name, its type, and one sentence about it. None of them is required.
/// The fields that say which project it is (`code`, `id`, `forum`, `list_number`, `identified`) and the lists are not among them.
///
/// Everything that has a place for each field is made by it: the record, the options of `add` and `set`, the text of `edit`, the
/// rows and the plan of an import, the tables of the exports. A field that the first release did not have carries the attribute that
/// leaves it out of a document where it is not stated, so that old entries keep their bytes. A new field is a line here, a column of the table `project`
/// (`store/schema.rs`) with its migration, a column of the project sheet, a line of `project show`, and a label in each language.
macro_rules! project_fields {
    ($callback:ident) => {
        $callback! {
            umbrella: bool, "True where the agreement only frames later work";
            instrument: $crate::domain::Instrument, "What was signed";
            title_en: String, "Title in English";
            title_zh: String, "Title in Chinese";
            title_ja: String, "Title in Japanese";
            title_original: String, "Title as the source quotes it";
            mode: $crate::domain::Mode, "Cooperation mode";
            mode_basis: $crate::domain::ModeBasis, "What the mode rests on";
            sector: $crate::domain::Sector, "Sector";
            host_note: String, "Region or place in words";
            membership: $crate::domain::Membership, "How it is known to be one of the forum's agreements";
            confidence: $crate::domain::Confidence, "How far the record can be relied on";
            note: String, "Note";
            #[serde(default, skip_serializing_if = "Option::is_none")]
            title_zh_basis: $crate::domain::TextBasis, "What the title in Chinese rests on";
            #[serde(default, skip_serializing_if = "Option::is_none")]
            title_ja_basis: $crate::domain::TextBasis, "What the title in Japanese rests on";
            #[serde(default, skip_serializing_if = "Option::is_none")]
            desk: $crate::domain::Desk, "Office that is responsible for it";
        }
    };
}
pub(crate) use project_fields;
