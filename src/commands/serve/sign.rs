//! Signing in and out.

use askama::Template;
use axum::http::{Method, StatusCode, header};

use super::Site;
use super::accounts::SignIn;
use super::asked::Asked;
use super::frame::languages_of;
use super::page::{Link, STYLE};
use super::visit::Answer;
use crate::domain::{Language, Vocabulary as _};
use crate::render::Labels;

/// The page that asks who somebody is.
#[derive(Template)]
#[template(
    path = "sign_in.html",
    config = "src/commands/serve/templates/askama.toml",
    whitespace = "minimize"
)]
struct Door<'a> {
    labels: &'a Labels,
    language: &'static str,
    style: &'static str,
    languages: Vec<Link>,
    /// The key of what went wrong.
    wrong: Option<&'static str>,
    name: &'a str,
    back: &'a str,
    token: String,
}

impl Door<'_> {
    fn t(&self, key: &str) -> String {
        self.labels.text(key)
    }
}

/// Returns the page to sign in on, or the way to where the visitor was going.
pub(super) fn sign_in(site: &Site, asked: &Asked<'_>, language: Language) -> Answer {
    if *asked.method != Method::POST {
        return door(site, asked, language, StatusCode::OK, None);
    }
    if !site.access.is_own_form(asked, None) {
        let wrong = Some("desk-sign-in-again");
        return door(site, asked, language, StatusCode::FORBIDDEN, wrong);
    }
    let said = |name| asked.field(name).unwrap_or_default();
    let accounts = &site.access.accounts;
    let (status, wrong) = match accounts.sign_in(said("name").trim(), said("password"), asked.peer)
    {
        Ok(SignIn::Begun(secret)) => {
            let cookie = site.access.cookie(&secret);
            return Answer::to(asked.back()).with(header::SET_COOKIE, cookie);
        }
        Ok(SignIn::Wrong) => (StatusCode::UNAUTHORIZED, "desk-sign-in-wrong"),
        Ok(SignIn::TooOften) => (StatusCode::TOO_MANY_REQUESTS, "desk-sign-in-often"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "desk-sign-in-later"),
    };
    door(site, asked, language, status, Some(wrong))
}

/// Returns the page to sign in on for somebody who wanted to see another one.
pub(super) fn first(site: &Site, asked: &Asked<'_>, language: Language) -> Answer {
    door(site, asked, language, StatusCode::UNAUTHORIZED, None)
}

/// Ends the session.
pub(super) fn sign_out(site: &Site, asked: &Asked<'_>) -> Answer {
    let ended = site
        .access
        .secret(asked)
        .map(|secret| site.access.accounts.sign_out(secret));
    match ended {
        Some(Err(_)) => Answer::new(StatusCode::SERVICE_UNAVAILABLE, "text/plain", ""),
        _ => {
            let gone = format!("{}; Max-Age=0", site.access.cookie(""));
            Answer::to("/sign-in").with(header::SET_COOKIE, gone)
        }
    }
}

fn door(
    site: &Site,
    asked: &Asked<'_>,
    language: Language,
    status: StatusCode,
    wrong: Option<&'static str>,
) -> Answer {
    let here = format!("/{}", asked.path);
    let is_door = asked.path == "sign-in";
    let door = Door {
        labels: &Labels::new(language, Default::default()),
        language: language.word(),
        style: STYLE,
        languages: languages_of(language, &here),
        wrong,
        name: asked.field("name").filter(|_| is_door).unwrap_or_default(),
        back: if is_door { asked.back() } else { &here },
        token: site.access.token(None),
    };
    match door.render() {
        Ok(html) => Answer::page(status, html),
        Err(_) => Answer::new(StatusCode::INTERNAL_SERVER_ERROR, "text/plain", ""),
    }
}
