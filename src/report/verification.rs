//! The result of a check of the registry or of a proof.

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::RecordChange;
use crate::domain::Moment;
use crate::message::Message;
use crate::store::{Checked, Finding, Kind, Step};

/// A check of the registry.
#[derive(Debug, Serialize)]
pub(crate) struct Verification {
    pub(crate) verified: bool,
    /// None when the journal does not say it.
    pub(crate) origin: Option<String>,
    pub(crate) batches: i64,
    pub(crate) entries: u64,
    pub(crate) records: usize,
    pub(crate) root: String,
    /// Checkpoints that it was compared with.
    pub(crate) against: Vec<String>,
    /// Signatures that were checked and are good.
    pub(crate) signatures: Vec<Signed>,
    pub(crate) findings: Vec<Found>,
    /// Findings beyond those that are listed.
    pub(crate) more: usize,
}

/// A good signature on a checkpoint.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Signed {
    pub(crate) checkpoint: String,
    pub(crate) name: String,
    /// The id of the key, in eight hexadecimal digits.
    pub(crate) key: String,
    /// When a witness signed; a log does not say.
    pub(crate) time: Option<Moment>,
}

/// One thing that is wrong.
#[derive(Debug, Serialize)]
pub(crate) struct Found {
    /// A word that stays the same in every release and language.
    pub(crate) id: &'static str,
    pub(crate) kind: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) field: Option<String>,
    pub(crate) entry: Option<i64>,
    pub(crate) batch: Option<i64>,
    #[serde(serialize_with = "plain")]
    pub(crate) expected: Option<Message>,
    #[serde(serialize_with = "plain")]
    pub(crate) found: Option<Message>,
    /// A sentence for people, in their language.
    pub(crate) message: String,
}

/// What programs read: the same in every language.
fn plain<S: Serializer>(said: &Option<Message>, serializer: S) -> Result<S::Ok, S::Error> {
    match said {
        Some(said) => serializer.collect_str(said),
        None => serializer.serialize_none(),
    }
}

impl Verification {
    /// `against` names the checkpoints that it was compared with, and their signatures; `message` puts a finding into words.
    pub(crate) fn of(
        origin: Option<String>,
        (against, signatures): (Vec<String>, Vec<Signed>),
        checked: Checked,
        message: impl Fn(&Found) -> String,
    ) -> Self {
        let found = |finding: Finding| Found {
            id: finding.fault.word(),
            message: String::new(),
            kind: finding.kind,
            code: finding.code,
            field: finding.field,
            entry: finding.entry,
            batch: finding.batch,
            expected: finding.expected,
            found: finding.found,
        };
        let worded = |mut found: Found| {
            found.message = message(&found);
            found
        };
        Self {
            verified: checked.findings.is_empty(),
            origin,
            batches: checked.batches,
            entries: checked.entries,
            records: checked.records,
            root: checked.root.to_string(),
            against,
            signatures,
            findings: checked
                .findings
                .into_iter()
                .map(found)
                .map(worded)
                .collect(),
            more: checked.more,
        }
    }
}

/// A proof that was found good, and what it proves.
#[derive(Debug, Serialize)]
pub(crate) struct ProofReport {
    pub(crate) origin: String,
    pub(crate) entries: u64,
    pub(crate) root: String,
    /// Names of those whose signatures were checked; a witness with the time at which it signed.
    pub(crate) signatures: Vec<String>,
    /// Entries at the earlier time, of a proof between two times.
    pub(crate) from: Option<u64>,
    pub(crate) entry: Option<u64>,
    pub(crate) kind: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) batch: Option<i64>,
    /// What the entry says of the record; null when it says that the record was removed.
    pub(crate) document: Option<Value>,
    /// Entries after it in the journal that was signed, of a proof of one entry: each may have changed the record.
    pub(crate) later_entries: Option<u64>,
}

impl ProofReport {
    /// What the entry says of the record, field by field; none when this program does not know such records.
    pub(crate) fn says(&self) -> Option<RecordChange> {
        let kind = Kind::ALL
            .iter()
            .find(|kind| self.kind.as_deref() == Some(kind.word()))?;
        let document = kind.document(self.document.clone()?).ok()?;
        let step = Step {
            kind: *kind,
            code: document.code().to_owned(),
            before: None,
            after: Some(document),
        };
        Some(RecordChange::of(&step, None))
    }
}
