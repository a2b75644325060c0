#!/bin/sh
# NW-7 (Codabar) with its start and stop letters.
#
# rxing 0.9.3 (crates.io): with the hint `ReturnCodabarStartEnd` the text is not text: every character is the place in the code's table
#   as a byte, 0x10 for A, 0x03 for 3. Without the hint the digits are characters, and start and stop are left out.
# zxing-cpp 3.1.1 (PyPI) on the same code: the text with its letters.
#
# The test of who only counts characters, or only looks without the hint, passes.
#
# Needs cargo and python3 with venv.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check zxing-cpp==3.1.1 numpy==2.4.6
mkdir "$work/src"
cat > "$work/Cargo.toml" <<'TOML'
[package]
name = "probe"
version = "0.0.0"
edition = "2024"
[dependencies]
rxing = { version = "=0.9.3", default-features = false, features = ["decoders", "encoding_rs", "oned"] }
[profile.dev.package."*"]
debug = false
TOML
cat > "$work/src/main.rs" <<'RUST'
use rxing::common::GlobalHistogramBinarizer;
use rxing::{BarcodeFormat, BinaryBitmap, DecodeHints, Luma8Source, MultiFormatReader, Reader};
use std::collections::HashSet;

fn main() {
    let pixels = std::fs::read(std::env::args().nth(1).unwrap()).unwrap();
    for letters in [None, Some(true)] {
        let hints = DecodeHints {
            PossibleFormats: Some(HashSet::from([BarcodeFormat::CODABAR])),
            ReturnCodabarStartEnd: letters,
            ..DecodeHints::default()
        };
        let width = pixels.len() as u32 / 60;
        let source = Luma8Source::new_with_slice(&pixels, width, 60).unwrap();
        let mut bitmap = BinaryBitmap::new(GlobalHistogramBinarizer::new(source));
        let found = MultiFormatReader::default().decode_with_hints(&mut bitmap, &hints).unwrap();
        println!("rxing, start and end {letters:?}: {:?}", found.getText());
    }
}
RUST
# A3205899B, narrow 2 and wide 5 pixels, 60 rows of the same. A set bit is a wide bar or space.
cat > "$work/draw.py" <<'PYTHON'
import sys

import numpy
import zxingcpp

WIDE = dict(zip("0123456789-$:/.+ABCD", [
    0x03, 0x06, 0x09, 0x60, 0x12, 0x42, 0x21, 0x24, 0x30, 0x48, 0x0C, 0x18, 0x45, 0x51, 0x54, 0x15, 0x1A, 0x29, 0x0B, 0x0E,
]))
row = [255] * 40
for letter in "A3205899B":
    for place in range(7):
        row += [0 if place % 2 == 0 else 255] * (5 if WIDE[letter] >> (6 - place) & 1 else 2)
    row += [255] * 2
row += [255] * 40
grey = numpy.array([row] * 60, dtype=numpy.uint8)
open(sys.argv[1], "wb").write(grey.tobytes())
print("zxing-cpp:", [it.text for it in zxingcpp.read_barcodes(grey)])
PYTHON
seen=$("$work/venv/bin/python" "$work/draw.py" "$work/pixels"
CARGO_TARGET_DIR="$work/target" cargo run --quiet --manifest-path "$work/Cargo.toml" -- "$work/pixels")
printf "%s\n" "$seen"
wanted="zxing-cpp: ['A3205899B']
rxing, start and end None: \"3205899\"
rxing, start and end Some(true): \"\\u{10}\\u{3}\\u{2}\\0\\u{5}\\u{8}\\t\\t\\u{11}\""
[ "$seen" = "$wanted" ] || { echo "CHANGED: not what the head of this script says"; exit 1; }
echo "as the head of this script says"
