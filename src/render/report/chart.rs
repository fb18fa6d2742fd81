//! Charts as shapes of SVG. The page's template writes them, its style sheet gives them their colours, and the table beneath each
//! chart has the same figures.

use super::palette::class_of;
use crate::domain::Status;

/// The width of a chart; the page scales it.
const WIDTH: i32 = 880;
const BAR: i32 = 26;
const PITCH: i32 = 38;

/// A bar or a column: its label and how many projects stand in which status.
pub(super) struct Stack {
    pub(super) label: String,
    pub(super) parts: Vec<(Option<Status>, usize)>,
}

impl Stack {
    fn total(&self) -> usize {
        self.parts.iter().map(|(_, count)| count).sum()
    }
}

/// A curve that climbs in steps, from 0 to 1 over years.
pub(super) struct Climb {
    pub(super) label: String,
    pub(super) steps: Vec<(f64, f64)>,
    pub(super) is_cancelled: bool,
}

/// A finished chart: lines lie beneath blocks, and blocks beneath texts.
#[derive(Default)]
pub(super) struct Drawing {
    pub(super) width: i32,
    pub(super) height: i32,
    pub(super) lines: Vec<Line>,
    pub(super) blocks: Vec<Block>,
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

/// A part of a bar.
pub(super) struct Block {
    pub(super) class: &'static str,
    pub(super) x: i32,
    pub(super) y: i32,
    pub(super) width: i32,
    pub(super) height: i32,
    /// Its number, where there is room.
    pub(super) number: String,
    /// What it is, and the address of the projects behind it.
    pub(super) link: Option<(String, String)>,
}

impl Block {
    /// Returns the middle of the block.
    pub(super) fn middle(&self) -> (i32, i32) {
        (self.x + self.width / 2, self.y + self.height / 2)
    }
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

/// Draws bars from top to bottom, all on one scale.
pub(super) fn bars(stacks: &[Stack]) -> Drawing {
    const LEFT: i32 = 190;
    const RIGHT: i32 = 60;
    let mut drawing = Drawing::of(WIDTH, PITCH * pixels(stacks.len()) + 8);
    let largest = largest(stacks);
    for (place, stack) in (0..).zip(stacks) {
        let (top, middle) = (PITCH * place + 6, PITCH * place + 6 + BAR / 2);
        drawing.write("ink", (LEFT - 14, middle), "end", &stack.label);
        let space = WIDTH - LEFT - RIGHT;
        let end = drawing.strip(&stack.parts, (LEFT, top, BAR), largest, space);
        drawing.write("muted", (end + 10, middle), "start", &stack.total());
    }
    drawing
}

/// Draws columns from left to right.
pub(super) fn columns(stacks: &[Stack]) -> Drawing {
    const HEIGHT: i32 = 210;
    const FOOT: i32 = 24 + HEIGHT;
    let mut drawing = Drawing::of(WIDTH, FOOT + 30);
    let largest = largest(stacks);
    let pitch = WIDTH / pixels(stacks.len().max(8));
    let wide = (pitch - 8).min(64);
    drawing.line("axis", [(0, FOOT), (WIDTH, FOOT)]);
    for (place, stack) in (0..).zip(stacks) {
        let (left, middle) = (
            pitch * place + (pitch - wide) / 2,
            pitch * place + pitch / 2,
        );
        let (mut foot, mut before) = (FOOT, 0);
        for (status, count) in &stack.parts {
            before += count;
            let head = FOOT - share(before, largest, HEIGHT);
            drawing.block(*status, *count, (left, head), (left + wide, foot - 1));
            foot = head;
        }
        drawing.write("muted", (middle, foot - 10), "middle", &stack.total());
        drawing.write("ink", (middle, FOOT + 15), "middle", &stack.label);
    }
    drawing
}

/// Draws one flat bar over the whole width: how a group as a whole is made up.
pub(super) fn strip_of(parts: &[(Option<Status>, usize)]) -> Drawing {
    const SPACE: i32 = 440;
    let all = parts.iter().map(|(_, count)| count).sum::<usize>().max(1);
    let mut drawing = Drawing::of(SPACE, 32);
    drawing.strip(parts, (0, 2, 28), all, SPACE);
    drawing
}

/// Draws curves over years, on a scale from nothing to all.
pub(super) fn curves(climbs: &[Climb], years: f64, axis: &str) -> Drawing {
    const LEFT: i32 = 56;
    const TOP: i32 = 10;
    const RIGHT: i32 = WIDTH - 210;
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

    /// Adds one bar, its parts from left to right, and returns where it ends.
    fn strip(
        &mut self,
        parts: &[(Option<Status>, usize)],
        (left, top, height): (i32, i32, i32),
        largest: usize,
        space: i32,
    ) -> i32 {
        let (mut start, mut before) = (left, 0);
        for (status, count) in parts {
            before += count;
            let end = left + share(before, largest, space);
            let corner = ((end - 2).max(start + 1), top + height);
            self.block(*status, *count, (start, top), corner);
            start = end;
        }
        start
    }

    /// Adds a part of a bar, with its number in it where there is room.
    fn block(
        &mut self,
        status: Option<Status>,
        count: usize,
        (x, y): (i32, i32),
        (right, bottom): (i32, i32),
    ) {
        let (width, height) = ((right - x).max(0), (bottom - y).max(0));
        let mut number = count.to_string();
        if width < 8 * pixels(number.len()) + 6 || height < 15 {
            number.clear();
        }
        self.blocks.push(Block {
            class: class_of(status),
            x,
            y,
            width,
            height,
            number,
            link: None,
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
    while taken.iter().any(|other| (other - height).abs() < 17) {
        height -= 1;
    }
    taken.push(height);
    height
}

fn largest(stacks: &[Stack]) -> usize {
    stacks.iter().map(Stack::total).max().unwrap_or(0).max(1)
}

fn pixels(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

fn rounded(place: f64) -> i32 {
    place.round() as i32
}

/// Returns `count` of `all` as a part of `space` pixels.
fn share(count: usize, all: usize, space: i32) -> i32 {
    let space = usize::try_from(space).unwrap_or_default();
    pixels(count.saturating_mul(space) / all.max(1))
}
