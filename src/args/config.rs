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

/// Returns what the file sets, by the names of the settings. Without a file that is nothing.
///
/// # Errors
/// What is wrong with the file.
pub(crate) fn settings() -> Result<&'static BTreeMap<String, String>, Message> {
    static READ: OnceLock<Result<BTreeMap<String, String>, Message>> = OnceLock::new();
    READ.get_or_init(read).as_ref().map_err(Clone::clone)
}

/// Returns one setting of a file that can be read.
pub(crate) fn setting(name: &str) -> Option<&'static str> {
    settings().ok()?.get(name).map(String::as_str)
}

fn read() -> Result<BTreeMap<String, String>, Message> {
    let Some(path) = path().filter(|path| path.symlink_metadata().is_ok()) else {
        return Ok(BTreeMap::new());
    };
    let wrong = |why: Message| message!("error-configuration", path, why);
    let bytes = input::read(&path, input::LONGEST_TEXT);
    let bytes = bytes.map_err(|cause| wrong(input::explained(&cause)))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong(message!("why-not-utf-8")))?;
    let table: toml::Table =
        toml::from_str(&text).map_err(|error| wrong(Message::foreign(error.message())))?;
    let mut settings = BTreeMap::new();
    for (name, value) in table {
        let known = || SETTINGS.iter().map(|(name, _)| *name);
        if !known().any(|setting| setting == name) {
            return Err(wrong(match nearest(&name, known()) {
                Some(near) => message!("why-setting-near", name, near),
                None => {
                    let settings: Vec<String> = known().map(str::to_owned).collect();
                    message!("why-setting", name, settings)
                }
            }));
        }
        match value {
            toml::Value::String(value) => settings.insert(name, value),
            _ => {
                return Err(wrong(message!("why-setting-text", name)));
            }
        };
    }
    Ok(settings)
}
