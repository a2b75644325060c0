//! A list's CSV as the bytes that the log names by their hash.

use super::{Rig, RigError};
use crate::demo::{Campaign, People};
use crate::flow::event::List;
use crate::flow::rows::{BlockedEntry, ShopEntry};
use crate::flow::{Input, Sha256};
use crate::lists::{self, ListProblem};
use crate::voucher::Profile;

/// A list that was read without a mistake.
#[derive(Debug)]
pub struct Listed {
    list: List,
    pub rows: u64,
    attachment: Vec<u8>,
}

/// Why a list can't be taken in.
#[derive(Debug)]
pub enum ImportError {
    /// Every mistake with its line.
    Problems(Vec<ListProblem>),
    Rig(RigError),
}

/// Reads a list, all or nothing.
pub fn read(list: List, csv: &[u8], profile: &Profile) -> Result<Listed, ImportError> {
    let (rows, attachment) = match list {
        List::Shops => {
            let shops = lists::shops(csv).map_err(ImportError::Problems)?;
            let entry = |it: lists::Shop| ShopEntry { code: it.code, name: it.name, kana: it.kana };
            json(shops.into_iter().map(entry).collect::<Vec<_>>())?
        }
        List::Blocked => {
            let blocked = lists::blocked(csv, profile).map_err(ImportError::Problems)?;
            let entry = |it: lists::Blocked| BlockedEntry { number: it.number, reason: it.reason };
            json(blocked.into_iter().map(entry).collect::<Vec<_>>())?
        }
        List::Issued => {
            let ledger = lists::issued(csv, profile).map_err(ImportError::Problems)?;
            (ledger.len(), ledger.to_bytes())
        }
    };
    Ok(Listed { list, rows, attachment })
}

fn json<T: serde::Serialize>(entries: Vec<T>) -> Result<(u64, Vec<u8>), ImportError> {
    let bytes = serde_json::to_vec(&entries)
        .map_err(|error| ImportError::Rig(RigError::Input(error.to_string())))?;
    Ok((entries.len() as u64, bytes))
}

impl Listed {
    /// The act that takes it in, and the bytes that go with it.
    pub fn into_act(self) -> (Input, Vec<u8>) {
        let sha256 = Sha256::of(&self.attachment);
        (Input::ImportList { list: self.list, sha256, rows: self.rows }, self.attachment)
    }
}

/// Takes in the lists of a made-up campaign; gives the rows of shops, blocked and issued.
///
/// # Errors
/// If a list that this program made up itself has a mistake, or the log can't be written.
pub fn made_up(rig: &Rig, people: &People, campaign: &Campaign) -> Result<[u64; 3], RigError> {
    let [supervisor, _] = &people.supervisors;
    let lists = [
        (List::Shops, &campaign.shops_csv),
        (List::Blocked, &campaign.blocked_csv),
        (List::Issued, &campaign.issued_csv),
    ];
    let mut rows = [0; 3];
    for (count, (list, csv)) in rows.iter_mut().zip(lists) {
        let listed =
            read(list, csv.as_bytes(), &campaign.profile).map_err(|error| match error {
                ImportError::Rig(error) => error,
                ImportError::Problems(problems) => {
                    RigError::Input(problems.first().map(ToString::to_string).unwrap_or_default())
                }
            })?;
        *count = listed.rows;
        let (input, bytes) = listed.into_act();
        rig.act_with(&supervisor.person.id, None, input, bytes)?;
    }
    Ok(rows)
}
