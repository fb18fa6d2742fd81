//! The program as a command sees it that runs others: the web desk, and the drafts that wait there.

use std::ffi::OsString;
use std::path::Path;

use clap::{Arg, Command};

use crate::context::Context;
use crate::domain::Language;
use crate::error::Error;
use crate::output::{Explained, Kept};

/// Returns what an argument of a group of commands could say that begins like a text, each with what it is called: of a registry, the
/// name of the group with the argument, and the text.
pub(crate) type Suggesting = fn(&Path, (&str, &Arg), &str) -> Vec<(String, String)>;

/// What runs command lines.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    /// Returns the description of the program in a language.
    pub(crate) described: fn(Language) -> Command,
    /// Runs a command line for a reader of a language, and keeps what it gives.
    pub(crate) run: fn(Language, Vec<OsString>) -> Ran,
    /// Carries out a command line, which is in a language, as a part of another command.
    pub(crate) carry_out: fn(Language, Vec<OsString>, &Context) -> Result<(), Error>,
    /// Returns the global options that mean something for a command.
    pub(crate) uses: fn(&str) -> &'static [&'static str],
    pub(crate) suggestions: Suggesting,
}

/// What a run of a command gave.
#[derive(Debug, Default)]
pub(crate) struct Ran {
    pub(crate) kept: Kept,
    pub(crate) refusal: Option<Refusal>,
}

/// Why a command did not do what it should.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// The exit status that it would have.
    pub(crate) status: u8,
    pub(crate) lines: Vec<Explained>,
    /// Whether only a batch of somebody else came in between.
    pub(crate) is_overtaken: bool,
}

impl Refusal {
    /// Returns what it says, line by line.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|line| match line {
            Explained::Error(text) | Explained::Cause(text) | Explained::Hint(text) => {
                text.as_str()
            }
        })
    }

    /// Says everything in other words.
    pub(crate) fn reword(&mut self, words: impl Fn(&str) -> String) {
        for line in &mut self.lines {
            let (Explained::Error(text) | Explained::Cause(text) | Explained::Hint(text)) = line;
            *text = words(text);
        }
    }

    /// Returns a refusal of the web desk itself.
    pub(crate) fn of_desk(why: Vec<String>) -> Self {
        Self {
            status: 1,
            lines: why.into_iter().map(Explained::Error).collect(),
            is_overtaken: false,
        }
    }
}
