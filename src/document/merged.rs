//! Two texts of one project that were both changed, as one: what only one of them changed is taken over, and where both changed a
//! line, both versions stand there between marks, to be settled.

use diffy::{ConflictStyle, MergeOptions};

/// How the line begins that stands over the reader's own version.
pub(super) const MINE: &str = "<<<<<<< ";

/// Three texts of one project.
pub(crate) struct Versions<'a> {
    /// From which the other two were made.
    pub(crate) before: &'a str,
    pub(crate) mine: &'a str,
    pub(crate) theirs: &'a str,
}

impl Versions<'_> {
    /// Returns them as one text. `me` and `others` name whose the versions are.
    pub(crate) fn merged(&self, me: &str, others: &str) -> String {
        let mine = self.mine.replace("\r\n", "\n");
        let merged = MergeOptions::new()
            .set_conflict_style(ConflictStyle::Merge)
            .merge(self.before, &mine, self.theirs);
        match merged {
            Ok(text) => text,
            Err(text) => text
                .replace("<<<<<<< ours\n", &format!("{MINE}{me}\n"))
                .replace(">>>>>>> theirs\n", &format!(">>>>>>> {others}\n")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_changed_stands_there_twice() {
        let versions = Versions {
            before: "entry = 1\na = 1\nb = 1\nc = 1\nd = 1\n",
            mine: "entry = 1\r\na = 2\r\nb = 1\r\nc = 1\r\nd = 4\r\n",
            theirs: "entry = 9\na = 3\nb = 1\nc = 1\nd = 1\n",
        };
        assert_eq!(
            versions.merged("li", "tanaka, batch 2"),
            "<<<<<<< li\nentry = 1\na = 2\n=======\nentry = 9\na = 3\n>>>>>>> tanaka, batch 2\nb = 1\nc = 1\nd = 4\n"
        );
    }
}
