//! A list's CSV as the bytes that the log names by their hash.

use super::RigError;
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
