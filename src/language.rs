//! The three languages of the results: labels by key, from the Fluent files in `language/`.

mod words;

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap};

use fluent_bundle::FluentValue;

use crate::domain::{Language, Moment, Names, Vocabulary, Zone};
use crate::message::{Message, Phrases};
pub(crate) use words::{NoWord, is_label, read_word};

/// Marks a title that is a translation; pages that have one explain it.
const TRANSLATED: &str = " *";

/// How charts of characters are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charts {
    /// With block elements (Unicode), on a terminal.
    Blocks,
    /// In ASCII.
    Plain,
    /// In ASCII, the lines of tables too, and no sign of which terminals disagree how wide it is.
    Narrow,
}

/// Labels in one language, with the names of the countries.
pub(crate) struct Labels {
    pub(crate) language: Language,
    /// How charts of characters are drawn.
    pub(crate) charts: Charts,
    /// The time zone in which times are shown.
    pub(crate) zone: Zone,
    phrases: Phrases,
    /// Labels without values that were asked for: a workbook asks for the same words a million times.
    texts: RefCell<HashMap<String, String>>,
    /// Whether a title was shown with the mark of a translation.
    has_marked: Cell<bool>,
    countries: BTreeMap<String, String>,
    forums: BTreeMap<String, String>,
}

impl Labels {
    /// The labels of `language`. `countries` are code → name in that language.
    pub(crate) fn new(language: Language, countries: BTreeMap<String, String>) -> Self {
        Self {
            language,
            charts: Charts::Plain,
            zone: Zone::UTC,
            phrases: Phrases::of(language.word()),
            texts: RefCell::default(),
            has_marked: Cell::new(false),
            countries,
            forums: BTreeMap::new(),
        }
    }

    /// Labels twice as long as the English ones.
    #[cfg(test)]
    pub(crate) fn twice_as_long() -> Self {
        Self {
            phrases: Phrases::twice_as_long(),
            ..Self::new(Language::English, BTreeMap::new())
        }
    }

    /// The same labels with the names of the forums, code → name.
    pub(crate) fn with_forums(self, forums: BTreeMap<String, String>) -> Self {
        Self { forums, ..self }
    }

    /// The same labels for pages whose charts are drawn so.
    pub(crate) fn drawn(self, charts: Charts) -> Self {
        Self { charts, ..self }
    }

    /// The same labels for readers in that time zone.
    pub(crate) fn in_zone(self, zone: Zone) -> Self {
        Self { zone, ..self }
    }

    /// Returns a time as a reader in the zone has it: `2026-11-24 07:00:00 Asia/Tokyo`; in UTC `2026-11-23T22:00:00Z`.
    pub(crate) fn time(&self, moment: Moment) -> String {
        match self.zone.is_utc() {
            true => moment.to_string(),
            false => format!(
                "{} {}",
                self.zone.shown(moment, "%Y-%m-%d %H:%M:%S"),
                self.zone
            ),
        }
    }

    /// Returns how long so many days are, in whole months and never more than they are: `8 years 1 month`; below two months in days.
    pub(crate) fn duration(&self, days: i64) -> String {
        self.span(days, ["span-years", "span-months"])
    }

    /// Returns the same for a cell of a table: `8 y 1 mo`.
    pub(crate) fn short_duration(&self, days: i64) -> String {
        self.span(days, ["span-short-years", "span-short-months"])
    }

    fn span(&self, days: i64, [of_years, of_months]: [&str; 2]) -> String {
        // The Gregorian calendar repeats itself after 146,097 days, which are 4,800 months.
        let months = days.saturating_mul(4_800) / 146_097;
        let count = |key: &str, count: i64| self.with(key, &[("count", count.into())]);
        match (months / 12, months % 12) {
            _ if months < 2 => count("span-days", days),
            (0, months) => count(of_months, months),
            (years, 0) => count(of_years, years),
            (years, months) => {
                let [years, months] = [count(of_years, years), count(of_months, months)];
                let parts = [("years", years.into()), ("months", months.into())];
                self.with("span-years-and-months", &parts)
            }
        }
    }

    /// The label with this key; the key itself should it be missing.
    pub(crate) fn text(&self, key: &str) -> String {
        if let Some(text) = self.texts.borrow().get(key) {
            return text.clone();
        }
        let text = self.with(key, &[]);
        let mut texts = self.texts.borrow_mut();
        texts.insert(key.to_owned(), text.clone());
        text
    }

    /// The label with this key, filled in with values.
    pub(crate) fn with(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        self.phrases.with(key, values)
    }

    /// A message in this language.
    pub(crate) fn say(&self, message: &Message) -> String {
        self.phrases.say(message)
    }

    /// A word of the registry in this language.
    pub(crate) fn word<V: Vocabulary>(&self, word: V) -> String {
        self.text(&format!("{}-{}", V::KEY, word.word()))
    }

    /// A canonical word with its label, where the language is not that of the word: "signed（已签署）".
    pub(crate) fn canonical_word(&self, word: &str, label: &str) -> String {
        match self.language {
            Language::English => word.to_owned(),
            _ => format!("{word}（{}）", self.text(label)),
        }
    }

    /// A word of the registry, or "not stated".
    pub(crate) fn word_or_not_stated<V: Vocabulary>(&self, word: Option<V>) -> String {
        word.map_or_else(|| self.text("not-stated"), |word| self.word(word))
    }

    /// The name of a forum; its code where it is not known.
    pub(crate) fn forum<'a>(&'a self, code: &'a str) -> &'a str {
        self.forums.get(code).map_or(code, String::as_str)
    }

    /// The name of a country; its code should the registry not know it.
    pub(crate) fn country<'a>(&'a self, code: &'a str) -> &'a str {
        self.countries.get(code).map_or(code, String::as_str)
    }

    /// The one of several names that a reader of this language gets.
    pub(crate) fn name<'a>(&self, names: Names<'a>) -> &'a str {
        names.for_reader(self.language)
    }

    /// The title of a project; that of one which is not identified says so, whatever stands in its place.
    /// A translated title has a mark.
    pub(crate) fn title(&self, titles: Names<'_>, identified: bool) -> String {
        let is_translated = titles.is_translated(self.language);
        self.marked_title(self.name(titles), is_translated, identified)
    }

    /// The title that was chosen for a reader, as [`Self::title`] has it.
    pub(crate) fn marked_title(
        &self,
        title: &str,
        is_translated: bool,
        identified: bool,
    ) -> String {
        match (identified, is_translated) {
            (false, _) => self.text("title-not-identified"),
            (true, false) => title.to_owned(),
            (true, true) => {
                self.has_marked.set(true);
                format!("{title}{TRANSLATED}")
            }
        }
    }

    /// Returns the note that explains the mark of translated titles, when one was shown since the last note.
    pub(crate) fn note_on_marks(&self) -> Option<String> {
        self.has_marked.take().then(|| self.text("note-translated"))
    }

    /// `text` with a note in the brackets of the language.
    pub(crate) fn noted(&self, text: &str, note: &str) -> String {
        self.with("with-note", &[("text", text.into()), ("note", note.into())])
    }

    /// Several things in one line.
    pub(crate) fn list(&self, items: &[String]) -> String {
        items.join(&self.text("list-separator"))
    }

    /// A share from 0 to 1 as a percentage with one decimal.
    pub(crate) fn percent(&self, share: f64) -> String {
        self.with(
            "percent",
            &[("value", format!("{:.1}", share * 100.0).into())],
        )
    }
}

impl Language {
    /// The language of a locale name such as `ja_JP.UTF-8`; English for every other.
    pub(crate) fn of_locale(locale: &str) -> Self {
        match locale.get(..2) {
            Some("zh") => Self::Chinese,
            Some("ja") => Self::Japanese,
            _ => Self::English,
        }
    }
}

#[cfg(test)]
mod tests;
