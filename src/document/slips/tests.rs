//! Texts that are read, and those that are refused with their lines.

use super::*;
use crate::document::read::ProjectText;
use crate::domain::*;

/// The project, when nothing is wrong with its text.
fn whole(text: &str) -> Result<ProjectText, Error> {
    let reading = read(text)?;
    match reading.project {
        Some(project) if reading.slips.is_empty() => Ok(project),
        _ => Err(Error::Slips(reading.slips)),
    }
}

fn amount(text: &str) -> Result<String, String> {
    let document = format!(
        "code = \"P-0001\"\nidentified = true\n[[amounts]]\nkind = \"loan\"\nbasis = \"pledge\"\ncurrency = \"USD\"\namount = {text}"
    );
    let read = whole(&document).map_err(|error| error.to_string())?;
    let amount = read.amounts.first().map(|amount| amount.amount);
    Ok(amount.map(|amount| amount.to_string()).unwrap_or_default())
}

#[test]
fn numbers_are_what_was_typed_or_refused() {
    assert_eq!(
        amount("\"92233720368547758.07\"").as_deref(),
        Ok("92233720368547758.07")
    );
    assert_eq!(amount("\"22.50\"").as_deref(), Ok("22.50"));
    assert_eq!(amount("22.5").as_deref(), Ok("22.5"));
    assert_eq!(amount("465000000").as_deref(), Ok("465000000"));
    for text in [
        "92233720368547758.07",
        "1e300",
        "inf",
        "nan",
        "\"1,000\"",
        "true",
    ] {
        assert!(amount(text).is_err(), "{text}");
    }
}

#[test]
fn words_are_read_in_three_languages() {
    let project = |status: &str| {
        let text = format!(
            "code = \"P-0001\"\nidentified = true\nsector = \"能源\"\nobjectives = [\"産業高度化\"]\n[[events]]\nkind = \"状态\"\nstatus = \"{status}\"\n"
        );
        whole(&text).map_err(|error| error.to_string())
    };
    let read = project("完了").expect("a project");
    assert_eq!(read.sector, Some(Sector::Energy));
    assert_eq!(read.objectives, [Objective::IndustrialUpgrading]);
    let events: Vec<_> = read
        .events
        .iter()
        .map(|event| (event.kind, event.status))
        .collect();
    assert_eq!(events, [(EventKind::Status, Some(Status::Completed))]);
    assert!(project("中止").is_err_and(|error| error.contains("cancelled, suspended")));
    assert!(project("signd").is_err_and(|error| error.contains("did you mean “signed”?")));
}

#[test]
fn slips_are_named_all_at_once() {
    let text = "code = \"P-0001\"\nidentified = true\nsector = \"enrgy\"\n[[events]]\nkind = \"status\"\non_date = \"2019-02-30\"\n";
    let Err(Error::Slips(slips)) = whole(text).map(drop) else {
        panic!("slips");
    };
    let mut lines: Vec<usize> = slips.iter().map(|slip| slip.line).collect();
    lines.sort_unstable();
    assert_eq!(lines, [3, 6]);
    let broken = whole("code = \"P-0001\"\nidentified = true\n[[events]]\nkind = \"state\"\n");
    assert!(matches!(broken, Err(Error::Slips(slips)) if slips.len() == 1));
}

#[test]
fn slips_are_named_by_their_line() {
    let slip = whole("code = \"P-0001\"\n\nidentified = yes").map(|_| ());
    assert!(slip.is_err_and(|slip| slip.to_string().contains("line 3: ")));
    assert!(matches!(whole("# a\n\n"), Err(Error::Empty)));
    assert!(whole("code = \"P-0001\"\nidentified = true\ntitle_en = \"\\uD800\"").is_err());
}

#[test]
fn thirty_slips_are_named_at_once_and_the_rest_is_read() {
    let mut text =
        "title_en = \"Wind farm\"\nsector = \"enrgy\"\nmode = investment\nmodel = 3\n".to_owned();
    for _ in 0..9 {
        text.push_str(
            "[[participations]]\nparty = \"marubeni\"\nrole = \"ownr\"\nshare_percent = \"140\"\n",
        );
        text.push_str(
            "[[events]]\nkind = \"status\"\nstatus = \"signed\"\non_date = \"2026-13\"\n",
        );
    }
    text.push_str("[[participations]]\nrole = \"owner\"\n[[participations]]\nparty = \"powerchina\"\nrole = \"owner\"\n");
    let reading = read(&text).expect("a text");
    let lines: Vec<usize> = reading.slips.iter().map(|slip| slip.line).collect();
    assert_eq!(lines.len(), 31, "{lines:?}");
    let project = reading.project.expect("the rest");
    assert_eq!(project.title_en.as_deref(), Some("Wind farm"));
    let parties: Vec<&str> = project
        .participations
        .iter()
        .map(|part| part.party.as_str())
        .collect();
    assert_eq!(parties, ["powerchina"]);
    assert!(project.events.is_empty());
}
