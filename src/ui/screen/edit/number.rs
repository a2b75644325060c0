//! A number typed by hand into boxes, without a field that has the focus: what can't stand there is
//! not taken, letters that are always the same come by themselves.

use crate::ui::words::Words;
use crate::voucher::grammar::{GrammarError, plain};
use crate::voucher::profile::Identified;
use crate::voucher::{LayoutId, Number, Profile};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NumberEntry {
    pub text: String,
    /// The layout that the paper is, or looks like.
    hint: Option<LayoutId>,
}

impl NumberEntry {
    pub fn new(number: Option<&Number>, hint: Option<LayoutId>) -> NumberEntry {
        let text = number.map(ToString::to_string).unwrap_or_default();
        NumberEntry { text, hint }
    }

    /// False: this character can't stand there.
    pub fn push(&mut self, char: char, profile: &Profile) -> bool {
        let char = plain(char);
        let direct = format!("{}{char}", self.text);
        if layouts(profile, &direct).next().is_some() {
            self.text = direct;
            return true;
        }
        let hinted = self.hint.as_ref().and_then(|hint| with_fixed(profile, hint, &self.text, char));
        match hinted {
            Some(text) => {
                self.text = text;
                true
            }
            None => false,
        }
    }

    pub fn pop(&mut self) {
        self.text.pop();
    }

    /// Lengths of the groups of the layout that it fits so far; the hinted one first.
    pub fn groups(&self, profile: &Profile) -> Vec<usize> {
        let hinted = self.hint.as_ref().filter(|hint| {
            layouts(profile, &self.text).any(|layout| layout == **hint)
        });
        let layout = hinted.cloned().or_else(|| layouts(profile, &self.text).next());
        let found = layout.and_then(|layout| profile.layout(&layout));
        found.map_or_else(|| vec![profile.longest_number()], |it| it.number.groups().to_vec())
    }

    /// The number, if it is one.
    pub fn number(&self, profile: &Profile) -> Option<Number> {
        match profile.identify(&self.text) {
            Identified::Number { number, .. } => Some(number),
            Identified::CheckDigitWrong { .. } | Identified::OtherScheme => None,
        }
    }

    /// Why it is none, in words. Never which check digit would be right: that is read from the paper.
    pub fn problem(&self, profile: &Profile, words: &Words) -> String {
        match profile.explain(&self.text) {
            GrammarError::Length { want, got } => words.edit_number_length(want, got),
            GrammarError::Character { position, .. } => words.edit_number_character(position),
            GrammarError::CheckDigit { .. } | GrammarError::NeverPrinted => {
                words.edit_number_check()
            }
        }
    }
}

/// Layouts into which the text fits so far.
fn layouts<'p>(profile: &'p Profile, text: &str) -> impl Iterator<Item = LayoutId> + 'p {
    let chars = text.chars().collect::<Vec<_>>();
    let fits = move |grammar: &crate::voucher::Grammar| {
        chars.len() <= grammar.len()
            && chars.iter().enumerate().all(|(at, char)| grammar.allowed_at(at).contains(*char))
    };
    let fitting = profile.layouts.iter().filter(move |layout| fits(&layout.number));
    fitting.map(|layout| layout.id.clone())
}

/// The text with the layout's fixed characters filled in, so that `char` can follow.
fn with_fixed(profile: &Profile, hint: &LayoutId, text: &str, char: char) -> Option<String> {
    let grammar = &profile.layout(hint)?.number;
    let mut filled = text.to_owned();
    while filled.chars().count() < grammar.len() {
        let allowed = grammar.allowed_at(filled.chars().count());
        if allowed.contains(char) {
            filled.push(char);
            return Some(filled);
        }
        let mut fixed = allowed.chars();
        match (fixed.next(), fixed.next()) {
            (Some(only), None) => filled.push(only),
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voucher::profile_file;

    fn profile() -> Profile {
        profile_file::parse(include_str!("../../../../assets/profiles/five-layouts.toml")).unwrap()
    }

    #[test]
    fn the_hinted_layouts_letter_comes_by_itself() {
        let profile = profile();
        let number = profile.layouts[1].number.compose("", 12_345).unwrap();
        let mut entry = NumberEntry::new(None, Some(LayoutId::new("B")));
        for digit in number.as_str().chars().skip(1) {
            assert!(entry.push(digit, &profile));
        }
        assert_eq!(entry.number(&profile), Some(number));
        assert!(!entry.push('1', &profile), "a number has an end");
    }

    #[test]
    fn full_width_and_small_letters_are_what_they_mean() {
        let profile = profile();
        let mut entry = NumberEntry::new(None, None);
        assert!(!entry.push('7', &profile), "no layout begins with a digit");
        assert!(entry.push('ｃ', &profile));
        assert!(entry.push('７', &profile));
        assert_eq!(entry.text, "C7");
        assert!(!entry.push('x', &profile));
        entry.pop();
        assert_eq!(entry.text, "C");
        assert_eq!(entry.number(&profile), None);
    }
}
