//! The frame of a page filled in: menus, clocks, languages, the batch that it rests on, and what is to be said about a refusal.

use std::ffi::OsString;

use askama::Template as _;
use axum::http::StatusCode;
use clap::Command;

use super::line::name_of;
use super::page::{Link, Page, SCRIPT, STYLE};
use super::site::{FIRST, PLACES, forms};
use super::visit::{Answer, Visit};
use super::{Ran, Refusal, tiles};
use crate::commands::checkpoint;
use crate::domain::{Language, Vocabulary as _};
use crate::message::Explain as _;
use crate::output::Explained;
use crate::render::{escaped_lines, phrased};

impl Visit<'_> {
    /// Returns an empty page in its frame; `path` is the command whose options decide which clocks it has.
    pub(super) fn frame(&self, title: String, path: &str) -> Page<'_> {
        let uses = (self.site.program.uses)(path);
        let clock = |name| {
            let value = self.asked.field(name).unwrap_or_default();
            (uses.contains(&name) && !self.asked.path.starts_with("record/"))
                .then(|| value.to_owned())
        };
        let here = |path: &str| self.asked.path == path;
        let of_menu = PLACES
            .iter()
            .filter(|place| place.path != "search")
            .map(|place| Link {
                address: format!("/{}{}", place.path, question(&self.suffix())),
                label: self.labels.text(place.label),
                is_here: here(place.path),
            });
        let mut menu: Vec<Link> = of_menu.collect();
        let more = menu.split_off(FIRST.min(menu.len()));
        let records = match self.visitor.may_record() {
            true => self.record_links(),
            false => Vec::new(),
        };
        Page {
            labels: &self.labels,
            language: self.language.word(),
            title,
            style: STYLE,
            script: SCRIPT,
            menu,
            more,
            records,
            languages: self.languages(),
            visitor: self.visitor.name.clone(),
            has_session: self.site.access.asks_for_account(),
            searched: self.asked.field("text").unwrap_or_default().to_owned(),
            as_of: clock("as_of"),
            known_at: clock("known_at"),
            path: format!("/{}", self.asked.path),
            kept: Vec::new(),
            errors: Vec::new(),
            hints: Vec::new(),
            said: Vec::new(),
            content: String::new(),
            actions: Vec::new(),
            downloads: Vec::new(),
            filter: None,
            form: None,
            token: self.site.access.token(Some(&self.visitor)),
            verb: verb(path, self.site.approval),
            command: String::new(),
            checkpoint: self.last_batch(),
            signed: self.signed(),
            deciding: None,
        }
    }

    /// Whether what was sent comes from a form that the visitor got here.
    pub(super) fn is_own_form(&self) -> bool {
        self.site
            .access
            .is_own_form(self.asked, Some(&self.visitor))
    }

    fn languages(&self) -> Vec<Link> {
        let back = format!("/{}", self.asked.path);
        let query: String = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.asked.query)
            .finish();
        let back = format!("{back}{}", question(&query));
        languages_of(self.language, &back)
    }

    /// Returns the forms that stand for themselves, by what they do.
    fn record_links(&self) -> Vec<Link> {
        let Some(whole) = self.site.command("", self.language) else {
            return Vec::new();
        };
        let is_new =
            |path: &String| path.ends_with(" add") || path == "import plan" || !path.contains(' ');
        let named = |path: String| {
            let about = self
                .site
                .command(&path, self.language)?
                .get_about()?
                .to_string();
            Some(link(format!("/record/{}", path.replace(' ', "/")), about))
        };
        forms(whole)
            .into_iter()
            .filter(is_new)
            .filter_map(named)
            .collect()
    }

    /// Returns links to forms about one record, where the visitor may record.
    pub(super) fn actions(&self, forms: &[&str], code: &str) -> Vec<Link> {
        let named = |path: &&str| {
            self.may(path).then_some(())?;
            let command = self.site.command(path, self.language)?;
            let about = command.get_about()?.to_string();
            let mut query = form_urlencoded::Serializer::new(String::new());
            let query = query.append_pair(first_place(command)?, code).finish();
            Some(link(
                format!("/record/{}?{query}", path.replace(' ', "/")),
                about,
            ))
        };
        forms.iter().filter_map(named).collect()
    }

    /// Returns the newest batch of all, or of one actor, as the journal lists it.
    fn newest(&self, actor: Option<&str>) -> serde_json::Value {
        let actor = actor.map(|actor| format!("--actor={actor}").into());
        let line: Vec<OsString> = actor.into_iter().chain(["--limit=1".into()]).collect();
        let ran = self.run("log", &[], &line, Some("json"));
        let batches: serde_json::Value =
            serde_json::from_slice(&ran.kept.result).unwrap_or_default();
        batches.get(0).cloned().unwrap_or_default()
    }

    /// Returns the number of the last batch.
    pub(super) fn last_number(&self) -> i64 {
        self.newest(None)["number"].as_i64().unwrap_or_default()
    }

    /// Whether the visitor may use the form of a command.
    pub(super) fn may(&self, path: &str) -> bool {
        let visitor = &self.visitor;
        match path {
            "draft approve" | "draft refuse" => visitor.may_approve(),
            // Nobody records alone where a second person approves.
            "import apply" if self.site.approval => false,
            _ => visitor.may_record(),
        }
    }

    /// Returns the last batch after another one that the visitor recorded with a command, or approved.
    pub(super) fn batch_since(&self, seen: i64, command: &str) -> Option<i64> {
        let is_approval = command == "draft approve";
        let actor = self.visitor.name.as_deref().filter(|_| !is_approval);
        let number = self.newest(actor)["number"].as_i64()?;
        (number > seen).then_some(number)
    }

    /// Returns the number and the time of the last batch: what the page rests on.
    fn last_batch(&self) -> String {
        let batch = self.newest(None);
        match (batch["number"].as_i64(), batch["recorded_at"].as_str()) {
            (Some(number), Some(time)) => {
                let first = batch["first_entry"].as_i64().unwrap_or_default();
                let size = first + batch["entries"].as_i64().unwrap_or_default();
                self.labels.with(
                    "desk-rests-on",
                    &[
                        ("batch", number.into()),
                        ("time", time.into()),
                        ("size", size.into()),
                    ],
                )
            }
            _ => String::new(),
        }
    }

    /// Says how far the journal is signed, where the desk has a signed checkpoint.
    fn signed(&self) -> String {
        match tiles::published(self.site) {
            None => String::new(),
            Some(Ok(signed)) => {
                let names = checkpoint::names(&signed);
                let values = [
                    ("size", signed.checkpoint().size().into()),
                    ("names", self.labels.list(&names).into()),
                ];
                self.labels.with("desk-signed", &values)
            }
            Some(Err(error)) => self.labels.say(&error.message()),
        }
    }

    /// Returns the page with what there is to say about a refusal; `otherwise` is the status where the command line was right.
    pub(super) fn with_refusal(
        &self,
        mut page: Page<'_>,
        refusal: Option<Refusal>,
        otherwise: StatusCode,
    ) -> Answer {
        let status = match refusal.as_ref().map(|refusal| refusal.status) {
            None => StatusCode::OK,
            Some(2) => StatusCode::BAD_REQUEST,
            Some(3) => StatusCode::SERVICE_UNAVAILABLE,
            Some(_) => otherwise,
        };
        for line in refusal.into_iter().flat_map(|refusal| refusal.lines) {
            match line {
                Explained::Error(text) | Explained::Cause(text) => page.errors.push(text),
                Explained::Hint(text) => page.hints.push(text),
            }
        }
        match page.render() {
            Ok(html) => Answer::page(status, phrased(&html, self.language)),
            Err(_) => Answer::new(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", ""),
        }
    }

    pub(super) fn not_found(&self) -> Answer {
        self.said_only(StatusCode::NOT_FOUND, self.labels.text("desk-no-page"))
    }

    pub(super) fn unknown_field(&self, name: &str) -> Answer {
        let why = self.labels.with("desk-no-field", &[("field", name.into())]);
        self.said_only(StatusCode::BAD_REQUEST, why)
    }

    /// Returns a page that says one thing.
    pub(super) fn said_only(&self, status: StatusCode, why: String) -> Answer {
        let refusal = Refusal::of_desk(vec![why]);
        let page = self.frame(self.labels.text("desk-name"), "");
        self.with_refusal(page, Some(refusal), status)
    }
}

/// Returns the links to the languages; they lead back to an address.
pub(super) fn languages_of(here: Language, back: &str) -> Vec<Link> {
    let one = |language: &Language| {
        let mut address = form_urlencoded::Serializer::new(String::new());
        let address = address.append_pair("back", back).finish();
        Link {
            address: format!("/language/{}?{address}", language.word()),
            label: match language {
                Language::English => "English".to_owned(),
                Language::Chinese => "中文".to_owned(),
                Language::Japanese => "日本語".to_owned(),
            },
            is_here: *language == here,
        }
    };
    Language::ALL.iter().map(one).collect()
}

/// Returns the name of the first argument that is a place.
pub(super) fn first_place(command: &Command) -> Option<&str> {
    command.get_positionals().next().map(name_of)
}

/// Returns a link to elsewhere.
pub(super) fn link(address: String, label: String) -> Link {
    Link {
        address,
        label,
        is_here: false,
    }
}

pub(super) fn question(query: &str) -> String {
    if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    }
}

/// Returns the key of what sending the form of a command is called.
fn verb(path: &str, waits: bool) -> &'static str {
    match path {
        "import plan" => "desk-do-send",
        "import decide" => "desk-do-decide",
        "draft approve" => "desk-do-approve",
        "draft refuse" => "desk-do-refuse",
        _ if waits => "desk-do-propose",
        _ => "desk-do-record",
    }
}

/// Returns the result of a command as a part of a page.
pub(super) fn markup(ran: &Ran) -> String {
    let text = String::from_utf8_lossy(&ran.kept.result);
    match ran.kept.is_markup || text.is_empty() {
        true => text.into_owned(),
        false => format!("<pre>{}</pre>", escaped_lines(&text)),
    }
}
