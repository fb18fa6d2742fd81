//! Which side of the cooperation a party stands on.

use super::{CountryCode, Side};

impl Side {
    /// The side of a party of `country` in a project with `hosts`, unless the record of the party says otherwise.
    /// China, Hong Kong and Macao are the Chinese side, wherever the project is; nothing is said of a party whose home
    /// country is not stated.
    pub(crate) fn of(
        stated: Option<Self>,
        country: Option<&CountryCode>,
        hosts: &[CountryCode],
    ) -> Option<Self> {
        let country = match (stated, country) {
            (Some(side), _) => return Some(side),
            (None, None) => return None,
            (None, Some(country)) => country,
        };
        Some(match country.as_str() {
            "CN" | "HK" | "MO" => Self::Chinese,
            "JP" => Self::Japanese,
            _ if hosts.contains(country) => Self::Host,
            _ => Self::Other,
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
        assert_eq!(
            Side::of(None, Some(&country("HK")), &hosts),
            Some(Side::Chinese)
        );
        assert_eq!(
            Side::of(None, Some(&country("CN")), &hosts),
            Some(Side::Chinese)
        );
        assert_eq!(
            Side::of(None, Some(&country("TH")), &hosts),
            Some(Side::Host)
        );
        assert_eq!(
            Side::of(None, Some(&country("DE")), &hosts),
            Some(Side::Other)
        );
        assert_eq!(
            Side::of(Some(Side::Japanese), Some(&country("HK")), &hosts),
            Some(Side::Japanese)
        );
        assert_eq!(Side::of(None, None, &hosts), None);
    }
}
