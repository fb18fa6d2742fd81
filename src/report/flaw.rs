//! What is wrong with a cell or a row of a table that is taken in, in words that the language files have.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::message::{Explain, Message};

macro_rules! flaws {
    ($($(#[$doc:meta])* $name:ident $word:literal),+ $(,)?) => {
        /// What is wrong. Its sentence in the language files is `flaw-` and the word.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub(crate) enum Flaw {
            $($(#[$doc])* #[serde(rename = $word)] $name),+
        }

        impl Flaw {
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
    /// The same cells as an earlier row of the project, and the mapping says that it counts once.
    RowRepeated "row_repeated",
    /// The same, and it counts.
    RowCounted "row_counted",
    SpokenOf "spoken_of",
    SameTitle "same_title",
    NoTitle "no_title",
    ForumComplete "forum_complete",
    /// Somebody has changed it since, and the list says what it said before.
    ChangedSince "changed_since",
    /// The list says something new of what somebody has changed, or of what comes from elsewhere, too.
    DiffersFromRegistry "differs_from_registry",
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
    /// A reviewer decided that the row is another project than the one with its identifier.
    IdentifierMoves "identifier_moves",
    // Of any cell.
    SpreadsheetError "spreadsheet_error",
    NotKnown "not_known",
    NotListed "not_listed",
    Required "required",
    SeveralValues "several_values",
    NoWord "no_word",
    /// With a word that is near.
    NoWordNear "no_word_near",
    /// One word in one language, another in another.
    SeveralWords "several_words",
    NoFlag "no_flag",
    NoListNumber "no_list_number",
    Packed "packed",
    // Of countries.
    NoCountry "no_country",
    NoCountryNear "no_country_near",
    SeveralCountries "several_countries",
    /// The code of Namibia, or "not available".
    PerhapsNamibia "perhaps_namibia",
    // Of texts.
    Garbled "garbled",
    LongNumber "long_number",
    // Of dates.
    NoDate "no_date",
    NoDateOfFormats "no_date_of_formats",
    TwoDates "two_dates",
    NoSuchDay "no_such_day",
    DayOrMonth "day_or_month",
    MonthOrYears "month_or_years",
    ShortYear "short_year",
    /// Years of the Republic of China.
    Minguo "minguo",
    BeforeEra "before_era",
    AfterEra "after_era",
    FiscalYear "fiscal_year",
    OtherWeekday "other_weekday",
    TimeInUtc "time_in_utc",
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
    OneComma "one_comma",
    Exponent "exponent",
    UnitAndFactor "unit_and_factor",
    PointInNumber "point_in_number",
    NegativeAmount "negative_amount",
    TooLarge "too_large",
    NoCurrency "no_currency",
    SeveralCurrencies "several_currencies",
    OtherCurrency "other_currency",
    AmountWithoutCurrency "amount_without_currency",
    AmountWithoutKind "amount_without_kind",
    AmountWithoutBasis "amount_without_basis",
    AmountOfSeveral "amount_of_several",
    NoSmallestUnit "no_smallest_unit",
    Withdrawn "withdrawn",
    NoMoney "no_money",
    NoPartOfMoney "no_part_of_money",
    // Of parties and sources.
    NoShare "no_share",
    SharesOfParties "shares_of_parties",
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
    /// All of them are new in the file.
    SeveralNewParties "several_new_parties",
    NoSource "no_source",
    NoAddress "no_address",
    UnknownSource "unknown_source",
    NothingOfSource "nothing_of_source",
    /// A party of a party sheet.
    PartyRepeated "party_repeated",
    PartyIdentifierElsewhere "party_identifier_elsewhere",
    SameName "same_name",
    ForumStays "forum_stays",
    /// A rule of the registry.
    Rule "rule",
}

/// A flaw with what its sentence is filled in with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Said {
    pub(crate) what: Flaw,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) with: BTreeMap<String, String>,
    /// A rule of the registry that has no word here, for a reader of any language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rule: Option<Message>,
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
            rule: None,
        }
    }
}

impl Flaw {
    /// The key of its sentence.
    fn key(self) -> String {
        format!("flaw-{}", self.word())
    }

    /// With a value that the sentence names.
    pub(crate) fn with(self, name: &str, value: impl ToString) -> Said {
        Said::from(self).with(name, value)
    }
}

/// A rule of the registry: one of the flaws, or another sentence, which programs get in English.
impl From<Message> for Said {
    fn from(rule: Message) -> Self {
        let flaw = Flaw::ALL.iter().find(|flaw| rule.is(&flaw.key()));
        let said = match flaw {
            Some(flaw) => rule.words().fold(Self::from(*flaw), |said, (name, value)| {
                said.with(name, value)
            }),
            None => Flaw::Rule.with("why", &rule),
        };
        Self {
            rule: (flaw.is_none() || rule.is_nested()).then_some(rule),
            ..said
        }
    }
}

impl Explain for Said {
    fn message(&self) -> Message {
        if let Some(rule) = &self.rule {
            return rule.clone();
        }
        let values = self.with.iter();
        values.fold(
            Message::new(self.what.key()),
            |message, (name, value)| match (name.as_str(), self.with.get("vocabulary")) {
                ("status" | "covering", _) => message.with(name.clone(), &label("status", value)),
                ("by", _) => message.with(name.clone(), &label("import-by", value)),
                ("words" | "near", Some(vocabulary)) => {
                    let words = value.split(", ");
                    let words = words.map(|word| {
                        message!("canonical-word", word, label = label(vocabulary, word))
                    });
                    message.with(name.clone(), &words.collect::<Vec<_>>())
                }
                _ => message.with(name.clone(), value),
            },
        )
    }
}

fn label(vocabulary: &str, word: &str) -> Message {
    Message::new(format!("{vocabulary}-{word}"))
}
