//! The long run: draws and reads many pictures, and counts what came of them. It goes on where it was stopped, and
//! what was read wrongly is left as pictures to look at. `make soak-reader`.

use super::drawn::{Easel, Forgery, Made, Wear, blank, foreign, forged, honest, rng_of};
use super::odd::noise;
use super::score::{Came, Counts, Tally};
use super::work::in_parallel;
use kenban::picture::{Limits, Luma, Picture, decode};
use kenban::reader::{READER, read};
use kenban::voucher::{Profile, Reading, Side};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::time::Instant;

/// Pictures between two savings of what is done.
const BLOCK: u64 = 500;
/// At most so many wrong ones are left as pictures.
const KEPT: usize = 500;

/// What is done so far; a file of it lets the next run go on.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Progress {
    /// The program that read them: another one begins anew.
    reader: String,
    seed: u64,
    done: u64,
    tally: Tally,
    panics: usize,
    read_ms: f64,
    seconds: f64,
}

struct Run {
    count: u64,
    seed: u64,
    jobs: usize,
    folder: PathBuf,
}

fn asked(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

impl Run {
    /// As the environment says.
    fn asked() -> Run {
        let cores = std::thread::available_parallelism().map_or(1, usize::from) as u64;
        let seed = asked("KENBAN_READER_SEED", 1);
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
            || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/target")),
            PathBuf::from,
        );
        Run {
            count: asked("KENBAN_READER_COUNT", 100_000),
            seed,
            jobs: asked("KENBAN_READER_JOBS", cores) as usize,
            folder: target.join("soak-reader").join(format!("seed-{seed}")),
        }
    }

    fn begun(&self) -> Progress {
        // The bytes of this very program: figures of two readers are never added up.
        let own = fs::read(std::env::current_exe().unwrap()).unwrap();
        let hex: String = Sha256::digest(&own).iter().map(|byte| format!("{byte:02x}")).collect();
        let reader = format!("{READER} {}", &hex[..16]);
        let kept = fs::read_to_string(self.folder.join("progress.json")).unwrap_or_default();
        match serde_json::from_str::<Progress>(&kept) {
            Ok(progress) if progress.reader == reader && progress.seed == self.seed => {
                println!("goes on after {} pictures", progress.done);
                progress
            }
            _ => Progress { reader, seed: self.seed, ..Progress::default() },
        }
    }

    fn save(&self, progress: &Progress) {
        let new = self.folder.join("progress.new");
        fs::write(&new, serde_json::to_vec_pretty(progress).unwrap()).unwrap();
        fs::rename(new, self.folder.join("progress.json")).unwrap();
    }

    /// A picture and the story of what was read of it.
    fn keep(&self, name: &str, jpeg: &[u8], story: &str) {
        let wrong = self.folder.join("wrong");
        fs::create_dir_all(&wrong).unwrap();
        if fs::read_dir(&wrong).unwrap().count() < 2 * KEPT {
            fs::write(wrong.join(format!("{name}.jpg")), jpeg).unwrap();
            fs::write(wrong.join(format!("{name}.txt")), story).unwrap();
        }
    }
}

/// Of a hundred sheets five are forged, three of another scheme, two blank.
fn sheet(profile: &Profile, seed: u64, place: u64) -> Made {
    match rng_of(!seed, place).u8(..100) {
        it @ 0..5 => forged(profile, seed, place, Wear::Any, Forgery::ALL[usize::from(it) % 3]),
        5..8 => foreign(seed, place, Wear::Any),
        8..10 => blank(seed, place, Wear::Any),
        _ => honest(profile, seed, place, Wear::Any),
    }
}

/// What one picture gave; no reading where the reader panicked.
struct Look {
    made: Made,
    jpeg: Vec<u8>,
    reading: Option<Reading>,
    ms: f64,
}

fn look(easel: &Easel, seed: u64, place: u64) -> Look {
    let made = sheet(&easel.profile, seed, place);
    let jpeg = easel.studio.draw(&made.drawing).unwrap();
    let picture = decode(&jpeg, &Limits::default()).unwrap();
    let begin = Instant::now();
    let reading =
        catch_unwind(AssertUnwindSafe(|| read(&picture, Side::Front, &easel.profile).reading)).ok();
    Look { made, jpeg, reading, ms: begin.elapsed().as_secs_f64() * 1_000.0 }
}

fn block(run: &Run, easel: &Easel, progress: &mut Progress) {
    let first = progress.done;
    let size = BLOCK.min(run.count - first);
    let looks = in_parallel(run.jobs, size as usize, |at| {
        let place = first + at as u64;
        let mut look = look(easel, run.seed, place);
        // Pictures are large; only those that went wrong are needed later.
        let mut alone = Tally::default();
        let came =
            look.reading.as_ref().map(|it| alone.add(&easel.profile, &look.made.truth, it).0);
        if matches!(came, Some(Came::Right | Came::Nothing)) {
            look.jpeg = Vec::new();
        }
        look
    });
    for (at, look) in looks.into_iter().enumerate() {
        let name = format!("{:07}", first + at as u64);
        progress.read_ms += look.ms;
        let Some(reading) = &look.reading else {
            progress.panics += 1;
            run.keep(&format!("{name}-panic"), &look.jpeg, &format!("{:?}", look.made.drawing));
            continue;
        };
        let (came, judged) = progress.tally.add(&easel.profile, &look.made.truth, reading);
        let word = match came {
            Came::Right | Came::Nothing => continue,
            Came::WrongProposal => "proposed",
            Came::WrongAccept => "accepted",
        };
        let story =
            format!("{:#?}\n{judged:#?}\n{reading:#?}\n{:#?}", look.made.truth, look.made.drawing);
        run.keep(&format!("{name}-{word}"), &look.jpeg, &story);
    }
    progress.done += size;
}

/// The largest size that is decoded at all, flat and as noise, in grey and in colour.
fn hundred_megapixels(profile: &Profile) {
    for luma in [Luma::flat(10_000, 10_000, 235), noise(10_000, 10_000)] {
        let begin = Instant::now();
        let rgb = Some(luma.data.iter().flat_map(|grey| [*grey, 255 - *grey, 90]).collect());
        let findings = read(&Picture::new(luma, rgb), Side::Front, profile);
        assert!(findings.reading.barcode.is_none() && findings.reading.printed.is_none());
        println!("100 megapixels: no number, {:.1} s", begin.elapsed().as_secs_f64());
    }
}

fn line(name: &str, counts: &Counts) {
    println!(
        "{name:22} {:7} {:7} {:7} {:7} {:7}   {:7} {:7} {:7}  {:7}",
        counts.sheets,
        counts.accept,
        counts.check,
        counts.unreadable,
        counts.stop,
        counts.right,
        counts.wrong_proposals,
        counts.wrong_accepts,
        counts.wrong_by_ledger,
    );
}

fn say(progress: &Progress) {
    let (tally, done) = (&progress.tally, progress.done.max(1) as f64);
    println!(
        "{} pictures, seed {}, {}; {:.0} s in all, reading {:.1} ms a picture on average",
        progress.done,
        progress.seed,
        progress.reader,
        progress.seconds,
        progress.read_ms / done
    );
    println!(
        "                        sheets  accept   check  unread.    stop     right  wrong prop. acc.  if all issued"
    );
    line("honest", &tally.honest);
    line("  with a barcode", &tally.with_barcode);
    line("forged", &tally.forged);
    line("another scheme", &tally.foreign);
    line("blank", &tally.blank);
    println!(
        "right: accepted or proposed with its own number, or of a forged, foreign or blank one not counted and not \
         proposed.\nif all issued: accepted wrongly if there were a ledger that says yes to every number; nothing of it \
         happened."
    );
    let accepted = tally.total(|counts| counts.accept);
    match tally.total(|counts| counts.wrong_accepts) {
        0 => {
            // The rule of three: a rate of 3 / N would have shown itself with 95 %.
            println!(
                "wrong accepts: 0 of {}; with 95 % confidence fewer than {:.1} of 100,000 pictures, and {:.1} of \
                 100,000 accepted ones",
                progress.done,
                3.0e5 / done,
                3.0e5 / accepted.max(1) as f64
            );
        }
        wrong => println!("WRONG ACCEPTS: {wrong} of {}", progress.done),
    }
    println!("forged accepted: {}; panics: {}", tally.forged.accept, progress.panics);
}

#[test]
#[ignore = "hours: make soak-reader"]
fn reader_over_many_pictures() {
    let run = Run::asked();
    let easel = Easel::new().expect("fonts to draw with");
    fs::create_dir_all(&run.folder).unwrap();
    let mut progress = run.begun();
    if progress.done == 0 {
        hundred_megapixels(&easel.profile);
    }
    while progress.done < run.count {
        let begin = Instant::now();
        block(&run, &easel, &mut progress);
        progress.seconds += begin.elapsed().as_secs_f64();
        run.save(&progress);
        let tally = &progress.tally;
        println!(
            "{} of {}: {} wrong proposals, {} wrong accepts, {} panics",
            progress.done,
            run.count,
            tally.total(|counts| counts.wrong_proposals),
            tally.total(|counts| counts.wrong_accepts),
            progress.panics
        );
    }
    say(&progress);
    println!("wrong ones, if any, lie in {}", run.folder.join("wrong").display());
    let bad = progress.tally.total(|counts| counts.wrong_accepts) + progress.panics;
    assert_eq!(bad, 0, "wrong accepts or panics");
}
