//! A station for tests: folders of its own, the real program, small pictures.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

pub const PROFILE_PATH: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/assets/profiles/five-layouts.toml");

/// Data, keys, scanner folder and stick of one station.
pub struct Site {
    pub dir: tempfile::TempDir,
}

impl Site {
    /// Empty folders, nothing begun.
    pub fn empty() -> Site {
        let dir = tempfile::tempdir().unwrap();
        for name in ["data", "keys", "scans", "stick"] {
            std::fs::create_dir(dir.path().join(name)).unwrap();
        }
        Site { dir }
    }

    /// A training campaign of the five layouts.
    pub fn begun() -> Site {
        let site = Site::empty();
        site.ok(&["init", "--profile", PROFILE_PATH, "--training"]);
        site
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// The program with this site's folders, ready to start.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kenban"));
        command.args(args).env("KENBAN_KEYS", self.path("keys")).env("KENBAN_DATA", self.data());
        command.env_remove("KENBAN_AS");
        command
    }

    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs and expects status 0; gives standard output.
    pub fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        let (out, err) = texts(&output);
        assert!(output.status.success(), "{args:?}\n{out}\n{err}");
        out
    }

    /// Runs and expects this status; gives both outputs together.
    pub fn fails(&self, status: i32, args: &[&str]) -> String {
        let output = self.run(args);
        let (out, err) = texts(&output);
        assert_eq!(output.status.code(), Some(status), "{args:?}\n{out}\n{err}");
        format!("{out}{err}")
    }

    /// Puts a small picture into the scanner's folder that nothing can be read of.
    pub fn scan(&self, name: &str, seed: u64) {
        let path = self.path("scans").join(name);
        std::fs::write(&path, small_picture(seed)).unwrap();
        old(&path);
    }

    pub fn count(&self, shop: &str, slip: &str) -> String {
        let scans = self.path("scans");
        self.ok(&["count", "--shop", shop, "--slip", slip, "--folder", text(&scans), "--json"])
    }

    /// The public key's file in the keys folder.
    pub fn public_key(&self) -> PathBuf {
        let listed = std::fs::read_dir(self.path("keys")).unwrap();
        listed
            .map(|entry| entry.unwrap().path())
            .find(|path| path.extension().is_some_and(|it| it == "pub"))
            .unwrap()
    }
}

/// As if written an hour ago, so that nobody waits for it to be complete.
pub fn old(path: &Path) {
    let hour_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3_600);
    std::fs::File::options().write(true).open(path).unwrap().set_modified(hour_ago).unwrap();
}

pub fn texts(output: &Output) -> (String, String) {
    (
        String::from_utf8_lossy(&output.stdout).into_owned(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
    )
}

pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A grey PNG with a few dark strokes that no one can read; another seed, another picture.
pub fn small_picture(seed: u64) -> Vec<u8> {
    let mut rng = fastrand::Rng::with_seed(seed);
    let mut image = image::GrayImage::from_pixel(160, 70, image::Luma([236]));
    for _ in 0..20 {
        let (x, y) = (rng.u32(4..150), rng.u32(4..60));
        for d in 0..8 {
            image.put_pixel(x + d % 5, y + d / 3, image::Luma([rng.u8(20..90)]));
        }
    }
    let mut bytes = std::io::Cursor::new(Vec::new());
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// Where the sample pictures lie, if they are there.
pub fn pictures() -> Option<PathBuf> {
    let folder = std::env::var_os("KENBAN_PICTURES").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/pictures"),
        PathBuf::from,
    );
    folder.join("vouchers-scan").is_dir().then_some(folder)
}
