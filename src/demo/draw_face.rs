//! The face of a voucher as it left the printer: one template for each layout and kind, then
//! number and barcode for each sheet.

use super::draw_canvas::{Canvas, Ink, Rect, Setting};
use super::draw_pattern::{Motif, background, rosette};
use super::fonts::{Fonts, Role, Words};
use crate::voucher::Symbology;
use crate::voucher::profile::Area;
use rxing::{BarcodeFormat, EncodeHints, MultiFormatWriter, Writer};

/// Everything is drawn at 200 dpi, as a document scanner would see it.
pub const PX_PER_MM: f32 = 200.0 / 25.4;

/// How a layout looks. Places are fractions of the face, sizes are millimetres.
#[derive(Clone, Debug)]
pub struct Design {
    pub motif: Motif,
    pub paper: Ink,
    pub tint: Ink,
    pub deep: Ink,
    pub accent: Ink,
    /// The font of the number.
    pub number: Role,
    /// Left end, baseline, height of the digits.
    pub title: (f32, f32, f32),
    pub value: (f32, f32, f32),
    pub note: (f32, f32, f32),
    /// Centre, radius, petals.
    pub rosette: (f32, f32, f32, f32),
    /// The middle of the place where shops stamp.
    pub free: (f32, f32),
}

/// What a design needs of a layout.
#[derive(Clone, Debug)]
pub struct Plan {
    pub size_mm: (f32, f32),
    pub number: Area,
    pub barcode: Option<Area>,
    pub kind: Option<Area>,
}

/// The words of one kind on a face.
#[derive(Clone, Debug)]
pub struct Wording {
    pub campaign: Words,
    /// Face value with thousands, such as `1,000`.
    pub value: String,
    pub kind: Words,
    pub notes: Vec<Words>,
    /// Printed very small along the frame.
    pub micro: String,
}

/// A face without number and barcode.
#[derive(Clone, Debug)]
pub struct Template {
    pub canvas: Canvas,
    pub number: Rect,
    pub barcode: Option<Rect>,
    pub free: (f32, f32),
    role: Role,
}

/// A barcode can't be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BarcodeError {
    #[error("'{text}' can't be written as {}: {why}", symbology.word())]
    Content { symbology: Symbology, text: String, why: String },
    #[error("the barcode of '{0}' is too wide for its box on the face")]
    TooWide(String),
}

/// The words that mark every demo voucher.
fn training() -> Words {
    Words::new("訓練用・換金不可", "TRAINING - NO VALUE")
}

fn on_face(area: Area, canvas: &Canvas) -> Rect {
    let (w, h) = (canvas.width as f32, canvas.height as f32);
    Rect::new(area.x * w, area.y * h, area.w * w, area.h * h)
}

impl Template {
    pub fn new(design: &Design, plan: &Plan, words: &Wording, fonts: &Fonts) -> Template {
        let width = (plan.size_mm.0 * PX_PER_MM).round() as usize;
        let height = (plan.size_mm.1 * PX_PER_MM).round() as usize;
        let mut canvas = Canvas::new(width, height, design.paper);
        let (w, h) = (width as f32, height as f32);
        background(&mut canvas, design.motif, design.tint, PX_PER_MM);
        let (x, y, radius, petals) = design.rosette;
        rosette(&mut canvas, (x * w, y * h), radius * PX_PER_MM, petals, design.tint);
        border(&mut canvas, design, words, fonts);

        let number = on_face(plan.number, &canvas);
        panel(&mut canvas, number);
        let barcode = plan.barcode.map(|area| on_face(area, &canvas));
        if let Some(rect) = barcode {
            panel(&mut canvas, rect);
        }
        lettering(&mut canvas, design, words, fonts);
        if let Some(area) = plan.kind {
            let rect = on_face(area, &canvas);
            kind_box(&mut canvas, rect, design, words, fonts);
        }
        number_label(&mut canvas, number, design, fonts);
        Template {
            canvas,
            number,
            barcode,
            free: (design.free.0 * w, design.free.1 * h),
            role: design.number,
        }
    }

    /// Prints the number into its box.
    pub fn print_number(&self, canvas: &mut Canvas, fonts: &Fonts, printed: &str) {
        let face = fonts.get(self.role);
        let spacing = 0.10;
        let most = self.number.h * 0.46;
        let size = face.fit(printed, most, spacing, self.number.w * 0.93);
        let width = face.width(printed, size, size * spacing);
        let (cx, cy) = self.number.centre();
        canvas.text(
            face,
            printed,
            Setting {
                at: (cx - width / 2.0, cy + size / 2.0),
                size,
                spacing: size * spacing,
                ink: [22, 22, 30],
            },
        );
    }

    /// Prints a barcode into its box, with whole pixels for each module and its quiet zone.
    pub fn print_barcode(
        &self,
        canvas: &mut Canvas,
        symbology: Symbology,
        text: &str,
    ) -> Result<(), BarcodeError> {
        let Some(rect) = self.barcode else {
            return Ok(());
        };
        let code = modules(symbology, text)?;
        let columns = code.getWidth() as f32;
        let rows = code.getHeight() as f32;
        let flat = code.getHeight() == 1;
        let module = if flat {
            (rect.w / columns).floor()
        } else {
            (rect.w / columns).min(rect.h / rows).floor()
        };
        if module < 2.0 {
            return Err(BarcodeError::TooWide(text.to_owned()));
        }
        let (cx, cy) = rect.centre();
        let tall = if flat { rect.h * 0.82 } else { module };
        let left = (cx - columns * module / 2.0).round();
        let top = if flat { (cy - tall / 2.0).round() } else { (cy - rows * module / 2.0).round() };
        for row in 0..code.getHeight() {
            for column in 0..code.getWidth() {
                if code.get(column, row) {
                    let x = left + column as f32 * module;
                    let y = top + row as f32 * module;
                    canvas.fill(Rect::new(x, y, module, tall), [18, 18, 24], 1.0);
                }
            }
        }
        Ok(())
    }
}

/// The modules of a barcode with its quiet zone; one row for the linear ones.
fn modules(symbology: Symbology, text: &str) -> Result<rxing::common::BitMatrix, BarcodeError> {
    let format = match symbology {
        Symbology::Codabar => BarcodeFormat::CODABAR,
        Symbology::Code128 => BarcodeFormat::CODE_128,
        Symbology::Code39 => BarcodeFormat::CODE_39,
        Symbology::Itf => BarcodeFormat::ITF,
        Symbology::Ean13 => BarcodeFormat::EAN_13,
        Symbology::Ean8 => BarcodeFormat::EAN_8,
        Symbology::QrCode => BarcodeFormat::QR_CODE,
        Symbology::DataMatrix => BarcodeFormat::DATA_MATRIX,
    };
    let square = matches!(symbology, Symbology::QrCode | Symbology::DataMatrix);
    let hints = EncodeHints {
        ErrorCorrection: (symbology == Symbology::QrCode).then(|| "M".to_owned()),
        Margin: Some(if square { "4" } else { "20" }.to_owned()),
        ..EncodeHints::default()
    };
    let height = i32::from(!square);
    MultiFormatWriter.encode_with_hints(text, &format, 0, height, &hints).map_err(|error| {
        BarcodeError::Content { symbology, text: text.to_owned(), why: error.to_string() }
    })
}

/// A double frame with a line of very small print between, and the training mark.
fn border(canvas: &mut Canvas, design: &Design, words: &Wording, fonts: &Fonts) {
    let (w, h) = (canvas.width as f32, canvas.height as f32);
    let margin = 2.2 * PX_PER_MM;
    let outer = Rect::new(margin, margin, w - 2.0 * margin, h - 2.0 * margin);
    canvas.frame(outer, 3.0, design.deep);
    canvas.frame(outer.grown(-1.5 * PX_PER_MM), 1.0, design.deep);
    let face = fonts.get(Role::Sans);
    let size = 0.62 * PX_PER_MM;
    let unit = face.width(&words.micro, size, 1.0) + size;
    let inner = outer.w - 4.0 * PX_PER_MM;
    let times = (inner / unit).floor().max(0.0);
    let gap = (inner - times * unit) / times.max(1.0);
    for (row, baseline) in
        [outer.y + 1.12 * PX_PER_MM, outer.y + outer.h - 0.42 * PX_PER_MM].into_iter().enumerate()
    {
        for turn in 0..times as usize {
            let shift = if row == 0 { 0.0 } else { gap / 2.0 };
            let x = outer.x + 2.0 * PX_PER_MM + turn as f32 * (unit + gap) + shift;
            canvas.text(
                face,
                &words.micro,
                Setting { at: (x, baseline), size, spacing: 1.0, ink: design.tint },
            );
        }
    }
    for (x, y) in [
        (outer.x, outer.y),
        (outer.x + outer.w, outer.y),
        (outer.x, outer.y + outer.h),
        (outer.x + outer.w, outer.y + outer.h),
    ] {
        corner(canvas, (x, y), 2.3 * PX_PER_MM, design);
    }
}

/// A small flower on a corner of the frame.
fn corner(canvas: &mut Canvas, (cx, cy): (f32, f32), radius: f32, design: &Design) {
    for y in (cy - radius) as i32..=(cy + radius) as i32 {
        for x in (cx - radius) as i32..=(cx + radius) as i32 {
            let (dx, dy) = (x as f32 - cx, y as f32 - cy);
            let away = dx.hypot(dy);
            let edge = radius * (0.72 + 0.26 * (dy.atan2(dx) * 4.0).cos());
            canvas.blend(x, y, design.deep, (edge - away + 0.5).clamp(0.0, 1.0));
            canvas.blend(x, y, design.paper, (radius * 0.30 - away + 0.5).clamp(0.0, 1.0));
        }
    }
}

/// The clear band round a number or a barcode.
fn panel(canvas: &mut Canvas, rect: Rect) {
    canvas.fill(rect, [254, 254, 252], 1.0);
}

/// Title, value and notes.
fn lettering(canvas: &mut Canvas, design: &Design, words: &Wording, fonts: &Fonts) {
    let (w, h) = (canvas.width as f32, canvas.height as f32);
    let title = fonts.get(Role::Title);
    let (x, y, mm) = design.title;
    let text = fonts.write(Role::Title, &words.campaign);
    let room = w * (0.96 - x);
    let size = title.fit(text, mm * PX_PER_MM, 0.18, room.min(w * 0.56));
    let setting = Setting { at: (x * w, y * h), size, spacing: size * 0.18, ink: design.deep };
    canvas.text_with_halo(title, text, setting, 2.5);

    let (x, y, mm) = design.value;
    let size = mm * PX_PER_MM;
    let setting = Setting { at: (x * w, y * h), size, spacing: size * 0.02, ink: design.accent };
    canvas.text_with_halo(title, &words.value, setting, 4.0);
    let unit_at = x * w + title.width(&words.value, size, setting.spacing) + size * 0.14;
    let yen = Words::new("円", "YEN");
    let unit = fonts.write(Role::Title, &yen);
    canvas.text_with_halo(
        title,
        unit,
        Setting { at: (unit_at, y * h), size: size * 0.52, ..setting },
        3.0,
    );

    let (x, y, mm) = design.note;
    let size = mm * PX_PER_MM;
    let face = fonts.get(Role::Text);
    let mark = training();
    let lines = words.notes.iter().chain(std::iter::once(&mark));
    for (row, note) in lines.enumerate() {
        let text = fonts.write(Role::Text, note);
        let size = face.fit(text, size, 0.06, w * (0.965 - x));
        canvas.text_with_halo(
            face,
            text,
            Setting {
                at: (x * w, y * h + row as f32 * mm * 2.05 * PX_PER_MM),
                size,
                spacing: size * 0.06,
                ink: if row == words.notes.len() { design.accent } else { [58, 56, 60] },
            },
            1.6,
        );
    }
}

/// The kind in words, white on the deep colour.
fn kind_box(canvas: &mut Canvas, rect: Rect, design: &Design, words: &Wording, fonts: &Fonts) {
    canvas.fill(rect, design.deep, 1.0);
    let face = fonts.get(Role::Text);
    let text = fonts.write(Role::Text, &words.kind);
    let size = face.fit(text, rect.h * 0.44, 0.1, rect.w * 0.88);
    let width = face.width(text, size, size * 0.1);
    let (cx, cy) = rect.centre();
    canvas.text(
        face,
        text,
        Setting {
            at: (cx - width / 2.0, cy + size / 2.0),
            size,
            spacing: size * 0.1,
            ink: [255, 255, 255],
        },
    );
}

/// The small word above the number's box, or below it where there is no room.
fn number_label(canvas: &mut Canvas, rect: Rect, design: &Design, fonts: &Fonts) {
    let words = Words::new("券番号", "No.");
    let text = fonts.write(Role::Text, &words);
    let size = 1.5 * PX_PER_MM;
    let above = rect.y - 0.7 * PX_PER_MM;
    let at = if above > 8.0 * PX_PER_MM {
        (rect.x, above)
    } else {
        (rect.x, rect.y + rect.h + size + 0.9 * PX_PER_MM)
    };
    canvas.text_with_halo(
        fonts.get(Role::Text),
        text,
        Setting { at, size, spacing: size * 0.2, ink: design.deep },
        1.6,
    );
}
