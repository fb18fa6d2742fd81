//! Charts as shapes of SVG. The page's template writes them, its style sheet gives them their colours, and the table beneath each
//! chart has the same figures. Bars are measured in per cent of the space that there is, so that their texts keep their size on a
//! phone and on paper.

use super::palette::class_of;
use crate::domain::Status;

/// The width of a chart of curves; the page scales it.
const WIDTH: i32 = 680;
const BAR: i32 = 20;

/// A bar: its label and how many projects stand in which status.
pub(super) struct Stack {
    pub(super) label: String,
    /// What stands between the label and the bar.
    pub(super) mark: String,
    pub(super) parts: Vec<(Option<Status>, usize)>,
}

impl Stack {
    fn total(&self) -> usize {
        self.parts.iter().map(|(_, count)| count).sum()
    }
}

/// Bars from top to bottom, all on one scale.
pub(super) struct Bars {
    pub(super) height: i32,
    pub(super) bars: Vec<Bar>,
}

/// A bar of several parts. Places and widths are per cent, heights are pixels.
pub(super) struct Bar {
    pub(super) label: String,
    /// The height of the middle of the label.
    pub(super) label_y: i32,
    pub(super) mark: String,
    pub(super) y: i32,
    pub(super) height: i32,
    pub(super) blocks: Vec<Block>,
    pub(super) end: String,
    /// The number of all, at the end of the bar.
    pub(super) total: String,
}

/// A part of a bar.
pub(super) struct Block {
    pub(super) class: &'static str,
    pub(super) x: String,
    pub(super) width: String,
    pub(super) middle: String,
    /// Its number, where there is room.
    pub(super) number: String,
    /// Whether there is no room for the number on a phone.
    pub(super) is_small: bool,
    /// What it is, and the address of the projects behind it.
    pub(super) link: Option<(String, String)>,
}

impl Bar {
    /// Returns the height of the middle of the bar.
    pub(super) fn middle(&self) -> i32 {
        self.y + self.height / 2
    }
}

/// A curve that climbs in steps, from 0 to 1 over years.
pub(super) struct Climb {
    pub(super) label: String,
    pub(super) steps: Vec<(f64, f64)>,
    pub(super) is_cancelled: bool,
}

/// A finished chart of curves: lines lie beneath texts.
#[derive(Default)]
pub(super) struct Drawing {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) lines: Vec<Line>,
    pub(super) texts: Vec<Text>,
}

/// A line through points.
pub(super) struct Line {
    pub(super) class: &'static str,
    /// `x,y` and blanks.
    pub(super) points: String,
    /// Length of a dash; 0 for a line without gaps.
    pub(super) dash: usize,
}

/// A text whose middle lies at the height `y`.
pub(super) struct Text {
    pub(super) class: &'static str,
    pub(super) x: i32,
    pub(super) y: i32,
    /// `start`, `middle` or `end`.
    pub(super) anchor: &'static str,
    pub(super) text: String,
}

/// Where the bars of a chart begin and end, in per cent, and how far they are apart.
struct Space {
    left: f64,
    right: f64,
    pitch: i32,
    /// The height of the bar beneath its label.
    drop: i32,
}

/// Draws bars with their labels above them.
pub(super) fn bars(stacks: &[Stack]) -> Bars {
    let space = Space {
        left: 0.0,
        right: 90.0,
        pitch: 48,
        drop: 18,
    };
    draw(stacks, &space)
}

/// Draws bars with their short labels before them, and their marks between.
pub(super) fn rows(stacks: &[Stack]) -> Bars {
    let has_marks = stacks.iter().any(|stack| !stack.mark.is_empty());
    let space = Space {
        left: if has_marks { 28.0 } else { 13.0 },
        right: 90.0,
        pitch: 26,
        drop: 0,
    };
    draw(stacks, &space)
}

fn draw(stacks: &[Stack], space: &Space) -> Bars {
    let largest = stacks.iter().map(Stack::total).max();
    let largest = largest.unwrap_or(0).max(1);
    let bar = |(place, stack): (i32, &Stack)| {
        let top = space.pitch * place + 2;
        let (blocks, end) = blocks(&stack.parts, (space.left, space.right), largest);
        Bar {
            label: stack.label.clone(),
            label_y: top + if space.drop > 0 { 7 } else { BAR / 2 },
            mark: stack.mark.clone(),
            y: top + space.drop,
            height: BAR,
            blocks,
            end: percent(end),
            total: stack.total().to_string(),
        }
    };
    Bars {
        height: space.pitch * pixels(stacks.len()) + 2,
        bars: (0..).zip(stacks).map(bar).collect(),
    }
}

/// Draws one flat bar over the whole width: how a group as a whole is made up.
pub(super) fn strip_of(parts: &[(Option<Status>, usize)]) -> Bars {
    let all = parts.iter().map(|(_, count)| count).sum::<usize>().max(1);
    let (blocks, end) = blocks(parts, (0.0, 100.0), all);
    let strip = Bar {
        label: String::new(),
        label_y: 0,
        mark: String::new(),
        y: 0,
        height: 28,
        blocks,
        end: percent(end),
        total: String::new(),
    };
    Bars {
        height: 28,
        bars: vec![strip],
    }
}

/// Returns the parts of a bar from left to right, and where it ends.
fn blocks(
    parts: &[(Option<Status>, usize)],
    (left, right): (f64, f64),
    largest: usize,
) -> (Vec<Block>, f64) {
    /// Widths of a phone and of a page, in hundredths.
    const PHONE: f64 = 3.3;
    const PAGE: f64 = 6.5;
    let exact = |count: usize| f64::from(pixels(count));
    let (mut x, mut found) = (left, Vec::new());
    for (status, count) in parts {
        let width = exact(*count) / exact(largest) * (right - left);
        let mut number = count.to_string();
        let needed = exact(8 * number.len() + 6);
        if width * PAGE < needed {
            number.clear();
        }
        found.push(Block {
            class: class_of(*status),
            x: percent(x),
            width: percent(width),
            middle: percent(x + width / 2.0),
            number,
            is_small: width * PHONE < needed,
            link: None,
        });
        x += width;
    }
    (found, x)
}

/// Returns a number of per cent as an attribute has it.
fn percent(number: f64) -> String {
    format!("{number:.2}%")
}

/// Draws curves over years, on a scale from nothing to all.
pub(super) fn curves(climbs: &[Climb], years: f64, axis: &str) -> Drawing {
    const LEFT: i32 = 56;
    const TOP: i32 = 10;
    const RIGHT: i32 = WIDTH - 230;
    const FOOT: i32 = 242;
    let mut drawing = Drawing::of(WIDTH, FOOT + 48);
    let x = |at: f64| f64::from(LEFT) + at / years * f64::from(RIGHT - LEFT);
    let y = |share: f64| f64::from(FOOT) - share * f64::from(FOOT - TOP);
    for fifth in 0..=5 {
        let height = FOOT - (FOOT - TOP) * fifth / 5;
        drawing.line("guide", [(LEFT, height), (RIGHT, height)]);
        let percent = format!("{}%", 20 * fifth);
        drawing.write("muted", (LEFT - 8, height), "end", &percent);
    }
    let step = (years / 10.0).ceil().max(1.0);
    let marks = std::iter::successors(Some(0.0), |mark| Some(mark + step));
    for mark in marks.take_while(|mark| *mark <= years) {
        drawing.write("muted", (rounded(x(mark)), FOOT + 14), "middle", &mark);
    }
    drawing.line("axis", [(LEFT, TOP), (LEFT, FOOT)]);
    drawing.line("axis", [(LEFT, FOOT), (RIGHT, FOOT)]);
    drawing.write("muted", ((LEFT + RIGHT) / 2, FOOT + 38), "middle", &axis);
    let mut taken = Vec::new();
    for (place, climb) in climbs.iter().enumerate() {
        let (curve, label) = match (climb.is_cancelled, place) {
            (true, _) => ("curve thin warm", "warm"),
            (_, 0) => ("curve light", "light"),
            _ => ("curve strong", "strong"),
        };
        let corners = stairs(climb, years);
        let points = corners
            .iter()
            .map(|(at, share)| format!("{:.1},{:.1}", x(*at), y(*share)));
        drawing.lines.push(Line {
            class: curve,
            points: points.collect::<Vec<_>>().join(" "),
            dash: [0, 6, 3].get(place).copied().unwrap_or(3),
        });
        let end = corners.last().map_or(0.0, |(_, share)| *share);
        let height = free(rounded(y(end)), &mut taken);
        drawing.write(label, (RIGHT + 10, height), "start", &climb.label);
    }
    drawing
}

impl Drawing {
    fn of(width: i32, height: i32) -> Self {
        Self {
            width,
            height,
            ..Self::default()
        }
    }

    fn write(
        &mut self,
        class: &'static str,
        (x, y): (i32, i32),
        anchor: &'static str,
        text: &impl ToString,
    ) {
        self.texts.push(Text {
            class,
            x,
            y,
            anchor,
            text: text.to_string(),
        });
    }

    fn line(&mut self, class: &'static str, points: [(i32, i32); 2]) {
        let [(x, y), (end_x, end_y)] = points;
        self.lines.push(Line {
            class,
            points: format!("{x},{y} {end_x},{end_y}"),
            dash: 0,
        });
    }
}

/// Returns the corners of a curve that keeps its height until the next step, from nothing to the last day.
fn stairs(climb: &Climb, years: f64) -> Vec<(f64, f64)> {
    let mut points = vec![(0.0, 0.0)];
    let mut height = 0.0;
    for (at, next) in &climb.steps {
        points.extend([(*at, height), (*at, *next)]);
        height = *next;
    }
    points.push((years, height));
    points
}

/// Returns a height for a label near `wanted` where no other label is.
fn free(wanted: i32, taken: &mut Vec<i32>) -> i32 {
    let mut height = wanted;
    while taken.iter().any(|other| (other - height).abs() < 24) {
        height -= 1;
    }
    taken.push(height);
    height
}

fn pixels(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn rounded(place: f64) -> i32 {
    place.round() as i32
}
