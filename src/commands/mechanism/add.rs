//! `tpmc mechanism add`

use clap::Args;

use super::facts::FactArgs;
use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
use crate::commands::options::needed;
use crate::context::Context;
use crate::domain::{Confidence, Invalid, MechanismEventKind, Mention, When};
use crate::error::Error;
use crate::store::{Kind, MechanismEvent, MechanismEventFacts};

/// Add a step to the timeline, like a meeting or a memorandum, and print its code
///
/// A meeting of the two sides is then what `last-meeting` means: forum, working_mechanism, high_level_dialogue,
/// official_consultation or summit.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc mechanism add --title-en 'Seventh High-Level Economic Dialogue' --kind high_level_dialogue --on 2026-11-02 --place Beijing --source https://example.org/dialogue"
)]
pub(super) struct Add {
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    pub(super) fn run(self, context: &Context) -> Result<(), Error> {
        let lacks = |option: &'static str| Invalid::new("what-new-step", option, "why-also-needed");
        let title = self
            .facts
            .title_en
            .clone()
            .ok_or_else(|| lacks("--title-en"))?;
        let on = self.facts.on.ok_or_else(|| lacks("--on"))?;
        let Some(kind) = self.facts.kind else {
            return Err(needed::<MechanismEventKind>("what-new-step", "--kind"));
        };
        record(context, "mechanism add", &self.write, false, |desk| {
            let code = desk.writer.next_code(Kind::MechanismEvent, "M-", 3)?;
            let mut step = MechanismEvent {
                facts: MechanismEventFacts {
                    id: desk.fresh_id(Kind::MechanismEvent, &code),
                    code,
                    on_date: When::date(on, desk.today),
                    title: title.clone(),
                    kind,
                    place: None,
                    participants: None,
                    outcome: None,
                    mentions_third_country_cooperation: Mention::NotKnown,
                    confidence: Confidence::Low,
                    note: None,
                },
                sources: Vec::new(),
                texts: Vec::new(),
            };
            self.facts.apply(&mut step, desk)?;
            desk.save(step.clone())?;
            if step.sources.is_empty() {
                desk.remark(message!("remark-step-without-source"));
            }
            let told = message!(
                "told-named",
                code = step.facts.code,
                name = step.titles().for_reader(context.language)
            );
            Done::about(step, told)
        })
    }
}
