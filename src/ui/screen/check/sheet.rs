//! The contact sheet under the eye. It is taken once and then stays as it is, whatever comes in
//! meanwhile: nobody may say "all right" to a number that slipped under the finger.

use crate::flow::view::EnvelopeView;
use crate::flow::work::{ContactCell, contact_sheet};
use crate::flow::{EnvelopeId, Sha256, SheetId, View};
use crate::ui::theme::Theme;
use egui::Vec2;
use std::collections::BTreeSet;

/// Cells side by side on a wide window.
pub const ACROSS: usize = 5;
/// Rows on a high window.
pub const DOWN: usize = 8;

/// A page of cells. Its labels are the places in it, from 00.
#[derive(Debug)]
pub struct ContactSheet {
    pub envelope: EnvelopeId,
    pub cells: Vec<ContactCell>,
    pub grid: Grid,
    /// What the eye has of each cell, as it was last drawn.
    pub seen: Vec<Seen>,
    /// Since when every cell has been drawn, seconds; `None`: not yet.
    pub whole_since: Option<f64>,
    /// Pictures of the page after this one, asked for ahead.
    pub following: Vec<Sha256>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    Coming,
    Picture,
    /// There is none to be had.
    Missing,
}

/// How many cells stand side by side and below each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    pub across: usize,
    pub down: usize,
}

impl Grid {
    /// As many as fit into `room`, five by eight at the most. `number` is the width of the longest
    /// number at the smallest size, points.
    pub fn fit(room: Vec2, theme: &Theme, number: f32) -> Grid {
        let least = least_cell(theme, number);
        let times = |room: f32, cell: f32| (room / cell).floor().max(1.0) as usize;
        Grid { across: times(room.x, least.x).min(ACROSS), down: times(room.y, least.y).min(DOWN) }
    }

    /// How many of `count` cells stand side by side so that their pictures are largest in `room`: a few
    /// grow with the free room, up to three times the least cell.
    pub fn across_for(self, count: usize, room: Vec2, least: Vec2) -> usize {
        let picture = |across: usize| {
            let rows = count.div_ceil(across).max(1);
            let cell = Cells::of(across, rows, room, least);
            // A number's picture is about four times as wide as high.
            cell.wide.min((cell.high - least.y * 0.4) * 4.0)
        };
        (1..=self.across.max(1))
            .max_by(|one, two| picture(*one).total_cmp(&picture(*two)))
            .unwrap_or(1)
    }

    pub fn cells(self) -> usize {
        self.across * self.down
    }
}

/// The size of a cell where so many stand side by side and below each other, points.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cells {
    pub wide: f32,
    pub high: f32,
}

impl Cells {
    pub fn of(across: usize, rows: usize, room: Vec2, least: Vec2) -> Cells {
        let wide = (room.x / across.max(1) as f32).min(3.0 * least.x).floor();
        // No larger than a picture of a number looks well.
        Cells { wide, high: (room.y / rows.max(1) as f32).min(wide * 0.55).floor() }
    }
}

/// The smallest cell in which a number can be read beside its picture, points.
pub fn least_cell(theme: &Theme, number: f32) -> Vec2 {
    Vec2::new(number + theme.size(15.0 * 2.0 + 12.0), theme.size(26.0 + 22.0) + 8.0)
}

impl ContactSheet {
    /// The next page: of the envelope on the desk, else of the oldest with work. Sheets in `away` are
    /// no work any more, though the view may not know it yet.
    pub fn take(
        view: &View,
        desk: Option<EnvelopeId>,
        away: &BTreeSet<SheetId>,
        grid: Grid,
    ) -> Option<ContactSheet> {
        let cells = next_cells(view, desk, away, grid.cells());
        let envelope = cells.first()?.sheet.envelope;
        let mut gone = away.clone();
        gone.extend(cells.iter().map(|cell| cell.sheet));
        let after = next_cells(view, desk, &gone, grid.cells());
        Some(ContactSheet {
            envelope,
            seen: vec![Seen::Coming; cells.len()],
            cells,
            grid,
            whole_since: None,
            following: after.iter().filter_map(|cell| cell.picture).collect(),
        })
    }

    /// A page of just these sheets, as far as they still wait.
    pub fn again(
        view: &View,
        envelope: EnvelopeId,
        sheets: &BTreeSet<SheetId>,
        grid: Grid,
    ) -> Option<ContactSheet> {
        let mut cells = contact_sheet(view, Some(envelope), usize::MAX);
        cells.retain(|cell| sheets.contains(&cell.sheet));
        let seen = vec![Seen::Coming; cells.len()];
        (!cells.is_empty()).then_some(ContactSheet {
            envelope,
            cells,
            grid,
            seen,
            whole_since: None,
            following: Vec::new(),
        })
    }

    /// Whether the cell's sheet still waits for a look, under the number that is shown.
    pub fn waits(&self, view: &View, index: usize) -> bool {
        let envelope = view.envelopes.get(&self.envelope);
        let cell = self.cells.get(index);
        envelope.zip(cell).is_some_and(|(envelope, cell)| waits(envelope, cell))
    }

    pub fn find(&self, sheet: SheetId) -> Option<usize> {
        self.cells.iter().position(|cell| cell.sheet == sheet)
    }
}

fn waits(envelope: &EnvelopeView, cell: &ContactCell) -> bool {
    // Work lists are by ordinal.
    let found = envelope.check.binary_search_by_key(&cell.sheet.ordinal, |item| item.ordinal);
    let item = found.ok().and_then(|at| envelope.check.get(at));
    item.is_some_and(|item| item.number == cell.number && item.picture == cell.picture)
}

fn next_cells(
    view: &View,
    desk: Option<EnvelopeId>,
    away: &BTreeSet<SheetId>,
    most: usize,
) -> Vec<ContactCell> {
    let all = view.envelopes.values();
    let with_work = all.filter(|it| it.open && !it.check.is_empty()).map(|it| it.id);
    for id in desk.into_iter().chain(with_work) {
        let mut cells = contact_sheet(view, Some(id), most.saturating_add(away.len()));
        cells.retain(|cell| !away.contains(&cell.sheet));
        cells.truncate(most);
        if !cells.is_empty() {
            return cells;
        }
    }
    Vec::new()
}

/// The two digits in a cell's corner.
pub fn label(index: usize) -> String {
    format!("{index:02}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::settings::Look;

    #[test]
    fn five_by_eight_and_fewer_where_the_window_is_small() {
        let theme = Theme::new(Look::Light, 1.0);
        let number = 15.0 * 0.6 * 14.0;
        let fit = |x: f32, y: f32| Grid::fit(Vec2::new(x, y), &theme, number);
        assert_eq!(fit(1052.0, 460.0), Grid { across: 5, down: 8 });
        assert_eq!(fit(1700.0, 900.0), Grid { across: 5, down: 8 });
        assert_eq!(fit(1052.0, 200.0), Grid { across: 5, down: 3 });
        assert_eq!(fit(400.0, 10.0), Grid { across: 2, down: 1 });
    }

    /// A few cells grow with the free room, forty stay five by eight.
    #[test]
    fn a_few_cells_are_large() {
        let theme = Theme::new(Look::Light, 1.0);
        let least = least_cell(&theme, 15.0 * 0.6 * 14.0);
        let room = Vec2::new(1052.0, 500.0);
        let grid = Grid { across: 5, down: 8 };
        let wide = |count: usize| {
            let across = grid.across_for(count, room, least);
            let rows = count.div_ceil(across);
            let cells = Cells::of(across, rows, room, least);
            assert!(cells.wide * across as f32 <= room.x && cells.high * rows as f32 <= room.y);
            cells.wide
        };
        assert_eq!(wide(2), (3.0 * least.x).floor(), "two don't use the room");
        assert!(wide(2) >= wide(8) && wide(8) >= wide(40));
        assert!(wide(8) > 1.4 * wide(40));
        assert_eq!(grid.across_for(40, room, least), 5);
    }
}
