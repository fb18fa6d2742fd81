//! What headings of tables are made of, in English, Chinese and Japanese.

use csv::StringRecord;

use crate::domain::{Decimal, PartialDate, fold};
use crate::exchange::project_sheet::COLUMNS;

/// Words of which headings are made, in Latin letters.
const LATIN: [&str; 58] = [
    "no",
    "nr",
    "id",
    "code",
    "number",
    "name",
    "title",
    "project",
    "projects",
    "country",
    "countries",
    "host",
    "hosts",
    "location",
    "region",
    "province",
    "sector",
    "mode",
    "type",
    "kind",
    "status",
    "stage",
    "date",
    "year",
    "month",
    "start",
    "end",
    "signed",
    "amount",
    "value",
    "cost",
    "investment",
    "currency",
    "partner",
    "partners",
    "party",
    "parties",
    "company",
    "companies",
    "owner",
    "contractor",
    "investor",
    "lender",
    "bank",
    "agency",
    "ministry",
    "financier",
    "role",
    "share",
    "note",
    "notes",
    "remarks",
    "comment",
    "source",
    "url",
    "link",
    "description",
    "category",
];

/// The same in Chinese and Japanese: a heading begins or ends with one.
const HAN: [&str; 52] = [
    "序号",
    "编号",
    "番号",
    "名称",
    "名稱",
    "项目",
    "項目",
    "案件",
    "件名",
    "事業",
    "プロジェクト",
    "国",
    "国别",
    "国名",
    "国家",
    "地域",
    "地区",
    "地点",
    "场所",
    "場所",
    "金额",
    "金額",
    "额",
    "額",
    "币种",
    "通貨",
    "状态",
    "状態",
    "状況",
    "进展",
    "阶段",
    "日期",
    "日付",
    "年月",
    "时间",
    "年度",
    "期日",
    "签约",
    "企业",
    "企業",
    "会社",
    "公司",
    "银行",
    "銀行",
    "备注",
    "備考",
    "类型",
    "種類",
    "分野",
    "领域",
    "来源",
    "出典",
];

/// The longest heading that is looked for a word of headings, in letters.
const LONGEST_HEADING: usize = 40;

/// Whether a cell reads like a heading that is known.
pub(super) fn is_known_heading(cell: &str) -> bool {
    let folded = fold(cell.trim());
    let head = folded
        .split(['(', '[', '\n'])
        .next()
        .unwrap_or_default()
        .trim();
    if head.is_empty() || head.chars().count() > LONGEST_HEADING {
        return false;
    }
    let parts = head.split(|letter: char| !letter.is_ascii_alphabetic());
    let words: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    let is_latin = words.len() <= 6 && words.iter().any(|word| LATIN.contains(word));
    let is_han = || {
        HAN.iter()
            .any(|word| head.starts_with(&fold(word)) || head.ends_with(&fold(word)))
    };
    is_latin || COLUMNS.contains(&head) || (head.chars().count() <= 12 && is_han())
}

/// Whether a row may be one of headings: it fills half of the table, and has neither long texts nor values.
pub(super) fn may_be_headings(row: &StringRecord, widest: usize) -> bool {
    let texts: Vec<&str> = row
        .iter()
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect();
    let is_value = |text: &&str| {
        text.len() > 120 || text.parse::<Decimal>().is_ok() || text.parse::<PartialDate>().is_ok()
    };
    !texts.is_empty() && texts.len() * 2 >= widest && !texts.iter().any(is_value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_three_languages() {
        for cell in [
            "No.",
            "Name of project",
            "Host country",
            "Amount (USD million)",
            "项目名称",
            "国别",
            "金额（万美元）",
            "案件名",
            "番号",
            "備考",
            "title_en",
        ] {
            assert!(is_known_heading(cell), "{cell}");
        }
        for cell in [
            "Kenya",
            "Made-up harbour",
            "肯尼亚",
            "港",
            "1",
            "USD 5 million",
        ] {
            assert!(!is_known_heading(cell), "{cell}");
        }
    }
}
