//! Who publishes an export.

use crate::domain::ProjectCode;

/// An organisation, as the standards name it.
#[derive(Debug, Clone)]
pub(crate) struct Reporter {
    /// Its identifier: a list code of org-id.guide and a number, where it has one.
    pub(crate) reference: String,
    pub(crate) name: String,
}

impl Reporter {
    /// A project's identifier in the eyes of the world.
    pub(crate) fn identifier(&self, code: &ProjectCode) -> String {
        format!("{}-{}", self.reference, code.as_str())
    }
}

/// An address on the web as the standards take it: absolute, in ASCII, without blanks. None where the text is no such address.
pub(crate) fn web_address(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    if !matches!(scheme, "http" | "https")
        || rest.starts_with(['/', '?', '#', ':'])
        || rest.is_empty()
    {
        return None;
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host =
        |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':');
    if !host.chars().all(is_host)
        || rest
            .chars()
            .any(|letter| letter.is_control() || letter.is_whitespace())
    {
        return None;
    }
    let mut address = format!("{scheme}://");
    let mut bytes = rest.bytes().peekable();
    let mut fragments = 0;
    while let Some(byte) = bytes.next() {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(&byte);
        let is_fragment = byte == b'#' && fragments == 0;
        let is_escape = byte == b'%' && bytes.peek().is_some_and(u8::is_ascii_hexdigit) && {
            let mut ahead = bytes.clone();
            ahead.next();
            ahead.next().is_some_and(|byte| byte.is_ascii_hexdigit())
        };
        fragments += usize::from(byte == b'#');
        if is_plain || is_escape || is_fragment {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(address)
}

#[cfg(test)]
mod tests {
    use super::web_address;

    #[test]
    fn addresses_are_absolute_and_plain() {
        let written = |text| web_address(text).unwrap_or_default();
        assert_eq!(
            written("https://a.jp/é?q=%20#x#y"),
            "https://a.jp/%C3%A9?q=%20#x%23y"
        );
        assert_eq!(written("https://a.jp/%zz|\""), "https://a.jp/%25zz%7C%22");
        for text in [
            "",
            "javascript:alert(1)",
            "https://",
            "https:///x",
            "http://a b/",
            "https://é.jp/",
            "ftp://a/",
        ] {
            assert_eq!(web_address(text), None, "{text:?}");
        }
    }
}
