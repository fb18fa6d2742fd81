//! Places in the paper and units of its figures in the language of the reader.

use crate::language::Labels;

/// `Table 2`, `section 3.1 and footnote 18`, `footnotes 7 and 13`: each part in its own words.
pub(crate) fn printed_in(text: &str, labels: &Labels) -> String {
    let mut kind = "";
    let parts = text.split(" and ").map(|part| {
        let known = [
            ("section ", "section"),
            ("Table ", "table"),
            ("Figure ", "figure"),
            ("footnotes ", "footnote"),
            ("footnote ", "footnote"),
        ];
        let found = known
            .into_iter()
            .find_map(|(prefix, key)| Some((key, part.strip_prefix(prefix)?)));
        let number = match found {
            Some((key, number)) => {
                kind = key;
                number
            }
            None => part,
        };
        if kind.is_empty() {
            return part.to_owned();
        }
        let number = [("number", number.to_owned().into())];
        labels.with(&format!("printed-{kind}"), &number)
    });
    labels.list(&parts.collect::<Vec<_>>())
}

/// The unit of a figure; one that the language files do not know as it is.
pub(crate) fn unit(unit: &str, labels: &Labels) -> String {
    let key = format!("unit-{}", unit.replace(", ", "-").replace(' ', "-"));
    let label = labels.text(&key);
    if label == key { unit.to_owned() } else { label }
}
