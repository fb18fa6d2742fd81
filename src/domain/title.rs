//! Titles that say nothing about which project is meant: "TBD", "Phase I", 未定.

use std::sync::LazyLock;

use super::fold;

/// Words of a title that any project may have.
const WORDS: &[&str] = &[
    "tbd",
    "tba",
    "tbc",
    "na",
    "n",
    "a",
    "nil",
    "none",
    "unknown",
    "unnamed",
    "untitled",
    "undecided",
    "undetermined",
    "unspecified",
    "pending",
    "to",
    "be",
    "determined",
    "announced",
    "confirmed",
    "decided",
    "not",
    "available",
    "applicable",
    "stated",
    "known",
    "yet",
    "phase",
    "stage",
    "part",
    "lot",
    "package",
    "section",
    "component",
    "unit",
    "project",
    "projects",
    "programme",
    "program",
    "new",
    "other",
    "others",
    "the",
    "of",
    "no",
    "nr",
    "number",
    "item",
    "name",
    "title",
    "various",
    "x",
    "xx",
    "xxx",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "i",
    "ii",
    "iii",
    "iv",
    "v",
    "vi",
    "vii",
    "viii",
    "ix",
];

/// The same of scripts without blanks, in which a title is made of them without a sign between.
const PIECES: &[&str] = &[
    "プロジェクト",
    "フェーズ",
    "その他",
    "未命名",
    "未定",
    "待定",
    "不明",
    "不详",
    "未详",
    "未詳",
    "暂无",
    "暫無",
    "なし",
    "项目",
    "項目",
    "工程",
    "事業",
    "案件",
    "计划",
    "計画",
    "計劃",
    "其他",
    "其它",
    "名称",
    "名稱",
    "仮称",
    "阶段",
    "段階",
    "階段",
    "标段",
    "期",
    "第",
    "号",
    "號",
    "新",
    "无",
    "無",
    "他",
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "〇",
];

/// Whether a title says nothing about which project is meant.
pub(crate) fn names_nothing(title: &str) -> bool {
    static FOLDED: LazyLock<Vec<String>> =
        LazyLock::new(|| PIECES.iter().map(|piece| fold(piece)).collect());
    let folded = fold(title);
    let mut words = folded.split(|letter: char| !letter.is_alphanumeric());
    words.all(|word| {
        let is_number = word.chars().all(char::is_numeric);
        // An initial is no name: T.B.D., Phase A.
        is_number || word.len() == 1 || WORDS.contains(&word) || is_made_of(word, &FOLDED)
    })
}

fn is_made_of(word: &str, pieces: &[String]) -> bool {
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let piece = pieces.iter().find(|piece| rest.starts_with(piece.as_str()));
        let length = match piece {
            Some(piece) => piece.len(),
            None if letter.is_numeric() => letter.len_utf8(),
            None => return false,
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_that_any_project_may_have_name_nothing() {
        for title in [
            "?",
            "-",
            "",
            "TBD",
            "t.b.d.",
            "N/A",
            "Phase I",
            "PHASE 2",
            "Project",
            "New project",
            "Lot 3",
            "To be determined",
            "未定",
            "第一期",
            "二期工程",
            "项目",
            "名称未定",
            "第２期",
            "プロジェクト",
            "（仮称）",
            "フェーズ 1",
        ] {
            assert!(names_nothing(title), "{title}");
        }
        for title in [
            "Northern port",
            "Phase I of the Lagos line",
            "Project Zeus",
            "北部港口项目",
            "ハイズオン火力発電所",
            "A1 motorway",
        ] {
            assert!(!names_nothing(title), "{title}");
        }
    }
}
