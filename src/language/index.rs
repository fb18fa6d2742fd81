//! Where each label stands in its file: worked out when the program is compiled, since a run needs few of a thousand labels.

/// Places in the index, a power of two: more than twice as many as there are labels, so that few have to move on.
const PLACES: usize = 4_096;

/// Where the labels of a file stand, by their keys.
pub(super) struct Index([Place; PLACES]);

/// A label: bytes from the beginning of the file, of the key and of the whole. A place without one has no key.
#[derive(Clone, Copy)]
struct Place {
    start: u32,
    key: u16,
    length: u16,
}

const FREE: Place = Place {
    start: 0,
    key: 0,
    length: 0,
};

impl Index {
    /// The index of a Fluent file. A label begins at the margin with its key, and goes on in lines that begin with a blank.
    pub(super) const fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut places = [FREE; PLACES];
        let (mut start, mut end) = (0, 0);
        let mut labels = 0;
        while end < bytes.len() {
            end += 1;
            let at_margin = end == bytes.len() || bytes[end] != b' ';
            if bytes[end - 1] == b'\n' && at_margin {
                let key = key_length(bytes, start);
                if key > 0 {
                    labels += 1;
                    assert!(labels < PLACES / 2, "the index has too few places");
                    assert!(end - start <= 0xffff, "a label is too long for the index");
                    let mut at = hash(bytes, start, key);
                    while places[at].key > 0 {
                        at = (at + 1) % PLACES;
                    }
                    places[at] = Place {
                        start: start as u32,
                        key: key as u16,
                        length: (end - start) as u16,
                    };
                }
                start = end;
            }
        }
        Self(places)
    }

    /// The label with this key, as it stands in the file, whose text is `text`.
    pub(super) fn find<'a>(&self, key: &str, text: &'a str) -> Option<&'a str> {
        let first = hash(key.as_bytes(), 0, key.len());
        let (before, from) = self.0.split_at_checked(first)?;
        let mut held = from.iter().chain(before).take_while(|place| place.key > 0);
        held.find_map(|place| {
            let label = text.get(place.start as usize..)?;
            let label = label.get(..place.length.into())?;
            (usize::from(place.key) == key.len() && label.starts_with(key)).then_some(label)
        })
    }
}

/// How long the key is that begins at `start`, before ` = `; 0 where none does.
const fn key_length(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while at + 1 < bytes.len() && !matches!(bytes[at], b' ' | b'#' | b'\n') {
        at += 1;
    }
    if bytes[at] == b' ' && bytes[at + 1] == b'=' {
        at - start
    } else {
        0
    }
}

/// FNV-1a, 32 bits, as a place (<http://www.isthe.com/chongo/tech/comp/fnv/>).
const fn hash(bytes: &[u8], start: usize, length: usize) -> usize {
    let mut hash = 0x811c_9dc5_u32;
    let mut at = start;
    while at < start + length {
        hash = (hash ^ bytes[at] as u32).wrapping_mul(0x0100_0193);
        at += 1;
    }
    hash as usize % PLACES
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# No label = this\n\none = One\ntwo = Two\n    and more\n\ntwo-b =\n    { $a ->\n       *[other] x\n    }\nlast = Last\n";
    static INDEX: Index = Index::of(TEXT);

    #[test]
    fn a_label_is_found_whole_by_its_key_alone() {
        assert_eq!(INDEX.find("one", TEXT), Some("one = One\n"));
        assert_eq!(INDEX.find("two", TEXT), Some("two = Two\n    and more\n"));
        let longer = "two-b =\n    { $a ->\n       *[other] x\n    }\n";
        assert_eq!(INDEX.find("two-b", TEXT), Some(longer));
        assert_eq!(INDEX.find("last", TEXT), Some("last = Last\n"));
        for missing in ["", "#", "tw", "and", "label", "# No label", "on", "last = "] {
            assert_eq!(INDEX.find(missing, TEXT), None, "{missing}");
        }
    }
}
