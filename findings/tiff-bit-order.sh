#!/bin/sh
# TIFF, tag 266 FillOrder = 2: each byte's pixels stand from the lowest bit up. Fax software and some scanners write it.
#
# image 0.25.10 (with tiff 0.11.3, crates.io): an uncompressed picture of 1 bit decodes without an error and with each byte's eight
#   pixels in the reverse order; the tag is not looked at.
# Pillow 13.0.0 (PyPI), on the same bytes: right.
#
# A scanned page still looks like print in columns of eight pixels, so nothing but a person's eye finds it; a bar code is gone.
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
image = { version = "=0.25.10", default-features = false, features = ["tiff"] }
tiff = "=0.11.3"
TOML
cat > "$work/src/main.rs" <<'RUST'
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let picture = image::load_from_memory(&std::fs::read(path).unwrap()).unwrap().into_luma8();
    let row: String = picture.pixels().map(|it| if it.0[0] > 127 { '1' } else { '0' }).collect();
    println!("{row}");
}
RUST
# 16 x 1 pixels, 1 bit, black is zero, one strip: 1111 0100 1010 0000.
write='
import struct, sys
def tiff(order):
    pixels = bytes([0b11110100, 0b10100000])
    if order == 2:
        pixels = bytes(int(f"{byte:08b}"[::-1], 2) for byte in pixels)
    tags = [(256, 16), (257, 1), (258, 1), (259, 1), (262, 1), (266, order), (273, 8), (277, 1), (278, 1), (279, 2)]
    head = struct.pack("<2sHI", b"II", 42, 12)
    entries = b"".join(struct.pack("<HHIHH", tag, 3, 1, value, 0) for tag, value in tags)
    return head + pixels + bytes(2) + struct.pack("<H", len(tags)) + entries + bytes(4)
for order in (1, 2):
    open(f"{sys.argv[1]}/{order}.tif", "wb").write(tiff(order))
'
"$work/venv/bin/python" -c "$write" "$work"
pillow() { "$work/venv/bin/python" -c 'import sys; from PIL import Image
print("".join("1" if it else "0" for it in Image.open(sys.argv[1]).convert("L").tobytes()))' "$1"; }
rust() { CARGO_TARGET_DIR="$work/target" cargo run --quiet --manifest-path "$work/Cargo.toml" -- "$1"; }
seen="image: $(rust "$work/1.tif") $(rust "$work/2.tif"); Pillow: $(pillow "$work/1.tif") $(pillow "$work/2.tif")"
echo "FillOrder 1 and 2 of the same picture:"
printf "%s\n" "$seen"
[ "$seen" = "image: 1111010010100000 0010111100000101; Pillow: 1111010010100000 1111010010100000" ] \
  || { echo "CHANGED: not what the head of this script says"; exit 1; }
echo "as the head of this script says"
