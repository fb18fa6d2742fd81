//! Pages at a terminal of 80 columns, in a language whose words are twice as long.

use unicode_width::UnicodeWidthStr as _;

use super::*;
use crate::report::gathered_for_tests;

/// Lines of a page that a terminal of 80 columns would break, of those that could be narrower: a code or an address cannot.
fn too_wide(page: &Page, labels: &Labels) -> Vec<String> {
    let text = text::write(page, labels, 80);
    let wide = text.lines().filter(|line| line.width() > 80);
    wide.map(str::to_owned).collect()
}

#[test]
fn words_twice_as_long_stay_within_80_columns() {
    let labels = Labels::twice_as_long();
    assert_eq!(labels.text("yes"), "yesyes");
    let (gathered, world) = gathered_for_tests("2026-11-23");
    let brief = BriefView::of(gathered, &world);
    assert_eq!(too_wide(&page(&brief, &labels, 80), &labels), [""; 0]);
    let (gathered, world) = gathered_for_tests("2026-11-23");
    let view = MeetingView::of(gathered, world);
    let projects = &view.report.projects;
    assert_eq!(too_wide(&page(projects, &labels, 80), &labels), [""; 0]);
    let summary = SummaryView {
        summary: view.report.summary,
        world: view.world,
        conditions: Vec::new(),
        all_columns: false,
        codes: false,
    };
    assert_eq!(too_wide(&page(&summary, &labels, 80), &labels), [""; 0]);
}
