//! The key line: what the keys do now. Each entry is a button too. No key is ever left out: where the
//! words don't fit there is a second row, and then the last entries keep their key alone.

use crate::ui::command::Command;
use crate::ui::theme::{CORNER, GAP, Theme};
use crate::ui::words::Words;
use egui::{
    Align2, CornerRadius, Galley, Rect, Sense, StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo,
};
use std::sync::Arc;

/// Height of a key, and of a row with the room about it, points at 100 %.
const KEY: f32 = 30.0;
const ROW: f32 = 36.0;
/// So many rows at the most, as long as keys alone fit into them.
const ROWS: usize = 2;

/// The entries laid out for a width.
#[derive(Debug)]
pub struct KeyLine {
    entries: Vec<Entry>,
    /// Places of the entries: row and distance from the left, points.
    places: Vec<(usize, f32)>,
    rows: usize,
    help: Option<Entry>,
}

#[derive(Debug)]
struct Entry {
    command: Command,
    key: Arc<Galley>,
    word: Arc<Galley>,
    /// The word is shown beside the key.
    worded: bool,
}

impl Entry {
    fn new(ui: &Ui, theme: &Theme, words: &Words, command: Command) -> Entry {
        let info = command.info();
        let painter = ui.painter();
        let key = painter.layout_no_wrap(info.key.to_owned(), theme.digits(15.0), theme.ink);
        let word = painter.layout_no_wrap((info.word)(words), theme.small(), theme.ink);
        Entry { command, key, word, worded: true }
    }

    fn cap(&self, theme: &Theme) -> f32 {
        self.key.size().x + theme.size(16.0)
    }

    fn width(&self, theme: &Theme) -> f32 {
        let word = if self.worded { GAP + self.word.size().x } else { 0.0 };
        self.cap(theme) + word
    }
}

impl KeyLine {
    /// Lays the offered commands out for `room` points. `help`: the key list is offered at the right.
    /// `low`: each row is taken from the stage, so that one with most words is better than two.
    pub fn lay(
        ui: &Ui,
        theme: &Theme,
        words: &Words,
        (offered, help): (&[Command], bool),
        (room, low): (f32, bool),
    ) -> KeyLine {
        let entry = |command: &Command| Entry::new(ui, theme, words, *command);
        let entries = offered.iter().filter(|it| **it != Command::Help).map(entry).collect();
        let help = help.then(|| entry(&Command::Help));
        let mut line = KeyLine { entries, places: Vec::new(), rows: 1, help };
        let all = line.entries.len();
        let least = if low { all.div_ceil(2) } else { all };
        let one = |worded: &usize| *worded >= least;
        if let Some(worded) =
            (0..=all).rev().take_while(one).find(|it| line.fits(theme, room, *it, 1))
        {
            line.place(theme, room, worded);
            return line;
        }
        let worded = (0..=all).rev().find(|it| line.fits(theme, room, *it, ROWS));
        line.place(theme, room, worded.unwrap_or(0));
        line
    }

    fn fits(&mut self, theme: &Theme, room: f32, worded: usize, rows: usize) -> bool {
        self.place(theme, room, worded);
        self.rows <= rows
    }

    /// Fills rows from the left; the first `worded` entries have their words.
    fn place(&mut self, theme: &Theme, room: f32, worded: usize) {
        let gap = theme.size(18.0);
        // The key list stands at the right end of the first row.
        let help = self.help.as_ref().map_or(0.0, |help| help.width(theme) + gap);
        self.places.clear();
        let (mut row, mut x) = (0, 0.0);
        for (index, entry) in self.entries.iter_mut().enumerate() {
            entry.worded = index < worded;
            let room = if row == 0 { room - help } else { room };
            let width = entry.width(theme);
            if x > 0.0 && x + width > room {
                (row, x) = (row + 1, 0.0);
            }
            self.places.push((row, x));
            x += width + if entry.worded { gap } else { GAP };
        }
        self.rows = row + 1;
    }

    /// Height of the panel, points.
    pub fn height(&self, theme: &Theme) -> f32 {
        theme.size(ROW) * self.rows as f32 + theme.size(6.0)
    }

    /// Draws the entries; gives the command that was clicked.
    pub fn show(self, ui: &mut Ui, theme: &Theme) -> Option<Command> {
        let whole = ui.available_rect_before_wrap();
        let high = theme.size(ROW);
        let top = whole.center().y - high * self.rows as f32 / 2.0;
        let at = |row: usize, x: f32, width: f32| {
            let y = top + high * row as f32 + (high - theme.size(KEY)) / 2.0;
            let min = egui::pos2(whole.left() + x, y);
            Rect::from_min_size(min, Vec2::new(width, theme.size(KEY)))
        };
        let mut chosen = None;
        for (entry, (row, x)) in self.entries.iter().zip(&self.places) {
            if show(ui, theme, entry, at(*row, *x, entry.width(theme))) {
                chosen = Some(entry.command);
            }
        }
        if let Some(help) = &self.help {
            let width = help.width(theme);
            if show(ui, theme, help, at(0, whole.width() - width, width)) {
                chosen = Some(help.command);
            }
        }
        chosen
    }
}

fn show(ui: &mut Ui, theme: &Theme, entry: &Entry, rect: Rect) -> bool {
    let builder = UiBuilder::new().max_rect(rect).id_salt(entry.command);
    let mut ui = ui.new_child(builder);
    let response = ui.allocate_rect(rect, Sense::CLICK);
    let cap = rect.with_max_x(rect.left() + entry.cap(theme));
    let painter = ui.painter();
    let line =
        if response.hovered() { theme.hovered() } else { egui::Stroke::new(1.0, theme.quiet) };
    painter.rect(cap, CornerRadius::same(CORNER), theme.paper, line, StrokeKind::Inside);
    let at = Align2::CENTER_CENTER.align_size_within_rect(entry.key.size(), cap).min;
    painter.galley(at, Arc::clone(&entry.key), theme.ink);
    if entry.worded {
        let y = rect.center().y - entry.word.size().y / 2.0;
        painter.galley(egui::pos2(cap.right() + GAP, y), Arc::clone(&entry.word), theme.ink);
    }
    let name = format!("{} {}", entry.command.info().key, entry.word.text());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
    let clicked = response.clicked();
    if !entry.worded {
        response.on_hover_text(entry.word.text());
    }
    clicked
}
