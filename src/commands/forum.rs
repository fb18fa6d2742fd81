//! `tpmc forum`: the forums at which agreements are announced.

use chrono::NaiveDate;
use clap::{Args, Subcommand};
use serde_json::Value;

use super::WriteArgs;
use super::desk::{Desk, Done, record};
use super::listed::ListedArgs;
use super::options::{SourceArgs, clearable, day, nothing_said, text};
use crate::context::Context;
use crate::domain::{Confidence, Language, MechanismEventKind, Mention, Vocabulary as _};
use crate::error::Error;
use crate::report::Shown;
use crate::store::{
    Forum as Record, Kind, MechanismEvent, MechanismEventFacts, MechanismEventText,
};

/// Record and list the forums at which agreements were announced
#[derive(Debug, Subcommand)]
pub(crate) enum Forum {
    Add(Add),
    List(List),
    Set(Set),
    Remove(Remove),
}

impl Forum {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::List(command) => command.run(context),
            Self::Set(command) => command.run(context),
            Self::Remove(command) => command.run(context),
        }
    }
}

/// Add a forum, and print its code
///
/// The code is the next one, like F2; its agreements are then added with `tpmc project add --forum F2`. The forum becomes a step of
/// the cooperation's timeline as well, in the same batch.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc forum add --name-en 'Second Forum' --name-zh 第二届论坛 --name-ja 第2回フォーラム --held-on 2026-10-20 --place Tokyo --agreements 31"
)]
pub(crate) struct Add {
    /// Name in English
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_en: String,
    /// Name in Chinese
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_zh: String,
    /// Name in Japanese
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_ja: String,
    /// The day on which it was held, or the first of them
    #[arg(long, value_name = "DAY", value_parser = day)]
    held_on: NaiveDate,
    /// Where it was held
    #[arg(long, value_name = "TEXT", value_parser = text)]
    place: Option<String>,
    /// How many agreements were announced
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(i64).range(0..))]
    agreements: Option<i64>,
    #[command(flatten)]
    source: SourceArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "forum add", &self.write, false, |desk| {
            let source = self.source.resolve(desk)?;
            let code = desk.writer.next_code(Kind::Forum, "F", 1)?;
            let forum = Record {
                id: desk.fresh_id(Kind::Forum, &code),
                code,
                name_en: self.name_en.clone(),
                name_zh: self.name_zh.clone(),
                name_ja: self.name_ja.clone(),
                held_on: self.held_on,
                agreements: self.agreements,
                source: source.clone(),
            };
            let step = self.step(&forum, source, desk)?;
            desk.save(step)?;
            desk.save(forum.clone())?;
            let told = message!(
                "told-named",
                code = forum.code,
                name = forum.names().for_reader(context.language)
            );
            Done::about(forum, told)
        })
    }

    /// The forum as a step of the timeline.
    fn step(
        &self,
        forum: &Record,
        source: Option<String>,
        desk: &mut Desk<'_, '_>,
    ) -> Result<MechanismEvent, Error> {
        let code = desk.writer.next_code(Kind::MechanismEvent, "M-", 3)?;
        let named = |(language, name): (Language, &String)| MechanismEventText {
            language: language.word().to_owned(),
            title: name.clone(),
            place: None,
            participants: None,
            outcome: None,
            basis: None,
        };
        let names = [
            (Language::Chinese, &forum.name_zh),
            (Language::Japanese, &forum.name_ja),
        ];
        Ok(MechanismEvent {
            facts: MechanismEventFacts {
                id: desk.fresh_id(Kind::MechanismEvent, &code),
                code,
                on_date: forum.held_on.into(),
                title: forum.name_en.clone(),
                kind: MechanismEventKind::Forum,
                place: self.place.clone(),
                participants: None,
                outcome: None,
                mentions_third_country_cooperation: Mention::Yes,
                confidence: Confidence::Low,
                note: None,
            },
            sources: source.into_iter().collect(),
            texts: names.map(named).into(),
        })
    }
}

/// List the forums, with the number of agreements that are recorded
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc forum list")]
pub(crate) struct List {
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("code", "field-code").leading_to("forum"),
    Shown::plain("name", "field-name"),
    Shown::plain("held_on", "field-held_on"),
    Shown::plain("agreements", "field-agreements").optional(),
    Shown::plain("recorded", "field-recorded"),
    Shown::plain("source", "field-source").optional(),
];

impl List {
    fn run(self, context: &Context) -> Result<(), Error> {
        self.listed.show(context, COLUMNS, |reader| {
            let mut rows = Vec::new();
            for forum in reader.all::<Record>()? {
                let recorded = reader.referring_to(Kind::Forum, &forum.code)?.len();
                let name = forum.names().for_reader(context.language).to_owned();
                let more = vec![
                    ("name", Value::from(name)),
                    ("recorded", Value::from(recorded)),
                ];
                rows.push((forum, more));
            }
            Ok(rows)
        })
    }
}

/// Correct a forum
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc forum set F2 --agreements 32 --reason 'the official list'")]
pub(crate) struct Set {
    /// Its code, like F1
    code: String,
    /// Name in English
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_en: Option<String>,
    /// Name in Chinese
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_zh: Option<String>,
    /// Name in Japanese
    #[arg(long, value_name = "NAME", value_parser = text)]
    name_ja: Option<String>,
    /// The day on which it was held, or the first of them
    #[arg(long, value_name = "DAY", value_parser = day)]
    held_on: Option<NaiveDate>,
    /// How many agreements were announced
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(i64).range(0..))]
    agreements: Option<i64>,
    #[command(flatten)]
    source: SourceArgs,
    /// Empty a field: it becomes not stated (can be repeated)
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = clearable(&["agreements", "source"]))]
    clear: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Set {
    fn run(self, context: &Context) -> Result<(), Error> {
        let names = [&self.name_en, &self.name_zh, &self.name_ja];
        if names.iter().all(|name| name.is_none())
            && self.held_on.is_none()
            && self.agreements.is_none()
            && self.source.source.is_none()
            && self.clear.is_empty()
        {
            return Err(nothing_said("forum set"));
        }
        record(context, "forum set", &self.write, false, |desk| {
            let mut forum: Record = desk.reader().one(&self.code.to_uppercase())?;
            for field in &self.clear {
                match field.as_str() {
                    "agreements" => forum.agreements = None,
                    _ => forum.source = None,
                }
            }
            let before = forum.clone();
            forum.held_on = self.held_on.unwrap_or(forum.held_on);
            let said = [
                (&mut forum.name_en, &self.name_en),
                (&mut forum.name_zh, &self.name_zh),
                (&mut forum.name_ja, &self.name_ja),
            ];
            for (name, said) in said {
                name.clone_from(said.as_ref().unwrap_or(&name.clone()));
            }
            forum.agreements = self.agreements.or(forum.agreements);
            forum.source = self.source.resolve(desk)?.or(forum.source);
            correct_step(&before, &forum, desk)?;
            desk.save(forum.clone())?;
            let told = message!(
                "told-named",
                code = forum.code,
                name = forum.names().for_reader(context.language)
            );
            Done::about(forum, told)
        })
    }
}

/// Corrects the step of the timeline that is the forum: its day, and its names where they were those of the forum.
fn correct_step(before: &Record, after: &Record, desk: &mut Desk<'_, '_>) -> Result<(), Error> {
    let names = [
        (&before.name_en, &after.name_en),
        (&before.name_zh, &after.name_zh),
        (&before.name_ja, &after.name_ja),
    ];
    let corrected = |title: &mut String| {
        let name = names.iter().find(|(before, _)| *before == title);
        if let Some((_, after)) = name {
            title.clone_from(after);
        }
    };
    let is_it = |step: &MechanismEvent| {
        step.facts.kind == MechanismEventKind::Forum && step.facts.on_date == before.held_on.into()
    };
    let steps = desk.reader().all::<MechanismEvent>()?;
    for mut step in steps.into_iter().filter(is_it) {
        step.facts.on_date = after.held_on.into();
        corrected(&mut step.facts.title);
        step.texts
            .iter_mut()
            .for_each(|text| corrected(&mut text.title));
        desk.save(step)?;
    }
    Ok(())
}

/// Take a forum without agreements out of the registry; the journal keeps it
///
/// Its step of the timeline stays; `tpmc mechanism remove` takes that out.
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc forum remove F2 --reason 'it was put off'")]
pub(crate) struct Remove {
    /// Its code, like F2
    code: String,
    #[command(flatten)]
    write: WriteArgs,
}

impl Remove {
    fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "forum remove", &self.write, false, |desk| {
            desk.removal::<Record>(&self.code.to_uppercase())
        })
    }
}
