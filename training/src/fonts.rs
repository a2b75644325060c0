//! The fonts of this machine that can print a number, each look once, some kept apart for judging.

use ab_glyph::{Font, FontVec, PxScale, ScaleFont};
use std::collections::HashSet;

/// One font that has digits and capitals.
pub struct Face {
    pub name: String,
    pub font: FontVec,
    /// `PxScale` for one pixel of digit height.
    pub per_digit: f32,
    pub fixed_pitch: bool,
    pub ocr: bool,
}

/// What training draws with, what judging draws with, and a font for Japanese words.
pub struct Fonts {
    pub train: Vec<Face>,
    pub judge: Vec<Face>,
    pub japanese: Vec<FontVec>,
}

/// Signs by which a font is compared with others.
const PROBES: &str = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const SIDE: usize = 16;

/// Loads all fonts of the machine; `apart` of 16 looks are kept for judging.
pub fn load(apart: usize) -> Fonts {
    let mut database = fontdb::Database::new();
    database.load_system_fonts();
    let mut faces = Vec::new();
    let mut japanese = Vec::new();
    let mut entries: Vec<(String, fontdb::ID)> =
        database.faces().map(|info| (info.post_script_name.clone(), info.id)).collect();
    entries.sort();
    let mut seen: HashSet<Vec<u8>> = HashSet::new();
    for (name, id) in entries {
        // White on black is another thing than print.
        if name.contains("Invert") {
            continue;
        }
        let Some(Ok(font)) = database
            .with_face_data(id, |data, face| FontVec::try_from_vec_and_index(data.to_vec(), face))
        else {
            continue;
        };
        if ["NotoSansCJKjp-Regular", "NotoSerifCJKjp-Bold", "IPAMincho", "VL-Gothic-Regular"]
            .contains(&name.as_str())
            && let Some(Ok(copy)) = database.with_face_data(id, |data, face| {
                FontVec::try_from_vec_and_index(data.to_vec(), face)
            })
        {
            japanese.push(copy);
        }
        let Some(look) = look_of(&font) else {
            continue;
        };
        // The same glyphs under another name are no second font.
        if !seen.insert(look.iter().map(|v| (v * 15.0) as u8).collect()) {
            continue;
        }
        if let Some(face) = face(name, font) {
            faces.push((face, look));
        }
    }
    let faces = readable(faces);
    let (mut train, mut judge) = (Vec::new(), Vec::new());
    for face in faces {
        // By its name, so that one more font on a machine moves no other.
        let hash = face
            .name
            .bytes()
            .fold(0xcbf29ce484222325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100000001b3));
        let kept = (hash >> 20) % 16 < apart as u64;
        if kept { judge.push(face) } else { train.push(face) }
    }
    Fonts { train, judge, japanese }
}

fn face(name: String, font: FontVec) -> Option<Face> {
    let scaled = font.as_scaled(1000.0);
    let zero = font.outline_glyph(font.glyph_id('0').with_scale(1000.0))?.px_bounds();
    let widths: Vec<f32> = "01238".chars().map(|c| scaled.h_advance(font.glyph_id(c))).collect();
    let letters: Vec<f32> = "AMW".chars().map(|c| scaled.h_advance(font.glyph_id(c))).collect();
    let fixed_pitch = letters.iter().all(|w| (w - widths[0]).abs() < 2.0);
    let per_digit = 1000.0 / zero.height();
    let ocr = name.contains("OCR");
    Some(Face { name, font, per_digit, fixed_pitch, ocr })
}

/// Each sign stretched over a small square; `None` if one is missing or empty.
fn look_of(font: &FontVec) -> Option<Vec<f32>> {
    let mut look = vec![0.0f32; PROBES.len() * SIDE * SIDE];
    for (i, sign) in PROBES.chars().enumerate() {
        let id = font.glyph_id(sign);
        if id.0 == 0 {
            return None;
        }
        let bounds = font.outline_glyph(id.with_scale(1000.0))?.px_bounds();
        if bounds.width() < 20.0 || bounds.height() < 200.0 {
            return None;
        }
        let scale = PxScale {
            x: 1000.0 * SIDE as f32 / bounds.width().max(bounds.height() * 0.3),
            y: 1000.0 * SIDE as f32 / bounds.height(),
        };
        let glyph = font.outline_glyph(id.with_scale(scale))?;
        let part = &mut look[i * SIDE * SIDE..(i + 1) * SIDE * SIDE];
        glyph.draw(|x, y, cover| {
            let (x, y) = (x as usize, y as usize);
            if x < SIDE && y < SIDE {
                part[y * SIDE + x] = cover;
            }
        });
    }
    Some(look)
}

/// Leaves out fonts whose signs look like nobody else's: symbols, ornaments, other scripts under Latin codes.
fn readable(mut faces: Vec<(Face, Vec<f32>)>) -> Vec<Face> {
    // Twice, so that the strange ones don't spoil the mean.
    for limit in [0.45, 0.55] {
        let size = PROBES.len() * SIDE * SIDE;
        let mut mean = vec![0.0f32; size];
        for (_, look) in &faces {
            for (m, v) in mean.iter_mut().zip(look) {
                *m += v / faces.len() as f32;
            }
        }
        faces.retain(|(face, look)| {
            let alike: Vec<f32> = (0..PROBES.len())
                .map(|i| {
                    let part = i * SIDE * SIDE..(i + 1) * SIDE * SIDE;
                    correlation(&look[part.clone()], &mean[part])
                })
                .collect();
            let mean = alike.iter().sum::<f32>() / alike.len() as f32;
            face.ocr || mean > limit
        });
    }
    faces.into_iter().map(|(face, _)| face).collect()
}

fn correlation(a: &[f32], b: &[f32]) -> f32 {
    let n = a.len() as f32;
    let (ma, mb) = (a.iter().sum::<f32>() / n, b.iter().sum::<f32>() / n);
    let (mut ab, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        ab += (x - ma) * (y - mb);
        aa += (x - ma).powi(2);
        bb += (y - mb).powi(2);
    }
    ab / (aa * bb).sqrt().max(1e-6)
}
