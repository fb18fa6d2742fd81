//! Charts as SVG, drawn by plotters. Each is a picture with a title and a description for those who cannot see it; the table
//! beneath it has the same figures.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::palette::{GUIDE, INK, LIGHT, MUTED, STRONG, WARM, paint};
use crate::domain::Status;
use crate::render::Error;

/// A chart's width; the page scales it.
const WIDTH: u32 = 880;
/// Size of writing, as plotters counts it: 13.7 pixels.
const SIZE: u32 = 17;
const BAR: i32 = 26;
const PITCH: i32 = 38;

/// A bar or a column: its label and how many projects stand in which status.
pub(super) struct Stack {
    pub(super) label: String,
    pub(super) parts: Vec<(Option<Status>, usize)>,
}

/// A curve that climbs in steps, from 0 to 1 over years.
pub(super) struct Climb {
    pub(super) label: String,
    pub(super) steps: Vec<(f64, f64)>,
    pub(super) is_cancelled: bool,
}

/// A finished chart.
pub(super) struct Drawing {
    pub(super) width: u32,
    pub(super) height: i32,
    /// Elements of SVG, with every text in them escaped.
    pub(super) inner: String,
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Bars beside each other from top to bottom, all on one scale.
pub(super) fn bars(stacks: &[Stack]) -> Result<Drawing, Error> {
    const LEFT: i32 = 190;
    const RIGHT: i32 = 60;
    let height = PITCH * pixels(stacks.len()) + 8;
    let largest = largest(stacks);
    draw(WIDTH, height, |area| {
        for (place, stack) in (0..).zip(stacks) {
            let (top, middle) = (PITCH * place + 6, PITCH * place + 6 + BAR / 2);
            write(area, &stack.label, (LEFT - 14, middle), INK, HPos::Right)?;
            let end = strip(
                area,
                &stack.parts,
                (LEFT, top, BAR),
                largest,
                pixels(WIDTH as usize) - LEFT - RIGHT,
            )?;
            write(
                area,
                &total(stack).to_string(),
                (end + 10, middle),
                MUTED,
                HPos::Left,
            )?;
        }
        Ok(())
    })
}

/// Columns beside each other from left to right.
pub(super) fn columns(stacks: &[Stack]) -> Result<Drawing, Error> {
    const TOP: i32 = 24;
    const HEIGHT: i32 = 210;
    let largest = largest(stacks);
    let pitch = pixels(WIDTH as usize) / pixels(stacks.len().max(8));
    let wide = (pitch - 8).min(64);
    draw(WIDTH, TOP + HEIGHT + 30, |area| {
        line(
            area,
            [(0, TOP + HEIGHT), (pixels(WIDTH as usize), TOP + HEIGHT)],
            MUTED,
        )?;
        for (place, stack) in (0..).zip(stacks) {
            let (left, middle) = (
                pitch * place + (pitch - wide) / 2,
                pitch * place + pitch / 2,
            );
            let mut foot = TOP + HEIGHT;
            let mut before = 0;
            for (status, count) in &stack.parts {
                before += count;
                let head = TOP + HEIGHT - share(before, largest, HEIGHT);
                block(
                    area,
                    *status,
                    *count,
                    [(left, head), (left + wide, foot - 1)],
                )?;
                foot = head;
            }
            write(
                area,
                &total(stack).to_string(),
                (middle, foot - 10),
                MUTED,
                HPos::Center,
            )?;
            write(
                area,
                &stack.label,
                (middle, TOP + HEIGHT + 15),
                INK,
                HPos::Center,
            )?;
        }
        Ok(())
    })
}

/// Curves over years, on a scale from nothing to all.
pub(super) fn curves(climbs: &[Climb], years: f64, axis: &str) -> Result<Drawing, Error> {
    const RIGHT: u32 = 210;
    draw(WIDTH, 290, |area| {
        let plot = area.margin(10, 0, 0, RIGHT);
        let mut chart = ChartBuilder::on(&plot)
            .x_label_area_size(48)
            .y_label_area_size(56)
            .build_cartesian_2d(0.0..years, 0.0..1.0)
            .map_err(failed)?;
        let style = |colour: RGBColor| ("sans", SIZE).into_font().color(&colour);
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(GUIDE)
            .axis_style(MUTED)
            .label_style(style(MUTED))
            .x_desc(axis)
            .axis_desc_style(style(MUTED))
            .x_labels(10)
            .y_labels(5)
            .x_label_formatter(&|years| format!("{years:.0}"))
            .y_label_formatter(&|share| format!("{:.0}%", share * 100.0))
            .draw()
            .map_err(failed)?;
        let mut taken = Vec::new();
        for (place, climb) in climbs.iter().enumerate() {
            let colour = match (climb.is_cancelled, place) {
                (true, _) => WARM,
                (_, 0) => LIGHT,
                _ => STRONG,
            };
            let points = stairs(climb, years);
            let style = colour.stroke_width(3 - u32::from(climb.is_cancelled));
            let last = points.last().copied().unwrap_or((years, 0.0));
            if place == 0 {
                chart
                    .draw_series(LineSeries::new(points, style))
                    .map_err(failed)?;
            } else {
                let dashed = DashedLineSeries::new(
                    points,
                    9 - 3 * pixels(place).unsigned_abs().min(2),
                    5,
                    style,
                );
                chart.draw_series(dashed).map_err(failed)?;
            }
            let (x, y) = chart.backend_coord(&last);
            let y = free(y, &mut taken);
            write(area, &climb.label, (x + 10, y), colour, HPos::Left)?;
        }
        Ok(())
    })
}

/// The corners of a curve that holds its height until the next step, from nothing to the last day.
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

/// A height for a label near `wanted` where none stands yet.
fn free(wanted: i32, taken: &mut Vec<i32>) -> i32 {
    let mut height = wanted;
    while taken.iter().any(|other| (other - height).abs() < 17) {
        height -= 1;
    }
    taken.push(height);
    height
}

/// One bar: its parts from left to right. Answers where it ends.
fn strip(
    area: &Area<'_>,
    parts: &[(Option<Status>, usize)],
    (left, top, height): (i32, i32, i32),
    largest: usize,
    space: i32,
) -> Result<i32, Error> {
    let (mut start, mut before) = (left, 0);
    for (status, count) in parts {
        before += count;
        let end = left + share(before, largest, space);
        block(
            area,
            *status,
            *count,
            [(start, top), ((end - 2).max(start + 1), top + height)],
        )?;
        start = end;
    }
    Ok(start)
}

/// A part of a bar, with its number in it where there is room.
fn block(
    area: &Area<'_>,
    status: Option<Status>,
    count: usize,
    corners: [(i32, i32); 2],
) -> Result<(), Error> {
    let colours = paint(status);
    area.draw(&Rectangle::new(corners, colours.fill.filled()))
        .map_err(failed)?;
    let [(left, top), (right, bottom)] = corners;
    let text = count.to_string();
    let wide = 8 * pixels(text.len()) + 6;
    if right - left >= wide && bottom - top >= 15 {
        write(
            area,
            &text,
            ((left + right) / 2, (top + bottom) / 2),
            colours.ink,
            HPos::Center,
        )?;
    }
    Ok(())
}

fn write(
    area: &Area<'_>,
    text: &str,
    at: (i32, i32),
    colour: RGBColor,
    side: HPos,
) -> Result<(), Error> {
    let font = ("sans", SIZE).into_font().color(&colour);
    let style = font.pos(Pos::new(side, VPos::Center));
    area.draw_text(text, &style, at).map_err(failed)
}

fn line(area: &Area<'_>, points: [(i32, i32); 2], colour: RGBColor) -> Result<(), Error> {
    area.draw(&PathElement::new(points, colour.stroke_width(1)))
        .map_err(failed)
}

/// Draws, and keeps what stands within the `svg` element: the page writes the element itself, with its title.
fn draw(
    width: u32,
    height: i32,
    work: impl FnOnce(&Area<'_>) -> Result<(), Error>,
) -> Result<Drawing, Error> {
    let mut text = String::new();
    {
        let size = (width, height.unsigned_abs());
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        work(&area)?;
        area.present().map_err(failed)?;
    }
    let inner = text.split_once('>').map_or("", |(_, inner)| inner);
    let inner = inner
        .trim_end()
        .trim_end_matches("</svg>")
        .replace(" opacity=\"1\"", "");
    Ok(Drawing {
        width,
        height,
        inner,
    })
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Chart(error.to_string())
}

fn largest(stacks: &[Stack]) -> usize {
    stacks.iter().map(total).max().unwrap_or_default().max(1)
}

fn total(stack: &Stack) -> usize {
    stack.parts.iter().map(|(_, count)| count).sum()
}

fn pixels(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// `count` of `all` as a part of `space` pixels.
fn share(count: usize, all: usize, space: i32) -> i32 {
    let space = usize::try_from(space).unwrap_or_default();
    pixels(count.saturating_mul(space) / all.max(1))
}

/// One flat bar over the whole width: how a group as a whole is made up.
pub(super) fn strip_of(parts: &[(Option<Status>, usize)]) -> Result<Drawing, Error> {
    const SPACE: u32 = 440;
    let all = parts.iter().map(|(_, count)| count).sum::<usize>().max(1);
    draw(SPACE, 32, |area| {
        strip(area, parts, (0, 2, 28), all, pixels(SPACE as usize)).map(drop)
    })
}
