//! Media that fail: at every single call in turn, the folder is absent or whole.

use super::fixture::*;
use kenban::delivery::medium::{Fault, MediumError, Output};
use kenban::delivery::{DeliveryError, Disk, Medium, verify};
use std::cell::Cell;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::{fs, io::Cursor};

const ENODEV: i32 = 19;
const ENOSPC: i32 = 28;
const EROFS: i32 = 30;
const EIO: i32 = 5;
const EACCES: i32 = 13;

#[derive(Clone, Copy, PartialEq)]
enum Trouble {
    /// From the n-th call on nothing answers.
    Pulled,
    /// From the n-th call on nothing more can be written; the rest works.
    Full,
    /// Only the n-th call fails.
    Once(i32),
}

/// A disk where file content only lasts if it was synced, with trouble at the n-th call.
struct Faulty {
    calls: Rc<Cell<u64>>,
    at: u64,
    trouble: Trouble,
    free: Option<u64>,
}

impl Faulty {
    fn new(at: u64, trouble: Trouble) -> Faulty {
        Faulty { calls: Rc::default(), at, trouble, free: Some(0) }
    }

    fn met_trouble(&self) -> bool {
        self.calls.get() >= self.at
    }
}

fn step(calls: &Cell<u64>, at: u64, trouble: Trouble, writes: bool) -> io::Result<()> {
    calls.set(calls.get() + 1);
    let failure = match trouble {
        Trouble::Pulled if calls.get() >= at => Some(ENODEV),
        Trouble::Full if calls.get() >= at && writes => Some(ENOSPC),
        Trouble::Once(code) if calls.get() == at => Some(code),
        _ => None,
    };
    failure.map_or(Ok(()), |code| Err(io::Error::from_raw_os_error(code)))
}

struct Unsynced {
    path: PathBuf,
    bytes: Vec<u8>,
    calls: Rc<Cell<u64>>,
    at: u64,
    trouble: Trouble,
}

impl Write for Unsynced {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        step(&self.calls, self.at, self.trouble, true)?;
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output for Unsynced {
    fn sync(&mut self) -> io::Result<()> {
        step(&self.calls, self.at, self.trouble, true)?;
        fs::write(&self.path, &self.bytes)
    }
}

impl Medium for Faulty {
    fn exists(&self, path: &Path) -> io::Result<bool> {
        step(&self.calls, self.at, self.trouble, false)?;
        Disk.exists(path)
    }
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        step(&self.calls, self.at, self.trouble, true)?;
        Disk.create_dir(path)
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn Output>> {
        step(&self.calls, self.at, self.trouble, true)?;
        Disk.create(path)?;
        Ok(Box::new(Unsynced {
            path: path.to_owned(),
            bytes: Vec::new(),
            calls: Rc::clone(&self.calls),
            at: self.at,
            trouble: self.trouble,
        }))
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        step(&self.calls, self.at, self.trouble, false)?;
        Disk.rename(from, to)
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        step(&self.calls, self.at, self.trouble, true)?;
        Disk.sync_dir(path)
    }
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        step(&self.calls, self.at, self.trouble, false)?;
        Disk.open(path)
    }
    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        step(&self.calls, self.at, self.trouble, false)?;
        Disk.list(path)
    }
    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        step(&self.calls, self.at, self.trouble, false)?;
        Disk.remove_dir_all(path)
    }
    fn free(&self, _: &Path) -> Option<u64> {
        self.free
    }
}

fn medium_error(error: DeliveryError) -> MediumError {
    match error {
        DeliveryError::Medium(error) => error,
        DeliveryError::Uncertain { source, .. } => medium_error(*source),
        other => panic!("{other}"),
    }
}

fn names(out: &Path) -> Vec<String> {
    Disk.list(out).unwrap()
}

/// Deliveries by their names: neither temporary nor set aside.
fn finals(out: &Path) -> Vec<String> {
    let is_final = |name: &String| !name.starts_with('.') && !name.contains("_BROKEN");
    names(out).into_iter().filter(is_final).collect()
}

fn absent_or_whole(out: &Path) {
    for name in finals(out) {
        let report = verify(&out.join(&name), Some(&head().key)).unwrap();
        assert_eq!(report.findings, [], "{name} has the name of a delivery");
    }
}

/// Trouble at the first call, the second, … until a delivery goes through untroubled.
fn at_every_call(trouble: Trouble, mut look: impl FnMut(u64, &Path, Result<(), DeliveryError>)) {
    for at in 1.. {
        let out = tempfile::tempdir().unwrap();
        let medium = Faulty::new(at, trouble);
        let done = write(&medium, out.path(), &head(), &profile(), &envelopes()).map(|_| ());
        absent_or_whole(out.path());
        // An error means that there is no delivery, unless it says that there may be one.
        if let Err(error) = &done {
            assert!(error.may_be_there() || finals(out.path()).is_empty(), "call {at}: {error}");
        }
        if !medium.met_trouble() {
            assert!(at > 30, "there are more calls than {at}");
            assert!(done.is_ok());
            return;
        }
        look(at, out.path(), done);
    }
}

#[test]
fn pulled_stick_leaves_nothing_or_all() {
    at_every_call(Trouble::Pulled, |at, out, done| {
        let error = done.expect_err("the stick was pulled");
        assert!(!error.may_be_there() || at > 25, "call {at} is long before renaming: {error}");
        let error = medium_error(error);
        assert_eq!(error.fault, Fault::Gone, "call {at}: {error}");
        // Put back: the same delivery is finished, and nothing of the first try is left.
        let written = write(&Disk, out, &head(), &profile(), &envelopes()).unwrap();
        assert_eq!(verify(&written.dir, Some(&head().key)).unwrap().findings, []);
        assert_eq!(names(out).len(), 1, "call {at}: {:?}", names(out));
    });
}

#[test]
fn full_stick_is_left_clean() {
    at_every_call(Trouble::Full, |at, out, done| {
        if let Err(error) = done {
            let error = medium_error(error);
            assert_eq!(error.fault, Fault::Full, "call {at}: {error}");
            assert_eq!(finals(out), Vec::<String>::new());
            assert!(!names(out).iter().any(|name| name.starts_with('.')), "{:?}", names(out));
        }
    });
}

#[test]
fn pulled_stick_that_only_stuttered_leaves_nothing_or_all() {
    at_every_call(Trouble::Once(EIO), |at, out, done| {
        assert!(
            !names(out).iter().any(|name| name.starts_with('.')),
            "call {at}: {:?}",
            names(out)
        );
        let Err(error) = done else {
            panic!("call {at}: the failure was not noticed");
        };
        assert!(error.to_string().contains("the medium fails"), "call {at}: {error}");
        assert!(write(&Disk, out, &head(), &profile(), &envelopes()).is_ok());
    });
}

#[test]
fn faults_are_told_apart() {
    let told = |code, free| {
        let out = tempfile::tempdir().unwrap();
        let medium = Faulty { free, ..Faulty::new(6, Trouble::Once(code)) };
        match write(&medium, out.path(), &head(), &profile(), &envelopes()) {
            Err(DeliveryError::Medium(error)) => error.fault,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(told(ENOSPC, Some(0)), Fault::Full);
    assert_eq!(told(ENOSPC, None), Fault::Full);
    assert_eq!(told(ENOSPC, Some(1 << 30)), Fault::Failing, "a pulled stick says it is full");
    assert_eq!(told(EROFS, None), Fault::ReadOnly);
    assert_eq!(told(EACCES, None), Fault::NotAllowed);
    assert_eq!(told(ENODEV, None), Fault::Gone);
    assert_eq!(told(EIO, None), Fault::Failing);
    let nowhere = Path::new("/nowhere/at/all");
    match write(&Disk, nowhere, &head(), &profile(), &envelopes()) {
        Err(DeliveryError::Medium(error)) => assert_eq!(error.fault, Fault::Gone),
        other => panic!("{other:?}"),
    }
}

/// Gives back other bytes than were written, in one file.
struct Lying(&'static str);

impl Medium for Lying {
    fn exists(&self, path: &Path) -> io::Result<bool> {
        Disk.exists(path)
    }
    fn create_dir(&self, path: &Path) -> io::Result<()> {
        Disk.create_dir(path)
    }
    fn create(&self, path: &Path) -> io::Result<Box<dyn Output>> {
        Disk.create(path)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        Disk.rename(from, to)
    }
    fn sync_dir(&self, path: &Path) -> io::Result<()> {
        Disk.sync_dir(path)
    }
    fn open(&self, path: &Path) -> io::Result<Box<dyn Read>> {
        let mut bytes = fs::read(path)?;
        if path.ends_with(self.0) {
            bytes[10] ^= 1;
        }
        Ok(Box::new(Cursor::new(bytes)))
    }
    fn list(&self, path: &Path) -> io::Result<Vec<String>> {
        Disk.list(path)
    }
    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        Disk.remove_dir_all(path)
    }
    fn free(&self, path: &Path) -> Option<u64> {
        Disk.free(path)
    }
}

#[test]
fn what_reads_back_differently_is_set_aside() {
    for file in ["SHA256SUMS", "manifest.json", "封筒別集計_20201225_0007.csv"] {
        let out = tempfile::tempdir().unwrap();
        for tries in 1..=2 {
            let error =
                write(&Lying(file), out.path(), &head(), &profile(), &envelopes()).unwrap_err();
            assert!(
                matches!(&error, DeliveryError::ReadBack { file: told, .. } if told == file),
                "{error}"
            );
            assert_eq!(finals(out.path()), Vec::<String>::new());
            assert_eq!(names(out.path()).len(), tries, "each broken one keeps its own name");
        }
    }
}

#[test]
fn the_same_delivery_is_recognised_and_another_refused() {
    let out = tempfile::tempdir().unwrap();
    let first = write(&Disk, out.path(), &head(), &profile(), &envelopes()).unwrap();
    let again = write(&Disk, out.path(), &head(), &profile(), &envelopes()).unwrap();
    assert!(!first.found && again.found);
    assert_eq!((first.manifest, first.dir), (again.manifest, again.dir.clone()));

    let mut other = envelopes();
    other[0].0.shop_name = "別の店".into();
    let error = write(&Disk, out.path(), &head(), &profile(), &other).unwrap_err();
    assert!(matches!(error, DeliveryError::AlreadyThere { .. }), "{error}");

    for name in Disk.list(&again.dir).unwrap() {
        let path = again.dir.join(&name);
        let whole = fs::read(&path).unwrap();
        let mut changed = whole.clone();
        changed[whole.len() / 2] ^= 1;
        fs::write(&path, &changed).unwrap();
        let error = write(&Disk, out.path(), &head(), &profile(), &envelopes()).unwrap_err();
        assert!(matches!(error, DeliveryError::AlreadyThere { .. }), "{name}: {error}");
        fs::write(&path, &whole).unwrap();
    }
    fs::write(again.dir.join("note.txt"), "x").unwrap();
    let error = write(&Disk, out.path(), &head(), &profile(), &envelopes()).unwrap_err();
    assert!(matches!(error, DeliveryError::AlreadyThere { .. }), "{error}");
}

#[test]
fn leftovers_of_a_killed_delivery_are_replaced() {
    let out = tempfile::tempdir().unwrap();
    let part = out.path().join(".kenban-naganogte_20201225_01-0007.part");
    fs::create_dir(&part).unwrap();
    fs::write(part.join("old.csv"), "x").unwrap();
    let other = out.path().join(".kenban-other.part");
    fs::create_dir(&other).unwrap();
    let written = write(&Disk, out.path(), &head(), &profile(), &envelopes()).unwrap();
    assert_eq!(verify(&written.dir, None).unwrap().findings, []);
    assert!(!part.exists() && other.exists());
}
