//! The command line that an address or a form stands for. Only the command's own arguments can be named there: never the registry, a file,
//! an actor or the time.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::ValueParser;
use clap::{Arg, ArgAction, Command};

use crate::commands::draft::FILE;

/// Arguments that are for a terminal or a script alone.
const WITHHELD: [&str; 5] = [
    "help",
    "version",
    "dry_run",
    "force_clock",
    "idempotency_key",
];

/// Whether a page may say something for this argument.
pub(super) fn is_offered(argument: &Arg) -> bool {
    let parser: &ValueParser = argument.get_value_parser();
    let names = argument.get_value_names().unwrap_or_default();
    let is_file = parser.type_id() == std::any::TypeId::of::<PathBuf>()
        || names.iter().any(|name| name.as_str() == "FILE");
    !argument.is_global_set()
        && !argument.is_hide_set()
        && !is_file
        && !WITHHELD.contains(&argument.get_id().as_str())
}

/// Whether the file of this argument comes with the form, or from the draft that it is about.
pub(super) fn takes_file(path: &str, argument: &Arg) -> bool {
    let id = argument.get_id().as_str();
    match path {
        "source attach" | "import plan" => id == "file",
        _ => needs_draft(path) && id == "plan",
    }
}

/// Whether a command is about the list of a draft.
pub(super) fn needs_draft(path: &str) -> bool {
    matches!(path, "import show" | "import decide" | "import apply")
}

/// Whether a value would name a file of this machine, where the argument takes files beside addresses and codes.
fn names_a_file(argument: &Arg, value: &str) -> bool {
    let names = argument.get_value_names().unwrap_or_default();
    let takes_files = names
        .iter()
        .any(|name| name.split('|').any(|one| one == "FILE"));
    if argument.get_id() == "map" {
        // A mapping that the registry keeps, never one in a file.
        return value.contains(['/', '\\']) || std::path::Path::new(value).exists();
    }
    let value = value.to_ascii_lowercase();
    takes_files
        && !["s-", "http://", "https://"]
            .iter()
            .any(|start| value.starts_with(start))
}

/// Returns the name of an argument in an address: that of its option, or what it is called in the usage.
pub(super) fn name_of(argument: &Arg) -> &str {
    argument.get_long().unwrap_or(argument.get_id().as_str())
}

/// Whether it is said or not, without a value.
pub(super) fn is_switch(argument: &Arg) -> bool {
    matches!(
        argument.get_action(),
        ArgAction::SetTrue | ArgAction::SetFalse
    )
}

/// Whether it can be given several times.
pub(super) fn is_repeated(argument: &Arg) -> bool {
    let many = argument
        .get_num_args()
        .is_some_and(|range| range.max_values() > 1);
    matches!(argument.get_action(), ArgAction::Append) || many
}

/// Returns the arguments of `command` that `fields` stand for; a field that is empty says nothing. For its file stands [`FILE`].
///
/// # Errors
/// The name of a field that is none of the command's.
pub(super) fn arguments(
    (path, command): (&str, &Command),
    fields: &[(String, String)],
) -> Result<Vec<OsString>, String> {
    let mut options: Vec<OsString> = Vec::new();
    let mut places: Vec<(usize, String)> = Vec::new();
    for (name, value) in fields {
        let offered = command
            .get_arguments()
            .filter(|argument| is_offered(argument));
        let argument = offered
            .into_iter()
            .find(|argument| name_of(argument) == name);
        let argument = argument.ok_or_else(|| name.clone())?;
        let values: Vec<&str> = match is_repeated(argument) {
            true => value.lines().map(str::trim).collect(),
            false => vec![value.trim()],
        };
        for value in values.into_iter().filter(|value| !value.is_empty()) {
            if names_a_file(argument, value) {
                return Err(name.clone());
            }
            match (argument.get_index(), is_switch(argument)) {
                (Some(place), _) => places.push((place, value.to_owned())),
                (None, true) => options.push(format!("--{name}").into()),
                (None, false) => options.push(format!("--{name}={value}").into()),
            }
        }
    }
    let files = command
        .get_arguments()
        .filter(|argument| takes_file(path, argument));
    places.extend(files.filter_map(|file| Some((file.get_index()?, FILE.to_owned()))));
    places.sort_by_key(|(place, _)| *place);
    // What stands in a place is a value, whatever it looks like.
    options.push("--".into());
    options.extend(places.into_iter().map(|(_, value)| value.into()));
    Ok(options)
}

/// Returns the address of the form that a command line fills in, by the whole description of the program. What a person has to say,
/// `DATE` say, is left to the form. A text editor has no place in a browser: the fields of the project take its place.
pub(super) fn form_of(line: &str, whole: &Command) -> Option<String> {
    let mut words = shlex::split(line)?.into_iter().skip(1).peekable();
    let (mut command, mut path) = (whole, Vec::new());
    while let Some(inner) = words.peek().and_then(|word| match word.as_str() {
        "edit" if path.is_empty() => whole.find_subcommand("project")?.find_subcommand("set"),
        word => command.find_subcommand(word),
    }) {
        path.extend(words.next().filter(|word| word != "edit"));
        if path.is_empty() {
            path.extend(["project", "set"].map(str::to_owned));
        }
        command = inner;
    }
    let is_open = |word: &str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let mut places = command.get_positionals();
    let mut query = form_urlencoded::Serializer::new(String::new());
    while let Some(word) = words.next() {
        let (argument, value) = match word.strip_prefix("--") {
            None => (places.next()?, word),
            Some(name) => {
                let mut all = command.get_arguments();
                let argument = all.find(|argument| name_of(argument) == name)?;
                let value = match is_switch(argument) {
                    true => "on".to_owned(),
                    false => words.next()?,
                };
                (argument, value)
            }
        };
        if !is_open(&value) {
            query.append_pair(name_of(argument), &value);
        }
    }
    Some(format!("/record/{}?{}", path.join("/"), query.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command() -> Command {
        let mut command = Command::new("x")
            .arg(Arg::new("code").required(true))
            .arg(Arg::new("on").long("on"))
            .arg(Arg::new("all").long("all").action(ArgAction::SetTrue))
            .arg(Arg::new("party").long("party").action(ArgAction::Append))
            .arg(
                Arg::new("source")
                    .long("source")
                    .value_name("URL|CODE|FILE"),
            )
            .arg(Arg::new("registry").long("registry").global(true))
            .arg(
                Arg::new("list")
                    .long("list")
                    .value_parser(clap::value_parser!(PathBuf)),
            );
        command.build(); // which numbers the places
        command
    }

    fn read(fields: &[(&str, &str)]) -> Result<Vec<String>, String> {
        let own = |text: &&str| (*text).to_owned();
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (own(name), own(value)))
            .collect();
        let line = arguments(("x", &command()), &fields)?;
        Ok(line
            .into_iter()
            .map(|word| word.to_string_lossy().into_owned())
            .collect())
    }

    #[test]
    fn fields_become_options_and_places() {
        let fields = [
            ("all", "on"),
            ("party", "a\nb"),
            ("on", ""),
            ("code", "--registry=/x"),
        ];
        let line = read(&fields).unwrap();
        assert_eq!(
            line,
            ["--all", "--party=a", "--party=b", "--", "--registry=/x"]
        );
    }

    #[test]
    fn what_is_not_the_commands_own_is_refused() {
        for name in ["registry", "list", "output", "o", "--on", "source"] {
            assert_eq!(read(&[(name, "/etc/passwd")]), Err(name.to_owned()));
        }
        assert!(read(&[("source", "S-0002")]).is_ok());
    }
}
