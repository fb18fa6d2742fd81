//! What the commands on the parts of a project have in common: participations, events, amounts and risks.

use clap::Args;
use serde_json::Value;

use super::WriteArgs;
use super::desk::{Desk, Done, record};
use super::listed::ListedArgs;
use crate::context::Context;
use crate::domain::ProjectCode;
use crate::error::Error;
use crate::message::Message;
use crate::report::Shown;
use crate::store::{Error as StoreError, Part, Project};

/// Which part of which project.
#[derive(Debug, Args)]
pub(crate) struct PartArgs {
    /// The project's code, like F1-001 or P-0001
    pub(crate) code: ProjectCode,
    /// Its number within the project, as the list shows it
    pub(crate) number: i32,
}

/// The part that is meant.
pub(crate) fn part_of<P: Part>(project: &mut Project, number: i32) -> Result<&mut P, Error> {
    let code = project.facts.code.to_string();
    let numbers: Vec<String> = P::of(project)
        .iter()
        .map(|part| part.number().to_string())
        .collect();
    let missing = StoreError::NoPart {
        what: P::WHAT,
        number,
        code,
        numbers: numbers.join(", "),
    };
    let part = P::of_mut(project)
        .iter_mut()
        .find(|part| part.number() == number);
    part.ok_or_else(|| missing.into())
}

/// A part, in sentences about it.
fn told<P: Part>(number: i32, code: &ProjectCode) -> Message {
    let what = Message::new(format!("record-{}", P::WHAT));
    message!("told-part", what, number, code)
}

/// Adds the part that `make` gives to a project.
pub(crate) fn add<P: Part>(
    desk: &mut Desk<'_, '_>,
    code: &ProjectCode,
    make: impl FnOnce(&mut Desk<'_, '_>, i32) -> Result<P, Error>,
) -> Result<Done, Error> {
    let mut project = desk.project(code)?;
    let number = project.next::<P>();
    let part = make(desk, number)?;
    P::of_mut(&mut project).push(part);
    desk.save(project.clone())?;
    Done::about(project, told::<P>(number, code))
}

/// Changes a part of a project.
pub(crate) fn set<P: Part>(
    desk: &mut Desk<'_, '_>,
    part: &PartArgs,
    change: impl FnOnce(&mut Desk<'_, '_>, &mut P) -> Result<(), Error>,
) -> Result<Done, Error> {
    let mut project = desk.project(&part.code)?;
    change(desk, part_of(&mut project, part.number)?)?;
    desk.save(project.clone())?;
    Done::about(project, told::<P>(part.number, &part.code))
}

/// Take it out of the project; the journal keeps it
#[derive(Debug, Args)]
pub(crate) struct RemoveArgs {
    #[command(flatten)]
    part: PartArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl RemoveArgs {
    pub(crate) fn run<P: Part>(
        &self,
        context: &Context,
        command: &'static str,
    ) -> Result<(), Error> {
        let PartArgs { code, number } = &self.part;
        record(context, command, &self.write, false, |desk| {
            let mut project = desk.project(code)?;
            part_of::<P>(&mut project, *number)?;
            P::of_mut(&mut project).retain(|part| part.number() != *number);
            desk.save(project.clone())?;
            let what = told::<P>(*number, code);
            Done::about(project, message!("told-removal", what))
        })
    }
}

/// Of which project.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The project's code, like F1-001 or P-0001
    pub(crate) code: ProjectCode,
    #[command(flatten)]
    listed: ListedArgs,
}

impl ListArgs {
    /// Lists the parts of one sort, each with the fields of `more`.
    pub(crate) fn run<P: Part>(
        &self,
        context: &Context,
        columns: &'static [Shown],
        mut more: impl FnMut(
            &mut crate::store::Reader<'_>,
            &P,
        ) -> Result<Vec<(&'static str, Value)>, Error>,
    ) -> Result<(), Error> {
        self.listed.show(context, columns, |reader| {
            let project: Project = reader.one(self.code.as_str())?;
            let mut rows = Vec::new();
            for part in P::of(&project) {
                rows.push((part.clone(), more(reader, part)?));
            }
            Ok(rows)
        })
    }
}
