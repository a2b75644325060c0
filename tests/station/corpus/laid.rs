//! Which layout a sheet is laid as, where the boxes of two overlap: its number says it.

use super::drawn::{Easel, Wear, honest_of};
use super::five_layouts;
use super::score::without_ledger;
use super::work::{in_parallel, turned};
use kenban::demo::Print;
use kenban::picture::{Limits, decode};
use kenban::reader::read;
use kenban::voucher::profile::Identified;
use kenban::voucher::{Layout, Reason, Side};

const JOBS: usize = 2;
const SEED: u64 = 20_260_622;

/// What was wrong with the layout of sheets of which the number was read, and how many these were.
fn laid_wrongly(count: usize, wear: Wear, will_do: fn(&Layout) -> bool) -> (Vec<String>, usize) {
    let Some(easel) = Easel::of(five_layouts()) else {
        return (Vec::new(), usize::MAX);
    };
    let sheets = in_parallel(JOBS, count, |place| {
        let mut made = honest_of(&easel.profile, SEED, place as u64, wear, will_do);
        made.drawing.look.upside_down = place.is_multiple_of(2);
        let jpeg = easel.studio.draw(&made.drawing).unwrap();
        let picture = decode(&jpeg, &Limits::default()).unwrap();
        let looks = (0..4).map(|turn| {
            let findings = read(&turned(&picture, turn), Side::Front, &easel.profile);
            let reading = findings.reading;
            let said = reading.printed.as_ref().and_then(|print| print.number.as_ref());
            let right = said.filter(|number| Some(number.as_str()) == made.truth.number.as_deref());
            let is = easel.profile.identify(right?.as_str());
            let judged = without_ledger(&easel.profile, &reading);
            let wanted =
                Identified::Number { number: right?.clone(), layout: reading.looks_like.clone()? };
            let bare = made.truth.barcode.is_none() && judged.reasons.contains(&Reason::NoBarcode);
            let wrong = is != wanted || bare;
            Some(wrong.then(|| format!("{place} turned {turn}: {is:?}, {reading:?} {judged:?}")))
        });
        looks.flatten().collect::<Vec<Option<String>>>()
    });
    let read = sheets.iter().flatten().count();
    (sheets.into_iter().flatten().flatten().collect(), read)
}

#[test]
fn corpus_a_sheet_without_a_barcode_is_laid_as_its_number_says() {
    let (wrong, read) = laid_wrongly(24, Wear::None, |layout| layout.barcode.is_none());
    assert!(read >= 80, "{read}");
    assert_eq!(wrong, [] as [String; 0]);
}

#[test]
fn corpus_worn_sheets_are_laid_as_their_number_says() {
    // The two layouts whose boxes lie on each other.
    let (wrong, read) =
        laid_wrongly(40, Wear::Any, |layout| matches!(layout.id.as_str(), "A" | "E"));
    assert!(read >= 90, "{read}");
    assert_eq!(wrong, [] as [String; 0]);
}

#[test]
fn corpus_a_code_found_late_still_says_how_the_sheet_lies() {
    let Some(easel) = Easel::of(five_layouts()) else {
        return;
    };
    // Its number isn't printed, and its barcode stands elsewhere than the profile says.
    let mut profile = five_layouts();
    profile.layouts.retain(|layout| layout.id.as_str() == "A");
    for layout in &mut profile.layouts {
        let (_, area) = layout.barcode.as_mut().unwrap();
        (area.x, area.y, area.h) = (0.1, 0.4, 0.15);
    }
    for place in 0..6 {
        let mut made =
            honest_of(&easel.profile, SEED, place, Wear::None, |it| it.id.as_str() == "A");
        let Print::Voucher { number, .. } = &mut made.drawing.print else { panic!() };
        number.clear();
        let picture = decode(&easel.studio.draw(&made.drawing).unwrap(), &Limits::default());
        let reading = read(&picture.unwrap(), Side::Front, &profile).reading;
        assert_eq!(reading.barcode.map(|it| it.text), made.truth.number, "{place}");
        assert_eq!(reading.looks_like.as_ref(), Some(&profile.layouts[0].id), "{place}");
    }
}
