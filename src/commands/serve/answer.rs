//! Answers: which page a request gets, and with which headers.

use axum::http::{Method, StatusCode, header};
use axum::response::Response;

use super::Site;
use super::asked::{Asked, LANGUAGE};
use super::visit::{Answer, Visit};
use super::{record, show, sign, tiles, titles};
use crate::domain::{Language, Vocabulary as _};
use crate::render::Labels;

/// Answers a request.
pub(super) fn answer(site: &Site, asked: &Asked<'_>) -> Response {
    let language = asked.language().unwrap_or(site.language);
    answered(site, asked, language).into_response()
}

fn answered(site: &Site, asked: &Asked<'_>, language: Language) -> Answer {
    let plain = |status, key: &str| {
        let labels = Labels::new(language, Default::default());
        Answer::new(
            status,
            "text/plain; charset=utf-8",
            format!("{}\n", labels.text(key)),
        )
    };
    if !site.access.is_for_this_host(asked) {
        return plain(StatusCode::MISDIRECTED_REQUEST, "desk-other-host");
    }
    if let Some(cookie) = asked
        .field("key")
        .and_then(|key| site.access.cookie_for(key))
    {
        return Answer::to(&format!("/{}", asked.path)).with(header::SET_COOKIE, cookie);
    }
    if let Some(language) = asked.path.strip_prefix("language/") {
        return in_language(language, asked);
    }
    if asked.path == "sign-in" && site.access.asks_for_account() {
        return sign::sign_in(site, asked, language);
    }
    let Some(visitor) = site.access.visitor(asked) else {
        return match site.access.asks_for_account() {
            true => sign::first(site, asked, language),
            false => plain(StatusCode::UNAUTHORIZED, "desk-no-key"),
        };
    };
    let visit = Visit {
        site,
        asked,
        visitor,
        language,
        labels: Labels::new(language, Default::default()),
    };
    match (asked.method, asked.path.split_once('/')) {
        (&Method::POST, None) if asked.path == "sign-out" => match visit.is_own_form() {
            true => sign::sign_out(site, asked),
            false => plain(StatusCode::FORBIDDEN, "desk-sign-in-again"),
        },
        (&Method::GET | &Method::HEAD, Some(("tile", tile))) => tiles::tile(&visit, tile),
        (&Method::POST, None) if asked.path == "translations" => titles::page(&visit),
        (&Method::POST, Some(("record", command))) => record::recorded(&visit, command),
        (&Method::GET | &Method::HEAD, Some(("record", command))) => record::form(&visit, command),
        (&Method::GET | &Method::HEAD, _) => show::page(&visit),
        _ => plain(StatusCode::METHOD_NOT_ALLOWED, "desk-no-page"),
    }
}

/// Remembers a language and goes back to where the reader was.
fn in_language(language: &str, asked: &Asked<'_>) -> Answer {
    let back = asked.back();
    match language.parse::<Language>() {
        Ok(language) => Answer::to(back).with(
            header::SET_COOKIE,
            format!(
                "{LANGUAGE}={}; Path=/; SameSite=Lax; Max-Age=31536000",
                language.word()
            ),
        ),
        Err(_) => Answer::to(back),
    }
}
