//! `tpmc guideline`: the cases that the guidelines of 2019 give, and candidates for them.

use clap::{Args, Subcommand};

use super::WriteArgs;
use super::desk::{Desk, Done, record};
use super::listed::{ListedArgs, titled};
use super::options::{needed, nothing_said, put, text};
use crate::args::words;
use crate::context::Context;
use crate::domain::{
    CaseStanding, Confidence, Invalid, Mode, ModeBasis, Names, ProjectCode, Sector,
    SourceReference, Status, Translated, When, YesNo,
};
use crate::error::Error;
use crate::report::Shown;
use crate::store::{Error as StoreError, GuidelineCase, GuidelineCaseFacts, Kind, Project};

/// Record and list the cases of the guidelines, and candidates for them
#[derive(Debug, Subcommand)]
pub(crate) enum Guideline {
    Add(Add),
    List(List),
    Set(Set),
    Remove(Remove),
}

impl Guideline {
    pub(crate) fn run(self, context: &Context) -> Result<(), Error> {
        match self {
            Self::Add(command) => command.run(context),
            Self::List(command) => command.run(context),
            Self::Set(command) => command.run(context),
            Self::Remove(command) => command.run(context),
        }
    }
}

/// What is stated of a case. What is not known is left out.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Fields")]
struct FactArgs {
    /// Title in English
    #[arg(long, value_name = "TEXT", value_parser = text)]
    title_en: Option<String>,
    /// Title in Chinese
    #[arg(long, value_name = "TEXT", value_parser = text)]
    title_zh: Option<String>,
    /// Title in Japanese
    #[arg(long, value_name = "TEXT", value_parser = text)]
    title_ja: Option<String>,
    /// Whether it is known to stand in the guidelines
    #[arg(long, value_parser = words::<CaseStanding>())]
    standing: Option<CaseStanding>,
    /// The project of this registry that it is
    #[arg(long, value_name = "CODE")]
    project: Option<ProjectCode>,
    /// Cooperation mode
    #[arg(long, value_parser = words::<Mode>())]
    mode: Option<Mode>,
    /// What the mode rests on
    #[arg(long, value_parser = words::<ModeBasis>())]
    mode_basis: Option<ModeBasis>,
    /// Sector
    #[arg(long, value_parser = words::<Sector>())]
    sector: Option<Sector>,
    /// Who takes part, in words
    #[arg(long, value_name = "TEXT", value_parser = text)]
    partners: Option<String>,
    /// Whether Japan takes part
    #[arg(long, value_parser = words::<YesNo>())]
    japan_related: Option<YesNo>,
    /// Host country, by code or name (can be repeated; all hosts are named)
    #[arg(long, value_name = "COUNTRY", value_delimiter = ',')]
    host: Vec<String>,
    /// Country of a partner, by code or name (can be repeated; all are named)
    #[arg(long, value_name = "COUNTRY", value_delimiter = ',')]
    partner_country: Vec<String>,
    /// Region or place in words
    #[arg(long, value_name = "TEXT", value_parser = text)]
    host_note: Option<String>,
    /// What it has reached
    #[arg(long, value_parser = words::<Status>())]
    status: Option<Status>,
    /// When it reached that: a day, a month or a year
    #[arg(long, value_name = "DATE")]
    on: Option<When>,
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
    fn is_empty(&self) -> bool {
        let texts = [
            &self.title_en,
            &self.title_zh,
            &self.title_ja,
            &self.partners,
            &self.host_note,
            &self.note,
        ];
        texts.iter().all(|text| text.is_none())
            && self.standing.is_none()
            && self.project.is_none()
            && self.mode.is_none()
            && self.mode_basis.is_none()
            && self.sector.is_none()
            && self.japan_related.is_none()
            && self.host.is_empty()
            && self.partner_country.is_empty()
            && self.status.is_none()
            && self.on.is_none()
            && self.confidence.is_none()
            && self.source.is_empty()
    }

    /// Puts what is stated into the case.
    fn apply(&self, case: &mut GuidelineCase, desk: &mut Desk<'_, '_>) -> Result<(), Error> {
        let facts = &mut case.facts;
        // What a title rested on says nothing about another one.
        if self.title_zh.is_some() {
            facts.title_zh_basis = None;
        }
        if self.title_ja.is_some() {
            facts.title_ja_basis = None;
        }
        facts.title_en = self.title_en.clone().unwrap_or(facts.title_en.clone());
        put(&mut facts.title_zh, &self.title_zh);
        put(&mut facts.title_ja, &self.title_ja);
        facts.standing = self.standing.unwrap_or(facts.standing);
        if let Some(code) = &self.project {
            let found = desk.project(code);
            let found: Option<Project> = desk.tried(found)?;
            facts.project = found.map(|project| project.facts.code);
        }
        put(&mut facts.mode, &self.mode);
        put(&mut facts.mode_basis, &self.mode_basis);
        put(&mut facts.sector, &self.sector);
        put(&mut facts.partners, &self.partners);
        facts.japan_related = self.japan_related.unwrap_or(facts.japan_related);
        put(&mut facts.host_note, &self.host_note);
        put(&mut facts.status, &self.status);
        put(&mut facts.status_on, &desk.maybe_date(self.on));
        facts.confidence = self.confidence.unwrap_or(facts.confidence);
        put(&mut facts.note, &self.note);
        let lists = [
            (&self.host, &mut case.hosts),
            (&self.partner_country, &mut case.partner_countries),
        ];
        for (named, countries) in lists {
            if !named.is_empty() {
                countries.clear();
            }
            for country in named {
                let code = desk.country(country);
                countries.extend(desk.tried(code)?);
            }
        }
        for source in &self.source {
            let code = desk.source(source);
            let code = desk.tried(code)?;
            let is_new = |code: &String| !case.sources.contains(code);
            let code = code.filter(is_new);
            case.sources.extend(code);
        }
        Ok(())
    }
}

/// Add a case, or a candidate for one
#[derive(Debug, Args)]
#[command(
    after_help = "Example: tpmc guideline add NDRC-20 --title-en 'Rail link' --standing candidate --host Laos --source https://example.org/rail"
)]
pub(crate) struct Add {
    /// Its code, like NDRC-20
    code: String,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Add {
    fn run(self, context: &Context) -> Result<(), Error> {
        let Some(standing) = self.facts.standing else {
            return Err(needed::<CaseStanding>("what-new-case", "--standing"));
        };
        let Some(title_en) = self.facts.title_en.clone() else {
            return Err(Invalid::new("what-new-case", &*self.code, "why-title-en").into());
        };
        record(context, "guideline add", &self.write, false, |desk| {
            let code = self.code.to_uppercase();
            if desk.reader().find::<GuidelineCase>(&code)?.is_some() {
                let what = Kind::GuidelineCase.word();
                return Err(StoreError::Duplicate { what, code }.into());
            }
            let facts = GuidelineCaseFacts {
                id: desk.fresh_id(Kind::GuidelineCase, &code),
                code,
                standing,
                project: None,
                title_en: title_en.clone(),
                mode: None,
                mode_basis: None,
                sector: None,
                partners: None,
                japan_related: YesNo::NotKnown,
                host_note: None,
                status: None,
                status_on: None,
                confidence: Confidence::Low,
                note: None,
                title_zh: None,
                title_ja: None,
                title_zh_basis: None,
                title_ja_basis: None,
            };
            let mut case = GuidelineCase {
                facts,
                hosts: Vec::new(),
                partner_countries: Vec::new(),
                sources: Vec::new(),
            };
            self.facts.apply(&mut case, desk)?;
            save(case, desk)
        })
    }
}

fn save(case: GuidelineCase, desk: &mut Desk<'_, '_>) -> Result<Done, Error> {
    desk.save(case.clone())?;
    let told = message!(
        "told-named",
        code = case.facts.code,
        name = case.facts.title_en
    );
    Done::about(case, told)
}

/// List the cases
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc guideline list --sort standing")]
pub(crate) struct List {
    #[command(flatten)]
    listed: ListedArgs,
}

const COLUMNS: &[Shown] = &[
    Shown::plain("code", "field-code"),
    Shown::word("standing", "field-standing", "case-standing"),
    Shown::title("title", "field-title"),
    Shown::plain("hosts", "field-hosts"),
    Shown::plain("project", "field-project").optional(),
];

impl List {
    fn run(self, context: &Context) -> Result<(), Error> {
        self.listed.show(context, COLUMNS, |reader| {
            let rows = reader.all::<GuidelineCase>()?.into_iter().map(|case| {
                let facts = &case.facts;
                let names = Names {
                    en: Some(&facts.title_en),
                    zh: facts.title_zh.as_deref(),
                    ja: facts.title_ja.as_deref(),
                    native: None,
                    translated: Translated::of(facts.title_zh_basis, facts.title_ja_basis),
                };
                let title = titled("title", names, context.language);
                (case, title)
            });
            Ok(rows)
        })
    }
}

/// Correct a case
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc guideline set NDRC-02 --standing confirmed --sector energy")]
pub(crate) struct Set {
    /// Its code, like NDRC-02
    code: String,
    #[command(flatten)]
    facts: FactArgs,
    #[command(flatten)]
    write: WriteArgs,
}

impl Set {
    fn run(self, context: &Context) -> Result<(), Error> {
        if self.facts.is_empty() {
            return Err(nothing_said("guideline set"));
        }
        record(context, "guideline set", &self.write, false, |desk| {
            let mut case: GuidelineCase = desk.reader().one(&self.code.to_uppercase())?;
            self.facts.apply(&mut case, desk)?;
            save(case, desk)
        })
    }
}

/// Take a case out of the registry; the journal keeps it
#[derive(Debug, Args)]
#[command(after_help = "Example: tpmc guideline remove NDRC-20 --reason 'no such case'")]
pub(crate) struct Remove {
    /// Its code, like NDRC-20
    code: String,
    #[command(flatten)]
    write: WriteArgs,
}

impl Remove {
    fn run(self, context: &Context) -> Result<(), Error> {
        record(context, "guideline remove", &self.write, false, |desk| {
            desk.removal::<GuidelineCase>(&self.code.to_uppercase())
        })
    }
}
