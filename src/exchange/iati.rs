//! IATI activities, version 2.03 (iatistandard.org): one activity a project, written one after the other.
//!
//! What the standard has no element for is kept whole in elements of our own namespace at the end of each activity, and named
//! in the loss report. A project without a status or without any date is left out: the standard demands both, and we make up
//! neither. Texts whose language the record does not state are given the one of their script: kana is Japanese, other Chinese
//! characters are Chinese, everything else is English.

mod activity;
mod codes;
mod money;
mod own;
mod xml;

use serde_json::Value;

use super::loss::Losses;
use super::tables::Table;
use super::{Error, Exporter, Loss, Provided, Reporter, Sink};
use crate::message::Message;
use crate::store::{Document, Kind, Party, Project};
use xml::Xml;

/// The namespace of what fits nowhere.
const NAMESPACE: &str = "urn:x-tpmc:iati:1";

/// Writes IATI activities.
pub(crate) struct Iati<'a> {
    xml: Xml<'a>,
    reporter: Reporter,
    losses: Vec<Loss>,
    is_empty: bool,
}

impl<'a> Iati<'a> {
    pub(crate) fn new(
        sink: Sink<'a>,
        reporter: Reporter,
        provided: &Provided,
    ) -> Result<Self, Error> {
        let mut xml = Xml::begin(sink)?;
        let mut attributes = vec![("version", "2.03".to_owned())];
        if let Some(recorded_at) = provided.recorded_at {
            attributes.push(("generated-datetime", recorded_at.to_string()));
        }
        attributes.push(("xmlns:tpmc", NAMESPACE.to_owned()));
        xml.open("iati-activities", &attributes)?;
        Ok(Self {
            xml,
            reporter,
            losses: Vec::new(),
            is_empty: true,
        })
    }
}

impl Exporter for Iati<'_> {
    fn wants(&self, kind: Kind) -> bool {
        kind == Kind::Project
    }

    fn record(&mut self, document: &Document, provided: &Provided) -> Result<(), Error> {
        let Document::Project(project) = document else {
            return Ok(());
        };
        let mut losses = Losses {
            code: project.facts.code.as_str(),
            found: &mut self.losses,
        };
        let provenance = provided.provenance(project);
        let dates = activity::Dates::of(project, &provenance, provided);
        let (Some(status), Some(dates)) = (provenance.status, dates) else {
            losses.note("events", "loss-no-status-and-date");
            return Ok(());
        };
        self.is_empty = false;
        let activity = activity::Activity {
            project,
            provided,
            reporter: &self.reporter,
            status,
            dates,
        };
        activity.write(&mut self.xml, &mut losses)?;
        own::write(document, &provenance, &mut self.xml)?;
        kept_apart(project, &mut losses);
        unwritable(&document.to_value()?, provided, project, &mut losses)?;
        self.xml.close()
    }

    fn finish(&mut self) -> Result<(), Error> {
        if self.is_empty {
            return Err(Error::Nothing("error-nothing-for-iati"));
        }
        self.xml.close()?;
        self.xml.end()
    }

    fn take_losses(&mut self) -> Vec<Loss> {
        std::mem::take(&mut self.losses)
    }
}

/// Names the fields with characters that XML cannot hold.
fn unwritable(
    value: &Value,
    provided: &Provided,
    project: &Project,
    losses: &mut Losses<'_>,
) -> Result<(), Error> {
    fn is_unwritable(value: &Value) -> bool {
        match value {
            Value::String(text) => text.contains(|letter| !xml::is_allowed(letter)),
            Value::Array(items) => items.iter().any(is_unwritable),
            Value::Object(fields) => fields.values().any(is_unwritable),
            _ => false,
        }
    }
    let fields = Table::of(Kind::Project).map_or(&[][..], |table| table.columns);
    let fields = fields.iter().map(|column| column.name);
    let lists = Table::lists_of(Kind::Project).map(|(_, list)| list.field);
    for field in fields.chain(lists) {
        if value.get(field).is_some_and(is_unwritable) {
            losses.note(field, "loss-characters");
        }
    }
    for part in &project.participations {
        let names = provided.parties.get(&part.party).map(Party::names);
        let mut names = names
            .into_iter()
            .flat_map(|names| [names.en, names.zh, names.ja, names.native]);
        if names
            .any(|name| name.is_some_and(|name| name.contains(|letter| !xml::is_allowed(letter))))
        {
            losses.note(
                "participations",
                message!("loss-name-characters", party = part.party),
            );
        }
    }
    Ok(())
}

/// Names what the standard has no element for.
fn kept_apart(project: &Project, losses: &mut Losses<'_>) {
    let counts = [
        ("events", "loss-no-history", project.events.len()),
        ("risks", "loss-no-risks", project.risks.len()),
        ("objectives", "loss-no-objectives", project.objectives.len()),
    ];
    for (field, key, count) in counts.into_iter().filter(|(.., count)| *count > 0) {
        let what = Message::new(key).with("count", &count);
        losses.note(field, what.with("kept", "tpmc:*"));
    }
    if let Some(word) = project.facts.instrument {
        losses.note(
            "instrument",
            message!("loss-binding", word, kept = "tpmc:instrument"),
        );
    }
    if let Some(word) = project.facts.mode {
        losses.note("mode", message!("loss-no-modes", word, kept = "tpmc:mode"));
    }
}
