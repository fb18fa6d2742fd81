//! A page for people: headings, paragraphs and tables, before any format is chosen.

use super::{Labels, Sheet};
use crate::domain::{Horizon, Moment};

/// What a report says, in order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Page {
    pub(crate) blocks: Vec<Block>,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Block {
    Title(String),
    Heading(String),
    Paragraph(String),
    /// Short statements, one a line.
    Lines(Vec<String>),
    /// Lines for a machine: never folded.
    Verbatim(Vec<String>),
    /// A table with headings over its columns.
    Table(Sheet),
    /// Names and values, one pair a line.
    Fields(Vec<(String, String)>),
}

impl Page {
    /// Says of which day and of which knowledge the page speaks, where it is not of now.
    pub(crate) fn add_clocks(
        &mut self,
        horizon: Horizon,
        known_at: Option<Moment>,
        labels: &Labels,
    ) {
        let as_of = (!horizon.is_open()).then(|| {
            let date = [("date", horizon.report_day().to_string().into())];
            labels.with("project-as-of", &date)
        });
        let known_at = known_at.map(|time| {
            let time = [("time", labels.time(time).into())];
            labels.with("project-known-at", &time)
        });
        let lines: Vec<String> = as_of.into_iter().chain(known_at).collect();
        if !lines.is_empty() {
            self.add(Block::Lines(lines));
        }
    }

    /// Adds a part; no lines are no part.
    pub(crate) fn add(&mut self, block: Block) {
        if !matches!(&block, Block::Lines(lines) if lines.is_empty()) {
            self.blocks.push(block);
        }
    }
}
