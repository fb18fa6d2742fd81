//! The first of a list are the first of the whole list, whatever the conditions.

use super::*;
use crate::domain::{Horizon, Mode, Side, Status};
use crate::store::Store;

#[test]
fn the_first_are_those_of_the_whole_list() {
    let none = Filter::default;
    let mut filters = vec![none()];
    for mode in [
        vec![None],
        vec![Some(Mode::Investment)],
        vec![Some(Mode::Engineering), None],
    ] {
        filters.push(Filter { mode, ..none() });
    }
    let (th, vn) = ("TH".parse().ok(), "VN".parse().ok());
    for country in [vec![None], vec![th.clone()], vec![th.clone(), vn, None]] {
        filters.push(Filter {
            country: country.clone(),
            ..none()
        });
        filters.push(Filter {
            country,
            side: vec![Side::Japanese],
            ..none()
        });
    }
    for status in [
        vec![None],
        vec![Some(Status::Signed)],
        vec![Some(Status::Completed), None],
    ] {
        filters.push(Filter {
            status: status.clone(),
            ..none()
        });
        filters.push(Filter {
            status,
            year: vec![Some(2018), Some(2019)],
            ..none()
        });
    }
    filters.push(Filter {
        party: vec!["marubeni".to_owned(), "jbic".to_owned()],
        ..none()
    });
    filters.push(Filter {
        forum: vec![None],
        identified: vec![true],
        ..none()
    });
    let mut store = Store::seeded_in_memory();
    for (as_of, limit) in [("2026-11-23", 7), ("2019-06-30", 3), ("2026-11-23", 200)] {
        let horizon = Horizon {
            as_of: as_of.parse().expect(as_of),
            known: "2026-11-23".parse().expect("a day"),
            zone: crate::domain::Zone::UTC,
        };
        for filter in &filters {
            let (first, mut whole) = store
                .read(|reader| {
                    let first = reader.lines(filter, horizon, Wanted::EVERYTHING, Some(limit))?;
                    Ok::<_, Error>((
                        first,
                        reader.lines(filter, horizon, Wanted::EVERYTHING, None)?,
                    ))
                })
                .expect("read");
            whole.truncate(limit);
            assert_eq!(first, whole, "{filter:?} as of {as_of}");
        }
    }
}
