//! Words, names of countries, addresses and units as people of three languages type them.

use crate::env::Env;

/// The codes of the projects that `project list` shows under these filters.
fn listed(env: &Env, filters: &[&str]) -> Vec<String> {
    let list = [&["project", "list", "--format", "json"], filters].concat();
    let json = env.tpmc(&list).json();
    let projects = json.as_array().expect("projects").iter();
    let code = |project: &serde_json::Value| project["code"].as_str().expect("a code").to_owned();
    projects.map(code).collect()
}

#[test]
fn filters_take_the_words_of_three_languages() {
    let env = Env::seeded();
    for (option, words) in [
        ("--status", ["signed", "已签署", "已簽署", "署名済み"]),
        (
            "--mode",
            ["engineering", "工程合作类", "工程類", "エンジニアリング"],
        ),
        ("--sector", ["energy", "能源", "Energy", "エネルギー"]),
        ("--side", ["chinese", "中方", "中国側", "Chinese"]),
        ("--mode", ["not_stated", "未注明", "記載なし", "Not stated"]),
    ] {
        let expected = listed(&env, &[option, words[0]]);
        assert!(!expected.is_empty(), "{option}");
        for word in words {
            assert_eq!(listed(&env, &[option, word]), expected, "{option} {word}");
        }
    }
}

#[test]
fn a_status_is_recorded_by_its_word_in_any_language() {
    let env = Env::seeded();
    for (word, canonical) in [("实施中", "implementing"), ("完了", "completed")] {
        let code = env.tpmc(&["project", "add", "--title-zh", word]).succeeds();
        let code = code.split([':', '\n']).next().expect("a code");
        let told = ["status", code, word, "--on", "2026-10-30", "--no-source"];
        env.tpmc(&told).succeeds();
        let json = env
            .tpmc(&["project", "show", code, "--format", "json"])
            .json();
        assert_eq!(json["status"], canonical, "{word}");
    }
    // 中止 is cancelled in Japanese and suspended in Chinese.
    let told = [
        "status",
        "P-0001",
        "中止",
        "--on",
        "2026-10-30",
        "--no-source",
    ];
    let error = env.tpmc(&told).fails_with(2);
    assert!(error.contains("cancelled, suspended"), "{error}");
    let error = env.tpmc(&["--lang", "zh", "status", "P-0001", "已签暑", "--on", "2026"]);
    let error = error.fails_with(2);
    assert!(error.contains("signed（已签署）"), "{error}");
}

#[test]
fn a_sheet_takes_the_words_of_three_languages() {
    let env = Env::seeded();
    env.write(
        "list.csv",
        "title_zh,hosts,mode,sector,status,status_on,parties,money\n\
         测试港口一期,肯尼亚,工程类,基础设施,已完成,2020,东方测试工程［中国］（承包方，40％）,USD 5 (贷款，承诺)\n\
         テスト発電所,ケニア,投資,エネルギー,中止,2020,,\n\
         测试公路,肯亚,,,取消,2021,,\n",
    );
    env.tpmc(&["import", "plan", "list.csv", "-o", "plan.json"])
        .succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    let sql = "SELECT title_zh, mode, sector, event.status, role, amount.kind, basis FROM project \
        JOIN event ON event.project = project.code \
        LEFT JOIN participation ON participation.project = project.code \
        LEFT JOIN amount ON amount.project = project.code WHERE title_zh LIKE '测试%' ORDER BY project.code";
    let rows = env.tpmc(&["sql", "--format", "csv", sql]).succeeds();
    let rows: Vec<&str> = rows.lines().skip(1).collect();
    assert_eq!(
        rows,
        [
            "测试港口一期,engineering,infrastructure,completed,contractor,loan,commitment",
            "测试公路,,,cancelled,,,"
        ]
    );
    // A table has no language, so the word with two meanings waits.
    let plan = env
        .tpmc(&["--lang", "ja", "import", "plan", "list.csv"])
        .succeeds();
    assert!(plan.contains("cancelled（"), "{plan}");
}

#[test]
fn countries_are_read_as_people_call_them() {
    let env = Env::seeded();
    for (name, code) in [
        ("阿联酋", "AE"),
        ("UAE", "AE"),
        ("米国", "US"),
        ("アメリカ", "US"),
        ("Viet Nam", "VN"),
        ("Lao PDR", "LA"),
        ("シンガポ－ル", "SG"),
        ("Côte d’Ivoire", "CI"),
    ] {
        assert_eq!(
            listed(&env, &["--country", name]),
            listed(&env, &["--country", code])
        );
        let host = [
            "project",
            "add",
            "--title-en",
            name,
            "--host",
            name,
            "--format",
            "json",
        ];
        assert_eq!(env.tpmc(&host).json()["hosts"][0], code, "{name}");
    }
    for (name, hint) in [
        (
            "Congo",
            "CD (Congo (Democratic Republic)), CG (Congo (Republic))",
        ),
        ("Korea", "KP (North Korea), KR (South Korea)"),
        (
            "刚果",
            "CD (Congo (Democratic Republic)), CG (Congo (Republic))",
        ),
        ("Tanzanya", "did you mean \"Tanzania\"?"),
    ] {
        let error = env
            .tpmc(&["project", "list", "--country", name])
            .fails_with(1);
        assert!(error.contains(hint), "{name}: {error}");
    }
    env.write(
        "list.csv",
        "title_en,hosts\nA made-up ferry,Tanzanya\nA made-up mine,コンゴ\n",
    );
    let plan = env.tpmc(&["import", "plan", "list.csv"]).succeeds();
    assert!(plan.contains("Tanzania") && plan.contains("CG"), "{plan}");
}

#[test]
fn special_drawing_rights_are_recorded_and_a_repayment_is_refused_with_a_way() {
    let env = Env::seeded();
    let add = |amount, currency| {
        let kind = ["--kind", "loan", "--basis", "commitment", "--on", "2024"];
        env.tpmc(&[&["amount", "add", "P-0001", amount, currency], &kind[..]].concat())
    };
    add("5000000.50", "XDR").succeeds();
    let units = "SELECT minor_units FROM amount WHERE currency = 'XDR'";
    let units = env.tpmc(&["sql", "--format", "csv", units]).succeeds();
    assert_eq!(units.lines().last(), Some("500000050"));
    let error = add("-5000000", "USD").fails_with(1);
    assert!(error.contains("tpmc event add"), "{error}");
    env.write(
        "list.csv",
        "title_en,money\nA made-up mill,\"USD -5 (loan, disbursement)\"\n",
    );
    let plan = env.tpmc(&["import", "plan", "list.csv"]).succeeds();
    assert!(plan.contains("repayment"), "{plan}");
}

#[test]
fn a_party_without_a_latin_name_gets_a_number() {
    let env = Env::seeded();
    for (option, name, code) in [
        ("--name-zh", "东方测试第2405工程集团", "party-0001"),
        ("--name-zh", "东方测试第782-2工程处", "party-0002"),
        ("--name-native", "Toko Contoh", "toko-contoh"),
        ("--name-ja", "例示UFO観測", "ufo"),
    ] {
        let told = env
            .tpmc(&["party", "add", option, name, "--kind", "company"])
            .succeeds();
        assert!(told.starts_with(code), "{name}: {told}");
    }
    env.write(
        "list.csv",
        "title_en,parties\nA made-up dam,西方测试第99集团 [CN] (owner)\n",
    );
    env.tpmc(&["import", "plan", "list.csv", "-o", "plan.json"])
        .succeeds();
    env.tpmc(&["import", "apply", "plan.json"]).succeeds();
    let codes = "SELECT code FROM party WHERE name_zh = '西方测试第99集团'";
    let codes = env.tpmc(&["sql", "--format", "csv", codes]).succeeds();
    assert_eq!(codes.lines().last(), Some("party-0003"));
}

#[test]
fn a_source_is_shown_by_its_address_in_any_spelling() {
    let env = Env::seeded();
    let address = "https://example.org/%E6%96%B0%E9%97%BB/1";
    let told = [
        "project",
        "add",
        "--title-en",
        "A made-up mine",
        "--source",
        address,
    ];
    env.tpmc(&told).succeeds();
    for typed in [
        address,
        "https://EXAMPLE.org/新闻/1/",
        "http://example.org/%e6%96%b0闻/1",
    ] {
        let json = env
            .tpmc(&["source", "show", typed, "--format", "json"])
            .json();
        assert_eq!(json["url"], address, "{typed}");
    }
    let error = env
        .tpmc(&["source", "show", "https://example.org/2"])
        .fails_with(1);
    assert!(error.contains("there is no source"), "{error}");
    env.tpmc(&["source", "show", "s-0002"]).succeeds();
}

#[test]
fn units_and_dashes_are_found_however_they_are_typed() {
    let env = Env::seeded();
    let found = |text: &str| {
        let json = env.tpmc(&["search", text, "--format", "json"]).json();
        let projects = json["projects"].as_array().expect("projects").len();
        assert!(projects > 0, "{text}");
        projects
    };
    assert_eq!(found("445MW"), found("445 MW"));
    assert_eq!(found("シンガポ-ル"), found("シンガポール"));
    assert_eq!(found("シンガポ－ル"), found("シンガポール"));
}
