//! The fields of a step of the timeline as options: the same on `add` and on `set`.

use clap::Args;

use crate::args::words;
use crate::commands::desk::Desk;
use crate::commands::options::{put, text};
use crate::domain::{
    Confidence, Language, MechanismEventKind, Mention, SourceReference, Vocabulary as _, When,
};
use crate::error::Error;
use crate::store::{MechanismEvent, MechanismEventText};

/// What is stated of a step. What is not known is left out.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Fields")]
pub(super) struct FactArgs {
    /// Title in English
    #[arg(long, value_name = "TEXT", value_parser = text)]
    pub(super) title_en: Option<String>,
    /// Title in Chinese
    #[arg(long, value_name = "TEXT", value_parser = text)]
    title_zh: Option<String>,
    /// Title in Japanese
    #[arg(long, value_name = "TEXT", value_parser = text)]
    title_ja: Option<String>,
    /// What it is
    #[arg(long, value_parser = words::<MechanismEventKind>())]
    pub(super) kind: Option<MechanismEventKind>,
    /// When: a day, a month or a year
    #[arg(long, value_name = "DATE")]
    pub(super) on: Option<When>,
    /// Where, in English
    #[arg(long, value_name = "TEXT", value_parser = text)]
    place: Option<String>,
    /// Where, in Chinese
    #[arg(long, value_name = "TEXT", value_parser = text)]
    place_zh: Option<String>,
    /// Where, in Japanese
    #[arg(long, value_name = "TEXT", value_parser = text)]
    place_ja: Option<String>,
    /// Who took part, in English
    #[arg(long, value_name = "TEXT", value_parser = text)]
    participants: Option<String>,
    /// Who took part, in Chinese
    #[arg(long, value_name = "TEXT", value_parser = text)]
    participants_zh: Option<String>,
    /// Who took part, in Japanese
    #[arg(long, value_name = "TEXT", value_parser = text)]
    participants_ja: Option<String>,
    /// What came of it, in English
    #[arg(long, value_name = "TEXT", value_parser = text)]
    outcome: Option<String>,
    /// What came of it, in Chinese
    #[arg(long, value_name = "TEXT", value_parser = text)]
    outcome_zh: Option<String>,
    /// What came of it, in Japanese
    #[arg(long, value_name = "TEXT", value_parser = text)]
    outcome_ja: Option<String>,
    /// Whether the source speaks of cooperation in third countries
    #[arg(long, value_parser = words::<Mention>())]
    mentions: Option<Mention>,
    /// How far it can be relied on
    #[arg(long, value_parser = words::<Confidence>())]
    confidence: Option<Confidence>,
    /// Where it is said: an address, a code or a document (can be repeated; added to those it has)
    #[arg(long, value_name = "URL|CODE|FILE", value_parser = SourceReference::typed)]
    source: Vec<SourceReference>,
    /// Anything else
    #[arg(long, value_name = "TEXT", value_parser = text)]
    note: Option<String>,
}

impl FactArgs {
    /// What is stated in a language: title, place, participants, outcome.
    fn texts(&self, language: Language) -> [&Option<String>; 4] {
        match language {
            Language::English => [
                &self.title_en,
                &self.place,
                &self.participants,
                &self.outcome,
            ],
            Language::Chinese => [
                &self.title_zh,
                &self.place_zh,
                &self.participants_zh,
                &self.outcome_zh,
            ],
            Language::Japanese => [
                &self.title_ja,
                &self.place_ja,
                &self.participants_ja,
                &self.outcome_ja,
            ],
        }
    }

    /// Returns whether nothing is stated.
    pub(super) fn is_empty(&self) -> bool {
        let languages = [Language::English, Language::Chinese, Language::Japanese];
        let texts = languages
            .into_iter()
            .flat_map(|language| self.texts(language));
        texts.chain([&self.note]).all(Option::is_none)
            && self.kind.is_none()
            && self.on.is_none()
            && self.mentions.is_none()
            && self.confidence.is_none()
            && self.source.is_empty()
    }

    /// Puts what was stated into the step.
    pub(super) fn apply(
        &self,
        step: &mut MechanismEvent,
        desk: &mut Desk<'_, '_>,
    ) -> Result<(), Error> {
        let facts = &mut step.facts;
        facts.title = self.title_en.clone().unwrap_or(facts.title.clone());
        facts.kind = self.kind.unwrap_or(facts.kind);
        facts.on_date = desk.maybe_date(self.on).unwrap_or(facts.on_date);
        put(&mut facts.place, &self.place);
        put(&mut facts.participants, &self.participants);
        put(&mut facts.outcome, &self.outcome);
        facts.mentions_third_country_cooperation = self
            .mentions
            .unwrap_or(facts.mentions_third_country_cooperation);
        facts.confidence = self.confidence.unwrap_or(facts.confidence);
        put(&mut facts.note, &self.note);
        for language in [Language::Chinese, Language::Japanese] {
            self.apply_texts(language, step);
        }
        for source in &self.source {
            let code = desk.source(source);
            let code = desk.tried(code)?;
            step.sources
                .extend(code.filter(|code| !step.sources.contains(code)));
        }
        Ok(())
    }

    /// The texts in another language; without a title in it, that in English stands there.
    fn apply_texts(&self, language: Language, step: &mut MechanismEvent) {
        let [title, place, participants, outcome] = self.texts(language);
        if [title, place, participants, outcome]
            .iter()
            .all(|text| text.is_none())
        {
            return;
        }
        let known = step
            .texts
            .iter_mut()
            .position(|text| text.language == language.word());
        let place_of = known.unwrap_or_else(|| {
            step.texts.push(MechanismEventText {
                language: language.word().to_owned(),
                title: step.facts.title.clone(),
                place: None,
                participants: None,
                outcome: None,
                basis: None,
            });
            step.texts.len() - 1
        });
        if let Some(text) = step.texts.get_mut(place_of) {
            text.title = title.clone().unwrap_or(text.title.clone());
            put(&mut text.place, place);
            put(&mut text.participants, participants);
            put(&mut text.outcome, outcome);
            // What the shipped text rested on says nothing about another one.
            text.basis = None;
        }
    }
}
