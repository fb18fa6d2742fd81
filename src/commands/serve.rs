//! `tpmc serve`: the registry in a browser. Each page is the result of a command, and each form records by a command: there is no second
//! way to read, check or write.

mod access;
mod accounts;
mod answer;
mod asked;
mod form;
mod frame;
mod line;
mod listen;
mod page;
mod record;
mod show;
mod sign;
mod site;
mod tiles;
mod titles;
mod upload;
mod visit;
mod waiting;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::OnceLock;

use clap::{Args, Command};

use super::kept::browse;
use super::program::{Program, Ran, Refusal};
use crate::context::Context;
use crate::domain::{Language, Vocabulary as _};
use crate::error::Error;
use crate::message::is_server;
use access::Access;
use accounts::Accounts;

/// Show the registry in a browser, and record in it
///
/// Every page is the result of a command, and every form records by one, with the same checks, previews and journal. Without a proxy it
/// listens on this machine alone; the address that it prints holds a key, which lets its user read and record. For a whole office, put a
/// proxy before it that encrypts, and make accounts (`tpmc user add`); or let the proxy sign people in, and name them in a header
/// (`--user-header`).
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
    /// Who may approve when a proxy signs people in (can be repeated); the default is everybody who may record
    #[arg(long, value_name = "NAME", requires = "user_header")]
    approver: Vec<String>,
    /// Record an entry only when a second person has approved it; until then it is a draft (`tpmc draft`)
    #[arg(long)]
    approval: bool,
    /// Signed checkpoint to serve, which `tpmc checkpoint --key` writes anew to this file; the desk itself never has the key
    #[arg(long, value_name = "FILE")]
    checkpoint: Option<PathBuf>,
    /// Address that browsers use when a proxy stands before it, like `https://registry.example`
    #[arg(long, value_name = "URL")]
    public_address: Option<String>,
}

/// The web desk, as long as it runs.
struct Site {
    program: Program,
    registry: PathBuf,
    language: Language,
    zone: String,
    access: Access,
    /// Whether an entry waits for a second person.
    approval: bool,
    /// The file with the signed checkpoint.
    checkpoint: Option<PathBuf>,
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
        let mut registry = context.registry()?;
        if !is_server(&registry) {
            registry = registry.canonicalize().map_err(|cause| Error::File {
                path: registry,
                cause,
            })?;
        }
        let listener = std::net::TcpListener::bind(self.listen).map_err(|cause| Error::Listen {
            address: self.listen,
            cause,
        })?;
        let listen = listener.local_addr()?;
        let accounts = Accounts::new(registry.clone(), context.clock());
        let access = Access::new(&self, listen, context.actor(), accounts)?;
        let address = access.first_address();
        let site = Site {
            program,
            registry,
            language: context.language,
            zone: context.zone.to_string(),
            access,
            approval: self.approval,
            checkpoint: self.checkpoint.clone(),
            descriptions: Default::default(),
        };
        tiles::published(&site).transpose()?;
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
