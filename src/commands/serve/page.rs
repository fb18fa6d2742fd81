//! The frame of every page: menu, search, the two clocks, the language, and what a command gave.

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::form::{Form, Input};
use crate::render::Labels;

pub(super) const STYLE: &str = concat!(
    include_str!("../../render/report/templates/colours.css"),
    include_str!("templates/desk.css")
);
pub(super) const SCRIPT: &str = include_str!("templates/desk.js");

/// A page as its template sees it.
#[derive(Template)]
#[template(
    path = "page.html",
    config = "src/commands/serve/templates/askama.toml",
    whitespace = "minimize"
)]
pub(super) struct Page<'a> {
    pub(super) labels: &'a Labels,
    pub(super) language: &'static str,
    pub(super) title: String,
    pub(super) style: &'static str,
    pub(super) script: &'static str,
    pub(super) menu: Vec<Link>,
    pub(super) more: Vec<Link>,
    pub(super) records: Vec<Link>,
    pub(super) languages: Vec<Link>,
    /// Who has signed in.
    pub(super) visitor: Option<String>,
    /// Whether people sign in and out here.
    pub(super) has_session: bool,
    pub(super) searched: String,
    /// The two clocks, where the page goes by them.
    pub(super) as_of: Option<String>,
    pub(super) known_at: Option<String>,
    /// Where the form of the clocks and the filter leads to, and what it keeps.
    pub(super) path: String,
    pub(super) kept: Vec<(String, String)>,
    pub(super) errors: Vec<String>,
    pub(super) hints: Vec<String>,
    pub(super) said: Vec<String>,
    /// HTML.
    pub(super) content: String,
    pub(super) actions: Vec<Link>,
    pub(super) downloads: Vec<Link>,
    pub(super) filter: Option<Form>,
    pub(super) form: Option<Form>,
    pub(super) token: String,
    /// The key of what the main button says.
    pub(super) verb: &'static str,
    pub(super) command: String,
    pub(super) checkpoint: String,
    /// How far the journal is signed.
    pub(super) signed: String,
    /// What can be decided on the projects of a list that the page shows.
    pub(super) deciding: Option<Deciding>,
}

/// The form `decide`, to which the buttons of the rows belong, too.
pub(super) struct Deciding {
    pub(super) draft: String,
    /// The page to come back to.
    pub(super) back: String,
    /// The conditions by which the projects were chosen.
    pub(super) chosen_by: Vec<(String, String)>,
    /// How many they are.
    pub(super) chosen: u64,
    /// The rows that are meant where no condition was given.
    pub(super) rows: &'static str,
    /// Other choices, and the pages of this one.
    pub(super) presets: Vec<Link>,
    pub(super) pages: Vec<Link>,
}

/// A link: where it leads to, what it is called, and whether that is here.
pub(super) struct Link {
    pub(super) address: String,
    pub(super) label: String,
    pub(super) is_here: bool,
}

impl Page<'_> {
    fn t(&self, key: &str) -> String {
        self.labels.text(key)
    }

    fn of_all(&self, deciding: &Deciding) -> String {
        let count = [("count", deciding.chosen.into())];
        self.labels.with("desk-of-all", &count)
    }

    fn verb_of(&self, verb: &str) -> String {
        match verb {
            "same" => self.t("desk-same-as-likeliest"),
            verb => self.t(&format!("import-decide-{verb}")),
        }
    }
}

/// Returns the policy that lets in the one style sheet and the one script, and nothing from elsewhere.
pub(super) fn policy() -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; connect-src 'self'; img-src 'self' data:; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        hash(STYLE),
        hash(SCRIPT)
    )
}

/// Returns the content with its links leading to pages of the same clocks: `suffix` is what they add to an address.
pub(super) fn with_clocks(content: &str, suffix: &str) -> String {
    if suffix.is_empty() {
        return content.to_owned();
    }
    let mut parts = content.split("href=\"/");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (address, rest) = part.split_once('"').unwrap_or((part, ""));
        let sign = if address.contains('?') { "&amp;" } else { "?" };
        whole.push_str(&format!("href=\"/{address}{sign}{suffix}\"{rest}"));
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::with_clocks;

    #[test]
    fn links_keep_the_clocks() {
        let html = "<a href=\"/project/P-0001\">x</a><a href=\"/projects?mode=a\">y</a>";
        assert_eq!(
            with_clocks(html, "as_of=2020"),
            "<a href=\"/project/P-0001?as_of=2020\">x</a><a href=\"/projects?mode=a&amp;as_of=2020\">y</a>"
        );
        assert_eq!(with_clocks(html, ""), html);
    }
}
