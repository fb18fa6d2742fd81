//! Values that are words of the registry: read in any of the three languages, listed in English in the help and in completions.

use std::cell::Cell;
use std::ffi::OsStr;
use std::marker::PhantomData;
use std::str::FromStr;

use clap::builder::{BoolValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use crate::domain::{
    FieldKind, FieldReader, FieldValue, Invalid, Language, Vocabulary, stated_text, yes_or_no,
};
use crate::language::{Labels, NoWord, is_label, read_word};
use crate::store::NOT_STATED;

/// A parser of the words of a vocabulary.
pub(crate) fn words<V>() -> impl TypedValueParser<Value = V>
where
    V: Vocabulary + Send + Sync,
{
    Words {
        beside: None,
        read: |text, language| read_word::<V>(text, Some(language)),
        vocabulary: PhantomData::<V>,
    }
}

/// Returns the parser of a plain field of a record.
pub(crate) fn field<T>() -> impl TypedValueParser<Value = T>
where
    T: FieldValue + Clone + Send + Sync + 'static,
{
    FieldParser(PhantomData::<T>)
}

struct FieldParser<T>(PhantomData<T>);

impl<T> Clone for FieldParser<T> {
    fn clone(&self) -> Self {
        Self(PhantomData)
    }
}

impl<T> TypedValueParser for FieldParser<T>
where
    T: FieldValue + Clone + Send + Sync + 'static,
{
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        let argument = Argument {
            command,
            argument,
            value,
        };
        T::read(&argument, &value.to_string_lossy())
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        match T::KIND {
            FieldKind::Word(_, words) => {
                Some(Box::new(words().into_iter().map(PossibleValue::new)))
            }
            FieldKind::Text | FieldKind::Flag => None,
        }
    }
}

/// Reads a plain field from the value of an option.
struct Argument<'a> {
    command: &'a Command,
    argument: Option<&'a Arg>,
    value: &'a OsStr,
}

impl Argument<'_> {
    fn parse<P: TypedValueParser>(&self, parser: &P) -> Result<P::Value, clap::Error> {
        parser.parse_ref(self.command, self.argument, self.value)
    }
}

impl FieldReader for Argument<'_> {
    type Error = clap::Error;

    fn text(&self, _: &str) -> Result<String, clap::Error> {
        self.parse(&stated_text)
    }

    fn flag(&self, text: &str) -> Result<bool, clap::Error> {
        match yes_or_no(text) {
            Some(flag) => Ok(flag),
            None => self.parse(&BoolValueParser::new()),
        }
    }

    fn word<V>(&self, _: &str) -> Result<V, clap::Error>
    where
        V: Vocabulary + FromStr<Err = Invalid>,
    {
        self.parse(&words::<V>())
    }
}

/// A parser of the words of a vocabulary that takes `not_stated`, too: None.
pub(crate) fn words_or_not_stated<V>() -> impl TypedValueParser<Value = Option<V>>
where
    V: Vocabulary + Send + Sync,
{
    Words {
        beside: Some(NOT_STATED),
        read: |text, language| {
            if is_label(text, "not-stated") {
                return Ok(None);
            }
            read_word::<V>(text, Some(language)).map(Some)
        },
        vocabulary: PhantomData::<V>,
    }
}

struct Words<V, T> {
    /// A word that is none of the vocabulary.
    beside: Option<&'static str>,
    read: fn(&str, Language) -> Result<T, NoWord>,
    vocabulary: PhantomData<V>,
}

impl<V, T> Clone for Words<V, T> {
    fn clone(&self) -> Self {
        Self { ..*self }
    }
}

impl<V: Vocabulary, T> Words<V, T> {
    /// The canonical words.
    fn all(&self) -> impl Iterator<Item = &'static str> {
        V::ALL.iter().map(|word| word.word()).chain(self.beside)
    }
}

impl<V, T> TypedValueParser for Words<V, T>
where
    V: Vocabulary + Send + Sync,
    T: Clone + Send + Sync + 'static,
{
    type Value = T;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<T, clap::Error> {
        let language = language_of_reader();
        let fault = match value.to_str().map(|text| (self.read)(text, language)) {
            Some(Ok(value)) => return Ok(value),
            Some(Err(fault)) => fault,
            None => NoWord::Unknown,
        };
        let labels = Labels::new(language, Default::default());
        let in_words = |word: &'static str| match self.beside {
            Some(beside) if beside == word => labels.canonical_word(word, "not-stated"),
            _ => labels.canonical_word(word, &format!("{}-{word}", V::KEY)),
        };
        match fault {
            NoWord::Several(words) => {
                let words: Vec<String> = words.into_iter().map(in_words).collect();
                let name = argument.map(ToString::to_string).unwrap_or_default();
                let text = value.to_string_lossy();
                let why = labels.say(&message!(
                    "error-several-words",
                    text,
                    argument = name,
                    words
                ));
                let error = clap::Error::raw(ErrorKind::ValueValidation, why + "\n");
                Err(error.with_cmd(command))
            }
            NoWord::Unknown => {
                let parser = PossibleValuesParser::new(self.all());
                let Err(mut error) = parser.parse_ref(command, argument, value) else {
                    return Err(clap::Error::new(ErrorKind::InvalidValue).with_cmd(command));
                };
                let choices = self.all().map(in_words).collect();
                error.insert(ContextKind::ValidValue, ContextValue::Strings(choices));
                Err(error)
            }
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.all().map(PossibleValue::new)))
    }
}

thread_local! {
    /// The language of the page that this thread makes, where it makes one for the web desk.
    static OF_PAGE: Cell<Option<Language>> = const { Cell::new(None) };
}

/// Runs `work` for a reader of `language`, whatever the command line and the locale of this program say.
pub(crate) fn for_reader<T>(language: Language, work: impl FnOnce() -> T) -> T {
    let before = OF_PAGE.replace(Some(language));
    let done = work();
    OF_PAGE.set(before);
    done
}

/// The language of the person at the command line, before it is read: `--lang`, `TPMC_LANG`, or the locale.
pub(crate) fn language_of_reader() -> Language {
    if let Some(language) = OF_PAGE.get() {
        return language;
    }
    let mut arguments = std::env::args_os()
        .skip(1)
        .filter_map(|text| text.into_string().ok());
    let option = arguments.find_map(|argument| argument.strip_prefix("--lang").map(str::to_owned));
    let named = match option.as_deref() {
        Some("") => arguments.next(),
        Some(rest) => rest.strip_prefix('=').map(str::to_owned),
        None => {
            let variable = std::env::var("TPMC_LANG").ok();
            let variable = variable.filter(|language| !language.is_empty());
            variable.or_else(|| super::config::setting("lang").map(str::to_owned))
        }
    };
    let named = named.and_then(|word| read_word(&word, None).ok());
    named.unwrap_or_else(language_of_locale)
}

/// Returns the language of the locale in the environment, by the order of POSIX.
pub(crate) fn language_of_locale() -> Language {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok());
    said.filter(|locale| !locale.is_empty())
        .map(|locale| Language::of_locale(&locale))
        .next()
        .unwrap_or(Language::English)
}

/// Whether the locale says that the terminal writes in another encoding than UTF-8.
pub(crate) fn is_of_other_letters() -> bool {
    let said = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter();
    let mut said = said.filter_map(|name| std::env::var(name).ok());
    said.find(|locale| !locale.is_empty())
        .is_some_and(|locale| {
            !locale
                .to_ascii_lowercase()
                .replace('-', "")
                .contains("utf8")
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Status;

    fn read(text: &str) -> Result<Option<Status>, String> {
        let parser = words_or_not_stated::<Status>();
        let command = Command::new("tpmc");
        let read = parser.parse_ref(&command, None, OsStr::new(text));
        read.map_err(|error| error.to_string())
    }

    #[test]
    fn words_of_three_languages_are_values() {
        for text in ["signed", "Signed", "已签署", "署名済み"] {
            assert_eq!(read(text), Ok(Some(Status::Signed)), "{text}");
        }
        for text in ["not_stated", "未注明", "記載なし"] {
            assert_eq!(read(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn what_is_no_word_is_refused_with_the_words() {
        let error = read("sined").unwrap_err();
        assert!(
            error.contains("implementing") && error.contains("not_stated"),
            "{error}"
        );
    }
}
