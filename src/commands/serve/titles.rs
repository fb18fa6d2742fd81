//! Titles in three languages side by side. What is filled in is a project sheet, which is read and recorded as one that was sent.

use std::collections::BTreeSet;
use std::ffi::OsString;

use askama::Template;
use axum::http::{Method, StatusCode};
use serde_json::Value;

use super::frame::{link, markup};
use super::page::Link;
use super::record::forbidden;
use super::upload::Files;
use super::visit::{Answer, Visit};
use super::{Ran, Refusal};
use crate::commands::draft::FILE;
use crate::domain::{TextBasis, Vocabulary as _, guarded};
use crate::error::Error;
use crate::render::Labels;

/// Projects on one page.
const TOGETHER: usize = 25;
/// The titles as columns of a project sheet, each with the one that says what it rests on.
const TITLES: [(&str, Option<&str>); 3] = [
    ("title_en", None),
    ("title_zh", Some("title_zh_basis")),
    ("title_ja", Some("title_ja_basis")),
];
/// Which projects there are to see, each with the key of its label: those that lack a title, those with a title that somebody
/// translated, and all.
const CHOICES: [(&str, &str); 3] = [
    ("missing", "desk-titles-missing"),
    ("translated", "desk-titles-translated"),
    ("all", "desk-titles-all"),
];

/// The form with the titles of some projects.
#[derive(Template)]
#[template(
    path = "titles.html",
    config = "src/commands/serve/templates/askama.toml",
    whitespace = "minimize"
)]
struct Titles<'a> {
    labels: &'a Labels,
    token: String,
    /// The address of the page, which the form is sent to.
    here: String,
    choices: Vec<Link>,
    pages: Vec<Link>,
    rows: Vec<Row>,
    bases: Vec<(&'static str, String)>,
    reason: &'a str,
    /// The key of what the main button says; none for somebody who only reads.
    verb: Option<&'static str>,
}

/// A project with its titles.
struct Row {
    code: String,
    /// The title in the source, where there is one in another language.
    original: String,
    titles: Vec<Title>,
}

struct Title {
    field: Field,
    label: String,
    basis: Option<Field>,
}

/// What stands in a field, and what the registry had when the page was made.
struct Field {
    name: String,
    value: String,
    was: String,
}

impl Field {
    /// Returns the key of its label.
    fn label(&self) -> &'static str {
        match self.name.ends_with("title_zh_basis") {
            true => "field-title_zh_basis",
            false => "field-title_ja_basis",
        }
    }
}

impl Titles<'_> {
    fn t(&self, key: &str) -> String {
        self.labels.text(key)
    }
}

/// Returns the page, or takes in what was filled in on it.
pub(super) fn page(visit: &Visit<'_>) -> Answer {
    if *visit.asked.method != Method::POST {
        return shown(visit, Ran::default());
    }
    if !visit.visitor.may_record() || !visit.is_own_form() {
        return forbidden(visit);
    }
    match taken_in(visit) {
        Ok(Ok(address)) => Answer::to(&address),
        Ok(Err(ran)) => shown(visit, ran),
        Err(error) => shown(visit, refused(vec![error.to_string()])),
    }
}

fn refused(why: Vec<String>) -> Ran {
    Ran {
        refusal: Some(Refusal::of_desk(why)),
        ..Ran::default()
    }
}

/// Returns the page below what a preview or a refusal says.
fn shown(visit: &Visit<'_>, ran: Ran) -> Answer {
    let labels = &visit.labels;
    let field = |name| visit.asked.field(name).unwrap_or_default();
    let choice = CHOICES
        .into_iter()
        .find(|(choice, _)| *choice == field("show"));
    let (choice, _) = choice.unwrap_or(CHOICES[0]);
    let projects = projects(visit);
    let of = |choice: &str| {
        projects
            .iter()
            .filter(|project| is_of(choice, project))
            .count()
    };
    let address = |choice: &str, from: usize| format!("/translations?show={choice}&from={from}");
    let choices = CHOICES.map(|(one, key)| {
        let text = labels.text(key);
        let values = [("text", text.into()), ("note", of(one).into())];
        Link {
            address: address(one, 0),
            label: labels.with("with-note", &values),
            is_here: one == choice,
        }
    });
    let from: usize = field("from").parse().unwrap_or_default();
    // What was sent is shown again, whatever became of it meanwhile.
    let sent = sent(visit);
    let is_shown = |project: &&Value| match sent.is_empty() {
        true => is_of(choice, project),
        false => sent.contains(project["code"].as_str().unwrap_or_default()),
    };
    let rows = projects.iter().filter(is_shown);
    let rows = rows.skip(if sent.is_empty() { from } else { 0 });
    let rows = rows.take(if sent.is_empty() {
        TOGETHER
    } else {
        usize::MAX
    });
    let step = |is_there: bool, from: usize, key: &str| {
        is_there.then(|| link(address(choice, from), labels.text(key)))
    };
    let before = step(from > 0, from.saturating_sub(TOGETHER), "desk-before");
    let after = step(from + TOGETHER < of(choice), from + TOGETHER, "desk-after");
    let verb = match visit.site.approval {
        true => "desk-do-propose",
        false => "desk-do-record",
    };
    let titles = Titles {
        labels,
        token: visit.site.access.token(Some(&visit.visitor)),
        here: address(choice, from),
        choices: choices.into(),
        pages: before.into_iter().chain(after).collect(),
        rows: rows.map(|project| Row::of(project, visit)).collect(),
        bases: [TextBasis::Translated, TextBasis::Stated]
            .map(|basis| (basis.word(), labels.word(basis)))
            .into(),
        reason: field("reason"),
        verb: visit.visitor.may_record().then_some(verb),
    };
    let mut page = visit.frame(labels.text("desk-translations"), "");
    page.said.clone_from(&ran.kept.said);
    page.content = format!("{}{}", markup(&ran), titles.render().unwrap_or_default());
    visit.with_refusal(page, ran.refusal, StatusCode::UNPROCESSABLE_ENTITY)
}

/// Returns the identified projects as the list of them has them.
fn projects(visit: &Visit<'_>) -> Vec<Value> {
    let ran = visit.run("project list", &[], &[], Some("json"));
    let all: Vec<Value> = serde_json::from_slice(&ran.kept.result).unwrap_or_default();
    let identified = all
        .into_iter()
        .filter(|project| project["identified"] == true);
    identified.collect()
}

/// Returns the codes of the projects whose titles were sent.
fn sent<'v>(visit: &'v Visit<'_>) -> BTreeSet<&'v str> {
    let names = visit
        .asked
        .form
        .iter()
        .map(|(name, _)| name.split_once('.'));
    names.flatten().map(|(code, _)| code).collect()
}

fn is_of(choice: &str, project: &Value) -> bool {
    let mut titles = TITLES.into_iter();
    match choice {
        "missing" => titles.any(|(title, _)| project[title].is_null()),
        "translated" => {
            titles.any(|(_, basis)| basis.is_some_and(|basis| project[basis] == "translated"))
        }
        _ => true,
    }
}

impl Row {
    fn of(project: &Value, visit: &Visit<'_>) -> Self {
        let text = |name: &str| project[name].as_str().unwrap_or_default().to_owned();
        let code = text("code");
        let field = |column: &str, usual: &str| {
            let name = format!("{code}.{column}");
            let was = text(column);
            let typed = visit.asked.field(&name).map(str::to_owned);
            let value = typed.unwrap_or_else(|| match was.is_empty() {
                true => usual.to_owned(),
                false => was.clone(),
            });
            Field { name, value, was }
        };
        let titles = TITLES.map(|(title, basis)| Title {
            field: field(title, ""),
            label: visit.labels.text(&format!("field-{title}")),
            basis: basis.map(|basis| field(basis, "translated")),
        });
        let original = text("title_original");
        let is_known = titles.iter().any(|title| title.field.was == original);
        Self {
            original: if is_known { String::new() } else { original },
            titles: titles.into(),
            code,
        }
    }

    /// Returns its cells of the sheet, where something was changed; and what stands against it.
    fn cells(&self, visit: &Visit<'_>, met: &mut Vec<String>) -> Option<Vec<String>> {
        let mut cells = vec![self.code.clone()];
        let mut is_changed = false;
        for title in &self.titles {
            let fields = || std::iter::once(&title.field).chain(&title.basis);
            let was = |field: &Field| {
                visit
                    .asked
                    .field(&format!("was.{}", field.name))
                    .map(in_line)
            };
            let is_new = |field: &Field| {
                !field.value.trim().is_empty()
                    && was(field).is_some_and(|was| was != in_line(&field.value))
            };
            let basis_counts = !title.field.was.is_empty();
            let is_touched =
                is_new(&title.field) || basis_counts && title.basis.as_ref().is_some_and(is_new);
            if is_touched && was(&title.field) != Some(in_line(&title.field.was)) {
                let values = [
                    ("field", format!("{} {}", self.code, title.label).into()),
                    ("now", title.field.was.clone().into()),
                ];
                met.push(visit.labels.with("desk-changed-meanwhile", &values));
            }
            is_changed |= is_touched;
            cells.extend(fields().map(|field| match is_touched {
                true => guarded(&in_line(&field.value)).into_owned(),
                false => String::new(),
            }));
        }
        is_changed.then_some(cells)
    }
}

/// Returns a title in one line.
fn in_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Previews, records, or keeps for a second person what was filled in: the address of its page, or what there is to say instead.
fn taken_in(visit: &Visit<'_>) -> Result<Result<String, Ran>, Error> {
    let seen = visit.last_number();
    let (sheet, met) = sheet(visit)?;
    let Some(sheet) = sheet.filter(|_| met.is_empty()) else {
        let none = || vec![visit.labels.text("desk-nothing-changed")];
        return Ok(Err(refused(if met.is_empty() { none() } else { met })));
    };
    let failed = |why: String| Error::from(std::io::Error::other(why));
    let files = Files::with("titles.csv".to_owned(), &sheet).map_err(failed)?;
    let plan = files.beside("plan.json");
    let run = |command: &str, words: Vec<OsString>, format| {
        let ran = visit.run(command, &[], &files.placed(&words), format);
        match ran.refusal.is_some() {
            true => Err(ran),
            false => Ok(ran),
        }
    };
    let on = |place: OsString| vec!["--".into(), place];
    let output = format!("--output={}", plan.display()).into();
    let planned: Vec<OsString> = [output].into_iter().chain(on(FILE.into())).collect();
    if let Err(ran) = run("import plan", planned, None) {
        return Ok(Err(ran));
    }
    let shown = run("import show", on(plan.clone().into()), Some("json"));
    let shown =
        shown.map(|ran| serde_json::from_slice::<Value>(&ran.kept.result).unwrap_or_default());
    let is_clean = |plan: &Value| {
        let parts = plan["parts"].as_array().into_iter().flatten();
        let others =
            parts.filter(|part| !matches!(part["action"].as_str(), Some("change" | "same")));
        others
            .map(|part| part["projects"].as_u64())
            .all(|count| count == Some(0))
    };
    let is_clean = shown.as_ref().is_ok_and(is_clean);
    if visit.asked.field("step") == Some("preview") || !is_clean {
        return Ok(Err(
            run("import show", on(plan.into()), None).unwrap_or_else(|ran| ran)
        ));
    }
    let reason = visit
        .asked
        .field("reason")
        .map(str::trim)
        .filter(|reason| !reason.is_empty());
    let reason = reason.map(|reason| format!("--reason={reason}").into());
    let line = |place: OsString| {
        reason
            .clone()
            .into_iter()
            .chain(on(place))
            .collect::<Vec<_>>()
    };
    if visit.site.approval {
        let file = ("titles.csv".to_owned(), std::fs::read(&plan)?);
        let address = visit.keep_draft(
            "import apply",
            &line(FILE.into()),
            String::new(),
            Some(file),
        )?;
        return Ok(Ok(address));
    }
    Ok(match run("import apply", line(plan.into()), None) {
        Err(ran) => Err(ran),
        Ok(ran) => match visit.batch_since(seen, "import apply") {
            Some(batch) => Ok(format!("/batch/{batch}")),
            None => Err(ran),
        },
    })
}

/// Returns the project sheet with what was changed, where something was, and what was changed meanwhile by somebody else.
fn sheet(visit: &Visit<'_>) -> Result<(Option<Vec<u8>>, Vec<String>), Error> {
    let sent = sent(visit);
    let mut met = Vec::new();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let columns = TITLES
        .into_iter()
        .flat_map(|(title, basis)| [Some(title), basis]);
    let failed = |error: csv::Error| Error::from(std::io::Error::other(error.to_string()));
    let headings = std::iter::once("code").chain(columns.flatten());
    writer.write_record(headings).map_err(failed)?;
    let mut is_changed = false;
    for project in projects(visit) {
        let row = Row::of(&project, visit);
        if !sent.contains(row.code.as_str()) {
            continue;
        }
        if let Some(cells) = row.cells(visit, &mut met) {
            writer.write_record(cells).map_err(failed)?;
            is_changed = true;
        }
    }
    let sheet = writer
        .into_inner()
        .map_err(|error| Error::from(std::io::Error::other(error.to_string())))?;
    Ok((is_changed.then_some(sheet), met))
}
