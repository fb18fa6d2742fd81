//! What a document is, as its own bytes tell it. Its name is not asked: it may say anything.

/// A media type, and the ending that file names of it have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MediaType {
    /// As RFC 6838 writes it.
    pub(crate) name: &'static str,
    /// Without a dot.
    pub(crate) extension: &'static str,
}

impl MediaType {
    /// Returns whether a viewer only shows what is of this type: no programs, no macros, no scripts.
    pub(crate) fn is_only_shown(self) -> bool {
        let images = ["image/png", "image/jpeg", "image/tiff", "image/gif"];
        ["application/pdf", "text/plain"].contains(&self.name) || images.contains(&self.name)
    }
}

/// Returns the type of a document.
pub(crate) fn media_type(bytes: &[u8]) -> MediaType {
    let (name, extension) = match infer::get(bytes) {
        Some(found) => (found.mime_type(), found.extension()),
        None if !bytes.contains(&0) && str::from_utf8(bytes).is_ok() => ("text/plain", "txt"),
        None => ("application/octet-stream", "bin"),
    };
    MediaType { name, extension }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_tell_the_type() {
        let cases: [(&[u8], &str, bool); 6] = [
            (b"%PDF-1.7\n", "application/pdf", true),
            (b"\x89PNG\r\n\x1a\n", "image/png", true),
            ("覚書".as_bytes(), "text/plain", true),
            (b"<!DOCTYPE html><p>", "text/html", false),
            (b"#!/bin/sh\nrm x", "text/x-shellscript", false),
            (b"\x00\x01", "application/octet-stream", false),
        ];
        for (bytes, name, is_only_shown) in cases {
            let found = media_type(bytes);
            assert_eq!((found.name, found.is_only_shown()), (name, is_only_shown));
        }
    }
}
