//! Where a sheet's barcode is looked for: in the layouts' boxes, then on the face, then in the whole
//! picture; it stops at the first content that is a number of the profile.

use super::boxes::{LEVELS, Level, Place};
use super::geometry::{Homography, distance};
use super::looks::like_a_code;
use super::places::{everywhere, inside};
use super::straighten::FaceBox;
use super::texture::Overview;
use super::votes::{Found, Votes, Wanted};
use super::{Point, Quad};
use crate::picture::Picture;
use crate::voucher::profile::{Area, Identified};
use crate::voucher::{BarcodeFinding, Layout, LayoutId, Number, Profile, Side, Symbology};
use std::cell::OnceCell;

/// How well a content fits the profile, the best first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    Number(Number, LayoutId),
    /// A layout's form with a wrong check digit.
    Nearly(LayoutId),
    Other,
    /// A part of a content, whose other parts were not found.
    Part,
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
    pub picture: &'a Picture,
    pub side: Side,
    pub profile: &'a Profile,
    wanted: Wanted,
    overview: OnceCell<Overview>,
}

impl<'a> Search<'a> {
    pub fn new(picture: &'a Picture, side: Side, profile: &'a Profile) -> Search<'a> {
        let wanted = Wanted::of(
            profile
                .layouts
                .iter()
                .filter_map(|layout| layout.barcode.as_ref())
                .filter(|(_, area)| area.side == side)
                .map(|(rule, _)| rule),
        );
        Search { picture, side, profile, wanted, overview: OnceCell::new() }
    }

    fn overview(&self) -> &Overview {
        self.overview.get_or_init(|| Overview::of(&self.picture.luma))
    }

    /// False if the profile has no barcode on this side.
    pub fn any(&self) -> bool {
        !self.wanted.symbologies.is_empty()
    }

    /// The layouts' boxes, each way up that the outline's shape allows, the one that looks the most
    /// like a code first; and the places read in vain. Boxes that look like none are left to the search of the
    /// face.
    pub fn boxes(&self, outline: &Quad) -> (Vec<Seen>, Vec<Quad>) {
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
                    let like = like_a_code(&self.picture.luma, &map, area, rule);
                    boxes.push((like, rule, area, turn, map));
                }
            }
        }
        boxes.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut places: Vec<(usize, Place)> = boxes
            .into_iter()
            .filter(|one| one.0 > 0.05)
            .map(|(_, rule, area, turn, map)| (turn, Place::of_box(&map, area, rule)))
            .collect();
        // Boxes of several layouts may lie on each other: all are glanced at before one is studied.
        for level in LEVELS {
            // What costs the most is done only where it is the likeliest.
            let count = if level == Level::Labour { 2 } else { places.len() };
            for (turn, place) in places.iter_mut().take(count) {
                place.read(self.picture, level);
                let seen = self.in_box(&place.votes, *turn);
                if numbers(&seen) > 0 {
                    return (seen, Vec::new());
                }
            }
        }
        places.iter_mut().for_each(|(_, place)| place.read_inverted(self.picture));
        let seen =
            places.iter().flat_map(|(turn, place)| self.in_box(&place.votes, *turn)).collect();
        (seen, places.iter().map(|(_, place)| place.bars).collect())
    }

    fn in_box(&self, votes: &Votes, turn: usize) -> Vec<Seen> {
        let whole = votes.believed().into_iter().map(|found| Seen {
            fit: fit(self.profile, &found.finding),
            finding: found.finding,
            votes: found.votes,
            turn: Some(turn),
            in_box: true,
            ends: None,
        });
        whole.chain(parts(votes)).collect()
    }

    /// Everywhere on the face but in places read in vain.
    pub fn face(&self, outline: &Quad, done: &[Quad]) -> Vec<Seen> {
        let votes = inside(self.picture, self.overview(), outline, &self.wanted, done);
        self.judged(&votes, Some(outline))
    }

    /// Everywhere in the picture, at all angles; without an outline as thoroughly as can be.
    pub fn picture(&self, outline: Option<&Quad>) -> Vec<Seen> {
        let most = if outline.is_some() { Level::Study } else { Level::Labour };
        let votes = everywhere(self.picture, self.overview(), &self.wanted, |_| true, most);
        self.judged(&votes, outline)
    }

    /// A glance at what lies beside the sheet: another sheet.
    pub fn beside(&self, outline: &Quad) -> Vec<Seen> {
        let here = |p: Point| outline.outside(p) > 0.0;
        let votes = everywhere(self.picture, self.overview(), &self.wanted, here, Level::Glance);
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
        let mut place = Place::of_box(&map, &second.area, rule);
        LEVELS.into_iter().for_each(|level| place.read(self.picture, level));
        place.read_inverted(self.picture);
        place
            .votes
            .believed()
            .into_iter()
            .map(|found| found.finding)
            .find(|finding| rule.number_text(finding.symbology, &finding.text).is_some())
    }

    fn judged(&self, votes: &Votes, outline: Option<&Quad>) -> Vec<Seen> {
        let whole = votes.believed().into_iter().map(|found| {
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
        });
        whole.chain(parts(votes)).collect()
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

impl Fit {
    pub fn layout(&self) -> Option<&LayoutId> {
        match self {
            Fit::Number(_, layout) | Fit::Nearly(layout) => Some(layout),
            Fit::Other | Fit::Part => None,
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

/// The best of what was seen: a number, else what nearly is one, else anything whole.
pub(super) fn best(seen: &[Seen]) -> Option<&Seen> {
    let rank = |one: &Seen| match one.fit {
        Fit::Number(..) => Some(2),
        Fit::Nearly(_) => Some(1),
        Fit::Other => Some(0),
        Fit::Part => None,
    };
    let ranked = seen.iter().filter_map(|one| Some((one, (rank(one)?, one.votes))));
    ranked.max_by_key(|(_, rank)| *rank).map(|(one, _)| one)
}

/// Parts of contents that were not found whole.
fn parts(votes: &Votes) -> impl Iterator<Item = Seen> {
    votes.parts().into_iter().map(|finding| Seen {
        finding,
        fit: Fit::Part,
        votes: 1,
        turn: None,
        in_box: false,
        ends: None,
    })
}

fn fit(profile: &Profile, finding: &BarcodeFinding) -> Fit {
    match profile.identify_barcode(finding) {
        Identified::Number { number, layout } => Fit::Number(number, layout),
        Identified::CheckDigitWrong { layout } => Fit::Nearly(layout),
        Identified::OtherScheme => Fit::Other,
    }
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
