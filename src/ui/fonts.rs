//! A Japanese font of the system. Without one the window goes on in English and says so.

use crate::fonts::{bytes, of_system};
use egui::{FontData, FontDefinitions, FontFamily};
use std::sync::Arc;

/// Whether Japanese can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Faces {
    Japanese,
    LatinOnly,
}

/// In order of preference; the first three are Debian's, then Windows' and macOS'.
const FAMILIES: [&str; 8] = [
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "IPAexGothic",
    "BIZ UDGothic",
    "Yu Gothic",
    "Meiryo",
    "Hiragino Sans",
    "MS Gothic",
];

/// Definitions for the toolkit. Looks through all fonts of the system: once, before the first frame.
pub fn load() -> (FontDefinitions, Faces) {
    let mut fonts = FontDefinitions::default();
    let system = of_system();
    let regular = face(&system, fontdb::Weight::NORMAL);
    let strong = face(&system, fontdb::Weight::BOLD);
    let faces = if regular.is_some() { Faces::Japanese } else { Faces::LatinOnly };
    if let Some(regular) = regular {
        fonts.font_data.insert("japanese".to_owned(), Arc::new(regular));
        // Japanese before Latin, so that words mix in one face; digits of numbers stay even.
        fonts
            .families
            .entry(FontFamily::Proportional)
            .or_default()
            .insert(0, "japanese".to_owned());
        fonts.families.entry(FontFamily::Monospace).or_default().push("japanese".to_owned());
    }
    let mut family = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    if let Some(strong) = strong {
        fonts.font_data.insert("strong".to_owned(), Arc::new(strong));
        family.insert(0, "strong".to_owned());
    }
    fonts.families.insert(FontFamily::Name("strong".into()), family);
    (fonts, faces)
}

fn face(system: &fontdb::Database, weight: fontdb::Weight) -> Option<FontData> {
    let families = FAMILIES.map(fontdb::Family::Name);
    let query = fontdb::Query { families: &families, weight, ..fontdb::Query::default() };
    let face = system.face(system.query(&query)?)?;
    let mut data = FontData::from_static(bytes(face)?);
    // A collection holds several faces; index 0 of Noto's is the Japanese one.
    data.index = face.index;
    Some(data)
}
