//! Scans typed into the real window by a keyboard at the X server, as scanners type them, and numbers typed by
//! hand. A code is counted whole or it is nothing: `make soak-wedge` types 20,000 of them, this a few hundred.
//! It needs Xvfb and setxkbmap; where CI runs they must be there.

mod hand;
mod japanese;
mod keyboard;
mod log;
mod run;
mod scan;
mod shift;
mod slow;
mod station;
mod tally;

use crate::corpus::work::in_parallel;
use crate::display::there;
use run::{Piece, type_piece};
use scan::Boards;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use slow::Load;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use tally::{Machine, Tally, judge};

/// At most so many scans into one window: its envelope is no larger in a counting room.
const SCANS: u64 = 250;
/// At most so many numbers by hand into one window.
const KEYED: u64 = 25;
/// At most so many stories of what went wrong are printed.
const PRINTED: usize = 6;

/// What is done so far; a file of it lets the next run go on.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Progress {
    /// The program that was typed into: another one begins anew.
    program: String,
    done: BTreeMap<String, Tally>,
}

struct Plan {
    scans: u64,
    keyed: u64,
    seed: u64,
    jobs: usize,
    /// Where progress and stories are kept, if they are.
    folder: Option<PathBuf>,
}

fn asked(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

impl Plan {
    /// The pieces for one kind of machine, by name: half of the scans idle, 35 % loaded, 15 % slowed, and the
    /// numbers by hand half idle, half slowed.
    fn pieces(&self, machine: Machine) -> Vec<(String, Piece)> {
        let (scans, keyed) = match machine {
            Machine::Idle => (self.scans / 2, self.keyed - self.keyed / 2),
            Machine::Loaded => (self.scans * 35 / 100, 0),
            Machine::Slowed => {
                (self.scans - self.scans / 2 - self.scans * 35 / 100, self.keyed / 2)
            }
        };
        let mut all = Vec::new();
        let jobs = self.jobs as u64;
        let mut cut = |whole: u64, most: u64, by_hand: bool| {
            // Even pieces, as many as there are windows or a multiple of it.
            let count = whole.div_ceil(most).max(jobs.min(whole));
            for no in 0..count {
                let size = whole * (no + 1) / count - whole * no / count;
                let (scans, keyed) = if by_hand { (0, size) } else { (size, 0) };
                let seed = self.seed * 1_000_003 + all.len() as u64 + machine as u64 * 10_007;
                let boards = [Boards::Us, Boards::Jp, Boards::Us, Boards::UsIntoJp];
                let boards = boards[all.len() % boards.len()];
                let name = format!("{machine:?}-{}-{no}-{scans}-{keyed}", self.seed);
                let num = (all.len() / 2 + machine as usize).is_multiple_of(2);
                all.push((name, Piece { machine, scans, keyed, seed, boards, num }));
            }
        };
        cut(scans, SCANS, false);
        cut(keyed, KEYED, true);
        all
    }

    fn begun(&self) -> Progress {
        let mut hash = Sha256::new();
        for program in
            [PathBuf::from(env!("CARGO_BIN_EXE_kenban")), std::env::current_exe().unwrap()]
        {
            hash.update(std::fs::read(program).unwrap());
        }
        let program: String =
            hash.finalize().iter().take(8).map(|it| format!("{it:02x}")).collect();
        let kept = self.folder.as_ref().and_then(|folder| {
            let text = std::fs::read_to_string(folder.join("progress.json")).ok()?;
            serde_json::from_str::<Progress>(&text).ok()
        });
        kept.filter(|it| it.program == program)
            .unwrap_or(Progress { program, done: BTreeMap::new() })
    }

    fn save(&self, progress: &Progress) {
        if let Some(folder) = &self.folder {
            let new = folder.join("progress.new");
            std::fs::write(&new, serde_json::to_vec_pretty(progress).unwrap()).unwrap();
            std::fs::rename(new, folder.join("progress.json")).unwrap();
        }
    }

    fn tell(&self, name: &str, stories: &[String], printed: &Mutex<usize>) {
        if let Some(folder) = &self.folder
            && !stories.is_empty()
        {
            std::fs::write(folder.join(format!("{name}.txt")), stories.join("\n")).unwrap();
        }
        let mut printed = printed.lock().unwrap();
        for story in stories.iter().take(PRINTED.saturating_sub(*printed)) {
            println!("{name}: {story}");
            *printed += 1;
        }
    }

    /// Types all that is not done yet; fails at the end if anything came that must not.
    fn run(&self) {
        let progress = Mutex::new(self.begun());
        let printed = Mutex::new(0);
        let mut all: BTreeMap<Machine, Tally> = BTreeMap::new();
        for machine in Machine::ALL {
            let pieces = self.pieces(machine);
            let left = pieces
                .iter()
                .filter(|(name, _)| !progress.lock().unwrap().done.contains_key(name))
                .collect::<Vec<_>>();
            let load = (machine == Machine::Loaded && !left.is_empty()).then(Load::start);
            in_parallel(self.jobs, left.len(), |at| {
                let (name, piece) = left[at];
                let (tally, stories) = type_piece(*piece);
                self.tell(name, &stories, &printed);
                println!("{name}: {tally:?}");
                let mut progress = progress.lock().unwrap();
                progress.done.insert(name.clone(), tally);
                self.save(&progress);
            });
            drop(load);
            let progress = progress.lock().unwrap();
            for (name, _) in &pieces {
                all.entry(machine).or_default().add(&progress.done[name]);
            }
        }
        let faults = judge(&all);
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

fn has_all(programs: &[&str]) -> bool {
    let missing = programs.iter().filter(|it| !there(it)).collect::<Vec<_>>();
    if missing.is_empty() {
        return true;
    }
    assert!(std::env::var_os("CI").is_none(), "CI has no {missing:?}; see packaging");
    println!("left out: {missing:?} are not installed");
    false
}

#[test]
fn typed_scans_are_whole_or_told() {
    if has_all(&["Xvfb", "setxkbmap"]) {
        Plan { scans: 500, keyed: 16, seed: 1, jobs: 4, folder: None }.run();
    }
}

#[test]
#[ignore = "an hour or two: make soak-wedge"]
fn typed_scans_for_hours() {
    assert!(has_all(&["Xvfb", "setxkbmap"]));
    let seed = asked("KENBAN_WEDGE_SEED", 1);
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/target")),
        PathBuf::from,
    );
    let folder = target.join("soak-wedge").join(format!("seed-{seed}"));
    std::fs::create_dir_all(&folder).unwrap();
    let scans = asked("KENBAN_WEDGE_COUNT", 20_000);
    let plan = Plan {
        scans,
        keyed: scans.div_ceil(100).max(8),
        seed,
        jobs: asked("KENBAN_WEDGE_JOBS", 4) as usize,
        folder: Some(folder),
    };
    plan.run();
}
