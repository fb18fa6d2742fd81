//! `tpmc party show`

use clap::Args;
use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::domain::{Homes, Side};
use crate::error::Error;
use crate::report::{Card, Listing, Shown};
use crate::store::{Party, Reader};

/// Show a party, and the projects that it takes part in
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc party show Marubeni")]
pub(crate) struct Show {
    /// The party: its code, or a name in any language that means one party alone
    party: String,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("name_en", "field-name_en"),
    Shown::plain("name_zh", "field-name_zh"),
    Shown::plain("name_ja", "field-name_ja"),
    Shown::plain("name_native", "field-name_native"),
    Shown::plain("country", "field-country"),
    Shown::word("side_in_reports", "field-side", "side"),
    Shown::word("kind", "field-kind", "party-kind"),
    Shown::plain("note", "field-note"),
    Shown::plain("general_knowledge", "field-general_knowledge").optional(),
];
const NAMES: &[Shown] = &[
    Shown::plain("name", "field-name"),
    Shown::plain("language", "field-language"),
    Shown::word("kind", "field-kind", "name-kind"),
    Shown::word("basis", "field-basis", "text-basis").optional(),
];
const IDENTIFIERS: &[Shown] = &[
    Shown::plain("scheme", "field-scheme"),
    Shown::plain("identifier", "field-identifier"),
];
const PROJECTS: &[Shown] = &[
    Shown::plain("project", "field-project"),
    Shown::plain("title", "field-title"),
    Shown::word("side", "field-side", "side").optional(),
    Shown::word("role", "field-role", "role"),
    Shown::plain("share_percent", "field-share-percent").optional(),
    Shown::plain("prospective", "field-prospective"),
];

impl Show {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        let (card, labels) = context.read(|reader| {
            let party = reader.party(&self.party)?;
            Ok((card(&party, context, reader)?, context.labels(reader)?))
        })?;
        context.show(&card, &labels)
    }
}

fn card(party: &Party, context: &Context, reader: &mut Reader<'_>) -> Result<Card, Error> {
    let json = crate::render::Error::Json;
    let homes = reader.homes()?;
    let mut projects = Vec::new();
    for project in reader.projects_of(&party.facts.code)? {
        let title = project.titles().for_reader(context.language).to_owned();
        let own = project.participations.iter();
        for part in own.filter(|part| part.party == party.facts.code) {
            // Elsewhere the same everywhere, and said above.
            let depends = side_everywhere(party, &homes).is_none();
            let country = party.facts.country.as_ref().filter(|_| depends);
            let side = homes.side(None, country, &project.hosts);
            let more = vec![
                ("side", json!(side)),
                ("project", Value::from(project.facts.code.to_string())),
                ("title", Value::from(title.clone())),
            ];
            projects.push((part.clone(), more));
        }
    }
    let mut record = match serde_json::to_value(party).map_err(json)? {
        Value::Object(record) => record,
        _ => Map::new(),
    };
    record.insert(
        "side_in_reports".to_owned(),
        json!(side_everywhere(party, &homes)),
    );
    record.remove("other_names");
    record.remove("identifiers");
    let names = party.other_names.iter().map(|name| (name, Vec::new()));
    let identifiers = party.identifiers.iter().map(|other| (other, Vec::new()));
    let lists = vec![
        (
            "other_names",
            "section-other_names",
            Listing::of(NAMES, names).map_err(json)?,
        ),
        (
            "identifiers",
            "field-identifiers",
            Listing::of(IDENTIFIERS, identifiers).map_err(json)?,
        ),
        (
            "participations",
            "section-projects",
            Listing::of(PROJECTS, projects).map_err(json)?,
        ),
    ];
    let title = format!(
        "{}  {}",
        party.facts.code,
        party.names().for_reader(context.language)
    );
    Ok(Card {
        title,
        columns: COLUMNS,
        record,
        lists,
    })
}

/// The side on which a party stands whatever the project: what its record says, or what follows from its country alone.
fn side_everywhere(party: &Party, homes: &Homes) -> Option<Side> {
    let stated = party.facts.side;
    let side = homes.side(stated, party.facts.country.as_ref(), &[]);
    side.filter(|side| stated.is_some() || *side != Side::Other)
}
