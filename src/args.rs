//! Options that many commands share, and the parsers of their values.

pub(crate) mod config;
mod global;
mod words;
mod write;

pub(crate) use global::{Color, Global};
pub(crate) use words::{
    field, for_reader, is_of_other_letters, language_of_locale, language_of_reader, words,
    words_or_not_stated,
};
pub(crate) use write::{WriteArgs, after_recording};
