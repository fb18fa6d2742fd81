//! The cooperation's own timeline, and the cases that the guidelines of 2019 give.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Kind, Record, Selection, lists, loaded};
use crate::domain::*;
use crate::store::backend::{Backend, Db};
use crate::store::rows::{Rows, row};
use crate::store::schema::*;

/// A dated step of the cooperation as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct MechanismEvent {
    #[serde(flatten)]
    pub(crate) facts: MechanismEventFacts,
    /// Codes of its sources.
    pub(crate) sources: Vec<String>,
    /// What it says in other languages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) texts: Vec<MechanismEventText>,
}

/// The texts of a mechanism event in a language other than English.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Queryable, Selectable)]
#[diesel(table_name = mechanism_event_text, check_for_backend(Backend))]
#[serde(deny_unknown_fields)]
pub(crate) struct MechanismEventText {
    /// ISO 639 code.
    pub(crate) language: String,
    pub(crate) title: String,
    pub(crate) place: Option<String>,
    pub(crate) participants: Option<String>,
    pub(crate) outcome: Option<String>,
    pub(crate) basis: Option<TextBasis>,
}

impl MechanismEvent {
    /// Returns its texts in a language, where it has them.
    pub(crate) fn text(&self, language: Language) -> Option<&MechanismEventText> {
        self.texts
            .iter()
            .find(|text| text.language == language.word())
    }

    /// Returns its title in the languages in which it has one.
    pub(crate) fn titles(&self) -> Names<'_> {
        let [zh, ja] = [Language::Chinese, Language::Japanese].map(|language| self.text(language));
        let basis = |text: Option<&MechanismEventText>| text.and_then(|text| text.basis);
        Names {
            en: Some(&self.facts.title),
            zh: zh.map(|text| text.title.as_str()),
            ja: ja.map(|text| text.title.as_str()),
            native: None,
            translated: Translated::of(basis(zh), basis(ja)),
        }
    }
}

/// What is stated once of a mechanism event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = mechanism_event, check_for_backend(Backend))]
pub(crate) struct MechanismEventFacts {
    pub(crate) code: String,
    pub(crate) id: RecordId,
    pub(crate) on_date: PartialDate,
    pub(crate) title: String,
    pub(crate) kind: MechanismEventKind,
    pub(crate) place: Option<String>,
    pub(crate) participants: Option<String>,
    pub(crate) outcome: Option<String>,
    pub(crate) mentions_third_country_cooperation: Mention,
    pub(crate) confidence: Confidence,
    pub(crate) note: Option<String>,
}

impl Record for MechanismEvent {
    const KIND: Kind = Kind::MechanismEvent;

    fn id(&self) -> RecordId {
        self.facts.id
    }

    fn code(&self) -> &str {
        &self.facts.code
    }

    fn rows(&self, rows: &mut Rows) -> serde_json::Result<()> {
        let mechanism_event = &self.facts.code;
        row!(rows, mechanism_event(..&self.facts))?;
        for (number, source) in (1_i32..).zip(&self.sources) {
            row!(
                rows,
                mechanism_event_source(mechanism_event, number, source)
            )?;
        }
        for (number, text) in (1_i32..).zip(&self.texts) {
            row!(rows, mechanism_event_text(mechanism_event, number, ..text))?;
        }
        Ok(())
    }

    fn delete(code: &str, db: &mut Db) -> QueryResult<()> {
        let sources =
            mechanism_event_source::table.filter(mechanism_event_source::mechanism_event.eq(code));
        diesel::delete(sources).execute(db)?;
        let texts =
            mechanism_event_text::table.filter(mechanism_event_text::mechanism_event.eq(code));
        diesel::delete(texts).execute(db)?;
        diesel::delete(mechanism_event::table.filter(mechanism_event::code.eq(code)))
            .execute(db)?;
        Ok(())
    }

    fn load(selection: Selection<'_>, db: &mut Db) -> QueryResult<Vec<Self>> {
        let facts: Vec<MechanismEventFacts> =
            loaded!(MechanismEventFacts, mechanism_event, selection, db)?;
        let (mut sources, mut texts) = lists!(
            facts by mechanism_event,
            db,
            mechanism_event_source as mechanism_event_source::source,
            mechanism_event_text as MechanismEventText::as_select(),
        );
        let events = facts.into_iter().map(|facts| Self {
            facts,
            sources: sources.next().unwrap_or_default(),
            texts: texts.next().unwrap_or_default(),
        });
        Ok(events.collect())
    }
}

/// A case of the guidelines, or a candidate for one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct GuidelineCase {
    #[serde(flatten)]
    pub(crate) facts: GuidelineCaseFacts,
    pub(crate) hosts: Vec<CountryCode>,
    pub(crate) partner_countries: Vec<CountryCode>,
    /// Codes of its sources.
    pub(crate) sources: Vec<String>,
}

/// What is stated once of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, HasQuery)]
#[diesel(table_name = guideline_case, check_for_backend(Backend))]
pub(crate) struct GuidelineCaseFacts {
    pub(crate) code: String,
    pub(crate) id: RecordId,
    pub(crate) standing: CaseStanding,
    /// The project of this registry that it is, where it is one.
    pub(crate) project: Option<ProjectCode>,
    pub(crate) title_en: String,
    pub(crate) mode: Option<Mode>,
    pub(crate) mode_basis: Option<ModeBasis>,
    pub(crate) sector: Option<Sector>,
    /// In words.
    pub(crate) partners: Option<String>,
    pub(crate) japan_related: YesNo,
    pub(crate) host_note: Option<String>,
    pub(crate) status: Option<Status>,
    pub(crate) status_on: Option<PartialDate>,
    pub(crate) confidence: Confidence,
    pub(crate) note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) title_zh: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) title_ja: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) title_zh_basis: Option<TextBasis>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) title_ja_basis: Option<TextBasis>,
}

const HOST: &str = "host";
const PARTNER: &str = "partner";

impl Record for GuidelineCase {
    const KIND: Kind = Kind::GuidelineCase;

    fn id(&self) -> RecordId {
        self.facts.id
    }

    fn code(&self) -> &str {
        &self.facts.code
    }

    fn rows(&self, rows: &mut Rows) -> serde_json::Result<()> {
        let guideline_case = &self.facts.code;
        row!(rows, guideline_case(..&self.facts))?;
        for (relation, countries) in [(HOST, &self.hosts), (PARTNER, &self.partner_countries)] {
            for (number, country) in (1_i32..).zip(countries) {
                row!(
                    rows,
                    guideline_case_country(guideline_case, relation, number, country)
                )?;
            }
        }
        for (number, source) in (1_i32..).zip(&self.sources) {
            row!(rows, guideline_case_source(guideline_case, number, source))?;
        }
        Ok(())
    }

    fn delete(code: &str, db: &mut Db) -> QueryResult<()> {
        diesel::delete(
            guideline_case_country::table.filter(guideline_case_country::guideline_case.eq(code)),
        )
        .execute(db)?;
        diesel::delete(
            guideline_case_source::table.filter(guideline_case_source::guideline_case.eq(code)),
        )
        .execute(db)?;
        diesel::delete(guideline_case::table.filter(guideline_case::code.eq(code))).execute(db)?;
        Ok(())
    }

    fn load(selection: Selection<'_>, db: &mut Db) -> QueryResult<Vec<Self>> {
        let facts: Vec<GuidelineCaseFacts> =
            loaded!(GuidelineCaseFacts, guideline_case, selection, db)?;
        let (mut countries, mut sources) = lists!(
            facts by guideline_case,
            db,
            guideline_case_country as (
                guideline_case_country::relation,
                guideline_case_country::country,
            ),
            guideline_case_source as guideline_case_source::source,
        );
        let cases = facts.into_iter().map(|facts| {
            let countries: Vec<(String, CountryCode)> = countries.next().unwrap_or_default();
            let of = |wanted: &str| {
                let own = countries.iter().filter(|(relation, _)| relation == wanted);
                own.map(|(_, country)| country.clone()).collect()
            };
            Self {
                facts,
                hosts: of(HOST),
                partner_countries: of(PARTNER),
                sources: sources.next().unwrap_or_default(),
            }
        });
        Ok(cases.collect())
    }
}
