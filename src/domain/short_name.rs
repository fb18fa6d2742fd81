//! Short names of companies in Chinese and Japanese: 中利集团 for 江苏中利集团股份有限公司, 国开行 for 国家开发银行.
//!
//! A place in front and words of trade at the end say little about which company is meant, so both are set aside. What is left is
//! the stem (without the place) and the trunk (without both).

use std::collections::HashSet;
use std::sync::LazyLock;

use super::fold;
use super::words::is_written_without_blanks;

/// Provinces and cities of China that stand in front of names of companies, and China itself.
const PLACES: &str = include_str!("places.txt");

/// Words of trade at the end of a name.
const TRADES: &str = "
科技 高科 技术 实业 工业 产业 国际 发展 开发 投资 贸易 商贸 进出口 外贸 工程 建设 建筑 建工 机械 装备 设备 机电 制造 材料 新材料 新材 新能源 能源 电力 电气 电器
电子 信息 软件 网络 通信 通讯 生物 医药 药业 制药 医疗 器械 化工 化学 环保 环境 智能 自动化 精密 汽车 船舶 船业 重工 重型机械 物流 供应链 航运 海运 港口 水务
燃气 农业 食品 服饰 企业 事业 传媒 文化 教育 咨询 管理 服务 地产 房地产 置业 矿业 钢铁 有色 金属 光电 光伏 半导体 微电子 数据 数字
";

/// Words that tell companies apart, unless a name has nothing else: 中国银行.
const OWN_TRADES: &str = "银行 保险 证券 基金 信托 租赁 铁路 航空";

/// What a company is, and not what it does.
const SHAPES: &str = "股份 控股 集团";

/// The most characters of a short name.
const SHORT: usize = 6;

/// What is left of a name in Chinese or Japanese when its place and its words of trade are set aside.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ShortName {
    /// The place in front.
    place: String,
    /// Without the place.
    pub(super) stem: String,
    /// Without the place and the words of trade.
    trunk: String,
    /// The words of trade.
    trade: String,
}

/// Scores of a short name against a long one, from 0 to 1, by what differs. From 0.8 on, a person should look.
const OTHER_PLACE: f64 = 0.84;
const OTHER_TRADE: f64 = 0.74;
const BEGINS: f64 = 0.66;
const CONTRARY: f64 = 0.60;
const SPREAD: f64 = 0.65;

impl ShortName {
    /// Of a folded name, and the same without its legal form. Empty where the name is not in Chinese or Japanese.
    pub(super) fn of(whole: &str, core: &str) -> Self {
        if !core.chars().all(is_written_without_blanks) {
            return Self::default();
        }
        // 中国 in front counts among the legal forms, but is a part of short names.
        let front = whole.split_once(core).map(|(front, _)| front);
        let front = front.filter(|front| PLACES_FOLDED.contains(*front));
        let core = format!("{}{core}", front.unwrap_or_default());
        let core = without(&SHAPES_FOLDED, &core);
        let core = if core.chars().nth(1).is_some() {
            core
        } else {
            whole
        };
        let stem = without_place(core);
        let trunk = without(&TRADES_FOLDED, stem);
        let rest = without(&OWN_TRADES_FOLDED, trunk);
        // A name made of a place and words of trade alone (上海电气) is compared by those.
        let (stem, trunk) = match rest.chars().count() {
            0 => (core, core),
            _ if trunk.chars().nth(1).is_none() => (stem, stem),
            _ => (stem, trunk),
        };
        let place = core.strip_suffix(stem).unwrap_or_default();
        let trade = stem.strip_prefix(trunk).unwrap_or_default();
        Self {
            place: place.trim_end_matches(UNITS).to_owned(),
            stem: stem.to_owned(),
            trunk: trunk.to_owned(),
            trade: trade.to_owned(),
        }
    }

    /// Its characters, when it may be short for a longer name.
    pub(super) fn letters(&self) -> impl Iterator<Item = char> {
        let length = self.stem.chars().count();
        let is_short = (2..=SHORT).contains(&length);
        self.stem.chars().take(if is_short { length } else { 0 })
    }

    /// Returns how likely one name is short for the other, from 0 to 1; None when it is not.
    pub(super) fn nearness(&self, other: &Self) -> Option<f64> {
        if self.stem.is_empty() || other.stem.is_empty() {
            return None;
        }
        let agree = self.place.starts_with(&other.place) || other.place.starts_with(&self.place);
        if self.trunk == other.trunk {
            let (one, another) = (&self.trade, &other.trade);
            return Some(match agree {
                true if one == another => OTHER_PLACE,
                true if is_spread(one, another) || is_spread(another, one) => OTHER_TRADE,
                _ => CONTRARY,
            });
        }
        let [short, long] = if self.stem.chars().count() <= other.stem.chars().count() {
            [self, other]
        } else {
            [other, self]
        };
        let [length, of] = [short, long].map(|name| name.stem.chars().count());
        let begins = short.stem.chars().next() == long.stem.chars().next()
            || long.place.starts_with(short.stem.chars().next()?);
        let whole = format!("{}{}", long.place, long.stem);
        let is_short = (2..=SHORT).contains(&length) && length < of;
        if !is_short || !begins {
            return None;
        }
        let least = if agree && long.stem.starts_with(&short.stem) {
            BEGINS
        } else if is_spread(&short.stem, &long.stem) || is_spread(&short.stem, &whole) {
            SPREAD
        } else {
            return None;
        };
        #[expect(clippy::cast_precision_loss, reason = "names are short")]
        let share = length as f64 / of as f64;
        Some(least + 0.08 * share)
    }
}

/// Whether the characters of `short` stand in `long` in the same order.
fn is_spread(short: &str, long: &str) -> bool {
    let mut letters = long.chars();
    short
        .chars()
        .all(|letter| letters.any(|other| other == letter))
}

/// A name without the place in front of it: a province, a city, or one after the other. At least two characters are left.
fn without_place(core: &str) -> &str {
    let long_enough = |rest: &&str| rest.chars().nth(1).is_some();
    let Some(rest) = after_place(core, true).filter(long_enough) else {
        return core;
    };
    after_place(rest, false).filter(long_enough).unwrap_or(rest)
}

/// What follows a place: one of the list, or two or three characters and 省, 市 or 县.
fn after_place(text: &str, by_list: bool) -> Option<&str> {
    let ends: Vec<usize> = text
        .char_indices()
        .map(|(end, _)| end)
        .skip(2)
        .take(4)
        .collect();
    let mut cuts = ends
        .iter()
        .rev()
        .filter_map(|end| text.split_at_checked(*end));
    if by_list
        && let Some((_, rest)) = cuts
            .clone()
            .find(|(place, _)| PLACES_FOLDED.contains(*place))
    {
        // 深圳市, 江苏省; but 北京市政 is 北京 and 市政.
        let is_word = ["市政", "市场"]
            .iter()
            .any(|word| rest.starts_with(&fold(word)));
        return Some(
            rest.strip_prefix(UNITS)
                .filter(|_| !is_word)
                .unwrap_or(rest),
        );
    }
    let named = cuts.find(|(place, _)| place.ends_with(UNITS) && place.chars().nth(2).is_some());
    named.map(|(_, rest)| rest)
}

/// What places are called by their size.
const UNITS: [char; 3] = ['省', '市', '县'];

/// A name without the words of a list at its end, again and again.
fn without<'a>(words: &[String], name: &'a str) -> &'a str {
    let mut rest = name;
    while let Some(shorter) = words
        .iter()
        .find_map(|word| rest.strip_suffix(word.as_str()))
    {
        rest = shorter;
    }
    rest
}

fn folded(list: &str) -> impl Iterator<Item = String> {
    list.split_whitespace().map(fold)
}

static PLACES_FOLDED: LazyLock<HashSet<String>> = LazyLock::new(|| folded(PLACES).collect());

static TRADES_FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| longest_first(TRADES));
static OWN_TRADES_FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| longest_first(OWN_TRADES));
static SHAPES_FOLDED: LazyLock<Vec<String>> = LazyLock::new(|| longest_first(SHAPES));

fn longest_first(list: &str) -> Vec<String> {
    let mut words: Vec<String> = folded(list).collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{CompanyName, Identity};

    fn parts(name: &str) -> [String; 3] {
        let short = CompanyName::of(name).short;
        [short.place, short.stem, short.trunk]
    }

    #[test]
    fn places_and_trades_are_set_aside() {
        for (name, place, stem, trunk) in [
            ("江苏中利集团股份有限公司", "江苏", "中利", "中利"),
            ("深圳市瑞凌实业集团股份有限公司", "深圳", "瑞凌实业", "瑞凌"),
            (
                "江苏省常熟市青云纺织有限公司",
                "江苏省常熟",
                "青云纺织",
                "青云纺织",
            ),
            ("安吉县白茶机械有限公司", "安吉", "白茶机械", "白茶"),
            ("北京市政路桥股份有限公司", "北京", "市政路桥", "市政路桥"),
            ("上海电气集团股份有限公司", "", "上海电气", "上海电气"),
            (
                "中国能源建设股份有限公司",
                "",
                "中国能源建设",
                "中国能源建设",
            ),
            ("都市開発株式会社", "", "都市開発", "都市"),
        ] {
            assert_eq!(parts(name), [place, stem, trunk].map(fold), "{name}");
        }
        assert_eq!(parts("Marubeni"), ["", "", ""]);
        assert_eq!(parts("三菱UFJ銀行"), ["", "", ""]);
    }

    fn score(one: &str, other: &str) -> f64 {
        let identity = |name: &str| Identity {
            names: vec![CompanyName::of(name)],
            ..Identity::default()
        };
        identity(one).likeness(&identity(other)).score
    }

    /// Short and full names, made up after the way in which companies are called.
    const PAIRS: &[(&str, &str)] = &[
        ("青云集团", "江苏青云集团股份有限公司"),
        ("赢禾科技", "深圳市赢禾科技股份有限公司"),
        ("瑞陵股份", "深圳市瑞陵实业集团股份有限公司"),
        ("华岳重工", "湖南华岳重工机械有限公司"),
        ("天擎股份", "浙江天擎新能源科技股份有限公司"),
        ("金岚科技", "新疆金岚科技股份有限公司"),
        ("海迅通信", "武汉海迅通信技术股份有限公司"),
        ("中嘉环保", "北京中嘉环保科技股份有限公司"),
        ("恒钺电子", "苏州恒钺电子科技有限公司"),
        ("龙陵股份", "隆安龙陵股份有限公司"),
        ("东岭水泥", "广西东岭水泥集团有限公司"),
        ("宏晟控股", "重庆市宏晟控股集团有限公司"),
        ("远澜海运", "大连远澜海运有限公司"),
        ("晶曜光伏", "常州晶曜光伏科技有限公司"),
        ("力拓锋", "广东力拓锋锂电池股份有限公司"),
        ("中沃国际", "中沃国际工程股份有限公司"),
        ("国隆信", "国隆出口信用担保有限公司"),
        ("北辰行", "北辰开发银行股份有限公司"),
        ("沪铁建", "沪杭铁路建设集团有限公司"),
        ("中岩建", "中国岩土建设集团有限公司"),
        ("华储粮", "华东储备粮管理有限公司"),
        ("南盾股份", "贵州省遵义市南盾实业股份有限公司"),
        ("江舸船舶", "江苏江舸船舶重工集团有限公司"),
        ("博睿医药", "上海博睿生物医药科技有限公司"),
        ("百川矿业", "西藏百川矿业发展股份有限公司"),
        ("丰禾农业", "黑龙江省丰禾农业发展集团有限公司"),
        ("亿帆云", "杭州亿帆云计算有限公司"),
        ("九鼎钢构", "安徽九鼎钢构股份有限公司"),
        ("长澄电缆", "长澄线缆电缆集团有限公司"),
        ("科岱智能", "东莞市科岱智能装备股份有限公司"),
        ("银湖", "江西省银湖集团有限公司"),
        ("泰岳", "泰岳工程有限责任公司"),
        ("正曦集团", "正曦集團股份有限公司"),
        ("威腾机电", "威騰機電設備（中国）有限公司"),
        ("日鋳", "日鋳ホールディングス株式会社"),
        ("東浜電", "東浜電力株式会社"),
        ("住伸商", "住伸商事株式会社"),
        ("みなと", "株式会社みなとフィナンシャルグループ"),
        ("新潟製鋼", "新潟製鋼所株式会社"),
        ("伊吹忠", "伊吹忠商事株式会社"),
        ("川澄重工", "川澄重工業株式会社"),
        ("大隅建設", "大隅建設工業株式会社"),
    ];

    #[test]
    fn short_names_lead_to_their_companies() {
        let mut missed = Vec::new();
        for (short, long) in PAIRS {
            let mut scores: Vec<(f64, &str)> = PAIRS
                .iter()
                .map(|(_, other)| (score(short, other), *other))
                .collect();
            scores.sort_by(|left, right| right.0.total_cmp(&left.0));
            let ahead = scores
                .first()
                .zip(scores.get(1))
                .is_some_and(|(first, second)| {
                    first.1 == *long && first.0 > second.0 && first.0 >= 0.58
                });
            if !ahead {
                missed.push((short, scores.first().copied()));
            }
        }
        assert!(
            PAIRS.len() >= 40 && missed.len() * 20 <= PAIRS.len(),
            "{missed:?}"
        );
    }

    #[test]
    fn other_companies_stay_apart() {
        for (one, other) in [
            ("上海电气", "上海电力"),
            ("江苏青云集团有限公司", "湖南青云集团有限公司"),
            ("瑞陵科技", "瑞陵实业"),
            ("三菱商事", "三菱重工"),
            ("三菱", "三菱重工業株式会社"),
            ("中国建设银行", "中国进出口银行"),
            ("青云集团", "青云环球旅游有限公司"),
        ] {
            let score = score(one, other);
            assert!(score < 0.8, "{one} {other} {score}");
        }
    }
}
