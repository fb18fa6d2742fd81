//! Who is asking, and what they may do. Somebody has signed in with an account, or a proxy names who has; where neither is so, a browser
//! has a cookie that the key in the first address gave it. Forms are taken only with the token of the visitor's own page, from an
//! address that is the desk's.

use std::net::{IpAddr, SocketAddr};

use sha2::{Digest as _, Sha256};

use super::Serve;
use super::accounts::Accounts;
use super::asked::Asked;
use crate::domain::AccountRole;
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
    pub(super) accounts: Accounts,
}

/// A proxy that signs people in.
struct Proxy {
    header: String,
    addresses: Vec<IpAddr>,
    recorders: Vec<String>,
    approvers: Vec<String>,
}

/// Who is asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visitor {
    /// None for somebody who only reads without having signed in.
    pub(super) name: Option<String>,
    pub(super) role: AccountRole,
}

impl Visitor {
    pub(super) fn may_record(&self) -> bool {
        self.role >= AccountRole::Recorder
    }

    pub(super) fn may_approve(&self) -> bool {
        self.role >= AccountRole::Approver
    }
}

impl Access {
    /// Returns the access that the command line asks for.
    ///
    /// # Errors
    /// When it listens beyond this machine and no address is given for browsers, and when that address is none.
    pub(super) fn new(
        said: &Serve,
        listen: SocketAddr,
        actor: String,
        accounts: Accounts,
    ) -> Result<Self, Error> {
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
            approvers: said.approver.clone(),
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
            accounts,
        })
    }

    /// Returns the address to open first; where nobody signs in, it holds the key.
    pub(super) fn first_address(&self) -> String {
        match self.asks_for_key() {
            false => format!("{}/", self.origin),
            true => format!("{}/?key={}", self.origin, self.key),
        }
    }

    /// Whether the key lets somebody in: nobody signs in here.
    fn asks_for_key(&self) -> bool {
        self.proxy.is_none() && !self.accounts.are_there()
    }

    /// Whether people sign in with an account here.
    pub(super) fn asks_for_account(&self) -> bool {
        self.proxy.is_none() && self.accounts.are_there()
    }

    /// Returns who is asking; None for somebody who may not even read.
    pub(super) fn visitor(&self, asked: &Asked<'_>) -> Option<Visitor> {
        let visitor = match &self.proxy {
            Some(proxy) => proxy.named(asked).map(|name| Visitor {
                role: proxy.role(&name),
                name: Some(name),
            }),
            None => self.secret(asked).and_then(|secret| self.of_cookie(secret)),
        };
        let anybody = self.is_public.then_some(Visitor {
            name: None,
            role: AccountRole::Reader,
        });
        visitor.or(anybody)
    }

    fn of_cookie(&self, secret: &str) -> Option<Visitor> {
        let account = self.accounts.signed_in(secret).map(|account| Visitor {
            name: Some(account.name),
            role: account.role,
        });
        let has_key = same(secret, &self.derived("session"));
        let owner = || Visitor {
            name: Some(self.actor.clone()),
            role: AccountRole::Approver,
        };
        account.or_else(|| (has_key && self.asks_for_key()).then(owner))
    }

    /// Returns the cookie for a browser that comes with the key.
    pub(super) fn cookie_for(&self, key: &str) -> Option<String> {
        let is_key = same(key, &self.key) && self.asks_for_key();
        is_key.then(|| self.cookie(&self.derived("session")))
    }

    /// Returns the cookie that holds a secret.
    pub(super) fn cookie(&self, secret: &str) -> String {
        let secure = if self.origin.starts_with("https://") {
            "; Secure"
        } else {
            ""
        };
        format!("{COOKIE}={secret}; Path=/; HttpOnly; SameSite=Lax{secure}")
    }

    /// Returns the secret that the browser has in its cookie.
    pub(super) fn secret<'a>(&self, asked: &'a Asked<'_>) -> Option<&'a str> {
        let cookies = asked.header("cookie").unwrap_or_default().split(';');
        let mut pairs = cookies.filter_map(|pair| pair.trim().split_once('='));
        let found = pairs.find(|(name, _)| *name == COOKIE);
        found.map(|(_, secret)| secret)
    }

    /// Returns the token of a visitor's forms.
    pub(super) fn token(&self, visitor: Option<&Visitor>) -> String {
        let name = visitor.and_then(|visitor| visitor.name.as_deref());
        self.derived(&format!("form {}", name.unwrap_or_default()))
    }

    /// Whether a form comes from a page that the visitor got here.
    pub(super) fn is_own_form(&self, asked: &Asked<'_>, visitor: Option<&Visitor>) -> bool {
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

    fn derived(&self, what: &str) -> String {
        hex(&Sha256::digest(format!("{what} {}", self.key)))
    }
}

impl Proxy {
    /// Returns what somebody may do. Where nobody is named for it, everybody who has signed in may.
    fn role(&self, name: &String) -> AccountRole {
        let may = |named: &[String]| named.is_empty() || named.contains(name);
        match (may(&self.recorders), may(&self.approvers)) {
            (_, true) if self.approvers.contains(name) => AccountRole::Approver,
            (true, true) => AccountRole::Approver,
            (true, false) => AccountRole::Recorder,
            (false, _) => AccountRole::Reader,
        }
    }

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
