//! The options of every command.

use std::path::PathBuf;

use clap::Args;
use clap::builder::FalseyValueParser;

use super::words;
use crate::domain::{AsOf, Language, TimeAsked, Zone};
use crate::output::Bom;
use crate::render::Format;

/// Options of every command.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Registry: a file, or the address of a server (postgres://…); the default file is created on first use
    #[arg(long, global = true, env = "TPMC_REGISTRY", value_name = "FILE")]
    pub(crate) registry: Option<PathBuf>,
    /// How to write the result; the default is text, or what the name of the output file says
    #[arg(long, global = true, value_enum)]
    pub(crate) format: Option<Format>,
    /// Write the result to a file
    #[arg(long, short, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Language of the result; the default follows the locale. A title or name that is not stated in it is shown in English, else
    /// as its source or home script has it, else in the remaining language
    #[arg(long, global = true, env = "TPMC_LANG", value_parser = words::<Language>(), value_name = "LANGUAGE")]
    pub(crate) lang: Option<Language>,
    /// Show what was so on a day: 2019-06-30, 2019-06, 2019, -1y, -6m, -30d or last-meeting
    #[arg(long, global = true, value_name = "DATE", allow_hyphen_values = true)]
    pub(crate) as_of: Option<AsOf>,
    /// Show what the registry said at a time: 2026-11-23T22:00:00Z, or a day for its end (today: for now)
    #[arg(long, global = true, value_name = "TIME")]
    pub(crate) known_at: Option<TimeAsked>,
    /// Time zone of the office, which decides what day it is: Asia/Tokyo, Asia/Shanghai, +09:00; the default is this machine's
    #[arg(
        long,
        global = true,
        env = "TPMC_TZ",
        value_name = "ZONE",
        allow_hyphen_values = true
    )]
    pub(crate) tz: Option<Zone>,
    /// Who is recording; the default is the login name. With `log`, whose batches are listed
    #[arg(long, global = true, env = "TPMC_ACTOR", value_name = "NAME")]
    pub(crate) actor: Option<String>,
    /// Whether CSV begins with a byte-order mark, which Excel needs for Chinese and Japanese
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        env = "TPMC_BOM",
        value_name = "WHEN"
    )]
    pub(crate) bom: Bom,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Draw the lines of tables in ASCII, for terminals that draw some signs two columns wide (TPMC_WIDE=1)
    #[arg(long, global = true, env = "TPMC_WIDE", value_parser = FalseyValueParser::new(), hide_env = true)]
    pub(crate) ascii: bool,
    /// Show a long result on a terminal at once, without a pager (TPMC_PAGER, else PAGER, else less)
    #[arg(long, global = true)]
    pub(crate) no_pager: bool,
    /// Say nothing but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
    /// Say more: which file is used, and as of when
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
    /// The time to take for now: for tests, and for printing a report again
    #[arg(
        long,
        global = true,
        env = "TPMC_NOW",
        value_name = "TIME",
        hide = true
    )]
    pub(crate) now: Option<TimeAsked>,
    /// Record only when this batch is still the last one: for the web desk
    #[arg(long, global = true, value_name = "BATCH", hide = true)]
    pub(crate) last_seen: Option<i64>,
    /// The names of the options that were typed, as opposed to set in the environment.
    #[arg(skip)]
    pub(crate) typed: Vec<&'static str>,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    Always,
    Never,
}
