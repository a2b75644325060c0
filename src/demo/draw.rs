//! Draws the sheets of a demo campaign. Templates are made once; a [`Studio`] may be shared by
//! threads, and one seed always gives the same bytes.

use super::damage::{self, Damage};
use super::draw_canvas::Canvas;
use super::draw_capture::{Look, Paper, capture};
use super::draw_designs as designs;
use super::draw_face::{BarcodeError, Plan, Template, Wording};
use super::fonts::{Fonts, Words};
use crate::voucher::profile::{Area, KindRule};
use crate::voucher::{Kind, KindId, Layout, LayoutId, Profile, Side, Symbology};
use fastrand::Rng;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageError};

/// What is printed on a sheet.
#[derive(Clone, Debug, PartialEq)]
pub enum Print {
    /// A voucher of this campaign.
    Voucher {
        layout: LayoutId,
        kind: KindId,
        /// The number as printed, in groups.
        number: String,
        /// The barcode's exact content.
        barcode: Option<(Symbology, String)>,
    },
    /// A voucher of the neighbouring scheme.
    OtherScheme { number: String, barcode: (Symbology, String) },
    /// Nothing: a sheet of paper of a voucher's size.
    Blank,
}

/// Everything about one picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    pub print: Print,
    pub damages: Vec<Damage>,
    pub look: Look,
    pub seed: u64,
}

/// Why a sheet can't be drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    #[error(transparent)]
    Barcode(#[from] BarcodeError),
    #[error("the demo's profile has no layout {0} for kind {1}")]
    NoTemplate(LayoutId, KindId),
    #[error("the picture can't be written as JPEG: {0}")]
    Jpeg(#[from] ImageError),
}

/// Fonts and templates for one profile.
#[derive(Debug)]
pub struct Studio {
    fonts: Fonts,
    templates: Vec<(LayoutId, KindId, Template)>,
    other: Template,
    blank: Template,
}

const QUALITY: u8 = 80;

impl Studio {
    /// Makes a template for every layout and kind of the profile.
    pub fn new(profile: &Profile, fonts: Fonts) -> Studio {
        let mut templates = Vec::new();
        for layout in &profile.layouts {
            for kind in kinds_of(profile, layout) {
                let design = designs::of_layout(layout.id.as_str());
                let template = Template::new(&design, &plan_of(layout), &wording(kind), &fonts);
                templates.push((layout.id.clone(), kind.id.clone(), template));
            }
        }
        let other = other_scheme(&fonts);
        let mut blank = other.clone();
        blank.canvas = Canvas::new(blank.canvas.width, blank.canvas.height, [250, 249, 245]);
        Studio { fonts, templates, other, blank }
    }

    /// The picture of a sheet as its device gives it: JPEG bytes.
    pub fn draw(&self, drawing: &Drawing) -> Result<Vec<u8>, DrawError> {
        let canvas = self.picture(drawing)?;
        let mut bytes = Vec::with_capacity(canvas.data.len() / 6);
        let (width, height) = (canvas.width as u32, canvas.height as u32);
        JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode(
            &canvas.data,
            width,
            height,
            ExtendedColorType::Rgb8,
        )?;
        Ok(bytes)
    }

    /// The same before it is written as JPEG.
    pub fn picture(&self, drawing: &Drawing) -> Result<Canvas, DrawError> {
        let mut rng = Rng::with_seed(drawing.seed);
        let template = self.template(&drawing.print)?;
        let mut paper = Paper::whole(template.canvas.clone());
        match &drawing.print {
            Print::Voucher { number, barcode, .. } => {
                template.print_number(&mut paper.canvas, &self.fonts, number);
                if let Some((symbology, text)) = barcode {
                    template.print_barcode(&mut paper.canvas, *symbology, text)?;
                }
            }
            Print::OtherScheme { number, barcode } => {
                template.print_number(&mut paper.canvas, &self.fonts, number);
                template.print_barcode(&mut paper.canvas, barcode.0, &barcode.1)?;
            }
            Print::Blank => {}
        }
        for damage in &drawing.damages {
            damage::apply(&mut paper, template, damage, &self.fonts, &mut rng);
        }
        Ok(capture(paper, &drawing.look, &mut rng))
    }

    fn template(&self, print: &Print) -> Result<&Template, DrawError> {
        match print {
            Print::Voucher { layout, kind, .. } => self
                .templates
                .iter()
                .find(|(of_layout, of_kind, _)| of_layout == layout && of_kind == kind)
                .map(|(_, _, template)| template)
                .ok_or_else(|| DrawError::NoTemplate(layout.clone(), kind.clone())),
            Print::OtherScheme { .. } => Ok(&self.other),
            Print::Blank => Ok(&self.blank),
        }
    }
}

/// The kinds that a layout's sheets can have.
fn kinds_of<'p>(profile: &'p Profile, layout: &Layout) -> Vec<&'p Kind> {
    let may_be = |kind: &&Kind| match &layout.kind {
        KindRule::Fixed(id) => kind.id == *id,
        KindRule::ByNumber(prefixes) => prefixes.iter().any(|(_, id)| kind.id == *id),
        KindRule::ByText | KindRule::ByOperator => true,
    };
    profile.kinds.iter().filter(may_be).collect()
}

fn plan_of(layout: &Layout) -> Plan {
    Plan {
        size_mm: layout.size_mm,
        number: layout.number_area,
        barcode: layout.barcode.as_ref().map(|(_, area)| *area),
        kind: layout.kind_area,
    }
}

fn wording(kind: &Kind) -> Wording {
    let value = kind.face.to_string();
    let latin = format!("{value} YEN");
    Wording {
        campaign: designs::campaign(),
        kind: Words::new(&kind.name, &latin),
        value,
        notes: designs::notes(),
        micro: "KENBAN TRAINING VOUCHER".to_owned(),
    }
}

fn other_scheme(fonts: &Fonts) -> Template {
    let area = |x, y, w, h| Area { side: Side::Front, x, y, w, h };
    let plan = Plan {
        size_mm: (146.0, 68.0),
        number: area(0.52, 0.74, 0.43, 0.17),
        barcode: Some(area(0.05, 0.66, 0.44, 0.25)),
        kind: None,
    };
    let words = Wording {
        campaign: designs::other_campaign(),
        value: "1,000".to_owned(),
        kind: Words::new("1,000円券", "1,000 YEN"),
        notes: designs::notes(),
        micro: "NEXT TOWN FOOD COUPON".to_owned(),
    };
    Template::new(&designs::other_scheme(), &plan, &words, fonts)
}
