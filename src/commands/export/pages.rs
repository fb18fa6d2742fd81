//! Pages of records, read with what they refer to.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::domain::Horizon;
use crate::error::Error;
use crate::exchange::Provided;
use crate::report::ProjectReport;
use crate::store::{Document, Filter, Kind, Party, Project, Reader, Source, Wanted};

/// Records that are read at once.
pub(super) const PAGE: i64 = 500;
/// Parties that are kept at hand: most take part in several projects.
const PARTIES_AT_HAND: usize = 50_000;

/// Codes of what a filter chooses, and of what that refers to.
#[derive(Default)]
pub(super) struct Chosen {
    projects: HashSet<String>,
    parties: BTreeSet<String>,
    sources: BTreeSet<String>,
}

impl Chosen {
    /// Works out what the filter chooses, and what that refers to.
    pub(super) fn by(
        filter: &Filter,
        horizon: Horizon,
        reader: &mut Reader<'_>,
    ) -> Result<Self, Error> {
        let lines = reader.lines(filter, horizon, Wanted::EVERYTHING, None)?;
        let mut chosen = Self::default();
        for line in lines {
            let code = line.facts.code.as_str();
            chosen.projects.insert(code.to_owned());
            let Some(Document::Project(project)) = reader.document(Kind::Project, code)? else {
                continue;
            };
            let project = project.within(horizon);
            chosen.parties.extend(project.party_codes().cloned());
            chosen.sources.extend(ProjectReport::source_codes(&project));
        }
        for forum in reader.all::<crate::store::Forum>()? {
            chosen.sources.extend(forum.source);
        }
        Ok(chosen)
    }

    fn has(&self, document: &Document) -> bool {
        let code = document.code();
        match document.kind() {
            Kind::Project => self.projects.contains(code),
            Kind::Party => self.parties.contains(code),
            Kind::Source => self.sources.contains(code),
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
}

/// Records, and what they refer to that was not at hand.
pub(super) struct Page {
    pub(super) documents: Vec<Document>,
    sources: HashMap<String, Source>,
    parties: Vec<Party>,
    /// Whether the parties of earlier pages are to be forgotten.
    begins_anew: bool,
}

impl Page {
    /// Puts at hand what the records refer to.
    pub(super) fn provide(&self, provided: &mut Provided) {
        if self.begins_anew {
            provided.parties.clear();
        }
        for party in &self.parties {
            let code = party.facts.code.clone();
            provided.parties.insert(code, party.clone());
        }
        provided.sources.clone_from(&self.sources);
    }
}

/// Reads pages.
pub(super) struct Pages<'a, 'b> {
    reader: &'a mut Reader<'b>,
    chosen: Option<Chosen>,
    horizon: Horizon,
    at_hand: HashSet<String>,
}

impl<'a, 'b> Pages<'a, 'b> {
    pub(super) fn new(
        reader: &'a mut Reader<'b>,
        chosen: Option<Chosen>,
        horizon: Horizon,
    ) -> Self {
        Self {
            reader,
            chosen,
            horizon,
            at_hand: HashSet::new(),
        }
    }

    /// Reads the chosen records of the kinds; `take` gets their pages until it answers false.
    pub(super) fn run(
        &mut self,
        kinds: &[Kind],
        mut take: impl FnMut(Page) -> bool,
    ) -> Result<(), Error> {
        for kind in kinds {
            let mut after = None::<String>;
            loop {
                let page = self.reader.page(*kind, after.as_deref(), PAGE)?;
                let Some(last) = page.last() else { break };
                after = Some(last.code().to_owned());
                let chosen = page.into_iter().filter(|document| {
                    let chosen = self.chosen.as_ref();
                    chosen.is_none_or(|chosen| chosen.has(document))
                });
                let documents = chosen.map(|document| self.as_it_stood(document)).collect();
                let page = self.with_what_it_needs(documents)?;
                if !take(page) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn as_it_stood(&self, document: Document) -> Document {
        match document {
            Document::Project(project) => project.within(self.horizon).into(),
            document => document,
        }
    }

    /// Reads the parties and the sources that the projects of a page refer to.
    fn with_what_it_needs(&mut self, documents: Vec<Document>) -> Result<Page, Error> {
        let projects: Vec<&Project> = documents
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
        let sources = self.reader.sources(&sources)?;
        let begins_anew = self.at_hand.len() > PARTIES_AT_HAND;
        if begins_anew {
            self.at_hand.clear();
        }
        let named = projects.iter().flat_map(|project| project.party_codes());
        let wanted: BTreeSet<&str> = named
            .map(String::as_str)
            .filter(|party| !self.at_hand.contains(*party))
            .collect();
        let wanted: Vec<&str> = wanted.into_iter().collect();
        let parties = self.reader.parties(&wanted)?;
        let read = parties.iter().map(|party| party.facts.code.clone());
        self.at_hand.extend(read);
        Ok(Page {
            documents,
            sources,
            parties,
            begins_anew,
        })
    }
}
