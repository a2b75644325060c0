//! Fonts found on the system, mapped and not copied. Numbers need a Latin font; Japanese words are drawn
//! as Latin where no Japanese font is found, so that no empty box is ever printed.

use ab_glyph::{Font, FontRef, PxScale, ScaleFont};

/// The part that a font plays on a voucher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Numbers in OCR-B.
    OcrB,
    /// Numbers in a plain fixed-pitch font.
    Mono,
    /// Numbers in a plain proportional font.
    Sans,
    /// Titles: a Japanese serif (明朝).
    Title,
    /// Everything else: a Japanese sans (ゴシック).
    Text,
}

/// Words in Japanese, and what is drawn where there is no Japanese font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub ja: String,
    pub latin: String,
}

impl Words {
    pub fn new(ja: &str, latin: &str) -> Words {
        Words { ja: ja.to_owned(), latin: latin.to_owned() }
    }
}

/// No font at all could be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "no font was found to draw vouchers with; install some, \
     such as the packages fonts-dejavu-core, fonts-ocr-b and fonts-noto-cjk"
)]
pub struct NoFonts;

/// One loaded font. Sizes are heights of its digits in pixels, so that different fonts look alike.
pub struct Typeface {
    font: FontRef<'static>,
    /// `PxScale` for one pixel of digit height.
    per_digit: f32,
}

impl std::fmt::Debug for Typeface {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Typeface({} glyphs)", self.font.glyph_count())
    }
}

impl Typeface {
    /// `None` if the bytes are no font or it has no zero.
    fn new(data: &'static [u8], index: u32) -> Option<Typeface> {
        let font = FontRef::try_from_slice_and_index(data, index).ok()?;
        let zero = font.glyph_id('0').with_scale(1000.0);
        let height = font.outline_glyph(zero)?.px_bounds().height();
        (height > 1.0).then(|| Typeface { font, per_digit: 1000.0 / height })
    }

    /// Whether every character can be drawn.
    pub fn has(&self, text: &str) -> bool {
        text.chars().all(|c| self.font.glyph_id(c).0 != 0)
    }

    /// Width of a line at a digit height, with so many extra pixels after each character.
    pub fn width(&self, text: &str, size: f32, spacing: f32) -> f32 {
        let scaled = self.font.as_scaled(PxScale::from(size * self.per_digit));
        let advance = |c| scaled.h_advance(self.font.glyph_id(c)) + spacing;
        text.chars().map(advance).sum::<f32>() - spacing
    }

    /// The largest digit height up to `most` at which the line is no wider than `width`.
    pub fn fit(&self, text: &str, most: f32, spacing_per_size: f32, width: f32) -> f32 {
        let full = self.width(text, most, most * spacing_per_size);
        if full <= width { most } else { most * width / full }
    }

    /// Gives every pixel of a line with its cover in 0..=1. A character that the font lacks is
    /// left out.
    pub fn each_pixel(
        &self,
        text: &str,
        size: f32,
        spacing: f32,
        (x, baseline): (f32, f32),
        mut pixel: impl FnMut(i32, i32, f32),
    ) {
        let scale = PxScale::from(size * self.per_digit);
        let scaled = self.font.as_scaled(scale);
        let mut at = x;
        for c in text.chars() {
            let id = self.font.glyph_id(c);
            let glyph = id.with_scale_and_position(scale, ab_glyph::point(at, baseline));
            at += scaled.h_advance(id) + spacing;
            if id.0 == 0 {
                continue;
            }
            if let Some(outline) = self.font.outline_glyph(glyph) {
                let bounds = outline.px_bounds();
                let (left, top) = (bounds.min.x as i32, bounds.min.y as i32);
                outline.draw(|px, py, cover| pixel(left + px as i32, top + py as i32, cover));
            }
        }
    }
}

/// The fonts of one machine.
#[derive(Debug)]
pub struct Fonts {
    ocr_b: Option<Typeface>,
    mono: Option<Typeface>,
    sans: Typeface,
    title: Option<Typeface>,
    text: Option<Typeface>,
}

const OCR_B: [&str; 4] = ["OCR B", "OCR-B", "OCRB", "OCR-B 10 BT"];
const MONO: [&str; 5] =
    ["DejaVu Sans Mono", "Liberation Mono", "Noto Sans Mono", "Noto Sans Mono CJK JP", "Consolas"];
const SANS: [&str; 6] =
    ["DejaVu Sans", "Liberation Sans", "Noto Sans", "Noto Sans CJK JP", "IPAexGothic", "Arial"];
const TITLE: [&str; 6] = [
    "Noto Serif CJK JP",
    "Noto Serif JP",
    "IPAexMincho",
    "IPAMincho",
    "TakaoExMincho",
    "Yu Mincho",
];
const TEXT: [&str; 8] = [
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "IPAexGothic",
    "IPAGothic",
    "TakaoExGothic",
    "VL Gothic",
    "Yu Gothic",
    "Meiryo",
];
/// What a Japanese font must be able to write before it is used.
const JAPANESE: &str = "券円あア練湖";

impl Fonts {
    /// Looks through the system's fonts.
    pub fn of_system() -> Result<Fonts, NoFonts> {
        Fonts::of(&crate::fonts::of_system())
    }

    /// Chooses from fonts that are already known.
    pub fn of(found: &fontdb::Database) -> Result<Fonts, NoFonts> {
        let digits = |face: &Typeface| face.has("0123456789");
        let japanese = |face: &Typeface| face.has(JAPANESE) && face.has("0123456789,");
        let sans =
            named(found, &SANS, 400, digits).or_else(|| any(found, digits)).ok_or(NoFonts)?;
        let text = named(found, &TEXT, 700, japanese).or_else(|| any(found, japanese));
        Ok(Fonts {
            ocr_b: named(found, &OCR_B, 400, digits),
            mono: named(found, &MONO, 700, digits),
            sans,
            title: named(found, &TITLE, 700, japanese),
            text,
        })
    }

    /// The font for a part, or the next best one.
    pub fn get(&self, role: Role) -> &Typeface {
        let best = match role {
            Role::OcrB => self.ocr_b.as_ref().or(self.mono.as_ref()),
            Role::Mono => self.mono.as_ref(),
            Role::Sans => None,
            Role::Title => self.title.as_ref().or(self.text.as_ref()),
            Role::Text => self.text.as_ref().or(self.title.as_ref()),
        };
        best.unwrap_or(&self.sans)
    }

    /// The words as this part's font can write them.
    pub fn write<'w>(&self, role: Role, words: &'w Words) -> &'w str {
        if self.get(role).has(&words.ja) { &words.ja } else { &words.latin }
    }

    /// Whether Japanese words are drawn in Japanese.
    pub fn has_japanese(&self) -> bool {
        self.text.is_some() || self.title.is_some()
    }
}

fn load(found: &fontdb::Database, id: fontdb::ID) -> Option<Typeface> {
    let face = found.face(id)?;
    Typeface::new(crate::fonts::bytes(face)?, face.index)
}

/// The first of the named families that will do; among its faces an upright one, not inverted or
/// drawn as an outline, and nearest in weight.
fn named(
    found: &fontdb::Database,
    families: &[&str],
    weight: u16,
    will_do: impl Fn(&Typeface) -> bool,
) -> Option<Typeface> {
    families.iter().find_map(|family| {
        let of_family = |face: &&fontdb::FaceInfo| {
            face.families.iter().any(|(name, _)| name == family)
                && face.style == fontdb::Style::Normal
                && face.stretch == fontdb::Stretch::Normal
                && !["Inverted", "Outline", "Sharp", "Oblique"]
                    .iter()
                    .any(|odd| face.post_script_name.contains(odd))
        };
        let mut faces = found.faces().filter(of_family).collect::<Vec<_>>();
        faces.sort_by_key(|face| (face.weight.0.abs_diff(weight), face.post_script_name.clone()));
        faces.iter().filter_map(|face| load(found, face.id)).find(&will_do)
    })
}

/// Any upright face that will do, in the order of names so that it is always the same one.
fn any(found: &fontdb::Database, will_do: impl Fn(&Typeface) -> bool) -> Option<Typeface> {
    let mut faces = found
        .faces()
        .filter(|face| face.style == fontdb::Style::Normal)
        .filter(|face| {
            !["Inverted", "Symbol", "Emoji", "Math"]
                .iter()
                .any(|odd| face.post_script_name.contains(odd))
        })
        .collect::<Vec<_>>();
    faces.sort_by(|a, b| a.post_script_name.cmp(&b.post_script_name));
    faces.iter().filter_map(|face| load(found, face.id)).find(will_do)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_any_font_the_packages_are_named() {
        let error = Fonts::of(&fontdb::Database::new()).unwrap_err();
        assert!(error.to_string().contains("fonts-dejavu-core"), "{error}");
    }

    #[test]
    fn no_japanese_font_means_latin_words() {
        let mut found = crate::fonts::of_system();
        let others = found
            .faces()
            .filter(|face| !face.families.iter().any(|(name, _)| name.starts_with("DejaVu")))
            .map(|face| face.id)
            .collect::<Vec<_>>();
        for id in others {
            found.remove_face(id);
        }
        let Ok(fonts) = Fonts::of(&found) else {
            return; // a machine without DejaVu
        };
        let words = Words::new("お食事券", "MEAL VOUCHER");
        assert!(!fonts.has_japanese());
        assert_eq!(fonts.write(Role::Title, &words), "MEAL VOUCHER");
    }
}
