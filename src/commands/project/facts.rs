//! The fields of a project as options: the same on `add` and on `set`.

use clap::Args;

use crate::cli::words;
use crate::commands::desk::Desk;
use crate::commands::options::{clearable, identifier, put, text};
use crate::domain::*;
use crate::error::Error;
use crate::store::{Identifier, Project};

/// What is stated of a project. What is not known is left out.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Fields")]
pub(crate) struct FactArgs {
    /// Title in English
    #[arg(long, value_name = "TEXT", value_parser = text)]
    pub(crate) title_en: Option<String>,
    /// Title in Chinese
    #[arg(long, value_name = "TEXT", value_parser = text)]
    pub(crate) title_zh: Option<String>,
    /// Title in Japanese
    #[arg(long, value_name = "TEXT", value_parser = text)]
    pub(crate) title_ja: Option<String>,
    /// Title as the source quotes it
    #[arg(long, value_name = "TEXT", value_parser = text)]
    pub(crate) title_original: Option<String>,
    /// What was signed
    #[arg(long, value_parser = words::<Instrument>())]
    pub(crate) instrument: Option<Instrument>,
    /// Cooperation mode
    #[arg(long, value_parser = words::<Mode>())]
    pub(crate) mode: Option<Mode>,
    /// What the mode rests on
    #[arg(long, value_parser = words::<ModeBasis>())]
    pub(crate) mode_basis: Option<ModeBasis>,
    /// Sector
    #[arg(long, value_parser = words::<Sector>())]
    pub(crate) sector: Option<Sector>,
    /// Host country: a code of ISO 3166-1, or a name in English, Chinese or Japanese (can be repeated; all hosts are named)
    #[arg(long, value_name = "COUNTRY", value_delimiter = ',')]
    pub(crate) host: Vec<String>,
    /// A region or a place in words
    #[arg(long, value_name = "TEXT", value_parser = text)]
    pub(crate) host_note: Option<String>,
    /// What the cooperation is for (can be repeated; all objectives are named)
    #[arg(long, value_delimiter = ',', value_parser = words::<Objective>())]
    pub(crate) objective: Vec<Objective>,
    /// An identifier that others gave it (can be repeated; all identifiers are named)
    #[arg(long, value_name = "SCHEME:IDENTIFIER", value_parser = identifier)]
    pub(crate) identifier: Vec<Identifier>,
    /// Number in the forum's official list
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(i64).range(1..))]
    pub(crate) list_number: Option<i64>,
    /// Why it is taken to be one of the forum's
    #[arg(long, value_parser = words::<Membership>())]
    pub(crate) membership: Option<Membership>,
    /// Whether it is known what the agreement is
    #[arg(long, value_name = "true|false")]
    pub(crate) identified: Option<bool>,
    /// Whether it only frames later work
    #[arg(long, value_name = "true|false")]
    pub(crate) umbrella: Option<bool>,
    /// How far the record can be relied on
    #[arg(long, value_parser = words::<Confidence>())]
    pub(crate) confidence: Option<Confidence>,
    /// Anything else
    #[arg(long, value_name = "TEXT", value_parser = text)]
    pub(crate) note: Option<String>,
    /// A source of the project as a whole: an address or a code (can be repeated; added to those it has)
    #[arg(long, value_name = "URL|CODE")]
    pub(crate) source: Vec<SourceReference>,
}

impl FactArgs {
    /// Whether anything was said.
    pub(crate) fn is_empty(&self) -> bool {
        let Self {
            title_en,
            title_zh,
            title_ja,
            title_original,
            instrument,
            mode,
            mode_basis,
            sector,
            host,
            host_note,
            objective,
            identifier,
            list_number,
            membership,
            identified,
            umbrella,
            confidence,
            note,
            source,
        } = self;
        [
            title_en,
            title_zh,
            title_ja,
            title_original,
            host_note,
            note,
        ]
        .iter()
        .all(|text| text.is_none())
            && instrument.is_none()
            && mode.is_none()
            && mode_basis.is_none()
            && sector.is_none()
            && host.is_empty()
            && objective.is_empty()
            && identifier.is_empty()
            && list_number.is_none()
            && membership.is_none()
            && identified.is_none()
            && umbrella.is_none()
            && confidence.is_none()
            && source.is_empty()
    }

    /// Puts what was said into the project.
    pub(crate) fn apply(
        &self,
        project: &mut Project,
        desk: &mut Desk<'_, '_>,
    ) -> Result<(), Error> {
        let facts = &mut project.facts;
        put(&mut facts.title_en, &self.title_en);
        put(&mut facts.title_zh, &self.title_zh);
        put(&mut facts.title_ja, &self.title_ja);
        put(&mut facts.title_original, &self.title_original);
        put(&mut facts.instrument, &self.instrument);
        put(&mut facts.mode, &self.mode);
        put(&mut facts.mode_basis, &self.mode_basis);
        put(&mut facts.sector, &self.sector);
        put(&mut facts.host_note, &self.host_note);
        put(&mut facts.list_number, &self.list_number);
        put(&mut facts.membership, &self.membership);
        put(&mut facts.umbrella, &self.umbrella);
        put(&mut facts.confidence, &self.confidence);
        put(&mut facts.note, &self.note);
        if let Some(identified) = self.identified {
            facts.identified = identified;
        }
        if !self.host.is_empty() {
            let hosts = self
                .host
                .iter()
                .map(|host| Ok(desk.reader().country(host)?.code.parse()?));
            project.hosts = hosts.collect::<Result<_, Error>>()?;
        }
        if !self.objective.is_empty() {
            project.objectives.clone_from(&self.objective);
        }
        if !self.identifier.is_empty() {
            project.identifiers.clone_from(&self.identifier);
        }
        for source in &self.source {
            let code = desk.source(source)?;
            if !project.citations.contains(&code) {
                project.citations.push(code);
            }
        }
        Ok(())
    }
}

/// Fields that can be emptied.
const CLEARABLE: &[&str] = &[
    "title_en",
    "title_zh",
    "title_ja",
    "title_original",
    "instrument",
    "mode",
    "mode_basis",
    "sector",
    "hosts",
    "host_note",
    "objectives",
    "identifiers",
    "list_number",
    "membership",
    "umbrella",
    "confidence",
    "note",
    "citations",
];

/// Fields to empty.
#[derive(Debug, Default, Args)]
pub(crate) struct ClearArgs {
    /// Empty a field: it becomes not stated (can be repeated)
    #[arg(long, value_name = "FIELD", value_delimiter = ',', value_parser = clearable(CLEARABLE))]
    pub(crate) clear: Vec<String>,
}

impl ClearArgs {
    /// Empties the fields.
    pub(crate) fn apply(&self, project: &mut Project) {
        let facts = &mut project.facts;
        for field in &self.clear {
            match field.as_str() {
                "title_en" => facts.title_en = None,
                "title_zh" => facts.title_zh = None,
                "title_ja" => facts.title_ja = None,
                "title_original" => facts.title_original = None,
                "instrument" => facts.instrument = None,
                "mode" => {
                    facts.mode = None;
                    facts.mode_basis = None;
                }
                "mode_basis" => facts.mode_basis = None,
                "sector" => facts.sector = None,
                "hosts" => project.hosts.clear(),
                "host_note" => facts.host_note = None,
                "objectives" => project.objectives.clear(),
                "identifiers" => project.identifiers.clear(),
                "list_number" => facts.list_number = None,
                "membership" => facts.membership = None,
                "umbrella" => facts.umbrella = None,
                "confidence" => facts.confidence = None,
                "note" => facts.note = None,
                "citations" => project.citations.clear(),
                _ => {}
            }
        }
    }
}
