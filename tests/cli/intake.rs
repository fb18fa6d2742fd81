//! `tpmc import map`: a draft that is a mapping, and refusals with the place.

use crate::env::Env;

#[test]
fn a_draft_names_what_is_plain_and_lists_the_rest() {
    let env = Env::seeded();
    let table = "Ministry list,,,\n\nNo.,Project,Host,Stage\n1,A plant,Thailand,under way\n2,A port,越南,under way\n3,A line,LAO,TBD\n";
    env.write("list.csv", table);
    insta::assert_snapshot!("draft", env.tpmc(&["import", "map", "list.csv"]));
}

#[test]
fn a_table_that_cannot_be_read_is_refused_with_the_place() {
    let env = Env::seeded();
    env.write("bad.csv", "Name,Host\nok,TH\n\"never closed,TH\n");
    insta::assert_snapshot!("never_closed", env.tpmc(&["import", "map", "bad.csv"]));
    insta::assert_snapshot!("no_file", env.tpmc(&["import", "map", "nothing.csv"]));
}
