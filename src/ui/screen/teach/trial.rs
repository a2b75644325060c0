//! Third page: the profile reads samples and further vouchers; then it is saved.

use super::model::State;
use super::parts::{Line, Row, columns, name_of, signed, texture};
use super::{Asked, Item, Page, Room, Teach, told};
use crate::ui::lesson::{Lesson, Tried};
use crate::ui::refusals;
use crate::ui::theme::{GAP, GAP_WIDE};
use crate::ui::widgets::Sign;
use crate::ui::words::grouped;
use crate::voucher::Verdict;
use egui::{Label, RichText, Ui};
use std::path::PathBuf;

impl Teach {
    pub(super) fn trial(&mut self, ui: &mut Ui, room: &mut Room<'_>) {
        if self.model.profile().is_none() {
            // It was changed so that there is none any more.
            self.open_page(Page::Proposal, room.camera);
            return;
        }
        columns(ui, room.theme, (Page::Trial, 0.62), |ui, no, _| match no {
            0 => self.tries(ui, room),
            _ => self.keeping(ui, room),
        });
    }

    fn tries(&mut self, ui: &mut Ui, room: &mut Room<'_>) {
        let (theme, words) = (room.theme, room.words);
        ui.label(RichText::new(words.teach_try()).font(theme.strong()));
        let what = RichText::new(words.teach_try_what()).font(theme.small()).color(theme.quiet);
        ui.add(Label::new(what).wrap());
        let hint = words.teach_path_hint();
        self.field(ui, room, Item::TryPath, (words.teach_path(), &hint), |it| &mut it.path);
        self.desk(ui, room);
        ui.add_space(GAP);
        // The newest first, and what was learned from last: the eye is at what was just shown.
        let mut order: Vec<usize> = (0..self.model.trials.len()).collect();
        order.sort_by_key(|at| {
            let key = self.model.trials.get(*at).map_or(0, |one| one.key);
            (self.model.is_learned(key), std::cmp::Reverse(*at))
        });
        for at in order {
            let Some(one) = self.model.trials.get_mut(at) else { break };
            if let State::Here(tried) = &one.state {
                texture(ui, &mut one.texture, &tried.crop);
            }
            let (key, thumb) = (one.key, one.texture.clone());
            let (sign, lines) = self.tried(room, at);
            let item = Item::Trial(key);
            let out = (!self.model.is_learned(key)).then_some(key);
            let row = Row { item, sign, lines, texture: thumb.as_ref(), key: out };
            if self.row(ui, room, &row) {
                self.go_to(item);
            }
        }
    }

    fn tried(&self, room: &Room<'_>, at: usize) -> (Option<Sign>, Vec<Line>) {
        let (theme, words) = (room.theme, room.words);
        let Some(one) = self.model.trials.get(at) else { return (None, Vec::new()) };
        let mut name = name_of(room, one);
        if self.model.is_learned(one.key) {
            name = format!("{name} ({})", words.teach_try_learned());
        }
        let tried = match &one.state {
            State::Coming => {
                return (None, vec![(name, theme.ink), (words.teach_trying(), theme.quiet)]);
            }
            State::Failed(fault) => {
                let why = told::fault(words, fault);
                return (Some(Sign::Stop), vec![(name, theme.ink), (why, theme.stop)]);
            }
            State::Here(tried) => tried,
        };
        let number = tried.judged.number.as_ref().map(ToString::to_string);
        let shown = match (&number, self.model.profile()) {
            (Some(number), Some(made)) => grouped(&made.profile, number),
            _ => words.teach_try_nothing(),
        };
        let sign = sign_of(tried);
        let reasons: Vec<String> =
            tried.judged.reasons.iter().map(|it| refusals::reason(words, *it)).collect();
        let mut said = vec![sign.word(words)];
        said.extend(reasons);
        let mut lines = vec![(shown, theme.ink), (said.join(" · "), sign.colour(theme))];
        lines.push((name, theme.quiet));
        if self.model.differs(one.key, tried) {
            let taught = self.model.number_of(one.key).unwrap_or_default();
            lines.push((words.teach_try_differs(taught), theme.stop));
        }
        (Some(sign), lines)
    }

    fn keeping(&mut self, ui: &mut Ui, room: &mut Room<'_>) {
        let (theme, words) = (room.theme, room.words);
        ui.label(RichText::new(words.teach_keep()).font(theme.strong()));
        let (right, all) = self.model.learned_right();
        let sign = if right == all { Sign::Accepted } else { Sign::Look };
        signed(ui, theme, sign, &words.teach_learned_right(all, right));
        ui.add_space(GAP);
        let hint = words.teach_keep_hint();
        if self.field(ui, room, Item::KeepAs, (words.teach_keep_as(), ""), |it| &mut it.keep_as) {
            self.kept = None;
        }
        ui.add(Label::new(RichText::new(hint).font(theme.small()).color(theme.quiet)).wrap());
        ui.add_space(GAP_WIDE);
        if let Some(path) = self.kept.as_ref().map(|path| path.display().to_string()) {
            signed(ui, theme, Sign::Accepted, &words.teach_kept(path));
            let what = RichText::new(words.teach_kept_what()).font(theme.small());
            ui.add(Label::new(what.color(theme.quiet)).wrap());
            return;
        }
        if let Some(why) = self.not_to_keep(room) {
            signed(ui, theme, Sign::Look, &why);
            ui.add_space(GAP);
        }
        self.step_on(ui, room, Item::Keep, &words.teach_keep());
        self.problem_at(ui, theme, Item::Keep);
    }

    /// Why it is not saved yet.
    fn not_to_keep(&self, room: &Room<'_>) -> Option<String> {
        let words = room.words;
        let trials = &self.model.trials;
        let coming = trials.iter().filter(|one| matches!(one.state, State::Coming)).count();
        let differing = trials
            .iter()
            .filter(|one| one.here().is_some_and(|it| self.model.differs(one.key, it)));
        let differing = differing.count();
        let further = trials.iter().any(|one| self.model.is_another(one));
        let (right, all) = self.model.learned_right();
        if differing > 0 {
            Some(words.teach_need_same(differing))
        } else if coming > 0 {
            Some(words.teach_need_trying(coming))
        } else if 2 * right <= all {
            Some(words.teach_need_right())
        } else if !further {
            Some(words.teach_need_tries())
        } else if self.keep_as.trim().is_empty() {
            Some(words.teach_need_where())
        } else {
            None
        }
    }

    pub(super) fn keep(&mut self, room: &Room<'_>) {
        let asked = |asked: &Asked| matches!(asked, Asked::Keep);
        let on_its_way = self.asked.as_ref().is_some_and(|(_, it)| asked(it))
            || self.waiting.iter().any(|(it, _)| asked(it));
        if self.kept.is_some() || on_its_way || self.not_to_keep(room).is_some() {
            return;
        }
        if let Some(made) = self.model.profile() {
            let (path, toml) = (PathBuf::from(self.keep_as.trim()), made.toml.clone());
            self.waiting.push((Asked::Keep, Lesson::Keep { path, toml }));
        }
    }
}

/// As Read would sign it.
fn sign_of(tried: &Tried) -> Sign {
    match tried.judged.verdict {
        Verdict::Accept => Sign::Accepted,
        Verdict::Check => Sign::Look,
        Verdict::Unreadable => Sign::ToKey,
        Verdict::Stop => Sign::Stop,
    }
}
