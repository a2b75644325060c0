//! Writes inputs to begin with into a folder, a folder a target: a small picture in every form of file, a barcode of
//! every symbology, the example profiles. `cargo run --release --example seeds -- corpus`

use image::{DynamicImage, ImageFormat, Luma, Rgb, RgbImage};
use kenban::voucher::Symbology;
use rxing::{BarcodeFormat, EncodeHints, MultiFormatWriter, Writer};
use std::error::Error;
use std::fs;
use std::io::Cursor;
use std::path::Path;

type Done = Result<(), Box<dyn Error>>;

fn main() -> Done {
    let corpus = std::env::args().nth(1).ok_or("say into which folder")?;
    let corpus = Path::new(&corpus);
    for name in ["decode", "read", "profile"] {
        fs::create_dir_all(corpus.join(name))?;
    }
    files(&corpus.join("decode"))?;
    codes(&corpus.join("read"))?;
    profiles(&corpus.join("profile"))
}

fn files(folder: &Path) -> Done {
    let rgb =
        RgbImage::from_fn(23, 17, |x, y| Rgb([(x * 11) as u8, (y * 15) as u8, (x * y) as u8]));
    let picture = DynamicImage::ImageRgb8(rgb);
    let forms = [
        ("rgb8", picture.clone()),
        ("grey8", picture.to_luma8().into()),
        ("grey16", picture.to_luma16().into()),
        ("rgba8", picture.to_rgba8().into()),
        ("rgb16", picture.to_rgb16().into()),
        ("pixel", DynamicImage::ImageLuma8(image::ImageBuffer::from_pixel(1, 1, Luma([7])))),
    ];
    let kinds = [
        ("png", ImageFormat::Png),
        ("jpg", ImageFormat::Jpeg),
        ("tif", ImageFormat::Tiff),
        ("webp", ImageFormat::WebP),
        ("bmp", ImageFormat::Bmp),
    ];
    for (name, picture) in &forms {
        for (ending, kind) in kinds {
            let mut bytes = Cursor::new(Vec::new());
            // Not every kind of file holds every form of pixels.
            if picture.write_to(&mut bytes, kind).is_ok() {
                fs::write(folder.join(format!("{name}.{ending}")), bytes.into_inner())?;
            }
        }
    }
    Ok(())
}

fn codes(folder: &Path) -> Done {
    let codes = [
        (Symbology::Code128, BarcodeFormat::CODE_128, "A6900602672"),
        (Symbology::Codabar, BarcodeFormat::CODABAR, "A2040000013A"),
        (Symbology::Itf, BarcodeFormat::ITF, "2040000013"),
        (Symbology::Code39, BarcodeFormat::CODE_39, "K204"),
        (Symbology::Ean13, BarcodeFormat::EAN_13, "4901234567894"),
        (Symbology::Ean8, BarcodeFormat::EAN_8, "49968507"),
        (Symbology::QrCode, BarcodeFormat::QR_CODE, "D3774218299"),
        (Symbology::DataMatrix, BarcodeFormat::DATA_MATRIX, "D3774218299"),
    ];
    for (symbology, format, text) in codes {
        let hints = EncodeHints { Margin: Some("4".to_owned()), ..EncodeHints::default() };
        let code = MultiFormatWriter.encode_with_hints(text, &format, 0, 1, &hints)?;
        let rows = if code.getHeight() == 1 { 24 } else { code.getHeight() };
        let (width, height) = (code.getWidth().min(256), rows.min(256));
        for (profile, zoom, tilt) in [(0_u8, 1_u8, 0_u8), (1, 2, 8), (2, 4, 200)] {
            let mut bytes = vec![profile, (width - 1) as u8, (height - 1) as u8, zoom, 0, tilt];
            for y in 0..height {
                let row = y % code.getHeight();
                bytes.extend((0..width).map(|x| if code.get(x, row) { 20 } else { 235 }));
            }
            fs::write(folder.join(format!("{}-{zoom}", symbology.word())), bytes)?;
        }
    }
    // A light sheet on a dark ground, with something like a line of print.
    let mut sheet = vec![1_u8, 95, 53, 7, 0, 4];
    for y in 0..54 {
        sheet.extend((0..96).map(|x| match (x, y) {
            (8..88, 8..46) if (38..43).contains(&y) && (50..80).contains(&x) && x % 3 > 0 => 30,
            (8..88, 8..46) => 240,
            _ => 25,
        }));
    }
    fs::write(folder.join("sheet"), sheet)?;
    Ok(())
}

fn profiles(folder: &Path) -> Done {
    let files = [
        ("five-layouts", include_str!("../../assets/profiles/five-layouts.toml")),
        ("demo", include_str!("../../assets/profiles/demo.toml")),
        ("fourteen-digits", include_str!("../../assets/profiles/fourteen-digits.toml")),
        ("twelve-digits-nw7", include_str!("../../assets/profiles/twelve-digits-nw7.toml")),
        ("book-and-branch", include_str!("../../assets/profiles/book-and-branch.toml")),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), format!("{text}\0A6900602672\0A6900602672"))?;
    }
    Ok(())
}
