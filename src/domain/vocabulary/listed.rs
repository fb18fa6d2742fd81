//! What every closed list of words has in common.

use crate::domain::{Invalid, nearest};
use crate::message::Message;

/// A closed list of words, for code that treats all lists alike.
pub(crate) trait Vocabulary: Copy + Send + Sync + Sized + 'static {
    /// The prefix of the labels of these words in the language files; `what-` and this is the label of the list.
    const KEY: &'static str;
    /// Every word, in the order in which reports show them.
    const ALL: &'static [Self];

    /// The canonical text.
    fn word(self) -> &'static str;
}

/// Returns the words of a vocabulary.
pub(crate) fn words_of<V: Vocabulary>() -> Vec<&'static str> {
    V::ALL.iter().map(|value| value.word()).collect()
}

pub(super) fn parse<V: Vocabulary>(text: &str) -> Result<V, Invalid> {
    let words = || V::ALL.iter().map(|value| value.word());
    V::ALL
        .iter()
        .copied()
        .find(|value| value.word() == text)
        .ok_or_else(|| {
            let list = words_of::<V>();
            let why = match nearest(text, words()) {
                Some(near) => message!("flaw-no_word_near", near, words = list),
                None => message!("flaw-no_word", words = list),
            };
            Invalid::new(Message::new(format!("what-{}", V::KEY)), text, why)
        })
}
