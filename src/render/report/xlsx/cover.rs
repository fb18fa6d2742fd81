//! The first sheet: what the workbook is, of which day, what it comes to, how to read it, and where it was taken from.

use rust_xlsxwriter::{Format, FormatAlign, Workbook};

use super::field::folded;
use super::grid::{Place, harmless, height, on_paper};
use super::{MeetingView, words};
use crate::render::{Error, Labels};
use crate::report::news;

/// How wide the names and the values are.
const NAMES: u32 = 60;
const VALUES: u32 = 90;

pub(super) fn write(
    view: &MeetingView,
    labels: &Labels,
    place: &Place,
    book: &mut Workbook,
) -> Result<(), Error> {
    let sheet = book.add_worksheet_with_constant_memory()?;
    on_paper(sheet, &labels.text("report-sheet-cover"), place)?;
    sheet
        .set_column_width(0, NAMES)?
        .set_column_width(1, VALUES)?;
    sheet.set_screen_gridlines(false);
    sheet.set_print_fit_to_pages(1, 1);
    let text = Format::new()
        .set_align(FormatAlign::Top)
        .set_align(FormatAlign::Left)
        .set_text_wrap();
    let heading = Format::new().set_bold();
    let title = Format::new().set_bold().set_font_size(18);
    let mut row = 0;
    sheet.write_with_format(row, 0, labels.text("report-title"), &title)?;
    for part in parts(view, labels) {
        row += 1;
        if let Some(name) = part.heading {
            row += 1;
            sheet.write_with_format(row - 1, 0, harmless(&name), &heading)?;
        }
        for (name, value) in part.lines {
            // A text without a name takes the whole width.
            let width = if name.is_empty() {
                NAMES + VALUES
            } else {
                VALUES
            };
            let lines = folded(&value, usize::try_from(width).unwrap_or_default());
            let lines = lines.max(folded(&name, usize::try_from(NAMES).unwrap_or_default()));
            sheet.set_row_height(row, height(lines))?;
            if name.is_empty() {
                sheet.merge_range(row, 0, row, 1, &harmless(&value), &text)?;
            } else {
                sheet.write_with_format(row, 0, harmless(&name), &text)?;
                sheet.write_with_format(row, 1, harmless(&value), &text)?;
            }
            row += 1;
        }
    }
    Ok(())
}

/// Names and values under a heading.
struct Part {
    heading: Option<String>,
    lines: Vec<(String, String)>,
}

fn parts(view: &MeetingView, labels: &Labels) -> Vec<Part> {
    let frame = &view.report.frame;
    let mut clocks = vec![
        (labels.text("report-as-of"), frame.as_of.to_string()),
        (labels.text("report-known-at"), labels.time(frame.known_at)),
    ];
    if !frame.conditions.is_empty() {
        clocks.push((labels.text("report-only"), frame.conditions.join("; ")));
    }
    let mut parts = vec![Part {
        heading: None,
        lines: clocks,
    }];
    for (group, other) in view.groups() {
        let (implemented, of) = words::implemented(group, labels);
        let mut lines = vec![(
            labels.text("report-implemented-column"),
            format!("{implemented} {of}"),
        )];
        lines.extend(words::figures(view, group, other, labels));
        parts.push(Part {
            heading: Some(view.group_name(group, labels)),
            lines,
        });
    }
    if let (Some(met), Some(changes)) = (view.met(), &view.report.changes) {
        let since = labels.with("report-since-meeting", &[("date", met.into())]);
        let count = words::grouped(news(changes).len());
        parts.push(Part {
            heading: None,
            lines: vec![(since, count)],
        });
    }
    let note = |note| (String::new(), note);
    parts.push(Part {
        heading: Some(labels.text("report-sheet-notes")),
        lines: words::notes(labels).into_iter().map(note).collect(),
    });
    let again = [
        labels.text("report-again"),
        words::again(view, labels, "xlsx"),
    ]
    .map(note);
    parts.push(Part {
        heading: Some(labels.text("report-trace")),
        lines: words::trace(view, labels)
            .into_iter()
            .chain(again)
            .collect(),
    });
    parts
}
