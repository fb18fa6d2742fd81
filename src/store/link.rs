//! What refers to what: so that a refusal can name the records at both ends of a broken link.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::backend::Db;
use super::record::{Document, Kind};
use super::schema::*;
use super::{Error, Reader};

impl Document {
    /// The records that this one refers to.
    pub(crate) fn references(&self) -> BTreeSet<(Kind, String)> {
        let mut found = BTreeSet::new();
        let mut add = |kind: Kind, code: &dyn ToString| {
            found.insert((kind, code.to_string()));
        };
        let source = |code: &String| (Kind::Source, code.clone());
        match self {
            // Judgements, waivers and refusals outlive the records that they are about.
            Self::Country(_)
            | Self::Currency(_)
            | Self::Source(_)
            | Self::Judgement(_)
            | Self::Waiver(_)
            | Self::Mapping(_)
            | Self::Refusal(_) => {}
            Self::Forum(forum) => found.extend(forum.source.iter().map(source)),
            Self::Party(party) => {
                if let Some(country) = &party.facts.country {
                    add(Kind::Country, country);
                }
            }
            Self::Project(project) => found = of_project(project),
            Self::MechanismEvent(event) => found.extend(event.sources.iter().map(source)),
            Self::GuidelineCase(case) => {
                if let Some(project) = &case.facts.project {
                    add(Kind::Project, project);
                }
                for country in case.hosts.iter().chain(&case.partner_countries) {
                    add(Kind::Country, country);
                }
                found.extend(case.sources.iter().map(source));
            }
            Self::IndicatorObservation(observation) => {
                add(Kind::Source, &observation.source);
            }
            Self::ExchangeRate(rate) => {
                add(Kind::Currency, &rate.from_currency);
                add(Kind::Currency, &rate.to_currency);
                add(Kind::Source, &rate.source);
            }
        }
        found
    }
}

fn of_project(project: &super::Project) -> BTreeSet<(Kind, String)> {
    let forum = project.facts.forum.iter().cloned();
    let hosts = project.hosts.iter().map(ToString::to_string);
    let parties = project.party_codes().cloned();
    let currencies = project.amounts.iter();
    let events = project
        .events
        .iter()
        .filter_map(|event| event.source.clone());
    let amounts = project
        .amounts
        .iter()
        .filter_map(|amount| amount.source.clone());
    let risks = project.risks.iter().filter_map(|risk| risk.source.clone());
    let sources = project.citations.iter().cloned().chain(events);
    let sources = sources.chain(amounts).chain(risks);
    forum
        .map(|code| (Kind::Forum, code))
        .chain(hosts.map(|code| (Kind::Country, code)))
        .chain(parties.map(|code| (Kind::Party, code)))
        .chain(currencies.map(|amount| (Kind::Currency, amount.currency.to_string())))
        .chain(sources.map(|code| (Kind::Source, code)))
        .collect()
}

/// The records of `$kind` whose rows of `$table` meet `$condition`.
macro_rules! users {
    ($found:ident, $at_most:ident, $db:ident, $($kind:ident: $table:ident . $owner:ident where $column:ident = $code:expr;)+) => {$(
        let rows = $table::table.filter($table::$column.eq($code)).select($table::$owner).distinct();
        let codes: Vec<String> = rows.order($table::$owner).limit($at_most).load($db)?;
        $found.extend(codes.into_iter().map(|code| (Kind::$kind, code)));
    )+};
}

impl Reader<'_> {
    /// Records that refer to this one; of each table at most so many.
    pub(crate) fn users_of(
        &mut self,
        kind: Kind,
        code: &str,
        at_most: i64,
    ) -> Result<BTreeSet<(Kind, String)>, Error> {
        let mut found = BTreeSet::new();
        users_of(kind, code, at_most, &mut found, self.db)?;
        Ok(found)
    }
}

fn users_of(
    kind: Kind,
    code: &str,
    at_most: i64,
    found: &mut BTreeSet<(Kind, String)>,
    db: &mut Db,
) -> Result<(), Error> {
    match kind {
        Kind::Country => {
            users! { found, at_most, db,
                Project: project_host.project where country = code;
                Party: party.code where country = code;
                GuidelineCase: guideline_case_country.guideline_case where country = code;
            }
        }
        Kind::Currency => {
            users! { found, at_most, db,
                Project: amount.project where currency = code;
                ExchangeRate: exchange_rate.code where from_currency = code;
                ExchangeRate: exchange_rate.code where to_currency = code;
            }
        }
        Kind::Source => {
            users! { found, at_most, db,
                Project: citation.project where source = code;
                Project: event.project where source = code;
                Project: amount.project where source = code;
                Project: risk.project where source = code;
                Forum: forum.code where source = code;
                MechanismEvent: mechanism_event_source.mechanism_event where source = code;
                GuidelineCase: guideline_case_source.guideline_case where source = code;
                IndicatorObservation: indicator_observation.code where source = code;
                ExchangeRate: exchange_rate.code where source = code;
            }
        }
        Kind::Forum => {
            users! { found, at_most, db, Project: project.code where forum = code; }
        }
        Kind::Party => {
            users! { found, at_most, db,
                Project: participation.project where party = code;
                Project: amount.project where party = code;
            }
        }
        Kind::Project => {
            users! { found, at_most, db, GuidelineCase: guideline_case.code where project = code; }
        }
        Kind::MechanismEvent
        | Kind::GuidelineCase
        | Kind::IndicatorObservation
        | Kind::Judgement
        | Kind::Waiver
        | Kind::ExchangeRate
        | Kind::Mapping
        | Kind::Refusal => {}
    }
    Ok(())
}
