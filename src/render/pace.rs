//! The pace as a table with medians, and the share reached over the years as a bar for each group.

use super::layout::width_of;
use super::{Block, Cell, Labels, Page, Sheet, View, chart};
use crate::domain::{Dimension, Status};
use crate::render::key_label;
use crate::report::{PaceGroup, PaceReport, PaceSection, Stretch, World};

/// A pace report and what its groups are called.
#[derive(Debug, serde::Serialize)]
pub(crate) struct PaceView {
    #[serde(flatten)]
    pub(crate) report: PaceReport,
    #[serde(skip)]
    pub(crate) world: World,
    #[serde(skip)]
    pub(crate) conditions: Vec<String>,
}

/// Years after which the page tells the share reached.
const YEARS: [i64; 4] = [1, 2, 5, 8];
const DAYS_OF_A_YEAR: i64 = 365;
/// Lines of a curve.
const HEIGHT: usize = 5;
/// No terminal is wider: the page is for a format without charts.
const WIDEST: usize = 1000;

impl View for PaceView {
    fn page(&self, labels: &Labels, width: usize) -> Page {
        let report = &self.report;
        let mut page = Page::default();
        let values = [
            ("from", labels.word(report.stretch.from).into()),
            ("to", labels.word(report.stretch.to).into()),
            ("date", report.as_of.to_string().into()),
        ];
        page.add(Block::Title(labels.with("pace-title", &values)));
        if let Some(known_at) = report.known_at {
            page.add(Block::Paragraph(labels.with(
                "summary-known-at",
                &[("time", labels.time(known_at).into())],
            )));
        }
        if !self.conditions.is_empty() {
            let conditions = self.conditions.join("; ");
            page.add(Block::Paragraph(
                labels.with("summary-filter", &[("conditions", conditions.into())]),
            ));
        }
        if report.groups.is_empty() {
            let is_whole = self.conditions.is_empty();
            let nothing = if is_whole {
                "summary-no-projects"
            } else {
                "list-empty"
            };
            page.add(Block::Paragraph(labels.text(nothing)));
            return page;
        }
        for section in &report.groups {
            self.section(section, labels, width, &mut page);
        }
        let mut notes = vec![labels.text("pace-note")];
        if report.groups.len() > 1 {
            notes.push(labels.text("summary-note-groups"));
        }
        page.add(Block::Lines(notes));
        page
    }

    fn data(&self) -> Sheet {
        let by = self
            .report
            .by
            .map_or("group", crate::domain::Vocabulary::word);
        let mut sheet = Sheet::new([
            "forum",
            "level",
            by,
            "projects",
            "reached",
            "cancelled",
            "open",
            "median_days",
            "median_low",
            "median_high",
            "days",
            "at_risk",
            "survival",
            "low",
            "high",
            "incidence",
            "incidence_cancelled",
        ]);
        for section in &self.report.groups {
            let all = [("all", &section.total)].into_iter();
            for (level, group) in all.chain(section.by.iter().map(|group| ("group", group))) {
                rows(section, level, group, &mut sheet);
            }
        }
        sheet
    }
}

/// A row for the group, and one for each step of its curve.
fn rows(section: &PaceSection, level: &str, group: &PaceGroup, sheet: &mut Sheet) {
    let key = || match (level, &group.key) {
        ("all", _) => Cell::Blank,
        (_, key) => Cell::from(key.as_deref().unwrap_or(crate::store::NOT_STATED)),
    };
    let head = |level: &str| vec![Cell::from(section.group.as_str()), Cell::from(level), key()];
    let mut row = head(level);
    row.extend([group.projects, group.reached, group.cancelled, group.open].map(Cell::Count));
    row.extend([group.median.days, group.median.low, group.median.high].map(Cell::or_not_stated));
    row.extend(std::iter::repeat_n(Cell::Blank, 7));
    sheet.rows.push(row);
    for step in &group.curve {
        let mut row = head("step");
        row.extend([
            Cell::Blank,
            Cell::Count(step.reached),
            Cell::Count(step.cancelled),
        ]);
        row.extend(std::iter::repeat_n(Cell::Blank, 4));
        row.extend([Cell::from(step.days.to_string()), Cell::Count(step.at_risk)]);
        let shares = [
            Some(step.survival),
            step.low,
            step.high,
            Some(step.incidence),
            Some(step.incidence_cancelled),
        ];
        row.extend(shares.map(|share| share.map_or(Cell::Blank, Cell::Share)));
        sheet.rows.push(row);
    }
}

impl PaceView {
    fn label(&self, key: &crate::report::Key, labels: &Labels) -> String {
        key_label(
            self.report.by.unwrap_or(Dimension::Mode),
            key,
            &self.world,
            labels,
        )
    }

    fn section(&self, section: &PaceSection, labels: &Labels, width: usize, page: &mut Page) {
        let heading = match section.group.as_str() {
            "other" => labels.text("summary-group-other"),
            forum => labels.name(self.world.forum(forum)).to_owned(),
        };
        page.add(Block::Heading(heading));
        let mut named = vec![(labels.text("pace-all"), &section.total)];
        named.extend(
            section
                .by
                .iter()
                .map(|group| (self.label(&group.key, labels), group)),
        );
        if section.total.projects > 0 {
            page.add(Block::Paragraph(finding(
                self.report.stretch,
                &section.total,
                labels,
            )));
            page.add(Block::Table(durations(&named, labels)));
            page.add(Block::Table(shares(&named, labels)));
            if width < WIDEST {
                page.add(Block::Lines(curve(&section.total, labels, width)));
            }
        }
        let from = labels.word(self.report.stretch.from);
        let count = [("count", section.not_counted.into()), ("from", from.into())];
        let mut lines = vec![labels.with("pace-not-counted", &count)];
        if section.group == "other" {
            lines.push(labels.text("pace-bias"));
        }
        if let Some(comparison) = &section.log_rank {
            let [one, other] = &comparison.groups;
            let values = [
                ("one", self.label(one, labels).into()),
                ("other", self.label(other, labels).into()),
                (
                    "statistic",
                    format!("{:.2}", comparison.test.statistic).into(),
                ),
                ("p", p_value(comparison.test.p_value).into()),
            ];
            lines.push(labels.with("pace-log-rank", &values));
            if comparison.test.is_rough() {
                lines.push(labels.text("pace-log-rank-rough"));
            }
        }
        page.add(Block::Lines(lines));
    }
}

/// Returns what was found, in a sentence that can be said aloud.
pub(super) fn finding(stretch: Stretch, total: &PaceGroup, labels: &Labels) -> String {
    let median = total.telling_median();
    let key = match (median, total.is_thin()) {
        (Some(_), _) => "pace-finding",
        (None, true) => "pace-finding-few",
        (None, false) => "pace-finding-open",
    };
    let values = [
        ("projects", total.projects.into()),
        ("reached", total.reached.into()),
        ("open", total.open.into()),
        ("cancelled", total.cancelled.into()),
        ("time", labels.duration(median.unwrap_or_default()).into()),
        ("least", PaceGroup::ENOUGH.into()),
        ("from", labels.word(stretch.from).into()),
        ("to", labels.word(stretch.to).into()),
    ];
    labels.with(key, &values)
}

/// Returns the median and its limits, or why there is none.
pub(super) fn median_cells(group: &PaceGroup, labels: &Labels) -> [Cell; 2] {
    let never = match group.is_thin() {
        true => "pace-too-few",
        false => "pace-never",
    };
    let days = group.telling_median();
    let median = days.map_or_else(|| Cell::from(labels.text(never)), Cell::Days);
    let high = group
        .median
        .high
        .map_or_else(|| "∞".to_owned(), |days| labels.short_duration(days));
    let low = group.median.low.filter(|_| !group.is_thin());
    let limits = low.map_or(Cell::Blank, |low| {
        Cell::from(format!("{}–{high}", labels.short_duration(low)))
    });
    [median, limits]
}

/// No probability is nothing.
fn p_value(p: f64) -> String {
    if p < 0.001 {
        "< 0.001".to_owned()
    } else {
        format!("= {p:.3}")
    }
}

/// Counts and medians, a row for each group.
fn durations(named: &[(String, &PaceGroup)], labels: &Labels) -> Sheet {
    let fields = [
        "pace-group",
        "field-projects",
        "pace-reached",
        "pace-cancelled",
        "pace-open",
        "pace-median",
        "pace-limits",
    ];
    let mut sheet = Sheet::new(fields.map(|field| labels.text(field))).numbers_from(1);
    for (name, group) in named {
        let mut row = vec![Cell::from(name.as_str())];
        row.extend([group.projects, group.reached, group.cancelled, group.open].map(Cell::Count));
        row.extend(median_cells(group, labels));
        sheet.rows.push(row);
    }
    sheet
}

/// The share reached after some years, with a bar for the last one that is known.
fn shares(named: &[(String, &PaceGroup)], labels: &Labels) -> Sheet {
    let after = |years: &i64| labels.with("pace-after", &[("years", (*years).into())]);
    let headings = [labels.text("pace-group")]
        .into_iter()
        .chain(YEARS.iter().map(after));
    let latest = [labels.text("pace-latest")];
    let mut sheet = Sheet::new(headings.chain(latest)).numbers_from(1);
    sheet
        .columns
        .last_mut()
        .into_iter()
        .for_each(|column| column.is_number = false);
    for (name, group) in named {
        let at = |years: &i64| group.reached_after(years * DAYS_OF_A_YEAR);
        let cell = |years: &i64| at(years).map_or_else(|| Cell::from("?"), Cell::Share);
        let mut row = vec![Cell::from(name.as_str())];
        row.extend(YEARS.iter().map(cell));
        let last = YEARS.iter().rev().find_map(at);
        row.push(last.map_or_else(|| Cell::from("?"), Cell::Bar));
        sheet.rows.push(row);
    }
    sheet
}

/// The share of all that had reached it, day by day from the beginning to the end of what is known.
fn curve(group: &PaceGroup, labels: &Labels, width: usize) -> Vec<String> {
    let ends = group.curve.iter().map(|step| step.days);
    let last = ends.chain(group.watched_days).max().unwrap_or_default();
    let years = (last.max(1) + DAYS_OF_A_YEAR - 1) / DAYS_OF_A_YEAR;
    let room = i64::try_from(width).unwrap_or(60).clamp(40, 67) - 7;
    // Whole columns for each year where there are few.
    let cells = if years < room {
        room / years * years
    } else {
        room
    };
    let days = |cell: i64| (cell + 1) * years * DAYS_OF_A_YEAR / cells;
    let values: Vec<Option<f64>> = (0..cells)
        .map(|cell| group.reached_after(days(cell)))
        .collect();
    let mut lines = vec![labels.text("pace-curve")];
    lines.extend(chart::curve(&values, HEIGHT, labels.charts));
    let end = labels.with("pace-after", &[("years", years.into())]);
    let rule = "─".repeat(usize::try_from(cells).unwrap_or_default());
    lines.push(format!("   0% └{rule}"));
    let room = usize::try_from(cells).unwrap_or_default();
    let blanks = room.saturating_sub(1 + width_of(&end));
    lines.push(format!("       0{}{end}", " ".repeat(blanks)));
    lines
}

/// What a stretch can lead to.
pub(crate) const REACHABLE: [Status; 3] =
    [Status::Committed, Status::Implementing, Status::Completed];
