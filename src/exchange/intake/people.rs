//! Cells that people write by hand: parties, money and sources in words.

use super::cell::{self, country, is_not_known, word};
use super::{IncomingAmount, IncomingParticipation, PartyMention, References, SourceMention};
use crate::domain::*;

/// `Name [CC] (role, share%)`.
pub(super) fn party(references: &References, text: &str) -> Result<IncomingParticipation, String> {
    let shape = "write Name [CC] (role, share%), as in ITOCHU [JP] (owner, 22.5%)";
    let (front, inner) = text
        .strip_suffix([')', '）'])
        .and_then(|rest| {
            let open = rest.rfind(['(', '（'])?;
            let (front, inner) = rest.split_at(open);
            Some((front.trim_end(), inner.trim_start_matches(['(', '（'])))
        })
        .ok_or_else(|| format!("no role in parentheses at the end: {shape}"))?;
    let mut parts = inner.split([',', '，']).map(str::trim);
    let role: Role = word(parts.next().unwrap_or_default())?;
    let (mut share_percent, mut prospective) = (None, false);
    for part in parts {
        if part.eq_ignore_ascii_case("prospective") {
            prospective = true;
        } else if part.ends_with(['%', '％']) && share_percent.is_none() {
            share_percent = Some(cell::share(&part.replace('％', "%"))?);
        } else {
            return Err(format!(
                "{part:?} is neither a share nor prospective: {shape}"
            ));
        }
    }
    let (name, country) = match front.strip_suffix([']', '］']) {
        Some(rest) => {
            let open = rest
                .rfind(['[', '［'])
                .ok_or_else(|| format!("no [ before the country: {shape}"))?;
            let (name, code) = rest.split_at(open);
            let code = code.trim_start_matches(['[', '［']).trim();
            (
                name.trim_end(),
                Some(country(references, code).map_err(|why| format!("{code:?} is {why}"))?),
            )
        }
        None => (front, None),
    };
    if name.is_empty() || is_not_known(name) {
        return Err(format!("no name of a party: {shape}"));
    }
    Ok(IncomingParticipation {
        number: None,
        party: PartyMention {
            name: Some(name.to_owned()),
            country,
            ..PartyMention::default()
        },
        role,
        share_percent,
        prospective,
        note: None,
    })
}

/// `USD 1234.50 (loan, commitment, estimated)`.
pub(super) fn money(references: &References, text: &str) -> Result<IncomingAmount, String> {
    let shape = "write USD 1234.50 (loan, commitment)";
    let (front, inner) = text
        .strip_suffix(')')
        .and_then(|rest| rest.split_once('('))
        .ok_or_else(|| format!("what it is does not stand in parentheses: {shape}"))?;
    let (currency, number) = front
        .trim()
        .split_once(' ')
        .ok_or_else(|| shape.to_owned())?;
    let currency: CurrencyCode = currency.parse().map_err(|error: Invalid| error.why)?;
    let places = decimal_places(references, &currency)?;
    let number: Decimal = number
        .trim()
        .parse()
        .map_err(|error: Invalid| error.to_string())?;
    let minor_units = number.to_minor_units(places).map_err(|error| error.why)?;
    let mut parts = inner.split(',').map(str::trim);
    let kind = word(parts.next().unwrap_or_default())?;
    let basis = word(parts.next().ok_or_else(|| shape.to_owned())?)?;
    let estimated = match parts.next() {
        None => false,
        Some(part) if part.eq_ignore_ascii_case("estimated") => true,
        Some(part) => return Err(format!("{part:?} is not the word estimated: {shape}")),
    };
    Ok(IncomingAmount {
        number: None,
        kind,
        basis,
        currency,
        minor_units,
        rounded_from: None,
        estimated,
        on_date: None,
        source: None,
        note: None,
    })
}

/// The decimals of a currency that exists and has a smallest unit.
pub(super) fn decimal_places(
    references: &References,
    currency: &CurrencyCode,
) -> Result<u32, String> {
    let known = references
        .currency(currency)
        .ok_or_else(|| format!("{currency} is no currency of ISO 4217"))?;
    known
        .decimal_places
        .and_then(|places| u32::try_from(places).ok())
        .ok_or_else(|| format!("{currency} has no smallest unit"))
}

/// `https://…`, `S-0001`, or as our own sheets say it: `S-0001 (high) https://…` (a title where there is no address).
pub(super) fn source(text: &str) -> Result<SourceMention, String> {
    let text = text.trim();
    let closed = text.split_once(" (").and_then(|(named, rest)| {
        let (word, read) = rest.split_once(')')?;
        Some((named, word.parse::<Confidence>().ok()?, read.trim()))
    });
    let (named, confidence, read) = match closed {
        Some((named, confidence, read)) => (named, Some(confidence), read),
        None => (text, None, ""),
    };
    let mut source = SourceMention {
        confidence,
        ..SourceMention::default()
    };
    match named.trim().parse::<SourceReference>() {
        Ok(SourceReference::Code(code)) => source.code = Some(code),
        Ok(SourceReference::Address(url)) => source.url = Some(url),
        Err(error) => return Err(error.why),
    }
    match read.parse::<SourceReference>() {
        _ if read.is_empty() => {}
        Ok(SourceReference::Address(url)) => source.url = Some(url),
        _ => source.title = Some(read.to_owned()),
    }
    Ok(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<IncomingParticipation, String> {
        let references = super::super::references::tests::some();
        party(&references, text)
    }

    #[test]
    fn parties_are_read_as_people_write_them() {
        let part = read("Bank (China) [CN] (financier, 22.5%, prospective)").expect("a party");
        assert_eq!(part.party.name.as_deref(), Some("Bank (China)"));
        assert_eq!(
            part.party.country.map(|code| code.to_string()).as_deref(),
            Some("CN")
        );
        assert_eq!((part.role, part.prospective), (Role::Financier, true));
        assert_eq!(
            part.share_percent.map(|share| share.to_string()).as_deref(),
            Some("22.5")
        );
        let part = read("丸紅［日本］（Owner，２０%）");
        assert!(part.is_err(), "full-width digits are no number: {part:?}");
        let part = read("丸紅［日本］（owner，20％）").expect("full-width signs");
        assert_eq!(
            part.party.country.map(|code| code.to_string()).as_deref(),
            Some("JP")
        );
    }

    #[test]
    fn what_is_missing_is_said() {
        for (text, why) in [
            ("ITOCHU", "no role"),
            ("ITOCHU [JP] (boss)", "the words are"),
            ("ITOCHU [XX] (owner)", "no country"),
            ("TBD [JP] (owner)", "no name"),
            ("ITOCHU (owner, 120%)", "at most 100"),
            ("ITOCHU (owner, lead)", "neither a share"),
        ] {
            assert!(read(text).is_err_and(|error| error.contains(why)), "{text}");
        }
    }

    #[test]
    fn money_is_exact() {
        let references = super::super::references::tests::some();
        let amount =
            money(&references, "USD 1234.50 (loan, commitment, estimated)").expect("money");
        assert_eq!((amount.minor_units, amount.estimated), (123_450, true));
        for text in [
            "1234 (loan, pledge)",
            "USD 1,234 (loan, pledge)",
            "JPY 1.5 (loan, pledge)",
            "XXX 1 (loan, pledge)",
            "USD 5",
            " D 5 (loan, pledge)",
        ] {
            assert!(money(&references, text).is_err(), "{text}");
        }
    }
}
