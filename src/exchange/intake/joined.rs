//! Names of several parties in one cell, where one is wanted.

use super::References;
use crate::domain::fold;

/// Signs that stand between names. A comma may also belong to one: see [`sign_between`].
const BETWEEN: [&str; 11] = [
    "、", "､", "﹑", "\n", "\r", ";", "；", "／", " / ", "|", "｜",
];

/// What follows a comma within a name, folded and without dots and blanks.
const LEGAL_FORMS: [&str; 44] = [
    "ab",
    "ag",
    "as",
    "asa",
    "bhd",
    "bv",
    "co",
    "coltd",
    "colimited",
    "company",
    "companylimited",
    "companyltd",
    "corp",
    "corporation",
    "gmbh",
    "inc",
    "incorporated",
    "jsc",
    "kg",
    "kk",
    "lda",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "nv",
    "ojsc",
    "oy",
    "pjsc",
    "plc",
    "pte",
    "pteltd",
    "ptyltd",
    "pvt",
    "pvtltd",
    "sa",
    "saoc",
    "saog",
    "sarl",
    "sdnbhd",
    "spa",
    "tbk",
];

/// What an authority is called whose name may list its duties: "Ministry of Land, Infrastructure, Transport and Tourism".
const AUTHORITIES: [&str; 14] = [
    "agency",
    "association",
    "authority",
    "bureau",
    "center",
    "centre",
    "college",
    "commission",
    "committee",
    "council",
    "department",
    "institute",
    "ministry",
    "university",
];

/// What a part of a party is called, after a comma: "Bank of China, Tokyo Branch".
const PARTS: [&str; 6] = [
    "branch",
    "bureau",
    "department",
    "division",
    "office",
    "subsidiary",
];

/// The sign in `name` that may stand between several names: none where it belongs to one, as in "Mitsui & Co., Ltd.".
pub(super) fn sign_between(name: &str, references: &References) -> Option<&'static str> {
    if let Some(sign) = BETWEEN.iter().find(|sign| name.contains(**sign)) {
        return Some(if sign.trim().is_empty() { "↵" } else { sign });
    }
    if !name.contains([',', '，']) {
        return None;
    }
    let folded = fold(name);
    let mut words = folded.split(|letter: char| !letter.is_alphanumeric());
    let lists_duties = folded.contains(" and ") && words.any(|word| AUTHORITIES.contains(&word));
    let is_part = |piece: &str| {
        let piece = piece.trim();
        let letters = piece.chars().filter(|letter| letter.is_alphanumeric());
        let plain: String = letters.collect();
        plain.is_empty()
            || LEGAL_FORMS.contains(&plain.as_str())
            || PARTS.iter().any(|part| piece.ends_with(part))
            || references.country(piece).is_some()
    };
    let mut others = folded.split([',', '，']).skip(1);
    (!lists_duties && others.any(|piece| !is_part(piece))).then_some(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_between_names_is_told_from_one_within_a_name() {
        let references = super::super::references::tests::some();
        for name in [
            "JBIC、NEXI",
            "JBIC\nNEXI",
            "JBIC, NEXI",
            "JBIC，NEXI",
            "Alpha Corp., Beta Corp.",
            "JBIC / NEXI",
            "甲公司；乙公司",
            "Alpha Co., Ltd., Beta Co., Ltd.",
        ] {
            assert!(sign_between(name, &references).is_some(), "{name}");
        }
        for name in [
            "Mitsui & Co., Ltd.",
            "Alpha, Inc.",
            "Bank of Delta, Tokyo Branch",
            "Alpha Trading, Japan",
            "Alpha Co.,Ltd",
            "三井住友銀行",
            "Ministry of Land, Infrastructure, Transport and Tourism",
            "A/S Alpha",
        ] {
            assert_eq!(sign_between(name, &references), None, "{name}");
        }
    }
}
