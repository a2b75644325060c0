//! Playing with the programs that a Linux desktop has. No sound library is linked; without any such
//! program the station works all the same.

use super::speaker::{GRACE, Player, Sound, Unheard};
use super::tone::{Tone, wav};
use crossbeam_channel::{Receiver, RecvTimeoutError};
use rustix::fs::{MemfdFlags, memfd_create};
use std::convert::Infallible;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The best first, each with what to say to it. All read the file by its name `/dev/stdin`: `pw-play`
/// of Debian 12 needs a name and a file that it can seek in. Small buffers, or the sound comes late.
const KNOWN: [(&str, &[&str]); 3] = [
    ("pw-play", &["--latency=20ms", "/dev/stdin"]),
    ("paplay", &["--latency-msec=30", "/dev/stdin"]),
    ("aplay", &["-q", "/dev/stdin"]),
];

/// How often to see whether a player has ended.
const LOOK: Duration = Duration::from_millis(5);

/// A killed program that is still there after so long hangs in the kernel, in a driver. It is left
/// to the system.
const LAST_BREATH: Duration = Duration::from_millis(500);

#[derive(Debug)]
struct Program {
    path: PathBuf,
    arguments: &'static [&'static str],
}

/// The players of this machine. One that fails hands on to the next, since having the program doesn't
/// mean having its sound server; who has played keeps playing.
#[derive(Debug, Default)]
pub(super) struct Programs {
    found: Vec<Program>,
    at: usize,
}

impl Player for Programs {
    fn find(&mut self, stopped: &Receiver<Infallible>) -> Result<(), Unheard> {
        self.found = look(std::env::var_os("PATH").as_deref());
        self.try_in_silence(stopped)
    }

    fn play(
        &mut self,
        sound: Sound,
        limit: Duration,
        stopped: &Receiver<Infallible>,
    ) -> Result<(), Unheard> {
        self.sound(&sound.wav(), limit, stopped)
    }
}

impl Programs {
    /// The same way as a sound, with nothing to hear in it: a program without a device behind it fails.
    fn try_in_silence(&mut self, stopped: &Receiver<Infallible>) -> Result<(), Unheard> {
        let silence = wav(Tone::Accepted, 0);
        self.sound(&silence, Tone::Accepted.length() + GRACE, stopped)
    }

    fn sound(
        &mut self,
        wav: &[u8],
        limit: Duration,
        stopped: &Receiver<Infallible>,
    ) -> Result<(), Unheard> {
        if self.found.is_empty() {
            return Err(Unheard::NoPlayer);
        }
        for _ in 0..self.found.len() {
            let heard = run(&self.found[self.at], wav, limit, stopped);
            match heard {
                Ok(()) | Err(Unheard::Stopped) => return heard,
                Err(_) => self.at = (self.at + 1) % self.found.len(),
            }
            if heard == Err(Unheard::TooLong) {
                // The next player is for the next sound; this one would come too late.
                return heard;
            }
        }
        Err(Unheard::Failed)
    }
}

fn look(path: Option<&OsStr>) -> Vec<Program> {
    let folders: Vec<PathBuf> = path.map(std::env::split_paths).into_iter().flatten().collect();
    let program = |(name, arguments): (&str, &'static [&'static str])| {
        let mut paths = folders.iter().map(|folder| folder.join(name));
        Some(Program { path: paths.find(|path| runs(path))?, arguments })
    };
    KNOWN.into_iter().filter_map(program).collect()
}

fn runs(path: &Path) -> bool {
    path.is_absolute()
        && path.metadata().is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

fn run(
    program: &Program,
    wav: &[u8],
    limit: Duration,
    stopped: &Receiver<Infallible>,
) -> Result<(), Unheard> {
    let deadline = Instant::now() + limit;
    let mut child = spawn(program, wav).map_err(|_source| Unheard::Failed)?;
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(None) => {}
            Ok(Some(_)) | Err(_) => return Err(Unheard::Failed),
        }
        if stopped.recv_timeout(LOOK) == Err(RecvTimeoutError::Disconnected) {
            end(child);
            return Err(Unheard::Stopped);
        }
        if Instant::now() >= deadline {
            end(child);
            return Err(Unheard::TooLong);
        }
    }
}

/// The WAV is a file in memory: nothing to clean up after a crash, and no pipe that a player which
/// doesn't read would fill.
fn spawn(program: &Program, wav: &[u8]) -> io::Result<Child> {
    let mut file = File::from(memfd_create("kenban-sound", MemfdFlags::CLOEXEC)?);
    file.write_all(wav)?;
    Command::new(&program.path)
        .args(program.arguments)
        .stdin(file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
}

fn end(mut child: Child) {
    if child.kill().is_err() {
        // It has just ended by itself.
    }
    let deadline = Instant::now() + LAST_BREATH;
    while matches!(child.try_wait(), Ok(None)) && Instant::now() < deadline {
        std::thread::sleep(LOOK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossbeam_channel::bounded;

    const SOUND: Sound = Sound { tone: Tone::Accepted, volume: 50 };
    /// Far more than a program that ends by itself needs.
    const AMPLE: Duration = Duration::from_secs(60);

    /// Programs that every system has stand in for players.
    fn shell(script: &'static [&'static str]) -> Program {
        Program { path: PathBuf::from("/bin/sh"), arguments: script }
    }

    fn good() -> Program {
        shell(&["-c", "exit 0"])
    }

    fn bad() -> Program {
        shell(&["-c", "exit 1"])
    }

    fn hanging() -> Program {
        shell(&["-c", "exec sleep 1000"])
    }

    fn play(programs: &mut Programs, limit: Duration) -> Result<(), Unheard> {
        let (_stop, stopped) = bounded(0);
        programs.play(SOUND, limit, &stopped)
    }

    #[test]
    fn the_player_gets_the_whole_file_by_name() {
        let (_stop, stopped) = bounded(0);
        // More than a pipe holds, to a program that reads nothing; then to one that checks all.
        let wav = Sound { tone: Tone::Duplicate, volume: 100 }.wav().repeat(2);
        assert!(wav.len() > 65_536);
        assert_eq!(run(&good(), &wav, AMPLE, &stopped), Ok(()));
        let script = format!(
            "test $(wc -c < /dev/stdin) -eq {} && test $(head -c 4 /dev/stdin) = RIFF",
            wav.len()
        );
        let arguments = vec!["-c", Box::leak(script.into_boxed_str())].leak();
        assert_eq!(run(&shell(arguments), &wav, AMPLE, &stopped), Ok(()));
    }

    #[test]
    fn a_hanging_player_is_cut_off_and_gone() {
        let dir = tempfile::tempdir().unwrap();
        let noted = dir.path().join("pid");
        let script = format!("echo $$ > {}; exec sleep 1000", noted.display());
        let arguments = vec!["-c", Box::leak(script.into_boxed_str())].leak();
        let mut programs = Programs { found: vec![shell(arguments)], at: 0 };
        // On a busy machine the first ones may be cut off before they have begun.
        for ms in [200, 1_000, 5_000, 25_000] {
            let heard = play(&mut programs, Duration::from_millis(ms));
            assert_eq!(heard, Err(Unheard::TooLong));
            if std::fs::read_to_string(&noted).is_ok_and(|pid| pid.ends_with('\n')) {
                break;
            }
        }
        let pid = std::fs::read_to_string(noted).unwrap();
        assert!(!Path::new("/proc").join(pid.trim()).exists(), "it is still there");
    }

    #[test]
    fn closing_does_not_wait_for_a_hanging_player() {
        let (stop, stopped) = bounded(0);
        drop(stop);
        let mut programs = Programs { found: vec![hanging()], at: 0 };
        assert_eq!(programs.play(SOUND, AMPLE, &stopped), Err(Unheard::Stopped));
    }

    #[test]
    fn a_failing_player_hands_on_to_the_next_which_stays() {
        let missing = Program { path: PathBuf::from("/nowhere/pw-play"), arguments: &[] };
        let mut programs = Programs { found: vec![missing, bad(), good()], at: 0 };
        assert_eq!((play(&mut programs, AMPLE), programs.at), (Ok(()), 2));
        assert_eq!((play(&mut programs, AMPLE), programs.at), (Ok(()), 2));
        let mut programs = Programs { found: vec![bad(), bad()], at: 1 };
        assert_eq!((play(&mut programs, AMPLE), programs.at), (Err(Unheard::Failed), 1));
    }

    /// A machine with `aplay` and no sound card says so before the first sheet.
    #[test]
    fn a_player_without_a_device_is_known_before_the_first_sound() {
        let (_stop, stopped) = bounded(0);
        let mut programs = Programs { found: vec![bad()], at: 0 };
        assert_eq!(programs.try_in_silence(&stopped), Err(Unheard::Failed));
        let mut programs = Programs { found: vec![bad(), good()], at: 0 };
        assert_eq!((programs.try_in_silence(&stopped), programs.at), (Ok(()), 1));
    }

    #[test]
    fn after_a_hanging_player_the_next_sound_has_the_next_player() {
        let mut programs = Programs { found: vec![hanging(), good()], at: 0 };
        assert_eq!(play(&mut programs, Duration::from_millis(50)), Err(Unheard::TooLong));
        assert_eq!((play(&mut programs, AMPLE), programs.at), (Ok(()), 1));
    }

    #[test]
    fn players_are_found_best_first() {
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let put = |folder: &tempfile::TempDir, name: &str, mode: u32| {
            let path = folder.path().join(name);
            std::fs::write(&path, "").unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            path
        };
        let aplay = put(&first, "aplay", 0o755);
        put(&first, "paplay", 0o644);
        let pw_play = put(&second, "pw-play", 0o755);
        put(&second, "aplay", 0o755);
        std::fs::create_dir(second.path().join("paplay")).unwrap();
        let path = std::env::join_paths([first.path(), Path::new("."), second.path()]).unwrap();
        let found: Vec<PathBuf> = look(Some(&path)).into_iter().map(|it| it.path).collect();
        assert_eq!(found, [pw_play, aplay]);
        assert!(look(None).is_empty() && look(Some(OsStr::new(""))).is_empty());
        assert_eq!(play(&mut Programs::default(), AMPLE), Err(Unheard::NoPlayer));
    }
}
