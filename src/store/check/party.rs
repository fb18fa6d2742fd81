//! What can be wrong with a party.

use super::Fault;
use crate::store::{Country, Error, Party, Reader};

/// Adds what is wrong with `party`.
pub(crate) fn party_faults(
    party: &Party,
    reader: &mut Reader<'_>,
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
        faults.push(Fault::new("name_en", "why-party-without-name"));
    }
    let is_code = |code: &str| {
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !code.is_empty() && code.len() <= 80 && code.bytes().all(plain)
    };
    if !is_code(&facts.code) {
        faults.push(Fault::new("code", "why-party-code"));
    }
    if let Some(country) = &facts.country
        && reader.find::<Country>(country.as_str())?.is_none()
    {
        let why = message!("why-no-country", code = country);
        faults.push(Fault::new("country", why));
    }
    for (place, name) in (1..).zip(&party.other_names) {
        let length = name.language.len();
        if !(2..=3).contains(&length)
            || !name.language.bytes().all(|byte| byte.is_ascii_lowercase())
        {
            let field = format!("other_names {place} language");
            faults.push(Fault::new(field, "why-language"));
        }
    }
    for (place, identifier) in (1..).zip(&party.identifiers) {
        let owner = reader.party_with_identifier(&identifier.scheme, &identifier.identifier)?;
        if let Some(owner) = owner.filter(|owner| *owner != facts.code) {
            let identifier = format!("{} {}", identifier.scheme, identifier.identifier);
            let why = message!("why-identifier-taken", identifier, owner);
            faults.push(Fault::new(format!("identifiers {place}"), why));
        }
        let earlier = party.identifiers.iter().take(place - 1);
        if earlier.into_iter().any(|other| other == identifier) {
            faults.push(Fault::new(format!("identifiers {place}"), "why-twice"));
        }
    }
    Ok(())
}
