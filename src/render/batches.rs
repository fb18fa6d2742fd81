//! The journal for people and for programs: the list of batches, one batch, one record's history.

use serde::Serialize;

use super::record_change::{self, COLUMNS, data_cells};
use super::{Block, Cell, Labels, Page, Sheet, View};
use crate::report::{
    BatchLine, BatchList, BatchReport, Glossary, How, RecordChange, RecordHistory,
};
use crate::store::Kind;

/// What a batch changed, and what is needed to read it.
#[derive(Debug, Serialize)]
pub(crate) struct BatchView {
    #[serde(flatten)]
    pub(crate) report: BatchReport,
    #[serde(skip)]
    pub(crate) glossary: Glossary,
}

/// A record's history, and what is needed to read it.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(crate) struct HistoryView {
    pub(crate) history: RecordHistory,
    #[serde(skip)]
    pub(crate) glossary: Glossary,
}

impl View for BatchList {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        let headings = [
            "field-batch",
            "log-recorded",
            "field-actor",
            "log-what",
            "field-reason",
        ];
        let zone = [("zone", labels.zone.to_string().into())];
        let heading = |key: &str| labels.with(key, &zone);
        let mut sheet = Sheet::new(headings.map(heading)).narrow([6, 16, 12, 26]);
        if let Some(column) = sheet.columns.first_mut() {
            column.is_number = true;
        }
        for line in &self.batches {
            let batch = &line.batch;
            let mut notes: Vec<String> = undone(line, labels).into_iter().collect();
            notes.extend(batch.reason.clone());
            sheet.rows.push(vec![
                Cell::from(batch.number.to_string()).linked(format!("batch/{}", batch.number)),
                Cell::from(labels.zone.shown(batch.recorded_at, "%Y-%m-%d %H:%M")),
                Cell::from(batch.actor.as_str()),
                Cell::from(what(line, labels, &self.glossary)),
                Cell::from(notes.join("; ")),
            ]);
        }
        page.add(Block::Table(sheet));
        if self.left_out > 0 {
            let count = [("count", self.left_out.into())];
            page.add(Block::Paragraph(labels.with("log-left-out", &count)));
        }
        page
    }

    fn data(&self) -> Sheet {
        let columns = BATCH_COLUMNS.into_iter().chain(["code", "name"]);
        let mut sheet = Sheet::new(columns);
        for line in &self.batches {
            let about = line.about.as_ref();
            let about = [
                about.map(|about| &about.code),
                about.and_then(|about| about.name.as_ref()),
            ];
            let cells = batch_cells(line).into_iter();
            let cells = cells.chain(about.map(Cell::or_not_stated));
            sheet.rows.push(cells.collect());
        }
        sheet
    }
}

/// What a batch did, in a sentence.
fn what(line: &BatchLine, labels: &Labels, glossary: &Glossary) -> String {
    let records = line.records;
    let Some(about) = &line.about else {
        let command = line.batch.command.as_str();
        let values = [("command", command.into()), ("count", records.into())];
        return labels.with("log-records", &values);
    };
    let sentence = record_change::in_a_sentence(&about.change, labels, glossary);
    match records - 1 {
        0 => sentence,
        more => {
            let values = [("sentence", sentence.into()), ("count", more.into())];
            labels.with("log-and-more", &values)
        }
    }
}

const BATCH_COLUMNS: [&str; 8] = [
    "number",
    "recorded_at",
    "actor",
    "command",
    "reason",
    "undoes",
    "undone_by",
    "records",
];

fn batch_cells(line: &BatchLine) -> [Cell; 8] {
    let batch = &line.batch;
    [
        Cell::from(batch.number.to_string()),
        Cell::from(batch.recorded_at.to_string()),
        Cell::from(batch.actor.as_str()),
        Cell::from(batch.command.as_str()),
        Cell::or_not_stated(batch.reason.as_ref()),
        Cell::or_not_stated(batch.undoes),
        Cell::or_not_stated(line.undone_by),
        Cell::from(line.records.to_string()),
    ]
}

fn undone(line: &BatchLine, labels: &Labels) -> Option<String> {
    let by = [("batch", line.undone_by?.to_string().into())];
    Some(labels.with("batch-undone", &by))
}

impl View for BatchView {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        let report = &self.report;
        match &report.batch {
            _ if report.dry_run => {
                page.add(Block::Title(labels.text("batch-preview")));
            }
            Some(line) => {
                let number = line.batch.number.to_string().into();
                page.add(Block::Title(
                    labels.with("batch-title", &[("number", number)]),
                ));
                page.add(Block::Fields(about(line, labels)));
            }
            None => {}
        }
        if report.total() == 0 {
            page.add(Block::Paragraph(labels.text("batch-nothing")));
        }
        if CHANGES.iter().any(|change| report.is_counted_only(*change)) {
            page.add(Block::Table(counts(report, labels)));
            page.add(Block::Paragraph(where_all(report, labels)));
        }
        for record in &report.records {
            page.add(Block::Heading(record_change::heading(record, labels)));
            page.add(Block::Table(record_change::table(
                record,
                labels,
                &self.glossary,
            )));
        }
        page
    }

    fn data(&self) -> Sheet {
        let keys = ["batch", "kind", "code", "change"];
        let mut sheet = Sheet::new(keys.into_iter().chain(COLUMNS));
        let number = self.report.batch.as_ref().map(|line| line.batch.number);
        for record in &self.report.records {
            for difference in &record.fields {
                let keys = [Cell::or_not_stated(number)]
                    .into_iter()
                    .chain(record_cells(record));
                sheet
                    .rows
                    .push(keys.chain(data_cells(difference)).collect());
            }
        }
        sheet
    }
}

fn record_cells(record: &RecordChange) -> [Cell; 3] {
    [
        Cell::from(record.kind.word()),
        Cell::from(record.code.as_str()),
        Cell::from(record.change.word()),
    ]
}

/// Where to read of all records.
fn where_all(report: &BatchReport, labels: &Labels) -> String {
    match &report.batch {
        Some(line) if !report.dry_run => {
            let number = line.batch.number.to_string().into();
            labels.with("batch-all", &[("number", number)])
        }
        _ => labels.text("batch-all-data"),
    }
}

/// When, who, with which command and why.
fn about(line: &BatchLine, labels: &Labels) -> Vec<(String, String)> {
    let batch = &line.batch;
    let reason = batch
        .reason
        .clone()
        .unwrap_or_else(|| labels.text("not-stated"));
    let fields = [
        ("field-recorded_at", Some(labels.time(batch.recorded_at))),
        ("field-actor", Some(batch.actor.clone())),
        ("field-command", Some(batch.command.clone())),
        ("field-reason", Some(reason)),
        (
            "field-undoes",
            batch.undoes.map(|number| number.to_string()),
        ),
        (
            "field-undone_by",
            line.undone_by.map(|number| number.to_string()),
        ),
        ("field-records", Some(line.records.to_string())),
    ];
    let stated = fields
        .into_iter()
        .filter_map(|(name, value)| Some((labels.text(name), value?)));
    stated.collect()
}

const CHANGES: [How; 3] = [How::Added, How::Changed, How::Removed];

/// How many records of each kind were added, changed and removed.
fn counts(report: &BatchReport, labels: &Labels) -> Sheet {
    let headings = [
        "field-kind",
        "change-added",
        "change-changed",
        "change-removed",
    ];
    let mut sheet = Sheet::new(headings.map(|key| labels.text(key))).numbers_from(1);
    for kind in Kind::ALL {
        let counts = CHANGES.map(|change| report.number_of(*kind, change));
        if counts.iter().any(|count| *count > 0) {
            let name = Cell::Text(labels.text(&format!("kind-{kind}")));
            let counts = counts.map(Cell::Count);
            sheet.rows.push([name].into_iter().chain(counts).collect());
        }
    }
    sheet
}

impl View for HistoryView {
    fn page(&self, labels: &Labels, _width: usize) -> Page {
        let mut page = Page::default();
        let history = &self.history;
        let kind = labels.text(&format!("kind-{}", history.kind));
        let values = [("kind", kind.into()), ("code", history.code.clone().into())];
        page.add(Block::Title(labels.with("history-title", &values)));
        for step in &history.steps {
            let batch = &step.batch.batch;
            let change = labels.text(&format!("change-{}", step.record.change.word()));
            let values = [
                ("number", batch.number.to_string().into()),
                ("time", labels.time(batch.recorded_at).into()),
                ("actor", batch.actor.clone().into()),
                ("command", batch.command.clone().into()),
                ("change", change.into()),
            ];
            page.add(Block::Heading(labels.with("history-step", &values)));
            let mut notes: Vec<String> = undone(&step.batch, labels).into_iter().collect();
            notes.extend(batch.reason.clone());
            if !notes.is_empty() {
                page.add(Block::Paragraph(notes.join("; ")));
            }
            page.add(Block::Table(record_change::table(
                &step.record,
                labels,
                &self.glossary,
            )));
        }
        page
    }

    fn data(&self) -> Sheet {
        let keys = BATCH_COLUMNS.map(|column| if column == "number" { "batch" } else { column });
        let columns = keys.into_iter().chain(["kind", "code", "change"]);
        let mut sheet = Sheet::new(columns.chain(COLUMNS));
        for step in &self.history.steps {
            for difference in &step.record.fields {
                let keys = batch_cells(&step.batch)
                    .into_iter()
                    .chain(record_cells(&step.record));
                sheet
                    .rows
                    .push(keys.chain(data_cells(difference)).collect());
            }
        }
        sheet
    }
}
