//! `profile new`: a profile for a new scheme, learned from pictures of a few vouchers.

mod report;

use super::args::ProfileNew;
use super::read::{load, symbologies};
use super::{CliError, End, say};
use crate::picture::Picture;
use crate::reader::{self, Survey};
use crate::rig::teaching::seen;
use crate::voucher::profile::Area;
use crate::voucher::teach::{self, Scheme, Seen, Taught};
use crate::voucher::{Issued, Kind, Profile, Side, Symbology, Yen, judge, profile_file};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

/// A picture and what was seen on it.
struct Shown {
    path: PathBuf,
    picture: Picture,
    survey: Survey,
}

/// What the call says of the face.
struct Face {
    /// Width and height in millimetres.
    size: (f32, f32),
    side: Side,
    number: Option<Area>,
    barcode: Option<Area>,
}

pub(super) fn run(args: &ProfileNew) -> Result<End, CliError> {
    let side = if args.back { Side::Back } else { Side::Front };
    let face = Face {
        size: size(&args.size)?,
        side,
        number: args.number_box.as_deref().map(|text| area(text, side)).transpose()?,
        barcode: args.barcode_box.as_deref().map(|text| area(text, side)).transpose()?,
    };
    let scheme = Scheme {
        id: id(args)?,
        name: args.name.clone(),
        kinds: args.kind.iter().map(|text| kind(text)).collect::<Result<_, _>>()?,
    };
    let wanted = match &args.symbology {
        Some(words) => symbologies(words)?,
        None => Symbology::ALL.to_vec(),
    };
    if args.out.exists() {
        return Err(say(format!(
            "{} is there already and stays as it is; name another file",
            args.out.display()
        )));
    }
    let shown = args
        .pictures
        .iter()
        .map(|path| look_at(path, &face, &wanted))
        .collect::<Result<Vec<_>, _>>()?;
    let seen: Vec<Seen> = shown.iter().map(|one| seen(&one.survey, face.size)).collect();
    let samples = teach::samples(&seen);
    let mut taught = teach::propose(&samples).map_err(|error| say(error.to_string()))?;
    for layout in &mut taught.layouts {
        // Boxes that a person gave are taken as they are.
        layout.number_area = face.number.or(layout.number_area);
        layout.barcode_area = face.barcode.or(layout.barcode_area);
    }
    if let Some(check) = &args.check {
        take_check(&mut taught, check)?;
    }
    report::proposal(&shown, &samples, &taught, args.json);
    let profile = write(args, &scheme, &taught)?;
    if !args.json {
        say_line!("{} is written; tried on the samples:", args.out.display());
    }
    Ok(tried(&shown, side, &taught, &profile, args.json))
}

/// `150x70`
fn size(text: &str) -> Result<(f32, f32), CliError> {
    let sides = text.split_once(['x', 'X', '×']).and_then(|(w, h)| {
        let side =
            |text: &str| text.trim().parse::<f32>().ok().filter(|it| (20.0..=500.0).contains(it));
        Some((side(w)?, side(h)?))
    });
    sides.ok_or_else(|| {
        say(format!(
            "'{text}' is no size; write width and height in millimetres, 20 to 500, such as 150x70"
        ))
    })
}

/// `0.6,0.7,0.3,0.2`
fn area(text: &str, side: Side) -> Result<Area, CliError> {
    let numbers: Vec<f32> = text.split(',').filter_map(|it| it.trim().parse().ok()).collect();
    if let [x, y, w, h] = numbers[..]
        && text.split(',').count() == 4
        && x >= 0.0
        && y >= 0.0
        && w > 0.0
        && h > 0.0
        && x + w <= 1.0001
        && y + h <= 1.0001
    {
        return Ok(Area { side, x, y, w, h });
    }
    Err(say(format!(
        "'{text}' is no box; write x, y, width and height as fractions of the face, such as 0.6,0.7,0.3,0.2"
    )))
}

/// `1000=1000`
fn kind(text: &str) -> Result<Kind, CliError> {
    let parts = text.split_once('=').and_then(|(id, yen)| Some((id, yen.parse::<i64>().ok()?)));
    let (id, yen) = parts.filter(|(_, yen)| *yen > 0).ok_or_else(|| {
        say(format!("'{text}' is no kind; write its id and its yen, such as 1000=1000"))
    })?;
    Ok(teach::kind(id, Yen(yen)))
}

/// The id that was given, or one made of the name, or of the file's.
fn id(args: &ProfileNew) -> Result<String, CliError> {
    if let Some(id) = &args.id {
        return Ok(id.clone());
    }
    let stem = args.out.file_stem().map(|it| it.to_string_lossy());
    teach::id_of(&args.name)
        .or_else(|| teach::id_of(&stem?))
        .ok_or_else(|| say("no id can be made of this name; say --id with letters and digits"))
}

fn look_at(path: &Path, face: &Face, wanted: &[Symbology]) -> Result<Shown, CliError> {
    let picture =
        load(path).map_err(|error| say(format!("{} can't be read: {error}", path.display())))?;
    let ratio = face.size.0 / face.size.1;
    let survey = reader::survey(&picture, ratio, face.side, wanted, &reader::read_line);
    Ok(Shown { path: path.to_owned(), picture, survey })
}

fn take_check(taught: &mut Taught, check: &str) -> Result<(), CliError> {
    for layout in &mut taught.layouts {
        layout.check = match check {
            "none" => None,
            number => {
                let at = number.parse::<usize>().ok().and_then(|no| no.checked_sub(1));
                let at = at.filter(|at| *at < layout.checks.fits.len());
                Some(at.ok_or_else(|| {
                    say(format!(
                        "--check is 1 to {} here, or none, not '{check}'",
                        layout.checks.fits.len()
                    ))
                })?)
            }
        };
    }
    Ok(())
}

/// Writes the profile if the proposal is whole, nothing contradicts it and the parser takes it.
fn write(args: &ProfileNew, scheme: &Scheme, taught: &Taught) -> Result<Profile, CliError> {
    // A sample that shows nothing contradicts none; that it can't be read is told again at the end.
    if let Some(first) = taught.contradictions.iter().find(|it| !it.is_nothing_read()) {
        return Err(say(format!("nothing is written, because samples contradict: {first}")));
    }
    for layout in &taught.layouts {
        let numbers: BTreeSet<&String> = layout.numbers.iter().map(|(_, it)| it).collect();
        if numbers.len() < 2 {
            return Err(say(
                "nothing is written: one number can't tell what changes from voucher to voucher; show at least one more",
            ));
        }
        if let Some(gap) = layout.gaps().first() {
            return Err(say(format!("nothing is written: {gap}")));
        }
    }
    let (profile, text) = teach::profile(scheme, &taught.layouts)
        .map_err(|error| say(format!("nothing is written: {error}")))?;
    let text = format!("{}{text}", report::header(taught));
    // With its comments, too, it must be what was proposed.
    if profile_file::parse(&text).ok().as_ref() != Some(&profile) {
        return Err(say(
            "nothing is written: the profile with its comments is not the same; please report this",
        ));
    }
    let bad = |error| say(format!("{} can't be written: {error}", args.out.display()));
    let mut file = File::create_new(&args.out).map_err(bad)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(bad)?;
    Ok(profile)
}

/// Reads each sample by the new profile: a line each, and whether all gave the number that was learned.
fn tried(shown: &[Shown], side: Side, taught: &Taught, profile: &Profile, json: bool) -> End {
    let mut end = End::Done;
    for (sample, one) in shown.iter().enumerate() {
        let reading = reader::read(&one.picture, side, profile).reading;
        let judged = judge(profile, &reading, &|_| Issued::NoLedger, None);
        let numbers = taught.layouts.iter().flat_map(|layout| &layout.numbers);
        let want = numbers.into_iter().find(|(at, _)| *at == sample).map(|(_, number)| number);
        let same = want.is_some()
            && judged.number.as_ref().map(|it| it.as_str()) == want.map(String::as_str);
        if !same {
            end = End::No;
        }
        report::tried(&one.path, &judged, same, json);
    }
    end
}
