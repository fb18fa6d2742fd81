//! What waits: entries for a second person, and lists that were sent and are decided on. Both are drafts.

use std::ffi::OsString;

use axum::http::StatusCode;
use serde_json::Value;

use super::frame::{link, markup, question};
use super::line::arguments;
use super::page::{Deciding, Link};
use super::record::forbidden;
use super::upload::Files;
use super::visit::{Answer, Visit};
use super::{Ran, Refusal};
use crate::commands::draft::{FILE, kept_line, seen};
use crate::error::Error;
use crate::store::{Access, DraftFile, NewDraft, Store};

/// The command of a draft that is a list.
const LIST: &str = "import apply";
/// The fields by which the projects of a list are chosen.
const CHOICE: [&str; 3] = ["where", "all", "finding"];
/// What stands for all rows of a list where `import decide` wants some to be named.
const EVERY_ROW: &str = "1-999999999\n";
/// Projects that are decided on together on one page: as many as `import show` lists.
const TOGETHER: u64 = 50;

/// Returns what the page of a draft shows besides it, and where it leads to.
pub(super) fn about(visit: &Visit<'_>, number: &str) -> (String, Vec<Link>) {
    let words = ["--".into(), number.into()];
    let ran = visit.run("draft show", &[], &words, Some("json"));
    let found: Value = serde_json::from_slice(&ran.kept.result).unwrap_or_default();
    let draft = &found[0];
    if draft["number"].is_null() || !draft["decided_by"].is_null() {
        return (String::new(), Vec::new());
    }
    let is_own = draft["author"].as_str() == visit.visitor.name.as_deref();
    let mut actions = Vec::new();
    let more = match draft["command"] == LIST {
        true => {
            for (form, address) in [
                ("import decide", format!("/rows/{number}")),
                (LIST, format!("/record/import/apply?draft={number}")),
            ] {
                let command = visit.site.command(form, visit.language);
                let about = command.and_then(|command| command.get_about());
                if let Some(about) =
                    about.filter(|_| visit.may(form) && (is_own || !visit.site.approval))
                {
                    actions.push(link(address, about.to_string()));
                }
            }
            shown_list(visit, number)
        }
        false => visit.run("draft approve", &[], &approval(number), None),
    };
    let forms: &[&str] = match (visit.site.approval, is_own) {
        (true, false) => &["draft approve", "draft refuse"],
        _ => &["draft refuse"],
    };
    actions.extend(visit.actions(forms, number));
    (told(&more), actions)
}

/// Returns the page on which somebody decides on the projects of a list, one by one or on all that a filter shows.
pub(super) fn rows(visit: &Visit<'_>, number: &str) -> Answer {
    let path = "import show";
    let Some(command) = visit.site.command(path, visit.language) else {
        return visit.not_found();
    };
    if !visit.may("import decide") || !visit.may_decide("import decide", number) {
        return forbidden(visit);
    }
    let Ok(files) = Files::of_draft(visit, number) else {
        return visit.not_found();
    };
    let mut fields = visit.filters();
    fields.push(("each".to_owned(), "on".to_owned()));
    let line = match arguments((path, command), &fields) {
        Ok(line) => files.placed(&line),
        Err(name) => return visit.unknown_field(&name),
    };
    let shown = visit.run(path, &[], &line, None);
    let facts = visit.run(path, &[], &line, Some("json"));
    let facts: Value = serde_json::from_slice(&facts.kept.result).unwrap_or_default();
    let mut page = visit.frame(visit.labels.text("desk-rows"), "");
    let is_choice = |name: &str| CHOICE.contains(&name);
    let mut filter = visit.filter(command, &fields);
    filter.fields.retain(|field| is_choice(&field.name));
    page.filter = Some(filter);
    page.content = markup(&shown);
    fields.retain(|(name, value)| is_choice(name) && !value.trim().is_empty());
    page.deciding = shown.refusal.is_none().then(|| Deciding {
        draft: number.to_owned(),
        back: back(visit),
        chosen: facts["chosen"].as_u64().unwrap_or_default(),
        rows: if fields.is_empty() { EVERY_ROW } else { "" },
        presets: presets(visit, number, &facts),
        pages: pages(visit, number, &fields, &facts),
        chosen_by: fields,
    });
    page.actions = vec![link(
        format!("/draft/{number}"),
        visit.labels.text("desk-list"),
    )];
    visit.with_refusal(page, shown.refusal, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Returns the address of this page with what was asked for.
fn back(visit: &Visit<'_>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let query = query.extend_pairs(visit.filters()).finish();
    format!("/{}{}", visit.asked.path, question(&query))
}

/// Returns the usual choices, each with how many projects it has.
fn presets(visit: &Visit<'_>, number: &str, facts: &Value) -> Vec<Link> {
    let labels = &visit.labels;
    let here = back(visit);
    let one = |(query, label, count): (String, String, Option<u64>)| {
        let count = count.filter(|count| *count > 0)?;
        let values = [("text", label.into()), ("note", count.into())];
        let address = format!("/rows/{number}{}", question(&query));
        let is_here = address == here;
        let label = labels.with("with-note", &values);
        Some(Link {
            address,
            label,
            is_here,
        })
    };
    let condition = |text: &str| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("where", text).finish()
    };
    let actions = facts["actions"].as_object().into_iter().flatten();
    let actions = actions.map(|(action, count)| {
        let label = labels.text(&format!("import-{action}"));
        (format!("all={action}"), label, count.as_u64())
    });
    let open = (
        condition("decision=open"),
        labels.text("desk-open"),
        facts["open"].as_u64(),
    );
    let likely = (
        condition("score>=0.9"),
        labels.text("desk-likely"),
        facts["likely"].as_u64(),
    );
    let all = facts["actions"].as_object().into_iter().flatten();
    let all = all.filter_map(|(_, count)| count.as_u64()).sum();
    let all = (String::new(), labels.text("desk-every-row"), Some(all));
    [open, likely]
        .into_iter()
        .chain(actions)
        .chain([all])
        .filter_map(one)
        .collect()
}

/// Returns the ways to the projects before and after those that are shown.
fn pages(
    visit: &Visit<'_>,
    number: &str,
    chosen_by: &[(String, String)],
    facts: &Value,
) -> Vec<Link> {
    let (skipped, chosen) = (facts["skipped"].as_u64(), facts["chosen"].as_u64());
    let (skipped, chosen) = (skipped.unwrap_or_default(), chosen.unwrap_or_default());
    let page = |skip: u64, key: &str| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query
            .extend_pairs(chosen_by)
            .append_pair("skip", &skip.to_string());
        link(
            format!("/rows/{number}?{}", query.finish()),
            visit.labels.text(key),
        )
    };
    let before = (skipped > 0).then(|| page(skipped.saturating_sub(TOGETHER), "desk-before"));
    let after = (skipped + TOGETHER < chosen).then(|| page(skipped + TOGETHER, "desk-after"));
    before.into_iter().chain(after).collect()
}

fn approval(number: &str) -> [OsString; 3] {
    ["--dry-run".into(), "--".into(), number.into()]
}

fn shown_list(visit: &Visit<'_>, number: &str) -> Ran {
    let files = Files::of_draft(visit, number);
    match files {
        Ok(files) => visit.run("import show", &[], &files.placed(&[FILE.into()]), None),
        Err(why) => Ran {
            refusal: Some(Refusal::of_desk(vec![why])),
            ..Ran::default()
        },
    }
}

/// Returns what a command gave and why it refused, as a part of a page.
fn told(ran: &Ran) -> String {
    let lines = ran.refusal.iter().flat_map(Refusal::texts);
    let lines: String = lines
        .map(|line| format!("<p class=\"refused\">{}</p>", crate::render::escaped(line)))
        .collect();
    format!("{lines}{}", markup(ran))
}

impl Visit<'_> {
    /// Keeps an entry that waits; returns the address of its page.
    pub(super) fn keep_draft(
        &self,
        command: &str,
        line: &[OsString],
        seen: String,
        file: Option<(String, Vec<u8>)>,
    ) -> Result<String, Error> {
        let (file_name, file) = file.unzip();
        let draft = NewDraft {
            made_at: self.site.access.accounts.now(),
            author: self.visitor.name.clone().unwrap_or_default(),
            command: command.to_owned(),
            arguments: kept_line(line),
            language: self.language,
            seen,
            file: DraftFile { file_name, file },
        };
        let number = self.store()?.add_draft(&draft)?;
        Ok(format!("/draft/{number}"))
    }

    /// Keeps an entry for a second person, after it was tried.
    pub(super) fn propose(
        &self,
        command: &str,
        line: &[OsString],
        files: Option<&Files>,
    ) -> Result<Result<String, Error>, Ran> {
        let mut tried = match files {
            Some(files) => files.placed(line),
            None => line.to_vec(),
        };
        tried.insert(0, "--dry-run".into());
        let ran = self.run(command, &[], &tried, Some("json"));
        if ran.refusal.is_some() {
            return Err(ran);
        }
        let file = files.map(Files::content);
        Ok(self.keep_draft(command, line, seen(&ran.kept.result), file))
    }

    /// Notes that a list was taken in by its own reader.
    pub(super) fn decide_draft(&self, number: &str, batch: i64) -> Result<(), Error> {
        let by = self.visitor.name.clone().unwrap_or_default();
        let now = self.site.access.accounts.now();
        let number = number.parse().unwrap_or_default();
        Ok(self.store()?.decide_draft(number, (&by, now), Ok(batch))?)
    }

    /// Puts the plan that was decided on in the place of the one that a draft has.
    pub(super) fn change_draft(&self, number: &str, plan: &[u8]) -> Result<(), Error> {
        let number = number.parse().unwrap_or_default();
        Ok(self.store()?.change_draft(number, plan)?)
    }

    /// Whether the visitor may change the list of a draft: where a second person approves, only its author may.
    pub(super) fn may_decide(&self, path: &str, draft: &str) -> bool {
        if !self.site.approval || path != "import decide" {
            return true;
        }
        let number = draft.parse().unwrap_or_default();
        let draft = Store::open(&self.site.registry, Access::Read)
            .and_then(|mut store| store.read(|reader| reader.draft(number)));
        draft.is_ok_and(|draft| Some(draft.author) == self.visitor.name)
    }

    /// Opens the registry to write to what is no record.
    fn store(&self) -> Result<Store, Error> {
        Ok(Store::open(&self.site.registry, Access::Write)?)
    }
}
