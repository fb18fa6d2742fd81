//! Pages as documents for word processors (Office Open XML, ECMA-376): plain styles, so that they take on those of a letterhead.

use std::io::{Cursor, Write as _};

use askama::Template;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::text::shown;
use super::{Block, Error, Labels, Page, Sheet, printable};
use crate::domain::Language;

const TYPES: &str = include_str!("docx/content_types.xml");
const PACKAGE: &str = include_str!("docx/package.rels");
const DOCUMENT: &str = include_str!("docx/document.rels");
const NUMBERING: &str = include_str!("docx/numbering.xml");

/// The text of a document.
#[derive(Template)]
#[template(
    path = "document.xml",
    config = "src/render/docx/askama.toml",
    whitespace = "suppress"
)]
struct Text {
    parts: Vec<Part>,
}

#[derive(Template)]
#[template(path = "styles.xml", config = "src/render/docx/askama.toml")]
struct Styles {
    language: &'static str,
    /// The fonts of Han characters, in text and in headings: those that every office has.
    font: &'static str,
}

#[derive(Template)]
#[template(path = "core.xml", config = "src/render/docx/askama.toml")]
struct Core<'a> {
    title: &'a str,
    language: &'static str,
}

/// A part of the text.
enum Part {
    Paragraph {
        style: &'static str,
        text: String,
    },
    /// A name and what is said of it.
    Field {
        name: String,
        value: String,
    },
    Table(Table),
}

struct Table {
    /// Headings, and whether a column has numbers.
    heads: Vec<(String, bool)>,
    rows: Vec<Vec<String>>,
}

/// The page as the bytes of a file that ends in .docx: the same page is the same bytes.
pub(super) fn write(page: &Page, labels: &Labels) -> Result<Vec<u8>, Error> {
    let (language, font) = match labels.language {
        Language::English => ("en-GB", "MS Mincho"),
        Language::Chinese => ("zh-CN", "SimSun"),
        Language::Japanese => ("ja-JP", "MS Mincho"),
    };
    let title = page.blocks.iter().find_map(|block| match block {
        Block::Title(title) => Some(printable(title)),
        _ => None,
    });
    let parts = page.blocks.iter().flat_map(|block| parts(block, labels));
    let text = Text {
        parts: parts.collect(),
    };
    let core = Core {
        title: title.as_deref().unwrap_or_default(),
        language,
    };
    let files = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", PACKAGE.to_owned()),
        ("docProps/core.xml", core.render()?),
        ("word/_rels/document.xml.rels", DOCUMENT.to_owned()),
        ("word/document.xml", text.render()?),
        ("word/numbering.xml", NUMBERING.to_owned()),
        ("word/styles.xml", Styles { language, font }.render()?),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
    for (name, text) in files {
        archive.start_file(name, options)?;
        archive
            .write_all(text.as_bytes())
            .map_err(zip::result::ZipError::Io)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn parts(block: &Block, labels: &Labels) -> Vec<Part> {
    let paragraph = |style, text: &String| Part::Paragraph {
        style,
        text: printable(text),
    };
    let lines = |lines: &[String], style| lines.iter().map(|line| paragraph(style, line)).collect();
    match block {
        Block::Title(text) => vec![paragraph("Title", text)],
        Block::Heading(text) => vec![paragraph("Heading1", text)],
        Block::Paragraph(text) => vec![paragraph("Normal", text)],
        Block::Lines(list) => lines(list, "ListBullet"),
        Block::Verbatim(list) => lines(list, "Normal"),
        Block::Fields(fields) => fields
            .iter()
            .map(|(name, value)| Part::Field {
                name: printable(name),
                value: printable(value),
            })
            .collect(),
        Block::Table(sheet) => vec![Part::Table(table(sheet, labels))],
    }
}

fn table(sheet: &Sheet, labels: &Labels) -> Table {
    let heads = sheet.columns.iter();
    let heads = heads.map(|column| (printable(&column.heading), column.is_number));
    let rows = sheet.rows.iter();
    let rows = rows.map(|row| row.iter().map(|cell| shown(cell, labels)).collect());
    Table {
        heads: heads.collect(),
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn what_the_registry_holds_is_text_and_the_xml_is_well_formed() {
        let mut page = Page::default();
        page.add(Block::Title("<w:p> & \"x\"".to_owned()));
        page.add(Block::Fields(vec![(
            "A\u{1}".to_owned(),
            "</w:t>".to_owned(),
        )]));
        page.add(Block::Lines(vec!["一".to_owned()]));
        let mut sheet = Sheet::new(["a", "b"]).numbers_from(1);
        sheet
            .rows
            .push(vec!["x".into(), super::super::Cell::Count(3)]);
        page.add(Block::Table(sheet));
        for language in [Language::English, Language::Chinese, Language::Japanese] {
            let labels = Labels::new(language, Default::default());
            let made = || write(&page, &labels).map_err(|error| error.to_string());
            let bytes = made().expect("a document");
            assert_eq!(bytes, made().expect("the same"));
            let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
            let names: Vec<String> = archive
                .file_names()
                .filter_map(Result::ok)
                .map(String::from)
                .collect();
            for name in names {
                let mut text = String::new();
                let mut file = archive.by_name(&name).expect("a file");
                file.read_to_string(&mut text).expect("text");
                let mut reader = quick_xml::Reader::from_str(&text);
                while !matches!(
                    reader.read_event().expect(&name),
                    quick_xml::events::Event::Eof
                ) {}
                assert!(name != "word/document.xml" || text.contains("&#60;/w:t&#62;"));
            }
        }
    }
}
