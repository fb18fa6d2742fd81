//! What a browser asks for: the parts of its request that the web desk looks at.

use std::net::IpAddr;

use axum::http::{HeaderMap, Method, Uri};

use crate::domain::Language;

/// The cookie that remembers the language.
pub(super) const LANGUAGE: &str = "tpmc-lang";

/// What was sent with a form.
#[derive(Debug, Default)]
pub(super) struct Sent {
    pub(super) fields: Vec<(String, String)>,
    pub(super) file: Option<Upload>,
}

/// A file that was sent with a form.
#[derive(Debug)]
pub(super) struct Upload {
    /// What the browser calls it.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// A request.
pub(super) struct Asked<'a> {
    pub(super) method: &'a Method,
    headers: &'a HeaderMap,
    pub(super) peer: IpAddr,
    /// The path, without the slash before it.
    pub(super) path: String,
    /// What stands behind the question mark.
    pub(super) query: Vec<(String, String)>,
    /// What was filled into a form.
    pub(super) form: Vec<(String, String)>,
    pub(super) file: Option<Upload>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(
        method: &'a Method,
        uri: &Uri,
        headers: &'a HeaderMap,
        sent: Sent,
        peer: IpAddr,
    ) -> Self {
        let pairs = |bytes: &[u8]| form_urlencoded::parse(bytes).into_owned().collect();
        let path = uri.path().trim_matches('/');
        // A path is decoded like a value, but that a plus sign is itself.
        let decoded = form_urlencoded::parse(path.replace('+', "%2B").as_bytes())
            .map(|(name, _)| name.into_owned())
            .next();
        Self {
            method,
            headers,
            peer,
            path: decoded.unwrap_or_default(),
            query: pairs(uri.query().unwrap_or_default().as_bytes()),
            form: sent.fields,
            file: sent.file,
        }
    }

    /// Returns a header that is text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// Returns what was said for a field, in the form or in the address.
    pub(super) fn field(&self, name: &str) -> Option<&str> {
        let fields = self.form.iter().chain(&self.query);
        let mut named = fields.filter(|(field, _)| field == name);
        named.next().map(|(_, value)| value.as_str())
    }

    /// Returns the page of this desk that the visitor came from, else the first one.
    pub(super) fn back(&self) -> &str {
        let back = self.field("back").unwrap_or_default();
        let is_here = back.starts_with('/') && !back.starts_with("//") && !back.contains('\\');
        if is_here { back } else { "/" }
    }

    /// Returns the language of the reader: that of the cookie, else the first one that the browser prefers and the desk speaks.
    pub(super) fn language(&self) -> Option<Language> {
        let cookies = self.header("cookie").unwrap_or_default().split(';');
        let mut pairs = cookies.filter_map(|pair| pair.trim().split_once('='));
        let named = pairs.find(|(name, _)| *name == LANGUAGE);
        let named = named.and_then(|(_, word)| word.parse().ok());
        named.or_else(|| {
            let preferred = self.header("accept-language")?.split(',');
            let mut preferred = preferred.map(|one| one.split(';').next().unwrap_or_default());
            preferred.find_map(|one| one.trim().get(..2)?.to_ascii_lowercase().parse().ok())
        })
    }
}
