//! Sentences over several lines. The toolkit lets a line begin with ・, ー or a small kana (it keeps them
//! from the line's beginning as breaks after a kanji, then takes the same place as a break before a kana);
//! a Japanese reader stumbles there.

use egui::text::LayoutJob;
use egui::{Color32, FontId, Galley, Label, Response, Ui};
use std::sync::Arc;

/// What no line begins with (行頭禁則).
const NEVER_FIRST: &str = "、。，．・：；？！?!,.)）」』】〉》〕］｝”’ーゝゞ々ァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ…‥〜～%％";
/// A sentence is mended in so many places at the most.
const MENDS: usize = 24;

/// A sentence with its face and colour.
#[derive(Debug)]
pub struct Para<'a> {
    text: &'a str,
    font: FontId,
    ink: Color32,
}

impl<'a> Para<'a> {
    pub fn new(text: &'a str, font: FontId, ink: Color32) -> Para<'a> {
        Para { text, font, ink }
    }

    /// As many lines as it needs, in the width there is.
    pub fn show(self, ui: &mut Ui) -> Response {
        let galley = laid(ui, self.text, self.font, self.ink, ui.available_width());
        // The label is told the text as it is said, without the mended ends of lines.
        let text = self.text.to_owned();
        let response = ui.add(Label::new(galley));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
        response
    }
}

/// Lays a sentence out so that no line begins with what must not stand there.
pub fn laid(ui: &Ui, text: &str, font: FontId, ink: Color32, width: f32) -> Arc<Galley> {
    let lay = |text: &str| {
        let job = LayoutJob::simple(text.to_owned(), font.clone(), ink, width.max(1.0));
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let mut text = text.to_owned();
    let mut galley = lay(&text);
    for _ in 0..MENDS {
        let Some(at) = wrong(&text, &galley) else { break };
        let byte = text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
        text.insert(byte, '\n');
        galley = lay(&text);
    }
    galley
}

/// The character, counted from 0, before which a line must end so that the next doesn't begin wrongly.
fn wrong(text: &str, galley: &Galley) -> Option<usize> {
    let chars: Vec<char> = text.chars().collect();
    let never = |at: usize| chars.get(at).is_some_and(|char| NEVER_FIRST.contains(*char));
    let mut begin = 0;
    for row in &galley.rows {
        if begin > 0 && never(begin) && chars.get(begin - 1) != Some(&'\n') {
            // The last character that may begin a line goes down with it.
            let mut at = begin;
            while at > 0 && never(at) {
                at -= 1;
            }
            // A line of nothing else stays as it is.
            let line = (0..at).rev().find(|index| chars.get(*index) == Some(&'\n'));
            return (at > line.map_or(0, |line| line + 1)).then_some(at);
        }
        begin += row.char_count_including_newline().0;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In no width a line begins with what must not stand there, and nothing is lost.
    #[test]
    fn no_line_begins_with_a_dot_a_bar_or_a_small_kana() {
        let said = "紙をトレイ4（対象外・返却）に置いてください。キーボード型スキャナーを「使う」にしてから、もう一度。";
        let ctx = egui::Context::default();
        let (faces, _) = crate::ui::fonts::load();
        ctx.set_fonts(faces);
        let mut mended = 0;
        for width in (90..700).step_by(7) {
            let mut shown = None;
            let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
                let font = FontId::proportional(18.0);
                let plain =
                    LayoutJob::simple(said.to_owned(), font.clone(), Color32::BLACK, width as f32);
                let plain = ui.fonts_mut(|fonts| fonts.layout_job(plain));
                mended += usize::from(wrong(said, &plain).is_some());
                shown = Some(laid(ui, said, font, Color32::BLACK, width as f32));
            });
            // Nobody draws them.
            output.textures_delta.clear();
            let galley = shown.expect("it was drawn");
            assert_eq!(galley.text().replace('\n', ""), said);
            for row in &galley.rows {
                let first = row.glyphs.first().map(|glyph| glyph.chr);
                let bad = first.is_some_and(|first| NEVER_FIRST.contains(first));
                assert!(!bad, "{width} points: a line begins with {first:?}");
            }
        }
        assert!(mended > 0, "the toolkit does it by itself now: this part can go");
    }
}
