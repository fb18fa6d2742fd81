//! The remarks of a text: what stands behind a `#`, in the language of the reader.

use crate::domain::{FieldKind, FieldValue, Vocabulary, words_of};
use crate::message::{Message, Phrases};

/// Writes remarks in one language.
#[derive(Clone, Copy)]
pub(crate) struct Remarks<'a>(pub(crate) &'a Phrases);

impl Remarks<'_> {
    /// The sentence with this key.
    pub(super) fn say(self, key: &'static str) -> String {
        self.0.say(&key.into())
    }

    /// The lines that open a text: a sentence of several lines.
    pub(super) fn opening(self, key: &'static str) -> String {
        let said = self.say(key);
        said.lines().map(|line| format!("# {line}\n")).collect()
    }

    /// The remark beside a plain field: the words that it takes, or what it says.
    pub(super) fn field<T: FieldValue>(self, name: &str) -> String {
        match T::KIND {
            FieldKind::Word(vocabulary, words) => self.words(vocabulary, &words()),
            FieldKind::Text | FieldKind::Flag => self.0.with(&format!("field-{name}"), &[]),
        }
    }

    /// The words of a vocabulary.
    pub(super) fn words_of<V: Vocabulary>(self) -> String {
        self.words(V::KEY, &words_of::<V>())
    }

    fn words(self, vocabulary: &str, words: &[&str]) -> String {
        let words = words.iter().map(|word| {
            let label = Message::new(format!("{vocabulary}-{word}"));
            message!("canonical-word", word, label)
        });
        let text = words.collect::<Vec<_>>();
        self.0.say(&message!("foreign", text))
    }
}
