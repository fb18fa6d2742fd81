//! Pages as Markdown (GitHub's tables). What the registry holds stays text: nothing of it becomes markup.

use super::text::shown;
use super::{Block, Labels, Page, Sheet, printable};

/// The page as Markdown.
pub(super) fn write(page: &Page, labels: &Labels) -> String {
    let blocks = page.blocks.iter().map(|block| match block {
        Block::Title(title) => format!("# {}\n", escaped(title)),
        Block::Heading(heading) => format!("## {}\n", escaped(heading)),
        Block::Paragraph(paragraph) => format!("{}\n", escaped(paragraph)),
        Block::Lines(lines) => lines
            .iter()
            .map(|line| format!("- {}\n", escaped(line)))
            .collect(),
        Block::Verbatim(lines) => {
            let lines: String = lines
                .iter()
                .map(|line| format!("    {}\n", printable(line)))
                .collect();
            lines
        }
        Block::Table(sheet) => table(sheet, labels),
        Block::Fields(fields) => fields
            .iter()
            .map(|(name, value)| format!("- {}: {}\n", escaped(name), escaped(value)))
            .collect(),
    });
    blocks.collect::<Vec<_>>().join("\n")
}

fn table(sheet: &Sheet, labels: &Labels) -> String {
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let heading = sheet
        .columns
        .iter()
        .map(|column| escaped(&column.heading))
        .collect();
    let sides = sheet
        .columns
        .iter()
        .map(|column| if column.is_number { "---:" } else { "---" }.to_owned())
        .collect();
    let rows = sheet.rows.iter().map(|row| {
        row.iter()
            .map(|cell| escaped(&shown(cell, labels)))
            .collect()
    });
    [heading, sides].into_iter().chain(rows).map(line).collect()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in printable(text).chars() {
        if matches!(
            letter,
            '\\' | '|' | '<' | '>' | '*' | '_' | '`' | '[' | ']' | '#'
        ) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_never_markup() {
        assert_eq!(
            escaped("<b>|x|</b> [a](b) # *c*\n"),
            "\\<b\\>\\|x\\|\\</b\\> \\[a\\](b) \\# \\*c\\* "
        );
    }
}
