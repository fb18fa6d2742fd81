//! Records of one sort, one a row: the shape of most lists.

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

/// A list of records. JSON is the array of them, with all their fields; the columns say what people see.
#[derive(Debug)]
pub(crate) struct Listing {
    pub(crate) columns: Vec<Shown>,
    pub(crate) items: Vec<Map<String, Value>>,
}

/// A field that people see.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) field: &'static str,
    /// Key of the label over its column.
    pub(crate) label: &'static str,
    pub(crate) holds: Holds,
    /// Whether nothing stands there where nothing is stated, and the whole column is left out where that is so everywhere.
    pub(crate) is_optional: bool,
    /// The pages of the web desk that its codes lead to: `party` for `party/itochu`.
    pub(crate) leads_to: Option<&'static str>,
}

/// What a field holds, where people see it otherwise than data have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    Plain,
    /// Words of a vocabulary, by the key of the labels.
    Words(&'static str),
    /// A title: with a field `is_translated` that is true, it is shown with the mark of translations.
    Title,
    /// A recorded time, shown in the zone of the reader.
    Time,
    /// A number of days, shown in years and months.
    Days,
    /// An array of pairs, each the key of a label and a command line that the web desk offers a form for.
    Offers,
}

impl Shown {
    /// A field shown as it is, under the label `field-…`.
    pub(crate) const fn plain(field: &'static str, label: &'static str) -> Self {
        Self::holding(Holds::Plain, field, label)
    }

    /// A field whose words are labelled.
    pub(crate) const fn word(
        field: &'static str,
        label: &'static str,
        words: &'static str,
    ) -> Self {
        Self::holding(Holds::Words(words), field, label)
    }

    /// A field that people see otherwise.
    pub(crate) const fn holding(holds: Holds, field: &'static str, label: &'static str) -> Self {
        Self {
            field,
            label,
            holds,
            is_optional: false,
            leads_to: None,
        }
    }

    /// A title in the reader's language.
    pub(crate) const fn title(field: &'static str, label: &'static str) -> Self {
        Self::holding(Holds::Title, field, label)
    }

    /// The field as one whose codes lead to pages of the web desk.
    pub(crate) const fn leading_to(mut self, place: &'static str) -> Self {
        self.leads_to = Some(place);
        self
    }

    /// The field as one that may be left blank.
    pub(crate) const fn optional(mut self) -> Self {
        self.is_optional = true;
        self
    }
}

impl Listing {
    /// A list of `records`, each with the fields that it has as JSON and those of `more`.
    pub(crate) fn of<R: Serialize>(
        columns: &'static [Shown],
        records: impl IntoIterator<Item = (R, Vec<(&'static str, Value)>)>,
    ) -> serde_json::Result<Self> {
        let mut items = Vec::new();
        for (record, more) in records {
            let mut item = match serde_json::to_value(record)? {
                Value::Object(item) => item,
                other => Map::from_iter([("value".to_owned(), other)]),
            };
            item.extend(
                more.into_iter()
                    .map(|(name, value)| (name.to_owned(), value)),
            );
            items.push(item);
        }
        Ok(Self {
            columns: columns.to_vec(),
            items,
        })
    }
}

impl Serialize for Listing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.items.serialize(serializer)
    }
}

/// One record with lists of what belongs to it. JSON is the record, with the lists as fields.
#[derive(Debug)]
pub(crate) struct Card {
    pub(crate) title: String,
    pub(crate) columns: &'static [Shown],
    pub(crate) record: Map<String, Value>,
    /// Name in JSON, key of the heading, and the list.
    pub(crate) lists: Vec<(&'static str, &'static str, Listing)>,
}

impl Serialize for Card {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut whole = self.record.clone();
        for (name, _, list) in &self.lists {
            let items = list.items.iter().cloned().map(Value::Object).collect();
            whole.insert((*name).to_owned(), Value::Array(items));
        }
        whole.serialize(serializer)
    }
}
