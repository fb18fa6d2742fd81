//! The records of an export, handed to an exporter a page at a time with what they refer to.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;

use super::losses::Losses;
use crate::commands::filter::FilterArgs;
use crate::context::Context;
use crate::error::Error;
use crate::exchange::{Exporter, Provided};
use crate::report::ProjectReport;
use crate::store::{Document, Filter, Kind, Party, Project, Reader, Wanted};

/// Records that are read at once.
pub(super) const PAGE: i64 = 500;
/// Parties that are kept at hand: most take part in several projects.
const PARTIES_AT_HAND: usize = 10_000;

/// The chosen records.
pub(super) struct Feed<'a, 'b> {
    reader: &'a mut Reader<'b>,
    losses: Losses<'a>,
    provided: Provided,
    chosen: Option<Chosen>,
}

/// Codes of what a filter chooses, and of what that refers to.
#[derive(Default)]
struct Chosen {
    projects: HashSet<String>,
    parties: BTreeSet<String>,
    sources: BTreeSet<String>,
}

impl<'a, 'b> Feed<'a, 'b> {
    pub(super) fn new(
        context: &'a Context,
        reader: &'a mut Reader<'b>,
        filter: &FilterArgs,
        loss: Option<&Path>,
    ) -> Result<Self, Error> {
        let horizon = context.horizon(reader)?;
        let recorded_at = match context.known_at {
            Some(known_at) => Some(known_at),
            None => reader.last_batch()?.map(|batch| batch.recorded_at),
        };
        let countries = reader.all()?.into_iter();
        let currencies = reader.all()?.into_iter();
        let provided = Provided {
            horizon,
            recorded_at,
            parties: HashMap::new(),
            sources: HashMap::new(),
            countries: countries
                .map(|country: crate::store::Country| (country.code.clone(), country))
                .collect(),
            currencies: currencies
                .map(|currency: crate::store::Currency| (currency.code.clone(), currency))
                .collect(),
        };
        let mut feed = Self {
            losses: Losses::new(context, loss)?,
            reader,
            provided,
            chosen: None,
        };
        let filter = filter.resolve(feed.reader)?;
        if filter != Filter::default() {
            feed.choose(&filter)?;
        }
        Ok(feed)
    }

    pub(super) fn provided(&self) -> &Provided {
        &self.provided
    }

    /// Works out what the filter chooses, and what that refers to.
    fn choose(&mut self, filter: &Filter) -> Result<(), Error> {
        let lines = self
            .reader
            .lines(filter, self.provided.horizon, Wanted::EVERYTHING, None)?;
        let mut chosen = Chosen::default();
        for line in lines {
            let code = line.facts.code.as_str();
            chosen.projects.insert(code.to_owned());
            let Some(Document::Project(project)) = self.reader.document(Kind::Project, code)?
            else {
                continue;
            };
            let project = project.within(self.provided.horizon);
            let parties = project.participations.iter().map(|part| part.party.clone());
            chosen.parties.extend(parties);
            chosen.sources.extend(ProjectReport::source_codes(&project));
        }
        for forum in self.reader.all::<crate::store::Forum>()? {
            chosen.sources.extend(forum.source);
        }
        self.chosen = Some(chosen);
        Ok(())
    }

    /// Hands all chosen records to `exporter`.
    pub(super) fn run(mut self, exporter: &mut dyn Exporter) -> Result<(), Error> {
        for kind in Kind::ALL.iter().copied() {
            if !exporter.wants(kind) {
                continue;
            }
            let mut after = None::<String>;
            loop {
                let page = self.reader.page(kind, after.as_deref(), PAGE)?;
                let Some(last) = page.last() else { break };
                after = Some(last.code().to_owned());
                let page: Vec<Document> = page
                    .into_iter()
                    .filter(|document| self.is_chosen(document))
                    .map(|document| self.as_it_stood(document))
                    .collect();
                self.provide(&page)?;
                for document in &page {
                    exporter.record(document, &self.provided)?;
                    self.losses.report(exporter.take_losses())?;
                }
            }
        }
        exporter.finish()?;
        self.losses.finish()
    }

    fn is_chosen(&self, document: &Document) -> bool {
        let (Some(chosen), code) = (&self.chosen, document.code()) else {
            return true;
        };
        match document.kind() {
            Kind::Project => chosen.projects.contains(code),
            Kind::Party => chosen.parties.contains(code),
            Kind::Source => chosen.sources.contains(code),
            Kind::Country | Kind::Currency | Kind::Forum => true,
            Kind::MechanismEvent
            | Kind::GuidelineCase
            | Kind::IndicatorObservation
            | Kind::Judgement
            | Kind::Waiver
            | Kind::ExchangeRate
            | Kind::Mapping
            | Kind::Refusal => false,
        }
    }

    fn as_it_stood(&self, document: Document) -> Document {
        match document {
            Document::Project(project) => project.within(self.provided.horizon).into(),
            document => document,
        }
    }

    /// Reads the parties and the sources that the projects of a page refer to.
    fn provide(&mut self, page: &[Document]) -> Result<(), Error> {
        let projects: Vec<&Project> = page
            .iter()
            .filter_map(|document| match document {
                Document::Project(project) => Some(&**project),
                _ => None,
            })
            .collect();
        let sources: BTreeSet<String> = projects
            .iter()
            .flat_map(|project| ProjectReport::source_codes(project))
            .collect();
        let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
        self.provided.sources = self.reader.sources(&sources)?;
        if self.provided.parties.len() > PARTIES_AT_HAND {
            self.provided.parties.clear();
        }
        for part in projects.iter().flat_map(|project| &project.participations) {
            if !self.provided.parties.contains_key(&part.party) {
                let party: Party = self.reader.one(&part.party)?;
                self.provided.parties.insert(part.party.clone(), party);
            }
        }
        Ok(())
    }
}
