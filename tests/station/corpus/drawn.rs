//! Sheets that the program draws itself, so that their truth is known: every layout of the demo's campaign, both
//! devices, both grounds, every damage. A seed and a place always give the same sheet.

use super::score::{Truth, What};
use fastrand::Rng;
use kenban::demo::{
    Damage, Device, Drawing, Fonts, Look, PROFILE, Print, Spot, Studio, Words, barcode_content,
};
use kenban::voucher::{Layout, Number, Profile, Symbology, profile_file};

/// What is drawn with, and for which profile.
pub struct Easel {
    pub profile: Profile,
    pub studio: Studio,
}

impl Easel {
    /// `None`, with a note, on a machine without any font.
    pub fn new() -> Option<Easel> {
        Easel::of(profile_file::parse(PROFILE).unwrap())
    }

    /// For another profile than the demo's.
    pub fn of(profile: Profile) -> Option<Easel> {
        let fonts = match Fonts::of_system() {
            Ok(fonts) => fonts,
            Err(why) => {
                eprintln!("{why}: nothing drawn");
                return None;
            }
        };
        let studio = Studio::new(&profile, fonts);
        Some(Easel { profile, studio })
    }
}

/// A sheet that can be drawn, and what it really is.
pub struct Made {
    pub drawing: Drawing,
    pub truth: Truth,
    /// Nothing speaks against reading it: no damage, sharp, well lit.
    pub clear: bool,
}

/// How a number is forged. The barcode keeps the honest one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forgery {
    /// One digit changed, so that the check digit is wrong where there is one.
    OneDigit,
    /// Two neighbours swapped.
    Swapped,
    /// Another number with a check digit of its own.
    NewCheck,
}

impl Forgery {
    pub const ALL: [Forgery; 3] = [Forgery::OneDigit, Forgery::Swapped, Forgery::NewCheck];
}

/// What a drawn sheet may have suffered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wear {
    None,
    /// Up to three damages of any kind, unsharp, dark, askew.
    Any,
}

/// A generator for each sheet of its own, so that any sheet can be drawn without those before it.
pub fn rng_of(seed: u64, place: u64) -> Rng {
    Rng::with_seed(
        seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ place.wrapping_mul(0xD1B5_4A32_D192_ED03),
    )
}

/// An honest sheet. Layout, device and ground change with the place; everything else is chance.
pub fn honest(profile: &Profile, seed: u64, place: u64, wear: Wear) -> Made {
    honest_of(profile, seed, place, wear, |_| true)
}

/// An honest sheet of a layout that will do.
pub fn honest_of(
    profile: &Profile,
    seed: u64,
    place: u64,
    wear: Wear,
    will_do: impl Fn(&Layout) -> bool,
) -> Made {
    let mut rng = rng_of(seed, place);
    let layout = layout_at(profile, place, will_do);
    let number = number_of(layout, &mut rng);
    let printed = layout.number.printed(&number);
    let (damages, look) = life(place, wear, &mut rng);
    let truth = Truth {
        what: What::Honest,
        barcode: content(layout, &number).map(|(_, text)| text),
        printed: Some(number.to_string()),
        number: Some(number.to_string()),
    };
    made(print(layout, printed, &number), damages, look, truth, &mut rng)
}

/// A sheet whose print is not what its barcode says.
pub fn forged(profile: &Profile, seed: u64, place: u64, wear: Wear, how: Forgery) -> Made {
    forged_of(profile, seed, place, wear, how, |_| true)
}

/// The same of a layout that will do.
pub fn forged_of(
    profile: &Profile,
    seed: u64,
    place: u64,
    wear: Wear,
    how: Forgery,
    will_do: impl Fn(&Layout) -> bool,
) -> Made {
    let mut rng = rng_of(seed, place);
    let layout = layout_at(profile, place, |layout| layout.barcode.is_some() && will_do(layout));
    let number = number_of(layout, &mut rng);
    let honest = layout.number.printed(&number);
    let printed = match how {
        Forgery::NewCheck => layout.number.printed(&number_of(layout, &mut rng)),
        Forgery::OneDigit => one_digit(&honest, layout, &mut rng),
        Forgery::Swapped => swapped(&honest, layout, &mut rng),
    };
    let (damages, look) = life(place, wear, &mut rng);
    let truth = Truth {
        what: What::Forged,
        barcode: content(layout, &number).map(|(_, text)| text),
        printed: Some(printed.chars().filter(char::is_ascii_alphanumeric).collect()),
        number: Some(number.to_string()),
    };
    made(print(layout, printed, &number), damages, look, truth, &mut rng)
}

/// A voucher of the neighbouring scheme.
pub fn foreign(seed: u64, place: u64, wear: Wear) -> Made {
    let mut rng = rng_of(seed, place);
    let digits =
        format!("7{:03}{:08}{:02}", rng.u32(..1_000), rng.u32(..100_000_000), rng.u32(..100));
    let number = format!("{}-{}-{}", &digits[..4], &digits[4..12], &digits[12..]);
    let truth = Truth {
        what: What::Foreign,
        barcode: Some(digits.clone()),
        printed: Some(digits.clone()),
        number: None,
    };
    let (damages, look) = life(place, wear, &mut rng);
    let print = Print::OtherScheme { number, barcode: (Symbology::Code128, digits) };
    made(print, damages, look, truth, &mut rng)
}

/// A sheet on which nothing stands.
pub fn blank(seed: u64, place: u64, wear: Wear) -> Made {
    let mut rng = rng_of(seed, place);
    let (damages, look) = life(place, wear, &mut rng);
    let truth = Truth { what: What::Blank, barcode: None, printed: None, number: None };
    made(Print::Blank, damages, look, truth, &mut rng)
}

fn made(print: Print, damages: Vec<Damage>, look: Look, truth: Truth, rng: &mut Rng) -> Made {
    let clear = damages.is_empty() && look.blur == 0 && look.light > 0.8;
    Made { drawing: Drawing { print, damages, look, seed: rng.u64(..) }, truth, clear }
}

/// The layouts take turns among those that will do.
fn layout_at(profile: &Profile, place: u64, will_do: impl Fn(&Layout) -> bool) -> &Layout {
    let fit: Vec<&Layout> = profile.layouts.iter().filter(|layout| will_do(layout)).collect();
    fit[place as usize % fit.len()]
}

/// Any number of a layout: all digits are as likely at every position.
fn number_of(layout: &Layout, rng: &mut Rng) -> Number {
    let digits = layout.number.len() as u32 - 1 - u32::from(layout.number.has_check_digit());
    loop {
        let serial = rng.u64(..10_u64.pow(digits));
        // A scheme may skip numbers that have no check digit.
        if let Some(number) = layout.number.compose("", serial) {
            return number;
        }
    }
}

fn content(layout: &Layout, number: &Number) -> Option<(Symbology, String)> {
    layout.barcode.as_ref().and_then(|(rule, _)| barcode_content(rule, number))
}

fn print(layout: &Layout, number: String, in_barcode: &Number) -> Print {
    let kenban::voucher::profile::KindRule::Fixed(kind) = &layout.kind else {
        panic!("the demo's layouts have one kind each");
    };
    Print::Voucher {
        layout: layout.id.clone(),
        kind: kind.clone(),
        number,
        barcode: content(layout, in_barcode),
    }
}

/// Where the digits stand in a printed number that are not its check digit.
fn serial_places(printed: &str, layout: &Layout) -> Vec<usize> {
    let digits = printed.char_indices().filter(|(_, c)| c.is_ascii_digit()).map(|(at, _)| at);
    let mut places: Vec<usize> = digits.collect();
    if layout.number.has_check_digit() {
        places.pop();
    }
    places
}

fn one_digit(printed: &str, layout: &Layout, rng: &mut Rng) -> String {
    let places = serial_places(printed, layout);
    let at = places[rng.usize(..places.len())];
    let old = u32::from(printed.as_bytes()[at] - b'0');
    let new = (old + rng.u32(1..10)) % 10;
    format!("{}{new}{}", &printed[..at], &printed[at + 1..])
}

fn swapped(printed: &str, layout: &Layout, rng: &mut Rng) -> String {
    let places = serial_places(printed, layout);
    let mut bytes = printed.as_bytes().to_vec();
    let differ: Vec<(usize, usize)> = places
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .filter(|(one, two)| bytes[*one] != bytes[*two])
        .collect();
    // Ten equal digits can't be swapped so that one sees it.
    let Some((one, two)) = rng.choice(differ) else {
        return one_digit(printed, layout, rng);
    };
    bytes.swap(one, two);
    String::from_utf8(bytes).unwrap()
}

/// What happened to it, and how it was looked at. Of two sheets one is scanned, of four two lie on light ground.
fn life(place: u64, wear: Wear, rng: &mut Rng) -> (Vec<Damage>, Look) {
    let round = place / 5;
    let device = if round.is_multiple_of(2) { Device::Camera } else { Device::Scanner };
    let camera = device == Device::Camera;
    let light_ground = (round / 2).is_multiple_of(2);
    let rough = wear == Wear::Any;
    let askew = rough && rng.u8(..10) == 0;
    let lean = match (camera, askew) {
        (false, false) => 1.1,
        (false, true) => 4.0,
        (true, false) => 6.0,
        (true, true) => 30.0,
    };
    let look = Look {
        device,
        upside_down: rng.u8(..4) == 0,
        tilt: (rng.f32() * 2.0 - 1.0) * lean,
        blur: if rough { [0, 0, 0, 0, 0, 1, 1, 2][rng.usize(..8)] } else { 0 },
        light: if rough && camera { 0.5 + rng.f32() * 0.6 } else { 1.0 },
        light_ground,
    };
    let count = if rough { [0, 1, 1, 2, 2, 3][rng.usize(..6)] } else { 0 };
    let damages = (0..count).map(|_| damage(rng)).collect();
    (damages, look)
}

fn damage(rng: &mut Rng) -> Damage {
    const SHOPS: [(&str, &str); 4] = [
        ("みずうみ", "MIZUUMI"),
        ("龍泉軒", "RYUSENKEN"),
        ("磯の月", "ISONOTSUKI"),
        ("白樺", "SHIRAKABA"),
    ];
    let (ja, latin) = SHOPS[rng.usize(..SHOPS.len())];
    let name = Words::new(ja, latin);
    let spot = [Spot::Free, Spot::Number, Spot::Barcode][rng.usize(..3)];
    let on_print = [Spot::Number, Spot::Barcode][rng.usize(..2)];
    match rng.u8(..16) {
        0..3 => Damage::Seal { spot, name },
        3..6 => Damage::Box {
            spot, name, below: Words::new("使用済 令和8年5月", "USED MAY 2026")
        },
        6..8 => Damage::Crease,
        8 => Damage::Coffee,
        9..11 => Damage::Scribble(spot),
        11 => Damage::Strike(on_print),
        12 => Damage::Marker(on_print),
        13..15 => Damage::Fade(0.1 + rng.f32() * 0.5),
        _ => Damage::Tear(on_print),
    }
}
