//! Currencies as people write them: by code, by sign or by name.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::domain::{CurrencyCode, Invalid, fold};

/// Currencies that are called dollar, or written with its sign.
const DOLLARS: &str =
    "USD AUD CAD HKD SGD NZD TWD BND BSD BBD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD";

/// Signs and names, with the codes that each can mean.
const NAMES: &[(&str, &[&str])] = &[
    (
        "CNY",
        &[
            "RMB",
            "CN¥",
            "人民币",
            "人民元",
            "中国元",
            "元人民币",
            "Chinese yuan",
            "renminbi",
            "yuan renminbi",
            "yuan",
        ],
    ),
    ("CNY JPY", &["¥"]),
    ("CNY HKD TWD SGD", &["元", "圆", "圓"]),
    (
        "JPY",
        &["円", "日元", "日圆", "日本円", "JP¥", "yen", "Japanese yen"],
    ),
    (
        "USD",
        &[
            "US$",
            "U.S.$",
            "美元",
            "美金",
            "米ドル",
            "USドル",
            "US dollar",
            "US dollars",
            "U.S. dollars",
        ],
    ),
    (DOLLARS, &["ドル", "dollar", "dollars"]),
    (
        concat!(
            "USD AUD CAD HKD SGD NZD TWD BND BSD BBD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD ",
            "MXN ARS CLP COP CUP DOP UYU"
        ),
        &["$"],
    ),
    ("EUR", &["€", "欧元", "ユーロ", "euro", "euros"]),
    ("GBP", &["£", "英镑", "英ポンド"]),
    ("HKD", &["HK$", "港元", "港币", "香港ドル"]),
    (
        "TWD",
        &["NT$", "NTD", "新台币", "台币", "新台湾ドル", "台湾ドル"],
    ),
    ("SGD", &["S$", "SG$", "新加坡元", "シンガポールドル"]),
    ("AUD", &["A$", "AU$", "澳元", "澳大利亚元", "豪ドル"]),
    ("CAD", &["C$", "CA$", "加元", "加拿大元", "カナダドル"]),
    ("NZD", &["NZ$", "新西兰元", "NZドル"]),
    ("KRW", &["₩", "韩元", "韩圆", "ウォン", "韓国ウォン"]),
    ("THB", &["฿", "泰铢", "バーツ", "タイバーツ", "baht"]),
    ("VND", &["₫", "越南盾", "ベトナムドン"]),
    (
        "IDR",
        &["印尼盾", "印尼卢比", "インドネシアルピア", "rupiah"],
    ),
    ("INR", &["₹", "印度卢比", "インドルピー"]),
    (
        "MYR",
        &[
            "林吉特",
            "马来西亚林吉特",
            "リンギット",
            "マレーシアリンギット",
            "ringgit",
        ],
    ),
    ("PHP", &["₱", "菲律宾比索", "フィリピンペソ"]),
    ("RUB", &["₽", "卢布", "俄罗斯卢布", "ロシアルーブル"]),
    ("KZT", &["₸", "坚戈", "テンゲ", "tenge"]),
    ("TRY", &["₺", "土耳其里拉", "トルコリラ"]),
    ("CHF", &["瑞士法郎", "スイスフラン", "Swiss francs"]),
    ("AED", &["阿联酋迪拉姆", "迪拉姆", "UAEディルハム"]),
    ("SAR", &["沙特里亚尔", "サウジリヤル"]),
    ("XDR", &["SDR", "特别提款权", "特別引出権"]),
];

/// The currencies that `text` can mean: a sign, a name or a code. None: it looks like none. Whether a currency of a code exists is
/// checked against the registry's list.
pub(crate) fn currency_named(text: &str) -> Option<Vec<CurrencyCode>> {
    static NAMED: OnceLock<HashMap<String, &str>> = OnceLock::new();
    let named = NAMED.get_or_init(|| {
        let each = NAMES
            .iter()
            .flat_map(|(codes, names)| names.iter().map(|name| (*name, *codes)));
        // A name as it is written comes before other forms of its characters: 円 and 圓 are one character in two countries.
        let folded = each.clone().map(|(name, codes)| (fold(name), codes));
        folded
            .chain(each.map(|(name, codes)| (name.to_owned(), codes)))
            .collect()
    });
    let text = text.trim();
    let codes = named.get(text).or_else(|| named.get(&fold(text)));
    let codes = codes.map(|codes| {
        codes
            .split(' ')
            .filter_map(|code| code.parse().ok())
            .collect()
    });
    codes.or_else(|| text.parse().ok().map(|code| vec![code]))
}

/// Reads a currency that a person typed.
///
/// # Errors
/// When it is none, or can be several.
pub(crate) fn read_currency(text: &str) -> Result<CurrencyCode, Invalid> {
    match currency_named(text).as_deref() {
        Some([one]) => Ok(one.clone()),
        Some(several) if !several.is_empty() => {
            let codes: Vec<&str> = several.iter().take(4).map(CurrencyCode::as_str).collect();
            let why = message!("why-several-codes", codes);
            Err(Invalid::new("what-one-currency", text, why))
        }
        _ => text.parse(),
    }
}
