//! Names of organisations for comparison: without the legal form, in three languages.
//!
//! A legal form is cut off at either end of the folded name, the longest first, again and again; it is never looked for
//! within, and never leaves nothing. Names in Chinese and Japanese have no blanks, so a form there is a part of the text.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::short_name::ShortName;
use super::words::is_written_without_blanks;
use super::{fold, words};

/// Legal forms and words of group structure that stand at an end of a name, in any spelling.
const FORMS: &str = "
株式会社 株式會社 有限会社 合同会社 合資会社 合名会社 相互会社 一般社団法人 公益社団法人 一般財団法人 公益財団法人 社団法人 財団法人
独立行政法人 国立研究開発法人 国立大学法人 特殊会社 (株) (有) ホールディングス ホールディング グループ グループ本社 コーポレーション カンパニー リミテッド
有限公司 股份有限公司 有限责任公司 股份公司 集团有限公司 集团股份有限公司 集团公司 控股有限公司 控股集团 控股股份有限公司 总公司 公司 集团 控股 (集团) (控股) (中国)
co company companies corp corporation inc incorporated ltd limited llc plc pcl lp llp llp
gmbh ag se kg kgaa sa sas sarl spa srl nv bv ab asa as oy oyj aps pt tbk sdn bhd pte pty pvt jsc ojsc pjsc cjsc pao oao ooo zao kk saoc saog qsc psc tas
holding holdings group groupe gruppe the and
";

/// A name in the forms in which it is compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CompanyName {
    /// Folded, with the legal form: words of an alphabet separated by blanks, other scripts without.
    pub(crate) whole: String,
    /// The same without the legal form.
    pub(crate) core: String,
    /// What is left of it without places and words of trade.
    pub(super) short: ShortName,
}

impl CompanyName {
    pub(crate) fn of(name: &str) -> Self {
        let mut words: Vec<String> = Vec::new();
        for word in words_of(name) {
            words.push(word);
        }
        let whole = joined(&words);
        let mut core = words.as_slice();
        while let Some(shorter) = without_form(core) {
            core = shorter;
        }
        let core = joined(core);
        Self {
            short: ShortName::of(&whole, &core),
            whole,
            core,
        }
    }

    /// The characters of a name that may be short for a longer one in Chinese or Japanese.
    pub(crate) fn short_letters(&self) -> Vec<String> {
        let letters = self.short.letters();
        letters.map(String::from).collect()
    }

    /// The name without the place in front of it; empty where it has none.
    pub(crate) fn without_place(&self) -> Option<Self> {
        let stem = &self.short.stem;
        (!stem.is_empty() && *stem != self.core).then(|| Self {
            whole: stem.clone(),
            core: stem.clone(),
            short: self.short.clone(),
        })
    }

    /// The parts by which names that may be meant alike are brought together: words of an alphabet, pairs of neighbouring
    /// characters of other scripts (a single one where the name has no more).
    pub(crate) fn parts(&self) -> BTreeSet<String> {
        let words = words_of(&self.core);
        let alone = |word: &String| word.chars().next().is_some_and(is_written_without_blanks);
        let mut parts = BTreeSet::new();
        for (index, word) in words.iter().enumerate() {
            if !alone(word) {
                parts.insert(word.clone());
                continue;
            }
            let next = words.get(index + 1).filter(|next| alone(next));
            let previous = index
                .checked_sub(1)
                .and_then(|index| words.get(index))
                .filter(|word| alone(word));
            match (next, previous) {
                (Some(next), _) => drop(parts.insert(format!("{word}{next}"))),
                (None, None) => drop(parts.insert(word.clone())),
                (None, Some(_)) => {}
            }
        }
        parts
    }
}

fn words_of(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.text).collect()
}

/// Words put together: a blank between two words of an alphabet.
fn joined(words: &[String]) -> String {
    let mut text = String::new();
    let mut after_letter = false;
    for word in words {
        let alone = word.chars().next().is_some_and(is_written_without_blanks);
        if after_letter && !alone {
            text.push(' ');
        }
        text.push_str(word);
        after_letter = !alone;
    }
    text
}

/// `words` without the longest form that stands at an end; none when none does, or when nothing would be left.
fn without_form(words: &[String]) -> Option<&[String]> {
    let longest = |fits: &dyn Fn(&[String]) -> bool| {
        let fitting = forms()
            .iter()
            .filter(|form| form.len() < words.len() && fits(form));
        fitting.map(Vec::len).max()
    };
    let at_end = longest(&|form| words.ends_with(form));
    let at_start = longest(&|form| words.starts_with(form));
    match (at_end, at_start) {
        (Some(length), _) => words.get(..words.len() - length),
        (None, Some(length)) => words.get(length..),
        (None, None) => None,
    }
}

/// The forms as words.
fn forms() -> &'static Vec<Vec<String>> {
    static FORMS_CUT: OnceLock<Vec<Vec<String>>> = OnceLock::new();
    FORMS_CUT.get_or_init(|| {
        FORMS
            .split_whitespace()
            .map(|form| words_of(&fold(form)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn core(name: &str) -> String {
        CompanyName::of(name).core
    }

    #[test]
    fn legal_forms_are_cut_off_at_both_ends() {
        for names in [
            ["丸紅株式会社", "株式会社丸紅", "㈱丸紅"],
            ["丸紅㈱", "丸红株式會社", "（株）丸紅"],
            [
                "中国远洋海运集团有限公司",
                "中國遠洋海運集團",
                "中国远洋海运",
            ],
            ["Marubeni Corporation", "MARUBENI CORP.", "Marubeni"],
            [
                "CRRC Corporation Limited",
                "CRRC Corp., Ltd.",
                "CRRC Co., Ltd",
            ],
            [
                "Siemens AG",
                "SIEMENS",
                "Siemens Aktiengesellschaft AG".trim_end_matches(" Aktiengesellschaft AG"),
            ],
            ["PT Adaro Energy Tbk", "Adaro Energy", "adaro energy, pt"],
            [
                "みずほフィナンシャルグループ",
                "株式会社みずほフィナンシャルグループ",
                "みずほフィナンシャル",
            ],
        ] {
            assert_eq!(core(names[0]), core(names[1]));
            assert_eq!(core(names[0]), core(names[2]));
        }
        assert_ne!(core("上海电气"), core("上海电力"));
        assert_eq!(core("Group Five Construction"), "five construction");
    }

    #[test]
    fn a_name_never_vanishes() {
        for name in ["株式会社", "Group", "Co., Ltd.", "有限公司", "The Company"] {
            assert!(!core(name).is_empty(), "{name}");
        }
        assert_eq!(core(""), "");
        assert_eq!(core("。"), "");
    }

    #[test]
    fn parts_are_words_and_pairs_of_characters() {
        let parts = |name: &str| {
            CompanyName::of(name)
                .parts()
                .into_iter()
                .collect::<Vec<_>>()
        };
        assert_eq!(parts("Toyota Tsusho Corporation"), ["toyota", "tsusho"]);
        assert_eq!(parts("丸紅株式会社"), [fold("丸紅")]);
        assert_eq!(parts("三菱UFJ").len(), 2);
        assert_eq!(parts("王"), ["王"]);
    }
}
