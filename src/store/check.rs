//! What is wrong with a record that is about to be recorded, all at once and in the words of its fields. The schema checks
//! again; here is where people hear it.

mod party;
mod project;
mod text;

use std::fmt;

pub(crate) use project::{Referred, project_faults};
pub(crate) use text::text_faults;

use super::record::{Document, ExchangeRate};
use super::{Error, Writer};
use crate::domain::{Decimal, Moment};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Fault {
    /// Where: `title_en`, `events 3`.
    pub(crate) field: String,
    pub(crate) message: String,
    /// Whether it is a step back, which may be said out loud instead of corrected.
    #[serde(skip)]
    pub(crate) is_step_back: bool,
    /// Which rule it is against, for those that imports run into, and the values that are at fault, by name.
    #[serde(skip)]
    pub(crate) rule: Option<(Rule, Vec<(&'static str, String)>)>,
}

/// A rule that imports run into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// What is recorded has happened.
    InFuture,
    /// The number in the official list is another agreement's.
    NumberTaken,
    NoForum,
    /// Only an agreement of a forum has it.
    OnlyOfForum,
    /// Only an agreement of a forum can be known by its existence alone.
    NotIdentified,
    /// The code begins with another forum, or with none.
    CodeOfOtherForum,
    /// The code begins with a forum, and the project is of none.
    CodeOfForum,
    /// It says what the mode rests on, and there is no mode.
    BasisWithoutMode,
    StandsTwice,
    /// A status follows on itself.
    StatusTwice,
}

impl Fault {
    pub(super) fn new(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            field: field.into(),
            message: message.into(),
            is_step_back: false,
            rule: None,
        }
    }

    pub(super) fn against(self, rule: Rule, values: &[(&'static str, &dyn fmt::Display)]) -> Self {
        let values = values.iter();
        let values = values.map(|(name, value)| (*name, value.to_string()));
        Self {
            rule: Some((rule, values.collect())),
            ..self
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", in_words(&self.field), self.message)
    }
}

/// `events 3 on_date` as people say it: "event 3, on date".
fn in_words(field: &str) -> String {
    let words: Vec<&str> = field.split(' ').collect();
    let [list, number, rest @ ..] = words.as_slice() else {
        return field.replace('_', " ");
    };
    if number.parse::<u32>().is_err() {
        return field.replace('_', " ");
    }
    let one = list.strip_suffix('s').unwrap_or(list);
    let parts: Vec<String> = [format!("{one} {number}")]
        .into_iter()
        .chain(rest.iter().map(ToString::to_string))
        .collect();
    parts.join(", ").replace('_', " ")
}

impl Writer<'_> {
    /// What is wrong with `after` that was not wrong with `before`: an older fault does not stand in the way of a correction
    /// elsewhere. `now` is the time of recording: what is recorded has happened.
    pub(crate) fn faults(
        &mut self,
        before: Option<&Document>,
        after: &Document,
        now: Moment,
    ) -> Result<Vec<Fault>, Error> {
        let mut faults = self.all_faults(after, now)?;
        if let Some(before) = before
            && !faults.is_empty()
        {
            let known = self.all_faults(before, now)?;
            faults.retain(|fault| !known.contains(fault));
        }
        Ok(faults)
    }

    fn all_faults(&mut self, document: &Document, now: Moment) -> Result<Vec<Fault>, Error> {
        let mut faults = text_faults(document);
        match document {
            Document::Project(project) => {
                project_faults(project, now, &mut self.reader(), &mut faults)?;
            }
            Document::Party(party) => party::faults(party, self, &mut faults)?,
            Document::Source(source) => {
                if let Some(taken) = source.url.as_deref() {
                    let other = self.reader().source_at(taken)?;
                    if let Some(other) = other.filter(|other| other.code != source.code) {
                        let message = format!("{:?} is the address of {}", taken, other.code);
                        faults.push(Fault::new("url", message));
                    }
                }
                if source.url.is_none() && source.title.is_none() {
                    faults.push(Fault::new(
                        "url",
                        "a source has an address, a title or both",
                    ));
                }
            }
            Document::ExchangeRate(rate) => rate_faults(rate, now, &mut faults),
            _ => {}
        }
        Ok(faults)
    }
}

fn rate_faults(rate: &ExchangeRate, now: Moment, faults: &mut Vec<Fault>) {
    if rate.from_currency == rate.to_currency {
        let message = format!("{} is worth itself", rate.to_currency);
        faults.push(Fault::new("to_currency", message));
    }
    if rate.rate <= Decimal::default() {
        faults.push(Fault::new("rate", "a rate is greater than zero"));
    }
    if rate.on_date > now.day() {
        let message = format!("{} lies in the future", rate.on_date);
        faults.push(Fault::new("on_date", message));
    }
}
