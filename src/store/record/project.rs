//! Projects: forum agreements and later projects, with everything that belongs to one.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Kind, Record, Selection, lists, loaded};
use crate::domain::*;
use crate::store::backend::{Backend, Db};
use crate::store::rows::{Rows, row};
use crate::store::schema::*;

/// One record of cooperation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Project {
    #[serde(flatten)]
    pub(crate) facts: ProjectFacts,
    pub(crate) hosts: Vec<CountryCode>,
    pub(crate) objectives: Vec<Objective>,
    pub(crate) identifiers: Vec<Identifier>,
    pub(crate) participations: Vec<Participation>,
    pub(crate) events: Vec<Event>,
    pub(crate) amounts: Vec<Amount>,
    pub(crate) risks: Vec<Risk>,
    /// Codes of the sources of the project as a whole.
    pub(crate) citations: Vec<String>,
    /// The lists from which it was read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) origins: Vec<Origin>,
}

macro_rules! project_facts {
    ($($(#[$attribute:meta])* $field:ident: $type:ty, $about:literal;)+) => {
        /// What is stated once of a project.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
        #[diesel(table_name = project, check_for_backend(Backend))]
        pub(crate) struct ProjectFacts {
            pub(crate) code: ProjectCode,
            pub(crate) id: RecordId,
            /// Number in the official list, where known.
            pub(crate) list_number: Option<i64>,
            /// None for a later project.
            pub(crate) forum: Option<String>,
            /// False for an agreement of which only the existence is known.
            pub(crate) identified: bool,
            $(#[doc = $about] $(#[$attribute])* pub(crate) $field: Option<$type>,)+
        }

        impl ProjectFacts {
            /// Returns what is known of every new project.
            pub(crate) fn new(code: ProjectCode, id: RecordId, forum: Option<String>) -> Self {
                Self {
                    code,
                    id,
                    list_number: None,
                    forum,
                    identified: true,
                    $($field: None,)+
                }
            }
        }
    };
}
project_fields!(project_facts);

/// An identifier that others gave the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Queryable)]
#[serde(deny_unknown_fields)]
pub(crate) struct Identifier {
    pub(crate) scheme: String,
    pub(crate) identifier: String,
}

/// A list of others from which a project was read, and what it stated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Queryable)]
#[serde(deny_unknown_fields)]
pub(crate) struct Origin {
    /// The list: the scheme of its key, or its name where it has no key.
    pub(crate) scheme: String,
    /// The key of the project in it; of a list without a key, the digest of the row.
    pub(crate) identifier: String,
    /// The fields and parts that it stated, each with a digest of the value: see `exchange::plan::statement`.
    pub(crate) states: String,
}

/// A party's part in a project. Numbers stay: a removed one leaves a gap.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Queryable, Selectable)]
#[diesel(table_name = participation, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Participation {
    pub(crate) number: i32,
    pub(crate) party: String,
    pub(crate) role: Role,
    pub(crate) share_percent: Option<Decimal>,
    /// Offered or planned, never realised: kept, and left out of counts.
    pub(crate) prospective: bool,
    pub(crate) note: Option<String>,
}

/// Something that happened to a project, or a milestone with a due date.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Queryable, Selectable)]
#[diesel(table_name = event, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Event {
    pub(crate) number: i32,
    /// When it happened; none for a milestone that is not met yet.
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) due_on: Option<PartialDate>,
    pub(crate) kind: EventKind,
    pub(crate) status: Option<Status>,
    pub(crate) text: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) confidence: Option<Confidence>,
    pub(crate) evidence: Option<Evidence>,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Queryable, Selectable)]
#[diesel(table_name = amount, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Amount {
    pub(crate) number: i32,
    pub(crate) kind: AmountKind,
    pub(crate) basis: AmountBasis,
    pub(crate) currency: CurrencyCode,
    /// In the currency's smallest unit.
    pub(crate) minor_units: i64,
    pub(crate) estimated: bool,
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) source: Option<String>,
    pub(crate) note: Option<String>,
    /// The party whose money it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) party: Option<String>,
}

/// A risk to a project (section 5 of the paper).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Queryable, Selectable)]
#[diesel(table_name = risk, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct Risk {
    pub(crate) number: i32,
    pub(crate) category: RiskCategory,
    pub(crate) level: RiskLevel,
    pub(crate) state: RiskState,
    pub(crate) on_date: Option<PartialDate>,
    pub(crate) text: String,
    pub(crate) source: Option<String>,
}

impl Project {
    /// A project of which nothing else is known.
    pub(crate) fn new(facts: ProjectFacts) -> Self {
        Self {
            facts,
            hosts: Vec::new(),
            objectives: Vec::new(),
            identifiers: Vec::new(),
            participations: Vec::new(),
            events: Vec::new(),
            amounts: Vec::new(),
            risks: Vec::new(),
            citations: Vec::new(),
            origins: Vec::new(),
        }
    }

    /// Where the project stands by those of its events that had happened within `horizon`; by all, without one.
    pub(crate) fn standing(&self, horizon: Option<Horizon>) -> Standing {
        let dated = self.events.iter().filter_map(|event| {
            let on_date = event
                .on_date
                .filter(|date| horizon.is_none_or(|horizon| horizon.includes(*date)))?;
            Some(Happened {
                on_date,
                status: event.status,
                has_source: event.source.is_some(),
            })
        });
        standing(dated)
    }

    /// What was so within `horizon`: what is dated and had not happened by then is left out. What has no date stays.
    pub(crate) fn within(mut self, horizon: Horizon) -> Self {
        if !horizon.is_open() {
            let had_happened =
                |date: Option<PartialDate>| date.is_none_or(|date| horizon.includes(date));
            self.events.retain(|event| had_happened(event.on_date));
            self.amounts.retain(|amount| had_happened(amount.on_date));
            self.risks.retain(|risk| had_happened(risk.on_date));
        }
        self
    }
}

impl Record for Project {
    const KIND: Kind = Kind::Project;

    fn id(&self) -> RecordId {
        self.facts.id
    }

    fn code(&self) -> &str {
        self.facts.code.as_str()
    }

    fn rows(&self, rows: &mut Rows) -> serde_json::Result<()> {
        let project = &self.facts.code;
        let Standing {
            status,
            status_on,
            evidence_on,
            entered_on,
        } = self.standing(None);
        row!(
            rows,
            project(status, status_on, evidence_on, entered_on, ..&self.facts)
        )?;
        for (number, country) in (1_i32..).zip(&self.hosts) {
            row!(rows, project_host(project, number, country))?;
        }
        for (number, objective) in (1_i32..).zip(&self.objectives) {
            row!(rows, project_objective(project, number, objective))?;
        }
        for (number, identifier) in (1_i32..).zip(&self.identifiers) {
            row!(rows, project_identifier(project, number, ..identifier))?;
        }
        for (number, source) in (1_i32..).zip(&self.citations) {
            row!(rows, citation(project, number, source))?;
        }
        for (number, origin) in (1_i32..).zip(&self.origins) {
            row!(rows, project_origin(project, number, ..origin))?;
        }
        for participation in &self.participations {
            row!(rows, participation(project, ..participation))?;
        }
        for event in &self.events {
            row!(rows, event(project, ..event))?;
        }
        for amount in &self.amounts {
            row!(rows, amount(project, ..amount))?;
        }
        for risk in &self.risks {
            row!(rows, risk(project, ..risk))?;
        }
        Ok(())
    }

    fn delete(code: &str, db: &mut Db) -> QueryResult<()> {
        macro_rules! delete {
            ($($table:ident),+) => {$(
                diesel::delete($table::table.filter($table::project.eq(code))).execute(db)?;
            )+};
        }
        delete!(
            project_host,
            project_objective,
            project_identifier,
            project_origin,
            citation,
            participation,
            event,
            amount,
            risk
        );
        diesel::delete(project::table.filter(project::code.eq(code))).execute(db)?;
        Ok(())
    }

    fn load(selection: Selection<'_>, db: &mut Db) -> QueryResult<Vec<Self>> {
        let facts: Vec<ProjectFacts> = loaded!(ProjectFacts, project, selection, db)?;
        let (
            mut hosts,
            mut objectives,
            mut identifiers,
            mut participations,
            mut events,
            mut amounts,
            mut risks,
            mut citations,
            mut origins,
        ) = lists!(
            facts by project,
            db,
            project_host as project_host::country,
            project_objective as project_objective::objective,
            project_identifier as (project_identifier::scheme, project_identifier::identifier),
            participation as Participation::as_select(),
            event as Event::as_select(),
            amount as Amount::as_select(),
            risk as Risk::as_select(),
            citation as citation::source,
            project_origin
                as (
                    project_origin::scheme,
                    project_origin::identifier,
                    project_origin::states
                ),
        );
        let projects = facts.into_iter().map(|facts| Self {
            facts,
            hosts: hosts.next().unwrap_or_default(),
            objectives: objectives.next().unwrap_or_default(),
            identifiers: identifiers.next().unwrap_or_default(),
            participations: participations.next().unwrap_or_default(),
            events: events.next().unwrap_or_default(),
            amounts: amounts.next().unwrap_or_default(),
            risks: risks.next().unwrap_or_default(),
            citations: citations.next().unwrap_or_default(),
            origins: origins.next().unwrap_or_default(),
        });
        Ok(projects.collect())
    }
}

impl Project {
    /// The codes of all parties that it names: those that take part, and those whose money it states.
    pub(crate) fn party_codes(&self) -> impl Iterator<Item = &String> {
        let owners = self
            .amounts
            .iter()
            .filter_map(|amount| amount.party.as_ref());
        let parts = self.participations.iter().map(|part| &part.party);
        parts.chain(owners)
    }

    /// Returns what it is compared by with other projects.
    pub(crate) fn identity(&self) -> ProjectIdentity {
        let names = self.titles();
        ProjectIdentity::new(
            [names.en, names.zh, names.ja, names.native]
                .into_iter()
                .flatten(),
            self.participations.iter().map(|part| part.party.clone()),
            self.hosts.iter().cloned(),
        )
    }

    /// The title in the languages in which it is stated.
    pub(crate) fn titles(&self) -> Names<'_> {
        let facts = &self.facts;
        Names {
            en: facts.title_en.as_deref(),
            zh: facts.title_zh.as_deref(),
            ja: facts.title_ja.as_deref(),
            native: facts.title_original.as_deref(),
            translated: Translated::of(facts.title_zh_basis, facts.title_ja_basis),
        }
    }
}

impl Project {
    /// Roles whose shares come to more than the whole, with the sum. Parts that were never realised do not count.
    pub(crate) fn shares_above_everything(&self) -> Vec<(Role, Decimal)> {
        let mut sums = std::collections::BTreeMap::<Role, rust_decimal::Decimal>::new();
        let real = self.participations.iter().filter(|part| !part.prospective);
        for (role, share) in real.filter_map(|part| Some((part.role, part.share_percent?))) {
            let sum = sums.entry(role).or_default();
            *sum = sum.saturating_add(share.0);
        }
        let above = sums
            .into_iter()
            .filter(|(_, sum)| *sum > rust_decimal::Decimal::ONE_HUNDRED);
        above.map(|(role, sum)| (role, Decimal(sum))).collect()
    }
}
