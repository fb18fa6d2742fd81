//! `tpmc pace`

use clap::Args;

use crate::args::words;
use crate::commands::filter::FilterArgs;
use crate::context::Context;
use crate::domain::{Dimension, Invalid, Status, Vocabulary as _};
use crate::error::Error;
use crate::render::{PaceView, REACHABLE};
use crate::report::{PaceQuestion, PaceReport, Stretch, World};
use crate::store::{Forum, NOT_STATED, Project, Wanted};

/// Show how long it takes from signing to commitment, start or completion
///
/// Medians are Kaplan-Meier estimates with 95 % limits; projects that are still open are censored. Shares reached are Aalen-Johansen
/// estimates, with cancellation as a competing risk. Two groups are compared by the log-rank test. Projects never recorded in the
/// first status are not counted; their number is shown.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc pace --to completed --by mode --compare investment,engineering"
)]
pub(crate) struct Pace {
    /// The status from which days count
    #[arg(long, value_name = "STATUS", value_parser = words::<Status>(), default_value = "signed")]
    from: Status,
    /// The status to be reached; a later one counts too
    #[arg(long, value_name = "STATUS", value_parser = words::<Status>(), default_value = "implementing")]
    to: Status,
    /// Groups: mode, side, country, year and so on
    #[arg(long, value_name = "DIMENSION", value_parser = words::<Dimension>())]
    by: Option<Dimension>,
    /// Two values of --by to compare, as the JSON spells them
    #[arg(
        long,
        value_name = "ONE,OTHER",
        value_delimiter = ',',
        num_args = 1,
        requires = "by"
    )]
    compare: Vec<String>,
    #[command(flatten)]
    filter: FilterArgs,
}

impl Pace {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let stretch = self.stretch()?;
        let compare = self.pair()?;
        let (report, labels) = context.read(|reader| {
            let (filter, horizon) = (self.filter.resolve(reader)?, context.horizon(reader)?);
            let labels = context.labels(reader)?;
            let lines = reader.lines(&filter, horizon, Wanted::EVERYTHING, None)?;
            let projects: Vec<Project> = reader.all()?;
            let projects = projects
                .iter()
                .map(|project| (project.facts.code.as_str(), project))
                .collect();
            let world = World::new(
                reader.all::<Forum>()?,
                reader.asean()?,
                &lines,
                context.language,
            );
            let conditions = self.filter.in_words(&filter, &labels);
            let question = PaceQuestion {
                stretch,
                by: self.by,
                compare,
                horizon,
                known_at: context.known_at,
            };
            let report = PaceReport::of(&lines, &projects, &world, filter, &question);
            let compared = report.groups.iter().any(|group| group.log_rank.is_some());
            if question.compare.is_some() && !compared {
                context.out.say(&message!("receipt-nothing-compared"));
            }
            Ok((
                PaceView {
                    report,
                    world,
                    conditions,
                },
                labels,
            ))
        })?;
        context.show(&report, &labels)
    }

    fn stretch(&self) -> Result<Stretch, Invalid> {
        let ordered = REACHABLE.contains(&self.to) && (self.from as u8) < (self.to as u8);
        let given = format!("{} to {}", self.from.word(), self.to.word());
        let refused = || Invalid::new("what-stretch", given, "why-stretch");
        if ordered {
            Ok(Stretch {
                from: self.from,
                to: self.to,
            })
        } else {
            Err(refused())
        }
    }

    fn pair(&self) -> Result<Option<[Option<String>; 2]>, Invalid> {
        let key = |text: &String| Some(text.clone()).filter(|text| text != NOT_STATED);
        match &self.compare[..] {
            [] => Ok(None),
            [one, other] => Ok(Some([key(one), key(other)])),
            _ => Err(Invalid::new(
                "what-two-groups",
                self.compare.join(","),
                "why-two-groups",
            )),
        }
    }
}
