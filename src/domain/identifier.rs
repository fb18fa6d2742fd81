//! Identifiers of organisations: the scheme that gave them, and whether they can be right.
//!
//! Schemes are the list codes of org-id.guide. Check digits are verified where the scheme has them: the Chinese unified social
//! credit identifier (GB 32100-2015), the Japanese corporate number (ordinance of the ministry of finance) and the LEI (ISO 17442).

use std::fmt;
use std::str::FromStr;

use super::{Invalid, nearest};

/// An identifier and its scheme, written `CN-USCI:91110000600037341L`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OrganisationId {
    pub(crate) scheme: String,
    pub(crate) identifier: String,
}

/// Codes of the lists of org-id.guide, one a line.
fn schemes() -> impl Iterator<Item = &'static str> {
    include_str!("org_id_schemes.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
}

impl OrganisationId {
    /// The identifier in its canonical form: upper case, without blanks and hyphens where its scheme has none.
    ///
    /// # Errors
    /// When the scheme is unknown, or the identifier cannot be one of it.
    pub(crate) fn new(scheme: &str, identifier: &str) -> Result<Self, Invalid> {
        let scheme = scheme.trim().to_ascii_uppercase();
        if !schemes().any(|known| known == scheme) {
            let why = match nearest(&scheme, schemes()) {
                Some(near) => message!("why-scheme-near", near),
                None => message!("why-scheme"),
            };
            return Err(Invalid::new("what-scheme", scheme, why));
        }
        let identifier = match scheme.as_str() {
            "CN-USCI" | "JP-JCN" | "XI-LEI" => compact(identifier),
            _ => identifier.trim().to_owned(),
        };
        match scheme.as_str() {
            "CN-USCI" => check_usci(&identifier)?,
            "JP-JCN" => check_jcn(&identifier)?,
            "XI-LEI" => check_lei(&identifier)?,
            _ if identifier.is_empty() || identifier.chars().any(char::is_control) => {
                return Err(Invalid::new(
                    "what-identifier",
                    identifier,
                    "why-as-the-scheme-gives-it",
                ));
            }
            _ => {}
        }
        Ok(Self { scheme, identifier })
    }
}

impl fmt::Display for OrganisationId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.scheme, self.identifier)
    }
}

impl FromStr for OrganisationId {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let (scheme, identifier) = text.split_once(':').ok_or_else(|| {
            Invalid::new(
                "what-identifier-with-scheme",
                text,
                "why-scheme-and-identifier",
            )
        })?;
        Self::new(scheme, identifier)
    }
}

/// Full width made half, upper case, blanks and hyphens taken out.
fn compact(identifier: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let letters = identifier
        .nfkc()
        .filter(|letter| !letter.is_whitespace() && *letter != '-');
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}

/// Without I, O, S, V and Z (GB 32100-2015).
const USCI_ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// GB 32100-2015: 18 characters, of which the last makes the sum with weights 3^i mod 31 divisible by 31.
fn check_usci(identifier: &str) -> Result<(), Invalid> {
    let refuse = |why: &'static str| Err(Invalid::new("what-usci", identifier, why));
    let values: Option<Vec<usize>> = identifier
        .chars()
        .map(|letter| USCI_ALPHABET.find(letter))
        .collect();
    let Some(values) = values.filter(|values| values.len() == 18) else {
        return refuse("why-usci-letters");
    };
    let weights = std::iter::successors(Some(1_usize), |weight| Some(weight * 3 % 31));
    let sum: usize = values
        .iter()
        .take(17)
        .zip(weights)
        .map(|(value, weight)| value * weight)
        .sum();
    if values.last() == Some(&((31 - sum % 31) % 31)) {
        Ok(())
    } else {
        refuse("why-check-character")
    }
}

/// The first of 13 digits is 9 less the rest by 9 of the others, weighted 1 and 2 in turn from the right.
fn check_jcn(identifier: &str) -> Result<(), Invalid> {
    let refuse = |why: &'static str| Err(Invalid::new("what-jcn", identifier, why));
    let digits: Option<Vec<u32>> = identifier
        .chars()
        .map(|letter| letter.to_digit(10))
        .collect();
    let Some(digits) = digits.filter(|digits| digits.len() == 13) else {
        return refuse("why-jcn-digits");
    };
    let sum: u32 = digits
        .iter()
        .skip(1)
        .rev()
        .zip([1, 2].into_iter().cycle())
        .map(|(digit, weight)| digit * weight)
        .sum();
    if digits.first() == Some(&(9 - sum % 9)) {
        Ok(())
    } else {
        refuse("why-check-digit")
    }
}

/// ISO 17442: 20 characters, the last two check digits by ISO 7064 MOD 97-10.
fn check_lei(identifier: &str) -> Result<(), Invalid> {
    let refuse = |why: &'static str| Err(Invalid::new("what-lei", identifier, why));
    let values: Option<Vec<u32>> = identifier
        .chars()
        .map(|letter| {
            letter
                .to_digit(36)
                .filter(|_| letter.is_ascii_digit() || letter.is_ascii_uppercase())
        })
        .collect();
    let Some(values) = values.filter(|values| values.len() == 20) else {
        return refuse("why-lei-letters");
    };
    let rest = values.iter().fold(0, |rest, value| {
        let places = if *value > 9 { 100 } else { 10 };
        (rest * places + value) % 97
    });
    let checks_are_digits = values.iter().skip(18).all(|value| *value < 10);
    if rest == 1 && checks_are_digits {
        Ok(())
    } else {
        refuse("why-check-digits")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        text.parse::<OrganisationId>()
            .map(|id| id.to_string())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn published_examples_pass() {
        for text in [
            "CN-USCI:91110000600037341L", // GB 32100-2015
            "JP-JCN:3000020278670",       // org-id.guide
            "XI-LEI:5493001KJTIIGC8Y1R12",
            "XI-LEI:529900T8BM49AURSDO55",
            "TH-TIN:anything",
        ] {
            assert_eq!(read(text).as_deref(), Ok(text));
        }
        assert_eq!(
            read("jp-jcn:3-0000-2027-8670").as_deref(),
            Ok("JP-JCN:3000020278670")
        );
        assert_eq!(
            read("CN-USCI: ９１１１００００６０００３７３４１Ｌ ").as_deref(),
            Ok("CN-USCI:91110000600037341L")
        );
    }

    #[test]
    fn every_single_slip_is_caught() {
        for (scheme, good) in [
            ("CN-USCI", "91110000600037341L"),
            ("XI-LEI", "5493001KJTIIGC8Y1R12"),
            ("JP-JCN", "3000020278670"),
        ] {
            for index in 0..good.len() {
                let old = good.as_bytes()[index];
                // A letter of an LEI stands for two digits: a digit in its place is another kind of slip.
                if scheme == "XI-LEI" && !old.is_ascii_digit() {
                    continue;
                }
                for new in (b'0'..=b'9').filter(|new| *new != old) {
                    // The Japanese check digit works by nines: 0 and 9 cannot be told apart, as its definition has it.
                    if scheme == "JP-JCN"
                        && [old, new].iter().all(|digit| [b'0', b'9'].contains(digit))
                    {
                        continue;
                    }
                    let mut bad = good.as_bytes().to_vec();
                    bad[index] = new;
                    let bad = String::from_utf8(bad).expect("ASCII");
                    assert!(OrganisationId::new(scheme, &bad).is_err(), "{scheme} {bad}");
                }
            }
        }
    }

    #[test]
    fn nonsense_is_refused() {
        for text in [
            "",
            ":",
            "JP-JCN",
            "JP-JCN:",
            "JP-JCN:30000202786７0x",
            "CN-USCI:9111000060003734IL",
            "CN-USCI:é",
            "XX-NIX:1",
            "TH-TIN:",
            "TH-TIN:a\u{0}b",
        ] {
            assert!(read(text).is_err(), "{text:?}");
        }
        assert!(read("CN-USC:1").is_err_and(|error| error.contains("did you mean \"CN-USCI\"?")));
    }
}
