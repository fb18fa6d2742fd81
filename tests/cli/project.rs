//! `tpmc project`

use crate::env::Env;

#[test]
fn a_forum_agreement_and_a_later_project() {
    let env = Env::seeded();
    insta::assert_snapshot!(
        "show_forum_agreement",
        env.tpmc(&["project", "show", "F1-001"])
    );
    insta::assert_snapshot!(
        "show_later_project",
        env.tpmc(&["project", "show", "P-0002"])
    );
}

#[test]
fn a_list_by_country() {
    insta::assert_snapshot!(Env::seeded().tpmc(&["project", "list", "--country", "TH"]));
}
