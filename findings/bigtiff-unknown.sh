#!/bin/sh
# BigTIFF (version 43 where TIFF has 42; 64-bit offsets) is what libtiff's tools write with -8 and some scanners' software always does.
#
# image 0.25.10 (crates.io, with tiff 0.11.3): `guess_format` does not know it, so `load_from_memory` and `with_guessed_format` refuse
#   the file as of no known format. Told that it is TIFF, the same crate decodes it rightly.
#
# Who tells pictures by `guess_format` says "not a picture" to a whole page.
#
# Needs cargo.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
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
use image::{ImageFormat, guess_format, load_from_memory, load_from_memory_with_format};

/// 4 x 1 grey pixels of 8 bits, one strip.
fn big_tiff() -> Vec<u8> {
    let mut file = b"II\x2b\0\x08\0\0\0".to_vec();
    file.extend(24u64.to_le_bytes());
    file.extend([10, 20, 30, 40, 0, 0, 0, 0]);
    let tags: [(u16, u64); 9] =
        [(256, 4), (257, 1), (258, 8), (259, 1), (262, 1), (273, 16), (277, 1), (278, 1), (279, 4)];
    file.extend((tags.len() as u64).to_le_bytes());
    for (tag, value) in tags {
        file.extend(tag.to_le_bytes());
        file.extend(16u16.to_le_bytes());
        file.extend(1u64.to_le_bytes());
        file.extend(value.to_le_bytes());
    }
    file.extend(0u64.to_le_bytes());
    file
}

fn main() {
    let file = big_tiff();
    let guessed = guess_format(&file).is_ok();
    let loaded = load_from_memory(&file).is_ok();
    let told = load_from_memory_with_format(&file, ImageFormat::Tiff).map(|it| it.into_luma8().into_raw());
    println!("guessed {guessed}, loaded {loaded}, told that it is TIFF {told:?}");
}
RUST
seen=$(CARGO_TARGET_DIR="$work/target" cargo run --quiet --manifest-path "$work/Cargo.toml")
printf "%s\n" "$seen"
[ "$seen" = "guessed false, loaded false, told that it is TIFF Ok([10, 20, 30, 40])" ] \
  || { echo "CHANGED: not what the head of this script says"; exit 1; }
echo "as the head of this script says"
