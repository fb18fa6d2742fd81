//! What can be taken back, and what cannot: on a registry in memory, through the one write path.

use serde_json::{Value, json};

use super::super::record::{Document, Kind};
use super::super::{Error, Intent, Store};
use super::*;
use crate::domain::{Moment, seeded_id};

/// A registry with a clock that goes on by a minute from batch to batch.
struct Desk {
    store: Store,
    minute: u32,
}

impl Desk {
    fn new() -> Self {
        let store = Store::in_memory().expect("memory");
        let mut desk = Self { store, minute: 0 };
        desk.save(&[country("TH"), party("bank", "A bank", "TH")]);
        desk
    }

    fn write<T>(
        &mut self,
        command: &'static str,
        work: impl FnOnce(&mut Writer<'_>) -> Result<T, Error>,
    ) -> Result<(T, Option<Batch>), Error> {
        self.minute += 1;
        let now: Moment = format!("2026-11-23T10:{:02}:00Z", self.minute)
            .parse()
            .expect("a time");
        let intent = Intent {
            actor: "secretariat".to_owned(),
            command,
            reason: None,
            dry_run: false,
            force_clock: false,
        };
        self.store.write(&intent, || now, work)
    }

    fn save(&mut self, documents: &[Document]) -> i64 {
        let saved = self.write("test", |writer| {
            documents
                .iter()
                .try_for_each(|document| writer.save(document.clone()).map(drop))
        });
        saved.expect("saved").1.expect("a batch").number
    }

    fn undo(&mut self, number: Option<i64>) -> Result<i64, Error> {
        let (_, batch) = self.write("undo", |writer| writer.undo(number, "secretariat", nobody))?;
        Ok(batch.map_or(0, |batch| batch.number))
    }

    fn redo(&mut self) -> Result<i64, Error> {
        let (_, batch) = self.write("redo", |writer| writer.redo("secretariat", nobody))?;
        Ok(batch.map_or(0, |batch| batch.number))
    }

    fn name(&mut self, code: &str) -> Option<String> {
        let read = self
            .store
            .read(|reader| reader.some::<super::super::Party>([code]));
        read.expect("read")
            .remove(code)
            .and_then(|party| party.facts.name_en)
    }
}

/// Nobody listens.
fn nobody(_: Trace) -> Result<(), Error> {
    Ok(())
}

fn document(kind: Kind, code: &str, mut fields: Value) -> Document {
    fields["code"] = code.into();
    fields["id"] = json!(seeded_id(kind.word(), code));
    kind.document(fields).expect("a document")
}

fn country(code: &str) -> Document {
    let names = json!({"alpha3": format!("{code}X"), "numeric": "001", "name_en": code, "name_zh": code, "name_ja": code});
    document(Kind::Country, code, names)
}

fn party(code: &str, name: &str, country: &str) -> Document {
    let fields = json!({"name_en": name, "country": country, "kind": "bank", "other_names": [], "identifiers": []});
    document(Kind::Party, code, fields)
}

fn project(code: &str, party: &str) -> Document {
    let part = json!({"number": 1, "party": party, "role": "financier", "prospective": false});
    let fields = json!({"identified": true, "title_en": "A line", "hosts": ["TH"], "objectives": [], "identifiers": [],
        "participations": [part], "events": [], "amounts": [], "risks": [], "citations": []});
    document(Kind::Project, code, fields)
}

#[test]
fn undo_goes_back_batch_by_batch_and_redo_comes_forward() {
    let mut desk = Desk::new();
    assert_eq!(desk.save(&[party("bank", "B", "TH")]), 2);
    assert_eq!(desk.save(&[party("bank", "C", "TH")]), 3);
    assert_eq!(desk.undo(None).expect("3"), 4);
    assert_eq!(desk.name("bank").as_deref(), Some("B"));
    assert_eq!(desk.undo(None).expect("2"), 5);
    assert_eq!(desk.name("bank").as_deref(), Some("A bank"));
    assert!(matches!(desk.undo(None), Err(Error::NothingTo("undo"))));
    assert_eq!(desk.redo().expect("2 again"), 6);
    assert_eq!(desk.name("bank").as_deref(), Some("B"));
    assert_eq!(desk.redo().expect("3 again"), 7);
    assert_eq!(desk.name("bank").as_deref(), Some("C"));
    assert!(matches!(desk.redo(), Err(Error::NothingTo("redo"))));
    assert_eq!(desk.undo(None).expect("3 once more"), 8);
    assert_eq!(desk.name("bank").as_deref(), Some("B"));
    let undoes: Vec<_> = desk
        .store
        .read(|reader| reader.batches(&Default::default(), i64::MAX))
        .expect("read");
    let undoes: Vec<_> = undoes.into_iter().rev().map(|batch| batch.undoes).collect();
    assert_eq!(
        undoes,
        [
            None,
            None,
            None,
            Some(3),
            Some(2),
            Some(5),
            Some(4),
            Some(3)
        ]
    );
}

#[test]
fn an_undo_can_be_undone_by_its_number() {
    let mut desk = Desk::new();
    desk.save(&[party("bank", "B", "TH")]);
    assert_eq!(desk.undo(Some(2)).expect("2"), 3);
    assert!(matches!(
        desk.undo(Some(2)),
        Err(Error::TakenBack { batch: 2, by: 3 })
    ));
    assert_eq!(desk.undo(Some(3)).expect("3"), 4);
    assert_eq!(desk.name("bank").as_deref(), Some("B"));
    assert_eq!(desk.undo(Some(2)).expect("2 again"), 5);
    assert_eq!(desk.name("bank").as_deref(), Some("A bank"));
    assert!(matches!(
        desk.undo(Some(9)),
        Err(Error::NotFound { what: "batch", .. })
    ));
}

#[test]
fn what_later_batches_changed_is_named() {
    let mut desk = Desk::new();
    desk.save(&[party("bank", "B", "TH"), party("fund", "F", "TH")]);
    desk.save(&[party("bank", "C", "TH")]);
    let refused = desk.undo(Some(2)).expect_err("overtaken");
    assert_eq!(
        refused.to_string(),
        "batch 2 cannot be undone, because later batches changed the same records: party bank (batch 3)"
    );
    assert_eq!(desk.name("fund").as_deref(), Some("F"), "nothing was done");
    // Once the later batch is undone, nothing stands in the way.
    desk.undo(Some(3)).expect("3");
    desk.undo(Some(2)).expect("2");
    assert_eq!(
        (desk.name("bank").as_deref(), desk.name("fund")),
        (Some("A bank"), None)
    );
}

#[test]
fn records_that_others_need_do_not_go() {
    let mut desk = Desk::new();
    desk.save(&[party("fund", "F", "TH")]);
    desk.save(&[project("P-0001", "fund")]);
    let refused = desk.undo(Some(2)).expect_err("needed");
    assert_eq!(
        refused.to_string(),
        "batch 2 cannot be undone, because records would refer to others that would not be there: project P-0001 to party fund"
    );
    let refused = desk.undo(Some(1)).expect_err("needed");
    let links = "party fund to country TH, project P-0001 to country TH";
    assert!(refused.to_string().ends_with(links), "{refused}");
    desk.undo(Some(3)).expect("3");
    desk.undo(Some(2)).expect("2");
    desk.undo(Some(1))
        .expect("nothing depends on the first batch any more");
    assert_eq!(desk.name("bank"), None);
    desk.redo().expect("and it comes back");
    assert_eq!(desk.name("bank").as_deref(), Some("A bank"));
}

#[test]
fn records_that_come_back_need_what_they_refer_to() {
    let mut desk = Desk::new();
    desk.save(&[party("fund", "F", "TH"), project("P-0001", "fund")]);
    desk.write("remove", |writer| writer.remove(Kind::Project, "P-0001"))
        .expect("removed");
    desk.write("remove", |writer| writer.remove(Kind::Party, "fund"))
        .expect("removed");
    let refused = desk.undo(Some(3)).expect_err("its party is gone");
    assert!(
        refused
            .to_string()
            .ends_with(": project P-0001 to party fund"),
        "{refused}"
    );
    desk.undo(None).expect("the party comes back");
    desk.undo(None).expect("then the project can");
}

#[test]
fn what_is_unique_may_pass_from_one_record_to_another() {
    let with = |code: &str, identifier: Option<&str>| {
        let identifiers: Vec<Value> = identifier
            .iter()
            .map(|identifier| json!({"scheme": "XI-LEI", "identifier": identifier}))
            .collect();
        let fields =
            json!({"name_en": code, "kind": "bank", "other_names": [], "identifiers": identifiers});
        document(Kind::Party, code, fields)
    };
    let mut desk = Desk::new();
    desk.save(&[with("one", Some("X")), with("two", None)]);
    desk.save(&[with("one", None), with("two", Some("X"))]);
    desk.undo(None).expect("in the opposite order");
    desk.redo().expect("and again");
}

#[test]
fn a_batch_that_touched_a_record_twice_is_taken_back_whole() {
    let mut desk = Desk::new();
    desk.save(&[party("bank", "B", "TH"), party("bank", "C", "TH")]);
    assert_eq!(desk.name("bank").as_deref(), Some("C"));
    desk.undo(None).expect("2");
    assert_eq!(desk.name("bank").as_deref(), Some("A bank"));
}

#[test]
fn another_record_under_the_same_code_makes_way() {
    let mut desk = Desk::new();
    let other = match party("bank", "Another", "TH") {
        Document::Party(mut party) => {
            party.facts.id = seeded_id("party", "another");
            Document::Party(party)
        }
        other => other,
    };
    desk.write("test", |writer| {
        writer.remove(Kind::Party, "bank")?;
        writer.save(other)
    })
    .expect("replaced");
    desk.undo(None).expect("2");
    assert_eq!(desk.name("bank").as_deref(), Some("A bank"));
    desk.redo().expect("2 again");
    assert_eq!(desk.name("bank").as_deref(), Some("Another"));
}

#[test]
fn of_many_records_those_that_others_need_are_named_too() {
    let mut desk = Desk::new();
    let many: Vec<Document> = (0..=MANY)
        .map(|number| party(&format!("fund-{number}"), "F", "TH"))
        .collect();
    assert_eq!(desk.save(&many), 2);
    desk.save(&[project("P-0001", "fund-7")]);
    let refused = desk.undo(Some(2)).expect_err("needed");
    let Error::Dangling { batch: 2, links } = refused else {
        panic!("{refused:?}");
    };
    let names: Vec<&str> = links.iter().map(|link| link.to.1.as_str()).collect();
    assert_eq!(names, ["fund-7"]);
    desk.undo(Some(3)).expect("3");
    desk.undo(Some(2)).expect("2");
    assert_eq!(desk.name("fund-7"), None);
    assert_eq!(desk.name("bank").as_deref(), Some("A bank"));
}

#[test]
fn of_many_records_those_that_were_changed_since_are_named() {
    let mut desk = Desk::new();
    let funds = ["a", "b", "c", "d"].map(|code| party(code, "F", "TH"));
    desk.save(&funds);
    desk.save(&[party("c", "G", "TH"), party("d", "G", "TH")]);
    desk.save(&[party("d", "F", "TH"), party("b", "H", "TH")]);
    let refused = desk.undo(Some(2)).expect_err("changed since");
    let Error::Overtaken { batch: 2, records } = refused else {
        panic!("{refused:?}");
    };
    // What says again what the batch said is in nobody's way.
    let records: Vec<_> = records
        .iter()
        .map(|(_, code, batch)| (code.as_str(), *batch))
        .collect();
    assert_eq!(records, [("b", 4), ("c", 3)]);
}

#[test]
fn the_search_knows_each_record_as_it_is() {
    let mut desk = Desk::new();
    let found = |desk: &mut Desk, name: &str| {
        let terms = crate::domain::Term::all_of(name).expect(name);
        let hits = desk
            .store
            .read(|reader| reader.search(Kind::Party, &terms))
            .expect("read");
        let codes: Vec<String> = hits.into_iter().map(|hit| hit.code).collect();
        codes
    };
    let name = |name: &str| party("bank", name, "TH");
    desk.write("test", |writer| {
        writer.save(name("First"))?;
        writer.save(party("fund", "Second", "TH"))?;
        writer.save(name("Second"))?;
        writer.remove(Kind::Party, "fund")?;
        writer.save(name("Third"))?;
        writer.remove(Kind::Party, "bank")?;
        writer.save(name("Fourth"))
    })
    .expect("2");
    for gone in ["A bank", "First", "Second", "Third"] {
        assert!(found(&mut desk, gone).is_empty(), "{gone}");
    }
    assert_eq!(found(&mut desk, "Fourth"), ["bank"]);
    desk.undo(None).expect("2");
    assert!(found(&mut desk, "Fourth").is_empty());
    assert_eq!(found(&mut desk, "A bank"), ["bank"]);
}
