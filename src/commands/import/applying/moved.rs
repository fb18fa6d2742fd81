//! What happened to the registry between the making of a plan and its application.

use std::collections::HashMap;

use crate::domain::{ProjectIdentity, fold};
use crate::error::Error;
use crate::store::{Document, Kind, Writer};

/// What happened to the registry since the plan was made.
#[derive(Default)]
pub(super) struct Moved {
    pub(super) records: HashMap<(Kind, String), ()>,
    /// Projects that are new since then.
    pub(super) projects: Vec<(String, ProjectIdentity)>,
    /// Names of the parties that are new since then, folded, with their codes.
    pub(super) parties: HashMap<String, String>,
    pub(super) in_the_way: Vec<String>,
}

impl Moved {
    pub(super) fn since(batch: i64, writer: &mut Writer<'_>) -> Result<Self, Error> {
        let mut moved = Self::default();
        let mut reader = writer.reader();
        let last = reader.last_batch()?.map_or(0, |batch| batch.number);
        if last <= batch {
            return Ok(moved);
        }
        let touched = reader.touched(batch, last)?;
        for kind in [Kind::Project, Kind::Party, Kind::Source] {
            for place in touched.places_of(kind) {
                let step = reader.trace(&touched, place)?.read()?;
                if step.before == step.after {
                    continue;
                }
                match (&step.before, &step.after) {
                    (None, Some(Document::Project(project))) => {
                        let new = (step.code.clone(), project.identity());
                        moved.projects.push(new);
                    }
                    (None, Some(Document::Party(party))) => {
                        let names = party.names();
                        for name in [names.en, names.zh, names.ja, names.native] {
                            moved
                                .parties
                                .extend(name.map(|name| (fold(name), step.code.clone())));
                        }
                    }
                    _ => {}
                }
                moved.records.insert((kind, step.code), ());
            }
        }
        Ok(moved)
    }

    pub(super) fn check(&mut self, kind: Kind, code: &str) {
        if self.records.contains_key(&(kind, code.to_owned())) {
            self.in_the_way(kind, code);
        }
    }

    pub(super) fn in_the_way(&mut self, kind: Kind, code: &str) {
        let named = format!("{kind} {code}");
        if !self.in_the_way.contains(&named) {
            self.in_the_way.push(named);
        }
    }
}
