//! Pages that show: lists, records, reports, downloads of them, and suggestions for who is typing.

use std::ffi::OsString;

use axum::http::{StatusCode, header};
use clap::Command;

use super::form::{Form, form};
use super::frame::{first_place, link, markup};
use super::line::{arguments, form_of, is_offered, name_of};
use super::page::{Link, with_clocks};
use super::site::{PLACES, RECORDS};
use super::visit::{Answer, Visit};
use super::{tiles, titles, waiting};

/// Fields of an address that belong to no command.
const OF_ADDRESS: [&str; 3] = ["as_of", "known_at", "format"];
/// Returns the formats in which the result of a command can be downloaded.
fn formats(command: &str) -> &'static [&'static str] {
    match command {
        "brief" => &["html", "docx", "csv", "json", "markdown"],
        "report" => &["html", "xlsx", "csv", "json", "markdown"],
        _ => &["csv", "json", "markdown"],
    }
}

/// Returns the page that an address stands for.
pub(super) fn page(visit: &Visit<'_>) -> Answer {
    let path = visit.asked.path.as_str();
    match path {
        "" => return front(visit),
        "checkpoint" => return tiles::checkpoint(visit),
        "translations" => return titles::page(visit),
        "log" => return Answer::to("/batches"),
        "suggest" => return suggestions(visit),
        "fill" => return filled(visit),
        _ => {}
    }
    if let Some(number) = path.strip_prefix("rows/") {
        return waiting::rows(visit, number);
    }
    let fields = visit.filters();
    if let Some(place) = PLACES.iter().find(|place| place.path == path) {
        if path == "search"
            && visit
                .asked
                .field("text")
                .is_none_or(|text| text.trim().is_empty())
        {
            return Answer::to("/");
        }
        return visit.result(
            place.command,
            fields,
            Default::default(),
            visit.labels.text(place.label),
        );
    }
    let record = path.split_once('/').and_then(|(kind, code)| {
        let place = RECORDS.iter().find(|place| place.path == kind)?;
        Some((place, code))
    });
    let Some((place, code)) = record else {
        return visit.not_found();
    };
    let command = visit.site.command(place.command, visit.language);
    let field = place.field.or_else(|| first_place(command?));
    let mut fields = fields;
    fields.insert(0, (field.unwrap_or_default().to_owned(), code.to_owned()));
    let mut actions = visit.actions(place.forms, code);
    let mut more = String::new();
    if place.path == "draft" {
        let (shown, leading) = waiting::about(visit, code);
        more = shown;
        actions.extend(leading);
    }
    if ["project", "party", "source"].contains(&place.path) {
        let label = visit.labels.text("desk-history");
        actions.push(link(format!("/history/{code}"), label));
    }
    actions.extend(
        (place.path == "source")
            .then(|| address_of(visit, code))
            .flatten(),
    );
    visit.result(place.command, fields, (more, actions), code.to_owned())
}

/// Returns the link to the address of a source, where it has one that is not withheld.
fn address_of(visit: &Visit<'_>, code: &str) -> Option<Link> {
    let ran = visit.run(
        "source show",
        &[],
        &["--".into(), code.into()],
        Some("json"),
    );
    let source: serde_json::Value = serde_json::from_slice(&ran.kept.result).ok()?;
    let address = source["url"]
        .as_str()
        .filter(|_| source["link"] != "withheld")?;
    let is_web = ["http://", "https://"]
        .iter()
        .any(|scheme| address.starts_with(scheme));
    is_web.then(|| link(address.to_owned(), address.to_owned()))
}

/// Returns the first page: the brief, and what needs attention.
fn front(visit: &Visit<'_>) -> Answer {
    let clocks = visit.clocks();
    let mut content = String::new();
    let mut refusal = None;
    for command in ["brief", "todo"] {
        let ran = visit.run(command, &clocks, &[], None);
        content.push_str(&markup(&ran));
        refusal = refusal.or(ran.refusal);
    }
    let mut page = visit.frame(visit.labels.text("desk-name"), "brief");
    page.downloads = visit.downloads("brief", "brief");
    page.content = with_clocks(&content, &visit.suffix());
    visit.with_refusal(page, refusal, StatusCode::OK)
}

/// Returns the way to the form that a command line fills in.
fn filled(visit: &Visit<'_>) -> Answer {
    let line = visit.asked.field("line").unwrap_or_default();
    let whole = visit.site.command("", visit.language);
    match whole.and_then(|whole| form_of(line, whole)) {
        Some(address) => Answer::to(&address),
        None => visit.not_found(),
    }
}

/// Returns what a field of a form, or the search, could say, as a JSON array of pairs of value and name.
fn suggestions(visit: &Visit<'_>) -> Answer {
    let said = |name| visit.asked.field(name).unwrap_or_default();
    let path = said("command")
        .trim_start_matches("/record/")
        .replace('/', " ");
    let is_search = said("field") == "record";
    let path = if is_search { "log".to_owned() } else { path };
    let command = visit.site.command(&path, visit.language);
    let offered = command.into_iter().flat_map(Command::get_arguments);
    let mut offered = offered.filter(|argument| is_offered(argument));
    let argument = offered.find(|argument| name_of(argument) == said("field"));
    let noun = path.split(' ').next().unwrap_or_default();
    let found = argument.map(|argument| {
        (visit.site.program.suggestions)(&visit.site.registry, (noun, argument), said("typed"))
    });
    let found: Vec<_> = found.into_iter().flatten().take(20).collect();
    let json = serde_json::to_vec(&found).unwrap_or_default();
    Answer::new(StatusCode::OK, "application/json", json)
}

impl Visit<'_> {
    /// Returns the fields of the address that are the command's own.
    pub(super) fn filters(&self) -> Vec<(String, String)> {
        let own = self.asked.query.iter();
        own.filter(|(name, _)| !OF_ADDRESS.contains(&name.as_str()))
            .cloned()
            .collect()
    }

    /// Returns the page or the download of a result; `more` is what the page shows besides, and where it leads to.
    fn result(
        &self,
        path: &str,
        fields: Vec<(String, String)>,
        (more, actions): (String, Vec<Link>),
        title: String,
    ) -> Answer {
        let Some(command) = self.site.command(path, self.language) else {
            return self.not_found();
        };
        let line = match arguments((path, command), &fields) {
            Ok(line) => line,
            Err(name) => return self.unknown_field(&name),
        };
        // The report is a page of its own.
        let whole = (path == "report").then_some("html");
        if let Some(format) = self.asked.field("format").or(whole) {
            return self.download(path, &line, format);
        }
        let ran = self.run(path, &self.clocks(), &line, None);
        let filter = self.filter(command, &fields);
        let is_asked = |name: &str| filter.fields.iter().any(|field| field.name == name);
        let mut page = self.frame(title, path);
        page.kept = self.filters();
        page.kept.retain(|(name, _)| !is_asked(name));
        page.filter = Some(filter).filter(|filter| !filter.fields.is_empty());
        page.content = with_clocks(&format!("{}{more}", markup(&ran)), &self.suffix());
        page.said.clone_from(&ran.kept.said);
        page.actions = actions;
        page.downloads = self.downloads(&self.asked.path, path);
        page.command = format!("tpmc {path}{}", in_shell(&line));
        let missing = if self.asked.path.contains('/') {
            StatusCode::NOT_FOUND
        } else {
            StatusCode::OK
        };
        self.with_refusal(page, ran.refusal, missing)
    }

    /// Returns the links to a result as a file: of the page at `place`, which shows the result of `command`.
    fn downloads(&self, place: &str, command: &str) -> Vec<Link> {
        let one = |format: &&str| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query
                .extend_pairs(self.filters())
                .extend_pairs(self.clocks());
            query.append_pair("format", format);
            let address = format!("/{place}?{}", query.finish());
            let name = match *format {
                "markdown" => "Markdown".to_owned(),
                format => format.to_uppercase(),
            };
            link(address, name)
        };
        formats(command).iter().map(one).collect()
    }

    /// Returns the filter of a page: the fields of its command, but those that its address has already.
    pub(super) fn filter(&self, command: &Command, fields: &[(String, String)]) -> Form {
        let said = |name: &str| {
            let mut said = fields.iter().filter(|(field, _)| field == name);
            said.next().map(|(_, value)| value.clone())
        };
        let mut filter = form(("", command), &self.labels, said, |_| None);
        let in_address = |name: &str| {
            self.asked.path.contains('/') && fields.first().is_some_and(|(field, _)| field == name)
        };
        filter
            .fields
            .retain(|field| !in_address(&field.name) && field.name != "text");
        filter
    }

    /// Returns a result as a file.
    fn download(&self, path: &str, line: &[OsString], format: &str) -> Answer {
        let (kind, extension, is_shown) = match format {
            "csv" => ("text/csv; charset=utf-8", "csv", false),
            "json" => ("application/json", "json", false),
            "markdown" => ("text/markdown; charset=utf-8", "md", false),
            "html" => ("text/html; charset=utf-8", "html", true),
            "xlsx" => (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "xlsx",
                false,
            ),
            "docx" => (
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
                "docx",
                false,
            ),
            other => return self.unknown_field(&format!("format={other}")),
        };
        // What is made as a file is made as one, in a folder that only this program names.
        let Ok(folder) = tempfile::tempdir() else {
            return Answer::new(StatusCode::SERVICE_UNAVAILABLE, "text/plain", "");
        };
        let file = folder.path().join(format!("result.{extension}"));
        let mut output: Vec<OsString> = vec!["--output".into(), file.clone().into()];
        output.extend_from_slice(line);
        let ran = self.run(path, &self.clocks(), &output, Some(format));
        // A check that finds something is refused, and written all the same.
        let Ok(bytes) = std::fs::read(&file) else {
            let page = self.frame(format.to_uppercase(), path);
            return self.with_refusal(page, ran.refusal, StatusCode::UNPROCESSABLE_ENTITY);
        };
        let answer = Answer::new(StatusCode::OK, kind, bytes);
        match is_shown {
            true => answer,
            false => {
                let name = self.asked.path.replace('/', "-");
                let value = format!("attachment; filename=\"{}.{extension}\"", ascii(&name));
                answer.with(header::CONTENT_DISPOSITION, value)
            }
        }
    }
}

/// Returns arguments as a shell takes them, to be shown.
fn in_shell(line: &[OsString]) -> String {
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_=,./:".contains(letter);
    let words = line.iter().map(|word| word.to_string_lossy());
    words
        .filter(|word| word != "--")
        .map(|word| match word.chars().all(is_plain) {
            true => format!(" {word}"),
            false => format!(" '{}'", word.replace('\'', "'\\''")),
        })
        .collect()
}

/// Returns the letters of a name that a header can hold.
fn ascii(name: &str) -> String {
    let plain = name.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphanumeric() || letter == '-' => letter,
        _ => '_',
    });
    plain.collect()
}
