//! The brief as a page of HTML that prints on one sheet of A4 and needs nothing else.

use askama::Template;

use super::{BriefView, Said, Section, group_name, headline};
use crate::render::report::chart::{Bar, strip_of};
use crate::render::report::html::{hash, language_tag};
use crate::render::report::palette::class_of;
use crate::render::{Error, Labels, phrased, printable};
use crate::report::BriefGroup;

const STYLE: &str = concat!(
    include_str!("../templates/colours.css"),
    include_str!("../templates/brief.css")
);

#[derive(Template)]
#[template(
    path = "brief.html",
    config = "src/render/report/templates/askama.toml",
    whitespace = "minimize"
)]
struct Page {
    language: &'static str,
    style: &'static str,
    style_hash: String,
    title: String,
    lines: Vec<String>,
    groups: Vec<Panel>,
    sections: Vec<Section>,
    notes: Vec<String>,
}

/// What a group has come to.
struct Panel {
    name: String,
    headline: String,
    bars: Vec<Bar>,
    /// The class of the colour of each status, and what is said of it.
    standings: Vec<(&'static str, Said)>,
    hosts: Vec<Said>,
}

impl Panel {
    fn of(view: &BriefView, group: &BriefGroup, labels: &Labels) -> Self {
        let parts = group.by_status.iter();
        let parts: Vec<_> = parts.map(|one| (one.status, one.figure.projects)).collect();
        let classes = parts.iter().map(|(status, _)| class_of(*status));
        let standings = classes.zip(view.standings(group, labels));
        Self {
            name: group_name(group, labels),
            headline: headline(group, labels),
            standings: standings.collect(),
            bars: strip_of(&parts).bars,
            hosts: view.hosts(group, labels),
        }
    }
}

/// Returns the page as bytes.
pub(super) fn write(view: &BriefView, labels: &Labels) -> Result<Vec<u8>, Error> {
    let lines = view.only(labels).into_iter().chain(view.nothing(labels));
    let mut sections = view.sections(labels);
    for section in &mut sections {
        let texts = section.said.iter_mut();
        let texts = texts.flat_map(|(name, said)| [name, said]);
        texts
            .chain([&mut section.heading])
            .for_each(|text| *text = printable(text));
    }
    let page = Page {
        language: language_tag(labels),
        style: STYLE,
        style_hash: hash(STYLE),
        title: view.title(labels),
        lines: lines.map(|line| printable(&line)).collect(),
        groups: view
            .brief
            .groups
            .iter()
            .map(|group| Panel::of(view, group, labels))
            .collect(),
        sections,
        notes: view
            .notes(labels)
            .iter()
            .map(|note| printable(note))
            .collect(),
    };
    Ok(phrased(&page.render()?, labels.language).into_bytes())
}
