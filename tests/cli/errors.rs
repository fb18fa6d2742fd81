//! The catalogue of refusals: what is said, and with which status.

use crate::env::Env;

#[test]
fn a_named_file_that_does_not_exist() {
    let env = Env::empty();
    insta::assert_snapshot!(env.tpmc(&["summary"]));
    assert!(
        !env.path("registry.db").exists(),
        "nothing is created by accident"
    );
}
