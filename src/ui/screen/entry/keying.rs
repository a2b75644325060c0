//! A number on its way into its boxes, by a ten-key pad: fixed letters fill themselves, a digit chooses
//! one of several letters, and what can't stand there is not taken.

use crate::voucher::grammar::GrammarError;
use crate::voucher::profile::Identified;
use crate::voucher::{Grammar, LayoutId, Number, Profile};

/// What a person has keyed of one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keying {
    text: String,
    /// For each character of `text` whether the person keyed it; the others filled themselves.
    own: Vec<bool>,
    /// Place of the layout in the profile whose boxes are shown.
    layout: usize,
    /// The sheet is of this layout, or looks like it: its fixed letters need no key.
    hinted: bool,
    /// The last character came by the arrows, so they change it.
    turned: bool,
}

/// How a number stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// So many characters are missing.
    Missing(usize),
    Whole {
        number: Number,
        layout: LayoutId,
    },
    CheckDigit,
    /// No such number was ever printed.
    NeverPrinted,
    NoNumber,
}

/// What a key may choose, and by which keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choices {
    None,
    /// The digit 1 takes the first, 0 the tenth.
    ByDigit(Vec<char>),
    /// Digits stand for themselves; the arrows go through these signs.
    ByArrow(Vec<char>),
}

impl Keying {
    /// Empty boxes; `hint` is the layout that the sheet has or looks like.
    pub fn new(profile: &Profile, hint: Option<&LayoutId>) -> Keying {
        let hinted = hint.and_then(|hint| profile.layouts.iter().position(|it| it.id == *hint));
        let mut keying = Keying {
            text: String::new(),
            own: Vec::new(),
            layout: hinted.unwrap_or(0),
            hinted: hinted.is_some(),
            turned: false,
        };
        keying.fill(profile);
        keying
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the person has keyed anything.
    pub fn is_begun(&self) -> bool {
        self.own.contains(&true)
    }

    /// Sizes of the printed groups of the layout that is shown.
    pub fn groups<'p>(&self, profile: &'p Profile) -> &'p [usize] {
        self.grammar(profile).map_or(&[], Grammar::groups)
    }

    /// Whether the layout that is shown has a check digit.
    pub fn has_check_digit(&self, profile: &Profile) -> bool {
        self.grammar(profile).is_some_and(Grammar::has_check_digit)
    }

    fn grammar<'p>(&self, profile: &'p Profile) -> Option<&'p Grammar> {
        profile.layouts.get(self.layout).map(|layout| &layout.number)
    }

    /// Takes a character where the number can have one. False: it can't be there.
    pub fn put(&mut self, profile: &Profile, typed: char) -> bool {
        let char = typed.to_ascii_uppercase();
        let taken = match self.meant(profile, char) {
            Some(meant) => {
                self.push(profile, meant);
                true
            }
            None => !self.is_begun() && !char.is_ascii_digit() && self.begin_with(profile, char),
        };
        self.turned &= !taken;
        taken
    }

    /// The character that a key means at the next box.
    fn meant(&self, profile: &Profile, char: char) -> Option<char> {
        if let (Some(digit), Choices::ByDigit(letters)) = (char.to_digit(10), self.choices(profile))
        {
            let place = if digit == 0 { 9 } else { digit as usize - 1 };
            return letters.get(place).copied();
        }
        self.allowed(profile).contains(char).then_some(char)
    }

    /// A letter keyed over one that had filled itself: it is the number's first.
    fn begin_with(&mut self, profile: &Profile, char: char) -> bool {
        let mut bare = Keying { text: String::new(), own: Vec::new(), hinted: false, ..*self };
        let fits = !self.text.is_empty() && bare.allowed(profile).contains(char);
        if fits {
            bare.push(profile, char);
            *self = bare;
        }
        fits
    }

    /// Takes the last keyed character back, with what had filled itself after it; once nothing keyed is
    /// left, what had filled itself before. False: the boxes are empty.
    pub fn erase(&mut self, profile: &Profile) -> bool {
        self.turned = false;
        let before = self.text.clone();
        if let Some(last) = self.own.iter().rposition(|own| *own) {
            self.cut(last);
        } else {
            self.hinted = false;
            self.cut(0);
        }
        self.fill(profile);
        self.text != before
    }

    /// The next sign at a box that the digits alone can't fill. False: there is none.
    pub fn turn(&mut self, profile: &Profile, back: bool) -> bool {
        let last = self.own.iter().rposition(|own| *own);
        let mut now = None;
        if let (true, Some(last)) = (self.turned, last) {
            now = self.text.chars().nth(last);
            self.cut(last);
        }
        let Choices::ByArrow(signs) = self.choices(profile) else { return false };
        let at = now.and_then(|now| signs.iter().position(|sign| *sign == now));
        let count = signs.len();
        let next = match (at, back) {
            (None, false) => 0,
            (None, true) => count - 1,
            (Some(at), false) => (at + 1) % count,
            (Some(at), true) => (at + count - 1) % count,
        };
        if let Some(sign) = signs.get(next) {
            self.push(profile, *sign);
            self.turned = true;
        }
        true
    }

    /// What the next box may be filled with, besides plain digits.
    pub fn choices(&self, profile: &Profile) -> Choices {
        let own = self.grammar(profile).map(|it| it.allowed_at(self.text.len()));
        let allowed = match own {
            Some(own) if self.hinted && !own.is_empty() => own,
            _ => self.allowed(profile),
        };
        let signs = allowed.chars().filter(|char| !char.is_ascii_digit()).collect::<Vec<_>>();
        match (signs.is_empty(), signs.len() == allowed.chars().count()) {
            (true, _) => Choices::None,
            (false, true) => Choices::ByDigit(signs),
            (false, false) => Choices::ByArrow(signs),
        }
    }

    /// How the number stands.
    pub fn standing(&self, profile: &Profile) -> Standing {
        match profile.identify(&self.text) {
            Identified::Number { number, layout } => return Standing::Whole { number, layout },
            Identified::CheckDigitWrong { .. } | Identified::OtherScheme => {}
        }
        let wanted = self.grammar(profile).map_or(0, Grammar::len);
        if self.text.len() < wanted {
            return Standing::Missing(wanted - self.text.len());
        }
        match profile.explain(&self.text) {
            GrammarError::CheckDigit { .. } => Standing::CheckDigit,
            GrammarError::NeverPrinted => Standing::NeverPrinted,
            GrammarError::Length { .. } | GrammarError::Character { .. } => Standing::NoNumber,
        }
    }

    /// Everything that any layout allows at the next box, of those that have what stands before it.
    fn allowed(&self, profile: &Profile) -> String {
        let mut allowed = String::new();
        let own = self.grammar(profile).into_iter();
        let others = profile.layouts.iter().map(|layout| &layout.number);
        for grammar in own.chain(others).filter(|grammar| begins(grammar, &self.text)) {
            for char in grammar.allowed_at(self.text.len()).chars() {
                if !allowed.contains(char) {
                    allowed.push(char);
                }
            }
        }
        // The letters of several layouts stand in the profile's order, whichever is shown.
        if allowed.chars().all(|char| !char.is_ascii_digit()) {
            let place = |char: char| {
                let at = self.text.len();
                profile.layouts.iter().position(|it| it.number.allowed_at(at).contains(char))
            };
            let mut sorted = allowed.chars().collect::<Vec<_>>();
            sorted.sort_by_key(|char| place(*char));
            allowed = sorted.into_iter().collect();
        }
        allowed
    }

    fn push(&mut self, profile: &Profile, char: char) {
        self.text.push(char);
        self.own.push(true);
        self.follow(profile);
        self.fill(profile);
    }

    /// Only another layout has these characters: its boxes are shown.
    fn follow(&mut self, profile: &Profile) {
        let fits =
            |at: &usize| profile.layouts.get(*at).is_some_and(|it| begins(&it.number, &self.text));
        if !fits(&self.layout)
            && let Some(other) = (0..profile.layouts.len()).find(fits)
        {
            self.layout = other;
            self.hinted = false;
        }
    }

    /// Fills what can be only one thing.
    fn fill(&mut self, profile: &Profile) {
        while let Some(only) = self.only(profile) {
            self.text.push(only);
            self.own.push(false);
        }
    }

    fn only(&self, profile: &Profile) -> Option<char> {
        let own = self.grammar(profile)?.allowed_at(self.text.len());
        let mut chars = if self.hinted { own.chars() } else { return self.only_of_all(profile) };
        chars.next().filter(|_| chars.next().is_none())
    }

    /// Without a hint a letter fills itself only if every layout has it there.
    fn only_of_all(&self, profile: &Profile) -> Option<char> {
        let ended = |layout: &crate::voucher::Layout| {
            layout.number.len() == self.text.len() && begins(&layout.number, &self.text)
        };
        if profile.layouts.iter().any(ended) {
            return None;
        }
        let allowed = self.allowed(profile);
        let mut chars = allowed.chars();
        chars.next().filter(|_| chars.next().is_none())
    }

    fn cut(&mut self, length: usize) {
        // Numbers are ASCII: characters and bytes are one.
        self.text.truncate(length);
        self.own.truncate(length);
    }
}

/// Whether a number of this grammar may begin so.
fn begins(grammar: &Grammar, text: &str) -> bool {
    text.len() <= grammar.len()
        && text.chars().enumerate().all(|(at, char)| grammar.allowed_at(at).contains(char))
}

#[cfg(test)]
#[path = "keying_tests.rs"]
mod tests;
