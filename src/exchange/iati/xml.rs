//! XML, element by element.

use quick_xml::Writer;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::name::QName;

use crate::exchange::{Error, Sink};

/// An XML document that is being written. Remembers which elements are open.
pub(super) struct Xml<'a> {
    writer: Writer<Sink<'a>>,
    open: Vec<String>,
}

/// Attributes of an element.
pub(super) type Attributes<'a> = &'a [(&'a str, String)];

impl<'a> Xml<'a> {
    pub(super) fn begin(sink: Sink<'a>) -> Result<Self, Error> {
        let mut writer = Writer::new_with_indent(sink, b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self {
            writer,
            open: Vec::new(),
        })
    }

    fn start<'b>(name: &'b str, attributes: Attributes<'_>) -> BytesStart<'b> {
        let mut start = BytesStart::new(name);
        for (name, value) in attributes {
            let value = escaped(value, true);
            start.push_attribute(Attribute {
                key: QName(name),
                value: value.into(),
            });
        }
        start
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) -> Result<(), Error> {
        self.writer
            .write_event(Event::Start(Self::start(name, attributes)))?;
        self.open.push(name.to_owned());
        Ok(())
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) -> Result<(), Error> {
        if let Some(name) = self.open.pop() {
            self.writer.write_event(Event::End(BytesEnd::new(name)))?;
        }
        Ok(())
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> Result<(), Error> {
        Ok(self
            .writer
            .write_event(Event::Empty(Self::start(name, attributes)))?)
    }

    /// An element that holds a text.
    pub(super) fn text(
        &mut self,
        name: &str,
        attributes: Attributes<'_>,
        text: &str,
    ) -> Result<(), Error> {
        self.writer
            .write_event(Event::Start(Self::start(name, attributes)))?;
        let text = escaped(text, false);
        self.writer
            .write_event(Event::Text(BytesText::from_escaped(text)))?;
        Ok(self.writer.write_event(Event::End(BytesEnd::new(name)))?)
    }

    /// A text for people in its language.
    pub(super) fn narrative(&mut self, language: &str, text: &str) -> Result<(), Error> {
        self.text("narrative", &[("xml:lang", language.to_owned())], text)
    }

    /// Ends the document.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        Ok(self.writer.get_mut().write_all(b"\n")?)
    }
}

/// `text` as it stands in a document. Characters that XML 1.0 cannot hold become U+FFFD. Carriage returns and, in
/// attributes, line feeds and tabs are written as references: a parser would change them otherwise.
fn escaped(text: &str, in_attribute: bool) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\r' => written.push_str("&#13;"),
            '\n' if in_attribute => written.push_str("&#10;"),
            '\t' if in_attribute => written.push_str("&#9;"),
            letter if is_allowed(letter) => written.push(letter),
            _ => written.push('\u{fffd}'),
        }
    }
    written
}

/// Whether XML 1.0 can hold a character (section 2.2).
pub(super) fn is_allowed(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}')
}

/// The language of a text that does not say it, by its script.
pub(super) fn language_of(text: &str) -> &'static str {
    if text
        .chars()
        .any(|letter| matches!(letter, '\u{3041}'..='\u{30ff}' | '\u{ff66}'..='\u{ff9f}'))
    {
        "ja"
    } else if text
        .chars()
        .any(|letter| matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}'))
    {
        "zh"
    } else {
        "en"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn difficult_text_stays_well_formed() {
        assert_eq!(
            escaped("<a&\"\r\u{1b}\u{ffff}>", false),
            "&lt;a&amp;&quot;&#13;\u{fffd}\u{fffd}&gt;"
        );
        assert_eq!(escaped("a\n\tb", true), "a&#10;&#9;b");
        assert_eq!(escaped("a\n\tb", false), "a\n\tb");
    }

    #[test]
    fn the_script_tells_the_language() {
        assert_eq!(language_of("業務協力"), "zh");
        assert_eq!(language_of("業務の協力"), "ja");
        assert_eq!(language_of("Bank"), "en");
    }
}
