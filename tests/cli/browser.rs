//! A browser for the tests of the web desk: it starts the desk, has its key, and speaks HTTP.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Stdio};

use crate::env::Env;

/// A web desk at work, ended when the test ends.
pub(crate) struct Desk {
    pub(crate) env: Env,
    pub(crate) child: Child,
    /// Host and port.
    pub(crate) host: String,
    pub(crate) cookie: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Desk {
    pub(crate) fn open(more: &[&str]) -> Self {
        Self::open_on(Env::seeded(), more)
    }

    pub(crate) fn open_on(env: Env, more: &[&str]) -> Self {
        let serve = ["serve", "--listen", "127.0.0.1:0", "--no-browser"];
        let mut command = env.command(&[&serve, more].concat());
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program runs");
        let said = BufReader::new(child.stderr.take().expect("its talk"));
        let line = said.lines().next().expect("a line").expect("UTF-8");
        let start = line.find("http://").expect("an address") + 7;
        let rest = &line[start..];
        let host = rest.split('/').next().expect("a host").to_owned();
        let path = rest.split_whitespace().next().expect("an address");
        let mut desk = Self {
            env,
            child,
            host,
            cookie: String::new(),
        };
        if let Some((_, query)) = path.split_once('?') {
            let answer = desk.get(&format!("/?{query}"));
            assert_eq!(answer.status, 303, "{}", answer.head);
            let cookie = answer.header("set-cookie");
            assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
            desk.cookie = cookie.split(';').next().expect("a cookie").to_owned();
        }
        desk
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_in("en", path)
    }

    pub(crate) fn get_in(&self, language: &str, path: &str) -> Answer {
        self.send(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nAccept-Language: {language}\r\nConnection: close\r\n\r\n",
            self.host, self.cookie
        ))
    }

    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.post_from("same-origin", path, fields)
    }

    pub(crate) fn post_from(&self, site: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = encoded(fields);
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nSec-Fetch-Site: {site}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.host,
            self.cookie,
            body.len()
        ))
    }

    /// Sends a form with a file.
    pub(crate) fn post_file(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        (name, file): (&str, &str),
    ) -> Answer {
        let mut body = String::new();
        for (name, value) in fields {
            body.push_str(&format!(
                "--part\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            ));
        }
        body.push_str(&format!(
            "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n\
             {file}\r\n--part--\r\n"
        ));
        self.send(&format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: multipart/form-data; boundary=part\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            self.host,
            self.cookie,
            body.len()
        ))
    }

    /// Signs in with an account; the cookie is kept when that was done.
    pub(crate) fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        self.cookie.clear();
        let token = self.get("/sign-in").token();
        let fields = [
            ("token", token.as_str()),
            ("name", name),
            ("password", password),
            ("back", "/todo"),
        ];
        let answer = self.post("/sign-in", &fields);
        if answer.status == 303 {
            let cookie = answer.header("set-cookie");
            assert!(cookie.contains("HttpOnly; SameSite=Lax"), "{cookie}");
            self.cookie = cookie.split(';').next().expect("a cookie").to_owned();
        }
        answer
    }

    /// The body of an answer that is no text.
    pub(crate) fn get_bytes(&self, path: &str) -> Vec<u8> {
        let bytes = self.exchange(&format!(
            "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nConnection: close\r\n\r\n",
            self.host, self.cookie
        ));
        assert!(bytes.starts_with(b"HTTP/1.1 200"), "{path}");
        let end = bytes.windows(4).position(|part| part == b"\r\n\r\n");
        bytes[end.expect("a head") + 4..].to_vec()
    }

    pub(crate) fn send(&self, request: &str) -> Answer {
        let bytes = self.exchange(request);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).expect("a status");
        Answer {
            status: status.parse().expect("a number"),
            head: head.to_owned(),
            body: body.to_owned(),
        }
    }

    fn exchange(&self, request: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(&self.host).expect("a connection");
        stream.write_all(request.as_bytes()).expect("it is sent");
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).expect("an answer");
        bytes
    }

    /// The token of the forms.
    pub(crate) fn token(&self) -> String {
        self.get("/record/status").token()
    }

    pub(crate) fn batches(&self) -> usize {
        let log = self.env.tpmc(&["log", "--format", "json"]).json();
        log.as_array().expect("batches").len()
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    /// The token of the page's form.
    pub(crate) fn token(&self) -> String {
        let rest = self.body.split("name=\"token\" value=\"").nth(1);
        let token = rest.and_then(|rest| rest.split('"').next());
        token.expect("a token").to_owned()
    }

    pub(crate) fn header(&self, name: &str) -> String {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let found = lines.find(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.to_owned()).unwrap_or_default()
    }

    /// The addresses of this desk that its links lead to.
    pub(crate) fn links(&self) -> BTreeSet<String> {
        let links = self.body.split("href=\"/").skip(1);
        let links = links.filter_map(|rest| rest.split('"').next());
        links
            .map(|link| format!("/{}", link.replace("&amp;", "&").replace("&#38;", "&")))
            .collect()
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        text.bytes()
            .map(|byte| match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => (byte as char).to_string(),
                byte => format!("%{byte:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    pairs.join("&")
}
