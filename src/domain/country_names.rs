//! Names of countries and regions as people write them. A name of several is refused with the choices, a slip with the nearest.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::{CountryCode, fold, nearest};

/// Names beside those of the registry: code, name, language.
const ALIASES: &str = include_str!("../../seeds/country_alias.csv");

/// Why a text names no country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoCountry {
    /// It can be any of these: codes with names.
    Several(Vec<String>),
    /// With the name that is nearest, if one is near.
    Unknown(Option<String>),
}

/// A country with its names.
#[derive(Debug, Clone)]
pub(crate) struct CountryNamed {
    pub(crate) code: CountryCode,
    pub(crate) alpha3: String,
    /// In English, Chinese and Japanese.
    pub(crate) names: [String; 3],
}

/// Countries by every way to write them.
#[derive(Debug, Default)]
pub(crate) struct CountryNames {
    countries: Vec<CountryNamed>,
    /// By a code as it is written, or in small letters: `N/A` is not `NA`.
    by_code: HashMap<String, CountryCode>,
    by_name: HashMap<String, CountryCode>,
}

impl CountryNames {
    pub(crate) fn new(countries: impl IntoIterator<Item = CountryNamed>) -> Self {
        let countries: Vec<CountryNamed> = countries.into_iter().collect();
        let (mut by_code, mut by_name) = (HashMap::new(), HashMap::new());
        for country in &countries {
            for code in [country.code.as_str(), &country.alpha3] {
                by_code.insert(code.to_owned(), country.code.clone());
                by_code.insert(fold(code), country.code.clone());
            }
            for name in &country.names {
                by_name.insert(key(name), country.code.clone());
            }
        }
        Self {
            countries,
            by_code,
            by_name,
        }
    }

    /// The country that is written so: ISO 3166-1 alpha-2 or alpha-3, or a name in English, Chinese or Japanese. Case, width,
    /// accents, punctuation and forms of Han characters do not matter.
    pub(crate) fn find(&self, text: &str) -> Option<&CountryCode> {
        let code = self.by_code.get(text);
        if let Some(code) = code.or_else(|| self.by_code.get(&fold(text.trim()))) {
            return Some(code);
        }
        let key = key(text);
        let name = self.by_name.get(&key);
        name.or_else(|| self.by_code.get(*ALIAS_CODES.get(&key)?))
    }

    /// Why `text` names no country.
    pub(crate) fn why_not(&self, text: &str) -> NoCountry {
        let having: Vec<&CountryNamed> = self
            .countries
            .iter()
            .filter(|country| country.names.iter().any(|name| has(name, text)))
            .collect();
        let name = |country: &CountryNamed| country.names.first().cloned().unwrap_or_default();
        match &having[..] {
            [] => {
                // Of names that are equally near, the last is taken: one of the registry's own.
                let own = self.countries.iter().flat_map(|country| &country.names);
                let aliases = aliases().map(|(_, name)| name);
                let names = aliases.chain(own.map(String::as_str));
                let likely = names.filter(|name| may_be_near(name, text));
                NoCountry::Unknown(nearest(text.trim(), likely).map(str::to_owned))
            }
            [one] => NoCountry::Unknown(Some(name(one))),
            _ => NoCountry::Several(
                having
                    .into_iter()
                    .map(|country| format!("{} ({})", country.code, name(country)))
                    .collect(),
            ),
        }
    }
}

/// Whether people call a country so, whether or not a registry has it.
pub(crate) fn is_country_name(text: &str) -> bool {
    ALIAS_CODES.contains_key(&key(text))
}

/// Whether a name has `text` in it as a word or, in scripts without blanks, as a part.
fn has(name: &str, text: &str) -> bool {
    let (name, wanted) = (fold(name), fold(text.trim()));
    if wanted.is_ascii() {
        let mut words = name.split(|letter: char| !letter.is_alphanumeric());
        !wanted.is_empty() && words.any(|word| word == wanted)
    } else {
        name.contains(&wanted)
    }
}

/// Whether it is worth to measure how near a slip is to a name: both begin or end with the same letter.
fn may_be_near(name: &str, text: &str) -> bool {
    let (name, text) = (fold(name), fold(text.trim()));
    let ends = |text: &str| (text.chars().next(), text.chars().next_back());
    let (one, other) = (ends(&name), ends(&text));
    one.0 == other.0 || one.1 == other.1
}

/// Codes and names of the list of names.
fn aliases() -> impl Iterator<Item = (&'static str, &'static str)> {
    ALIASES.lines().skip(1).filter_map(|line| {
        let (code, rest) = line.split_once(',')?;
        let (name, _) = rest.rsplit_once(',')?;
        Some((code, name.trim_matches('"')))
    })
}

/// The codes of the list of names, by name.
static ALIAS_CODES: LazyLock<HashMap<String, &'static str>> =
    LazyLock::new(|| aliases().map(|(code, name)| (key(name), code)).collect());

/// A name as it is compared: folded, without punctuation, "the", "and" and the long sound of katakana, for which people type
/// any dash.
fn key(name: &str) -> String {
    let name = fold(name);
    let words = name.split(|letter: char| !letter.is_alphanumeric() || letter == 'ー');
    let words: String = words
        .filter(|word| !matches!(*word, "the" | "and"))
        .collect();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn some() -> CountryNames {
        let country = |code: &str, alpha3: &str, names: [&str; 3]| CountryNamed {
            code: code.parse().expect("a code"),
            alpha3: alpha3.to_owned(),
            names: names.map(str::to_owned),
        };
        CountryNames::new([
            country(
                "AE",
                "ARE",
                [
                    "United Arab Emirates",
                    "阿拉伯联合酋长国",
                    "アラブ首長国連邦",
                ],
            ),
            country(
                "CD",
                "COD",
                [
                    "Congo (Democratic Republic)",
                    "刚果（金）",
                    "コンゴ民主共和国",
                ],
            ),
            country(
                "CG",
                "COG",
                ["Congo (Republic)", "刚果（布）", "コンゴ共和国"],
            ),
            country(
                "CI",
                "CIV",
                ["Côte d’Ivoire", "科特迪瓦", "コートジボワール"],
            ),
            country(
                "FM",
                "FSM",
                [
                    "Micronesia (Federated States)",
                    "密克罗尼西亚联邦",
                    "ミクロネシア連邦",
                ],
            ),
            country("KP", "PRK", ["North Korea", "朝鲜", "北朝鮮"]),
            country("KR", "KOR", ["South Korea", "韩国", "韓国"]),
            country("SG", "SGP", ["Singapore", "新加坡", "シンガポール"]),
            country("TZ", "TZA", ["Tanzania", "坦桑尼亚", "タンザニア"]),
            country("US", "USA", ["United States", "美国", "アメリカ合衆国"]),
        ])
    }

    #[test]
    fn a_country_has_many_names() {
        let countries = some();
        for (text, code) in [
            ("AE", "AE"),
            ("uae", "AE"),
            ("U.A.E.", "AE"),
            ("the United Arab Emirates", "AE"),
            ("阿联酋", "AE"),
            ("Cote d'Ivoire", "CI"),
            ("Ｃôte d’Ivoire", "CI"),
            ("Ivory Coast", "CI"),
            ("DR Congo", "CD"),
            ("Korea, Rep.", "KR"),
            ("KOREA (REPUBLIC OF)", "KR"),
            ("大韓民國", "KR"),
            ("シンガポ-ル", "SG"),
            ("シンガポ－ル", "SG"),
            ("ｼﾝｶﾞﾎﾟｰﾙ", "SG"),
            ("米国", "US"),
            ("アメリカ", "US"),
        ] {
            let found = countries.find(text).map(CountryCode::as_str);
            assert_eq!(found, Some(code), "{text}");
        }
        // A country that the registry does not have, and what only looks like a code.
        for text in ["Turkey", "A/E", "t.z.", "T Z A"] {
            assert_eq!(countries.find(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_of_several_countries_is_refused_with_the_choices() {
        let countries = some();
        for (text, count) in [
            ("Congo", 2),
            ("korea", 2),
            ("刚果", 2),
            ("コンゴ", 2),
            ("United", 2),
        ] {
            assert_eq!(countries.find(text), None, "{text}");
            let why = countries.why_not(text);
            assert!(
                matches!(&why, NoCountry::Several(all) if all.len() == count),
                "{text}: {why:?}"
            );
        }
    }

    #[test]
    fn a_slip_is_answered_with_the_nearest_name() {
        let countries = some();
        for (text, near) in [
            ("Tanzanya", Some("Tanzania")),
            ("Indonisia", Some("Indonesia")),
            ("坦桑利亚", Some("坦桑尼亚")),
            ("Atlantis", None),
            ("", None),
            ("?", None),
        ] {
            assert_eq!(countries.find(text), None, "{text}");
            let near = NoCountry::Unknown(near.map(str::to_owned));
            assert_eq!(countries.why_not(text), near, "{text}");
        }
    }

    #[test]
    fn no_name_is_that_of_two_countries() {
        let mut codes = HashMap::new();
        for (code, name) in aliases() {
            assert!(code.parse::<CountryCode>().is_ok(), "{code}");
            let key = key(name);
            assert!(!key.is_empty(), "{name}");
            let other = codes.insert(key, code);
            assert!(
                other.is_none_or(|other| other == code),
                "{name}: {code} and {other:?}"
            );
        }
        assert_eq!(aliases().count(), 1_763);
        for name in ["Congo", "Korea", "Guinea", "刚果", "コンゴ"] {
            assert!(!codes.contains_key(&key(name)), "{name}");
        }
    }
}
