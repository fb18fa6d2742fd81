//! What is wrong with a cell or a row of a table that is taken in, in words that the language files have.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! flaws {
    ($($(#[$doc:meta])* $name:ident $word:literal),+ $(,)?) => {
        /// What is wrong. Its sentence in the language files is `flaw-` and the word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub(crate) enum Flaw {
            $($(#[$doc])* #[serde(rename = $word)] $name),+
        }

        impl Flaw {
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name),+];

            pub(crate) fn word(self) -> &'static str {
                match self {
                    $(Self::$name => $word),+
                }
            }
        }
    };
}

flaws! {
    // Of a row.
    Uneven "uneven",
    Merged "merged",
    Contradicted "contradicted",
    Repeated "repeated",
    KeyRepeated "key_repeated",
    NoKey "no_key",
    NoHeading "no_heading",
    SaidAlready "said_already",
    SpokenOf "spoken_of",
    SameTitle "same_title",
    NoTitle "no_title",
    ForumComplete "forum_complete",
    NoForum "no_forum",
    OnlyOfForum "only_of_forum",
    NotIdentified "not_identified",
    CodeOfOtherForum "code_of_other_forum",
    CodeOfForum "code_of_forum",
    BasisWithoutMode "basis_without_mode",
    StandsTwice "stands_twice",
    NumberTaken "number_taken",
    OtherRecord "other_record",
    IdentifierElsewhere "identifier_elsewhere",
    // Of any cell.
    SpreadsheetError "spreadsheet_error",
    NotKnown "not_known",
    NotListed "not_listed",
    SeveralValues "several_values",
    NoWord "no_word",
    /// With a word that is near.
    NoWordNear "no_word_near",
    NoFlag "no_flag",
    NoListNumber "no_list_number",
    Packed "packed",
    // Of countries.
    NoCountry "no_country",
    /// The code of Namibia, or "not available".
    PerhapsNamibia "perhaps_namibia",
    // Of dates.
    NoDate "no_date",
    NoDateOfFormats "no_date_of_formats",
    TwoDates "two_dates",
    InFuture "in_future",
    DateWithoutStatus "date_without_status",
    StatusWithoutDate "status_without_date",
    /// The registry says another status.
    OtherStatusWithoutDate "other_status_without_date",
    StatusStands "status_stands",
    /// The same of two events of one file.
    StatusTwice "status_twice",
    /// The registry says more of the same day.
    StatusCovered "status_covered",
    // Of numbers and money.
    NoNumber "no_number",
    NoNumberOfMapping "no_number_of_mapping",
    Thousands "thousands",
    PointInNumber "point_in_number",
    TooLarge "too_large",
    NoCurrency "no_currency",
    AmountWithoutCurrency "amount_without_currency",
    NoSmallestUnit "no_smallest_unit",
    Withdrawn "withdrawn",
    NoMoney "no_money",
    NoPartOfMoney "no_part_of_money",
    // Of parties and sources.
    NoShare "no_share",
    NoRole "no_role",
    NoPartOfParty "no_part_of_party",
    NoBracket "no_bracket",
    NoName "no_name",
    Parts "parts",
    NoCut "no_cut",
    NoRoleOfParty "no_role_of_party",
    NoNameOfParty "no_name_of_party",
    Doubtful "doubtful",
    UnknownParty "unknown_party",
    SeveralParties "several_parties",
    NoSource "no_source",
    NoAddress "no_address",
    UnknownSource "unknown_source",
    NothingOfSource "nothing_of_source",
    ForumStays "forum_stays",
    /// A rule of the registry, in English.
    Rule "rule",
}

/// A flaw with what its sentence is filled in with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) what: Flaw,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) with: BTreeMap<String, String>,
}

impl Said {
    /// With a value that the sentence names.
    pub(crate) fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.with.insert(name.to_owned(), value.to_string());
        self
    }
}

impl fmt::Display for Said {
    /// In canonical words, the same in every language: `repeated row=2`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.what.word())?;
        for (name, value) in &self.with {
            write!(formatter, " {name}={value}")?;
        }
        Ok(())
    }
}

impl From<Flaw> for Said {
    fn from(what: Flaw) -> Self {
        Self {
            what,
            with: BTreeMap::new(),
        }
    }
}

impl Flaw {
    /// With a value that the sentence names.
    pub(crate) fn with(self, name: &str, value: impl ToString) -> Said {
        Said::from(self).with(name, value)
    }
}

/// A rule of the registry that says in English why something cannot be.
impl From<String> for Said {
    fn from(why: String) -> Self {
        Flaw::Rule.with("why", why)
    }
}
