//! Forms that record: what was filled in is a command line, seen as a preview first, refused beside what was typed, and recorded once.

use axum::http::StatusCode;
use clap::Command;
use serde_json::Value;

use super::form::{Form, form as form_of, label_of};
use super::frame::first_place;
use super::line::{arguments, name_of};
use super::show::markup;
use super::site::has_form;
use super::visit::{Answer, Visit};
use super::{Ran, Refusal};
use crate::output::Explained;

/// Returns an empty form, or one that holds what a record has.
pub(super) fn form(visit: &Visit<'_>, path: &str) -> Answer {
    let Some((path, command)) = command_of(visit, path) else {
        return visit.not_found();
    };
    if !visit.visitor.may_record {
        return forbidden(visit);
    }
    let stored = stored(visit, &path, command);
    let value = |name: &str| {
        let said = visit.asked.field(name).map(str::to_owned);
        said.or_else(|| stored.as_ref().and_then(|stored| text_of(stored, name)))
    };
    let mut page = visit.frame(title(command), &path);
    page.form = Some(filled(command, visit, stored.as_ref(), value));
    visit.with_refusal(page, None, StatusCode::OK)
}

/// Previews or records what was filled in.
pub(super) fn recorded(visit: &Visit<'_>, path: &str) -> Answer {
    let Some((path, command)) = command_of(visit, path) else {
        return visit.not_found();
    };
    let asked = visit.asked;
    if !visit.visitor.may_record || !visit.site.access.is_own_form(asked, &visit.visitor) {
        return forbidden(visit);
    }
    let (fields, met) = changed(visit, &path, command);
    let line = match arguments(command, &fields) {
        Ok(line) => line,
        Err(name) => return visit.unknown_field(&name),
    };
    let is_preview = asked.field("step") != Some("record");
    let mut arguments = line;
    if is_preview {
        arguments.insert(0, "--dry-run".into());
    }
    let before = visit.own_last_batch();
    let ran = match met.is_empty() {
        true => visit.run(&path, &[], &arguments, None),
        false => Ran {
            refusal: Some(Refusal {
                status: 1,
                lines: met.into_iter().map(Explained::Error).collect(),
            }),
            ..Ran::default()
        },
    };
    let after = visit.own_last_batch().filter(|after| Some(*after) > before);
    if let (false, None, Some(batch)) = (is_preview, &ran.refusal, after) {
        return Answer::to(&format!("/batch/{batch}"));
    }
    let mut page = visit.frame(title(command), &path);
    page.said.clone_from(&ran.kept.said);
    if is_preview {
        page.content = markup(&ran);
    }
    let stored = stored(visit, &path, command);
    let typed = |name: &str| asked.field(name).map(str::to_owned);
    page.form = Some(filled(command, visit, stored.as_ref(), typed));
    visit.with_refusal(page, ran.refusal, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Returns the form with what `value` gives, and with what the record has where the form corrects one.
fn filled(
    command: &Command,
    visit: &Visit<'_>,
    stored: Option<&Value>,
    value: impl Fn(&str) -> Option<String>,
) -> Form {
    let was = |name: &str| stored.map(|stored| text_of(stored, name).unwrap_or_default());
    let mut form = form_of(command, &visit.labels, value, was);
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

fn forbidden(visit: &Visit<'_>) -> Answer {
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
    let own = form.iter().filter(|(name, _)| {
        !["token", "step"].contains(&name.as_str()) && !name.starts_with("was.")
    });
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
