//! What belongs to a new project besides its fields, as options: parties, statuses, amounts, milestones.

use clap::Args;

use crate::args::words;
use crate::commands::desk::Desk;
use crate::commands::document::Parts;
use crate::commands::options::text;
use crate::document::{AmountText, EventText, ParticipationText, PartyText};
use crate::domain::*;
use crate::error::Error;
use crate::language::read_word;

/// The parts of a new project.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Parts")]
pub(crate) struct WholeArgs {
    /// A party with its role and, where known, its share in per cent: marubeni:owner:40 (can be repeated)
    #[arg(long, value_name = "PARTY:ROLE[:SHARE]", value_parser = participation)]
    party: Vec<ParticipationText>,
    /// A party that is recorded with the project: 'Lao Wind Power:company:Laos' (can be repeated)
    #[arg(long, value_name = "NAME:KIND[:COUNTRY]", value_parser = new_party)]
    new_party: Vec<PartyText>,
    /// What it has reached (can be repeated, each with its --on; the sources follow in the same order, or one is for all)
    #[arg(long, requires = "on", value_parser = words::<Status>())]
    status: Vec<Status>,
    /// When: a day, a month or a year
    #[arg(long, value_name = "DATE", requires = "status")]
    on: Vec<When>,
    /// Record the statuses although no source says so: every report will show that
    #[arg(long, requires = "status", conflicts_with = "source")]
    no_source: bool,
    /// Money with what it is and how firm: 'USD 12.5m loan pledge' (can be repeated; a date and 'about' may follow)
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    amount: Vec<AmountText>,
    /// What is planned, and by when: 'First turbine runs:2028-06' (can be repeated)
    #[arg(long, value_name = "TEXT:DATE", value_parser = milestone)]
    milestone: Vec<EventText>,
}

impl WholeArgs {
    /// Returns whether nothing is stated.
    pub(super) fn is_empty(&self) -> bool {
        self.party.is_empty()
            && self.new_party.is_empty()
            && self.status.is_empty()
            && self.amount.is_empty()
            && self.milestone.is_empty()
    }

    /// Makes sure that each status has a date and a source.
    pub(super) fn refuse_unpaired(&self, sources: &[SourceReference]) -> Result<(), Error> {
        let statuses = self.status.len();
        let refuse = |why: &'static str| {
            let given = format!("--status {statuses} times");
            Err(Invalid::new("what-whole-project", given, why).into())
        };
        if self.on.len() != statuses {
            return refuse("why-on-each");
        }
        match sources.len() {
            _ if statuses == 0 => Ok(()),
            0 if !self.no_source => refuse("why-source-or-none"),
            0 | 1 => Ok(()),
            count if count == statuses => Ok(()),
            _ => refuse("why-source-each"),
        }
    }

    /// The parts. The only source of a project is that of its amounts and milestones, too.
    pub(super) fn parts(&self, sources: &[SourceReference], desk: &Desk<'_, '_>) -> Parts {
        let only = match sources {
            [only] => Some(only),
            _ => None,
        };
        let dated = self.status.iter().zip(&self.on).enumerate();
        let statuses = dated.map(|(place, (status, on))| EventText {
            on_date: Some(desk.date(*on)),
            status: Some(*status),
            source: only.or_else(|| sources.get(place)).cloned(),
            ..EventText::new(EventKind::Status)
        });
        let milestones = self.milestone.iter().cloned().map(|event| EventText {
            source: only.cloned(),
            ..event
        });
        let amounts = self.amount.iter().cloned().map(|amount| AmountText {
            source: only.cloned(),
            ..amount
        });
        Parts {
            parties: self.new_party.clone(),
            participations: self.party.clone(),
            events: statuses.chain(milestones).collect(),
            amounts: amounts.collect(),
            ..Parts::default()
        }
    }
}

/// A word of a vocabulary in any language.
fn word<V>(text: &str) -> Result<V, Invalid>
where
    V: Vocabulary + std::str::FromStr<Err = Invalid>,
{
    let word = text.parse();
    word.or_else(|invalid: Invalid| read_word(text, None).map_err(|_| invalid))
}

/// What stands between colons, without the blanks around it.
fn pieces(text: &str) -> Vec<&str> {
    text.split([':', '：']).map(str::trim).collect()
}

/// The two halves of a text at its last colon.
fn halves<'t>(
    argument: &'t str,
    what: &'static str,
    example: &str,
) -> Result<(&'t str, &'t str), Invalid> {
    let halves = argument.rsplit_once([':', '：']);
    let halves = halves.map(|(one, other)| (one.trim(), other.trim()));
    halves
        .filter(|(one, _)| !one.is_empty())
        .ok_or_else(|| Invalid::new(what, argument, message!("why-write-like", example)))
}

/// `PARTY:ROLE[:SHARE]`.
fn participation(argument: &str) -> Result<ParticipationText, Invalid> {
    let (rest, share) = match pieces(argument).as_slice() {
        [.., last] if half_width(last).starts_with(|letter: char| letter.is_ascii_digit()) => {
            let (rest, _) = halves(argument, "what-project-party", "marubeni:owner:40")?;
            (rest, Some(stated_share(last)?))
        }
        _ => (argument, None),
    };
    let (party, role) = halves(rest, "what-project-party", "marubeni:owner:40")?;
    Ok(ParticipationText {
        number: None,
        party: party.to_owned(),
        role: word(role)?,
        share_percent: share,
        prospective: false,
        note: None,
    })
}

/// `NAME:KIND[:COUNTRY]`.
fn new_party(argument: &str) -> Result<PartyText, Invalid> {
    let example = "'Lao Wind Power:company:Laos'";
    let (front, last) = halves(argument, "what-typed-party", example)?;
    let (name, kind, country) = match word::<PartyKind>(last) {
        Ok(kind) => (front, kind, None),
        Err(_) => {
            let (name, kind) = halves(front, "what-typed-party", example)?;
            (name, word(kind)?, Some(last.to_owned()))
        }
    };
    let name = Some(text(name)?);
    let [mut en, mut zh, mut ja] = [None, None, None];
    let is_kana = argument.chars().any(is_kana);
    match argument.chars().any(is_written_without_blanks) {
        false => en = name,
        true if is_kana || country.as_deref().is_some_and(is_japan) => ja = name,
        true => zh = name,
    }
    Ok(PartyText {
        kind,
        name_en: en,
        name_zh: zh,
        name_ja: ja,
        name_native: None,
        country,
        note: None,
    })
}

fn is_japan(country: &str) -> bool {
    matches!(country, "JP" | "jp" | "JPN" | "日本" | "Japan")
}

/// `TEXT:DATE`.
fn milestone(argument: &str) -> Result<EventText, Invalid> {
    let (said, due) = halves(
        argument,
        "what-typed-milestone",
        "'First turbine runs:2028-06'",
    )?;
    Ok(EventText {
        due_on: Some(PartialDate::typed(due)?),
        text: Some(text(said)?),
        ..EventText::new(EventKind::Milestone)
    })
}

/// Money with its kind and its basis, in any order: `USD 12.5m loan pledge`.
fn amount(argument: &str) -> Result<AmountText, Invalid> {
    let (mut kind, mut basis, mut on_date, mut estimated) = (None, None, None, false);
    let mut money = Vec::new();
    for piece in argument.split_whitespace() {
        let date = || {
            PartialDate::typed(piece)
                .ok()
                .filter(|_| piece.contains('-'))
        };
        if let (None, Ok(found)) = (kind, word::<AmountKind>(piece)) {
            kind = Some(found);
        } else if let (None, Ok(found)) = (basis, word::<AmountBasis>(piece)) {
            basis = Some(found);
        } else if let (None, Some(found)) = (on_date, date()) {
            on_date = Some(found);
        } else if matches!(piece, "about" | "ca." | "约" | "約") {
            estimated = true;
        } else {
            money.push(piece);
        }
    }
    let (amount, currency) = read_money(&money.join(" "))?;
    let lacks = |words: Vec<&str>| {
        let words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        Invalid::new("what-amount", argument, message!("why-say-one-of", words))
    };
    Ok(AmountText {
        number: None,
        kind: kind.ok_or_else(|| lacks(words_of::<AmountKind>()))?,
        basis: basis.ok_or_else(|| lacks(words_of::<AmountBasis>()))?,
        amount,
        currency,
        estimated,
        on_date,
        source: None,
        note: None,
        party: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parties_are_read_from_the_right() {
        let part = |text: &str| {
            let part = participation(text).map_err(|invalid| invalid.to_string())?;
            let share = part.share_percent.map(|share| share.to_string());
            Ok::<_, String>((part.party, part.role, share))
        };
        let share = Some("22.5".to_owned());
        assert_eq!(
            part("Marubeni:owner:22.5"),
            Ok(("Marubeni".to_owned(), Role::Owner, share))
        );
        assert_eq!(
            part("a: b：业主"),
            Ok(("a: b".to_owned(), Role::Owner, None))
        );
        for text in [
            "marubeni",
            ":owner",
            "marubeni:boss",
            "marubeni:40",
            "marubeni:owner:140",
            "",
        ] {
            assert!(part(text).is_err(), "{text}");
        }
        let party = new_party("国家电投：company：中国").expect("a party");
        assert_eq!(
            (party.name_zh.as_deref(), party.country.as_deref()),
            (Some("国家电投"), Some("中国"))
        );
        let party = new_party("丸紅電力:company:日本").expect("a party");
        assert_eq!(party.name_ja.as_deref(), Some("丸紅電力"));
        assert!(new_party("Lao Wind Power").is_err());
    }

    #[test]
    fn money_is_read_in_any_order() {
        let read = |text: &str| {
            let read = amount(text).map_err(|invalid| invalid.to_string())?;
            Ok::<_, String>(format!(
                "{} {} {} {}",
                read.currency, read.amount, read.kind, read.basis
            ))
        };
        assert_eq!(
            read("USD 12.5m loan pledge").as_deref(),
            Ok("USD 12500000 loan pledge")
        );
        assert_eq!(
            read("commitment contract 3億円").as_deref(),
            Ok("JPY 300000000 contract commitment")
        );
        assert!(read("USD 12.5m loan").is_err_and(|error| error.contains("pledge, commitment")));
        for text in [
            "",
            "loan pledge",
            "12 loan pledge",
            "USD 12 13 loan pledge",
            "USD m loan pledge",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        let dated = amount("about USD 1bn loan pledge 2026-05").expect("an amount");
        assert!(dated.estimated && dated.on_date.is_some());
    }
}
