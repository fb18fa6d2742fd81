//! Cells that people write by hand: parties, money and sources in words.

use super::cell::{self, is_not_known, typed_country, word};
use super::joined::sign_between;
use super::{
    Effect, IncomingAmount, IncomingParticipation, PartyMention, References, SourceMention,
};
use crate::domain::*;
use crate::language::is_label;
use crate::report::{Flaw, Said};

/// `Name [CC] (role, share%)` as a person writes it: a sign in the name may stand between several.
pub(super) fn typed_party(
    references: &References,
    text: &str,
) -> Result<IncomingParticipation, Said> {
    let mut part = party(references, text, typed_country)?;
    let name = part.party.name.as_deref().unwrap_or_default();
    let sign = sign_between(name, references);
    part.party.perhaps_several = sign.map(|sign| (sign.to_owned(), Effect::DropRow));
    Ok(part)
}

/// `Name [CC] (role, share%)`. `country` reads what stands in brackets.
pub(super) fn party(
    references: &References,
    text: &str,
    country: impl Fn(&References, &str) -> Result<CountryCode, Said>,
) -> Result<IncomingParticipation, Said> {
    let (front, inner) = text
        .strip_suffix([')', '）'])
        .and_then(|rest| {
            let open = rest.rfind(['(', '（'])?;
            let (front, inner) = rest.split_at(open);
            Some((front.trim_end(), inner.trim_start_matches(['(', '（'])))
        })
        .ok_or(Flaw::NoRole)?;
    let mut parts = inner.split([',', '，', '、']).map(str::trim);
    let role: Role = word(parts.next().unwrap_or_default())?;
    let (mut share_percent, mut prospective) = (None, false);
    for part in parts {
        if is_label(part, "prospective") {
            prospective = true;
        } else if part.ends_with(['%', '％']) && share_percent.is_none() {
            share_percent = Some(cell::share(&part.replace('％', "%"))?);
        } else {
            return Err(Flaw::NoPartOfParty.with("part", part));
        }
    }
    let (front, beside) = name_and_share(front)?;
    let (name, country) = match front.strip_suffix([']', '］']) {
        Some(rest) => {
            let open = rest.rfind(['[', '［']).ok_or(Flaw::NoBracket)?;
            let (name, code) = rest.split_at(open);
            let code = code.trim_start_matches(['[', '［']).trim();
            (name.trim_end(), Some(country(references, code)?))
        }
        None => (front, None),
    };
    let (name, within) = name_and_share(name)?;
    let mut shares = [share_percent, beside, within].into_iter().flatten();
    let share_percent = shares.next();
    if shares.any(|share| Some(share) != share_percent) {
        return Err(Flaw::SeveralValues.into());
    }
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

/// A name, and the share that stands in brackets behind it: `X [50%]`, `X（50％）`.
pub(super) fn name_and_share(text: &str) -> Result<(&str, Option<Decimal>), Said> {
    let text = text.trim_end();
    let brackets = [('[', ']'), ('［', '］'), ('(', ')'), ('（', '）')];
    let split = brackets.iter().find_map(|(open, close)| {
        let (name, inner) = text.strip_suffix(*close)?.rsplit_once(*open)?;
        Some((name, inner.trim_end())).filter(|(_, inner)| inner.ends_with(['%', '％']))
    });
    match split {
        Some((name, share)) => Ok((name.trim_end(), Some(cell::share(share)?))),
        None => Ok((text, None)),
    }
}

/// `USD 1234.50 (loan, commitment, estimated)`.
pub(super) fn money(references: &References, text: &str) -> Result<IncomingAmount, Said> {
    let (front, inner) = text
        .strip_suffix([')', '）'])
        .and_then(|rest| rest.rsplit_once(['(', '（']))
        .ok_or(Flaw::NoMoney)?;
    let written = WrittenNumber::read(front, &NumberStyle::default()).map_err(cell::number_flaw)?;
    let currency = cell::one_currency(&written.currencies)?.ok_or(Flaw::NoMoney)?;
    let (number, places) = (written.number, decimal_places(references, &currency)?);
    let minor_units = number
        .to_minor_units(places)
        .map_err(|error| Said::from(error.why))?;
    let mut parts = inner.split([',', '，', '、']).map(str::trim);
    let kind = word(parts.next().unwrap_or_default())?;
    let basis = word(parts.next().ok_or(Flaw::NoMoney)?)?;
    let estimated = match parts.next() {
        None => false,
        Some(part) if is_label(part, "estimated") => true,
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
        party: None,
        units: number,
        is_of_project: false,
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
        Some((named, self::word::<Confidence>(word).ok()?, read.trim()))
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
        Ok(SourceReference::File(_)) | Err(_) => return Err(Flaw::NoSource.into()),
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
        typed_party(&references, text)
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
        let part = read("丸紅［日本］（owner，２０％）").expect("full-width signs");
        assert_eq!(
            part.party.country.map(|code| code.to_string()).as_deref(),
            Some("JP")
        );
    }

    #[test]
    fn a_share_may_stand_behind_the_name() {
        for (text, name, share) in [
            ("X [50%] (owner)", "X", Some("50")),
            ("丸紅［日本］（５０％）（owner）", "丸紅", Some("50")),
            ("X (50 %) [JP] (owner, 50%)", "X", Some("50")),
            ("X (Asia) (owner)", "X (Asia)", None),
        ] {
            let part = read(text).expect(text);
            let read = part.share_percent.map(|share| share.to_string());
            assert_eq!(
                (part.party.name.as_deref(), read.as_deref()),
                (Some(name), share),
                "{text}"
            );
        }
        assert!(read("X [50%] (owner, 40%)").is_err());
        assert!(read("X [about 50%] (owner)").is_err());
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
        for (text, code, units) in [
            ("USD 1,234,567 (loan, pledge)", "USD", 123_456_700),
            ("USD 1,234 (loan, pledge)", "USD", 123_400),
            ("3億円（loan，pledge）", "JPY", 300_000_000),
            ("人民币2.5亿元 (loan, pledge)", "CNY", 25_000_000_000),
            ("RMB 300 (loan, pledge)", "CNY", 30_000),
        ] {
            let amount = money(&references, text).expect(text);
            assert_eq!(
                (amount.currency.as_str(), amount.minor_units),
                (code, units),
                "{text}"
            );
        }
        for text in [
            "1234 (loan, pledge)",
            "EUR 1,234 (loan, pledge)",
            "JPY 1.5 (loan, pledge)",
            "XXX 1 (loan, pledge)",
            "USD 5",
            " D 5 (loan, pledge)",
            "¥300 (loan, pledge)",
            "USD 5% (loan, pledge)",
        ] {
            assert!(money(&references, text).is_err(), "{text}");
        }
    }
}
