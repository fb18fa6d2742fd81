//! Addresses of registries on a server: how to tell one from the path of a file, and how to show it without its password.

use std::path::Path;

/// How the address of a server begins.
const SCHEMES: [&str; 2] = ["postgres://", "postgresql://"];

/// What stands in the place of a password.
const HIDDEN: &str = "***";

/// Returns whether a registry at `place` is kept by a server.
pub(crate) fn is_server(place: &Path) -> bool {
    let text = place.to_str().unwrap_or_default();
    SCHEMES.iter().any(|scheme| text.starts_with(scheme))
}

/// Returns a path or an address as anybody may see it: without a password.
pub(super) fn shown(place: &Path) -> String {
    let text = place.display().to_string();
    if !is_server(place) {
        return text;
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return text;
    };
    let (user, rest) = rest.rsplit_once('@').unwrap_or(("", rest));
    let user = match user.split_once(':') {
        Some((name, _)) => format!("{name}:{HIDDEN}@"),
        None if user.is_empty() => String::new(),
        None => format!("{user}@"),
    };
    let (server, options) = rest.split_once('?').unwrap_or((rest, ""));
    let options: Vec<String> = options
        .split('&')
        .filter(|option| !option.is_empty())
        .map(|option| match option.split_once('=') {
            Some((name, _)) if name.to_lowercase().contains("password") => {
                format!("{name}={HIDDEN}")
            }
            _ => option.to_owned(),
        })
        .collect();
    let mark = if options.is_empty() { "" } else { "?" };
    format!("{scheme}://{user}{server}{mark}{}", options.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for (address, expected) in [
            ("registry.db", "registry.db"),
            ("postgres://db/tpmc", "postgres://db/tpmc"),
            ("postgres://li@db/tpmc", "postgres://li@db/tpmc"),
            ("postgres://li:pw@db/tpmc", "postgres://li:***@db/tpmc"),
            ("postgresql://li:p@w/x?y@db", "postgresql://li:***@db"),
            (
                "postgres://db/tpmc?user=li&password=pw&sslmode=require",
                "postgres://db/tpmc?user=li&password=***&sslmode=require",
            ),
        ] {
            assert_eq!(shown(Path::new(address)), expected);
        }
    }
}
