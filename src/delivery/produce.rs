//! Rows to the files of one delivery, wherever they go: onto the medium, or nowhere, when only the
//! hashes are wanted to know a delivery again.

use super::columns::{self, Sum};
use super::csv_file::{CsvFile, RowError};
use super::error::DeliveryError;
use super::fee;
use super::manifest::{Counts, FileEntry, Holds, Manifest};
use super::medium::Output;
use super::totals::{Control, Stated, TotalsError, count_envelope};
use super::write::Progress;
use crate::flow::ids::{EnvelopeId, Station};
use crate::flow::rows::{DeliveryHead, EnvelopeRow, SheetRow};
use crate::voucher::profile::{FeePer, Profile};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// Characters that some medium's file system takes in no name.
const NOT_IN_NAMES: [char; 10] = ['/', '\\', ':', '*', '?', '"', '<', '>', '|', '%'];
/// With `.csv` a name stays well under 255 bytes.
const NAME_MAX: usize = 200;

/// The folder's and the data files' names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) folder: String,
    files: [(Holds, String); 4],
}

impl Names {
    pub(super) fn new(head: &DeliveryHead, profile: &Profile) -> Result<Names, DeliveryError> {
        let mark = if head.training { "TRAINING_" } else { "" };
        let date = head.date.strftime("%Y%m%d").to_string();
        let no = format!("{:04}", head.delivery.0);
        let folder =
            format!("{mark}{}_{date}_{}", head.campaign, head.station.delivery(head.delivery));
        let form = &profile.delivery;
        let file = |template: &str| {
            let name = template.replace("{date}", &date).replace("{no}", &no);
            format!("{mark}{name}.csv")
        };
        let files = [
            (Holds::Numbers, file(&form.numbers_file)),
            (Holds::Results, file(&form.results_file)),
            (Holds::Shops, file(&form.shops_file)),
            (Holds::Envelopes, file(&form.envelopes_file)),
        ];
        let mut seen = BTreeSet::new();
        for name in files.iter().map(|(_, name)| name).chain([&folder]) {
            let strange = |c: char| c.is_control() || NOT_IN_NAMES.contains(&c);
            let bare = name.trim_end_matches(".csv");
            if name.contains(strange)
                || name.len() > NAME_MAX
                || bare.is_empty()
                || bare.starts_with(['.', ' ', '-'])
                || bare.ends_with(['.', ' '])
            {
                return Err(DeliveryError::BadName(name.clone()));
            }
            if !seen.insert(name.to_lowercase()) {
                return Err(DeliveryError::SameName(name.clone()));
            }
        }
        Ok(Names { folder, files })
    }

    fn of(&self, holds: Holds) -> String {
        let found = self.files.iter().find(|(it, _)| *it == holds);
        found.map(|(_, name)| name.clone()).unwrap_or_default()
    }
}

/// A new file of the delivery.
pub(super) type Opened = Result<Box<dyn Output>, DeliveryError>;

/// Where a delivery's data files go.
pub(super) struct Target<'t> {
    pub(super) create: &'t dyn Fn(&str) -> Opened,
    pub(super) fault: &'t dyn Fn(&str, io::Error) -> DeliveryError,
}

struct Files {
    numbers: CsvFile,
    results: CsvFile,
    shops: CsvFile,
    envelopes: CsvFile,
}

/// All of a delivery but its signature: writes the data files and gives the manifest.
pub(super) fn produce<E: std::fmt::Display>(
    target: &Target<'_>,
    names: &Names,
    head: &DeliveryHead,
    profile: &Profile,
    envelopes: &mut dyn Iterator<Item = Result<(EnvelopeRow, Vec<SheetRow>), E>>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Manifest, DeliveryError> {
    let filled = fill(target, names, head, profile, envelopes, progress)?;
    filled.stated.close(head, &filled.total)?;
    progress(Progress::Flushing);
    let counts = Counts::of(&filled.total, filled.envelopes, filled.shops.len() as u64);
    let total = filled.total.clone();
    let entries = filled.finish(target, profile)?;
    Ok(Manifest::new(head, profile, &total, counts, entries))
}

/// Files with all envelopes in them, and what was counted on the way.
pub(super) struct Filled {
    files: Files,
    total: Control,
    stated: Stated,
    envelopes: u64,
    shops: BTreeMap<String, (String, Sum)>,
}

/// Writes what is known envelope by envelope; the shops' totals come with [`Filled::finish`].
pub(super) fn fill<E: std::fmt::Display>(
    target: &Target<'_>,
    names: &Names,
    head: &DeliveryHead,
    profile: &Profile,
    envelopes: &mut dyn Iterator<Item = Result<(EnvelopeRow, Vec<SheetRow>), E>>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Filled, DeliveryError> {
    let mut files = Files::open(target, names, profile)?;
    let mut total = Control::default();
    let mut stated = Stated::default();
    let mut shops: BTreeMap<String, (String, Sum)> = BTreeMap::new();
    let mut count = 0;
    let mut last: Option<EnvelopeId> = None;
    for envelope in envelopes {
        let (envelope, rows) = envelope.map_err(|error| DeliveryError::Rows(error.to_string()))?;
        if last.is_some_and(|last| last >= envelope.envelope) {
            let envelope = head.station.envelope(envelope.envelope);
            return Err(TotalsError::Order { envelope }.into());
        }
        last = Some(envelope.envelope);
        let counted = count_envelope(&head.station, &envelope, &rows)?;
        stated.add(&envelope.totals)?;
        total.absorb(&counted)?;
        files.put_envelope(
            target,
            &head.station,
            profile,
            &envelope,
            &rows,
            &counted,
            &mut shops,
        )?;
        count += 1;
        progress(Progress::Written { envelopes: count, sheets: total.sheets, of: head.sheets });
    }
    Ok(Filled { files, total, stated, envelopes: count, shops })
}

impl Filled {
    /// The shops' totals, and everything to the medium.
    pub(super) fn finish(
        self,
        target: &Target<'_>,
        profile: &Profile,
    ) -> Result<Vec<FileEntry>, DeliveryError> {
        let Filled { mut files, shops, .. } = self;
        files.put_shops(target, profile, &shops)?;
        files.finish(target)
    }
}

impl Files {
    fn open(target: &Target<'_>, names: &Names, profile: &Profile) -> Result<Files, DeliveryError> {
        let encoding = profile.delivery.encoding;
        let open = |holds, columns| {
            let name = names.of(holds);
            let out = (target.create)(&name)?;
            let mut file = CsvFile::new(name.clone(), holds, columns, encoding, out)
                .map_err(|error| (target.fault)(&name, error))?;
            if profile.delivery.header {
                let put = file.header();
                put.map_err(|error| explain(target, &file, &[], error))?;
            }
            Ok::<_, DeliveryError>(file)
        };
        Ok(Files {
            numbers: open(Holds::Numbers, columns::numbers_header())?,
            results: open(Holds::Results, columns::results_header())?,
            shops: open(Holds::Shops, columns::shops_header(profile))?,
            envelopes: open(Holds::Envelopes, columns::envelopes_header(profile))?,
        })
    }

    #[expect(clippy::too_many_arguments, reason = "one envelope with all it is summed into")]
    fn put_envelope(
        &mut self,
        target: &Target<'_>,
        station: &Station,
        profile: &Profile,
        envelope: &EnvelopeRow,
        rows: &[SheetRow],
        counted: &Control,
        shops: &mut BTreeMap<String, (String, Sum)>,
    ) -> Result<(), DeliveryError> {
        for row in rows {
            put(target, &mut self.numbers, &columns::numbers_row(station, row))?;
            let fields = columns::results_row(station, profile, envelope, row);
            put(target, &mut self.results, &fields)?;
        }
        let fee = match &profile.fee {
            Some(fee) => fee::of_envelope(fee, counted, rows).map_err(TotalsError::from)?,
            None => None,
        };
        let declared = envelope.slip.iter();
        let sum = Sum {
            counted: counted.clone(),
            envelopes: 1,
            declared: declared.map(|(kind, count)| (kind.to_string(), u64::from(*count))).collect(),
            fee: fee.unwrap_or_default(),
        };
        let fields = columns::envelopes_row(station, profile, envelope, &sum, fee);
        put(target, &mut self.envelopes, &fields.map_err(TotalsError::from)?)?;
        let (name, total) = shops.entry(envelope.shop.clone()).or_default();
        name.clone_from(&envelope.shop_name);
        total.absorb(&sum)?;
        Ok(())
    }

    fn put_shops(
        &mut self,
        target: &Target<'_>,
        profile: &Profile,
        shops: &BTreeMap<String, (String, Sum)>,
    ) -> Result<(), DeliveryError> {
        for (code, (name, sum)) in shops {
            let fee = match &profile.fee {
                Some(fee) if fee.per == FeePer::Closing => {
                    let counted = &sum.counted;
                    let fee = fee::on(fee, counted.amount, counted.paid);
                    Some(fee.map_err(TotalsError::from)?)
                }
                Some(_) => Some(sum.fee),
                None => None,
            };
            let fields = columns::shops_row(profile, code, name, sum, fee);
            put(target, &mut self.shops, &fields.map_err(TotalsError::from)?)?;
        }
        Ok(())
    }

    fn finish(self, target: &Target<'_>) -> Result<Vec<FileEntry>, DeliveryError> {
        let files = [self.numbers, self.results, self.shops, self.envelopes];
        let finish = |file: CsvFile| {
            let name = file.name.clone();
            file.finish().map_err(|error| (target.fault)(&name, error))
        };
        files.into_iter().map(finish).collect()
    }
}

impl Sum {
    fn absorb(&mut self, other: &Sum) -> Result<(), TotalsError> {
        self.counted.absorb(&other.counted)?;
        self.envelopes += other.envelopes;
        for (kind, count) in &other.declared {
            *self.declared.entry(kind.clone()).or_default() += count;
        }
        self.fee = self.fee.plus(other.fee)?;
        Ok(())
    }
}

fn put(target: &Target<'_>, file: &mut CsvFile, fields: &[String]) -> Result<(), DeliveryError> {
    let put = file.row(fields);
    put.map_err(|error| explain(target, file, fields, error))
}

fn explain(
    target: &Target<'_>,
    file: &CsvFile,
    fields: &[String],
    error: RowError,
) -> DeliveryError {
    match error {
        RowError::Io(error) => (target.fault)(&file.name, error),
        RowError::Text { row, field, source } => {
            let column = file.columns.get(field).cloned().unwrap_or_default();
            let text = fields.get(field).unwrap_or(&column).clone();
            DeliveryError::Unwritable { file: file.name.clone(), row, column, text, source }
        }
    }
}
