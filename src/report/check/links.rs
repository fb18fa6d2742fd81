//! Rules about the addresses of sources, and about what rests on weak ones.

use super::{Values, World};
use crate::domain::*;
use crate::store::{Project, Source};

/// Statuses after which nobody looks again: they should rest on more than one weak source.
const DECISIVE: [Status; 4] = [
    Status::Committed,
    Status::Completed,
    Status::Suspended,
    Status::Cancelled,
];

/// Words in addresses that changed hands.
const SUSPICIOUS: [&str; 8] = [
    "casino", "gambl", "poker", "ufabet", "slot88", "togel", "porn", "betting",
];

/// The source of the present status, where all events that give it name one source between them.
fn only_source<'a>(project: &'a Project, world: &World) -> Option<(Status, &'a str)> {
    let standing = project.standing(Some(world.horizon));
    let status = standing.status?;
    let mut sources = project
        .events
        .iter()
        .filter(|event| event.status == Some(status))
        .filter_map(|event| event.source.as_deref());
    let first = sources.next()?;
    sources
        .all(|other| other == first)
        .then_some((status, first))
}

pub(super) fn status_on_one_weak_source(project: &Project, world: &World) -> Vec<Values> {
    let Some((status, source)) = only_source(project, world) else {
        return Vec::new();
    };
    let is_weak = world.confidence(source) == Some(Confidence::Low);
    if !is_weak || !DECISIVE.contains(&status) {
        return Vec::new();
    }
    vec![vec![
        ("status", status.to_string()),
        ("source", source.to_owned()),
    ]]
}

pub(super) fn status_on_withheld_source(project: &Project, world: &World) -> Vec<Values> {
    let Some((status, source)) = only_source(project, world) else {
        return Vec::new();
    };
    if !world.is_withheld(source) {
        return Vec::new();
    }
    vec![vec![
        ("status", status.to_string()),
        ("source", source.to_owned()),
    ]]
}

/// An address that is shown as a link although it may not lead where it did.
pub(super) fn suspicious_link(source: &Source, _world: &World) -> Vec<Values> {
    let Some(address) = source.link_address() else {
        return Vec::new();
    };
    let is_mirror = source.kind == Some(SourceKind::Mirror);
    if !is_mirror && !is_suspicious(address) {
        return Vec::new();
    }
    vec![vec![(
        "address",
        source.shown_address().unwrap_or_default().into_owned(),
    )]]
}

/// Whether the host of an address is a bare number, has a port of its own, hides behind a user's name, or has a suspicious word.
fn is_suspicious(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest
        .split(['/', '?', '#'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let (name, port) = host.split_once(':').unwrap_or((&host, ""));
    let is_number = name
        .chars()
        .all(|letter| letter.is_ascii_digit() || letter == '.');
    let has_port = !matches!(port, "" | "80" | "443");
    is_number
        || has_port
        || host.contains('@')
        || host.starts_with('[')
        || SUSPICIOUS.iter().any(|word| host.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_may_not_lead_where_they_did_are_found() {
        for address in [
            "http://222.198.130.40/a",
            "https://example.org:81/a",
            "http://ufabetnews.example/x",
            "https://user@example.org/",
            "http://[::1]/",
        ] {
            assert!(is_suspicious(address), "{address}");
        }
        for address in [
            "https://example.org/bet-big-on-casino",
            "https://example.org:443/",
            "http://www.meti.go.jp/press/2018/10/20181026010/20181026010-1.pdf",
            "http://例え.jp/",
        ] {
            assert!(!is_suspicious(address), "{address}");
        }
    }
}
