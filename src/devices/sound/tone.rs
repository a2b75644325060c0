//! The patterns, and how they become samples. Pure.

use std::f64::consts::{PI, TAU};
use std::time::Duration;

/// Samples a second of [`wav`].
pub const RATE: u32 = 44_100;

/// Of full scale: sine and harmonic together never clip.
const PEAK: f64 = 0.8;

/// How much of the octave is mixed in. A bare sine is hard to place and easy to miss in noise.
const OCTAVE: f64 = 0.15;

/// A tone that begins or ends at once clicks.
const ATTACK_MS: u32 = 4;
const DECAY_MS: u32 = 14;

/// What is to be heard, named after what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// ○: the sheet counts.
    Accepted,
    /// △: a person looks at it later; go on.
    Look,
    /// ✎: to be keyed, into tray 1.
    ToKey,
    /// ✕: stop.
    Stop,
    /// ✕: the number was there before.
    Duplicate,
    /// A key that does nothing here.
    Refused,
    /// The envelope is complete.
    Complete,
    /// A device needs somebody.
    Alarm,
}

/// A piece of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// 0 is a pause.
    pub hz: u16,
    pub ms: u16,
}

const fn note(hz: u16, ms: u16) -> Note {
    Note { hz, ms }
}

impl Tone {
    pub const ALL: [Tone; 8] = [
        Tone::Accepted,
        Tone::Look,
        Tone::ToKey,
        Tone::Stop,
        Tone::Duplicate,
        Tone::Refused,
        Tone::Complete,
        Tone::Alarm,
    ];

    /// Pitches and lengths; no two tones have the same.
    pub fn pattern(self) -> &'static [Note] {
        match self {
            Tone::Accepted => const { &[note(1760, 50)] },
            Tone::Look => const { &[note(1320, 50), note(0, 40), note(1320, 50)] },
            Tone::ToKey => const { &[note(660, 160)] },
            Tone::Stop => const { &[note(880, 120), note(660, 120), note(440, 120)] },
            Tone::Duplicate => {
                const {
                    &[
                        note(880, 120),
                        note(660, 120),
                        note(440, 120),
                        note(0, 60),
                        note(440, 120),
                        note(0, 60),
                        note(440, 120),
                    ]
                }
            }
            Tone::Refused => const { &[note(220, 40)] },
            Tone::Complete => const { &[note(880, 80), note(1109, 80), note(1319, 80)] },
            Tone::Alarm => {
                const { &[note(988, 160), note(740, 160), note(988, 160), note(740, 160)] }
            }
        }
    }

    /// How long the pattern is.
    pub fn length(self) -> Duration {
        let all = self.pattern().iter().map(|note| u64::from(note.ms));
        Duration::from_millis(all.sum())
    }

    /// Beside the others at the same volume: what is heard ten thousand times a day is soft.
    fn loudness(self) -> f64 {
        match self {
            Tone::Accepted => 0.6,
            Tone::Look | Tone::Refused | Tone::Complete => 0.8,
            Tone::ToKey | Tone::Stop | Tone::Duplicate | Tone::Alarm => 1.0,
        }
    }
}

/// The tone as a WAV file: [`RATE`] samples a second, mono, 16 bits. `volume` is 0 to 100, more is
/// 100; half of it sounds about half as loud. The same arguments give the same bytes.
pub fn wav(tone: Tone, volume: u8) -> Vec<u8> {
    let share = f64::from(volume.min(100)) / 100.0;
    let height = PEAK * tone.loudness() * share * share * f64::from(i16::MAX);
    let samples: Vec<i16> = tone.pattern().iter().flat_map(|&note| samples(note, height)).collect();
    let data = 2 * samples.len() as u32;
    let mut file = Vec::with_capacity(44 + 2 * samples.len());
    file.extend(b"RIFF");
    file.extend((36 + data).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes()); // of this chunk
    file.extend(1_u16.to_le_bytes()); // PCM
    file.extend(1_u16.to_le_bytes()); // channel
    file.extend(RATE.to_le_bytes());
    file.extend((2 * RATE).to_le_bytes()); // bytes a second
    file.extend(2_u16.to_le_bytes()); // bytes a sample
    file.extend(16_u16.to_le_bytes()); // bits a sample
    file.extend(b"data");
    file.extend(data.to_le_bytes());
    file.extend(samples.into_iter().flat_map(i16::to_le_bytes));
    file
}

fn samples(note: Note, height: f64) -> impl Iterator<Item = i16> {
    let count = RATE * u32::from(note.ms) / 1_000;
    (0..count).map(move |at| {
        let turn = TAU * f64::from(note.hz) * f64::from(at) / f64::from(RATE);
        let wave = (turn.sin() + OCTAVE * (2.0 * turn).sin()) / (1.0 + OCTAVE);
        (height * swell(at, count) * wave).round() as i16
    })
}

/// From nothing to full and back, as half a cosine at either end.
fn swell(at: u32, count: u32) -> f64 {
    let ramp = |from_end: u32, ms: u32| {
        let len = (RATE * ms / 1_000).min(count / 2).max(1);
        let part = f64::from(from_end.min(len)) / f64::from(len);
        (1.0 - (PI * part).cos()) / 2.0
    };
    ramp(at, ATTACK_MS).min(ramp(count - 1 - at, DECAY_MS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn heard(tone: Tone, volume: u8) -> Vec<i16> {
        let file = wav(tone, volume);
        file[44..].chunks_exact(2).map(|it| i16::from_le_bytes([it[0], it[1]])).collect()
    }

    fn loudest(samples: &[i16]) -> u16 {
        samples.iter().map(|it| it.unsigned_abs()).max().unwrap()
    }

    #[test]
    fn patterns_are_all_different_and_short() {
        let patterns: BTreeSet<_> = Tone::ALL.iter().map(|tone| tone.pattern()).collect();
        assert_eq!(patterns.len(), Tone::ALL.len());
        for tone in Tone::ALL {
            assert!(tone.length() <= Duration::from_millis(800), "{tone:?}");
            // Ends with a pitch, begins with one; a pause is only between.
            let pattern = tone.pattern();
            assert!(pattern[0].hz > 0 && pattern[pattern.len() - 1].hz > 0, "{tone:?}");
        }
        assert_eq!(Tone::Look.length(), Duration::from_millis(140));
    }

    /// As the operators have learnt them: a change here is a change for every ear.
    #[test]
    fn patterns_as_agreed() {
        let said = |tone: Tone| -> Vec<String> {
            tone.pattern().iter().map(|note| format!("{} {}", note.hz, note.ms)).collect()
        };
        let stop = ["880 120", "660 120", "440 120"];
        assert_eq!(said(Tone::Accepted), ["1760 50"]);
        assert_eq!(said(Tone::Look), ["1320 50", "0 40", "1320 50"]);
        assert_eq!(said(Tone::ToKey), ["660 160"]);
        assert_eq!(said(Tone::Stop), stop);
        assert_eq!(said(Tone::Duplicate)[..3], stop);
        assert_eq!(said(Tone::Duplicate)[3..], ["0 60", "440 120", "0 60", "440 120"]);
        assert_eq!(said(Tone::Refused), ["220 40"]);
        assert_eq!(said(Tone::Complete), ["880 80", "1109 80", "1319 80"]);
        assert_eq!(said(Tone::Alarm), ["988 160", "740 160", "988 160", "740 160"]);
    }

    #[test]
    fn header_says_what_follows() {
        for tone in Tone::ALL {
            let file = wav(tone, 100);
            let word = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
            let half = |at: usize| u16::from_le_bytes(file[at..at + 2].try_into().unwrap());
            assert_eq!((&file[..4], &file[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]));
            assert_eq!(word(4) as usize, file.len() - 8);
            assert_eq!((word(16), half(20), half(22)), (16, 1, 1));
            assert_eq!((word(24), word(28), half(32), half(34)), (44_100, 88_200, 2, 16));
            assert_eq!((&file[36..40], word(40) as usize), (&b"data"[..], file.len() - 44));
            let ms = 1_000 * (file.len() - 44) as u128 / 88_200;
            assert!(tone.length().as_millis().abs_diff(ms) <= 1, "{tone:?} {ms}");
        }
    }

    #[test]
    fn samples_have_the_named_pitch() {
        for tone in Tone::ALL {
            let all = heard(tone, 100);
            let mut begin = 0;
            for note in tone.pattern() {
                let end = begin + (RATE * u32::from(note.ms) / 1_000) as usize;
                let part = &all[begin..end];
                let rises = part.windows(2).filter(|it| it[0] < 0 && it[1] >= 0).count() as f64;
                let turns = f64::from(note.hz) * f64::from(note.ms) / 1_000.0;
                if note.hz == 0 {
                    assert_eq!(loudest(part), 0, "{tone:?}");
                } else {
                    // The first turn has no rise; the faint last one may round to nothing.
                    assert!((rises - turns).abs() <= 2.0, "{tone:?} {note:?}: {rises} of {turns}");
                }
                begin = end;
            }
            assert_eq!(begin, all.len());
        }
    }

    /// A click is a jump. No sample is farther from the one before than the pitch itself goes, and
    /// each note begins and ends at nothing.
    #[test]
    fn nothing_clicks() {
        for tone in Tone::ALL {
            let all = heard(tone, 100);
            let mut begin = 0;
            for note in tone.pattern() {
                let end = begin + (RATE * u32::from(note.ms) / 1_000) as usize;
                let part = &all[begin..end];
                assert!(part[0].abs() <= 1 && part[part.len() - 1].abs() <= 1, "{tone:?}");
                let slope = TAU * f64::from(note.hz) / f64::from(RATE) * (1.0 + 2.0 * OCTAVE);
                let most = slope * f64::from(i16::MAX) + 2.0;
                let jump = part.windows(2).map(|it| i32::from(it[0]).abs_diff(it[1].into())).max();
                assert!(f64::from(jump.unwrap()) <= most, "{tone:?} {note:?}");
                begin = end;
            }
        }
    }

    #[test]
    fn volume_goes_from_nothing_to_full() {
        for tone in Tone::ALL {
            assert_eq!(loudest(&heard(tone, 0)), 0);
            let steps: Vec<u16> =
                [10, 30, 60, 100].iter().map(|&it| loudest(&heard(tone, it))).collect();
            assert!(steps.windows(2).all(|it| it[0] < it[1]), "{tone:?} {steps:?}");
            assert!((9_000..27_000).contains(&steps[3]), "{tone:?} {steps:?}");
            assert_eq!(heard(tone, 255), heard(tone, 100));
        }
        assert!(loudest(&heard(Tone::Accepted, 100)) < loudest(&heard(Tone::Stop, 100)));
    }
}
