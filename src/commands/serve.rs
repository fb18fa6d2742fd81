//! `tpmc serve`: the registry in a browser. Each page is the result of a command, and each form records by a command: there is no second
//! way to read, check or write.

mod access;
mod answer;
mod asked;
mod form;
mod frame;
mod line;
mod listen;
mod page;
mod record;
mod show;
mod site;
mod visit;

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use clap::{Arg, Args, Command};

use super::kept::browse;
use crate::context::Context;
use crate::domain::{Language, Vocabulary as _};
use crate::error::Error;
use crate::output::{Explained, Kept};
use access::Access;

/// Show the registry in a browser, and record in it
///
/// Every page is the result of a command, and every form records by one, with the same checks, previews and journal. Without a proxy it
/// listens on this machine alone; the address that it prints holds a key, which lets its user read and record. For a whole office, put a
/// proxy before it that encrypts and signs people in: it names them in a header (`--user-header`).
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc serve --listen 127.0.0.1:8018")]
pub(crate) struct Serve {
    /// Where to listen; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8018")]
    listen: SocketAddr,
    /// Print the address, and open no browser
    #[arg(long)]
    no_browser: bool,
    /// Let anybody read who reaches the address; recording still needs the key or a sign-in
    #[arg(long)]
    public_reading: bool,
    /// Header in which a proxy names who has signed in; the proxy must remove it from what browsers send
    #[arg(long, value_name = "NAME")]
    user_header: Option<String>,
    /// Address of the proxy whose header is believed (can be repeated); the default is this machine
    #[arg(long, value_name = "IP", requires = "user_header")]
    proxy: Vec<std::net::IpAddr>,
    /// Who may record when a proxy signs people in (can be repeated); the default is everybody who has signed in
    #[arg(long, value_name = "NAME", requires = "user_header")]
    recorder: Vec<String>,
    /// Address that browsers use when a proxy stands before it, like `https://registry.example`
    #[arg(long, value_name = "URL")]
    public_address: Option<String>,
}

/// Returns what an argument of a group of commands could say that begins like a text, each with what it is called: of a registry, the
/// name of the group with the argument, and the text.
pub(crate) type Suggesting = fn(&Path, (&str, &Arg), &str) -> Vec<(String, String)>;

/// What the web desk needs of the command line.
#[derive(Clone, Copy)]
pub(crate) struct Program {
    /// Returns the description of the program in a language.
    pub(crate) described: fn(Language) -> Command,
    /// Runs a command line for a reader of a language.
    pub(crate) run: fn(Language, Vec<OsString>) -> Ran,
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
}

/// The web desk, as long as it runs.
struct Site {
    program: Program,
    registry: PathBuf,
    language: Language,
    zone: String,
    access: Access,
    descriptions: [OnceLock<Command>; Language::ALL.len()],
}

impl Site {
    /// Returns the description of the command with this path, in a language.
    fn command(&self, path: &str, language: Language) -> Option<&Command> {
        let place = Language::ALL.iter().position(|one| *one == language)?;
        let whole = self.descriptions.get(place)?;
        let whole = whole.get_or_init(|| (self.program.described)(language));
        path.split(' ')
            .filter(|word| !word.is_empty())
            .try_fold(whole, |command, word| command.find_subcommand(word))
    }
}

impl Serve {
    pub(crate) fn run(self, context: &Context, program: Program) -> Result<(), Error> {
        context.read(|_| Ok(()))?; // the registry is there and can be read
        let registry = context.registry()?;
        let registry = registry.canonicalize().map_err(|cause| Error::File {
            path: registry,
            cause,
        })?;
        let listener = std::net::TcpListener::bind(self.listen).map_err(|cause| Error::Listen {
            address: self.listen,
            cause,
        })?;
        let listen = listener.local_addr()?;
        let access = Access::new(&self, listen, context.actor())?;
        let address = access.first_address();
        let site = Site {
            program,
            registry,
            language: context.language,
            zone: context.zone.to_string(),
            access,
            descriptions: Default::default(),
        };
        context
            .out
            .say(&message!("receipt-serving", address = address.as_str()));
        if !listen.ip().is_loopback() && !address.starts_with("https://") {
            context.out.say(&message!("receipt-serving-openly"));
        }
        if !self.no_browser && self.public_address.is_none() {
            // Without a browser the address is there to be typed.
            let _ = browse(std::ffi::OsStr::new(&address));
        }
        listen::forever(site, listener)
    }
}
