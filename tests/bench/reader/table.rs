//! A line of the table: who read how many, and how fast.

/// Right, wrong, none and times of one reader on one set.
#[derive(Default)]
pub struct Line {
    pub right: usize,
    pub wrong: usize,
    pub none: usize,
    pub ms: Vec<f64>,
}

/// What one picture counts as.
pub enum Mark {
    Right,
    Wrong,
    None,
}

impl Line {
    pub fn add(&mut self, mark: Mark, ms: f64) {
        self.ms.push(ms);
        match mark {
            Mark::Right => self.right += 1,
            Mark::Wrong => self.wrong += 1,
            Mark::None => self.none += 1,
        }
    }

    /// The time below which this share of the pictures took.
    fn at(&self, share: f64) -> f64 {
        let mut ms = self.ms.clone();
        ms.sort_by(f64::total_cmp);
        let last = ms.len().saturating_sub(1);
        ms.get((last as f64 * share).round() as usize).copied().unwrap_or(0.0)
    }

    fn mean(&self) -> f64 {
        self.ms.iter().sum::<f64>() / self.ms.len().max(1) as f64
    }

    /// Prints it; `peer` is what the times are divided by.
    pub fn print(&self, set: &str, who: &str, peer: Option<&Line>) {
        let ratio = peer.map_or_else(String::new, |peer| {
            let of = |time: fn(&Line) -> f64| time(self) / time(peer).max(1e-9);
            format!(
                "{:8.2} {:8.2} {:8.2}",
                of(|line| line.at(0.5)),
                of(|line| line.at(0.95)),
                of(Line::mean)
            )
        });
        println!(
            "{set:16} {who:22} {:5} {:5} {:5} {:9.2} {:9.2} {:9.2}   {ratio}",
            self.right,
            self.wrong,
            self.none,
            self.at(0.5),
            self.at(0.95),
            self.mean(),
        );
    }
}

pub fn head(what: &str) {
    println!();
    println!(
        "{what:39} right wrong  none    median       p95      mean   (ms)  / median    / p95   / mean of zxing-cpp"
    );
}

pub fn absent(set: &str, who: &str, why: &str) {
    println!("{set:16} {who:22} left out: {why}");
}
