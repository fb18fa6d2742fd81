//! A visit: a request of somebody who may read, the commands that are run for it, and what goes back.

use std::ffi::OsString;

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

use super::access::Visitor;
use super::asked::Asked;
use super::page::policy;
use super::{Ran, Site};
use crate::domain::{Language, Vocabulary as _};
use crate::render::Labels;

/// A request of somebody who may read.
pub(super) struct Visit<'a> {
    pub(super) site: &'a Site,
    pub(super) asked: &'a Asked<'a>,
    pub(super) visitor: Visitor,
    pub(super) language: Language,
    pub(super) labels: Labels,
}

/// What goes back to the browser.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) kind: &'static str,
    pub(super) body: Vec<u8>,
    /// Further headers.
    pub(super) headers: Vec<(header::HeaderName, String)>,
}

impl Answer {
    pub(super) fn new(status: StatusCode, kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            kind,
            body: body.into(),
            headers: Vec::new(),
        }
    }

    /// Returns a page of the desk.
    pub(super) fn page(status: StatusCode, html: String) -> Self {
        Self::new(status, "text/html; charset=utf-8", html)
            .with(header::CONTENT_SECURITY_POLICY, policy())
    }

    /// Returns the way to another page.
    pub(super) fn to(address: &str) -> Self {
        Self::new(StatusCode::SEE_OTHER, "text/plain", "").with(header::LOCATION, address)
    }

    pub(super) fn with(mut self, name: header::HeaderName, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Returns it with the headers that every answer has.
    pub(super) fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let fixed = [
            (header::CONTENT_TYPE, self.kind.to_owned()),
            (header::CACHE_CONTROL, "no-store".to_owned()),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
            (header::X_FRAME_OPTIONS, "DENY".to_owned()),
            (header::REFERRER_POLICY, "same-origin".to_owned()),
        ];
        for (name, value) in fixed.into_iter().chain(self.headers) {
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }
}

impl Visit<'_> {
    /// Runs a command; answers a page's part, or a result in a named format.
    pub(super) fn run(
        &self,
        command: &str,
        clocks: &[(&str, &str)],
        arguments: &[OsString],
        format: Option<&str>,
    ) -> Ran {
        let site = self.site;
        let uses = (site.program.uses)(command);
        let mut line: Vec<OsString> = vec!["tpmc".into(), "--registry".into()];
        line.push(site.registry.clone().into());
        line.push(format!("--lang={}", self.language.word()).into());
        line.push(format!("--tz={}", site.zone).into());
        for (name, value) in clocks.iter().filter(|(name, _)| uses.contains(name)) {
            line.push(format!("--{}={value}", name.replace('_', "-")).into());
        }
        line.extend(format.map(|format| format!("--format={format}").into()));
        if uses.contains(&"actor") && command != "log" {
            let actor = self.visitor.name.as_deref().unwrap_or_default();
            line.push(format!("--actor={actor}").into());
        }
        line.extend(command.split(' ').map(OsString::from));
        line.extend_from_slice(arguments);
        (site.program.run)(self.language, line)
    }

    /// Returns the clocks that the address sets.
    pub(super) fn clocks(&self) -> Vec<(&str, &str)> {
        let clock = |name| {
            let value = self.asked.field(name)?.trim();
            (!value.is_empty()).then_some((name, value))
        };
        ["as_of", "known_at"]
            .into_iter()
            .filter_map(clock)
            .collect()
    }

    /// Returns what links add to an address so that the clocks stay.
    pub(super) fn suffix(&self) -> String {
        let mut suffix = form_urlencoded::Serializer::new(String::new());
        suffix.extend_pairs(self.clocks()).finish()
    }
}
