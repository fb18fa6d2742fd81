//! Which side of the cooperation a party stands on.

use std::collections::BTreeMap;

use super::{CountryCode, Side};

/// Which home countries stand for a side. Unless the registry says otherwise, China, Hong Kong and Macao are the Chinese side and
/// Japan is the Japanese side.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Homes(BTreeMap<CountryCode, Side>);

impl Homes {
    /// The rule of a registry in which these countries have a side of their own. `Side::Other` takes a country from both sides.
    pub(crate) fn new(set: impl IntoIterator<Item = (CountryCode, Side)>) -> Self {
        Self(set.into_iter().collect())
    }

    /// Returns the countries whose side the registry has set.
    pub(crate) fn set_here(&self) -> impl Iterator<Item = (&CountryCode, Side)> {
        self.0.iter().map(|(code, side)| (code, *side))
    }

    /// Returns the side of a party of `country` in a project with `hosts`, unless the record of the party says otherwise.
    /// A home country of a side is that side wherever the project is; nothing is said of a party whose home country is not stated.
    pub(crate) fn side(
        &self,
        stated: Option<Side>,
        country: Option<&CountryCode>,
        hosts: &[CountryCode],
    ) -> Option<Side> {
        let country = match (stated, country) {
            (Some(side), _) => return Some(side),
            (None, None) => return None,
            (None, Some(country)) => country,
        };
        let home = match (self.0.get(country), country.as_str()) {
            (Some(side), _) => *side,
            (None, "CN" | "HK" | "MO") => Side::Chinese,
            (None, "JP") => Side::Japanese,
            _ => Side::Other,
        };
        Some(match home {
            Side::Other if hosts.contains(country) => Side::Host,
            home => home,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_country_decides_unless_the_record_does() {
        let country = |code: &str| code.parse::<CountryCode>().expect(code);
        let hosts = [country("TH"), country("CN")];
        let homes = Homes::default();
        assert_eq!(
            homes.side(None, Some(&country("HK")), &hosts),
            Some(Side::Chinese)
        );
        assert_eq!(
            homes.side(None, Some(&country("CN")), &hosts),
            Some(Side::Chinese)
        );
        assert_eq!(
            homes.side(None, Some(&country("TH")), &hosts),
            Some(Side::Host)
        );
        assert_eq!(
            homes.side(None, Some(&country("DE")), &hosts),
            Some(Side::Other)
        );
        assert_eq!(
            homes.side(Some(Side::Japanese), Some(&country("HK")), &hosts),
            Some(Side::Japanese)
        );
        assert_eq!(homes.side(None, None, &hosts), None);
        let set = [
            (country("HK"), Side::Other),
            (country("SG"), Side::Japanese),
        ];
        let homes = Homes::new(set);
        let side = |code: &str| homes.side(None, Some(&country(code)), &hosts);
        assert_eq!(
            ["HK", "SG", "CN", "TH"].map(side),
            [Side::Other, Side::Japanese, Side::Chinese, Side::Host].map(Some)
        );
    }
}
