//! `tpmc project add` without arguments: the fields one by one, on a terminal and nowhere else.

use inquire::validator::{ErrorMessage, Validation};
use inquire::{Select, Text};

use super::facts::FactArgs;
use crate::commands::ask::{broken_off, confirm_record};
use crate::context::Context;
use crate::domain::{Instrument, Mode, ModeBasis, Sector, SourceReference, Vocabulary, text_fault};
use crate::error::Error;
use crate::message::{Explain as _, Message, Phrases};
use crate::store::Forum;

/// Asks for the forum and the fields of a new project.
///
/// # Errors
/// When the questions are broken off: nothing is recorded then.
pub(super) fn ask(context: &Context) -> Result<(Option<String>, FactArgs), Error> {
    let asking = Asking { context };
    context.out.say(&message!("ask-how"));
    let mut facts = FactArgs::default();
    loop {
        facts.title_en = asking.text("ask-title-en")?;
        facts.title_zh = asking.text("ask-title-zh")?;
        facts.title_ja = asking.text("ask-title-ja")?;
        if facts.title_en.is_some() || facts.title_zh.is_some() || facts.title_ja.is_some() {
            break;
        }
        context.out.say(&message!("ask-title"));
    }
    let forum = asking.checked("ask-forum", |code| {
        context.read(|reader| Ok(reader.one::<Forum>(&code.to_uppercase())?.code))
    })?;
    facts.instrument = asking.word::<Instrument>("ask-instrument")?;
    facts.mode = asking.word::<Mode>("ask-mode")?;
    if facts.mode.is_some() {
        facts.mode_basis = asking.word::<ModeBasis>("ask-mode-basis")?;
    }
    facts.sector = asking.word::<Sector>("ask-sector")?;
    let hosts = asking.checked("ask-hosts", |countries| {
        let names = countries
            .split([',', '，', '、'])
            .map(str::trim)
            .filter(|name| !name.is_empty());
        context.read(|reader| {
            names
                .map(|name| Ok(reader.country(name)?.code))
                .collect::<Result<Vec<_>, Error>>()
        })
    })?;
    facts.host = hosts.unwrap_or_default();
    let source = asking.checked("ask-source", |source| Ok(SourceReference::typed(source)?))?;
    facts.source.extend(source);
    facts.note = asking.text("ask-note")?;
    confirm_record(context)?;
    Ok((forum, facts))
}

/// Asks in the reader's language. Questions are keys of sentences.
struct Asking<'a> {
    context: &'a Context,
}

impl Asking<'_> {
    fn say(&self, key: &'static str) -> String {
        self.context.out.in_words(&key.into())
    }

    /// A text, or nothing.
    fn text(&self, question: &'static str) -> Result<Option<String>, Error> {
        let language = self.context.language.word();
        let check = move |text: &str| match text_fault(text).filter(|_| !text.is_empty()) {
            Some(why) => {
                let why = Phrases::of(language).say(&why.into());
                Ok(Validation::Invalid(ErrorMessage::Custom(why)))
            }
            None => Ok(Validation::Valid),
        };
        let question = self.say(question);
        let answer = broken_off(Text::new(&question).with_validator(check).prompt())?;
        Ok(Some(answer).filter(|answer| !answer.is_empty()))
    }

    /// What a text means to the registry, asked for until it means something; or nothing.
    fn checked<T>(
        &self,
        question: &'static str,
        check: impl Fn(&str) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        while let Some(answer) = self.text(question)? {
            match check(answer.trim()) {
                Ok(meant) => return Ok(Some(meant)),
                Err(error) if error.status() == 1 => {
                    let what = error.message();
                    self.context.out.say(&match error.hint() {
                        Some(hint) => message!("ask-again", what, hint),
                        None => what,
                    });
                }
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }

    /// A word of a vocabulary, or nothing.
    fn word<V: Vocabulary>(&self, question: &'static str) -> Result<Option<V>, Error> {
        let labels = V::ALL.iter().map(|word| {
            let label = Message::new(format!("{}-{}", V::KEY, word.word()));
            self.context.out.in_words(&label)
        });
        let choices = std::iter::once(self.say("not-stated")).chain(labels);
        let question = self.say(question);
        let help = self.say("ask-choose");
        let chosen = Select::new(&question, choices.collect())
            .with_help_message(&help)
            .raw_prompt();
        let place = broken_off(chosen)?.index;
        Ok(place
            .checked_sub(1)
            .and_then(|place| V::ALL.get(place).copied()))
    }
}
