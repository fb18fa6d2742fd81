//! Who is asking, and what they may do. A browser has a cookie that the key in the first address gave it, or a proxy names who has signed
//! in. Forms are taken only with the token of the visitor's own page, from an address that is the desk's.

use std::net::{IpAddr, SocketAddr};

use sha2::{Digest as _, Sha256};

use super::Serve;
use super::asked::Asked;
use crate::error::Error;
use crate::exchange::hex;

/// The name of the cookie.
const COOKIE: &str = "tpmc";

/// How the web desk knows its visitors.
pub(super) struct Access {
    /// Random, of this run: whoever knows it may read and record.
    key: String,
    /// Who records that came with the key.
    actor: String,
    /// What browsers may call this desk: hosts with their ports.
    hosts: Vec<String>,
    /// The first part of its addresses: scheme and host.
    origin: String,
    is_public: bool,
    proxy: Option<Proxy>,
}

/// A proxy that signs people in.
struct Proxy {
    header: String,
    addresses: Vec<IpAddr>,
    recorders: Vec<String>,
}

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visitor {
    /// None for somebody who only reads without having signed in.
    pub(super) name: Option<String>,
    pub(super) may_record: bool,
}

impl Access {
    /// Returns the access that the command line asks for.
    ///
    /// # Errors
    /// When it listens beyond this machine and no address is given for browsers, and when that address is none.
    pub(super) fn new(said: &Serve, listen: SocketAddr, actor: String) -> Result<Self, Error> {
        let port = listen.port();
        let public = match &said.public_address {
            None if !listen.ip().is_loopback() => return Err(Error::NeedsPublicAddress),
            None => None,
            Some(address) => {
                Some(origin_of(address).ok_or_else(|| Error::NotAnOrigin(address.clone()))?)
            }
        };
        let mut hosts: Vec<String> = ["127.0.0.1", "localhost", "[::1]"]
            .map(|host| format!("{host}:{port}"))
            .into();
        hosts.push(listen.to_string());
        let host = public
            .as_deref()
            .and_then(|origin| origin.split_once("://"));
        hosts.extend(host.map(|(_, host)| host.to_owned()));
        let proxy = said.user_header.clone().map(|header| Proxy {
            header,
            addresses: said.proxy.clone(),
            recorders: said.recorder.clone(),
        });
        let mut key = [0; 16];
        getrandom::fill(&mut key).map_err(|error| std::io::Error::other(error.to_string()))?;
        Ok(Self {
            key: hex(&key),
            actor,
            hosts,
            origin: public.unwrap_or_else(|| format!("http://{listen}")),
            is_public: said.public_reading,
            proxy,
        })
    }

    /// Returns the address to open first; where nobody else signs people in, it holds the key.
    pub(super) fn first_address(&self) -> String {
        match self.proxy {
            Some(_) => format!("{}/", self.origin),
            None => format!("{}/?key={}", self.origin, self.key),
        }
    }

    /// Returns who is asking; None for somebody who may not even read.
    pub(super) fn visitor(&self, asked: &Asked<'_>) -> Option<Visitor> {
        let named = self.proxy.as_ref().and_then(|proxy| proxy.named(asked));
        let visitor = match (&self.proxy, named) {
            (Some(proxy), Some(name)) => Some(Visitor {
                may_record: proxy.recorders.is_empty() || proxy.recorders.contains(&name),
                name: Some(name),
            }),
            (None, _) if self.has_cookie(asked) => Some(Visitor {
                name: Some(self.actor.clone()),
                may_record: true,
            }),
            _ => None,
        };
        let anybody = self.is_public.then_some(Visitor {
            name: None,
            may_record: false,
        });
        visitor.or(anybody)
    }

    /// Returns the cookie for a browser that comes with the key.
    pub(super) fn cookie_for(&self, key: &str) -> Option<String> {
        let is_key = self.proxy.is_none() && same(key, &self.key);
        let secure = if self.origin.starts_with("https://") {
            "; Secure"
        } else {
            ""
        };
        let session = self.derived("session");
        is_key.then(|| format!("{COOKIE}={session}; Path=/; HttpOnly; SameSite=Lax{secure}"))
    }

    /// Returns the token of a visitor's forms.
    pub(super) fn token(&self, visitor: &Visitor) -> String {
        let name = visitor.name.as_deref().unwrap_or_default();
        self.derived(&format!("form {name}"))
    }

    /// Whether a form comes from a page that the visitor got here.
    pub(super) fn is_own_form(&self, asked: &Asked<'_>, visitor: &Visitor) -> bool {
        let token = asked.field("token").unwrap_or_default();
        let is_own = match (asked.header("sec-fetch-site"), asked.header("origin")) {
            (Some(site), _) => matches!(site, "same-origin" | "none"),
            (None, Some(origin)) => origin
                .split_once("://")
                .is_some_and(|(_, host)| self.is_host(host)),
            (None, None) => true, // an old browser: the token decides
        };
        is_own && same(token, &self.token(visitor))
    }

    /// Whether the request names this desk as its host: another site's name that leads here does not open it.
    pub(super) fn is_for_this_host(&self, asked: &Asked<'_>) -> bool {
        asked.header("host").is_some_and(|host| self.is_host(host))
    }

    fn is_host(&self, host: &str) -> bool {
        self.hosts
            .iter()
            .any(|known| known.eq_ignore_ascii_case(host))
    }

    fn has_cookie(&self, asked: &Asked<'_>) -> bool {
        let cookies = asked.header("cookie").unwrap_or_default().split(';');
        let mut pairs = cookies.filter_map(|pair| pair.trim().split_once('='));
        pairs.any(|(name, value)| name == COOKIE && same(value, &self.derived("session")))
    }

    fn derived(&self, what: &str) -> String {
        hex(&Sha256::digest(format!("{what} {}", self.key)))
    }
}

impl Proxy {
    /// Returns who has signed in, by what the proxy says.
    fn named(&self, asked: &Asked<'_>) -> Option<String> {
        let is_proxy = match self.addresses.as_slice() {
            [] => asked.peer.is_loopback(),
            known => known.contains(&asked.peer),
        };
        let name = asked.header(&self.header).filter(|_| is_proxy)?.trim();
        (!name.is_empty()).then(|| name.to_owned())
    }
}

/// Returns scheme and host of an address that consists of nothing else.
fn origin_of(address: &str) -> Option<String> {
    let address = address.trim_end_matches('/');
    let (scheme, host) = address.split_once("://")?;
    let is_host = |letter: char| letter.is_ascii_alphanumeric() || ".-:[]".contains(letter);
    let is_origin =
        ["http", "https"].contains(&scheme) && !host.is_empty() && host.chars().all(is_host);
    is_origin.then(|| address.to_owned())
}

/// Whether two secrets are the same, in a time that does not depend on where they differ.
fn same(one: &str, other: &str) -> bool {
    Sha256::digest(one) == Sha256::digest(other)
}
