//! An OC4IDS project package, version 0.9.5 (standard.open-contracting.org/infrastructure): one project after the other.
//!
//! The whole record stands under the key `x_tpmc` of each project, which the standard allows; the loss report names what has
//! no place elsewhere. Dates of a month or a year are written as their first day.

mod codes;

use serde_json::{Map, Value, json};

use super::loss::Losses;
use super::{Error, Exporter, Loss, Provided, Reporter, Sink, web_address};
use crate::domain::*;
use crate::message::Message;
use crate::report::{ProjectReport, Provenance};
use crate::store::{Amount, Document, Kind, Party, Project};

/// The key under which a project's whole record stands.
const RECORD: &str = "x_tpmc";

/// Writes a project package.
pub(crate) struct Oc4ids<'a> {
    sink: Sink<'a>,
    reporter: Reporter,
    losses: Vec<Loss>,
    is_first: bool,
}

impl<'a> Oc4ids<'a> {
    pub(crate) fn new(
        sink: Sink<'a>,
        reporter: Reporter,
        provided: &Provided,
    ) -> Result<Self, Error> {
        let recorded_at = provided
            .recorded_at
            .map_or_else(|| day(provided.horizon.known), |at| at.to_string());
        let head = json!({
            "publishedDate": recorded_at,
            "publisher": {"name": reporter.name, "uid": reporter.reference},
            "uri": format!("urn:uuid:{}", seeded_id("oc4ids", &format!("{}/{recorded_at}", reporter.reference))),
            "version": "0.9",
        });
        let head = head.to_string();
        write!(
            sink,
            "{},\"projects\":[",
            head.strip_suffix('}').unwrap_or(&head)
        )?;
        Ok(Self {
            sink,
            reporter,
            losses: Vec::new(),
            is_first: true,
        })
    }
}

impl Exporter for Oc4ids<'_> {
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
        let mut written = Writing {
            project,
            provided,
            provenance: &provenance,
        }
        .project(&self.reporter, &mut losses);
        let mut record = document.to_value()?;
        if let Some(fields) = record.as_object_mut() {
            fields.insert("provenance".to_owned(), serde_json::to_value(&provenance)?);
        }
        written.insert(RECORD.to_owned(), record);
        self.sink
            .write_all(if self.is_first { b"\n" } else { b",\n" })?;
        self.is_first = false;
        serde_json::to_writer(&mut *self.sink, &written)?;
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Error> {
        if self.is_first {
            return Err(Error::Nothing("error-nothing-for-oc4ids"));
        }
        Ok(self.sink.write_all(b"\n]}\n")?)
    }

    fn take_losses(&mut self) -> Vec<Loss> {
        std::mem::take(&mut self.losses)
    }
}

/// A day as the standard writes it.
fn day(day: chrono::NaiveDate) -> String {
    format!("{day}T00:00:00Z")
}

fn date(date: PartialDate) -> String {
    day(date.first_day())
}

/// A text, when it says anything.
fn said(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

/// A project on its way into the package.
struct Writing<'a> {
    project: &'a Project,
    provided: &'a Provided,
    provenance: &'a Provenance,
}

/// An object without the keys that have no value and the lists that are empty.
fn object<const N: usize>(fields: [(&str, Value); N]) -> Map<String, Value> {
    let is_stated =
        |value: &Value| !value.is_null() && value.as_array().is_none_or(|list| !list.is_empty());
    let stated = fields.into_iter().filter(|(_, value)| is_stated(value));
    stated
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

impl Writing<'_> {
    fn project(&self, reporter: &Reporter, losses: &mut Losses<'_>) -> Map<String, Value> {
        let facts = &self.project.facts;
        let status = self.status(losses);
        self.name_what_has_no_place(losses);
        let sector = facts.sector.and_then(|word| {
            if codes::sector(word).is_none() {
                losses.note("sector", message!("loss-no-sector", word, kept = RECORD));
            }
            codes::sector(word)
        });
        let identifiers = self
            .project
            .identifiers
            .iter()
            .filter(|identifier| !identifier.identifier.is_empty());
        let identifiers = identifiers
            .map(|identifier| json!({"id": identifier.identifier, "scheme": identifier.scheme}));
        object([
            ("id", reporter.identifier(&facts.code).into()),
            (
                "title",
                self.project.titles().for_reader(Language::English).into(),
            ),
            ("description", facts.note.as_deref().and_then(said).into()),
            ("status", status.into()),
            ("sector", sector.map(|sector| json!([sector])).into()),
            ("identifiers", identifiers.collect::<Vec<_>>().into()),
            ("locations", self.locations().into()),
            ("parties", self.parties(losses).into()),
            ("budget", self.budget(losses).into()),
            ("milestones", self.milestones().into()),
            ("documents", self.documents(losses).into()),
        ])
    }

    fn status(&self, losses: &mut Losses<'_>) -> Option<&'static str> {
        let status = self.provenance.status?;
        if let Some(phase) = status.facts().oc4ids {
            return Some(phase);
        }
        losses.note("events", message!("loss-no-status", word = status));
        let moves = self
            .project
            .events
            .iter()
            .filter_map(|event| Some((event.on_date?, event.status?)));
        let before = moves.filter(|(_, status)| status.rank().is_some());
        before
            .max_by_key(|(date, _)| date.last_day())
            .and_then(|(_, status)| status.facts().oc4ids)
    }

    fn name_what_has_no_place(&self, losses: &mut Losses<'_>) {
        let facts = &self.project.facts;
        if let Some(mode) = facts.mode {
            losses.note(
                "mode",
                message!("loss-no-modes", word = mode, kept = RECORD),
            );
        }
        if let Some(instrument) = facts.instrument {
            losses.note(
                "instrument",
                message!("loss-binding", word = instrument, kept = RECORD),
            );
        }
        let risks = self.project.risks.len();
        if risks > 0 {
            losses.note(
                "risks",
                message!("loss-no-risks", count = risks, kept = RECORD),
            );
        }
        let titles = [&facts.title_zh, &facts.title_ja, &facts.title_original];
        if titles.into_iter().flatten().count() > 0 {
            losses.note("title", message!("loss-one-title", kept = RECORD));
        }
    }

    fn locations(&self) -> Vec<Value> {
        let hosts = self.project.hosts.iter().map(|host| {
            let country = self.provided.countries.get(host.as_str());
            let name = country.map_or(host.as_str(), |country| &country.name_en);
            json!({"id": host, "address": {"countryName": name}})
        });
        hosts.collect()
    }

    /// One entry a party, with all its roles.
    fn parties(&self, losses: &mut Losses<'_>) -> Vec<Value> {
        let mut parties: Vec<(&str, Vec<&str>)> = Vec::new();
        for part in &self.project.participations {
            let loss = |why: &'static str| {
                message!(
                    "loss-part",
                    party = part.party,
                    role = part.role,
                    why = Message::from(why),
                    kept = RECORD
                )
            };
            if part.prospective {
                losses.note("participations", loss("loss-why-offered"));
                continue;
            }
            if part.share_percent.is_some() {
                losses.note("participations", loss("loss-why-share"));
            }
            let role = codes::role(part.role);
            if role.is_none() {
                losses.note("participations", loss("loss-why-role"));
            }
            match parties.iter_mut().find(|(party, _)| *party == part.party) {
                Some((_, roles)) => roles.extend(role),
                None => parties.push((&part.party, role.into_iter().collect())),
            }
        }
        let organisation = |(code, mut roles): (&str, Vec<&str>)| {
            roles.sort_unstable();
            roles.dedup();
            let party = self.provided.parties.get(code);
            let name = party.map_or(code, |party| party.names().for_reader(Language::English));
            object([
                ("id", code.into()),
                ("name", name.into()),
                ("roles", roles.into()),
                ("identifier", party.and_then(identifier).into()),
                (
                    "address",
                    party.and_then(|party| self.address(party)).into(),
                ),
            ])
            .into()
        };
        parties.into_iter().map(organisation).collect()
    }

    fn address(&self, party: &Party) -> Option<Value> {
        let country = party.facts.country.as_ref()?;
        let country = self.provided.countries.get(country.as_str())?;
        Some(json!({"countryName": country.name_en}))
    }

    /// The project's total cost is its budget; loans and equity are not parts of it that could be added up.
    fn budget(&self, losses: &mut Losses<'_>) -> Option<Value> {
        let mut budget = None;
        for amount in &self.project.amounts {
            let value = self.value(amount);
            if amount.kind == AmountKind::TotalCost && budget.is_none() && value.is_some() {
                let note = amount.note.as_deref().and_then(said);
                let basis = format!(
                    "{}{}",
                    amount.basis,
                    if amount.estimated { ", estimated" } else { "" }
                );
                if let Some(party) = &amount.party {
                    losses.note(
                        "amounts",
                        message!(
                            "loss-amount-of",
                            number = amount.number,
                            party,
                            kept = RECORD
                        ),
                    );
                }
                let description = note.map_or(basis.clone(), |note| format!("{basis}: {note}"));
                budget = value.map(|value| json!({"amount": value, "description": description}));
            } else {
                losses.note(
                    "amounts",
                    message!(
                        "loss-amount-kind",
                        number = amount.number,
                        kind = amount.kind,
                        basis = amount.basis,
                        kept = RECORD
                    ),
                );
            }
        }
        budget
    }

    fn value(&self, amount: &Amount) -> Option<Value> {
        let code = amount.currency.as_str();
        let units = self.provided.units(amount)?;
        let number: serde_json::Number = units.parse().ok()?;
        (!codes::UNKNOWN_CURRENCIES.contains(&code))
            .then(|| json!({"amount": number, "currency": code}))
    }

    /// Every event: what happened is a milestone that was met.
    fn milestones(&self) -> Vec<Value> {
        let milestones = self.project.events.iter().map(|event| {
            let what = event
                .status
                .map_or_else(|| event.kind.to_string(), |status| status.to_string());
            let status = if event.on_date.is_some() {
                "met"
            } else {
                "scheduled"
            };
            object([
                ("id", event.number.to_string().into()),
                ("title", what.into()),
                ("description", event.text.as_deref().and_then(said).into()),
                ("dueDate", event.due_on.map(date).into()),
                ("dateMet", event.on_date.map(date).into()),
                (
                    "status",
                    if event.kind == EventKind::Note {
                        Value::Null
                    } else {
                        status.into()
                    },
                ),
            ])
            .into()
        });
        milestones.collect()
    }

    fn documents(&self, losses: &mut Losses<'_>) -> Vec<Value> {
        let codes = ProjectReport::source_codes(self.project);
        let sources = codes
            .iter()
            .filter_map(|code| self.provided.sources.get(code));
        let documents = sources.map(|source| {
            let url = source.link_address().and_then(web_address);
            if url.is_none() {
                losses.note(
                    "citations",
                    message!("loss-no-address-named", source = source.code),
                );
            }
            let title = source
                .title
                .as_deref()
                .or(source.publisher.as_deref())
                .and_then(said);
            object([
                ("id", source.code.as_str().into()),
                ("title", title.into()),
                (
                    "description",
                    format!("Confidence: {}", source.confidence).into(),
                ),
                ("url", url.into()),
                ("language", source.language.as_deref().into()),
                ("author", source.publisher.as_deref().and_then(said).into()),
            ])
            .into()
        });
        documents.collect()
    }
}

/// The first identifier of a party.
fn identifier(party: &Party) -> Option<Value> {
    let first = party.identifiers.first()?;
    Some(json!({"scheme": first.scheme, "id": first.identifier}))
}
