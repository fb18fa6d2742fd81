//! Differences, on documents as the registry ships them.

use serde_json::json;

use super::*;

fn shown(before: &Value, after: &Value) -> Vec<String> {
    let object = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let found = between(None, &object(before), &object(after));
    let text = |value: &Value| value.to_string().replace('"', "");
    found
        .iter()
        .map(|one| {
            let path = [&one.list, &one.item, &one.field];
            let path: Vec<&str> = path.into_iter().flatten().map(String::as_str).collect();
            let (before, after) = (text(&one.before), text(&one.after));
            format!(
                "{} {}: {before} -> {after}",
                one.change.word(),
                path.join(" ")
            )
        })
        .collect()
}

#[test]
fn fields_differ_in_the_order_in_which_people_read_them() {
    let before = json!({"note": null, "mode": "strategic", "title_en": "A", "sector": "energy"});
    let after = json!({"note": "seen", "mode": null, "title_en": "B", "sector": "energy"});
    assert_eq!(
        shown(&before, &after),
        [
            "changed title_en: A -> B",
            "removed mode: strategic -> null",
            "added note: null -> seen"
        ]
    );
}

#[test]
fn numbered_items_are_compared_by_number() {
    let before = json!({"events": [{"number": 1, "text": "a"}, {"number": 2, "text": "b"}]});
    let after = json!({"events": [{"number": 1, "text": "x"}, {"number": 3, "text": "c"}]});
    assert_eq!(
        shown(&before, &after),
        [
            "changed events 1 text: a -> x",
            "removed events 2: {number:2,text:b} -> null",
            "added events 3: null -> {number:3,text:c}"
        ]
    );
}

#[test]
fn other_items_are_compared_as_wholes() {
    let hosts = |codes: &[&str]| json!({ "hosts": codes });
    assert_eq!(
        shown(&hosts(&["TH", "VN"]), &hosts(&["VN", "LA"])),
        ["removed hosts TH: TH -> null", "added hosts LA: null -> LA"]
    );
    assert_eq!(
        shown(&hosts(&["TH", "VN"]), &hosts(&["VN", "TH"])),
        ["changed hosts: [TH,VN] -> [VN,TH]"]
    );
    assert_eq!(
        shown(&hosts(&["TH", "TH"]), &hosts(&["TH"])),
        ["removed hosts TH: TH -> null"]
    );
    assert_eq!(shown(&hosts(&["TH"]), &hosts(&["TH"])), [""; 0]);
}
