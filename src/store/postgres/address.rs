//! The address of a server as it is handed to libpq: with what this program wants where the address says nothing.

use std::path::Path;

use crate::store::Error;
use crate::store::error::ServerError;

/// Seconds for connecting, and milliseconds after which a network that does not answer is given up.
const OPTIONS: [(&str, &str); 4] = [
    ("connect_timeout", "10"),
    ("tcp_user_timeout", "30000"),
    ("keepalives_idle", "30"),
    ("application_name", "tpmc"),
];

/// Returns the address with the options that it lacks.
///
/// # Errors
/// [`ServerError::Address`] when the name and the password hold what would be taken for another part of the address: libpq would
/// repeat pieces of them.
pub(super) fn complete(address: &Path, writes: bool) -> Result<String, Error> {
    let refused = || ServerError::Address(address.to_owned());
    let text = address.to_str().ok_or_else(refused)?;
    let (_, rest) = text.split_once("://").ok_or_else(refused)?;
    let user = rest.rsplit_once('@').map_or("", |(user, _)| user);
    let is_strange = |character: char| "/?#[]@".contains(character);
    if user.contains(is_strange) || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err(refused().into());
    }
    let mut complete = text.to_owned();
    let mut add = |name: &str, value: &str| {
        if !text.contains(&format!("{name}=")) {
            complete.push(if complete.contains('?') { '&' } else { '?' });
            complete.push_str(&format!("{name}={value}"));
        }
    };
    OPTIONS.iter().for_each(|(name, value)| add(name, value));
    let hosts = rest.split(['?', '/']).next().unwrap_or_default();
    if writes && hosts.contains(',') {
        add("target_session_attrs", "read-write");
    }
    Ok(complete)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_added_where_the_address_has_none() {
        let complete = |address: &str, writes| complete(Path::new(address), writes).ok();
        assert_eq!(
            complete("postgres://db/tpmc", true).as_deref(),
            Some(
                "postgres://db/tpmc?connect_timeout=10&tcp_user_timeout=30000&keepalives_idle=30&application_name=tpmc"
            )
        );
        let two = complete("postgres://one,two/tpmc?connect_timeout=2", true).expect("two servers");
        assert!(two.ends_with("&target_session_attrs=read-write"), "{two}");
        assert_eq!(two.matches("connect_timeout").count(), 1);
        for wrong in [
            "postgres://li:p/w@db/tpmc",
            "postgres://li:p@w@db/tpmc",
            "postgres://db/t pmc",
        ] {
            assert_eq!(complete(wrong, false), None, "{wrong}");
        }
    }
}
