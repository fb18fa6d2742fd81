//! The statements of a brief on one group, one piece of news and one question.

use unicode_width::UnicodeWidthChar as _;

use crate::domain::PartialDate;
use crate::render::Labels;
use crate::render::report::words;
use crate::report::{BriefGroup, News, Question, Spell};

/// How long a title is at most, in columns.
const TITLE: usize = 72;

/// A statement: what it is about, and what is said of it.
pub(super) type Said = (String, String);

pub(super) fn group_name(group: &BriefGroup, labels: &Labels) -> String {
    match &group.forum {
        Some(forum) => {
            let name = labels.name(forum.names()).to_owned();
            let held_on = labels.list(&[forum.code.clone(), forum.held_on.to_string()]);
            labels.noted(&name, &held_on)
        }
        None => labels.text("summary-group-other"),
    }
}

/// What a group has come to, in a sentence.
pub(super) fn headline(group: &BriefGroup, labels: &Labels) -> String {
    let key = match group.forum {
        Some(_) => "brief-agreements",
        None => "brief-projects",
    };
    let share = group.implementation_rate;
    let share = share.map_or_else(|| labels.text("not-stated"), |share| labels.percent(share));
    let values = [
        ("implemented", group.implemented.projects.into()),
        ("projects", group.all.projects.into()),
        ("share", share.into()),
    ];
    labels.with(key, &values)
}

pub(super) fn happened(news: &News, labels: &Labels) -> Said {
    let what = shortened(&words::happened(&news.what, labels));
    let on = news
        .on_date
        .map_or_else(|| labels.text("not-stated"), |date| date.to_string());
    let project = &news.project;
    let title = labels.marked_title(&project.title, project.is_translated, true);
    let title = shortened(&title);
    let said = [("title", title.into()), ("what", what.into())];
    (
        format!("{on} {}", news.project.code),
        labels.with("brief-said", &said),
    )
}

pub(super) fn asked(question: &Question, labels: &Labels) -> Said {
    let project = &question.project;
    let title = labels.marked_title(&project.title, project.is_translated, project.identified);
    let date = |date: Option<PartialDate>| {
        date.map_or_else(|| labels.text("not-stated"), |date| date.to_string())
    };
    let values = [
        ("status", labels.word_or_not_stated(project.status).into()),
        ("on", date(project.status_on).into()),
        ("since", date(question.since).into()),
        ("evidence", date(project.evidence_on).into()),
    ];
    let why = labels.with(&format!("brief-why-{}", question.reason.word()), &values);
    let said = [("title", shortened(&title).into()), ("what", why.into())];
    (project.code.to_string(), labels.with("brief-said", &said))
}

/// From when to when a spell began.
pub(super) fn span(spell: &Spell, labels: &Labels) -> String {
    match (spell.first, spell.last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => {
            let values = [
                ("from", first.to_string().into()),
                ("to", last.to_string().into()),
            ];
            labels.with("brief-span", &values)
        }
        _ => labels.text("report-no-evidence"),
    }
}

/// A text that is cut where it would take more than two lines.
fn shortened(text: &str) -> String {
    let mut width = 0;
    let end = text.char_indices().find(|(_, letter)| {
        width += letter.width().unwrap_or_default();
        width > TITLE
    });
    match end {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or(text).trim_end()),
        None => text.to_owned(),
    }
}
