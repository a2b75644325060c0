//! Whether a delivery folder is what a station delivered: sums, manifest, signature, and its totals
//! counted again from the files.

use super::csv_file::Hashing;
use super::encoding;
use super::manifest::{
    FORMAT, MANIFEST, Manifest, PUBLIC_KEY, SIGNATURE, SUMS, VERSION, key_line, sums,
};
use super::recount::recount;
use super::signature;
use crate::flow::ids::Sha256;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Small files are not larger; the rest is never held in memory.
const SMALL_MAX: u64 = 1 << 20;

/// The check itself could not be made.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error("{} is no folder; give the delivery's folder", .0.display())]
    NotAFolder(PathBuf),
    #[error("{} is no delivery: it has neither {MANIFEST} nor {SUMS}", .0.display())]
    NotADelivery(PathBuf),
    #[error("{} can't be read: {source}", path.display())]
    Io { path: PathBuf, source: io::Error },
    #[error("the key given is no minisign public key: {0}")]
    Key(signature::SignatureError),
}

/// One thing that is not as it was delivered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    #[error("{0} is missing")]
    Missing(String),
    #[error("{0} does not belong to the delivery")]
    Extra(String),
    #[error("{0} is no plain file; links and folders are not followed")]
    NotAFile(String),
    #[error("{file} is not what {SUMS} says: it was changed")]
    Changed { file: String },
    #[error("{SUMS} itself was changed: {0}")]
    Sums(String),
    #[error("{MANIFEST} can't be read: {0}")]
    Manifest(String),
    #[error("{file} has {what} {found}, but the manifest says {stated}")]
    File { file: String, what: &'static str, stated: String, found: String },
    #[error("the files come to {what} {counted}, but the manifest says {stated}")]
    Total { what: &'static str, stated: String, counted: String },
    #[error("{file}, row {row}, {what}")]
    Row { file: String, row: u64, what: String },
    #[error("{file} can't be read: {what}")]
    Unreadable { file: String, what: String },
    #[error("the manifest's signature is wrong: {0}")]
    Signature(String),
    #[error("{PUBLIC_KEY} is not the key that the manifest names")]
    OtherKey,
    #[error("the delivery names another key than the one given")]
    NotGivenKey,
}

/// What a right signature proves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Signed by the key that the caller brought.
    Given {
        id: String,
    },
    /// Signed by the key that lies beside it.
    Own {
        id: String,
    },
    Nothing,
}

impl Display for Proof {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Proof::Given { id } => write!(
                f,
                "signature: of the key given ({id}); only the holder of that station's secret key can have made this delivery"
            ),
            Proof::Own { id } => write!(
                f,
                "signature: of the key that came with the delivery ({id}); that shows the delivery is complete and in itself consistent, but not who made it. Compare the key with the station's, or give --key"
            ),
            Proof::Nothing => f.write_str("signature: proves nothing"),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What was looked at, a sentence each.
    pub looked_at: Vec<String>,
    /// Empty if the delivery is right.
    pub findings: Vec<Finding>,
    pub proof: Proof,
    /// What the manifest says, if it can be read.
    pub manifest: Option<Manifest>,
}

/// Checks a delivery folder; `key` is a minisign public key file's text or its second line.
///
/// # Errors
/// If there is no delivery folder, it can't be read, or the key is none. What is wrong with a
/// delivery is no error but a finding.
pub fn verify(dir: &Path, key: Option<&str>) -> Result<Report, VerifyError> {
    if let Some(key) = key {
        signature::id_of(key).map_err(VerifyError::Key)?;
    }
    let mut check = Check { dir, findings: Vec::new(), looked_at: Vec::new() };
    let files = check.files()?;
    if !files.contains_key(MANIFEST) && !files.contains_key(SUMS) {
        return Err(VerifyError::NotADelivery(dir.to_owned()));
    }
    check.sums(&files)?;
    let bytes = check.small(&files, MANIFEST)?;
    let (manifest, proof) = match bytes {
        Some(bytes) => {
            let manifest = check.manifest(&files, &bytes);
            let proof = check.signature(&files, manifest.as_ref(), &bytes, key)?;
            (manifest, proof)
        }
        None => (None, Proof::Nothing),
    };
    if let Some(manifest) = &manifest {
        check.totals(manifest);
    }
    check.looked_at.push(proof.to_string());
    Ok(Report { looked_at: check.looked_at, findings: check.findings, proof, manifest })
}

#[derive(Clone, Copy, Debug)]
struct Known {
    bytes: u64,
    sha256: Sha256,
}

type Files = BTreeMap<String, Known>;

struct Check<'c> {
    dir: &'c Path,
    findings: Vec<Finding>,
    looked_at: Vec<String>,
}

impl Check<'_> {
    fn io(&self, name: &str, source: io::Error) -> VerifyError {
        VerifyError::Io { path: self.dir.join(name), source }
    }

    /// Every plain file with its size and hash. Anything else is a finding and is not opened.
    fn files(&mut self) -> Result<Files, VerifyError> {
        let kind = std::fs::symlink_metadata(self.dir).map_err(|error| self.io("", error))?;
        if !kind.is_dir() {
            return Err(VerifyError::NotAFolder(self.dir.to_owned()));
        }
        let mut files = Files::new();
        for entry in std::fs::read_dir(self.dir).map_err(|error| self.io("", error))? {
            let entry = entry.map_err(|error| self.io("", error))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let plain = entry.file_type().map_err(|error| self.io(&name, error))?.is_file();
            if !plain || entry.file_name().to_str().is_none() {
                self.findings.push(Finding::NotAFile(name));
                continue;
            }
            let mut hashing = Hashing::new(io::sink());
            File::open(entry.path())
                .and_then(|mut file| io::copy(&mut file, &mut hashing))
                .map_err(|error| self.io(&name, error))?;
            let (_, sha256, bytes) = hashing.finish();
            files.insert(name, Known { bytes, sha256 });
        }
        Ok(files)
    }

    /// The bytes of a small file, or a finding.
    fn small(&mut self, files: &Files, name: &str) -> Result<Option<Vec<u8>>, VerifyError> {
        match files.get(name) {
            None => {
                self.missing(name);
                Ok(None)
            }
            Some(known) if known.bytes > SMALL_MAX => {
                let what = "it is far too large".to_owned();
                self.findings.push(Finding::Unreadable { file: name.to_owned(), what });
                Ok(None)
            }
            Some(_) => {
                let mut bytes = Vec::new();
                File::open(self.dir.join(name))
                    .and_then(|file| file.take(SMALL_MAX).read_to_end(&mut bytes))
                    .map_err(|error| self.io(name, error))?;
                Ok(Some(bytes))
            }
        }
    }

    fn missing(&mut self, name: &str) {
        let finding = Finding::Missing(name.to_owned());
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// `SHA256SUMS` byte for byte; where it differs, why.
    fn sums(&mut self, files: &Files) -> Result<(), VerifyError> {
        let Some(bytes) = self.small(files, SUMS)? else {
            return Ok(());
        };
        let others = files.iter().filter(|(name, _)| *name != SUMS);
        let right = sums(others.map(|(name, known)| (name.as_str(), known.sha256)));
        let found = self.findings.len();
        let mut listed = BTreeSet::new();
        for line in String::from_utf8_lossy(&bytes).lines() {
            let parsed = line
                .split_once("  ")
                .and_then(|(sha256, name)| Some((Sha256::from_hex(sha256)?, name)));
            let Some((sha256, name)) = parsed else {
                self.findings.push(Finding::Sums(format!("'{line}' is no line of it")));
                continue;
            };
            listed.insert(name.to_owned());
            match files.get(name) {
                None => self.missing(name),
                Some(known) if known.sha256 != sha256 => {
                    self.findings.push(Finding::Changed { file: name.to_owned() });
                }
                Some(_) => {}
            }
        }
        for name in files.keys().filter(|name| *name != SUMS && !listed.contains(*name)) {
            self.findings.push(Finding::Extra(name.clone()));
        }
        if bytes != right.as_bytes() && self.findings.len() == found {
            self.findings.push(Finding::Sums("its form is not as it was written".to_owned()));
        }
        self.looked_at.push(format!("{SUMS}: {} files", listed.len()));
        Ok(())
    }

    /// The manifest, and its files against those in the folder.
    fn manifest(&mut self, files: &Files, bytes: &[u8]) -> Option<Manifest> {
        let manifest: Manifest = match serde_json::from_slice(bytes) {
            Ok(manifest) => manifest,
            Err(error) => {
                self.findings.push(Finding::Manifest(error.to_string()));
                return None;
            }
        };
        if manifest.format != FORMAT || manifest.version != VERSION {
            let (format, version) = (&manifest.format, manifest.version);
            let what = format!("'{format}' {version} is not known to this program");
            self.findings.push(Finding::Manifest(what));
            return None;
        }
        let mut belongs = BTreeSet::from([MANIFEST, SIGNATURE, PUBLIC_KEY, SUMS]);
        for file in &manifest.files {
            belongs.insert(&file.name);
            let Some(known) = files.get(&file.name) else {
                self.missing(&file.name);
                continue;
            };
            self.compare(&file.name, "bytes", file.bytes, known.bytes);
            self.compare(&file.name, "the SHA-256", file.sha256, known.sha256);
        }
        let readme = &manifest.readme;
        belongs.insert(&readme.name);
        match files.get(&readme.name) {
            None => self.missing(&readme.name),
            Some(known) => {
                self.compare(&readme.name, "bytes", readme.bytes, known.bytes);
                self.compare(&readme.name, "the SHA-256", readme.sha256, known.sha256);
            }
        }
        for name in files.keys().filter(|name| !belongs.contains(name.as_str())) {
            let finding = Finding::Extra(name.clone());
            if !self.findings.contains(&finding) {
                self.findings.push(finding);
            }
        }
        let training = if manifest.training { ", TRAINING" } else { "" };
        self.looked_at.push(format!(
            "{MANIFEST}: delivery {} of {}{training}, {} files",
            manifest.delivery,
            manifest.campaign,
            manifest.files.len()
        ));
        Some(manifest)
    }

    fn compare<T: PartialEq + Display>(
        &mut self,
        file: &str,
        what: &'static str,
        stated: T,
        found: T,
    ) {
        if stated != found {
            let (stated, found) = (stated.to_string(), found.to_string());
            self.findings.push(Finding::File { file: file.to_owned(), what, stated, found });
        }
    }

    fn signature(
        &mut self,
        files: &Files,
        manifest: Option<&Manifest>,
        bytes: &[u8],
        given: Option<&str>,
    ) -> Result<Proof, VerifyError> {
        let own = self.small(files, PUBLIC_KEY)?;
        let signed = self.small(files, SIGNATURE)?;
        let own = own.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        if let (Some(own), Some(manifest)) = (&own, manifest)
            && key_line(own) != manifest.public_key
        {
            self.findings.push(Finding::OtherKey);
        }
        if let (Some(given), Some(manifest)) = (given, manifest)
            && key_line(given) != manifest.public_key
        {
            self.findings.push(Finding::NotGivenKey);
        }
        let Some(signed) = signed.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()) else {
            return Ok(Proof::Nothing);
        };
        let Some(key) = given.or(own.as_deref()) else {
            return Ok(Proof::Nothing);
        };
        match signature::verify(key, bytes, &signed).and_then(|()| signature::id_of(key)) {
            Ok(id) if given.is_some() => Ok(Proof::Given { id }),
            Ok(id) => Ok(Proof::Own { id }),
            Err(error) => {
                self.findings.push(Finding::Signature(error.to_string()));
                Ok(Proof::Nothing)
            }
        }
    }

    /// Counts the data files again and holds them against the manifest.
    fn totals(&mut self, manifest: &Manifest) {
        let Some(encoding) = encoding::from_word(&manifest.encoding) else {
            let what = format!("the encoding '{}' is not known", manifest.encoding);
            self.findings.push(Finding::Manifest(what));
            return;
        };
        let files = manifest.files.iter();
        let names = files.map(|file| (file.holds, file.name.clone())).collect::<BTreeMap<_, _>>();
        let plain = |name: &String| {
            std::fs::symlink_metadata(self.dir.join(name)).is_ok_and(|it| it.is_file())
        };
        let inside =
            |name: &String| Path::new(name).file_name() == Some(std::ffi::OsStr::new(name));
        if names.len() != 4 || manifest.files.len() != 4 || !names.values().all(inside) {
            let what = "it does not name the four data files".to_owned();
            self.findings.push(Finding::Manifest(what));
            return;
        }
        if !names.values().all(plain) {
            return; // told already as missing
        }
        let counted = recount(self.dir, &names, encoding, manifest.header);
        for file in &manifest.files {
            let rows = counted.rows.get(&file.holds).copied().unwrap_or_default();
            self.compare(&file.name, "rows", file.rows, rows);
        }
        self.findings.extend(counted.findings);
        let (stated, found) = (&manifest.counts, &counted.counts);
        for (what, stated, found) in [
            ("envelopes", stated.envelopes, found.envelopes),
            ("shops", stated.shops, found.shops),
            ("sheets", stated.sheets, found.sheets),
            ("accepted sheets", stated.accepted, found.accepted),
            ("provisional numbers", stated.provisional, found.provisional),
            ("rejected and kept sheets", stated.rejected_kept, found.rejected_kept),
            ("rejected and returned sheets", stated.rejected_returned, found.rejected_returned),
            ("held sheets", stated.held, found.held),
        ] {
            self.total(what, stated.to_string(), found.to_string());
        }
        let (stated, found) = (&manifest.amounts, &counted.amounts);
        self.total("an amount of yen", stated.total.to_string(), found.total.to_string());
        if stated.by_kind != found.by_kind {
            let words = |amounts: &super::manifest::Amounts| {
                let kinds = amounts.by_kind.iter();
                let word = |(kind, it): (&String, &super::totals::KindTotal)| {
                    format!("{kind}: {} sheets, {} yen", it.sheets, it.amount)
                };
                kinds.map(word).collect::<Vec<_>>().join("; ")
            };
            self.total("by kind", words(stated), words(found));
        }
        self.total("the hash total", manifest.hash_total.clone(), counted.hash_total.to_string());
        self.looked_at.push(format!(
            "counted again: {} envelopes, {} sheets, {} accepted, {} yen, hash total {}",
            counted.counts.envelopes,
            counted.counts.sheets,
            counted.counts.accepted,
            counted.amounts.total,
            counted.hash_total
        ));
    }

    fn total(&mut self, what: &'static str, stated: String, counted: String) {
        if stated != counted {
            self.findings.push(Finding::Total { what, stated, counted });
        }
    }
}
