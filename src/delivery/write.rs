//! Writing a delivery: into a folder that is not yet one, flushed, renamed, read back. At any
//! moment there is either no folder of the delivery's name, or a whole one.

use super::csv_file::Hashing;
use super::error::DeliveryError;
use super::manifest::{FileEntry, MANIFEST, Manifest, PUBLIC_KEY, SIGNATURE, SUMS, sums};
use super::medium::{Medium, MediumError, Output, classify};
use super::produce::{Names, Target, produce};
use super::readme::{self, README};
use super::signature;
use crate::flow::ids::Sha256;
use crate::flow::rows::{DeliveryHead, EnvelopeRow, SheetRow};
use crate::voucher::Profile;
use sha2::Digest;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// How far a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    Written {
        envelopes: u64,
        sheets: u64,
        /// All sheets of the delivery.
        of: u64,
    },
    /// All is written; what the system still holds goes to the medium.
    Flushing,
    ReadBack {
        bytes: u64,
        /// All bytes of the delivery.
        of: u64,
    },
}

/// A whole delivery on the medium, read back and compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub dir: PathBuf,
    pub manifest: Sha256,
    /// What stands in the manifest.
    pub content: Manifest,
    /// It was already there, whole and the same.
    pub found: bool,
}

/// Signs bytes as a minisign signature.
pub type Sign<'s> = &'s dyn Fn(&[u8]) -> Result<String, String>;

/// So often a broken folder is set aside under a new name.
const ASIDE_MAX: u32 = 99;

/// Writes the delivery as a new folder under `out`, or recognises it there, byte for byte.
///
/// # Errors
/// If totals don't close, text doesn't fit the encoding, or the medium fails. Then no folder of
/// the delivery's name is there; only [`DeliveryError::Uncertain`] says that one may be.
pub fn write<E: std::fmt::Display>(
    medium: &dyn Medium,
    out: &Path,
    head: &DeliveryHead,
    profile: &Profile,
    envelopes: &mut dyn Iterator<Item = Result<(EnvelopeRow, Vec<SheetRow>), E>>,
    sign: Sign<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Written, DeliveryError> {
    let names = Names::new(head, profile)?;
    let place = Place { medium, out, dir: out.join(&names.folder) };
    if place.exists(&place.dir)? {
        let nowhere = Target {
            create: &|_| Ok(Box::new(Nowhere)),
            fault: &|name, error| place.fault(&place.dir.join(name), "writing", error),
        };
        let manifest = produce(&nowhere, &names, head, profile, envelopes, progress)?;
        return place.recognise(head, manifest, progress);
    }
    let part = out.join(format!(".kenban-{}.part", names.folder));
    if place.exists(&part)? {
        place.check(&part, "removing", medium.remove_dir_all(&part))?;
    }
    place.check(&part, "making", medium.create_dir(&part))?;
    let renaming = Cell::new(false);
    let mut fill = || {
        let target = Target {
            create: &|name| {
                let path = part.join(name);
                place.check(&path, "making", medium.create(&path))
            },
            fault: &|name, error| place.fault(&part.join(name), "writing", error),
        };
        let manifest = produce(&target, &names, head, profile, envelopes, progress)?;
        let files = place.seal(&part, head, &manifest, sign)?;
        place.check(&part, "flushing", medium.sync_dir(&part))?;
        renaming.set(true);
        place.check(&part, "renaming", medium.rename(&part, &place.dir))?;
        Ok((manifest, files))
    };
    let (manifest, files) = match fill() {
        Ok(filled) => filled,
        Err(error) => {
            // Best effort: a medium that is gone can't be cleaned, and the name says it is no delivery.
            drop(medium.remove_dir_all(&part));
            // A failed rename may have been done all the same.
            let absent = !renaming.get() || medium.exists(&place.dir).is_ok_and(|it| !it);
            return Err(if absent { error } else { place.disown(error) });
        }
    };
    let published = place
        .check(out, "flushing", medium.sync_dir(out))
        .and_then(|()| place.read_back(&files, progress));
    match published {
        Ok(None) => Ok(Written {
            manifest: files.get(MANIFEST).map_or(Sha256([0; 32]), |file| file.sha256),
            dir: place.dir,
            content: manifest,
            found: false,
        }),
        Ok(Some(file)) => {
            let aside = String::new();
            Err(place.disown(DeliveryError::ReadBack { file, aside }))
        }
        Err(error) => Err(place.disown(error)),
    }
}

/// What a file must read back as.
#[derive(Clone, Copy)]
struct Wanted {
    sha256: Sha256,
    bytes: u64,
}

/// Every file of a delivery, by name.
type Files = BTreeMap<String, Wanted>;

struct Place<'p> {
    medium: &'p dyn Medium,
    out: &'p Path,
    /// The delivery's own folder.
    dir: PathBuf,
}

impl Place<'_> {
    fn fault(&self, path: &Path, what: &'static str, source: io::Error) -> DeliveryError {
        let fault = classify(self.medium, self.out, &source);
        DeliveryError::Medium(MediumError { fault, path: path.to_owned(), what, source })
    }

    fn check<T>(
        &self,
        path: &Path,
        what: &'static str,
        done: io::Result<T>,
    ) -> Result<T, DeliveryError> {
        done.map_err(|source| self.fault(path, what, source))
    }

    fn exists(&self, path: &Path) -> Result<bool, DeliveryError> {
        self.check(path, "looking for", self.medium.exists(path))
    }

    /// Writes the page about the data files and what vouches for them, the sums last.
    fn seal(
        &self,
        part: &Path,
        head: &DeliveryHead,
        manifest: &Manifest,
        sign: Sign<'_>,
    ) -> Result<Files, DeliveryError> {
        let bytes = manifest.to_bytes()?;
        let signature = sign(&bytes).map_err(DeliveryError::Sign)?;
        signature::verify(&head.key, &bytes, &signature)?;
        let key = signature::public_file(&head.key)?;
        let mut files = data_files(manifest);
        for (name, bytes) in [
            (README, readme::bytes(manifest).as_slice()),
            (MANIFEST, bytes.as_slice()),
            (SIGNATURE, signature.as_bytes()),
            (PUBLIC_KEY, key.as_bytes()),
        ] {
            files.insert(name.to_owned(), self.put(&part.join(name), bytes)?);
        }
        let text = sums_of(&files);
        files.insert(SUMS.to_owned(), self.put(&part.join(SUMS), text.as_bytes())?);
        Ok(files)
    }

    fn put(&self, path: &Path, bytes: &[u8]) -> Result<Wanted, DeliveryError> {
        let mut file = self.check(path, "making", self.medium.create(path))?;
        let written = file.write_all(bytes).and_then(|()| file.flush()).and_then(|()| file.sync());
        self.check(path, "writing", written)?;
        Ok(wanted(bytes))
    }

    /// The first file that is not what was written.
    fn read_back(
        &self,
        files: &Files,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Option<String>, DeliveryError> {
        let of = files.values().map(|file| file.bytes).sum();
        let mut bytes = 0;
        for (name, file) in files {
            let read = self.read_hash(name, &mut |more| {
                bytes += more;
                progress(Progress::ReadBack { bytes: bytes.min(of), of });
            });
            if read? != file.sha256 {
                return Ok(Some(name.clone()));
            }
        }
        Ok(None)
    }

    /// `told` hears how many more bytes were read.
    fn read_hash(&self, name: &str, told: &mut dyn FnMut(u64)) -> Result<Sha256, DeliveryError> {
        let path = self.dir.join(name);
        let file = self.check(&path, "reading back", self.medium.open(&path))?;
        let mut hashing = Hashing::new(io::sink());
        let read = io::copy(&mut Telling { file, told }, &mut hashing);
        self.check(&path, "reading back", read)?;
        Ok(hashing.finish().1)
    }

    /// A folder that can't be vouched for loses the delivery's name; where the medium doesn't let
    /// us, the error says that it may still be there.
    fn disown(&self, error: DeliveryError) -> DeliveryError {
        match (self.set_aside(), error) {
            (Some(aside), DeliveryError::ReadBack { file, .. }) => {
                DeliveryError::ReadBack { file, aside }
            }
            (Some(_), error) => error,
            (None, error) => {
                DeliveryError::Uncertain { dir: self.dir.clone(), source: Box::new(error) }
            }
        }
    }

    /// The folder's new name.
    fn set_aside(&self) -> Option<String> {
        let name = self.dir.file_name().unwrap_or_default().to_string_lossy();
        for n in 1..=ASIDE_MAX {
            let aside = match n {
                1 => format!("{name}_BROKEN"),
                _ => format!("{name}_BROKEN{n}"),
            };
            let path = self.out.join(&aside);
            if self.medium.exists(&path).unwrap_or(true) {
                continue;
            }
            let renamed = self.medium.rename(&self.dir, &path);
            let done = renamed.and_then(|()| self.medium.sync_dir(self.out));
            return done.is_ok().then_some(aside);
        }
        None
    }

    /// The folder is already there. It is this delivery if every byte is what would be written now;
    /// the signature, which is never the same twice, must be of the station's key.
    fn recognise(
        self,
        head: &DeliveryHead,
        manifest: Manifest,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Written, DeliveryError> {
        let differs = |what: String| DeliveryError::AlreadyThere { dir: self.dir.clone(), what };
        let bytes = manifest.to_bytes()?;
        let mut files = data_files(&manifest);
        files.insert(README.to_owned(), wanted(&readme::bytes(&manifest)));
        files.insert(MANIFEST.to_owned(), wanted(&bytes));
        files.insert(PUBLIC_KEY.to_owned(), wanted(signature::public_file(&head.key)?.as_bytes()));
        let path = self.dir.join(SIGNATURE);
        let mut known = String::new();
        let names = self.check(&self.dir, "listing", self.medium.list(&self.dir))?;
        if names.iter().any(|name| name == SIGNATURE) {
            let file = self.check(&path, "reading", self.medium.open(&path))?;
            let read = file.take(1 << 16).read_to_string(&mut known);
            match read {
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {}
                read => drop(self.check(&path, "reading", read)?),
            }
        }
        signature::verify(&head.key, &bytes, &known)
            .map_err(|error| differs(format!("{SIGNATURE}: {error}")))?;
        files.insert(SIGNATURE.to_owned(), wanted(known.as_bytes()));
        files.insert(SUMS.to_owned(), wanted(sums_of(&files).as_bytes()));
        if !names.iter().eq(files.keys()) {
            return Err(differs("it holds other files".to_owned()));
        }
        if let Some(file) = self.read_back(&files, progress)? {
            return Err(differs(format!("{file} is different")));
        }
        let manifest_hash = hash(&bytes);
        Ok(Written { dir: self.dir, manifest: manifest_hash, content: manifest, found: true })
    }
}

/// Says how much was read through it.
struct Telling<'t> {
    file: Box<dyn Read>,
    told: &'t mut dyn FnMut(u64),
}

impl Read for Telling<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        (self.told)(read as u64);
        Ok(read)
    }
}

fn hash(bytes: &[u8]) -> Sha256 {
    Sha256(sha2::Sha256::digest(bytes).into())
}

fn wanted(bytes: &[u8]) -> Wanted {
    Wanted { sha256: hash(bytes), bytes: bytes.len() as u64 }
}

fn data_files(manifest: &Manifest) -> Files {
    let wanted = |file: &FileEntry| Wanted { sha256: file.sha256, bytes: file.bytes };
    manifest.files.iter().map(|file| (file.name.clone(), wanted(file))).collect()
}

fn sums_of(files: &Files) -> String {
    sums(files.iter().map(|(name, file)| (name.as_str(), file.sha256)))
}

/// Keeps nothing: what goes there is only hashed on the way.
struct Nowhere;

impl Write for Nowhere {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output for Nowhere {
    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}
