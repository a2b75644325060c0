//! Where a sheet's barcode is looked for: in the layouts' boxes, then on the face, then in the whole
//! picture; it stops at the first content that is a number of the profile.

use super::barcode::{Found, Lines, Votes, Wanted, chord, read_squares, read_strips, scan};
use super::geometry::{Homography, distance};
use super::looks::like_a_code;
use super::straighten::{FaceBox, cut};
use super::{Point, Quad};
use crate::picture::{Luma, Picture};
use crate::voucher::barcode::BarcodeRule;
use crate::voucher::profile::{Area, Identified};
use crate::voucher::{BarcodeFinding, Layout, LayoutId, Number, Profile, Side, Symbology};

/// How well a content fits the profile, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Number(Number, LayoutId),
    /// A layout's form with a wrong check digit.
    Nearly(LayoutId),
    Other,
}

/// A content that may be believed.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub finding: BarcodeFinding,
    pub fit: Fit,
    pub votes: usize,
    /// How often the outline must be turned by 90 degrees so that its first corner is the face's top left.
    pub turn: Option<usize>,
    /// Found in its layout's box, so the outline and the way up are right.
    pub in_box: bool,
    /// Begin and end in the picture.
    pub ends: Option<(Point, Point)>,
}

/// Everything that one search needs.
pub(super) struct Search<'a> {
    pub luma: &'a Luma,
    pub side: Side,
    pub profile: &'a Profile,
    wanted: Wanted,
    lines: Option<Lines>,
}

impl<'a> Search<'a> {
    pub fn new(picture: &'a Picture, side: Side, profile: &'a Profile) -> Search<'a> {
        let wanted = wanted_of(
            profile
                .layouts
                .iter()
                .filter_map(|layout| layout.barcode.as_ref())
                .filter(|(_, area)| area.side == side)
                .map(|(rule, _)| rule),
        );
        Search { luma: &picture.luma, side, profile, lines: Lines::new(&wanted), wanted }
    }

    /// False if the profile has no barcode on this side.
    pub fn any(&self) -> bool {
        !self.wanted.symbologies.is_empty()
    }

    /// The layouts' boxes, each way up that the outline's shape allows, the one that looks the most
    /// like a code first. Boxes that look like none are left to the search of the face.
    pub fn boxes(&mut self, outline: &Quad) -> Vec<Seen> {
        let profile = self.profile;
        let mut boxes = Vec::new();
        for layout in &profile.layouts {
            let Some((rule, area)) = &layout.barcode else {
                continue;
            };
            if area.side != self.side {
                continue;
            }
            for turn in turns(outline, layout) {
                if let Some(map) = Homography::new(&outline.turned(turn)) {
                    let like = like_a_code(self.luma, &map, area, rule);
                    boxes.push((like, rule, area, turn, map));
                }
            }
        }
        boxes.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut seen: Vec<Seen> = Vec::new();
        for (_, rule, area, turn, map) in boxes.into_iter().filter(|one| one.0 > 0.05) {
            let votes = read_box(self.luma, &map, area, rule);
            for found in votes.believed() {
                let fit = fit(profile, &found.finding);
                seen.push(Seen {
                    finding: found.finding,
                    fit,
                    votes: found.votes,
                    turn: Some(turn),
                    in_box: true,
                    ends: None,
                });
            }
            if numbers(&seen) > 0 {
                return seen;
            }
        }
        seen
    }

    /// Everywhere on the face.
    pub fn face(&mut self, outline: &Quad) -> Vec<Seen> {
        let mut votes = Votes::default();
        let degrees = tilt(outline);
        let (width, height) = outline.size();
        if let Some(lines) = self.lines.as_mut() {
            scan(lines, self.luma, outline, degrees, height / 56.0, &mut votes);
            if votes.believed().is_empty() && self.profile.layouts.iter().any(upright_bars) {
                scan(lines, self.luma, outline, degrees + 90.0, width / 80.0, &mut votes);
            }
        }
        if self.wanted.squares() && votes.believed().is_empty() {
            let scale = (1400.0 / width).min(1.0);
            let size = ((width * scale) as usize, (height * scale) as usize);
            if let Some(map) = Homography::new(outline) {
                let face = cut(self.luma, &map, &WHOLE, size.0, size.1);
                for mut found in read_squares(&face, &self.wanted, true).0 {
                    let back = |p: Point| map.map(p.0 / size.0 as f32, p.1 / size.1 as f32);
                    found.ends = found.ends.map(|(a, b)| (back(a), back(b)));
                    votes.add(found);
                }
            }
        }
        self.judged(&votes, Some(outline))
    }

    /// Everywhere in the picture, at all angles that a sheet may lie at.
    pub fn picture(&mut self, outline: Option<&Quad>) -> Vec<Seen> {
        let angles = [0.0, -15.0, 15.0, 90.0, -30.0, 30.0];
        let votes = everywhere(self.luma, &self.wanted, self.lines.as_mut(), &angles, true);
        self.judged(&votes, outline)
    }

    /// A glance at what lies beside the sheet: another sheet, mostly in parallel.
    pub fn beside(&mut self, outline: &Quad) -> Vec<Seen> {
        let rest = without(self.luma, outline);
        let angles = [tilt(outline)];
        let votes = everywhere(&rest, &self.wanted, self.lines.as_mut(), &angles, false);
        let mut seen = self.judged(&votes, None);
        for one in &mut seen {
            one.turn = None;
        }
        seen
    }

    /// The second number of schemes that print two, if it has a barcode on this side.
    pub fn second(&self, upright: &Quad, layout: &Layout) -> Option<BarcodeFinding> {
        let second = layout.second.as_ref()?;
        let rule = second.barcode.as_ref()?;
        if second.area.side != self.side {
            return None;
        }
        let map = Homography::new(upright)?;
        let votes = read_box(self.luma, &map, &second.area, rule);
        votes
            .believed()
            .into_iter()
            .map(|found| found.finding)
            .find(|finding| rule.number_text(finding.symbology, &finding.text).is_some())
    }

    fn judged(&self, votes: &Votes, outline: Option<&Quad>) -> Vec<Seen> {
        votes
            .believed()
            .into_iter()
            .map(|found| {
                let fit = fit(self.profile, &found.finding);
                let turn = outline.and_then(|quad| self.turn_by_place(quad, &found, &fit));
                Seen {
                    finding: found.finding,
                    fit,
                    votes: found.votes,
                    turn,
                    in_box: false,
                    ends: found.ends,
                }
            })
            .collect()
    }

    /// The way up that puts the layout's box where the code was found; codes whose direction says
    /// otherwise don't count.
    fn turn_by_place(&self, outline: &Quad, found: &Found, fit: &Fit) -> Option<usize> {
        let layout = self.profile.layout(fit.layout()?)?;
        let (_, area) = layout.barcode.as_ref()?;
        let (begin, end) = found.ends?;
        let middle = ((begin.0 + end.0) / 2.0, (begin.1 + end.1) / 2.0);
        let away = |turn: usize| -> Option<f32> {
            let map = Homography::new(&outline.turned(turn))?;
            let place = map.map(area.x + area.w / 2.0, area.y + area.h / 2.0);
            let left = map.map(area.x, area.y + area.h / 2.0);
            let forward =
                (end.0 - begin.0) * (place.0 - left.0) + (end.1 - begin.1) * (place.1 - left.1);
            (upright_bars(layout) || forward > 0.0).then(|| distance(middle, place))
        };
        turns(outline, layout)
            .into_iter()
            .filter_map(|turn| Some((turn, away(turn)?)))
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(turn, _)| turn)
    }
}

/// The picture with white where the quad is.
fn without(luma: &Luma, quad: &Quad) -> Luma {
    let mut rest = luma.clone();
    for (y, row) in rest.data.chunks_exact_mut(luma.width.max(1)).enumerate() {
        let Some((a, b)) = chord(quad, (1.0, 0.0), y as f32 + 0.5) else {
            continue;
        };
        let from = (a.0.max(0.0) as usize).min(row.len());
        let until = (b.0.max(0.0) as usize).clamp(from, row.len());
        row[from..until].fill(255);
    }
    rest
}

/// Angle of the top and bottom sides in degrees.
fn tilt(outline: &Quad) -> f32 {
    let [a, b, c, d] = outline.0;
    let way = (b.0 - a.0 + c.0 - d.0, b.1 - a.1 + c.1 - d.1);
    way.1.atan2(way.0).to_degrees()
}

impl Fit {
    pub fn layout(&self) -> Option<&LayoutId> {
        match self {
            Fit::Number(_, layout) | Fit::Nearly(layout) => Some(layout),
            Fit::Other => None,
        }
    }
}

pub(super) const WHOLE: FaceBox = FaceBox { x: 0.0, y: 0.0, w: 1.0, h: 1.0 };

impl From<&Area> for FaceBox {
    fn from(area: &Area) -> FaceBox {
        FaceBox { x: area.x, y: area.y, w: area.w, h: area.h }
    }
}

/// Different numbers of the profile among what was seen.
pub(super) fn numbers(seen: &[Seen]) -> usize {
    let mut different: Vec<&Number> = Vec::new();
    for one in seen {
        if let Fit::Number(number, _) = &one.fit
            && !different.contains(&number)
        {
            different.push(number);
        }
    }
    different.len()
}

/// The best of what was seen: a number, else what nearly is one, else anything.
pub(super) fn best(seen: &[Seen]) -> Option<&Seen> {
    let rank = |one: &Seen| match one.fit {
        Fit::Number(..) => 2,
        Fit::Nearly(_) => 1,
        Fit::Other => 0,
    };
    seen.iter().max_by_key(|one| (rank(one), one.votes))
}

fn fit(profile: &Profile, finding: &BarcodeFinding) -> Fit {
    match profile.identify_barcode(finding) {
        Identified::Number { number, layout } => Fit::Number(number, layout),
        Identified::CheckDigitWrong { layout } => Fit::Nearly(layout),
        Identified::OtherScheme => Fit::Other,
    }
}

fn wanted_of<'a>(rules: impl Iterator<Item = &'a BarcodeRule>) -> Wanted {
    let mut wanted = Wanted { symbologies: Vec::new(), itf_lengths: Vec::new() };
    for rule in rules {
        for symbology in &rule.symbologies {
            if !wanted.symbologies.contains(symbology) {
                wanted.symbologies.push(*symbology);
            }
            let length = rule.length as u32;
            if *symbology == Symbology::Itf && !wanted.itf_lengths.contains(&length) {
                wanted.itf_lengths.push(length);
            }
        }
    }
    wanted
}

/// Whether a layout's bars lie on their side: the box is taller than wide, and no square code.
fn upright_bars(layout: &Layout) -> bool {
    layout.barcode.as_ref().is_some_and(|(rule, area)| {
        let square = |s: &Symbology| matches!(s, Symbology::QrCode | Symbology::DataMatrix);
        area.h * layout.size_mm.1 > 1.3 * area.w * layout.size_mm.0
            && !rule.symbologies.iter().all(square)
    })
}

/// The turns of the outline that give the layout's shape: two, or all four if it is nearly square.
pub(super) fn turns(outline: &Quad, layout: &Layout) -> Vec<usize> {
    let (width, height) = outline.size();
    let (w, h) = layout.size_mm;
    if w.max(h) < 1.2 * w.min(h) {
        vec![0, 2, 1, 3]
    } else if (width > height) == (w > h) {
        vec![0, 2]
    } else {
        vec![1, 3]
    }
}

/// Reads one box of the upright face.
pub(super) fn read_box(luma: &Luma, map: &Homography, area: &Area, rule: &BarcodeRule) -> Votes {
    const STRIPS: usize = 9;
    let part = FaceBox::from(area);
    let mut votes = Votes::default();
    let wanted = wanted_of(std::iter::once(rule));
    if let Some(lines) = Lines::new(&wanted).as_mut() {
        for grow in [0.012, 0.035] {
            let part = part.grown(grow, -0.1 * part.h);
            let (width, height) = part.on(map).size();
            let turned = height > 1.3 * width;
            let long = if turned { height } else { width };
            let samples = ((long * 1.6) as usize).clamp(200, 2400);
            let ways = if turned { [1, 3].as_slice() } else { &[0] };
            for way in ways {
                let Some(map) = Homography::new(&part.on(map).turned(*way)) else {
                    continue;
                };
                let straight = cut(luma, &map, &WHOLE, samples, STRIPS * 3);
                for found in read_strips(lines, &straight, STRIPS).0 {
                    votes.add(found);
                }
                if votes.believed().is_empty() {
                    // Noise: fewer, thicker strips.
                    for found in read_strips(lines, &straight, 3).0 {
                        votes.add(found);
                    }
                }
            }
            if !votes.believed().is_empty() {
                return votes;
            }
        }
    }
    if wanted.squares() {
        let part = part.grown(0.12 * part.w, 0.12 * part.h);
        let (width, height) = part.on(map).size();
        let scale = (500.0 / width.max(height)).clamp(0.25, 2.0);
        let size = ((width * scale) as usize, (height * scale) as usize);
        let straight = cut(luma, map, &part, size.0, size.1);
        for found in read_squares(&straight, &wanted, false).0 {
            votes.add(found);
        }
    }
    votes
}

/// The whole picture at these angles (degrees); square codes at all angles.
pub(super) fn everywhere(
    luma: &Luma,
    wanted: &Wanted,
    lines: Option<&mut Lines>,
    angles: &[f32],
    thorough: bool,
) -> Votes {
    let (w, h) = (luma.width as f32, luma.height as f32);
    let whole = Quad([(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)]);
    let mut votes = Votes::default();
    if let Some(lines) = lines {
        let step = (w.min(h) / if thorough { 80.0 } else { 36.0 }).max(2.0);
        for degrees in angles {
            scan(lines, luma, &whole, *degrees, step, &mut votes);
        }
    }
    if wanted.squares() {
        let factor = luma.width.max(luma.height).div_ceil(if thorough { 2600 } else { 1200 });
        let shrunk;
        let smaller = if factor > 1 {
            shrunk = luma.shrink(factor);
            &shrunk
        } else {
            luma
        };
        for mut found in read_squares(smaller, wanted, thorough).0 {
            let back = |p: Point| (p.0 * factor as f32, p.1 * factor as f32);
            found.ends = found.ends.map(|(a, b)| (back(a), back(b)));
            votes.add(found);
        }
    }
    votes
}
