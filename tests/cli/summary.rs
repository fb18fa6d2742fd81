//! `tpmc summary`

use crate::env::Env;

#[test]
fn the_whole_registry() {
    insta::assert_snapshot!(Env::seeded().tpmc(&["summary"]));
}
