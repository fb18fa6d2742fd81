//! Why a project of a plan is not taken, in the language of the reader.

use super::Applying;
use crate::exchange::{Effect, PlanItem};

impl Applying<'_> {
    /// What was wrong with the rows.
    pub(super) fn faults(&self, item: &PlanItem) -> String {
        self.sentences(item, |effect| effect >= Effect::DropRow)
            .join(&self.labels.text("import-separator"))
    }

    fn sentences(&self, item: &PlanItem, is_meant: fn(Effect) -> bool) -> Vec<String> {
        let findings = item
            .findings
            .iter()
            .filter(|finding| is_meant(finding.effect));
        findings
            .map(|finding| finding.shown().sentence(&self.labels))
            .collect()
    }

    /// What somebody would have to decide.
    pub(super) fn open(&self, item: &PlanItem) -> String {
        let steps = item.backward.iter();
        let mut reasons: Vec<String> = steps.map(|step| step.sentence(&self.labels)).collect();
        reasons.extend(self.sentences(item, |effect| effect == Effect::Ask));
        if !reasons.is_empty() {
            reasons.insert(0, self.labels.text("import-undecided"));
            return reasons.join(&self.labels.text("import-separator"));
        }
        let candidates = item.candidates.iter();
        let candidates: Vec<String> = candidates
            .map(|candidate| format!("{} ({})", candidate.code, candidate.score))
            .collect();
        if candidates.is_empty() {
            return self.labels.text("import-undecided");
        }
        let candidates = self.labels.list(&candidates).into();
        self.labels
            .with("import-undecided-of", &[("candidates", candidates)])
    }
}
