//! The roles that `tpmc server setup` makes, and what each may do.

use crate::database::psql;
use crate::env::Env;
use crate::server::at;

#[test]
#[cfg_attr(
    not(feature = "postgres"),
    ignore = "needs a server, which .ci/postgres.sh starts"
)]
fn roles_may_do_what_they_are_for() {
    let env = Env::empty();
    let database = env.on_server();
    let name = format!("roles_{}", std::process::id());
    let postgres = database.address_of("postgres");
    let setup = env
        .tpmc(&["server", "setup", "--database", &name])
        .succeeds();
    psql(
        &postgres,
        "DROP ROLE IF EXISTS secretariat, beijing, auditor",
    )
    .expect("none yet");
    env.write("setup.sql", setup);
    let run = std::process::Command::new("psql")
        .args(["-Xq", "-v", "ON_ERROR_STOP=1", "-f"])
        .arg(env.path("setup.sql"))
        .arg(&postgres)
        .output()
        .expect("psql");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    for sql in [
        "CREATE ROLE secretariat LOGIN IN ROLE tpmc_owner",
        "ALTER ROLE secretariat SET role = tpmc_owner",
        "CREATE ROLE beijing LOGIN IN ROLE tpmc_writer",
        "CREATE ROLE auditor LOGIN IN ROLE tpmc_reader",
    ] {
        psql(&postgres, sql).expect(sql);
    }
    let address = |role: &str| {
        let address = database.address_of(&name);
        let (_, rest) = address.split_once('@').expect("a user");
        format!("postgres://{role}@{rest}")
    };
    let note = [
        "status",
        "P-0004",
        "completed",
        "--on",
        "2026-10-30",
        "--no-source",
    ];
    let said = at(&env, &address("beijing"), &["init"]).fails_with(1);
    assert!(said.contains("may not create a registry"), "{said}");
    at(&env, &address("secretariat"), &["init"]).succeeds();
    at(&env, &address("auditor"), &["summary"]).succeeds();
    let said = at(&env, &address("auditor"), &note).fails_with(1);
    assert!(said.contains("may not record"), "{said}");
    at(&env, &address("beijing"), &note).succeeds();
    at(&env, &address("auditor"), &["verify"]).succeeds();
    for sql in [
        "UPDATE entry SET bytes = '{}'",
        "DELETE FROM batch",
        "TRUNCATE entry",
        "ALTER TABLE entry DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "UPDATE registry SET id = NULL",
        "CREATE TABLE mine (number int)",
        "DROP TABLE content",
    ] {
        assert!(psql(&address("beijing"), sql).is_err(), "{sql}");
    }
    for sql in [
        "INSERT INTO entry SELECT * FROM entry",
        "UPDATE registry SET turn = 1",
    ] {
        assert!(psql(&address("auditor"), sql).is_err(), "{sql}");
    }
    psql(&postgres, &format!("DROP DATABASE {name} WITH (FORCE)")).expect("dropped");
    psql(
        &postgres,
        "DROP ROLE secretariat, beijing, auditor, tpmc_owner, tpmc_writer, tpmc_reader",
    )
    .expect("dropped");
}
