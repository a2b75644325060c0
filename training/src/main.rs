//! Makes the weights of Kenban's reader of printed numbers: draws lines, trains a small net on them, judges
//! it on fonts that it never saw, and writes it as ONNX. See README.md.

mod canvas;
mod ctc;
#[expect(dead_code, reason = "the station shows more of an answer")]
#[path = "../../src/reader/print/decode.rs"]
mod decode;
mod draw;
mod export;
mod faults;
mod fonts;
mod judge;
#[path = "../../src/reader/print/line.rs"]
mod line;
mod net;
mod optics;
#[path = "../../src/reader/print/sure.rs"]
mod sure;
mod text;
mod train;

use clap::{Parser, Subcommand};
use std::path::PathBuf;

#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// Trains, or goes on from the last checkpoint.
    Train {
        #[arg(long, default_value_t = 80_000)]
        steps: usize,
        #[arg(long, default_value_t = 0.0015)]
        rate: f32,
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, default_value_t = 2)]
        threads: usize,
        #[arg(long, default_value = "target/weights")]
        out: PathBuf,
    },
    /// Reads lines in fonts that the training never saw.
    Judge {
        #[arg(long, default_value = "target/weights")]
        weights: PathBuf,
        #[arg(long, default_value_t = 77)]
        seed: u64,
        #[arg(long, default_value_t = 20_000)]
        lines: usize,
        /// Where to draw the reliability diagram (SVG).
        #[arg(long)]
        diagram: Option<PathBuf>,
        /// In the fonts of the training instead.
        #[arg(long)]
        known: bool,
    },
    /// Writes the weights as ONNX, and a few lines with what the net says of them.
    Export {
        #[arg(long, default_value = "target/weights")]
        weights: PathBuf,
        #[arg(long, default_value = "../assets/reader/number.onnx")]
        net: PathBuf,
        #[arg(long, default_value = "../tests/golden/number-lines.json")]
        lines: PathBuf,
    },
    /// Draws lines one below the other into a PNG, to look at.
    Sheet {
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, default_value_t = 60)]
        lines: usize,
        out: PathBuf,
    },
    /// Says which fonts there are.
    Fonts,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    match Args::parse().what {
        What::Train { steps, rate, seed, threads, out } => {
            let fonts = fonts::load(2);
            println!("{} fonts to train on, {} kept apart", fonts.train.len(), fonts.judge.len());
            let plan = train::Plan { steps, rate, seed, threads: threads.clamp(1, 4), folder: out };
            train::run(&plan, &fonts)?;
        }
        What::Judge { weights, seed, lines, known, diagram } => {
            let state = loaded(&weights)?;
            println!("weights of step {}", state.step);
            let fonts = fonts::load(2);
            judge::run(&state.weights, &fonts, seed, lines, !known);
            judge::checked(&state.weights, &fonts, seed, lines, diagram.as_deref())?;
        }
        What::Export { weights, net, lines } => {
            let state = loaded(&weights)?;
            export::write(&net, &lines, &state.weights, state.step, &fonts::load(2))?;
            println!("weights of step {} in {}", state.step, net.display());
        }
        What::Sheet { seed, lines, out } => {
            let fonts = fonts::load(2);
            let width = 720;
            let mut sheet = vec![255u8; width * lines * 36];
            let began = std::time::Instant::now();
            for i in 0..lines {
                let sample = draw::line(&fonts, seed, i as u64, false);
                for y in 0..line::HEIGHT {
                    let to = (i * 36 + y) * width;
                    let from = y * sample.width;
                    let wide = sample.width.min(width);
                    sheet[to..to + wide].copy_from_slice(&sample.greys[from..from + wide]);
                }
                let text: String = sample.labels.iter().map(|c| line::ALPHABET[c - 1]).collect();
                println!("{i:3} {:4} {text}", sample.width);
            }
            println!("{:.0} lines/s", lines as f64 / began.elapsed().as_secs_f64());
            image::save_buffer(
                out,
                &sheet,
                width as u32,
                (lines * 36) as u32,
                image::ExtendedColorType::L8,
            )?;
        }
        What::Fonts => {
            let fonts = fonts::load(2);
            for (use_, faces) in [("train", &fonts.train), ("judge", &fonts.judge)] {
                for face in faces {
                    println!(
                        "{use_} {}{}",
                        face.name,
                        if face.fixed_pitch { " (fixed)" } else { "" }
                    );
                }
            }
            println!("{} Japanese", fonts.japanese.len());
        }
    }
    Ok(())
}

fn loaded(folder: &std::path::Path) -> Result<train::State, String> {
    train::State::load(&folder.join("checkpoint.bin"))
        .ok_or_else(|| format!("no weights of this net in {}; run train first", folder.display()))
}
