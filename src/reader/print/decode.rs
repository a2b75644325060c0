//! What the net's answer says: the free reading, and the likeliest texts of a given form. Shared with the
//! package that trains the net, which judges with the very same code.

use super::line::{ALPHABET, CLASSES, class_of};

/// Texts that are followed at once in the search for a form.
const BEAM: usize = 40;

/// Texts that all together are less likely are given up: the least that counts is far above.
const HOPELESS: f64 = 1e-5;

/// Chances below this are none: a column never rules a class out for good.
const FLOOR: f32 = 1e-6;

/// Chances of each class in each column, column by column.
#[derive(Clone, Debug)]
pub struct Answer {
    chances: Vec<[f32; CLASSES]>,
}

/// A text and its part of all chances, 0..1.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub text: String,
    pub chance: f64,
}

/// What may stand at each place, as classes.
pub type Form = Vec<Vec<usize>>;

/// The form of a number from the characters that may stand at each place; `None` if at one place
/// nothing may stand that the net knows.
pub fn form(places: impl Iterator<Item = String>) -> Option<Form> {
    places
        .map(|allowed| {
            let mut classes: Vec<usize> = allowed.chars().filter_map(class_of).collect();
            classes.sort_unstable();
            classes.dedup();
            (!classes.is_empty()).then_some(classes)
        })
        .collect()
}

/// One text on its way through the columns.
#[derive(Clone, Copy)]
struct Path {
    /// Its last character's place among all steps; 0 is the start.
    step: usize,
    blank: f64,
    last: f64,
}

impl Path {
    fn chance(&self) -> f64 {
        self.blank + self.last
    }
}

/// A character added to a text.
struct Step {
    before: usize,
    class: usize,
    length: usize,
    /// Class and step of each text that goes on from here.
    after: Vec<(usize, usize)>,
    /// Where its path stands among those of the column that is worked on.
    place: Option<usize>,
}

impl Answer {
    /// From the net's numbers: classes x columns, row by row.
    pub fn new(logits: &[f32]) -> Answer {
        let columns = logits.len() / CLASSES;
        let chances = (0..columns)
            .map(|t| {
                let mut column: [f32; CLASSES] =
                    std::array::from_fn(|c| logits.get(c * columns + t).copied().unwrap_or(0.0));
                let most = column.iter().copied().fold(f32::MIN, f32::max);
                column.iter_mut().for_each(|v| *v = (*v - most).exp());
                let sum: f32 = column.iter().sum();
                column.map(|v| (v / sum).max(FLOOR))
            })
            .collect();
        Answer { chances }
    }

    /// The chances, column by column.
    pub fn chances(&self) -> &[[f32; CLASSES]] {
        &self.chances
    }

    /// The likeliest class of each column, repeats and blanks dropped, and its chance as a text.
    pub fn free(&self) -> Candidate {
        let mut classes = Vec::new();
        let mut last = 0;
        for column in &self.chances {
            let best = (0..CLASSES).max_by(|a, b| column[*a].total_cmp(&column[*b])).unwrap_or(0);
            if best != 0 && best != last {
                classes.push(best);
            }
            last = best;
        }
        let chance = self.chance_of(&classes);
        Candidate { text: classes.iter().map(|class| ALPHABET[class - 1]).collect(), chance }
    }

    /// The chance of a text over all ways to lay it on the columns (the forward sum of connectionist temporal
    /// classification, Graves et al. 2006).
    fn chance_of(&self, classes: &[usize]) -> f64 {
        let states = 2 * classes.len() + 1;
        let class = |s: usize| if s.is_multiple_of(2) { 0 } else { classes[s / 2] };
        let mut now = vec![0.0f64; states];
        let mut log = 0.0f64;
        for (t, column) in self.chances.iter().enumerate() {
            for s in (0..states).rev() {
                let before = if t == 0 {
                    f64::from(u8::from(s < 2))
                } else {
                    let skip = s >= 3 && s % 2 == 1 && class(s) != class(s - 2);
                    now[s]
                        + if s >= 1 { now[s - 1] } else { 0.0 }
                        + if skip { now[s - 2] } else { 0.0 }
                };
                now[s] = before * f64::from(column[class(s)]);
            }
            // Kept away from zero.
            let sum: f64 = now.iter().sum();
            if sum <= 0.0 {
                return 0.0;
            }
            log += sum.ln();
            now.iter_mut().for_each(|v| *v /= sum);
        }
        let ends = now[states - 1] + if states > 1 { now[states - 2] } else { 0.0 };
        (log + ends.max(f64::MIN_POSITIVE).ln()).exp()
    }

    /// The chance that so many columns at least are no gap. All texts of that length together are no likelier.
    fn chance_of_length(&self, length: usize) -> f64 {
        // Chances of 0 to length columns; the last stands for all beyond it, too.
        let mut counts = vec![0.0f64; length + 1];
        counts[0] = 1.0;
        for column in &self.chances {
            let gap = f64::from(column[0] + column[CLASSES - 1]).min(1.0);
            for n in (0..=length).rev() {
                let stays = if n == length { 1.0 } else { gap };
                counts[n] =
                    counts[n] * stays + if n > 0 { counts[n - 1] * (1.0 - gap) } else { 0.0 };
            }
        }
        counts[length]
    }

    /// The likeliest texts of a form, the best first, each with its part of the chances of all texts: a search
    /// along the columns that keeps the best beginnings. Nothing if none of them is likely. A printed hyphen counts as
    /// a gap.
    pub fn of_form(&self, form: &Form) -> Vec<Candidate> {
        if self.chance_of_length(form.len()) < HOPELESS {
            return Vec::new();
        }
        let mut steps = vec![Step::new(0, 0, 0)];
        let mut paths = vec![Path { step: 0, blank: 1.0, last: 0.0 }];
        let mut log = 0.0f64;
        for (t, column) in self.chances.iter().enumerate() {
            let left = self.chances.len() - t;
            let gap = f64::from(column[0] + column[CLASSES - 1]);
            let mut next: Vec<Path> = Vec::with_capacity(paths.len() * 4);
            for path in &paths {
                let (class, length) = (steps[path.step].class, steps[path.step].length);
                let stay = if path.step == 0 { 0.0 } else { path.last * f64::from(column[class]) };
                add(&mut next, &mut steps, path.step, path.chance() * gap, stay);
                // A text that can't be finished in the columns left is given up.
                let Some(allowed) = form.get(length).filter(|_| form.len() - length <= left) else {
                    continue;
                };
                for wanted in allowed {
                    let chance = f64::from(column[*wanted]);
                    // The same character again needs a gap between.
                    let from = if *wanted == class { path.blank } else { path.chance() };
                    if chance < 1e-4 || from * chance < 1e-9 {
                        continue;
                    }
                    let step = child(&mut steps, path.step, *wanted);
                    add(&mut next, &mut steps, step, 0.0, from * chance);
                }
            }
            for path in &next {
                steps[path.step].place = None;
            }
            if next.len() > BEAM {
                next.select_nth_unstable_by(BEAM, |a, b| b.chance().total_cmp(&a.chance()));
                next.truncate(BEAM);
            }
            let sum: f64 = next.iter().map(Path::chance).sum();
            log += sum.ln();
            if log < HOPELESS.ln() {
                return Vec::new();
            }
            for path in &mut next {
                path.blank /= sum;
                path.last /= sum;
            }
            paths = next;
        }
        paths.sort_by(|a, b| b.chance().total_cmp(&a.chance()));
        paths
            .iter()
            .filter(|path| steps[path.step].length == form.len())
            .map(|path| Candidate {
                text: text_of(&steps, path.step),
                chance: (log + path.chance().max(f64::MIN_POSITIVE).ln()).exp(),
            })
            .collect()
    }
}

impl Step {
    fn new(before: usize, class: usize, length: usize) -> Step {
        Step { before, class, length, after: Vec::new(), place: None }
    }
}

/// Adds to the path of a text, which may be on its way already.
fn add(paths: &mut Vec<Path>, steps: &mut [Step], step: usize, blank: f64, last: f64) {
    match steps[step].place.and_then(|place| paths.get_mut(place)) {
        Some(path) => {
            path.blank += blank;
            path.last += last;
        }
        None => {
            steps[step].place = Some(paths.len());
            paths.push(Path { step, blank, last });
        }
    }
}

/// The step that adds a class to a text, made once.
fn child(steps: &mut Vec<Step>, before: usize, class: usize) -> usize {
    if let Some((_, known)) = steps[before].after.iter().find(|(of, _)| *of == class) {
        return *known;
    }
    let made = steps.len();
    let length = steps[before].length + 1;
    steps.push(Step::new(before, class, length));
    steps[before].after.push((class, made));
    made
}

fn text_of(steps: &[Step], mut at: usize) -> String {
    let mut text = Vec::new();
    while at != 0 {
        text.push(ALPHABET[steps[at].class - 1]);
        at = steps[at].before;
    }
    text.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns that say these classes with this chance each, the rest spread evenly.
    fn said(columns: &[&[(usize, f32)]]) -> Answer {
        let chances = columns
            .iter()
            .map(|column| {
                let known: f32 = column.iter().map(|(_, p)| p).sum();
                let mut all = [(1.0 - known) / (CLASSES - column.len()) as f32; CLASSES];
                for (class, p) in *column {
                    all[*class] = *p;
                }
                all
            })
            .collect();
        Answer { chances }
    }

    fn class(c: char) -> usize {
        class_of(c).unwrap()
    }

    #[test]
    fn repeats_merge_unless_a_gap_is_between() {
        let (one, two) = (class('1'), class('2'));
        let sure = |c| [(c, 0.99)];
        let answer = said(&[&sure(one), &sure(one), &sure(0), &sure(one), &sure(two)]);
        let free = answer.free();
        assert_eq!(free.text, "112");
        assert!(free.chance > 0.9, "{free:?}");
        let digits = || "0123456789".to_owned();
        let found = answer.of_form(&form((0..3).map(|_| digits())).unwrap());
        assert_eq!(found[0].text, "112");
        assert!((found[0].chance - free.chance).abs() < 1e-3, "{found:?} {free:?}");
    }

    #[test]
    fn the_form_says_what_stands_where() {
        // The net takes a B for an 8 more often than not; the form knows better, at a price.
        let answer = said(&[&[(class('8'), 0.6), (class('B'), 0.39)], &[(class('8'), 0.9)]]);
        assert_eq!(answer.free().text, "8");
        let form = form(["B".to_owned(), "0123456789".to_owned()].into_iter()).unwrap();
        let found = answer.of_form(&form);
        assert_eq!(found[0].text, "B8");
        assert!(found[0].chance < 0.4);
    }

    #[test]
    fn what_is_hardly_possible_is_given_up() {
        let seven = [(class('7'), 0.98)];
        let answer = said(&[&seven, &[(0, 0.99)], &seven, &[(0, 0.99)], &seven]);
        let of = |allowed: &str| answer.of_form(&form((0..3).map(|_| allowed.to_owned())).unwrap());
        assert_eq!(of("0123456789")[0].text, "777");
        assert!(of("5").is_empty());
    }

    #[test]
    fn hyphens_are_gaps_and_letters_o_are_zeros() {
        let answer = said(&[&[(class('1'), 0.99)], &[(class('-'), 0.99)], &[(class('1'), 0.99)]]);
        assert_eq!(answer.free().text, "1-1");
        let form = form((0..2).map(|_| "0123456789".to_owned())).unwrap();
        assert_eq!(answer.of_form(&form)[0].text, "11");
        assert_eq!(class('O'), class('0'));
    }

    #[test]
    fn chances_of_a_form_never_exceed_one() {
        let mut rng = fastrand::Rng::with_seed(4);
        for _ in 0..50 {
            let logits: Vec<f32> = (0..CLASSES * 12).map(|_| rng.f32() * 6.0).collect();
            let answer = Answer::new(&logits);
            let length = 1 + rng.usize(0..4);
            let form = form((0..length).map(|_| "0123456789".to_owned())).unwrap();
            let found = answer.of_form(&form);
            let sum: f64 = found.iter().map(|c| c.chance).sum();
            assert!(sum <= 1.0 + 1e-6, "{sum}");
            assert!(sum <= answer.chance_of_length(length) + 1e-6, "{sum}");
            // Each is no more than what all its ways come to.
            for one in &found {
                let classes: Vec<usize> = one.text.chars().filter_map(class_of).collect();
                assert!(classes.len() == length && one.chance.is_finite());
            }
        }
        assert_eq!(Answer::new(&[]).free().text, "");
        assert!(Answer::new(&[]).of_form(&vec![vec![1]]).is_empty());
    }
}
