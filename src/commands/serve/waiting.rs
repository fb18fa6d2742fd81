//! What waits: entries for a second person, and lists that were sent and are decided on. Both are drafts.

use std::ffi::OsString;

use serde_json::Value;

use super::frame::{link, markup};
use super::page::Link;
use super::upload::Files;
use super::visit::Visit;
use super::{Ran, Refusal};
use crate::commands::draft::{FILE, kept_line, seen};
use crate::error::Error;
use crate::store::{Access, DraftFile, NewDraft, Store};

/// The command of a draft that is a list.
const LIST: &str = "import apply";

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
            for form in ["import decide", LIST] {
                let command = visit.site.command(form, visit.language);
                let about = command.and_then(|command| command.get_about());
                if let Some(about) =
                    about.filter(|_| visit.may(form) && (is_own || !visit.site.approval))
                {
                    let address = format!("/record/{}?draft={number}", form.replace(' ', "/"));
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
    pub(super) fn may_decide(&self, path: &str) -> bool {
        if !self.site.approval || path != "import decide" {
            return true;
        }
        let number = self.asked.field("draft").unwrap_or_default();
        let number = number.parse().unwrap_or_default();
        let draft = Store::open(&self.site.registry, Access::Read)
            .and_then(|mut store| store.read(|reader| reader.draft(number)));
        draft.is_ok_and(|draft| Some(draft.author) == self.visitor.name)
    }

    /// Opens the registry to write to what is no record.
    fn store(&self) -> Result<Store, Error> {
        Ok(Store::open(&self.site.registry, Access::Write)?)
    }
}
