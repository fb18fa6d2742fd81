//! Forms that record: what was filled in is a command line, seen as a preview first, refused beside what was typed, and recorded once.

use std::ffi::OsString;

use axum::http::StatusCode;
use clap::Command;
use serde_json::Value;

use super::form::{Form, form as form_of, label_of};
use super::frame::{first_place, markup};
use super::line::{arguments, name_of, needs_draft};
use super::site::has_form;
use super::upload::Files;
use super::visit::{Answer, Visit};
use super::{Ran, Refusal};
use crate::error::Error;
use crate::message::Explain as _;

/// How often an entry is tried anew when others record at the same time.
const TRIES: usize = 20;
/// Fields of a form that are not the command's.
const OF_FORM: [&str; 4] = ["token", "step", "draft", "back"];

/// Returns an empty form, or one that holds what a record has.
pub(super) fn form(visit: &Visit<'_>, path: &str) -> Answer {
    let Some((path, command)) = command_of(visit, path) else {
        return visit.not_found();
    };
    let draft = visit.asked.field("draft").unwrap_or_default();
    if !visit.may(&path) || !visit.may_decide(&path, draft) {
        return forbidden(visit);
    }
    if needs_draft(&path) && visit.asked.field("draft").is_none() {
        return visit.not_found();
    }
    let stored = stored(visit, &path, command);
    let value = |name: &str| {
        let said = visit.asked.field(name).map(str::to_owned);
        said.or_else(|| stored.as_ref().and_then(|stored| text_of(stored, name)))
    };
    let mut page = visit.frame(title(command), &path);
    page.form = Some(filled((&path, command), visit, stored.as_ref(), value));
    visit.with_refusal(page, None, StatusCode::OK)
}

/// Previews or records what was filled in.
pub(super) fn recorded(visit: &Visit<'_>, path: &str) -> Answer {
    let Some((path, command)) = command_of(visit, path) else {
        return visit.not_found();
    };
    let draft = visit.asked.field("draft").unwrap_or_default();
    if !visit.may(&path) || !visit.may_decide(&path, draft) || !visit.is_own_form() {
        return forbidden(visit);
    }
    let ran = match Entry::read(visit, &path, command) {
        Ok(entry) => match entry.send() {
            Ok(Outcome::Done(address)) => return Answer::to(&address),
            Ok(Outcome::Refused(ran) | Outcome::Tried(ran)) => ran,
            Err(error) => refused(vec![visit.labels.say(&error.message())]),
        },
        Err(Unread::Field(name)) => return visit.unknown_field(&name),
        Err(Unread::Met(why)) => refused(why),
    };
    let mut page = visit.frame(title(command), &path);
    page.said.clone_from(&ran.kept.said);
    page.content = markup(&ran);
    let stored = stored(visit, &path, command);
    let typed = |name: &str| visit.asked.field(name).map(str::to_owned);
    let mut form = filled((&path, command), visit, stored.as_ref(), typed);
    form.refuse(ran.refusal.iter().flat_map(Refusal::texts));
    page.form = Some(form);
    visit.with_refusal(page, ran.refusal, StatusCode::UNPROCESSABLE_ENTITY)
}

fn refused(why: Vec<String>) -> Ran {
    Ran {
        refusal: Some(Refusal::of_desk(why)),
        ..Ran::default()
    }
}

/// What was filled in, as a command line.
struct Entry<'a> {
    visit: &'a Visit<'a>,
    path: &'a str,
    command: &'a Command,
    line: Vec<OsString>,
    files: Option<Files>,
    /// The last batch when it was compared with what others changed.
    last_seen: i64,
}

/// Why there is no command line.
enum Unread {
    /// A field that is none of the form's.
    Field(String),
    Met(Vec<String>),
}

/// What came of an entry.
enum Outcome {
    /// The page that shows it.
    Done(String),
    Tried(Ran),
    Refused(Ran),
}

impl<'a> Entry<'a> {
    fn read(visit: &'a Visit<'a>, path: &'a str, command: &'a Command) -> Result<Self, Unread> {
        let last_seen = visit.last_number();
        let (fields, met) = changed(visit, path, command);
        let line = arguments((path, command), &fields).map_err(Unread::Field)?;
        if !met.is_empty() {
            return Err(Unread::Met(met));
        }
        let files = Files::of(visit, path).map_err(|why| Unread::Met(vec![why]))?;
        Ok(Self {
            visit,
            path,
            command,
            line,
            files,
            last_seen,
        })
    }

    /// Previews it, records it, or keeps it for a second person.
    fn send(self) -> Result<Outcome, Error> {
        let visit = self.visit;
        if visit.asked.field("step") == Some("preview") {
            return Ok(Outcome::Tried(self.run(&["--dry-run".into()])));
        }
        let draft = visit.asked.field("draft").unwrap_or_default();
        match (self.path, &self.files) {
            ("import plan", Some(files)) => {
                let plan = files.beside("plan.json");
                let ran = self.run(&[format!("--output={}", plan.display()).into()]);
                if ran.refusal.is_some() {
                    return Ok(Outcome::Refused(ran));
                }
                let file = (files.content().0, std::fs::read(&plan)?);
                let line = ["--".into(), crate::commands::draft::FILE.into()];
                let address = visit.keep_draft("import apply", &line, String::new(), Some(file))?;
                Ok(Outcome::Done(address))
            }
            ("import decide", Some(files)) => {
                let ran = self.run(&[]);
                if ran.refusal.is_some() {
                    return Ok(Outcome::Refused(ran));
                }
                visit.change_draft(draft, &files.content().1)?;
                Ok(Outcome::Done(decided(visit, draft)))
            }
            ("draft refuse", _) => {
                let number = visit.asked.field("number").unwrap_or_default();
                let ran = self.run(&[]);
                Ok(match ran.refusal.is_some() {
                    true => Outcome::Refused(ran),
                    false => Outcome::Done(format!("/draft/{}", number.trim())),
                })
            }
            ("draft approve", _) => self.record(None),
            _ if visit.site.approval => {
                match visit.propose(self.path, &self.line, self.files.as_ref()) {
                    Err(ran) => Ok(Outcome::Refused(ran)),
                    Ok(address) => Ok(Outcome::Done(address?)),
                }
            }
            ("import apply", _) => self.record(Some(draft)),
            _ => self.record(None),
        }
    }

    /// Records it as one batch.
    fn record(mut self, draft: Option<&str>) -> Result<Outcome, Error> {
        let visit = self.visit;
        let is_correction = stored(visit, self.path, self.command).is_some();
        for _ in 0..TRIES {
            // What was compared with the record must be compared with what is there when it is recorded.
            let seen = format!("--last-seen={}", self.last_seen);
            let more: Vec<OsString> = is_correction.then(|| seen.into()).into_iter().collect();
            let ran = self.run(&more);
            let is_overtaken = ran
                .refusal
                .as_ref()
                .is_some_and(|refusal| refusal.is_overtaken);
            if !is_overtaken {
                return self.recorded(ran, draft);
            }
            self = match Self::read(visit, self.path, self.command) {
                Ok(entry) => entry,
                Err(Unread::Met(why)) => return Ok(Outcome::Refused(refused(why))),
                Err(Unread::Field(_)) => break,
            };
        }
        Ok(Outcome::Refused(self.run(&["--dry-run".into()])))
    }

    /// Returns the page of the batch, which was recorded since the entry was read.
    fn recorded(self, ran: Ran, draft: Option<&str>) -> Result<Outcome, Error> {
        if ran.refusal.is_some() {
            return Ok(Outcome::Refused(ran));
        }
        match self.visit.batch_since(self.last_seen, self.path) {
            None => Ok(Outcome::Tried(ran)),
            Some(batch) => {
                if let Some(draft) = draft {
                    self.visit.decide_draft(draft, batch)?;
                }
                Ok(Outcome::Done(format!("/batch/{batch}")))
            }
        }
    }

    /// Runs the command with further options. What it says names no folder of this machine.
    fn run(&self, more: &[OsString]) -> Ran {
        let line = match &self.files {
            Some(files) => files.placed(&self.line),
            None => self.line.clone(),
        };
        let line: Vec<OsString> = more.iter().cloned().chain(line).collect();
        let mut ran = self.visit.run(self.path, &[], &line, None);
        if let Some(files) = &self.files {
            let kept = &mut ran.kept;
            kept.said = kept.said.iter().map(|line| files.named(line)).collect();
            if let Some(refusal) = &mut ran.refusal {
                refusal.reword(|line| files.named(line));
            }
        }
        ran
    }
}

/// Returns where somebody goes on who decided on a list: the row on its page, else the page of the draft.
fn decided(visit: &Visit<'_>, draft: &str) -> String {
    let back = visit.asked.back();
    if !back.starts_with("/rows/") {
        return format!("/draft/{draft}");
    }
    let words = visit.asked.field("words").unwrap_or_default();
    let row = words.lines().next().unwrap_or_default();
    match row.starts_with('+') || row.parse::<u64>().is_ok() {
        true => format!("{back}#row-{row}"),
        false => back.to_owned(),
    }
}

/// Returns the form with what `value` gives, and with what the record has where the form corrects one.
fn filled(
    (path, command): (&str, &Command),
    visit: &Visit<'_>,
    stored: Option<&Value>,
    value: impl Fn(&str) -> Option<String>,
) -> Form {
    // What names the record stays, and is always said.
    let named = first_place(command);
    let was = |name: &str| {
        let stored = stored.filter(|_| named != Some(name))?;
        Some(text_of(stored, name).unwrap_or_default())
    };
    let mut form = form_of((path, command), &visit.labels, value, was);
    form.draft = visit.asked.field("draft").map(str::to_owned);
    // A field that is emptied in the form is cleared.
    form.fields
        .retain(|field| stored.is_none() || field.name != "clear");
    form
}

fn command_of<'a>(visit: &'a Visit<'_>, path: &str) -> Option<(String, &'a Command)> {
    let path = path.replace('/', " ");
    let command = visit.site.command(&path, visit.language)?;
    has_form(&path, command).then_some((path, command))
}

fn title(command: &Command) -> String {
    command
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default()
}

pub(super) fn forbidden(visit: &Visit<'_>) -> Answer {
    let why = visit.labels.text("desk-may-not-record");
    visit.said_only(StatusCode::FORBIDDEN, why)
}

/// Returns the record that a command corrects, as it is now. None for other commands.
fn stored(visit: &Visit<'_>, path: &str, command: &Command) -> Option<Value> {
    let kind = path.strip_suffix(" set")?;
    let code = visit.asked.field(first_place(command)?)?;
    if !["project", "party", "source"].contains(&kind) {
        return None;
    }
    let code = ["--".into(), code.into()];
    let ran = visit.run(&format!("{kind} show"), &[], &code, Some("json"));
    serde_json::from_slice(&ran.kept.result).ok()
}

/// Returns a field of a record as it stands in a form.
fn text_of(record: &Value, name: &str) -> Option<String> {
    if name == "source" {
        return None; // it names further sources
    }
    let field = name.replace('-', "_");
    let named = [field.clone(), format!("{field}s")];
    let value = named.iter().find_map(|field| record.get(field))?;
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Object(fields) => {
            let parts = ["kind", "language", "name", "scheme", "identifier"];
            let parts = parts.iter().filter_map(|part| fields.get(*part)?.as_str());
            Some(parts.collect::<Vec<_>>().join(":"))
        }
        Value::Null | Value::Array(_) => None,
    };
    match value {
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(text).collect();
            Some(items.join("\n"))
        }
        value => text(value),
    }
}

/// Returns the fields that somebody changed, and what stands against them: fields that were changed meanwhile. A field that was emptied
/// is cleared.
fn changed(
    visit: &Visit<'_>,
    path: &str,
    command: &Command,
) -> (Vec<(String, String)>, Vec<String>) {
    let stored = stored(visit, path, command);
    let form = &visit.asked.form;
    let was = |name: &str| {
        let name = format!("was.{name}");
        form.iter()
            .find(|(field, _)| *field == name)
            .map(|(_, value)| in_lines(value))
    };
    // A button may say something in its own address.
    let own = form.iter().chain(&visit.asked.query);
    let own =
        own.filter(|(name, _)| !OF_FORM.contains(&name.as_str()) && !name.starts_with("was."));
    let can_clear = command
        .get_arguments()
        .any(|argument| name_of(argument) == "clear");
    let (mut fields, mut met) = (Vec::new(), Vec::new());
    for (name, value) in own {
        let Some(was) = was(name) else {
            fields.push((name.clone(), value.clone()));
            continue;
        };
        if was == in_lines(value) {
            continue;
        }
        let now = stored
            .as_ref()
            .and_then(|stored| text_of(stored, name))
            .unwrap_or_default();
        if in_lines(&now) != was {
            let argument = command
                .get_arguments()
                .find(|argument| name_of(argument) == name);
            let label = argument.map_or_else(
                || name.clone(),
                |argument| label_of(argument, &visit.labels),
            );
            let values = [("field", label.into()), ("now", now.into())];
            met.push(visit.labels.with("desk-changed-meanwhile", &values));
        }
        match value.trim().is_empty() && can_clear {
            true => {
                let plural = ["host", "objective", "identifier", "other-name"];
                let field = name.replace('-', "_");
                let field = if plural.contains(&name.as_str()) {
                    format!("{field}s")
                } else {
                    field
                };
                fields.push(("clear".to_owned(), field));
            }
            false => fields.push((name.clone(), value.clone())),
        }
    }
    (fields, met)
}

/// Returns a text with the line ends that a browser makes of those of a record.
fn in_lines(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}
