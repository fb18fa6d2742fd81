//! Codes: what records are called, in the registry and by the standards.

use std::fmt;
use std::str::FromStr;

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;
use uuid::Uuid;

use super::{Invalid, Moment, text_in_json};

/// The namespace of the identifiers of seeded records: UUIDv5 of this project's name in the URL namespace.
const NAMESPACE: Uuid = Uuid::from_bytes([
    0x6f, 0x0b, 0x2b, 0x5c, 0x0e, 0x0d, 0x5a, 0x2f, 0x9d, 0x3b, 0x52, 0x1c, 0x7d, 0x58, 0x0a, 0x11,
]);

/// The identifier of a seeded record: the same in every registry, so that two offices that each ran `init` speak of the
/// same records. UUIDv5 (RFC 9562, section 5.5) of `kind/code`.
pub(crate) fn seeded_id(kind: &str, code: &str) -> RecordId {
    RecordId(Uuid::new_v5(
        &NAMESPACE,
        format!("{kind}/{code}").as_bytes(),
    ))
}

/// An identifier of a record made at a fixed time: UUIDv7 of that time, whose random part follows from kind and code.
pub(crate) fn repeatable_id(at: Moment, kind: &str, code: &str) -> RecordId {
    let RecordId(seed) = seeded_id(kind, code);
    let mut random = [0; 10];
    random
        .iter_mut()
        .zip(seed.as_bytes())
        .for_each(|(byte, seed)| *byte = *seed);
    let milliseconds = u64::try_from(at.timestamp())
        .unwrap_or_default()
        .saturating_mul(1000);
    RecordId(uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid())
}

/// What identifies a record for ever, whatever happens to its code: a UUID, version 7 for new records, version 5 for seeded ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub(crate) struct RecordId(Uuid);

impl RecordId {
    pub(crate) fn new(id: Uuid) -> Self {
        Self(id)
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(formatter)
    }
}

impl FromStr for RecordId {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let id = Uuid::try_parse(text)
            .ok()
            .filter(|id| id.hyphenated().to_string() == text);
        id.map(Self)
            .ok_or_else(|| Invalid::new("what-identifier", text, "why-uuid"))
    }
}

text_in_json!(RecordId);

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident, $what:literal, $why:literal, $valid:expr;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Text)]
        pub(crate) struct $name(String);

        impl $name {
            pub(crate) fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            /// Reads the code in either case.
            fn from_str(text: &str) -> Result<Self, Invalid> {
                let code = text.to_ascii_uppercase();
                let valid: fn(&str) -> bool = $valid;
                if valid(&code) { Ok(Self(code)) } else { Err(Invalid::new($what, text, $why)) }
            }
        }

        text_in_json!($name as as_str);
        filled_as_text!($name);
    )+};
}

codes! {
    /// ISO 3166-1 alpha-2. That the country exists is checked against the registry's list.
    CountryCode, "what-country-code", "why-country-code",
        |code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    /// ISO 4217 alphabetic code.
    CurrencyCode, "what-currency", "why-currency-code",
        |code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    /// The registry's own number of a project: `F1-001` for an agreement of the first forum, `P-0001` for the others.
    ProjectCode, "what-project-code", "why-project-code",
        is_project_code;
}

fn is_project_code(code: &str) -> bool {
    let digits = |text: &str, least| {
        text.len() >= least && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    match code.split_once('-') {
        Some(("P", number)) => digits(number, 4),
        Some((forum, number)) => {
            forum
                .strip_prefix('F')
                .is_some_and(|forum| digits(forum, 1) && !forum.starts_with('0'))
                && digits(number, 3)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn project_codes_have_two_shapes() {
        for code in ["F1-001", "F12-052", "P-0001", "P-1000000"] {
            assert_eq!(
                code.parse::<ProjectCode>()
                    .map(|code| code.to_string())
                    .as_deref(),
                Ok(code)
            );
        }
        assert_eq!(
            "p-0001"
                .parse::<ProjectCode>()
                .map(|code| code.to_string())
                .as_deref(),
            Ok("P-0001")
        );
        for text in [
            "",
            "F-001",
            "F0-001",
            "F1-01",
            "P-001",
            "P0001",
            "P-00 1",
            "Q-0001",
            "P-０００１",
        ] {
            assert!(text.parse::<ProjectCode>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn seeded_identifiers_never_change() {
        assert_eq!(
            seeded_id("project", "F1-001"),
            seeded_id("project", "F1-001")
        );
        assert_ne!(seeded_id("project", "F1-001"), seeded_id("party", "F1-001"));
        insta::assert_snapshot!(seeded_id("project", "F1-001"));
    }
}
