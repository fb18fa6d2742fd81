//! Completion as the shells ask for it: commands and words from the command line, codes and names from the registry.
//!
//! Completing never creates a registry, never waits for a writer's lock longer than a reader does, and says nothing when
//! something is wrong: then there is just nothing to choose from.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use clap::{Arg, Command, CommandFactory as _};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::Shells;
use clap_complete::{CompleteEnv, Shell};

use crate::cli::{Cli, in_language_of_reader};
use crate::domain::{Language, SearchField, Term, fold};
use crate::error::Error;
use crate::store::{
    Access, Country, Document, Forum, Kind, Party, Reader, Source, Store, searchable,
};

/// The variable by which a shell asks.
const VARIABLE: &str = "TPMC_COMPLETE";
/// More candidates than this help nobody to choose.
const MOST: i64 = 100;

/// Answers a shell that asks what can stand in a place of the command line; false when none asks.
pub(crate) fn answers() -> bool {
    if std::env::var_os(VARIABLE).is_none_or(|shell| shell.is_empty() || shell == "0") {
        return false;
    }
    let folder = std::env::current_dir().ok();
    let asked =
        CompleteEnv::with_factory(|| in_language_of_reader(with_candidates(Cli::command(), "")));
    let asked = asked.var(VARIABLE);
    // A shell that is not known gets no answer, and nothing else happens.
    let _ = asked.try_complete(std::env::args_os(), folder.as_deref());
    true
}

/// The script by which a shell learns to ask.
pub(crate) fn registration(shell: Shell) -> Result<Vec<u8>, Error> {
    let mut script = Vec::new();
    let shells = Shells::builtins();
    if let Some(shell) = shells.completer(&shell.to_string()) {
        shell.write_registration(VARIABLE, "tpmc", "tpmc", "tpmc", &mut script)?;
    }
    Ok(script)
}

/// What an argument names a record of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Names {
    Project,
    Party,
    Source,
    Country,
    Forum,
    /// A project or a party.
    Record,
}

/// Gives every argument that names a record its candidates, by what it is called: the same names mean the same everywhere.
fn with_candidates(command: Command, noun: &str) -> Command {
    let of_noun = noun.to_owned();
    let command = command.mut_args(move |argument| {
        let is_closed = !argument.get_possible_values().is_empty();
        match meant(&argument, &of_noun).filter(|_| !is_closed) {
            Some(names) => argument.add(ArgValueCompleter::new(move |typed: &OsStr| {
                candidates(names, typed)
            })),
            None => argument,
        }
    });
    command.mut_subcommands(|verb| {
        let noun = if noun.is_empty() {
            verb.get_name().to_owned()
        } else {
            noun.to_owned()
        };
        with_candidates(verb, &noun)
    })
}

fn meant(argument: &Arg, noun: &str) -> Option<Names> {
    let value = argument
        .get_value_names()
        .and_then(|names| names.first())
        .map_or("", |name| name.as_str());
    match (argument.get_id().as_str(), value) {
        ("country" | "host" | "hosts", _) | (_, "COUNTRY" | "HOST") => Some(Names::Country),
        ("party", _) | (_, "PARTY") => Some(Names::Party),
        ("forum", _) | (_, "FORUM") => Some(Names::Forum),
        ("source" | "sources" | "cite", _) | (_, "SOURCE") => Some(Names::Source),
        ("record", _) | (_, "RECORD") => Some(Names::Record),
        ("project", _) | (_, "PROJECT") => Some(Names::Project),
        ("code" | "codes", _) | (_, "CODE") => match noun {
            "party" => Some(Names::Party),
            "source" => Some(Names::Source),
            "country" => Some(Names::Country),
            _ => Some(Names::Project),
        },
        _ => None,
    }
}

fn candidates(names: Names, typed: &OsStr) -> Vec<CompletionCandidate> {
    match (typed.to_str(), registry()) {
        (Some(typed), Some(path)) => candidates_in(&path, names, typed),
        _ => Vec::new(),
    }
}

/// Returns what an argument of a command could say that begins like `typed`: values, each with what it is called.
pub(crate) fn suggestions(
    registry: &Path,
    (noun, argument): (&str, &Arg),
    typed: &str,
) -> Vec<(String, String)> {
    let Some(names) = meant(argument, noun) else {
        return Vec::new();
    };
    let found = candidates_in(registry, names, typed).into_iter();
    let pair = |candidate: CompletionCandidate| {
        let help = candidate.get_help().map(ToString::to_string);
        let value = candidate.get_value().to_string_lossy().into_owned();
        (value, help.unwrap_or_default())
    };
    found.map(pair).collect()
}

fn candidates_in(path: &Path, names: Names, typed: &str) -> Vec<CompletionCandidate> {
    let Ok(mut store) = Store::open(path, Access::Read) else {
        return Vec::new();
    };
    let found = store.read(|reader| match names {
        Names::Project => codes(reader, Kind::Project, &typed.to_uppercase()),
        Names::Party => parties(reader, typed),
        Names::Source => sources(reader, typed),
        Names::Country => countries(reader, typed),
        Names::Forum => Ok(reader
            .all::<Forum>()?
            .into_iter()
            .map(|forum| with_help(forum.code, &forum.name_en))
            .collect()),
        Names::Record => {
            let mut both = codes(reader, Kind::Project, &typed.to_uppercase())?;
            both.extend(parties(reader, typed)?);
            Ok(both)
        }
    });
    found.unwrap_or_else(|_: crate::store::Error| Vec::new())
}

type Found = Result<Vec<CompletionCandidate>, crate::store::Error>;

fn codes(reader: &mut Reader<'_>, kind: Kind, typed: &str) -> Found {
    let codes = reader.codes_from(kind, typed, MOST)?;
    Ok(codes.into_iter().map(CompletionCandidate::new).collect())
}

/// Parties by their codes; by their names, when no code begins like this.
fn parties(reader: &mut Reader<'_>, typed: &str) -> Found {
    let codes = reader.codes_from(Kind::Party, typed, MOST)?;
    let known = reader.some::<Party>(&codes)?;
    if !known.is_empty() || typed.is_empty() {
        let named = known.into_values();
        return Ok(named
            .map(|party| {
                with_help(
                    party.facts.code.clone(),
                    party.names().for_reader(Language::English),
                )
            })
            .collect());
    }
    let Ok(terms) = Term::all_of(typed) else {
        return Ok(Vec::new());
    };
    let hits = reader.search(Kind::Party, &terms)?;
    let mut names = Vec::new();
    for party in reader
        .some::<Party>(hits.iter().take(20).map(|hit| &hit.code))?
        .into_values()
    {
        let code = party.facts.code.clone();
        let document = Document::from(party);
        let fitting = searchable(&document).into_iter().filter(|(field, name)| {
            *field == SearchField::Name && is_one_word(name) && fold(name).starts_with(&fold(typed))
        });
        names.extend(fitting.map(|(_, name)| with_help(name.to_owned(), &code)));
    }
    names.dedup_by(|one, other| one.get_value() == other.get_value());
    Ok(names)
}

fn sources(reader: &mut Reader<'_>, typed: &str) -> Found {
    let codes = reader.codes_from(Kind::Source, &typed.to_uppercase(), MOST)?;
    let known = reader.some::<Source>(&codes)?.into_values();
    Ok(known
        .map(|source| {
            let help = source.title.as_deref().or(source.link_address());
            with_help(source.code.clone(), help.unwrap_or_default())
        })
        .collect())
}

/// Countries by their codes; names in any of the three languages for who begins to write one.
fn countries(reader: &mut Reader<'_>, typed: &str) -> Found {
    let wanted = fold(typed);
    let mut found = Vec::new();
    for country in reader.all::<Country>()? {
        if fold(&country.code).starts_with(&wanted) {
            found.push(with_help(country.code.clone(), &country.name_en));
        }
        let names = [&country.name_en, &country.name_zh, &country.name_ja];
        let long_enough = typed.chars().count() > usize::from(typed.is_ascii()) * 2;
        let fitting = names
            .into_iter()
            .filter(|name| long_enough && is_one_word(name) && fold(name).starts_with(&wanted));
        found.extend(fitting.map(|name| with_help(name.clone(), &country.code)));
    }
    Ok(found)
}

/// Names with blanks would have to be quoted, each shell in its way: codes stand for them.
fn is_one_word(name: &str) -> bool {
    !name.contains(char::is_whitespace)
}

fn with_help(value: String, help: &str) -> CompletionCandidate {
    let help = crate::render::printable(help);
    CompletionCandidate::new(value).help((!help.is_empty()).then(|| help.into()))
}

/// The registry that the command line names, as far as it is written, else the usual one; none when it does not exist.
fn registry() -> Option<PathBuf> {
    let mut words = std::env::args_os().skip_while(|word| word != "--").skip(1);
    let mut named = None;
    while let Some(word) = words.next() {
        if word == "--registry" {
            named = words.next().map(PathBuf::from);
        } else if let Some(path) = word
            .to_str()
            .and_then(|word| word.strip_prefix("--registry="))
        {
            named = Some(PathBuf::from(path));
        }
    }
    let usual = || {
        directories::ProjectDirs::from("", "", "tpmc")
            .map(|folders| folders.data_dir().join("registry.db"))
    };
    let path = named
        .or_else(|| {
            let value = std::env::var_os("TPMC_REGISTRY").filter(|value| !value.is_empty());
            let value = value.or_else(|| crate::args::config::setting("registry").map(Into::into));
            value.map(PathBuf::from)
        })
        .or_else(usual)?;
    path.is_file().then_some(path)
}
