//! The configuration file: what the global options say where neither the command line nor the environment does.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;

use crate::domain::nearest;
use crate::input;
use crate::message::Message;

/// The settings: the name of each is that of its option, beside it the variable that comes before it.
pub(crate) const SETTINGS: [(&str, &str); 5] = [
    ("registry", "TPMC_REGISTRY"),
    ("lang", "TPMC_LANG"),
    ("actor", "TPMC_ACTOR"),
    ("tz", "TPMC_TZ"),
    ("bom", "TPMC_BOM"),
];

/// Returns where the file is: where `TPMC_CONFIG` says, else in the folder of a user's configuration.
pub(crate) fn path() -> Option<PathBuf> {
    let named = std::env::var_os("TPMC_CONFIG").filter(|path| !path.is_empty());
    named.map(PathBuf::from).or_else(|| {
        let folders = directories::ProjectDirs::from("", "", "tpmc")?;
        Some(folders.config_dir().join("config.toml"))
    })
}

/// What the file says.
#[derive(Debug, Default)]
pub(crate) struct Configuration {
    /// By their names.
    pub(crate) settings: BTreeMap<String, String>,
    /// Words of the user's own, each with the command line that it stands for.
    pub(crate) aliases: BTreeMap<String, String>,
}

/// Returns what the file says. Without a file that is nothing.
///
/// # Errors
/// What is wrong with the file.
pub(crate) fn configuration() -> Result<&'static Configuration, Message> {
    static READ: OnceLock<Result<Configuration, Message>> = OnceLock::new();
    READ.get_or_init(read).as_ref().map_err(Clone::clone)
}

/// Returns one setting of a file that can be read.
pub(crate) fn setting(name: &str) -> Option<&'static str> {
    let settings = &configuration().ok()?.settings;
    settings.get(name).map(String::as_str)
}

fn read() -> Result<Configuration, Message> {
    let Some(path) = path().filter(|path| path.symlink_metadata().is_ok()) else {
        return Ok(Configuration::default());
    };
    let wrong = |why: Message| message!("error-configuration", path, why);
    let bytes = input::read(&path, input::LONGEST_TEXT);
    let bytes = bytes.map_err(|cause| wrong(input::explained(&cause)))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong(message!("why-not-utf-8")))?;
    let table: toml::Table =
        toml::from_str(&text).map_err(|error| wrong(Message::foreign(error.message())))?;
    let mut configuration = Configuration::default();
    for (name, value) in table {
        let texts = |name: &str| wrong(message!("why-setting-text", name));
        match (name.as_str(), value) {
            ("alias", toml::Value::Table(aliases)) => {
                for (name, line) in aliases {
                    let toml::Value::String(line) = line else {
                        return Err(texts(&name));
                    };
                    configuration.aliases.insert(name, line);
                }
            }
            ("alias", _) => return Err(wrong(message!("why-alias-table"))),
            (known, toml::Value::String(value)) if is_setting(known) => {
                configuration.settings.insert(name, value);
            }
            (known, _) if is_setting(known) => return Err(texts(known)),
            (unknown, _) => return Err(wrong(no_setting(unknown))),
        }
    }
    Ok(configuration)
}

fn is_setting(name: &str) -> bool {
    SETTINGS.iter().any(|(setting, _)| *setting == name)
}

/// What is said of a name that is none of a setting.
fn no_setting(name: &str) -> Message {
    let known = || SETTINGS.iter().map(|(name, _)| *name).chain(["alias"]);
    match nearest(name, known()) {
        Some(near) => message!("why-setting-near", name, near),
        None => {
            let settings: Vec<String> = known().map(str::to_owned).collect();
            message!("why-setting", name, settings)
        }
    }
}
