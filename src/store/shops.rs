//! Looking a shop up as it is typed at the opening of an envelope.

use super::{Reader, StoreError};
use crate::flow::rows::ShopEntry;
use crate::flow::search::fold;
use rusqlite::{OptionalExtension, params};

impl Reader {
    /// Shops for what was typed so far: first those whose code begins with it, then those of which
    /// every word is in the name or the kana, both by code. Width, case, hiragana or katakana and
    /// spaces make no difference. Nothing typed: the first ones by code.
    ///
    /// Reads and folds the whole list: some milliseconds for 5,000 shops.
    pub fn shops(&self, text: &str, limit: usize) -> Result<Vec<ShopEntry>, StoreError> {
        let whole = fold(text);
        let words = text.split_whitespace().map(fold).collect::<Vec<_>>();
        let mut query =
            self.conn.prepare_cached("SELECT code, name, kana FROM shop ORDER BY code")?;
        let mut rows = query.query([])?;
        let (mut by_code, mut by_name) = (Vec::new(), Vec::new());
        while by_code.len() < limit
            && let Some(row) = rows.next()?
        {
            let shop = ShopEntry { code: row.get(0)?, name: row.get(1)?, kana: row.get(2)? };
            let code = fold(&shop.code);
            if code.starts_with(&whole) {
                by_code.push(shop);
                continue;
            }
            if by_name.len() < limit {
                let (name, kana) = (fold(&shop.name), fold(&shop.kana));
                let holds = |word: &String| {
                    name.contains(word) || kana.contains(word) || code.starts_with(word)
                };
                if words.iter().all(holds) {
                    by_name.push(shop);
                }
            }
        }
        by_code.extend(by_name);
        by_code.truncate(limit);
        Ok(by_code)
    }

    /// The shop with exactly this code; a look-up by key.
    pub fn shop(&self, code: &str) -> Result<Option<ShopEntry>, StoreError> {
        Ok(self
            .conn
            .prepare_cached("SELECT code, name, kana FROM shop WHERE code = ?1")?
            .query_row(params![code], |row| {
                Ok(ShopEntry { code: row.get(0)?, name: row.get(1)?, kana: row.get(2)? })
            })
            .optional()?)
    }
}
