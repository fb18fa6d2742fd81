//! The options that choose projects, the same on every command.

use std::collections::HashSet;

use clap::Args;
use clap::builder::TypedValueParser as _;

use crate::args::words_or_not_stated;
use crate::domain::{Desk, Horizon, Invalid, Mode, Sector, Side, Status, Vocabulary};
use crate::error::Error;
use crate::language::Labels;
use crate::store::{Filter, NOT_STATED, Project, Reader, Wanted};

/// How the projects that belong to no forum are asked for.
const NO_FORUM: &str = "other";

/// Each may be repeated, or given several values separated by commas.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters (can be repeated, or take values separated by commas)")]
pub(crate) struct FilterArgs {
    /// Cooperation mode
    #[arg(long, value_delimiter = ',', value_parser = words_or_not_stated::<Mode>().map(Choice))]
    mode: Vec<Choice<Mode>>,
    /// Host country: a code of ISO 3166-1, a name in English, Chinese or Japanese, or not_stated
    #[arg(long, value_delimiter = ',')]
    country: Vec<String>,
    /// Present status
    #[arg(long, value_delimiter = ',', value_parser = words_or_not_stated::<Status>().map(Choice))]
    status: Vec<Choice<Status>>,
    /// Sector
    #[arg(long, value_delimiter = ',', value_parser = words_or_not_stated::<Sector>().map(Choice))]
    sector: Vec<Choice<Sector>>,
    /// Side of a party that takes part
    #[arg(long, value_delimiter = ',', value_parser = crate::args::words::<Side>())]
    side: Vec<Side>,
    /// Forum, like F1, or other for projects that belong to none
    #[arg(long, value_delimiter = ',')]
    forum: Vec<String>,
    /// Party that takes part: its code, or text that its name contains
    #[arg(long)]
    party: Vec<String>,
    /// Year of the first status, or not_stated
    #[arg(long, value_delimiter = ',', value_parser = year)]
    year: Vec<Choice<i32>>,
    /// Whether it is known what the agreement is
    #[arg(long, value_delimiter = ',', num_args = 1, value_name = "true|false")]
    identified: Vec<bool>,
    /// Office that is responsible
    #[arg(long, value_delimiter = ',', value_parser = words_or_not_stated::<Desk>().map(Choice))]
    desk: Vec<Choice<Desk>>,
}

/// A value, or "not stated".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Choice<T>(Option<T>);

fn year(text: &str) -> Result<Choice<i32>, Invalid> {
    if text == NOT_STATED {
        return Ok(Choice(None));
    }
    let year = text
        .parse()
        .ok()
        .filter(|year| (1900..=2999).contains(year));
    year.map(|year| Choice(Some(year)))
        .ok_or_else(|| Invalid::new("what-year", text, "why-year"))
}

fn values<T: Copy>(choices: &[Choice<T>]) -> Vec<Option<T>> {
    choices.iter().map(|choice| choice.0).collect()
}

impl FilterArgs {
    /// What is meant, checked against the registry.
    pub(crate) fn resolve(&self, reader: &mut Reader<'_>) -> Result<Filter, Error> {
        let mut filter = Filter {
            mode: values(&self.mode),
            status: values(&self.status),
            sector: values(&self.sector),
            side: self.side.clone(),
            year: values(&self.year),
            identified: self.identified.clone(),
            desk: values(&self.desk),
            ..Filter::default()
        };
        for text in &self.country {
            filter.country.push(match text.as_str() {
                NOT_STATED => None,
                text => Some(reader.country(text)?.code.parse()?),
            });
        }
        for text in &self.forum {
            filter.forum.push(match text.as_str() {
                NO_FORUM => None,
                text => Some(
                    reader
                        .one::<crate::store::Forum>(&text.to_uppercase())?
                        .code,
                ),
            });
        }
        for text in &self.party {
            filter.party.extend(reader.parties_named(text)?);
        }
        Ok(filter)
    }

    /// The conditions for people, one for each option that was used.
    pub(crate) fn in_words(&self, filter: &Filter, labels: &Labels) -> Vec<String> {
        fn words<V: Vocabulary>(values: &[Option<V>], labels: &Labels) -> Vec<String> {
            values
                .iter()
                .map(|value| labels.word_or_not_stated(*value))
                .collect()
        }
        let not_stated = || labels.text("not-stated");
        let country = |code: &Option<crate::domain::CountryCode>| {
            code.as_ref()
                .map_or_else(not_stated, |code| labels.country(code.as_str()).to_owned())
        };
        let forum = |code: &Option<String>| {
            code.clone()
                .unwrap_or_else(|| labels.text("summary-group-other"))
        };
        let yes_no = |value: &bool| labels.text(if *value { "yes" } else { "no" });
        let conditions = [
            ("dimension-mode", words(&filter.mode, labels)),
            (
                "dimension-country",
                filter.country.iter().map(country).collect(),
            ),
            ("dimension-status", words(&filter.status, labels)),
            ("dimension-sector", words(&filter.sector, labels)),
            (
                "dimension-side",
                filter.side.iter().map(|side| labels.word(*side)).collect(),
            ),
            ("dimension-forum", filter.forum.iter().map(forum).collect()),
            ("dimension-party", self.party.clone()),
            (
                "dimension-year",
                filter
                    .year
                    .iter()
                    .map(|year| year.map_or_else(not_stated, |year| year.to_string()))
                    .collect(),
            ),
            (
                "field-identified",
                filter.identified.iter().map(yes_no).collect(),
            ),
            ("field-desk", words(&filter.desk, labels)),
        ];
        let stated = conditions.iter().filter(|(_, values)| !values.is_empty());
        stated
            .map(|(name, values)| format!("{} = {}", labels.text(name), values.join(", ")))
            .collect()
    }

    /// The options that choose the same projects, as they are typed in a shell.
    pub(crate) fn options(&self, filter: &Filter) -> Vec<String> {
        fn words<V: Vocabulary>(values: &[Option<V>]) -> Vec<String> {
            let word = |value: &Option<V>| value.map_or(NOT_STATED, Vocabulary::word).to_owned();
            values.iter().map(word).collect()
        }
        let country = |code: &Option<crate::domain::CountryCode>| {
            code.as_ref()
                .map_or_else(|| NOT_STATED.to_owned(), ToString::to_string)
        };
        let forum = |code: &Option<String>| code.clone().unwrap_or_else(|| NO_FORUM.to_owned());
        let year = |year: &Option<i32>| {
            year.map_or_else(|| NOT_STATED.to_owned(), |year| year.to_string())
        };
        let lists = [
            ("--mode", words(&filter.mode)),
            ("--country", filter.country.iter().map(country).collect()),
            ("--status", words(&filter.status)),
            ("--sector", words(&filter.sector)),
            (
                "--side",
                filter.side.iter().map(ToString::to_string).collect(),
            ),
            ("--forum", filter.forum.iter().map(forum).collect()),
            ("--year", filter.year.iter().map(year).collect()),
            (
                "--identified",
                filter.identified.iter().map(ToString::to_string).collect(),
            ),
            ("--desk", words(&filter.desk)),
        ];
        let stated = lists.iter().filter(|(_, values)| !values.is_empty());
        let option =
            |(name, values): &(&str, Vec<String>)| format!("{name} {}", quoted(&values.join(",")));
        let parties = self
            .party
            .iter()
            .map(|text| format!("--party {}", quoted(text)));
        stated.map(option).chain(parties).collect()
    }
}

/// The projects that `filter` chooses, whole.
pub(crate) fn chosen(
    filter: &Filter,
    horizon: Horizon,
    reader: &mut Reader<'_>,
) -> Result<Vec<Project>, Error> {
    let mut projects: Vec<Project> = reader.all()?;
    if *filter != Filter::default() {
        let lines = reader.lines(filter, horizon, Wanted::default(), None)?;
        let codes: HashSet<_> = lines.into_iter().map(|line| line.facts.code).collect();
        projects.retain(|project| codes.contains(&project.facts.code));
    }
    Ok(projects)
}

/// `text` as a shell takes it for one word.
fn quoted(text: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_.,".contains(letter);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_shell_takes_a_value_for_one_word() {
        assert_eq!(quoted("TH,not_stated"), "TH,not_stated");
        assert_eq!(quoted("Sino'pec $(x)"), "'Sino'\\''pec $(x)'");
        assert_eq!(quoted(""), "''");
    }
}
