//! A reading stage by stage as pictures, so that people can see what was believed and why.

use super::geometry::Homography;
use super::search::{Seen, WHOLE};
use super::straighten::{FaceBox, cut};
use super::{Findings, Insight, Quad, look};
use crate::picture::{Luma, Picture};
use crate::voucher::{Profile, Side};

/// What a stage shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The picture with the sheet's outline, the code and the number's line.
    Outline,
    /// The sheet straightened, with the layout's boxes.
    Face,
    /// The barcode's box.
    Barcode,
    /// The line of print as the net gets it.
    Line,
    /// What the net says: a column for each place of the line, a row for each character.
    Answer,
}

/// One stage.
#[derive(Clone, Debug)]
pub struct Stage {
    pub step: Step,
    /// Always with colours.
    pub picture: Picture,
    /// What was found here, in plain English: one line.
    pub note: String,
}

/// A reading and its stages.
#[derive(Clone, Debug)]
pub struct Explained {
    pub findings: Findings,
    pub stages: Vec<Stage>,
}

impl Step {
    /// Part of a file's name.
    pub fn word(self) -> &'static str {
        match self {
            Step::Outline => "outline",
            Step::Face => "face",
            Step::Barcode => "barcode",
            Step::Line => "line",
            Step::Answer => "answer",
        }
    }
}

const GREEN: [u8; 3] = [0, 170, 70];
const ORANGE: [u8; 3] = [240, 130, 0];
const BLUE: [u8; 3] = [30, 110, 240];
/// Stages are made to fit this many pixels.
const WIDE: usize = 1280;

/// Reads a picture like [`read`](super::read), and shows how.
pub fn explain(picture: &Picture, side: Side, profile: &Profile) -> Explained {
    let insight = look(picture, side, profile);
    let mut stages = vec![outline(picture, &insight)];
    stages.extend(face(picture, side, &insight, profile));
    stages.extend(barcode(picture, side, &insight));
    stages.extend(line(&insight));
    Explained { findings: insight.findings, stages }
}

fn outline(picture: &Picture, insight: &Insight<'_>) -> Stage {
    let factor = picture.luma.width.div_ceil(WIDE).max(1);
    let mut sketch = Sketch::shrunk(picture, factor);
    let small = |quad: &Quad| Quad(quad.0.map(|(x, y)| (x / factor as f32, y / factor as f32)));
    let note = match &insight.outline {
        None => "no outline found: the whole picture is searched".to_owned(),
        Some(found) => {
            let quad = small(&found.quad);
            sketch.quad(&quad, if found.firm { GREEN } else { ORANGE });
            let firm = if found.firm { "an outline, firm" } else { "an outline, not firm" };
            let more = if found.more_outside { "; something lies beside it" } else { "" };
            format!("{firm}{more}")
        }
    };
    if let Some((a, b)) = insight.code.as_ref().and_then(|code| code.ends) {
        let scaled = |p: (f32, f32)| (p.0 / factor as f32, p.1 / factor as f32);
        sketch.stroke(scaled(a), scaled(b), BLUE);
    }
    if let Some(print) = &insight.print {
        sketch.quad(&small(&print.quad), BLUE);
    }
    Stage { step: Step::Outline, picture: sketch.done(), note }
}

/// The straightened face. Without an outline there is none.
fn face(picture: &Picture, side: Side, insight: &Insight<'_>, profile: &Profile) -> Option<Stage> {
    let quad = insight.place.as_ref().map(|place| place.face).or(insight.findings.outline)?;
    let map = Homography::new(&quad)?;
    let size_mm = match (&insight.place, profile.layouts.first()) {
        (Some(place), _) => place.layout.size_mm,
        (None, Some(first)) => first.size_mm,
        (None, None) => return None,
    };
    let width = WIDE * 3 / 4;
    let height = (width as f32 * size_mm.1 / size_mm.0.max(0.1)) as usize;
    let height = height.clamp(1, 2 * WIDE);
    let mut sketch = Sketch::grey(&cut(&picture.luma, &map, &WHOLE, width, height));
    let note = match &insight.place {
        None => "upright only by guess: no layout is certain".to_owned(),
        Some(place) => {
            let mut frame = |area: &FaceBox, colour| {
                let (w, h) = (width as f32, height as f32);
                let (x, y) = (area.x * w, area.y * h);
                let (right, low) = (x + area.w * w, y + area.h * h);
                sketch.quad(&Quad([(x, y), (right, y), (right, low), (x, low)]), colour);
            };
            let number = &place.layout.number_area;
            if number.side == side {
                frame(&FaceBox::from(number), GREEN);
            }
            if let Some((_, area)) = place.layout.barcode.as_ref().filter(|(_, a)| a.side == side) {
                frame(&FaceBox::from(area), BLUE);
            }
            if let Some(area) = place.layout.kind_area.as_ref().filter(|a| a.side == side) {
                frame(&FaceBox::from(area), ORANGE);
            }
            let how = if place.by_code { ", laid by its barcode alone" } else { "" };
            let kind = insight.findings.reading.kind_text.as_ref();
            let kind = kind.map(|kind| format!(", its text says {kind}")).unwrap_or_default();
            format!("layout {}{how}{kind}", place.layout.id)
        }
    };
    Some(Stage { step: Step::Face, picture: sketch.done(), note })
}

fn barcode(picture: &Picture, side: Side, insight: &Insight<'_>) -> Option<Stage> {
    let place = insight.place.as_ref()?;
    let (_, area) = place.layout.barcode.as_ref().filter(|(_, area)| area.side == side)?;
    let map = Homography::new(&place.face)?;
    let part = FaceBox::from(area).grown(0.02, 0.02);
    let (w, h) = part.on(&map).size();
    let zoom = (WIDE as f32 / 2.0 / w.max(1.0)).clamp(0.1, 4.0);
    let size = (((w * zoom) as usize).clamp(1, WIDE), ((h * zoom) as usize).clamp(1, WIDE));
    let cut = cut(&picture.luma, &map, &part, size.0, size.1);
    let note = match &insight.code {
        None => "no barcode was read".to_owned(),
        Some(Seen { finding, votes, in_box, .. }) => {
            let place = if *in_box { "in its box" } else { "outside of its box" };
            format!("{} {} ({votes} equal reads, {place})", finding.symbology.word(), finding.text)
        }
    };
    Some(Stage { step: Step::Barcode, picture: Sketch::grey(&cut).done(), note })
}

fn line(insight: &Insight<'_>) -> Vec<Stage> {
    let Some(print) = &insight.print else {
        return Vec::new();
    };
    let note = format!("read without the grammar: {}", shown(&print.free));
    let line =
        Stage { step: Step::Line, picture: Sketch::grey(&enlarged(&print.line, 4)).done(), note };
    let said: Vec<String> = print
        .numbers
        .iter()
        .take(4)
        .map(|(number, chance)| format!("{number} {:.1} %", chance * 100.0))
        .collect();
    let note = match (said.is_empty(), print.firm) {
        (true, _) => "no number of this profile".to_owned(),
        (false, true) => said.join(", "),
        (false, false) => format!("only by the grammar, not by print alone: {}", said.join(", ")),
    };
    let chances = print.answer.chances();
    let rows = chances.first().map_or(0, |column| column.len());
    let dark = |class: usize| chances.iter().map(move |column| 255 - (column[class] * 255.0) as u8);
    let data = (0..rows).flat_map(dark).collect();
    let answer = Luma { width: chances.len(), height: rows, data };
    vec![
        line,
        Stage { step: Step::Answer, picture: Sketch::grey(&enlarged(&answer, 6)).done(), note },
    ]
}

fn shown(text: &str) -> &str {
    if text.is_empty() { "nothing" } else { text }
}

/// Each pixel as a square.
fn enlarged(luma: &Luma, by: usize) -> Luma {
    let data = (0..luma.height * by)
        .flat_map(|y| {
            let row = luma.row(y / by);
            row.iter().flat_map(move |value| std::iter::repeat_n(*value, by))
        })
        .collect();
    Luma { width: luma.width * by, height: luma.height * by, data }
}

/// A picture that is drawn on.
struct Sketch {
    width: usize,
    height: usize,
    rgb: Vec<u8>,
}

impl Sketch {
    fn grey(luma: &Luma) -> Sketch {
        let rgb = luma.data.iter().flat_map(|v| [*v; 3]).collect();
        Sketch { width: luma.width, height: luma.height, rgb }
    }

    fn shrunk(picture: &Picture, factor: usize) -> Sketch {
        match picture.shrink_rgb(factor) {
            Some((width, height, rgb)) => Sketch { width, height, rgb },
            None => Sketch::grey(&picture.luma.shrink(factor)),
        }
    }

    fn quad(&mut self, quad: &Quad, colour: [u8; 3]) {
        for i in 0..4 {
            self.stroke(quad.0[i], quad.0[(i + 1) % 4], colour);
        }
    }

    /// Three pixels wide. What isn't a number, or far outside, is left out.
    fn stroke(&mut self, a: (f32, f32), b: (f32, f32), colour: [u8; 3]) {
        let far = 4.0 * (self.width + self.height) as f32;
        if ![a.0, a.1, b.0, b.1].iter().all(|v| v.abs() <= far) {
            return;
        }
        let steps = ((b.0 - a.0).abs().max((b.1 - a.1).abs()) * 1.5) as usize + 1;
        for i in 0..=steps {
            let t = i as f32 / steps as f32;
            let (x, y) = (a.0 + t * (b.0 - a.0), a.1 + t * (b.1 - a.1));
            for dy in -1..=1 {
                for dx in -1..=1 {
                    self.dot(x as isize + dx, y as isize + dy, colour);
                }
            }
        }
    }

    fn dot(&mut self, x: isize, y: isize, colour: [u8; 3]) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else {
            return;
        };
        if x < self.width && y < self.height {
            let at = 3 * (y * self.width + x);
            self.rgb[at..at + 3].copy_from_slice(&colour);
        }
    }

    fn done(self) -> Picture {
        let data = self
            .rgb
            .chunks_exact(3)
            .map(|p| {
                ((77 * u32::from(p[0]) + 150 * u32::from(p[1]) + 29 * u32::from(p[2])) >> 8) as u8
            })
            .collect();
        let luma = Luma { width: self.width, height: self.height, data };
        Picture { luma, rgb: Some(self.rgb) }
    }
}
