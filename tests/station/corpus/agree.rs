//! What a sheet says more than once must agree: the face value with the number, one frame with the next.

use super::drawn::{Easel, Forgery, Made, Wear, forged_of, honest_of};
use super::five_layouts;
use super::score::{all_issued, without_ledger};
use super::work::in_parallel;
use kenban::demo::{Damage, Drawing, Print, Spot};
use kenban::picture::{Limits, decode};
use kenban::reader::read;
use kenban::voucher::profile::{Area, KindRule};
use kenban::voucher::{KindId, Layout, Profile, Reading, Reason, Side, Verdict};

const JOBS: usize = 2;
const SEED: u64 = 20_261_125;

/// Where the layout `M` has its face value in large digits.
const VALUE: Area = Area { side: Side::Front, x: 0.04, y: 0.30, w: 0.31, h: 0.29 };

fn has_face_value(layout: &Layout) -> bool {
    layout.id.as_str() == "M"
}

fn other(profile: &Profile, kind: &KindId) -> KindId {
    profile.kinds.iter().find(|other| other.id != *kind).unwrap().id.clone()
}

fn reading(easel: &Easel, made: &Made) -> Reading {
    look(easel, &made.drawing)
}

fn look(easel: &Easel, drawing: &Drawing) -> Reading {
    let jpeg = easel.studio.draw(drawing).unwrap();
    read(&decode(&jpeg, &Limits::default()).unwrap(), Side::Front, &easel.profile).reading
}

/// A sheet printed with the face value of another kind than its number has: a cheaper voucher made dearer.
#[test]
fn corpus_a_face_value_that_contradicts_the_number_stops() {
    let Some(mut easel) = Easel::new() else {
        return;
    };
    // The same faces with the other kind's value on them.
    let mut dearer = easel.profile.clone();
    for layout in &mut dearer.layouts {
        if let KindRule::Fixed(kind) = &mut layout.kind {
            *kind = other(&easel.profile, kind);
        }
    }
    let Some(dearer) = Easel::of(dearer) else { return };
    // Only now: the studio draws the kind in words where a layout names its box.
    for layout in easel.profile.layouts.iter_mut().filter(|layout| has_face_value(layout)) {
        layout.kind_area = Some(VALUE);
    }
    let sheets = in_parallel(JOBS, 40, |place| {
        let mut made = honest_of(&easel.profile, SEED, place as u64, Wear::None, has_face_value);
        let honest = reading(&easel, &made);
        let conflict =
            without_ledger(&easel.profile, &honest).reasons.contains(&Reason::KindConflict);
        assert!(!conflict, "{place}: an honest sheet contradicts itself: {honest:?}");
        let Print::Voucher { kind, .. } = &mut made.drawing.print else { panic!() };
        *kind = other(&easel.profile, kind);
        let drawn = kind.clone();
        let jpeg = dearer.studio.draw(&made.drawing).unwrap();
        let forged = read(&decode(&jpeg, &Limits::default()).unwrap(), Side::Front, &easel.profile);
        let forged = forged.reading;
        let judged = without_ledger(&easel.profile, &forged);
        let told = forged.kind_text.as_ref() == Some(&drawn);
        let stops =
            judged.verdict == Verdict::Stop && judged.reasons.contains(&Reason::KindConflict);
        assert!(!told || stops, "{place}: {forged:?} {judged:?}");
        (honest.kind_text.is_some(), told)
    });
    let honest = sheets.iter().filter(|(honest, _)| *honest).count();
    let told = sheets.iter().filter(|(_, told)| *told).count();
    assert!(honest >= 30 && told >= 24, "face value read: {honest} honest, {told} forged of 40");
}

/// However surely the print was read: a code outside of its box, as on a sheet pasted together, must agree.
#[test]
fn corpus_a_code_that_contradicts_from_elsewhere_stops() {
    let Some(easel) = Easel::of(five_layouts()) else {
        return;
    };
    let mut profile = five_layouts();
    for (_, area) in profile.layouts.iter_mut().filter_map(|layout| layout.barcode.as_mut()) {
        (area.x, area.y, area.w, area.h) = (0.42, 0.42, 0.12, 0.08);
    }
    let seen = in_parallel(JOBS, 48, |place| {
        let (sheet, how) = (place as u64, Forgery::ALL[place / 4 % 3]);
        let made = forged_of(&easel.profile, SEED, sheet, Wear::None, how, |_| true);
        let jpeg = easel.studio.draw(&made.drawing).unwrap();
        let picture = decode(&jpeg, &Limits::default()).unwrap();
        let reading = read(&picture, Side::Front, &profile).reading;
        let judged = all_issued(&profile, &reading);
        assert_ne!(judged.verdict, Verdict::Accept, "{place}: {reading:?} {judged:?}");
        let both = reading.barcode.is_some() && reading.printed.is_some();
        assert!(!both || judged.verdict == Verdict::Stop, "{place}: {reading:?} {judged:?}");
        both
    });
    let both = seen.iter().filter(|both| **both).count();
    assert!(both >= 46, "{both} of 48");
}

/// Two frames of one sheet, each with something else hidden: together they say what neither says alone.
#[test]
fn corpus_frames_of_one_sheet_add_up() {
    let Some(easel) = Easel::new() else {
        return;
    };
    let sheets = in_parallel(JOBS, 24, |place| {
        let coded = |layout: &Layout| layout.barcode.is_some();
        let made = honest_of(&easel.profile, SEED, place as u64, Wear::None, coded);
        let hidden = |spot: Spot| {
            let mut drawing = made.drawing.clone();
            drawing.damages.push(Damage::Tear(spot));
            look(&easel, &drawing)
        };
        let (no_code, no_number) = (hidden(Spot::Barcode), hidden(Spot::Number));
        let accepts = |it: &Reading| without_ledger(&easel.profile, it).verdict == Verdict::Accept;
        let alone = accepts(&no_code) || accepts(&no_number);
        let both = Reading::of([&no_code, &no_number]);
        let number = without_ledger(&easel.profile, &both).number;
        let right = number.is_some_and(|it| Some(it.as_str()) == made.truth.number.as_deref());
        (alone, accepts(&both) && right, format!("{place}: {no_code:?} {no_number:?}"))
    });
    // A tear may leave enough of what it lies on, or take some of the other as well.
    let apart: Vec<_> = sheets.iter().filter(|(alone, ..)| !alone).collect();
    let together = apart.iter().filter(|(_, accepted, _)| *accepted).count();
    assert!(together >= 8, "{together} of {}: {apart:?}", apart.len());
}

/// Frames that contradict each other are no choice: a sheet is changed under the camera, or one is forged.
#[test]
fn corpus_frames_that_contradict_are_never_accepted() {
    let Some(easel) = Easel::new() else {
        return;
    };
    in_parallel(JOBS, 40, |place| {
        let how = Forgery::ALL[place % Forgery::ALL.len()];
        let coded = |layout: &Layout| layout.barcode.is_some();
        let honest = honest_of(&easel.profile, SEED, place as u64, Wear::None, coded);
        let forged = forged_of(&easel.profile, SEED, place as u64, Wear::None, how, coded);
        let next = honest_of(&easel.profile, SEED + 1, place as u64, Wear::None, coded);
        let honest = reading(&easel, &honest);
        for other in [&forged, &next] {
            let other = reading(&easel, other);
            for pair in [[&honest, &other], [&other, &honest]] {
                let both = Reading::of(pair);
                let judged = without_ledger(&easel.profile, &both);
                assert!(judged.verdict != Verdict::Accept, "{place} {how:?}: {both:?}");
            }
        }
    });
}
