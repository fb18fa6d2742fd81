//! Reports as bytes. A report shows itself twice: as a page for people, in their language, and as data for programs.

mod answer;
mod artefact;
mod batches;
mod changes;
mod chart;
mod check;
mod context;
mod country;
mod csv;
mod docx;
mod html;
mod import_plan;
mod json;
mod layout;
mod listing;
mod markdown;
mod mechanism;
mod money;
mod pace;
mod page;
mod party_match;
mod phrases;
mod printable;
mod progress;
mod project;
mod project_list;
mod record_change;
mod recorded;
mod report;
mod search;
mod sheet;
mod summary;
mod text;
mod verification;

use serde::Serialize;

pub(crate) use crate::language::Labels;
use crate::message::{Explain, Message};
pub(crate) use batches::{BatchView, HistoryView};
pub(crate) use changes::ChangesView;
pub(crate) use context::Topics;
pub(crate) use html::{escaped, escaped_lines};
pub(crate) use import_plan::{ImportChosenView, ImportPlanView, PlanTable};
pub(crate) use json::json;
pub(crate) use pace::{PaceView, REACHABLE};
pub(crate) use page::{Block, Page};
pub(crate) use phrases::phrased;
pub(crate) use printable::printable;
pub(crate) use record_change::in_lines;
pub(crate) use report::{BriefView, MeetingView};
pub(crate) use sheet::{Cell, Column, Offer, Sheet};
pub(crate) use summary::{SummaryView, key_label};
pub(crate) use verification::message;

/// How a result is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people, at a terminal
    #[default]
    Text,
    /// For programs: a promise, fields are added and never renamed
    Json,
    /// For spreadsheets: one row a record, columns named as in JSON
    Csv,
    /// For documents
    Markdown,
    /// For editing: one project, with `project show` alone
    Toml,
    /// For readers: one page that needs nothing else, with `report` and `brief` alone
    Html,
    /// For spreadsheets: a workbook, with `report` alone
    Xlsx,
    /// For word processors, with `brief` alone
    Docx,
}

impl Format {
    /// What it is called.
    fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Markdown => "Markdown",
            Self::Toml => "TOML",
            Self::Html => "HTML",
            Self::Xlsx => "XLSX",
            Self::Docx => "DOCX",
        }
    }

    /// The format, if it is one that every result is written in.
    ///
    /// # Errors
    /// [`Error::NotAs`] when it is one of a few results only.
    pub(crate) fn of_any_result(self) -> Result<Self, Error> {
        match self {
            Self::Text | Self::Json | Self::Csv | Self::Markdown => Ok(self),
            Self::Toml | Self::Html | Self::Xlsx | Self::Docx => Err(Error::NotAs(self)),
        }
    }

    /// Whether it is for programs, which want all of a result.
    pub(crate) fn is_data(self) -> bool {
        matches!(self, Self::Json | Self::Csv)
    }
}

/// A report that can be shown. As JSON it is itself; the other formats are made from these two.
pub(crate) trait View: Serialize {
    /// For people: words in their language. `width` is that of the terminal, in columns.
    fn page(&self, labels: &Labels, width: usize) -> Page;

    /// For programs: canonical words, one record a row, columns named as in JSON.
    fn data(&self) -> Sheet;
}

/// Why a result could not be written in the wanted format.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    Json(#[from] serde_json::Error),
    NotAs(Format),
    Template(#[from] askama::Error),
    Document(#[from] zip::result::ZipError),
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    Csv(#[from] ::csv::Error),
}

explained!(Error);

impl Explain for Error {
    fn message(&self) -> Message {
        match self {
            Self::Json(_) => message!("error-as-json"),
            Self::NotAs(format) => message!("error-not-as", format = format.name()),
            Self::Template(_) => message!("error-page"),
            Self::Document(_) => message!("error-document-of-brief"),
            Self::Workbook(_) => message!("error-report-workbook"),
            Self::Csv(_) => message!("error-as-csv"),
        }
    }
}

/// A width that no table reaches: for formats that do not fold.
const UNLIMITED: usize = 10_000;

/// `report` in the chosen `format`.
pub(crate) fn bytes(
    report: &impl View,
    labels: &Labels,
    format: Format,
    width: usize,
) -> Result<Vec<u8>, Error> {
    match format {
        Format::Text => Ok(text::write(&page(report, labels, width), labels, width).into_bytes()),
        Format::Markdown => {
            Ok(markdown::write(&page(report, labels, UNLIMITED), labels).into_bytes())
        }
        Format::Json => json(report),
        Format::Csv => csv::write(&report.data()),
        Format::Toml | Format::Html | Format::Xlsx | Format::Docx => Err(Error::NotAs(format)),
    }
}

/// Returns `report` as HTML that stands within a page of the web desk.
pub(crate) fn markup(report: &impl View, labels: &Labels) -> String {
    html::write(&page(report, labels, UNLIMITED), labels)
}

/// Returns the page of a report; its last paragraph explains the mark of translated titles, where one is shown.
fn page(report: &impl View, labels: &Labels, width: usize) -> Page {
    let mut page = report.page(labels, width);
    if let Some(note) = labels.note_on_marks() {
        page.add(Block::Paragraph(note));
    }
    page
}

#[cfg(test)]
mod tests;
