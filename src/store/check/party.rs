//! What can be wrong with a party.

use super::Fault;
use crate::store::{Country, Error, Party, Writer};

pub(super) fn faults(
    party: &Party,
    writer: &mut Writer<'_>,
    faults: &mut Vec<Fault>,
) -> Result<(), Error> {
    let facts = &party.facts;
    let names = [
        &facts.name_en,
        &facts.name_zh,
        &facts.name_ja,
        &facts.name_native,
    ];
    if names.iter().all(|name| name.is_none()) {
        faults.push(Fault::new(
            "name_en",
            "a party needs a name in one language",
        ));
    }
    let is_code = |code: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !code.is_empty() && code.len() <= 80 && code.bytes().all(plain)
    };
    if !is_code(&facts.code) {
        let message =
            "a code of a party has lower-case letters, digits and hyphens, like bank-of-china";
        faults.push(Fault::new("code", message));
    }
    if let Some(country) = &facts.country
        && writer.reader().find::<Country>(country.as_str())?.is_none()
    {
        faults.push(Fault::new(
            "country",
            format!("there is no country {country}"),
        ));
    }
    for (place, name) in (1..).zip(&party.other_names) {
        let length = name.language.len();
        if !(2..=3).contains(&length)
            || !name.language.bytes().all(|byte| byte.is_ascii_lowercase())
        {
            let message = "a language is two or three small letters (ISO 639), like en or zh";
            faults.push(Fault::new(format!("other_names {place} language"), message));
        }
    }
    for (place, identifier) in (1..).zip(&party.identifiers) {
        let owner = writer
            .reader()
            .party_with_identifier(&identifier.scheme, &identifier.identifier)?;
        if let Some(owner) = owner.filter(|owner| *owner != facts.code) {
            let message = format!(
                "{} {} is the identifier of {owner}",
                identifier.scheme, identifier.identifier
            );
            faults.push(Fault::new(format!("identifiers {place}"), message));
        }
        let earlier = party.identifiers.iter().take(place - 1);
        if earlier.into_iter().any(|other| other == identifier) {
            faults.push(Fault::new(
                format!("identifiers {place}"),
                "it stands there twice",
            ));
        }
    }
    Ok(())
}
