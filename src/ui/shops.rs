//! Names of shops, asked for once each.

use super::port::{Answer, News, Order, Query};
use super::session::Session;
use crate::flow::rows::ShopEntry;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default)]
pub struct ShopNames {
    known: BTreeMap<String, Option<ShopEntry>>,
    asked: BTreeSet<String>,
}

impl ShopNames {
    /// The shop's name, or its code while that is not known.
    pub fn name(&mut self, code: &str, session: &mut Session) -> String {
        match self.known.get(code) {
            Some(Some(shop)) if !shop.name.is_empty() => shop.name.clone(),
            Some(_) => code.to_owned(),
            None => {
                if self.asked.insert(code.to_owned()) {
                    let ticket = session.ticket();
                    let query = Query::Shop(code.to_owned());
                    session.orders.push(Order::Ask { ticket, query });
                }
                code.to_owned()
            }
        }
    }

    pub fn hear(&mut self, news: &News) {
        match news {
            News::Found { answer: Answer::Shop { code, shop }, .. } => {
                self.known.insert(code.clone(), shop.clone());
            }
            News::Found { answer: Answer::Shops { shops, .. }, .. } => {
                for shop in shops {
                    self.known.insert(shop.code.clone(), Some(shop.clone()));
                }
            }
            _ => {}
        }
    }
}
