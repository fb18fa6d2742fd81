//! The map of hosts: coastlines without borders, and a dot for each host, as large as it has projects.

use super::links::{Choice, Links};
use super::{MeetingView, host_of};
use crate::domain::Dimension;
use crate::render::Labels;
use crate::report::Group;

/// Coastlines, and the middles of countries and regions; `.ci/world_outline.py` has made it and says from what.
const WORLD: &str = include_str!("../world.txt");

/// The hosts of a group on a map.
pub(super) struct Map {
    pub(super) id: String,
    pub(super) caption: String,
    pub(super) dots: Vec<Dot>,
}

/// A host.
pub(super) struct Dot {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) radius: f64,
    pub(super) number: usize,
    pub(super) what: String,
    pub(super) link: Option<String>,
}

impl Dot {
    /// Returns its middle and its radius as attributes have them.
    pub(super) fn shape(&self) -> [String; 3] {
        [self.x, self.y, self.radius].map(|number| format!("{number:.1}"))
    }
}

/// Returns the lines that say something, the notes at the beginning left out.
fn lines() -> impl Iterator<Item = &'static str> {
    WORLD.lines().filter(|line| !line.starts_with('#'))
}

/// Returns the width and the height of the map, and its coastlines as a path.
pub(super) fn land() -> (&'static str, &'static str) {
    let mut lines = lines();
    let size = lines.next().unwrap_or_default();
    (size, lines.next().unwrap_or_default())
}

/// Returns where the middle of a country or region is.
fn place(code: &str) -> Option<(f64, f64)> {
    let places = lines().skip(2).filter_map(|line| {
        let mut parts = line.split(' ');
        let is_it = parts.next()? == code;
        let (x, y) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        is_it.then_some((x, y))
    });
    places.into_iter().next()
}

impl Map {
    /// Returns the hosts of a group; None when no host is stated.
    pub(super) fn of(
        view: &MeetingView,
        group: &Group,
        caption: String,
        links: &Links<'_>,
        labels: &Labels,
    ) -> Option<Self> {
        let dot = |key: &crate::report::Key, number: usize| {
            let (x, y) = place(key.as_deref()?)?;
            let choice = Choice {
                host: Some(host_of(key)),
                ..Choice::of_group(&group.group)
            };
            let name = view.label(Dimension::Country, key, labels);
            Some(Dot {
                x,
                y,
                radius: 8.0
                    + f64::from(u32::try_from(number).unwrap_or(u32::MAX))
                        .sqrt()
                        .min(12.0)
                        * 2.0,
                number,
                what: format!("{name} {number}"),
                link: links.to(&choice),
            })
        };
        let hosts = group.by_column.iter();
        let mut dots: Vec<Dot> = hosts
            .filter_map(|(key, count)| dot(key, count.projects))
            .collect();
        apart(&mut dots);
        (!dots.is_empty()).then(|| Self {
            id: format!("map-{}", group.group.to_lowercase()),
            caption,
            dots,
        })
    }
}

/// Moves dots that cover one another apart, a little at a time.
fn apart(dots: &mut [Dot]) {
    for _ in 0..60 {
        for one in 1..dots.len() {
            let (before, rest) = dots.split_at_mut(one);
            let Some(dot) = rest.first_mut() else { break };
            for other in before {
                let (x, y) = (dot.x - other.x, dot.y - other.y);
                let distance = x.hypot(y).max(0.1);
                let lacking = dot.radius + other.radius + 1.0 - distance;
                if lacking > 0.0 {
                    let (x, y) = (x / distance * lacking / 2.0, y / distance * lacking / 2.0);
                    dot.x += x;
                    dot.y += y;
                    other.x -= x;
                    other.y -= y;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outline_is_small_and_says_whose_it_is() {
        assert!(WORLD.len() < 60_000);
        assert!(WORLD.starts_with(
            "# Coastlines and middles of countries and regions: Natural Earth, public domain"
        ));
        assert!(land().1.starts_with('M'));
        for code in ["SG", "TH", "CN", "JP", "QA"] {
            assert!(place(code).is_some(), "{code}");
        }
        assert_eq!(place("XX"), None);
    }

    /// Whether a point is within the coastlines: a line to the left of it meets them an odd number of times.
    fn is_land(x: f64, y: f64) -> bool {
        let rings = land().1.split('Z').map(|ring| {
            let points = ring.trim_start_matches('M').split('L').map(|point| {
                let (x, y) = point.split_once(' ').unwrap_or(("0", "0"));
                (
                    x.parse::<f64>().expect("a number"),
                    y.parse::<f64>().expect("a number"),
                )
            });
            points.collect::<Vec<_>>()
        });
        let crossed = |ring: Vec<(f64, f64)>| {
            let next = ring.iter().cycle().skip(1);
            let sides = ring.iter().zip(next).filter(|(one, other)| {
                (one.1 > y) != (other.1 > y)
                    && one.0 + (y - one.1) / (other.1 - one.1) * (other.0 - one.0) < x
            });
            sides.count() % 2 == 1
        };
        rings.filter(|ring| ring.len() > 2).any(crossed)
    }

    #[test]
    fn every_continent_is_drawn_where_its_countries_are() {
        for code in ["CN", "KZ", "RU", "DE", "EG", "CD", "BR", "US", "AU"] {
            let (x, y) = place(code).expect(code);
            assert!(is_land(x, y), "{code}");
        }
        assert!(!is_land(5.0, 300.0), "the Pacific");
    }

    #[test]
    fn dots_do_not_cover_one_another() {
        let dot = |x| Dot {
            x,
            y: 5.0,
            radius: 10.0,
            number: 1,
            what: String::new(),
            link: None,
        };
        let mut dots = vec![dot(1.0), dot(2.0), dot(3.0)];
        apart(&mut dots);
        let distance = (dots[0].x - dots[1].x).hypot(dots[0].y - dots[1].y);
        assert!(distance > 19.0, "{distance}");
    }
}
