//! Reading the text back. Words are those of the registry; countries and parties may be named, sources may be addresses.

use serde::{Deserialize, Deserializer};

use super::Error;
use super::error::Slip;
use crate::domain::*;
use crate::store::{Identifier, Risk};

/// A project as it stands in the text.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectText {
    pub(crate) code: ProjectCode,
    /// Number of the journal entry that the text was made from.
    pub(crate) entry: Option<i64>,
    pub(crate) forum: Option<String>,
    pub(crate) list_number: Option<i64>,
    pub(crate) identified: bool,
    pub(crate) umbrella: Option<bool>,
    pub(crate) instrument: Option<Instrument>,
    pub(crate) title_en: Option<String>,
    pub(crate) title_zh: Option<String>,
    pub(crate) title_ja: Option<String>,
    pub(crate) title_original: Option<String>,
    pub(crate) mode: Option<Mode>,
    pub(crate) mode_basis: Option<ModeBasis>,
    pub(crate) sector: Option<Sector>,
    #[serde(default)]
    pub(crate) hosts: Vec<String>,
    pub(crate) host_note: Option<String>,
    #[serde(default)]
    pub(crate) objectives: Vec<Objective>,
    pub(crate) membership: Option<Membership>,
    pub(crate) confidence: Option<Confidence>,
    pub(crate) note: Option<String>,
    #[serde(default)]
    pub(crate) identifiers: Vec<Identifier>,
    #[serde(default)]
    pub(crate) citations: Vec<SourceReference>,
    #[serde(default)]
    pub(crate) participations: Vec<ParticipationText>,
    #[serde(default)]
    pub(crate) events: Vec<EventText>,
    #[serde(default)]
    pub(crate) amounts: Vec<AmountText>,
    #[serde(default)]
    pub(crate) risks: Vec<RiskText>,
}

/// A party's part. A part without a number is a new one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ParticipationText {
    pub(crate) number: Option<i32>,
    /// Its code, or a name that means one party alone.
    pub(crate) party: String,
    pub(crate) role: Role,
    #[serde(default, deserialize_with = "number")]
    pub(crate) share_percent: Option<Decimal>,
    #[serde(default)]
    pub(crate) prospective: bool,
    pub(crate) note: Option<String>,
}

/// An event.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventText {
    pub(crate) number: Option<i32>,
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) due_on: Option<PartialDate>,
    pub(crate) kind: EventKind,
    pub(crate) status: Option<Status>,
    pub(crate) text: Option<String>,
    pub(crate) source: Option<SourceReference>,
    pub(crate) confidence: Option<Confidence>,
    pub(crate) evidence: Option<Evidence>,
}

/// An amount, in units of its currency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AmountText {
    pub(crate) number: Option<i32>,
    pub(crate) kind: AmountKind,
    pub(crate) basis: AmountBasis,
    #[serde(deserialize_with = "number")]
    pub(crate) amount: Option<Decimal>,
    pub(crate) currency: CurrencyCode,
    #[serde(default)]
    pub(crate) estimated: bool,
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) source: Option<SourceReference>,
    pub(crate) note: Option<String>,
}

/// A risk.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RiskText {
    pub(crate) number: Option<i32>,
    pub(crate) category: RiskCategory,
    pub(crate) level: RiskLevel,
    pub(crate) state: RiskState,
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) text: String,
    pub(crate) source: Option<SourceReference>,
}

impl RiskText {
    /// The risk with this number, citing the source with this code.
    pub(crate) fn into_risk(self, number: i32, source: Option<String>) -> Risk {
        let Self {
            category,
            level,
            state,
            on_date,
            text,
            ..
        } = self;
        Risk {
            number,
            category,
            level,
            state,
            on_date,
            text,
            source,
        }
    }
}

/// A number with or without quotation marks.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Number {
        Whole(i64),
        Real(f64),
        Text(String),
    }
    let text = match Option::<Number>::deserialize(deserializer)? {
        None => return Ok(None),
        Some(Number::Whole(number)) => number.to_string(),
        Some(Number::Real(number)) => typed(number).map_err(serde::de::Error::custom)?,
        Some(Number::Text(text)) => text,
    };
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

/// The digits of a number that was typed with a point. A binary number means 15 decimal digits exactly and no more: beyond
/// them they would not be those that were typed.
fn typed(number: f64) -> Result<String, Invalid> {
    let digits = number.to_string();
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    if number.is_finite() && count <= 15 {
        Ok(digits)
    } else {
        Err(Invalid::new(
            "a number of 15 digits",
            digits,
            "write it in quotation marks",
        ))
    }
}

/// Reads a project.
///
/// # Errors
/// What is wrong, with the line on which it stands; a text of nothing but blanks and remarks is empty.
pub(crate) fn read(text: &str) -> Result<ProjectText, Error> {
    let is_empty = text
        .lines()
        .all(|line| line.trim().is_empty() || line.trim().starts_with('#'));
    if is_empty {
        return Err(Error::Empty);
    }
    let mut lines: Vec<&str> = text.lines().collect();
    let mut slips: Vec<Slip> = Vec::new();
    loop {
        let text = lines.join("\n");
        let error = match toml::from_str(&text) {
            Ok(project) if slips.is_empty() => return Ok(project),
            Ok(_) => break,
            Err(error) => error,
        };
        let found = slip(&error, &text);
        let line = found.line;
        // A line that was left out is missed elsewhere; that is no slip of its own.
        if slips.len() == MOST || slips.last().is_some_and(|_| is_missed(&found, &slips)) {
            break;
        }
        slips.push(found);
        // Look on without the line, as long as the rest can be read at all.
        let Some(wrong) = lines.get_mut(line.saturating_sub(1)) else {
            break;
        };
        *wrong = "";
        if toml::from_str::<toml::Table>(&lines.join("\n")).is_err() {
            break;
        }
    }
    Err(Error::Slips(slips))
}

/// Slips that are named at once.
const MOST: usize = 20;

fn slip(error: &toml::de::Error, text: &str) -> Slip {
    let before = error.span().and_then(|span| text.get(..span.start));
    Slip {
        line: before.unwrap_or_default().matches('\n').count() + 1,
        message: error.message().to_owned(),
    }
}

fn is_missed(found: &Slip, known: &[Slip]) -> bool {
    found.message.starts_with("missing field") || known.iter().any(|slip| slip.line == found.line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amount(text: &str) -> Result<String, String> {
        let document = format!(
            "code = \"P-0001\"\nidentified = true\n[[amounts]]\nkind = \"loan\"\nbasis = \"pledge\"\ncurrency = \"USD\"\namount = {text}"
        );
        let read = read(&document).map_err(|error| error.to_string())?;
        let amount = read.amounts.first().and_then(|amount| amount.amount);
        Ok(amount.map(|amount| amount.to_string()).unwrap_or_default())
    }

    #[test]
    fn numbers_are_what_was_typed_or_refused() {
        assert_eq!(
            amount("\"92233720368547758.07\"").as_deref(),
            Ok("92233720368547758.07")
        );
        assert_eq!(amount("\"22.50\"").as_deref(), Ok("22.50"));
        assert_eq!(amount("22.5").as_deref(), Ok("22.5"));
        assert_eq!(amount("465000000").as_deref(), Ok("465000000"));
        for text in [
            "92233720368547758.07",
            "1e300",
            "inf",
            "nan",
            "\"1,000\"",
            "true",
        ] {
            assert!(amount(text).is_err(), "{text}");
        }
    }

    #[test]
    fn slips_are_named_all_at_once() {
        let text = "code = \"P-0001\"\nidentified = true\nsector = \"enrgy\"\n[[events]]\nkind = \"status\"\non_date = \"2019-02-30\"\n";
        let Err(Error::Slips(slips)) = read(text).map(drop) else {
            panic!("slips");
        };
        let mut lines: Vec<usize> = slips.iter().map(|slip| slip.line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [3, 6]);
        let broken = read("code = \"P-0001\"\nidentified = true\n[[events]]\nkind = \"state\"\n");
        assert!(matches!(broken, Err(Error::Slips(slips)) if slips.len() == 1));
    }

    #[test]
    fn slips_are_named_by_their_line() {
        let slip = read("code = \"P-0001\"\n\nidentified = yes").map(|_| ());
        assert!(slip.is_err_and(|slip| slip.to_string().starts_with("line 3 of the text: ")));
        assert!(matches!(read("# a\n\n"), Err(Error::Empty)));
        assert!(read("code = \"P-0001\"\nidentified = true\ntitle_en = \"\\uD800\"").is_err());
    }
}
