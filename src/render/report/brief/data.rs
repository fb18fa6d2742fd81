//! The brief as a table: a row a figure, with the codes of its projects.

use crate::domain::{PartialDate, Status, Vocabulary as _};
use crate::render::{Cell, Sheet};
use crate::report::{Brief, CodedFigure};

pub(super) fn sheet(brief: &Brief) -> Sheet {
    let mut sheet = Sheet::new(["section", "group", "what", "since", "projects", "codes"]);
    let mut row = |section: &str,
                   group: &str,
                   what: &str,
                   since: Option<PartialDate>,
                   figure: &CodedFigure| {
        sheet.rows.push(vec![
            section.into(),
            if group.is_empty() {
                Cell::Blank
            } else {
                group.into()
            },
            what.into(),
            since.map_or(Cell::Blank, |date| Cell::from(date.to_string())),
            Cell::Count(figure.projects),
            Cell::list(&figure.codes),
        ]);
    };
    for group in &brief.groups {
        let name = group.group.as_str();
        row("all", name, "all", None, &group.all);
        row("all", name, "implemented", None, &group.implemented);
        for one in &group.by_status {
            let word = one.status.map_or(crate::store::NOT_STATED, Status::word);
            row("status", name, word, None, &one.figure);
        }
        row(
            "hosts",
            name,
            "third_countries",
            None,
            &group.in_third_countries,
        );
        row(
            "hosts",
            name,
            "china_or_japan",
            None,
            &group.in_china_or_japan,
        );
        for (what, spell) in [("stalled", &group.stalled), ("silent", &group.silent)] {
            if let Some(spell) = spell {
                row("standstill", name, what, spell.first, &spell.figure);
            }
        }
        for one in &group.not_known {
            row("not_known", name, one.what, None, &one.figure);
        }
        if let (Some(money), Some(sum)) = (&brief.money, &group.commitments) {
            let what = format!("{} {}", money.terms.currency, sum.amount);
            let known = money.amounts().filter(|(code, counted)| {
                counted.converted.is_ok() && group.all.codes.contains(code)
            });
            let figure = CodedFigure::of(known.map(|(code, _)| code));
            row("commitments", name, &what, None, &figure);
        }
    }
    let alone = |code: &crate::domain::ProjectCode| CodedFigure {
        projects: 1,
        codes: vec![code.clone()],
    };
    for one in &brief.news {
        row(
            "news",
            "",
            one.what.word(),
            one.on_date,
            &alone(&one.project.code),
        );
    }
    for one in &brief.ask {
        row(
            "ask",
            "",
            one.reason.word(),
            one.since,
            &alone(&one.project.code),
        );
    }
    sheet
}
