use super::*;
use crate::demo::{Device, Drawing, Fonts, Look, PROFILE, Print, Studio};
use crate::picture::{Limits, decode};
use crate::voucher::profile::KindRule;
use crate::voucher::{Layout, profile_file};

fn blind(_: &Luma) -> Option<(String, f32)> {
    None
}

/// A picture of the demo's voucher of this layout, tilted and upside down.
fn picture(
    studio: &Studio,
    layout: &Layout,
    symbology: Option<Symbology>,
    device: Device,
) -> Picture {
    let digits = layout.number.len() - 1 - usize::from(layout.number.has_check_digit());
    let serial = [204_113_507, 2_041_135_071][usize::from(digits == 10)];
    let number = layout.number.compose("", serial).unwrap();
    let content = |symbology| match symbology {
        Symbology::Codabar => format!("A{}A", &number.as_str()[1..]),
        Symbology::Itf => number.as_str()[1..].to_owned(),
        Symbology::Ean13 => "4901234567894".to_owned(),
        _ => number.to_string(),
    };
    let KindRule::Fixed(kind) = layout.kind.clone() else { panic!() };
    let drawing = Drawing {
        print: Print::Voucher {
            layout: layout.id.clone(),
            kind,
            number: layout.number.printed(&number),
            barcode: symbology.map(|it| (it, content(it))),
        },
        damages: Vec::new(),
        look: Look {
            device,
            upside_down: true,
            tilt: 1.5,
            blur: 0,
            light: 0.95,
            light_ground: false,
        },
        seed: 7,
    };
    decode(&studio.draw(&drawing).unwrap(), &Limits::default()).unwrap()
}

#[track_caller]
fn inside(what: &Area, area: &Area) {
    let rim = 0.02;
    let fits = what.x > area.x - rim
        && what.y > area.y - rim
        && what.x + what.w < area.x + area.w + rim
        && what.y + what.h < area.y + area.h + rim;
    assert!(fits, "{what:?} is not in {area:?}");
}

#[test]
fn codes_and_lines_have_their_boxes() {
    let profile = profile_file::parse(PROFILE).unwrap();
    let studio = Studio::new(&profile, Fonts::of_system().unwrap());
    for layout in &profile.layouts {
        let Some((rule, box_)) = &layout.barcode else {
            continue;
        };
        let other = match layout.id.as_str() {
            "S" => Some(Symbology::DataMatrix),
            "R" => Some(Symbology::Ean13),
            _ => None,
        };
        for symbology in rule.symbologies.iter().copied().chain(other) {
            for device in [Device::Scanner, Device::Camera] {
                if device == Device::Camera && other == Some(symbology) {
                    continue;
                }
                let picture = picture(&studio, layout, Some(symbology), device);
                let ratio = layout.size_mm.0 / layout.size_mm.1;
                let seen = survey(&picture, ratio, Side::Front, &Symbology::ALL, &blind);
                let case = format!("{symbology:?} {device:?}");
                assert_eq!(seen.codes.len(), 1, "{case}: {:?}", seen.codes);
                assert_eq!(seen.codes[0].finding.symbology, symbology);
                if symbology != Symbology::DataMatrix {
                    assert_eq!(seen.upright, Some(Upright::Code), "{case}");
                    inside(&seen.codes[0].area.unwrap(), box_);
                    let number = layout.number.len();
                    let lines = seen.lines.iter().filter(|line| line.marks.abs_diff(number) <= 1);
                    let mut lines = lines.filter(|line| line.area.h > 0.045);
                    inside(&lines.next().unwrap().area, &layout.number_area);
                }
                let area = seen.codes[0].area.unwrap();
                assert!(area.w > 0.5 * box_.w && area.h > 0.5 * box_.h, "{case}: {area:?}");
            }
        }
    }
}

#[test]
fn print_tells_the_way_up_where_no_code_does() {
    let profile = profile_file::parse(PROFILE).unwrap();
    let studio = Studio::new(&profile, Fonts::of_system().unwrap());
    let layout = profile.layouts.iter().find(|it| it.barcode.is_none()).unwrap();
    let picture = picture(&studio, layout, None, Device::Scanner);
    let ratio = layout.size_mm.0 / layout.size_mm.1;
    let look = |read: ReadLine<'_>| survey(&picture, ratio, Side::Front, &Symbology::ALL, read);
    assert_eq!(look(&blind).upright, None);
    let seen = std::cell::Cell::new(0);
    // A made-up reader that is the surer the more of a line's ink is in its upper half.
    let every = |line: &Luma| {
        seen.set(seen.get() + 1);
        let ink = |rows: std::ops::Range<usize>| -> usize {
            rows.map(|y| line.row(y).iter().filter(|value| **value < 100).count()).sum()
        };
        let sure = ink(0..line.height / 2) as f32 / (1 + ink(0..line.height)) as f32;
        Some(("1234567890".to_owned(), sure))
    };
    let found = look(&every);
    assert_eq!(found.upright, Some(Upright::Print));
    assert!(seen.get() > found.lines.len());
}

#[test]
fn a_scan_without_ground_is_the_face() {
    let profile = profile_file::parse(PROFILE).unwrap();
    let studio = Studio::new(&profile, Fonts::of_system().unwrap());
    let layout = &profile.layouts[0];
    let ratio = layout.size_mm.0 / layout.size_mm.1;
    let picture = picture(&studio, layout, Some(Symbology::Code128), Device::Scanner);
    let first = survey(&picture, ratio, Side::Front, &Symbology::ALL, &blind);
    let again = survey(&Picture::grey(first.face), ratio, Side::Front, &Symbology::ALL, &blind);
    assert!(again.outline.is_some());
    assert_eq!(again.codes[0].finding, first.codes[0].finding);
    inside(&again.codes[0].area.unwrap(), &layout.barcode.as_ref().unwrap().1);
    // and one of another shape is not
    let other = survey(
        &Picture::grey(Luma::flat(300, 300, 250)),
        ratio,
        Side::Front,
        &Symbology::ALL,
        &blind,
    );
    assert!(other.outline.is_none() && other.codes.is_empty() && other.lines.is_empty());
}

#[test]
fn any_picture_gets_an_answer() {
    for (w, h) in [(0, 0), (1, 1), (3, 200), (200, 3), (60, 40)] {
        let mut luma = Luma::flat(w, h, 200);
        for (at, value) in luma.data.iter_mut().enumerate() {
            *value = (at * 7 % 251) as u8;
        }
        for ratio in [0.4, 1.0, 2.3, f32::NAN, 0.0] {
            survey(&Picture::grey(luma.clone()), ratio, Side::Back, &Symbology::ALL, &blind);
        }
    }
}
