#!/bin/sh
# What grey a red stamp becomes.
#
# image 0.25.10 (crates.io): `to_luma8` weighs by BT.709 (red 0.2126). Pillow 13.0.0 `convert("L")` weighs by BT.601 (red 0.299), as
#   JPEG's own Y, libjpeg's grey output and most scanners do. Pure red is 54 in one and 76 in the other, pure blue 18 and 29.
#
# The same coloured page is another picture for two readers, or for one reader that takes a JPEG's Y directly and a PNG through
# `to_luma8`: a threshold that was set on one lets a red stamp run into black bars in the other.
#
# Needs cargo and python3 with venv.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
mkdir "$work/src"
cat > "$work/Cargo.toml" <<'TOML'
[package]
name = "probe"
version = "0.0.0"
edition = "2024"
[dependencies]
image = { version = "=0.25.10", default-features = false }
TOML
cat > "$work/src/main.rs" <<'RUST'
fn main() {
    let colours = vec![255, 0, 0, 0, 255, 0, 0, 0, 255];
    let picture = image::DynamicImage::ImageRgb8(image::RgbImage::from_raw(3, 1, colours).unwrap());
    println!("image {:?}", picture.to_luma8().into_raw());
}
RUST
seen=$(CARGO_TARGET_DIR="$work/target" cargo run --quiet --manifest-path "$work/Cargo.toml"
"$work/venv/bin/python" -c 'from PIL import Image
print("Pillow", list(Image.frombytes("RGB", (3, 1), bytes([255, 0, 0, 0, 255, 0, 0, 0, 255])).convert("L").tobytes()))')
printf "%s\n" "red, green, blue:" "$seen"
[ "$seen" = "image [54, 182, 18]
Pillow [76, 150, 29]" ] || { echo "CHANGED: not what the head of this script says"; exit 1; }
echo "as the head of this script says"
