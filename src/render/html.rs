//! Pages as HTML: what stands within a page of the web desk. What the registry holds stays text: nothing of it becomes markup. Codes of
//! projects and sources lead to their pages wherever they stand.

use super::text::shown;
use super::{Block, Cell, Labels, Offer, Page, Sheet, printable};
use crate::domain::ProjectCode;

/// Returns the page as HTML without a frame; its title is the only `h1`.
pub(super) fn write(page: &Page, labels: &Labels) -> String {
    let blocks = page.blocks.iter().map(|block| match block {
        Block::Title(title) => format!("<h1>{}</h1>\n", escaped(title)),
        Block::Heading(heading) => format!("<h2>{}</h2>\n", with_links(heading)),
        Block::Paragraph(paragraph) => format!("<p>{}</p>\n", with_links(paragraph)),
        Block::Lines(lines) => {
            let lines = lines
                .iter()
                .map(|line| format!("<li>{}</li>", with_links(line)));
            format!("<ul class=\"lines\">{}</ul>\n", lines.collect::<String>())
        }
        Block::Verbatim(lines) => {
            format!("<pre>{}</pre>\n", escaped_lines(&lines.join("\n")))
        }
        Block::Table(sheet) => table(sheet, labels),
        Block::Fields(fields) => {
            let fields = fields.iter().map(|(name, value)| {
                format!(
                    "<dt>{}</dt><dd>{}</dd>",
                    with_links(name),
                    with_links(value)
                )
            });
            format!("<dl class=\"fields\">{}</dl>\n", fields.collect::<String>())
        }
    });
    blocks.collect()
}

fn table(sheet: &Sheet, labels: &Labels) -> String {
    let class = |place: usize, text: &str| match sheet.columns.get(place) {
        Some(column) if column.is_number => " class=\"n\"",
        _ if is_short(text) => " class=\"s\"",
        _ => "",
    };
    let headings = sheet.columns.iter().enumerate().map(|(place, column)| {
        let heading = escaped(&column.heading);
        format!("<th scope=\"col\"{}>{heading}</th>", class(place, ""))
    });
    let headings: String = headings.collect();
    let mut html = format!(
        "<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>{headings}</tr></thead><tbody>"
    );
    for (number, row) in sheet.rows.iter().enumerate() {
        if number > 0 && sheet.parts.contains(&number) {
            html.push_str("</tbody><tbody>");
        }
        let cells = row.iter().enumerate().map(|(place, cell)| {
            let text = shown(cell, labels);
            format!("<td{}>{}</td>", class(place, &text), content(cell, labels))
        });
        let cells: String = cells.collect();
        html.push_str(&format!("<tr{}>{cells}</tr>", anchor(row)));
    }
    html.push_str("</tbody></table></div>\n");
    html
}

/// Returns the attribute that lets an address lead to a row on which somebody can decide: the row of the list, or the key.
fn anchor(row: &[Cell]) -> String {
    let mut sent = row.iter().filter_map(|cell| match cell {
        Cell::Offers(offers) => offers.first()?.sends.as_deref()?.lines().next(),
        _ => None,
    });
    let named = sent.next().map(escaped);
    named.map_or_else(String::new, |row| format!(" id=\"row-{row}\""))
}

fn offer(offer: &Offer) -> String {
    let (address, label) = (escaped(&offer.address), escaped(&offer.label));
    match &offer.sends {
        None => format!("<a href=\"/{address}\">{label}</a>"),
        Some(words) => format!(
            "<button form=\"decide\" name=\"words\" value=\"{}\" formaction=\"/{address}\">{label}</button>",
            escaped_lines(words)
        ),
    }
}

/// Returns `text` escaped, with its line ends.
pub(crate) fn escaped_lines(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(escaped).collect();
    lines.join("\n")
}

/// Whether a cell holds one short word, a code or a date say, which is not to be broken.
fn is_short(text: &str) -> bool {
    (1..=16).contains(&text.chars().count()) && !text.contains(' ')
}

fn content(cell: &Cell, labels: &Labels) -> String {
    match cell {
        Cell::Linked(cell, address) => {
            format!(
                "<a href=\"/{}\">{}</a>",
                escaped(address),
                escaped(&shown(cell, labels))
            )
        }
        Cell::Offers(offers) => offers.iter().map(offer).collect::<Vec<_>>().join(" "),
        Cell::Bar(share) => {
            format!(
                "{} <meter value=\"{share}\"></meter>",
                escaped(&shown(cell, labels))
            )
        }
        Cell::NotStated => format!(
            "<span class=\"unknown\">{}</span>",
            escaped(&shown(cell, labels))
        ),
        other => with_links(&shown(other, labels)),
    }
}

/// Returns `text` as HTML in which codes of projects and of sources are links, those of a range or list too: `P-0001–0003, 0007`.
fn with_links(text: &str) -> String {
    let is_of_code = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let mut html = String::new();
    let mut rest = text;
    // What the codes of a list begin with, as long as it goes on.
    let mut start_of_codes = None;
    while let Some(start) = rest.find(is_of_code) {
        let (before, from) = rest.split_at(start);
        let end = from
            .find(|letter| !is_of_code(letter))
            .unwrap_or(from.len());
        let (word, after) = from.split_at(end);
        html.push_str(&escaped(before));
        if !matches!(before, "–" | ", " | "、" | "，") {
            start_of_codes = None;
        }
        let code = match start_of_codes {
            Some((ref start, length)) if is_number(word, length) => Some(format!("{start}{word}")),
            _ => {
                start_of_codes = None;
                place_of(word).map(|_| word.to_owned())
            }
        };
        match code.as_ref().and_then(|code| Some((code, place_of(code)?))) {
            Some((code, place)) => {
                html.push_str(&format!("<a href=\"/{place}/{code}\">{word}</a>"));
                if let Some((start, number)) = word.split_once('-') {
                    start_of_codes = Some((format!("{start}-"), number.len()));
                }
            }
            None => html.push_str(&escaped(word)),
        }
        rest = after;
    }
    html.push_str(&escaped(rest));
    html
}

/// Whether `word` is the number of a code: so many digits, and no year.
fn is_number(word: &str, length: usize) -> bool {
    let is_year = length == 4 && !word.starts_with('0');
    word.len() == length && !is_year && word.bytes().all(|digit| digit.is_ascii_digit())
}

/// Returns the pages that a code belongs to.
fn place_of(word: &str) -> Option<&'static str> {
    if word
        .parse::<ProjectCode>()
        .is_ok_and(|code| code.as_str() == word)
    {
        return Some("project");
    }
    let number = word.strip_prefix("S-")?;
    let is_number = number.len() >= 4 && number.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then_some("source")
}

/// Returns `text` as the text of an element or of a quoted attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in printable(text).chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_never_markup_and_codes_are_links() {
        assert_eq!(
            with_links("<b> P-0001;S-0002, 'F1-001' P-1 x\u{202e}"),
            "&lt;b&gt; <a href=\"/project/P-0001\">P-0001</a>;<a href=\"/source/S-0002\">S-0002</a>, \
             &#39;<a href=\"/project/F1-001\">F1-001</a>&#39; P-1 x\\u{202e}"
        );
        assert_eq!(
            with_links("P-0001–0002, 2016"),
            "<a href=\"/project/P-0001\">P-0001</a>–<a href=\"/project/P-0002\">0002</a>, 2016"
        );
    }
}
