//! Cells that people write by hand: parties, money and sources in words.

use super::cell::{self, country, is_not_known, word};
use super::{IncomingAmount, IncomingParticipation, PartyMention, References, SourceMention};
use crate::domain::*;
use crate::report::{Flaw, Said};

/// `Name [CC] (role, share%)`.
pub(super) fn party(references: &References, text: &str) -> Result<IncomingParticipation, Said> {
    let (front, inner) = text
        .strip_suffix([')', '）'])
        .and_then(|rest| {
            let open = rest.rfind(['(', '（'])?;
            let (front, inner) = rest.split_at(open);
            Some((front.trim_end(), inner.trim_start_matches(['(', '（'])))
        })
        .ok_or(Flaw::NoRole)?;
    let mut parts = inner.split([',', '，']).map(str::trim);
    let role: Role = word(parts.next().unwrap_or_default())?;
    let (mut share_percent, mut prospective) = (None, false);
    for part in parts {
        if part.eq_ignore_ascii_case("prospective") {
            prospective = true;
        } else if part.ends_with(['%', '％']) && share_percent.is_none() {
            share_percent = Some(cell::share(&part.replace('％', "%"))?);
        } else {
            return Err(Flaw::NoPartOfParty.with("part", part));
        }
    }
    let (name, country) = match front.strip_suffix([']', '］']) {
        Some(rest) => {
            let open = rest.rfind(['[', '［']).ok_or(Flaw::NoBracket)?;
            let (name, code) = rest.split_at(open);
            let code = code.trim_start_matches(['[', '［']).trim();
            (name.trim_end(), Some(country(references, code)?))
        }
        None => (front, None),
    };
    if name.is_empty() || is_not_known(name) {
        return Err(Flaw::NoName.into());
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
pub(super) fn money(references: &References, text: &str) -> Result<IncomingAmount, Said> {
    let (front, inner) = text
        .strip_suffix(')')
        .and_then(|rest| rest.split_once('('))
        .ok_or(Flaw::NoMoney)?;
    let (currency, number) = front.trim().split_once(' ').ok_or(Flaw::NoMoney)?;
    let currency: CurrencyCode = currency.parse().map_err(|_| Flaw::NoCurrency)?;
    let places = decimal_places(references, &currency)?;
    let number: Decimal = number.trim().parse().map_err(|_| Flaw::NoNumber)?;
    let minor_units = number
        .to_minor_units(places)
        .map_err(|error| Said::from(error.why))?;
    let mut parts = inner.split(',').map(str::trim);
    let kind = word(parts.next().unwrap_or_default())?;
    let basis = word(parts.next().ok_or(Flaw::NoMoney)?)?;
    let estimated = match parts.next() {
        None => false,
        Some(part) if part.eq_ignore_ascii_case("estimated") => true,
        Some(part) => return Err(Flaw::NoPartOfMoney.with("part", part)),
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
) -> Result<u32, Said> {
    let known = references.currency(currency).ok_or(Flaw::NoCurrency)?;
    known
        .decimal_places
        .and_then(|places| u32::try_from(places).ok())
        .ok_or_else(|| Flaw::NoSmallestUnit.with("currency", currency))
}

/// `https://…`, `S-0001`, or as our own sheets say it: `S-0001 (high) https://…` (a title where there is no address).
pub(super) fn source(text: &str) -> Result<SourceMention, Said> {
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
        Err(_) if named.trim_start().starts_with("http") => return Err(Flaw::NoAddress.into()),
        Err(_) => return Err(Flaw::NoSource.into()),
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

    fn read(text: &str) -> Result<IncomingParticipation, Said> {
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
            ("ITOCHU", Flaw::NoRole),
            ("ITOCHU [JP] (boss)", Flaw::NoWord),
            ("ITOCHU [JP] (ownr)", Flaw::NoWordNear),
            ("ITOCHU [XX] (owner)", Flaw::NoCountry),
            ("TBD [JP] (owner)", Flaw::NoName),
            ("ITOCHU (owner, 120%)", Flaw::NoShare),
            ("ITOCHU (owner, lead)", Flaw::NoPartOfParty),
        ] {
            assert!(read(text).is_err_and(|said| said.what == why), "{text}");
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
