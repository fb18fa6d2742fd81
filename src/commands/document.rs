//! What `edit`, `project show --format toml` and `project apply` have in common: a project becomes a text, and the text a
//! batch, unless somebody changed the project meanwhile.

mod assemble;

use super::WriteArgs;
use super::desk::{Desk, Done, english, record};
use super::journal;
use crate::context::Context;
use crate::document::{Error as Slip, ProjectText, Writing};
use crate::domain::{Decimal, ProjectCode};
use crate::error::Error;
use crate::render;
use crate::store::{Currency, Kind, Party, Project, Reader, Step};

/// The project as a text.
pub(crate) fn text_of(code: &ProjectCode, reader: &mut Reader<'_>) -> Result<String, Error> {
    let project: Project = reader.one(code.as_str())?;
    let entry = reader.last_entry(Kind::Project, code.as_str())?;
    let parties = reader.some::<Party>(project.participations.iter().map(|part| &part.party))?;
    let name = |party: &Party| {
        party
            .names()
            .for_reader(crate::domain::Language::English)
            .to_owned()
    };
    let mut units = Vec::new();
    for amount in &project.amounts {
        let currency: Currency = reader.one(amount.currency.as_str())?;
        let places = currency
            .decimal_places
            .and_then(|places| u32::try_from(places).ok());
        units.push(Decimal::from_minor_units(
            amount.minor_units,
            places.unwrap_or(0),
        ));
    }
    let writing = Writing {
        project: &project,
        entry: entry.map_or(0, |entry| entry.number),
        parties: parties
            .iter()
            .map(|(code, party)| (code.clone(), name(party)))
            .collect(),
        units,
    };
    Ok(writing.text())
}

/// Records what the text says, as one batch.
pub(crate) fn apply(
    context: &Context,
    command: &'static str,
    text: ProjectText,
    arguments: &WriteArgs,
    reopen: bool,
) -> Result<(), Error> {
    record(context, command, arguments, reopen, |desk| {
        let code = text.code.clone();
        let known = desk.project(&code)?;
        refuse_conflict(desk, &text, &known)?;
        let project = assemble::project(text, &known, desk)?;
        desk.save(project.clone())?;
        let told = format!("{code}: {}", super::project::title(&project));
        Done::about(project, told)
    })
}

/// Makes sure that nobody changed the project since the text was made.
fn refuse_conflict(
    desk: &mut Desk<'_, '_>,
    text: &ProjectText,
    known: &Project,
) -> Result<(), Error> {
    let code = text.code.as_str();
    let Some(entry) = text.entry else {
        return Err(Slip::NoEntry.into());
    };
    let mut reader = desk.reader();
    let last = reader.last_entry(Kind::Project, code)?;
    let Some(last) = last.filter(|last| last.number != entry) else {
        return Ok(());
    };
    let then = reader
        .entry_of(Kind::Project, code, entry)?
        .ok_or(Slip::NoEntry)?;
    let step = Step {
        kind: Kind::Project,
        code: code.to_owned(),
        before: then.document,
        after: Some(known.clone().into()),
    };
    let context = desk.context;
    let glossary = journal::glossary([&step], context, &mut desk.reader())?;
    let change = journal::record_change(&step, context);
    Err(Slip::Conflict {
        code: code.to_owned(),
        batch: last.batch,
        changes: render::in_lines(&change, &english(), &glossary),
    }
    .into())
}
