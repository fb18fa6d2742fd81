//! The words of the registry: every closed list, each word with its meaning. SQL checks the same lists.

mod listed;

use std::fmt;
use std::str::FromStr;

use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use diesel::sql_types::Text;

use super::{FieldKind, FieldReader, FieldValue, Invalid, text_in_json};
use crate::message::{Fill, Message, Value};
use listed::parse;
pub(crate) use listed::{Vocabulary, words_of};

macro_rules! vocabulary {
    ($($(#[$doc:meta])* $name:ident $key:literal { $($(#[$word_doc:meta])* $variant:ident $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Text)]
        pub(crate) enum $name {
            $($(#[$word_doc])* $variant),+
        }

        impl Vocabulary for $name {
            const KEY: &'static str = $key;
            const ALL: &'static [Self] = &[$(Self::$variant),+];

            fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(self.word())
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                parse(text)
            }
        }

        impl FieldValue for $name {
            const KIND: FieldKind = FieldKind::Word($key, words_of::<Self>);

            fn read<R: FieldReader>(reader: &R, text: &str) -> Result<Self, R::Error> {
                reader.word(text)
            }
        }

        text_in_json!($name as word);

        impl Fill for $name {
            fn value(&self) -> Value {
                Message::new(format!("{}-{}", Self::KEY, self.word())).value()
            }
        }
    )+

    /// Returns every list with its words, by the key of its labels.
    pub(crate) fn every_vocabulary() -> Vec<(&'static str, Vec<&'static str>)> {
        vec![$(($key, $name::ALL.iter().map(|word| word.word()).collect())),+]
    }
    };
}

vocabulary! {
    /// What somebody may do in the web desk; each role may do what those before it may.
    AccountRole "account_role" {
        Reader "reader",
        Recorder "recorder",
        Approver "approver",
    }

    /// What was signed.
    Instrument "instrument" {
        Memorandum "memorandum",
        LetterOfIntent "letter_of_intent",
        FrameworkAgreement "framework_agreement",
        Contract "contract",
        /// No single instrument is known.
        Project "project",
    }
    /// Cooperation mode: Table 1 of the paper, after the guidelines of the Chinese planning commission (2019).
    Mode "mode" {
        ProductService "product_service",
        Engineering "engineering",
        Investment "investment",
        IndustrialFinance "industrial_finance",
        Strategic "strategic",
    }
    /// What the mode of a record rests on.
    ModeBasis "mode-basis" {
        /// The title says so.
        Title "title",
        /// The guidelines give the project as an example of the mode.
        Guidelines "guidelines",
        /// Coded from the description.
        Coded "coded",
    }
    /// What a title, a name or a text rests on.
    TextBasis "text-basis" {
        /// A source has it so.
        Stated "stated",
        /// Translated from the English or the original: no quotation.
        Translated "translated",
        /// Known to be usual; no source was named.
        GeneralKnowledge "general_knowledge",
    }
    /// What stands at the address of a source.
    SourceKind "source-kind" {
        /// A government or a public body.
        Government "government",
        Party "party",
        Press "press",
        Dataset "dataset",
        Academic "academic",
        /// A copy of a text that somebody else published first.
        Mirror "mirror",
        Other "other",
    }
    /// Whether the address of a source may be followed.
    SourceLink "source-link" {
        Ok "ok",
        /// Kept as evidence, never shown as a link.
        Withheld "withheld",
    }
    /// What has happened, each word defined by an observable event.
    Status "status" {
        /// Named by a party or a forum, nothing signed.
        Proposed "proposed",
        /// A memorandum or framework exchanged: a pledge.
        Signed "signed",
        /// Binding contract, investment decision or approval.
        Committed "committed",
        /// Work, finance or service has begun.
        Implementing "implementing",
        /// Delivered, in operation, or the deal closed.
        Completed "completed",
        /// Halted, may resume.
        Suspended "suspended",
        /// Given up, lapsed, or one side left.
        Cancelled "cancelled",
    }
    Sector "sector" {
        Infrastructure "infrastructure",
        Finance "finance",
        Logistics "logistics",
        It "it",
        Energy "energy",
        Healthcare "healthcare",
        Environment "environment",
        Manufacturing "manufacturing",
        UrbanDevelopment "urban_development",
        TradePromotion "trade_promotion",
        Automotive "automotive",
        Other "other",
    }
    /// What the cooperation is for, by the paper's section 4: China, Japan, ASEAN.
    Objective "objective" {
        IndustrialUpgrading "industrial_upgrading",
        EconomicRevitalisation "economic_revitalisation",
        Connectivity "connectivity",
    }
    /// Why an agreement is taken to be one of a forum's.
    Membership "membership" {
        /// Its number in the official list is known.
        Numbered "numbered",
        StatedOneOf52 "stated_one_of_52",
        StatedSignedForForum "stated_signed_for_forum",
        /// The press connects it with the forum.
        PressLinked "press_linked",
    }
    /// How far a source or a statement can be relied on.
    Confidence "confidence" {
        /// A party or a government says so.
        High "high",
        /// Press, trade press, a database or a journal.
        Medium "medium",
        /// Inferred, or known from a copy only.
        Low "low",
    }
    /// A party's part in a project.
    Role "role" {
        Signatory "signatory",
        Sponsor "sponsor",
        Owner "owner",
        Contractor "contractor",
        Financier "financier",
        Insurer "insurer",
        Guarantor "guarantor",
        Supplier "supplier",
        Operator "operator",
        Developer "developer",
        Adviser "adviser",
        Promoter "promoter",
        Customer "customer",
        Government "government",
    }
    /// Which side of the cooperation a party stands on.
    Side "side" {
        Chinese "chinese",
        Japanese "japanese",
        Host "host",
        Other "other",
    }
    /// The office that is responsible for a project.
    Desk "desk" {
        Chinese "chinese",
        Japanese "japanese",
    }
    PartyKind "party-kind" {
        Company "company",
        Bank "bank",
        Insurer "insurer",
        Fund "fund",
        Association "association",
        Government "government",
        GovernmentAgency "government_agency",
        LocalGovernment "local_government",
        Multilateral "multilateral",
        Hospital "hospital",
        Other "other",
    }
    /// What another name of a party is to its name.
    NameKind "name-kind" {
        Short "short",
        Former "former",
        Alias "alias",
        Variant "variant",
    }
    EventKind "event-kind" {
        /// The project moved to a status.
        Status "status",
        /// Something planned or reached.
        Milestone "milestone",
        Note "note",
    }
    /// How an event bears on the project.
    Evidence "evidence" {
        /// About this agreement or project.
        Direct "direct",
        /// About the same parties or theme.
        Context "context",
        /// The records hold nothing later.
        Absence "absence",
    }
    AmountKind "amount-kind" {
        Contract "contract",
        TotalCost "total_cost",
        Loan "loan",
        Equity "equity",
        Guarantee "guarantee",
        Grant "grant",
        Other "other",
    }
    /// Whether money was promised, bound or paid. Pledges never enter a total of commitments.
    AmountBasis "amount-basis" {
        Pledge "pledge",
        Commitment "commitment",
        Disbursement "disbursement",
    }
    /// The three challenges of the paper's section 5.
    RiskCategory "risk-category" {
        Experience "experience",
        Political "political",
        Economic "economic",
    }
    RiskLevel "risk-level" {
        Low "low",
        Medium "medium",
        High "high",
    }
    RiskState "risk-state" {
        Open "open",
        Mitigated "mitigated",
        Materialised "materialised",
        Closed "closed",
    }
    PublisherKind "publisher-kind" {
        Government "government",
        QuasiGovernment "quasi_government",
        Party "party",
        Press "press",
        TradePress "trade_press",
        Database "database",
        Academic "academic",
        Other "other",
    }
    MechanismEventKind "mechanism-event-kind" {
        Memorandum "memorandum",
        WorkingMechanism "working_mechanism",
        Forum "forum",
        HighLevelDialogue "high_level_dialogue",
        BusinessDialogue "business_dialogue",
        OfficialConsultation "official_consultation",
        Summit "summit",
        SummitPreparation "summit_preparation",
        Workshop "workshop",
        Policy "policy",
        ProjectStep "project_step",
        Assessment "assessment",
        Background "background",
    }
    /// Whether the source of a mechanism event speaks of cooperation in third countries.
    Mention "mention" {
        Yes "yes",
        Partly "partly",
        No "no",
        NotKnown "not_known",
        NotApplicable "not_applicable",
    }
    /// Whether a case is known to stand in the guidelines of 2019.
    CaseStanding "case-standing" {
        Confirmed "confirmed",
        Candidate "candidate",
    }
    /// The languages that reports are written in.
    Language "language" {
        English "en",
        /// Simplified characters.
        Chinese "zh",
        Japanese "ja",
    }
    /// What a summary can be broken down by.
    Dimension "dimension" {
        Mode "mode",
        /// Host countries.
        Country "country",
        Status "status",
        Sector "sector",
        /// Sides that take part, prospective parts left out.
        Side "side",
        /// The year of the first status event.
        Year "year",
        /// ASEAN, by membership on the day asked about, or elsewhere.
        Region "region",
        Forum "forum",
        /// Parties that take part, prospective parts left out.
        Party "party",
        Objective "objective",
    }
    /// What the cells of a summary say.
    Measure "measure" {
        Count "count",
        Implemented "implemented",
        Share "share",
        Commitments "commitments",
    }
    /// The topics of the paper's tables.
    Topic "topic" {
        Economy "economy",
        Trade "trade",
        Investment "investment",
        BusinessEnvironment "business-environment",
        Risk "risk",
    }
    /// How a milestone stands on a day.
    Milestone "milestone" {
        /// Not met, and not late.
        Due "due",
        /// Not met, and late.
        Overdue "overdue",
        /// Met in time.
        Met "met",
        /// Met late.
        Slipped "slipped",
    }
    /// Whether two parties are one organisation.
    Verdict "verdict" {
        Same "same",
        NotSame "not_same",
    }
    /// How much a finding of a check matters.
    Severity "severity" {
        /// The records contradict themselves or the rules: nothing should be handed in before it is mended.
        Error "error",
        /// Something is missing or unlikely.
        Warning "warning",
        /// Worth knowing.
        Note "note",
    }
    YesNo "yes-no" {
        Yes "yes",
        No "no",
        NotKnown "not_known",
    }
}

#[cfg(test)]
mod tests;
