//! Sentences for people: a key, and the values that the sentence of the reader's language is filled in with. The sentences stand in
//! the Fluent files of `language/` alone.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

pub(crate) use address::is_server;
pub(crate) use foreign::in_serde;

pub(crate) const ENGLISH: &str = include_str!("language/en.ftl");
pub(crate) const CHINESE: &str = include_str!("language/zh.ftl");
pub(crate) const JAPANESE: &str = include_str!("language/ja.ftl");

/// The text of each sentence of a language, by its key.
type Texts = HashMap<&'static str, &'static str>;

static IN_ENGLISH: LazyLock<Texts> = LazyLock::new(|| texts_of(ENGLISH));
static IN_CHINESE: LazyLock<Texts> = LazyLock::new(|| texts_of(CHINESE));
static IN_JAPANESE: LazyLock<Texts> = LazyLock::new(|| texts_of(JAPANESE));

/// Cuts a Fluent file into its sentences. One begins at the margin with its key, and goes on in lines that begin with a blank.
fn texts_of(file: &'static str) -> Texts {
    let mut texts = Texts::with_capacity(2_048);
    let (mut start, mut end) = (0, 0);
    for line in file.split_inclusive('\n').chain(["\n"]) {
        if !line.starts_with(' ') {
            let text = file.get(start..end).unwrap_or_default();
            let key = text
                .split_once(' ')
                .filter(|(_, rest)| rest.starts_with('='));
            texts.extend(key.map(|(key, _)| (key, text)));
            start = end;
        }
        end += line.len();
    }
    texts
}

/// What is said to somebody, in no language yet. Its `Display` is English.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Message {
    key: Cow<'static, str>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    values: Vec<(Cow<'static, str>, Value)>,
}

/// What a sentence is filled in with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Value {
    Number(i64),
    Text(String),
    Message(Message),
    List {
        items: Vec<Self>,
        /// The key of what stands between two of them.
        between: Cow<'static, str>,
    },
}

/// Makes a [`Message`]: `message!("error-disk-full")`, `message!("error-locked", path, known = 3)`.
macro_rules! message {
    ($key:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {
        $crate::message::Message::new($key)
            $(.with(stringify!($name), message!(@ $name $($value)?)))*
    };
    (@ $name:ident) => { &$name };
    (@ $name:ident $value:expr) => { &$value };
}

mod address;
mod foreign;

/// What can be said in every language: the failures of the program.
pub(crate) trait Explain {
    fn message(&self) -> Message;
}

impl Explain for Message {
    fn message(&self) -> Message {
        self.clone()
    }
}

impl Explain for std::convert::Infallible {
    fn message(&self) -> Message {
        match *self {}
    }
}

/// Lets failures stand in other sentences, and implements their `Display`: in English, for logs and for programs.
macro_rules! explained {
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::message::Fill for $name {
            fn value(&self) -> $crate::message::Value {
                $crate::message::Value::Message($crate::message::Explain::message(self))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::message::Explain::message(self).fmt(formatter)
            }
        }
    )+};
}

/// What a sentence can be filled in with.
pub(crate) trait Fill {
    fn value(&self) -> Value;
}

impl Message {
    pub(crate) fn new(key: impl Into<Cow<'static, str>>) -> Self {
        Self {
            key: key.into(),
            values: Vec::new(),
        }
    }

    /// The same with a value.
    pub(crate) fn with<T: Fill + ?Sized>(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: &T,
    ) -> Self {
        self.values.push((name.into(), value.value()));
        self
    }

    /// Whether this is the sentence with that key.
    pub(crate) fn is(&self, key: &str) -> bool {
        self.key == key
    }

    /// Whether it is a word of the registry, and no sentence.
    fn is_label(&self) -> bool {
        self.values.is_empty() && !self.key.starts_with("why-")
    }

    /// Whether other sentences stand in it, beside the words of the registry.
    pub(crate) fn is_nested(&self) -> bool {
        self.values.iter().any(|(_, value)| match value {
            Value::Message(message) => !message.is_label(),
            Value::List { .. } => true,
            Value::Number(_) | Value::Text(_) => false,
        })
    }

    /// What it is filled in with, for programs: a word of the registry is the canonical one.
    pub(crate) fn words(&self) -> impl Iterator<Item = (&str, String)> {
        let english = Phrases::of("en");
        self.values.iter().map(move |(name, value)| {
            let word = match value {
                Value::Message(label) if label.is_label() => {
                    let (_, word) = label.key.rsplit_once('-').unwrap_or_default();
                    word.to_owned()
                }
                value => english.text_of(value),
            };
            (name.as_ref(), word)
        })
    }
}

impl fmt::Display for Message {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&Phrases::of("en").say(self))
    }
}

impl Value {
    /// Returns several things, the first `shown` of them by name and the rest by number.
    pub(crate) fn some_of<T: Fill>(items: &[T], shown: usize) -> Self {
        let mut named: Vec<Self> = items.iter().take(shown).map(Fill::value).collect();
        if let Some(count) = items.len().checked_sub(shown).filter(|more| *more > 0) {
            named.push(message!("and-more", count).value());
        }
        named.value()
    }

    /// Returns several whole clauses in one sentence.
    pub(crate) fn clauses<T: Fill>(items: &[T]) -> Self {
        Self::List {
            items: items.iter().map(Fill::value).collect(),
            between: "clause-separator".into(),
        }
    }
}

impl Fill for Message {
    fn value(&self) -> Value {
        Value::Message(self.clone())
    }
}

/// A key whose sentence is filled in with nothing.
impl From<&'static str> for Message {
    fn from(key: &'static str) -> Self {
        Self::new(key)
    }
}

impl<T: Fill + ?Sized> Fill for &T {
    fn value(&self) -> Value {
        (**self).value()
    }
}

impl Fill for Value {
    fn value(&self) -> Value {
        self.clone()
    }
}

impl<T: Fill> Fill for Vec<T> {
    fn value(&self) -> Value {
        Value::List {
            items: self.iter().map(Fill::value).collect(),
            between: "list-separator".into(),
        }
    }
}

impl Fill for str {
    fn value(&self) -> Value {
        Value::Text(self.to_owned())
    }
}

impl Fill for Path {
    fn value(&self) -> Value {
        address::shown(self).value()
    }
}

impl Fill for PathBuf {
    fn value(&self) -> Value {
        self.as_path().value()
    }
}

macro_rules! numbers {
    ($($number:ty),+) => {$(
        impl Fill for $number {
            fn value(&self) -> Value {
                i64::try_from(*self).map_or_else(|_| Value::Text(self.to_string()), Value::Number)
            }
        }
    )+};
}
numbers!(i32, i64, u8, u16, u32, u64, usize);

/// Implements [`Fill`] of types by their `Display`.
macro_rules! filled_as_text {
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::message::Fill for $name {
            fn value(&self) -> $crate::message::Value {
                $crate::message::Value::Text(self.to_string())
            }
        }
    )+};
}
filled_as_text!(String, char, f64, Cow<'_, str>, chrono::NaiveDate);

/// The sentences of one language. Few are needed in one run, and only those are parsed.
pub(crate) struct Phrases {
    file: &'static Texts,
    bundle: RefCell<FluentBundle<FluentResource>>,
}

impl Phrases {
    /// The sentences of a language by its word: `en`, `zh` or `ja`.
    pub(crate) fn of(language: &str) -> Self {
        let file: &Texts = match language {
            "zh" => &IN_CHINESE,
            "ja" => &IN_JAPANESE,
            _ => &IN_ENGLISH,
        };
        let identifier: LanguageIdentifier = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new(vec![identifier]);
        bundle.set_use_isolating(false);
        let bundle = RefCell::new(bundle);
        Self { file, bundle }
    }

    /// The English sentences with every text twice, as a language of long words would have them.
    #[cfg(test)]
    pub(crate) fn twice_as_long() -> Self {
        let phrases = Self::of("en");
        let twice = |text: &str| format!("{text}{text}").into();
        phrases.bundle.borrow_mut().set_transform(Some(twice));
        phrases
    }

    /// Parses the sentence with this key, unless that is done.
    fn read(&self, key: &str) {
        let mut bundle = self.bundle.borrow_mut();
        if bundle.has_message(key) {
            return;
        }
        if let Some(text) = self.file.get(key).copied() {
            // A sentence that does not parse is caught by the tests.
            let resource =
                FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
            bundle.add_resource_overriding(resource);
        }
    }

    /// The sentence with this key, filled in with values; the key itself should it be missing.
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

    /// A message in this language.
    pub(crate) fn say(&self, message: &Message) -> String {
        let values = message.values.iter();
        let values = values.map(|(name, value)| (name.as_ref(), self.filled(value)));
        self.with(&message.key, &values.collect::<Vec<_>>())
    }

    fn filled(&self, value: &Value) -> FluentValue<'static> {
        match value {
            Value::Number(number) => (*number).into(),
            value => self.text_of(value).into(),
        }
    }

    fn text_of(&self, value: &Value) -> String {
        match value {
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.clone(),
            Value::Message(message) => self.say(message),
            Value::List { items, between } => {
                let items: Vec<String> = items.iter().map(|item| self.text_of(item)).collect();
                items.join(&self.with(between, &[]))
            }
        }
    }
}
