//! A page for people: headings, paragraphs and tables, before any format is chosen.

use super::Sheet;

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
    /// A table with headings over its columns.
    Table(Sheet),
    /// Names and values, one pair a line.
    Fields(Vec<(String, String)>),
}

impl Page {
    pub(crate) fn add(&mut self, block: Block) {
        self.blocks.push(block);
    }
}
