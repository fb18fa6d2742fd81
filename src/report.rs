//! What the registry can tell, as plain structs that any format can print.

mod answer;
mod artefact;
mod batches;
mod brief;
mod changes;
mod check;
mod context;
mod country;
mod flaw;
mod glossary;
mod import_chosen;
mod import_plan;
mod import_reading;
mod import_totals;
mod listing;
mod mechanism;
mod meeting;
mod pace;
mod party_match;
mod progress;
mod project;
mod project_list;
mod provenance;
mod record_change;
mod recorded;
mod search;
mod summary;
mod verification;

pub(crate) use answer::AnswerReport;
pub(crate) use artefact::{Artefact, KeyReport};
pub(crate) use batches::{BatchLine, BatchList, BatchReport, HistoryStep, RecordHistory};
pub(crate) use brief::{
    Brief, BriefGroup, Figure as CodedFigure, News, Question, Spell, What, news,
};
pub(crate) use changes::{Changes, Corrected, Meeting, Moved, Partner, Period, ProjectName};
pub(crate) use check::{CheckReport, Choice, Finding, RULES, Test, World as CheckWorld};
pub(crate) use context::{Agreement, Check, ContextReport, Series, Trend};
pub(crate) use country::{CountryGroup, CountryReport, Figure, Flow};
pub(crate) use flaw::{Flaw, Said};
pub(crate) use glossary::Glossary;
pub(crate) use import_chosen::{ImportChoice, ImportChosen};
pub(crate) use import_plan::{
    ChangeTally, FindingTally, ImportFinding, ImportFindings, ImportItem, ImportMissing,
    ImportPart, ImportParty, ImportPlan, ImportResult, OnlyThere, SHOWN as IMPORT_SHOWN,
    SHOWN_WHOLE as IMPORT_SHOWN_WHOLE, StepBack, Transition,
};
pub(crate) use import_reading::{ImportReading, LeftOut};
pub(crate) use import_totals::{MoneyTotals, RowTotals};
pub(crate) use listing::{Card, Holds, Listing, Shown};
pub(crate) use mechanism::MechanismReport;
#[cfg(test)]
pub(crate) use meeting::gathered_for_tests;
pub(crate) use meeting::{
    CARDS, Frame, Gathered, MeetingGroup, MeetingReport, Paced, Passage, Standstill, Tie, Trace,
};
pub(crate) use pace::{PaceGroup, PaceQuestion, PaceReport, PaceSection, Stretch};
pub(crate) use party_match::{Candidates, Duplicates, PartyNamed};
pub(crate) use progress::{Days, Limits, Named, ProgressGroup, ProgressReport};
pub(crate) use project::{ProjectReport, ProjectSource, Related};
pub(crate) use project_list::{ProjectEntry, ProjectList};
pub(crate) use provenance::Provenance;
#[cfg(test)]
pub(crate) use record_change::ORDER;
pub(crate) use record_change::{
    FieldChange, How, RecordChange, are_alike, field_changes, names_of, place,
};
pub(crate) use recorded::Recorded;
pub(crate) use search::{Match, PartyFound, ProjectFound, SearchReport, SourceFound};
pub(crate) use summary::{
    Commitments, Count, Counted, Group, Key, Money, MoneyTerms, Summary, Why, World,
    is_third_country,
};
pub(crate) use verification::{Found, ProofReport, Signed, Verification};
