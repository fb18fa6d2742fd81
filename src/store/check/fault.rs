//! What is wrong with a record.

use crate::message::{Explain, Message};

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where: `title_en`, `events 3`.
    pub(crate) field: String,
    pub(crate) why: Message,
    /// Whether it is a step back, which may be said out loud instead of corrected.
    pub(crate) is_step_back: bool,
}

impl Fault {
    pub(in crate::store) fn new(field: impl Into<String>, why: impl Into<Message>) -> Self {
        Self {
            field: field.into(),
            why: why.into(),
            is_step_back: false,
        }
    }
}

impl Explain for Fault {
    fn message(&self) -> Message {
        message!(
            "error-in-field",
            field = in_words(&self.field),
            why = self.why
        )
    }
}

explained!(Fault);

/// `events 3 on_date` as people say it: "Event 3, Date".
fn in_words(field: &str) -> Vec<Message> {
    let label = |field: &str| Message::new(format!("field-{field}"));
    let words: Vec<&str> = field.split(' ').collect();
    let [list, number, rest @ ..] = words.as_slice() else {
        return words.into_iter().map(label).collect();
    };
    let Ok(number) = number.parse::<u32>() else {
        return words.into_iter().map(label).collect();
    };
    let first = match *list {
        "participations" | "events" | "amounts" | "risks" => {
            Message::new(format!("item-{list}")).with("number", &number)
        }
        list => message!("error-item", list = label(list), number),
    };
    std::iter::once(first)
        .chain(rest.iter().map(|field| label(field)))
        .collect()
}
