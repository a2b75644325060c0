//! The first lines of a file, large: what the client will open.

use super::what;
use crate::ui::port::FileHead;
use crate::ui::screen::Cx;
use crate::ui::theme::GAP_WIDE;
use crate::ui::widgets::choice;
use egui::{Grid, RichText, ScrollArea, Ui, Vec2};

/// Draws file `index`; gives another one that was clicked. `aside` scrolls sideways, points.
pub(super) fn large(
    ui: &mut Ui,
    cx: &Cx<'_>,
    files: &[FileHead],
    index: usize,
    aside: f32,
) -> Option<usize> {
    let theme = cx.theme;
    let mut chosen = None;
    ScrollArea::horizontal().id_salt("files").max_height(theme.hit() + 12.0).show(ui, |ui| {
        ui.horizontal(|ui| {
            for (number, file) in files.iter().enumerate() {
                let word = format!("{} {}", number + 1, what::short_name(&file.name));
                let response = choice(ui, theme, &word, number == index);
                if response.clicked() {
                    chosen = Some(number);
                }
                if number == index {
                    response.scroll_to_me(None);
                }
            }
        });
    });
    let Some(file) = files.get(index) else { return chosen };
    let rows = cx.words.deliver_first_of(file.lines.len(), what::row_words(cx, file.rows));
    ui.label(RichText::new(rows).font(theme.small()).color(theme.quiet));
    ScrollArea::both().id_salt(("lines", index)).auto_shrink(false).show(ui, |ui| {
        ui.scroll_with_delta(Vec2::new(-aside, 0.0));
        let grid = Grid::new(("fields", index)).striped(true).spacing([GAP_WIDE, 4.0]);
        grid.min_row_height(theme.size(26.0)).show(ui, |ui| {
            for (number, line) in file.lines.iter().enumerate() {
                let header = number == 0 && cx.profile.delivery.header;
                for field in fields(line) {
                    let text = RichText::new(field);
                    let text = if header {
                        text.font(theme.small()).color(theme.quiet)
                    } else {
                        text.font(theme.digits(18.0))
                    };
                    ui.add(egui::Label::new(text).extend());
                }
                ui.end_row();
            }
        });
    });
    chosen
}

/// A line's fields, as CSV divides them; a quote that never closes takes the rest.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(char) = chars.next() {
        let Some(field) = fields.last_mut() else { break };
        match char {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            char => field.push(char),
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_divided_as_csv_does() {
        assert_eq!(fields("01-00124,7,,A69006026720"), ["01-00124", "7", "", "A69006026720"]);
        assert_eq!(fields("\"a,\"\"1F\"\"\",b"), ["a,\"1F\"", "b"]);
        assert_eq!(fields(""), [""]);
        assert_eq!(fields("a,\"b,c"), ["a", "b,c"]);
    }
}
