//! What came of all that was typed, as a table, and what of it must not be.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How the machine is while scans are typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Machine {
    Idle,
    Loaded,
    Slowed,
}

impl Machine {
    pub const ALL: [Machine; 3] = [Machine::Idle, Machine::Loaded, Machine::Slowed];

    pub fn words(self) -> &'static str {
        match self {
            Machine::Idle => "idle",
            Machine::Loaded => "both cores loaded",
            Machine::Slowed => "slowed frames",
        }
    }

    /// So many of a thousand scans must come whole.
    fn least(self) -> u64 {
        match self {
            Machine::Idle => 999,
            Machine::Loaded => 990,
            Machine::Slowed => 0,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    pub scans: u64,
    pub whole: u64,
    /// Not counted, and said so.
    pub told: u64,
    /// Not counted, and nothing said.
    pub silent: u64,
    /// Sheets under a text that nobody scanned.
    pub wrong: u64,
    /// Events that some key of a scan did.
    pub acted: u64,
    /// Said to be torn, and counted all the same.
    pub untrue: u64,
    /// Besides those scans: the keyboard itself was slower than a scanner, as the server's times say.
    pub slow: u64,
    /// Numbers typed by hand, and of them taken for a scan, and with a character lost or another one.
    pub keyed: u64,
    pub taken: u64,
    pub misread: u64,
    pub seconds: u64,
}

impl Tally {
    pub fn add(&mut self, other: &Tally) {
        let Tally {
            scans,
            whole,
            told,
            silent,
            wrong,
            acted,
            untrue,
            slow,
            keyed,
            taken,
            misread,
            seconds,
        } = other;
        self.scans += scans;
        self.whole += whole;
        self.told += told;
        self.silent += silent;
        self.wrong += wrong;
        self.acted += acted;
        self.untrue += untrue;
        self.slow += slow;
        self.keyed += keyed;
        self.taken += taken;
        self.misread += misread;
        self.seconds += seconds;
    }
}

/// Prints the table; gives what must not be.
pub fn judge(of: &BTreeMap<Machine, Tally>) -> Vec<String> {
    let mut faults = Vec::new();
    println!(
        "{:18} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7}   {:>7} {:>7} {:>7} {:>7}",
        "",
        "scans",
        "whole",
        "told",
        "silent",
        "wrong",
        "acted",
        "untrue",
        "slow",
        "keyed",
        "taken",
        "misread",
        "s"
    );
    for machine in Machine::ALL {
        let Some(it) = of.get(&machine) else { continue };
        let Tally {
            scans,
            whole,
            told,
            silent,
            wrong,
            acted,
            untrue,
            slow,
            keyed,
            taken,
            misread,
            seconds,
        } = it;
        println!(
            "{:18} {scans:7} {whole:7} {told:7} {silent:7} {wrong:7} {acted:7} {untrue:7} {slow:7}   {keyed:7} {taken:7} {misread:7} {seconds:7}",
            machine.words()
        );
        let mut never = |count: u64, what: &str| {
            if count > 0 {
                faults.push(format!("{}: {count} {what}", machine.words()));
            }
        };
        never(*wrong, "sheets under a text that nobody scanned");
        never(*acted, "keys of a scan acted");
        never(*silent, "scans lost without a word");
        never(*untrue, "scans counted that were said to be torn");
        never(*taken, "numbers typed by hand were taken for a scan");
        never(*misread, "numbers typed by hand came as others");
        let (least, words) = (machine.least(), machine.words());
        if whole * 1_000 < scans * least {
            faults.push(format!("{words}: {whole} of {scans} whole, not {least} in 1,000"));
        }
        if slow * 10 > scans + slow {
            faults.push(format!("{words}: {slow} scans were typed slower than a scanner types"));
        }
    }
    println!(
        "whole: one sheet with that very text. told: not counted, and the window said so once for each. silent: neither.\n\
         wrong: a sheet with another text. acted: any other event. untrue: counted, and said to be torn. slow: besides, typed slower than a\n\
         scanner types by a server that had no time; not judged. keyed: typed by hand; taken: as a scan; misread: another number, or none."
    );
    faults
}
