//! `tpmc sql`

use std::time::Duration;

use clap::Args;

use crate::context::Context;
use crate::domain::Invalid;
use crate::error::Error;
use crate::report::AnswerReport;
use crate::store::{Access, Limits};

/// Ask a question in SQL
///
/// Nothing can be changed by it. The views v_project, v_participation, v_event, v_amount, v_risk, v_host, v_party, v_source and
/// v_citation keep their names and columns; `SELECT name, sql FROM sqlite_schema` shows them and the tables beneath.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc sql \"SELECT mode, count(*) AS projects FROM v_project GROUP BY mode\""
)]
pub(crate) struct Sql {
    /// The question: one SELECT
    question: String,
    /// Show at most this many rows
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    max_rows: usize,
    /// Stop after this many seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    timeout: Duration,
}

fn seconds(text: &str) -> Result<Duration, Invalid> {
    let refuse = |why: &'static str| Invalid::new("what-seconds", text, why);
    let seconds: f64 = text.parse().map_err(|_| refuse("why-seconds-number"))?;
    if !(seconds > 0.0 && seconds <= 86_400.0) {
        return Err(refuse("why-seconds"));
    }
    Duration::try_from_secs_f64(seconds).map_err(|_| refuse("why-seconds-number"))
}

impl Sql {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let limits = Limits {
            time: self.timeout,
            rows: self.max_rows,
        };
        let answer = context.store(Access::Read)?.ask(&self.question, limits)?;
        let is_cut = answer.is_cut;
        let labels = context.read(|reader| context.labels(reader))?;
        context.show(&AnswerReport::from(answer), &labels)?;
        if is_cut {
            context
                .out
                .say(&message!("receipt-more-rows", most = self.max_rows));
        }
        Ok(())
    }
}
