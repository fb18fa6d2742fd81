//! One activity, in the order that the standard's schema demands.

use chrono::NaiveDate;

use super::codes;
use super::xml::{Xml, language_of};
use crate::domain::*;
use crate::exchange::loss::Losses;
use crate::exchange::{Error, Provided, Reporter};
use crate::message::Message;
use crate::report::Provenance;
use crate::store::{Project, Source};

/// The dates of an activity. One of the two starts is always there.
pub(super) struct Dates {
    planned_start: NaiveDate,
    actual_start: Option<NaiveDate>,
    actual_end: Option<NaiveDate>,
    /// Whether a date was given as a month or a year.
    is_rounded: bool,
}

impl Dates {
    /// None where no status event has a date.
    pub(super) fn of(
        project: &Project,
        provenance: &Provenance,
        provided: &Provided,
    ) -> Option<Self> {
        let horizon = provided.horizon;
        let today = horizon.as_of.min(horizon.known);
        let moves = || {
            let moves = project.events.iter().filter(|event| event.status.is_some());
            moves.filter_map(|event| event.on_date.zip(event.status))
        };
        let first = moves()
            .map(|(date, _)| date)
            .min_by_key(|date| date.first_day())?;
        let begun = moves()
            .filter(|(date, status)| *status == Status::Implementing && date.first_day() <= today)
            .map(|(date, _)| date)
            .min_by_key(|date| date.first_day());
        let actual_start = begun.map(PartialDate::first_day);
        let ended = provenance
            .status_on
            .filter(|_| provenance.status == Some(Status::Completed));
        let actual_end = ended
            .map(|date| date.last_day().min(today))
            .filter(|end| actual_start.is_none_or(|start| start <= *end));
        let is_day = |date: &PartialDate| matches!(date, PartialDate::Day(_));
        Some(Self {
            planned_start: first.first_day(),
            actual_start,
            actual_end,
            is_rounded: ![Some(first), begun, ended].iter().flatten().all(is_day),
        })
    }
}

/// What an activity is written from.
pub(super) struct Activity<'a> {
    pub(super) project: &'a Project,
    pub(super) provided: &'a Provided,
    pub(super) reporter: &'a Reporter,
    pub(super) status: Status,
    pub(super) dates: Dates,
}

impl Activity<'_> {
    /// Opens the activity and writes all of its elements; what comes after them is for the caller, who closes it.
    pub(super) fn write(&self, xml: &mut Xml<'_>, losses: &mut Losses<'_>) -> Result<(), Error> {
        xml.open("iati-activity", &[("xml:lang", "en".to_owned())])?;
        self.identity(xml)?;
        self.texts(xml)?;
        self.organisations(xml, losses)?;
        self.other_identifiers(xml, losses)?;
        xml.empty(
            "activity-status",
            &[("code", self.status.facts().iati.to_owned())],
        )?;
        self.dates(xml, losses)?;
        self.places(xml, losses)?;
        self.sectors(xml)?;
        for amount in &self.project.amounts {
            self.transaction(amount, xml, losses)?;
        }
        self.documents(xml, losses)
    }

    fn identity(&self, xml: &mut Xml<'_>) -> Result<(), Error> {
        let reporter = self.reporter;
        xml.text(
            "iati-identifier",
            &[],
            &reporter.identifier(&self.project.facts.code),
        )?;
        let attributes = [
            ("ref", reporter.reference.clone()),
            ("type", "90".to_owned()),
            ("secondary-reporter", "1".to_owned()),
        ];
        xml.open("reporting-org", &attributes)?;
        xml.narrative(language_of(&reporter.name), &reporter.name)?;
        xml.close()
    }

    /// Title and description: what is stated, each in its language.
    fn texts(&self, xml: &mut Xml<'_>) -> Result<(), Error> {
        let facts = &self.project.facts;
        // A reader would take a translation for the title that a source states.
        let translated = Translated::of(facts.title_zh_basis, facts.title_ja_basis);
        let mut titles: Vec<(&str, &str)> = [
            ("en", &facts.title_en),
            ("zh", &facts.title_zh),
            ("ja", &facts.title_ja),
        ]
        .into_iter()
        .filter(|(language, _)| !translated.is(language))
        .filter_map(|(language, title)| Some((language, title.as_deref()?)))
        .collect();
        if let (true, Some(original)) = (titles.is_empty(), facts.title_original.as_deref()) {
            titles.push((language_of(original), original));
        }
        xml.open("title", &[])?;
        for (language, title) in &titles {
            xml.narrative(language, title)?;
        }
        xml.close()?;
        xml.open("description", &[("type", "1".to_owned())])?;
        match facts.note.as_deref().filter(|note| !note.trim().is_empty()) {
            Some(note) => xml.narrative(language_of(note), note)?,
            None => {
                for (language, title) in &titles {
                    xml.narrative(language, title)?;
                }
            }
        }
        xml.close()
    }

    fn organisations(&self, xml: &mut Xml<'_>, losses: &mut Losses<'_>) -> Result<(), Error> {
        let mut written = Vec::new();
        for part in &self.project.participations {
            let loss = |why: &'static str| {
                message!(
                    "loss-part",
                    party = part.party,
                    role = part.role,
                    why = Message::from(why),
                    kept = "tpmc:participation"
                )
            };
            let role = codes::role(part.role);
            match role {
                _ if part.prospective => {
                    losses.note("participations", loss("loss-why-offered"));
                }
                None => losses.note("participations", loss("loss-why-role")),
                Some(role) => {
                    if part.share_percent.is_some() {
                        losses.note("participations", loss("loss-why-share"));
                    }
                    if !written.contains(&(&part.party, role)) {
                        written.push((&part.party, role));
                        let role = ("role", role.to_owned());
                        self.organisation("participating-org", Some(role), &part.party, xml)?;
                    }
                }
            }
        }
        if written.is_empty() {
            losses.note("participations", "loss-no-party");
            xml.open("participating-org", &[("role", "2".to_owned())])?;
            xml.narrative("en", "Not stated")?;
            xml.close()?;
        }
        Ok(())
    }

    /// Writes the element of this name that is about a party; what it has of its own comes first among its attributes.
    pub(super) fn organisation(
        &self,
        element: &str,
        own: Option<(&'static str, String)>,
        code: &str,
        xml: &mut Xml<'_>,
    ) -> Result<(), Error> {
        let mut attributes: Vec<_> = own.into_iter().collect();
        let party = self.provided.parties.get(code);
        if let Some(party) = party {
            let facts = &party.facts;
            let side =
                self.provided
                    .homes
                    .side(facts.side, facts.country.as_ref(), &self.project.hosts);
            attributes.push(("type", codes::organisation(facts.kind, side).to_owned()));
            let reference = party
                .identifiers
                .iter()
                .map(|identifier| format!("{}-{}", identifier.scheme, identifier.identifier));
            if let Some(reference) = reference.into_iter().find(|text| is_reference(text)) {
                attributes.push(("ref", reference));
            }
        }
        xml.open(element, &attributes)?;
        let names = party.map(|party| party.names()).unwrap_or_default();
        let stated = [("en", names.en), ("zh", names.zh), ("ja", names.ja)];
        let mut has_name = false;
        for (language, name) in stated {
            if let Some(name) = name {
                xml.narrative(language, name)?;
                has_name = true;
            }
        }
        if !has_name {
            let name = names.native.unwrap_or(code);
            xml.narrative(language_of(name), name)?;
        }
        xml.close()
    }

    fn other_identifiers(&self, xml: &mut Xml<'_>, losses: &mut Losses<'_>) -> Result<(), Error> {
        let internal = [
            ("ref", self.project.facts.id.to_string()),
            ("type", "A1".to_owned()),
        ];
        xml.empty("other-identifier", &internal)?;
        for identifier in &self.project.identifiers {
            let reference = format!("{}-{}", identifier.scheme, identifier.identifier);
            if is_reference(&reference) {
                xml.empty(
                    "other-identifier",
                    &[("ref", reference), ("type", "A9".to_owned())],
                )?;
            } else {
                losses.note(
                    "identifiers",
                    message!("loss-identifier", kept = "tpmc:project_identifier"),
                );
            }
        }
        Ok(())
    }

    fn dates(&self, xml: &mut Xml<'_>, losses: &mut Losses<'_>) -> Result<(), Error> {
        let dates = &self.dates;
        if dates.is_rounded {
            losses.note("events", "loss-rounded");
        }
        match dates.actual_start {
            Some(start) => xml.empty("activity-date", &date("2", start))?,
            None => {
                losses.note("events", "loss-no-start");
                xml.open("activity-date", &date("1", dates.planned_start))?;
                xml.narrative(
                    "en",
                    "Date of the first status recorded; a start of work is not stated",
                )?;
                xml.close()?;
            }
        }
        match dates.actual_end {
            Some(end) => xml.empty("activity-date", &date("4", end)),
            None => Ok(()),
        }
    }

    /// Countries, with equal percentages where there are several: the record does not state any.
    fn places(&self, xml: &mut Xml<'_>, losses: &mut Losses<'_>) -> Result<(), Error> {
        let hosts = &self.project.hosts;
        match hosts.len() {
            0 => {
                losses.note("hosts", "loss-no-host");
                let unspecified = [("code", "998".to_owned()), ("vocabulary", "1".to_owned())];
                return xml.empty("recipient-region", &unspecified);
            }
            1 => xml.empty("activity-scope", &[("code", "4".to_owned())])?,
            _ => {
                losses.note("hosts", "loss-equal-shares");
                xml.empty("activity-scope", &[("code", "3".to_owned())])?;
            }
        }
        for (host, percentage) in hosts.iter().zip(equal_shares(hosts.len())) {
            let mut attributes = vec![("code", host.to_string())];
            if hosts.len() > 1 {
                attributes.push(("percentage", percentage));
            }
            xml.empty("recipient-country", &attributes)?;
        }
        Ok(())
    }

    fn sectors(&self, xml: &mut Xml<'_>) -> Result<(), Error> {
        let sector = self.project.facts.sector;
        let nearest = [
            ("vocabulary", "2".to_owned()),
            ("code", codes::sector(sector).to_owned()),
        ];
        xml.empty("sector", &nearest)?;
        let Some(sector) = sector else { return Ok(()) };
        let own = [
            ("vocabulary", "99".to_owned()),
            ("code", sector.to_string()),
        ];
        xml.open("sector", &own)?;
        xml.narrative("en", sector.word())?;
        xml.close()
    }

    fn documents(&self, xml: &mut Xml<'_>, losses: &mut Losses<'_>) -> Result<(), Error> {
        let codes = crate::report::ProjectReport::source_codes(self.project);
        for source in codes
            .iter()
            .filter_map(|code| self.provided.sources.get(code))
        {
            match source.link_address().and_then(crate::exchange::web_address) {
                Some(url) => document(source, url, xml)?,
                None => losses.note(
                    "citations",
                    message!(
                        "loss-no-address",
                        source = source.code,
                        kept = "tpmc:named_source"
                    ),
                ),
            }
        }
        Ok(())
    }
}

fn document(source: &Source, url: String, xml: &mut Xml<'_>) -> Result<(), Error> {
    let format = codes::file_format(&url).to_owned();
    xml.open("document-link", &[("format", format), ("url", url)])?;
    let title = source.title.as_deref().or(source.publisher.as_deref());
    let title = title.unwrap_or(&source.code);
    xml.open("title", &[])?;
    xml.narrative(language_of(title), title)?;
    xml.close()?;
    xml.empty("category", &[("code", "A12".to_owned())])?;
    let language = source
        .language
        .as_deref()
        .filter(|code| matches!(*code, "en" | "ja" | "zh"));
    if let Some(language) = language {
        xml.empty("language", &[("code", language.to_owned())])?;
    }
    xml.close()
}

fn date(kind: &str, day: NaiveDate) -> [(&'static str, String); 2] {
    [("type", kind.to_owned()), ("iso-date", day.to_string())]
}

/// Percentages of equal shares that sum to 100 exactly: the first ones take what is left over.
fn equal_shares(count: usize) -> impl Iterator<Item = String> {
    let (each, left) = (10_000 / count.max(1), 10_000 % count.max(1));
    (0..count).map(move |place| {
        let share = each + usize::from(place < left);
        format!("{}.{:02}", share / 100, share % 100)
    })
}

/// Whether a text can be a reference: no blanks and none of the characters that the standard forbids in one.
fn is_reference(text: &str) -> bool {
    !text
        .chars()
        .any(|letter| letter.is_whitespace() || letter.is_control() || "/&|?".contains(letter))
        && text.chars().all(super::xml::is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_to_a_hundred() {
        for count in 1..60 {
            let sum: u32 = equal_shares(count)
                .map(|share| share.replace('.', "").parse::<u32>().expect("digits"))
                .sum();
            assert_eq!(sum, 10_000);
        }
        assert_eq!(
            equal_shares(3).collect::<Vec<_>>(),
            ["33.34", "33.33", "33.33"]
        );
    }
}
