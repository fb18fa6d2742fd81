//! What is said in the language of the reader: reasons, losses, findings, names of countries, titles to be translated.

use crate::env::Env;

/// Three English words in a row; what programs read, and what stands in the registry, is left out by the caller.
fn english(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_word = |word: &&str| {
        word.len() > 1
            && word
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b',')
    };
    let found = words.windows(3).find(|words| words.iter().all(is_word));
    found.map(|words| words.join(" "))
}

#[test]
fn why_a_list_cannot_be_read_is_said_in_the_language_of_the_reader() {
    let env = Env::seeded();
    env.write("nul.csv", "title_en,hosts\na\0b,TH\n");
    env.write("heading.csv", "title_en,host\na,TH\n");
    env.write("twice.csv", "title_en,hosts,hosts\na,TH,\n");
    env.write("other.csv", "Name,Amount\na,1\n");
    env.write("empty.csv", "");
    env.write("open.csv", "title_en,hosts\nok,TH\n\"never closed,TH\n");
    env.write("broken.json", "[{\"title_en\": ]");
    env.write("list.csv", "Name,Where\na,TH\n");
    env.write("book.xlsx", b"PK\x03\x04");
    env.write(
        "map.toml",
        "about = 3\n[fields]\ntitle = 'Name'\nmode = { column = 'Type', constant = 'x' }\n",
    );
    env.write("text.toml", "title_en = A\n");
    env.write("flag.toml", "title_en = \"A\"\numbrella = \"perhaps\"\n");
    for language in ["zh", "ja"] {
        for line in [
            "import plan nul.csv",
            "import plan heading.csv",
            "import plan twice.csv",
            "import plan other.csv",
            "import plan empty.csv",
            "import plan open.csv",
            "import plan broken.json",
            "import plan book.xlsx",
            "import plan list.csv --map map.toml",
            "import plan list.csv --encoding klingon",
            "import map empty.csv",
            "project new text.toml",
            "project new flag.toml",
            "country set HK --name-zh 日本",
            "export csv --to zh",
            "project list --missing nothing",
            "sql --actor li x",
        ] {
            let words = ["--lang", language].into_iter().chain(line.split(' '));
            let run = env.tpmc(&words.collect::<Vec<_>>());
            assert_ne!(run.status, 0, "{line}");
            let said: Vec<&str> = run
                .stderr
                .lines()
                .filter(|line| !line.contains('['))
                .collect();
            assert_eq!(english(&said.join("\n")), None, "{line}: {run}");
        }
    }
}

#[test]
fn what_an_export_loses_and_what_a_text_asks_for_is_said_in_the_language_of_the_reader() {
    let env = Env::seeded();
    for language in ["zh", "ja"] {
        for format in ["iati", "oc4ids"] {
            let run = env.tpmc(&["--lang", language, "export", format]);
            assert_eq!(english(&run.stderr), None, "{language} {format}");
            assert!(!run.stderr.is_empty(), "{language} {format}");
        }
        let text = env.tpmc(&["--lang", language, "project", "new", "--blank"]);
        for line in text.succeeds().lines() {
            let remark = line.rsplit_once('#').map_or(line, |(_, remark)| remark);
            assert_eq!(english(remark), None, "{language}: {line}");
        }
        let text = env.tpmc(&[
            "--lang", language, "project", "show", "P-0001", "--format", "toml",
        ]);
        let text = text.succeeds();
        for line in text.lines() {
            let (_, remark) = line.split_once('#').unwrap_or_default();
            assert_eq!(english(remark), None, "{language}: {line}");
        }
    }
}

#[test]
fn a_registry_decides_which_home_countries_are_a_side() {
    let env = Env::seeded();
    let side = |code: &str| {
        let project = env.tpmc(&["project", "list", "--side", "chinese", "--format", "json"]);
        let all = project.json();
        let all = all.as_array().expect("a list").iter();
        let mut parties = all.flat_map(|project| project["parties"].as_array().expect("parties"));
        parties.any(|party| party["country"] == code && party["side"] == "chinese")
    };
    assert!(side("HK"));
    env.tpmc(&["country", "set", "HK", "--side", "other"])
        .succeeds();
    assert!(!side("HK"));
    let listed = env.tpmc(&["country", "list", "--format", "json"]).json();
    let listed = listed.as_array().expect("a list").iter();
    let hong_kong: Vec<_> = listed.filter(|country| country["code"] == "HK").collect();
    assert_eq!(hong_kong[0]["side"], "other");
    let page = env.tpmc(&["report", "--format", "html"]).succeeds();
    assert!(page.contains("Hong Kong (other)"), "the report says so");
    insta::assert_snapshot!(
        "a_host_is_no_home",
        env.tpmc(&["country", "set", "HK", "--side", "host"])
    );
    env.tpmc(&["country", "set", "HK", "--usual-side"])
        .succeeds();
    assert!(side("HK"));
}

#[test]
fn an_office_calls_a_country_as_it_does_and_the_report_says_so() {
    let env = Env::seeded();
    let set = ["country", "set", "HK", "--name-zh", "香港", "--lang", "zh"];
    let run = env.tpmc(&set);
    assert!(run.stderr.contains("HK 香港"), "{run}");
    let list = env.tpmc(&[
        "country",
        "list",
        "--named-here",
        "--fields",
        "code,name_zh",
        "--format",
        "csv",
    ]);
    assert_eq!(list.succeeds(), "code,name_zh\nHK,香港\n");
    let page = env
        .tpmc(&["--lang", "zh", "report", "--format", "markdown"])
        .succeeds();
    assert!(page.contains("HK 香港"), "{page}");
    // The official name still means it, and no name may mean two.
    for name in ["香港", "中国香港特别行政区", "Hong Kong"] {
        env.tpmc(&["country", name]).succeeds();
    }
    let refused = env.tpmc(&["country", "set", "MO", "--name-zh", "香港"]);
    assert!(refused.fails_with(1).contains("it is a name of HK already"));
    env.tpmc(&["undo"]).succeeds();
    let list = env.tpmc(&["country", "list", "--named-here", "--format", "csv"]);
    assert_eq!(list.succeeds().lines().count(), 1);
}

#[test]
fn titles_go_to_a_translator_and_come_back_as_one_batch() {
    let env = Env::seeded();
    for code in ["P-0001", "P-0002"] {
        env.tpmc(&["project", "set", code, "--clear", "title_zh,title_zh_basis"])
            .succeeds();
    }
    let missing = [
        "project",
        "list",
        "--missing",
        "title_zh",
        "--identified",
        "true",
        "--format",
        "json",
    ];
    let listed = env.tpmc(&missing).json();
    let codes: Vec<&str> = listed
        .as_array()
        .expect("projects")
        .iter()
        .filter_map(|one| one["code"].as_str())
        .collect();
    assert_eq!(codes, ["P-0001", "P-0002"]);
    let found = env
        .tpmc(&["check", "--rule", "title-missing", "--format", "json"])
        .json();
    assert_eq!(found["findings"].as_array().map(Vec::len), Some(2));
    for name in ["titles.csv", "titles.xlsx"] {
        env.tpmc(&["export", "titles", "--to", "zh", "-o", name])
            .succeeds();
    }
    let sheet = std::fs::read_to_string(env.path("titles.csv")).expect("the sheet");
    assert_eq!(sheet.lines().count(), 3, "{sheet}");
    // The translator fills in the first one.
    let filled: Vec<String> = sheet
        .lines()
        .map(|line| match line.strip_prefix("P-0001,") {
            Some(_) => line.replace(",,translated", ",译名一,translated"),
            None => line.to_owned(),
        })
        .collect();
    env.write("filled.csv", filled.join("\n"));
    for given in ["filled.csv", "titles.xlsx"] {
        env.tpmc(&["import", "plan", given, "-o", "plan.json"])
            .succeeds();
        env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    }
    let json = |code| {
        env.tpmc(&["project", "show", code, "--format", "json"])
            .json()
    };
    let (first, second) = (json("P-0001"), json("P-0002"));
    assert_eq!(
        (&first["title_zh"], &first["title_zh_basis"]),
        (&"译名一".into(), &"translated".into())
    );
    assert!(
        second["title_zh"].is_null() && second["title_zh_basis"].is_null(),
        "{second}"
    );
    let found = env
        .tpmc(&["check", "--rule", "title-missing", "--format", "json"])
        .json();
    assert_eq!(found["findings"].as_array().map(Vec::len), Some(1));
}

#[test]
fn tables_are_drawn_in_ascii_where_asked_for_and_any_locale_gets_its_language() {
    let env = Env::seeded();
    let plain = env
        .tpmc(&["--ascii", "--lang", "zh", "project", "list", "--limit", "3"])
        .succeeds();
    assert!(
        !plain.contains(['─', '…', '“']) && plain.contains("---"),
        "{plain}"
    );
    let mut command = env.command(&["project", "list", "--limit", "3"]);
    assert!(
        env.run(command.env("TPMC_WIDE", "1"))
            .succeeds()
            .contains("---")
    );
    let mut command = env.command(&["--lang", "ja", "summary"]);
    let summary = env.run(command.env("LC_ALL", "C")).succeeds();
    assert!(summary.contains("日中第三国市場協力"), "{summary}");
}

#[test]
fn a_sheet_may_mix_languages_and_what_is_doubtful_is_said() {
    let env = Env::seeded();
    env.write(
        "mixed.csv",
        "title_zh,title_ja,hosts,mode,sector,status,status_on\n\
         混合清单甲,,老挝,エンジニアリング,能源,實施中,2026年3月\n\
         ,混合一覧乙,ラオス;Thailand,工程类,エネルギー,署名済み,2026-03\n\
         混合清单丙,,泰国,投資,能源,中止,2026-03\n",
    );
    let plan = env.tpmc(&[
        "--lang",
        "zh",
        "import",
        "plan",
        "mixed.csv",
        "-o",
        "plan.json",
    ]);
    assert!(
        plan.stdout.contains("已取消") && plan.stdout.contains("已暂停"),
        "{plan}"
    );
    let rows = std::fs::read_to_string(env.path("plan.json")).expect("the plan");
    assert!(rows.contains("\"several_words\""), "{rows}");
    for word in ["implementing", "signed", "energy"] {
        assert!(rows.contains(word), "{word}");
    }
}
