//! The three languages of the results: labels by key, from the Fluent files in `language/`.

mod index;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::{Language, Names, Vocabulary};
use index::Index;

const ENGLISH: &str = include_str!("language/en.ftl");
const CHINESE: &str = include_str!("language/zh.ftl");
const JAPANESE: &str = include_str!("language/ja.ftl");

static IN_ENGLISH: Index = Index::of(ENGLISH);
static IN_CHINESE: Index = Index::of(CHINESE);
static IN_JAPANESE: Index = Index::of(JAPANESE);

/// How charts of characters are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charts {
    /// With block elements (Unicode), on a terminal.
    Blocks,
    /// In ASCII.
    Plain,
}

/// Labels in one language, with the names of the countries.
pub(crate) struct Labels {
    pub(crate) language: Language,
    /// How charts of characters are drawn.
    pub(crate) charts: Charts,
    /// Every label of the file: few are needed in one run, and only those are read.
    file: &'static str,
    index: &'static Index,
    bundle: RefCell<FluentBundle<FluentResource>>,
    /// Labels without values that were asked for: a workbook asks for the same words a million times.
    texts: RefCell<HashMap<String, String>>,
    countries: BTreeMap<String, String>,
    forums: BTreeMap<String, String>,
}

impl Labels {
    /// The labels of `language`. `countries` are code → name in that language.
    pub(crate) fn new(language: Language, countries: BTreeMap<String, String>) -> Self {
        let (file, index) = match language {
            Language::English => (ENGLISH, &IN_ENGLISH),
            Language::Chinese => (CHINESE, &IN_CHINESE),
            Language::Japanese => (JAPANESE, &IN_JAPANESE),
        };
        let identifier: LanguageIdentifier = language.word().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![identifier]);
        bundle.set_use_isolating(false);
        Self {
            language,
            charts: Charts::Plain,
            file,
            index,
            bundle: RefCell::new(bundle),
            texts: RefCell::default(),
            countries,
            forums: BTreeMap::new(),
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

    /// Reads the label with this key, unless that is done.
    fn read(&self, key: &str) {
        let mut bundle = self.bundle.borrow_mut();
        if bundle.has_message(key) {
            return;
        }
        if let Some(text) = self.index.find(key, self.file) {
            // A label that does not parse is caught by the tests.
            let resource =
                FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
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
        self.read(key);
        let bundle = self.bundle.borrow();
        let pattern = bundle.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            return key.to_owned();
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, value.clone());
        }
        bundle
            .format_pattern(pattern, Some(&arguments), &mut Vec::new())
            .into_owned()
    }

    /// A word of the registry in this language.
    pub(crate) fn word<V: Vocabulary>(&self, word: V) -> String {
        self.text(&format!("{}-{}", V::KEY, word.word()))
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
    pub(crate) fn title(&self, title: &str, identified: bool) -> String {
        if identified {
            title.to_owned()
        } else {
            self.text("title-not-identified")
        }
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
