//! Looking a shop up while it is typed. Answers come later than keys: one for another text is stale.

use crate::flow::rows::ShopEntry;
use crate::ui::port::{Query, Ticket};
use crate::ui::screen::Cx;

#[derive(Debug, Default)]
pub(super) struct Search {
    /// What was asked last, and by which ticket.
    asked: Option<(String, Ticket)>,
    /// The text that `hits` answer.
    answered: Option<String>,
    pub hits: Vec<ShopEntry>,
    /// The hit that Enter takes.
    pub cursor: usize,
    /// Enter came before the answer.
    waits: bool,
    /// The arrows moved: the list follows.
    pub moved: bool,
}

/// What Enter comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Shop(ShopEntry),
    Nothing,
    /// The answer is still to come.
    Later,
}

impl Search {
    /// The text changed: asks anew.
    pub fn changed(&mut self, text: &str, cx: &mut Cx<'_>) {
        let text = plain(text);
        self.waits = false;
        if text.is_empty() {
            *self = Search::default();
        } else if self.asked.as_ref().is_none_or(|(asked, _)| *asked != text) {
            let ticket = cx.ask(Query::Shops(text.clone()));
            self.asked = Some((text, ticket));
        }
    }

    /// The hits are those of what is typed.
    pub fn current(&self) -> bool {
        self.answered.is_some() && self.answered.as_ref() == self.asked.as_ref().map(|(it, _)| it)
    }

    pub fn is_mine(&self, ticket: Ticket) -> bool {
        self.asked.as_ref().is_some_and(|(_, mine)| *mine == ticket)
    }

    /// An answer. Gives a shop that an Enter was waiting for and that can be no other.
    pub fn hear(&mut self, text: &str, shops: &[ShopEntry]) -> Option<Taken> {
        if self.asked.as_ref().is_none_or(|(asked, _)| asked != text) {
            return None;
        }
        self.answered = Some(text.to_owned());
        self.hits = shops.to_vec();
        let exact = shops.iter().position(|shop| shop.code.eq_ignore_ascii_case(text));
        self.cursor = exact.unwrap_or(0);
        self.moved = true;
        if !std::mem::take(&mut self.waits) {
            return None;
        }
        match (shops, exact) {
            ([], _) => Some(Taken::Nothing),
            ([only], _) => Some(Taken::Shop(only.clone())),
            (_, Some(exact)) => shops.get(exact).cloned().map(Taken::Shop),
            _ => None,
        }
    }

    /// Enter.
    pub fn take(&mut self) -> Taken {
        if !self.current() {
            self.waits = true;
            return Taken::Later;
        }
        self.hits.get(self.cursor).cloned().map_or(Taken::Nothing, Taken::Shop)
    }

    pub fn down(&mut self) {
        self.cursor = (self.cursor + 1).min(self.hits.len().saturating_sub(1));
        self.moved = true;
    }

    pub fn up(&mut self) {
        self.cursor = self.cursor.saturating_sub(1);
        self.moved = true;
    }
}

/// Full-width letters and digits as half-width ones; kana and its long mark stay.
pub(super) fn plain(text: &str) -> String {
    let half = |char| match char {
        '！'..='～' => crate::ui::keys::half_width(char),
        '\u{3000}' => ' ',
        _ => char,
    };
    text.chars().map(half).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shop(code: &str) -> ShopEntry {
        ShopEntry { code: code.to_owned(), name: format!("shop {code}"), kana: String::new() }
    }

    fn asked(text: &str) -> Search {
        Search { asked: Some((text.to_owned(), Ticket(1))), ..Search::default() }
    }

    #[test]
    fn a_stale_answer_is_no_answer() {
        let mut search = asked("A12");
        assert_eq!(search.hear("A1", &[shop("A1")]), None);
        assert!(!search.current() && search.hits.is_empty());
        assert_eq!(search.take(), Taken::Later);
        assert_eq!(search.hear("A1", &[shop("A1")]), None);
        assert_eq!(search.hear("A12", &[shop("A12")]), Some(Taken::Shop(shop("A12"))));
    }

    #[test]
    fn an_enter_that_waits_takes_only_what_can_be_no_other() {
        let several = [shop("A121"), shop("A12"), shop("A122")];
        let mut search = asked("A12");
        search.take();
        assert_eq!(search.hear("A12", &several), Some(Taken::Shop(shop("A12"))));
        let mut search = asked("a1");
        search.take();
        assert_eq!(search.hear("a1", &several), None);
        // Now it stands on the screen, and Enter takes what is marked.
        search.down();
        assert_eq!(search.take(), Taken::Shop(shop("A12")));
        let mut search = asked("x");
        search.take();
        assert_eq!(search.hear("x", &[]), Some(Taken::Nothing));
    }

    #[test]
    fn the_mark_stays_in_the_list() {
        let mut search = asked("A");
        search.hear("A", &[shop("A1"), shop("A2")]);
        search.up();
        assert_eq!(search.cursor, 0);
        for _ in 0..5 {
            search.down();
        }
        assert_eq!(search.cursor, 1);
    }

    #[test]
    fn full_width_codes_and_kana() {
        assert_eq!(plain("　Ａ０３２１００４ "), "A0321004");
        assert_eq!(plain("スーパーマツ"), "スーパーマツ");
    }
}
