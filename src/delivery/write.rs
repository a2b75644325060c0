//! Writing a delivery: into a folder that is not yet one, flushed, renamed, read back. At any
//! moment there is either no folder of the delivery's name, or a whole one.

use super::csv_file::Hashing;
use super::error::DeliveryError;
use super::manifest::{MANIFEST, Manifest, PUBLIC_KEY, SIGNATURE, SUMS, sums};
use super::medium::{Medium, MediumError, Output, classify};
use super::produce::{Names, Target, produce};
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
    ReadBack {
        files: usize,
        of: usize,
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
            manifest: files.get(MANIFEST).copied().unwrap_or(Sha256([0; 32])),
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

/// SHA-256 of every file in a delivery, by name.
type Hashes = BTreeMap<String, Sha256>;

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

    /// Writes what vouches for the data files, the sums last.
    fn seal(
        &self,
        part: &Path,
        head: &DeliveryHead,
        manifest: &Manifest,
        sign: Sign<'_>,
    ) -> Result<Hashes, DeliveryError> {
        let bytes = manifest.to_bytes()?;
        let signature = sign(&bytes).map_err(DeliveryError::Sign)?;
        signature::verify(&head.key, &bytes, &signature)?;
        let key = signature::public_file(&head.key)?;
        let mut files = data_hashes(manifest);
        for (name, bytes) in [
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

    fn put(&self, path: &Path, bytes: &[u8]) -> Result<Sha256, DeliveryError> {
        let mut file = self.check(path, "making", self.medium.create(path))?;
        let written = file.write_all(bytes).and_then(|()| file.flush()).and_then(|()| file.sync());
        self.check(path, "writing", written)?;
        Ok(hash(bytes))
    }

    /// The first file that is not what was written.
    fn read_back(
        &self,
        files: &Hashes,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Option<String>, DeliveryError> {
        for (done, (name, sha256)) in (1..).zip(files) {
            if self.read_hash(name)? != *sha256 {
                return Ok(Some(name.clone()));
            }
            progress(Progress::ReadBack { files: done, of: files.len() });
        }
        Ok(None)
    }

    fn read_hash(&self, name: &str) -> Result<Sha256, DeliveryError> {
        let path = self.dir.join(name);
        let mut file = self.check(&path, "reading back", self.medium.open(&path))?;
        let mut hashing = Hashing::new(io::sink());
        let read = io::copy(&mut file, &mut hashing);
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
        let mut files = data_hashes(&manifest);
        files.insert(MANIFEST.to_owned(), hash(&bytes));
        files.insert(PUBLIC_KEY.to_owned(), hash(signature::public_file(&head.key)?.as_bytes()));
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
        files.insert(SIGNATURE.to_owned(), hash(known.as_bytes()));
        files.insert(SUMS.to_owned(), hash(sums_of(&files).as_bytes()));
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

fn hash(bytes: &[u8]) -> Sha256 {
    Sha256(sha2::Sha256::digest(bytes).into())
}

fn data_hashes(manifest: &Manifest) -> Hashes {
    let files = manifest.files.iter();
    files.map(|file| (file.name.clone(), file.sha256)).collect()
}

fn sums_of(files: &Hashes) -> String {
    sums(files.iter().map(|(name, sha256)| (name.as_str(), *sha256)))
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
