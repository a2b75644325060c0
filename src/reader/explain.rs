//! A reading stage by stage as pictures, so that people can see what was believed and why.

use super::geometry::{Homography, distance};
use super::print::{ALPHABET, Print};
use super::search::{Seen, WHOLE};
use super::sketch::Sketch;
use super::straighten::{FaceBox, cut};
use super::{Findings, Insight, Point, Quad, look};
use crate::picture::{Luma, Picture};
use crate::voucher::profile::Area;
use crate::voucher::steps::{Mark, Note, Step};
use crate::voucher::{Profile, Side, Symbology};

/// One stage.
#[derive(Clone, Debug)]
pub struct Stage {
    pub step: Step,
    /// Always with colours.
    pub picture: Picture,
    /// What is drawn on it.
    pub marks: Vec<Mark>,
    pub note: Note,
}

/// A reading and its stages.
#[derive(Clone, Debug)]
pub struct Explained {
    pub findings: Findings,
    pub stages: Vec<Stage>,
}

/// No side of the picture, the face or the code is longer, pixels.
const LONGEST: usize = 1280;
/// A pixel of the line is so many pixels wide and high.
const LINE_ZOOM: usize = 4;
/// Height of a row of the answer, pixels.
const ROW: usize = 20;
/// So many rows can still be told apart.
const ROWS: usize = 16;
/// A character that nowhere has this chance gets no row.
const WORTH_A_ROW: f32 = 0.05;

/// Reads a picture like [`read`](super::read), and shows how.
pub fn explain(picture: &Picture, side: Side, profile: &Profile) -> Explained {
    let insight = look(picture, side, profile);
    let mut stages = vec![outline(picture, side, &insight)];
    stages.extend(face(picture, side, &insight));
    stages.extend(barcode(picture, side, &insight));
    if let Some(print) = &insight.print {
        stages.push(line(print));
        stages.extend(answer(print));
    }
    Explained { findings: insight.findings, stages }
}

fn outline(picture: &Picture, side: Side, insight: &Insight<'_>) -> Stage {
    let factor = picture.luma.width.max(picture.luma.height).div_ceil(LONGEST).max(1);
    let mut sketch = Sketch::shrunk(picture, factor);
    let small = |p: Point| (p.0 / factor as f32, p.1 / factor as f32);
    let mut marks = Vec::new();
    let note = match &insight.outline {
        None => Note::NoOutline,
        Some(found) => {
            sketch.quad(&Quad(found.quad.0.map(small)), Mark::Sheet);
            marks.push(Mark::Sheet);
            Note::Outline { firm: found.firm, beside: found.more_outside }
        }
    };
    let code = insight.code.as_ref();
    if let Some((a, b)) = code.and_then(|code| code.ends) {
        sketch.stroke(small(a), small(b), Mark::Barcode);
        marks.push(Mark::Barcode);
    } else if let (Some(_), Some((map, part))) = (code, code_box(side, insight)) {
        sketch.quad(&Quad(part.on(&map).0.map(small)), Mark::Barcode);
        marks.push(Mark::Barcode);
    }
    if let Some(print) = &insight.print {
        sketch.quad(&Quad(print.quad.0.map(small)), Mark::Number);
        marks.push(Mark::Number);
    }
    Stage { step: Step::Outline, picture: sketch.done(), marks, note }
}

/// The straightened face. Without an outline there is none.
fn face(picture: &Picture, side: Side, insight: &Insight<'_>) -> Option<Stage> {
    let quad = insight.place.as_ref().map(|place| place.face).or(insight.findings.outline)?;
    let map = Homography::new(&quad)?;
    let (w, h) = match &insight.place {
        Some(place) => place.layout.size_mm,
        None => quad.size(),
    };
    let scale = LONGEST as f32 / w.max(h).max(0.1);
    let size = (pixels(w * scale), pixels(h * scale));
    let mut sketch = Sketch::grey(&cut(&picture.luma, &map, &WHOLE, size.0, size.1));
    let Some(place) = &insight.place else {
        let picture = sketch.done();
        return Some(Stage { step: Step::Face, picture, marks: Vec::new(), note: Note::NoLayout });
    };
    let layout = place.layout;
    let boxes = [
        (Some(&layout.number_area), Mark::Number),
        (layout.barcode.as_ref().map(|(_, area)| area), Mark::Barcode),
        (layout.kind_area.as_ref(), Mark::Kind),
    ];
    let mut marks = Vec::new();
    for (area, mark) in boxes {
        if let Some(area) = area.filter(|area| area.side == side) {
            sketch.quad(&on_cut(area, size), mark);
            marks.push(mark);
        }
    }
    let kind = insight.findings.reading.kind_text.clone();
    let note = Note::Layout { layout: layout.id.clone(), by_code: place.by_code, kind };
    Some(Stage { step: Step::Face, picture: sketch.done(), marks, note })
}

/// A box of the face in pixels of its cut.
fn on_cut(area: &Area, size: (usize, usize)) -> Quad {
    let (w, h) = (size.0 as f32, size.1 as f32);
    let (x, y) = (area.x * w, area.y * h);
    let (right, low) = (x + area.w * w, y + area.h * h);
    Quad([(x, y), (right, y), (right, low), (x, low)])
}

/// A length of a cut: at least one pixel, at most the longest.
fn pixels(length: f32) -> usize {
    (length as usize).clamp(1, LONGEST)
}

/// The layout's box for the barcode, if it has one on this side.
fn code_box(side: Side, insight: &Insight<'_>) -> Option<(Homography, FaceBox)> {
    let place = insight.place.as_ref()?;
    let (_, area) = place.layout.barcode.as_ref().filter(|(_, area)| area.side == side)?;
    Some((Homography::new(&place.face)?, FaceBox::from(area).grown(0.02, 0.02)))
}

/// The code where it was found, else the box in which none was.
fn barcode(picture: &Picture, side: Side, insight: &Insight<'_>) -> Option<Stage> {
    let code = insight.code.as_ref();
    let (map, part) = match code.and_then(along) {
        Some(quad) => (Homography::new(&quad)?, WHOLE),
        None => code_box(side, insight)?,
    };
    let (w, h) = part.on(&map).size();
    let zoom = (LONGEST as f32 / 2.0 / w.max(1.0)).clamp(0.1, 4.0);
    let cut = cut(&picture.luma, &map, &part, pixels(w * zoom), pixels(h * zoom));
    let note = match code {
        None => Note::NoBarcode,
        Some(Seen { finding, votes, in_box, .. }) => {
            Note::Barcode { found: finding.clone(), votes: *votes, in_box: *in_box }
        }
    };
    let picture = Sketch::grey(&cut).done();
    Some(Stage { step: Step::Barcode, picture, marks: Vec::new(), note })
}

/// A strip along a code that was found by its ends.
fn along(code: &Seen) -> Option<Quad> {
    let (a, b) = code.ends?;
    let length = distance(a, b);
    if length < 8.0 {
        return None;
    }
    let square = matches!(code.finding.symbology, Symbology::QrCode | Symbology::DataMatrix);
    let (rim, half) = if square { (0.2, 0.7) } else { (0.1, 0.2) };
    let way = (b.0 - a.0, b.1 - a.1);
    let at = |end: Point, along: f32, across: f32| {
        (end.0 + along * way.0 - across * way.1, end.1 + along * way.1 + across * way.0)
    };
    Some(Quad([at(a, -rim, -half), at(b, rim, -half), at(b, rim, half), at(a, -rim, half)]))
}

fn line(print: &Print) -> Stage {
    let picture = Sketch::grey(&enlarged(&print.line, LINE_ZOOM, LINE_ZOOM)).done();
    let note = Note::Line { free: print.free.clone() };
    Stage { step: Step::Line, picture, marks: Vec::new(), note }
}

/// As wide as the line, so that a place of one lies under that of the other. None if the net saw
/// nothing but gaps.
fn answer(print: &Print) -> Option<Stage> {
    let chances = print.answer.chances();
    let most = |at: &usize| chances.iter().map(|column| column[at + 1]).fold(0.0, f32::max);
    let mut classes: Vec<usize> =
        (0..ALPHABET.len()).filter(|at| most(at) >= WORTH_A_ROW).collect();
    if classes.is_empty() {
        return None;
    }
    classes.sort_by(|a, b| most(b).total_cmp(&most(a)));
    classes.truncate(ROWS);
    classes.sort_unstable();
    let dark = |at: &usize| {
        let at = *at;
        chances.iter().map(move |column| 255 - (column[at + 1] * 255.0) as u8)
    };
    let data = classes.iter().flat_map(dark).collect();
    let plain = Luma { width: chances.len(), height: classes.len(), data };
    let wide = (print.line.width * LINE_ZOOM / plain.width.max(1)).max(1);
    let picture = Sketch::grey(&enlarged(&plain, wide, ROW)).done();
    let rows = classes.iter().map(|at| ALPHABET[*at]).collect();
    let numbers = print.numbers.iter().take(4);
    let numbers = numbers
        .map(|(number, chance)| (number.clone(), (chance.clamp(0.0, 1.0) * 1000.0) as u16))
        .collect();
    let note = Note::Answer { rows, numbers, firm: print.firm };
    Some(Stage { step: Step::Answer, picture, marks: Vec::new(), note })
}

/// Each pixel as a box.
fn enlarged(luma: &Luma, wide: usize, high: usize) -> Luma {
    let data = (0..luma.height * high)
        .flat_map(|y| {
            let row = luma.row(y / high);
            row.iter().flat_map(move |value| std::iter::repeat_n(*value, wide))
        })
        .collect();
    Luma { width: luma.width * wide, height: luma.height * high, data }
}
