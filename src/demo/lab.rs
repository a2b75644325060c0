use super::damage::*;
use super::draw_canvas::Canvas;
use super::draw_capture::*;
use super::draw_designs as designs;
use super::draw_face::*;
use super::fonts::*;
use crate::voucher::profile::Area;
use crate::voucher::{Side, Symbology};
use fastrand::Rng;

fn area(x: f32, y: f32, w: f32, h: f32) -> Area {
    Area { side: Side::Front, x, y, w, h }
}

fn plans() -> Vec<(&'static str, Plan, &'static str, &'static str, Option<(Symbology, &'static str)>, &'static str)> {
    vec![
        ("M", Plan { size_mm: (152.0, 70.0), number: area(0.56, 0.74, 0.40, 0.17), barcode: Some(area(0.04, 0.66, 0.46, 0.26)), kind: Some(area(0.42,0.56,0.20,0.09)) }, "1,000", "M 1234 56789-0", Some((Symbology::Code128, "M1234567890")), "地域共通券 1,000円"),
        ("K", Plan { size_mm: (148.0, 68.0), number: area(0.56, 0.75, 0.40, 0.16), barcode: Some(area(0.52, 0.08, 0.44, 0.25)), kind: None }, "500", "K-123-456-7890", Some((Symbology::Codabar, "A1234567890A")), "飲食店専用券 500円"),
        ("S", Plan { size_mm: (150.0, 72.0), number: area(0.32, 0.78, 0.46, 0.15), barcode: Some(area(0.045, 0.28, 0.235, 0.49)), kind: None }, "1,000", "S1234567890", Some((Symbology::QrCode, "https://v.example/c?n=S1234567890")), "1,000円券"),
        ("R", Plan { size_mm: (154.0, 68.0), number: area(0.575, 0.10, 0.38, 0.16), barcode: Some(area(0.48, 0.66, 0.47, 0.25)), kind: None }, "500", "R 12345 67890", Some((Symbology::Itf, "1234567890")), "500円券"),
        ("W", Plan { size_mm: (140.0, 64.0), number: area(0.30, 0.72, 0.46, 0.18), barcode: None, kind: None }, "500", "W 1234 5678 90", None, "500円券"),
    ]
}

#[test]
fn lab() {
    let fonts = Fonts::of_system().unwrap();
    let mut rows: Vec<Canvas> = Vec::new();
    for (n, (id, plan, value, number, barcode, kind)) in plans().into_iter().enumerate() {
        let words = Wording { campaign: designs::campaign(), value: value.into(), kind: Words::new(kind, "X"), notes: designs::notes(), micro: "KENBAN TRAINING VOUCHER".into() };
        let started = std::time::Instant::now();
        let t = Template::new(&designs::of_layout(id), &plan, &words, &fonts);
        println!("template {id} {:?}", started.elapsed());
        let damages: Vec<Vec<Damage>> = vec![
            vec![],
            vec![Damage::Seal { spot: Spot::Free, name: Words::new("まつやそば", "MATSUYA") }],
            vec![Damage::Crease, Damage::Coffee, Damage::Box { spot: Spot::Free, name: Words::new("そば処 まつや", "SOBA MATSUYA"), below: Words::new("使用済 令和8年5月12日", "USED 2026-05-12") }],
            vec![Damage::Box { spot: Spot::Barcode, name: Words::new("そば処 まつや", "SOBA MATSUYA"), below: Words::new("使用済 令和8年5月12日", "USED 2026-05-12") }, Damage::Scribble(Spot::Barcode), Damage::Seal { spot: Spot::Number, name: Words::new("喫茶山鳩", "HATO") }],
            vec![Damage::Marker(Spot::Number), Damage::Tear(Spot::Barcode)],
        ];
        for (d, damage) in damages.iter().enumerate() {
            for device in [Device::Scanner, Device::Camera] {
                let mut rng = Rng::with_seed((n * 10 + d) as u64);
                let started = std::time::Instant::now();
                let mut paper = Paper::whole(t.canvas.clone());
                t.print_number(&mut paper.canvas, &fonts, number);
                if let Some((s, text)) = barcode { t.print_barcode(&mut paper.canvas, s, text).unwrap(); }
                let a = started.elapsed();
                for x in damage { apply(&mut paper, &t, x, &fonts, &mut rng); }
                let b = started.elapsed();
                let look = Look { device, upside_down: d == 2, tilt: rng.f32() * if device == Device::Camera { 14.0 } else { 1.4 } , blur: (d == 3) as u8, light: if d == 4 {0.6} else {1.0}, light_ground: d % 2 == 0 };
                let out = capture(paper, &look, &mut rng);
                let c = started.elapsed();
                let mut bytes = Vec::new();
                image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 80).encode(&out.data, out.width as u32, out.height as u32, image::ExtendedColorType::Rgb8).unwrap();
                println!("{id} {device:?} print {a:?} damage {b:?} capture {c:?} jpeg {:?} {}k", started.elapsed(), bytes.len() / 1000);
                rows.push(out.clone());
                image::save_buffer(format!("/tmp/lab/{id}{d}{device:?}.png"), &out.data, out.width as u32, out.height as u32, image::ExtendedColorType::Rgb8).unwrap();
            }
        }
    }
}
