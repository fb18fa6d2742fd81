//! What `edit`, `project show --format toml` and `project apply` have in common: a project becomes a text, and the text a
//! batch, unless somebody changed the project meanwhile.

mod assemble;

pub(crate) use assemble::Parts;

use super::WriteArgs;
use super::desk::{Desk, Done, english, record_new, title};
use super::journal;
use crate::context::Context;
use crate::document::{Error as Slip, ProjectText, Reading, Remarks, Versions, Writing};
use crate::domain::{Decimal, ProjectCode};
use crate::error::Error;
use crate::render;
use crate::store::{Currency, Document, Forum, Kind, Party, Project, ProjectFacts, Reader, Step};

/// The project as a text.
pub(crate) fn text_of(
    code: &ProjectCode,
    remarks: Remarks<'_>,
    reader: &mut Reader<'_>,
) -> Result<String, Error> {
    let project: Project = reader.one(code.as_str())?;
    let entry = reader.last_entry(Kind::Project, code.as_str())?;
    let entry = entry.map_or(0, |entry| entry.number);
    text_at(&project, entry, remarks, reader)
}

/// The project as a text, as the entry with this number has it.
fn text_at(
    project: &Project,
    entry: i64,
    remarks: Remarks<'_>,
    reader: &mut Reader<'_>,
) -> Result<String, Error> {
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
        project,
        entry,
        parties: parties
            .iter()
            .map(|(code, party)| (code.clone(), name(party)))
            .collect(),
        units,
        remarks,
    };
    Ok(writing.text())
}

/// Records what the text of a project says, as one batch.
pub(crate) fn apply(
    context: &Context,
    command: &'static str,
    reading: &Reading,
    arguments: &WriteArgs,
    said: (bool, bool),
) -> Result<bool, Error> {
    record_new(context, command, arguments, said, |desk| {
        let text = text_of_reading(reading, desk)?;
        let Some(code) = &text.code else {
            return Err(Slip::NoEntry.into());
        };
        let known = desk.project(code)?;
        refuse_conflict(desk, text, &reading.text, &known)?;
        let project = assemble::project(text, &known, desk)?;
        save(project, desk)
    })
}

/// Records a new project with everything that its text says, as one batch.
pub(crate) fn add(
    context: &Context,
    command: &'static str,
    reading: &Reading,
    arguments: &WriteArgs,
    is_new: bool,
) -> Result<bool, Error> {
    record_new(context, command, arguments, (false, is_new), |desk| {
        let text = text_of_reading(reading, desk)?;
        if let Some(code) = &text.code {
            return Err(Slip::HasCode(code.clone()).into());
        }
        let blank = blank(text.forum.as_deref(), desk)?;
        let project = assemble::project(text, &blank, desk)?;
        save(project, desk)
    })
}

/// What could be read of the text; what could not is refused at the end, with all else that is wrong.
fn text_of_reading<'r>(
    reading: &'r Reading,
    desk: &mut Desk<'_, '_>,
) -> Result<&'r ProjectText, Error> {
    let slips = || Slip::Slips(reading.slips.clone());
    if !reading.slips.is_empty() {
        desk.tried::<()>(Err(slips().into()))?;
    }
    reading.project.as_ref().ok_or_else(|| slips().into())
}

/// A new project of a forum, or of none, of which nothing is stated.
pub(crate) fn blank(forum: Option<&str>, desk: &mut Desk<'_, '_>) -> Result<Project, Error> {
    let forum = forum.map(|code| desk.reader().one::<Forum>(&code.to_uppercase()));
    let forum = forum.and_then(|forum| desk.tried(forum.map_err(Error::from)).transpose());
    let forum = forum.transpose()?.map(|forum| forum.code);
    let code = desk.writer.next_project_code(forum.as_deref())?;
    let id = desk.fresh_id(Kind::Project, code.as_str());
    Ok(Project::new(ProjectFacts::new(code, id, forum)))
}

/// Saves a project and says which it is.
pub(crate) fn save(project: Project, desk: &mut Desk<'_, '_>) -> Result<Done, Error> {
    desk.save(project.clone())?;
    let told = message!(
        "told-named",
        code = project.facts.code,
        name = title(&project, desk.context.language)
    );
    Done::about(project, told)
}

/// Makes sure that nobody changed the project since the text was made. What is refused comes back with both versions.
fn refuse_conflict(
    desk: &mut Desk<'_, '_>,
    text: &ProjectText,
    typed: &str,
    known: &Project,
) -> Result<(), Error> {
    let code = known.facts.code.as_str();
    let Some(entry) = text.entry else {
        return Err(Slip::NoEntry.into());
    };
    let remarks = desk.context.out.remarks();
    let mut reader = desk.reader();
    let last = reader.last_entry(Kind::Project, code)?;
    let Some(last) = last.filter(|last| last.number != entry) else {
        return Ok(());
    };
    let then = reader
        .entry_of(Kind::Project, code, entry)?
        .ok_or(Slip::NoEntry)?;
    let before = match &then.document {
        Some(Document::Project(project)) => text_at(project, entry, remarks, &mut reader)?,
        _ => return Err(Slip::NoEntry.into()),
    };
    let theirs = text_at(known, last.number, remarks, &mut reader)?;
    let batch = reader.batch(last.batch)?;
    let versions = Versions {
        before: &before,
        mine: typed,
        theirs: &theirs,
    };
    let others = format!("{}, batch {}", batch.actor, batch.number);
    let merged = versions.merged(&desk.context.actor(), &others);
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
        merged,
    }
    .into())
}
