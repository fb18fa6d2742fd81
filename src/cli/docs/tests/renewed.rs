//! Pages of the book that the program makes, whole or in part: compared, or written anew with `TPMC_UPDATE_REFERENCE=1`.

use std::path::{Path, PathBuf};

fn path(page: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs/src")
        .join(page)
}

/// Compares the part of a page that begins with `<!-- NAME -->` and ends with `<!-- end -->`.
#[track_caller]
pub(crate) fn part(page: &str, name: &str, made: &str) {
    let text = std::fs::read_to_string(path(page)).expect("a page");
    let (begin, end) = (format!("<!-- {name} -->\n"), "<!-- end -->");
    let (before, rest) = text.split_once(&begin).expect(name);
    let (_, after) = rest.split_once(end).expect("its end");
    let made = made.trim_end();
    whole(page, &format!("{before}{begin}\n{made}\n\n{end}{after}"));
}

/// Compares a page.
#[track_caller]
pub(crate) fn whole(page: &str, made: &str) {
    if std::env::var_os("TPMC_UPDATE_REFERENCE").is_some() {
        std::fs::write(path(page), made).expect("the page");
    }
    let text = std::fs::read_to_string(path(page)).expect("a page");
    assert!(
        text == made,
        "docs/src/{page} is not what the program says: `TPMC_UPDATE_REFERENCE=1 cargo test reference` writes it anew"
    );
}
