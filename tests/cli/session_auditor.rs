//! The auditors' session: publish a checkpoint, record a status and take it back, verify, tamper with the file, and see it named.

use crate::env::Env;
use crate::tamper::{findings, open};

#[test]
fn publish_record_undo_verify_tamper_and_be_found_out() {
    let env = Env::seeded();
    let key = env.tpmc(&["key", "new", "-o", "registry.key"]).succeeds();
    env.write("registry.vkey", key);
    env.tpmc(&[
        "checkpoint",
        "--key",
        "registry.key",
        "-o",
        "october.checkpoint",
    ])
    .succeeds();
    let status = || {
        let shown = env.tpmc(&["project", "list", "--format", "json"]).json();
        let projects = shown.as_array().expect("projects").iter();
        let project = projects.clone().find(|project| project["code"] == "F1-001");
        project.expect("F1-001")["status"]
            .as_str()
            .map(str::to_owned)
    };
    assert_eq!(status().as_deref(), Some("signed"));
    let source = "https://example.org/announcement";
    let recorded = [
        "status",
        "F1-001",
        "implementing",
        "--on",
        "2026-10-30",
        "--source",
        source,
    ];
    env.tpmc(&recorded).succeeds();
    assert_eq!(status().as_deref(), Some("implementing"));
    env.tpmc(&[
        "undo",
        "--reason",
        "the announcement was about another bank",
    ])
    .succeeds();
    assert_eq!(status().as_deref(), Some("signed"));
    let verify = [
        "verify",
        "--against",
        "october.checkpoint",
        "--key",
        "registry.vkey",
        "--format",
        "json",
    ];
    assert_eq!(findings(env.tpmc(&verify)), Vec::<[String; 3]>::new());

    open(&env)
        .execute_batch("UPDATE project SET status = 'completed' WHERE code = 'F1-001'")
        .expect("a row changed with another program");
    assert_eq!(
        findings(env.tpmc(&verify)),
        [["field_changed", "project F1-001", "status"]]
    );
    env.tpmc(&["rebuild"]).succeeds();
    assert_eq!(findings(env.tpmc(&verify)), Vec::<[String; 3]>::new());
    assert_eq!(status().as_deref(), Some("signed"));

    let growth = [
        "prove",
        "--from",
        "october.checkpoint",
        "--key",
        "registry.key",
        "-o",
        "growth.proof",
    ];
    env.tpmc(&growth).succeeds();
    let shown = [
        "verify",
        "--proof",
        "growth.proof",
        "--against",
        "october.checkpoint",
        "--key",
        "registry.vkey",
    ];
    env.tpmc(&shown).succeeds();
}
