//! `tpmc party set`

use clap::Args;

use super::facts::FactArgs;
use crate::commands::WriteArgs;
use crate::commands::desk::{Done, record};
use crate::commands::options::{clearable, nothing_said};
use crate::context::Context;
use crate::error::Error;
use crate::store::Party;

/// Correct what is stated of a party
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc party set acwa-power --name-native 'أكوا باور' --reason 'from its site'"
)]
pub(crate) struct Set {
    /// The party: its code, or a name in any language that means one party alone
    party: String,
    #[command(flatten)]
    facts: FactArgs,
    /// Empty a field: it becomes not stated (can be repeated)
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = clearable(&["name_en", "name_zh", "name_ja",
        "name_native", "country", "side", "note", "other_names", "identifiers"]))]
    clear: Vec<String>,
    #[command(flatten)]
    write: WriteArgs,
}

impl Set {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        if self.facts.is_empty() && self.clear.is_empty() {
            return Err(nothing_said("party set"));
        }
        record(context, "party set", &self.write, false, |desk| {
            let mut party = desk.reader().party(&self.party)?;
            self.empty(&mut party);
            self.facts.apply(&mut party, desk)?;
            desk.save(party.clone())?;
            let told = message!(
                "told-named",
                code = party.facts.code,
                name = super::name(&party, context.language)
            );
            Done::about(party, told)
        })
    }

    fn empty(&self, party: &mut Party) {
        for field in &self.clear {
            match field.as_str() {
                "name_en" => party.facts.name_en = None,
                "name_zh" => party.facts.name_zh = None,
                "name_ja" => party.facts.name_ja = None,
                "name_native" => party.facts.name_native = None,
                "country" => party.facts.country = None,
                "side" => party.facts.side = None,
                "note" => party.facts.note = None,
                "other_names" => party.other_names.clear(),
                "identifiers" => party.identifiers.clear(),
                _ => {}
            }
        }
    }
}
