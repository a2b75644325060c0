#!/bin/sh
# A serial scanner that is pulled out, and the pseudo-terminal that stands for it in tests.
#
# serialport 4.10.1 (crates.io, default features off, Linux):
# - reading a port whose other end is gone ends with kind BrokenPipe and without an errno: who waits for ENODEV or ENXIO waits for ever;
# - `bytes_to_read` on the same port fails with another kind, Unknown, which other mistakes have too;
# - setting DTR fails on a pty, so code that sets it and takes an error for "no port" can't be tested with a pty.
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
serialport = { version = "=4.10.1", default-features = false }
TOML
cat > "$work/src/main.rs" <<'RUST'
use serialport::{SerialPort, TTYPort};
use std::io::{Read, Write};
use std::time::Duration;

fn main() {
    let (mut scanner, mut station) = TTYPort::pair().unwrap();
    station.set_timeout(Duration::from_millis(500)).unwrap();
    scanner.write_all(b"A3205899455A\r").unwrap();
    let mut bytes = [0; 64];
    let length = station.read(&mut bytes).unwrap();
    println!("read {:?}", String::from_utf8_lossy(&bytes[..length]));
    println!("nothing there: {:?}", station.read(&mut bytes).unwrap_err().kind());
    println!("DTR: {}", station.write_data_terminal_ready(true).is_ok());
    drop(scanner);
    let error = station.read(&mut bytes).unwrap_err();
    println!("gone, read: {:?}, errno {:?}", error.kind(), error.raw_os_error());
    println!("gone, bytes_to_read: {:?}", station.bytes_to_read().map_err(|it| it.kind()));
}
RUST
seen=$(CARGO_TARGET_DIR="$work/target" cargo run --quiet --manifest-path "$work/Cargo.toml")
printf "%s\n" "$seen"
wanted='read "A3205899455A\r"
nothing there: TimedOut
DTR: false
gone, read: BrokenPipe, errno None
gone, bytes_to_read: Err(Unknown)'
[ "$seen" = "$wanted" ] || { echo "CHANGED: not what the head of this script says"; exit 1; }
echo "as the head of this script says"
