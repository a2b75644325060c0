//! What the station answers: the envelope is open, or refused and why; shops; the slip on the table.

use super::form::Field;
use super::{Open, take};
use crate::flow::event::Event;
use crate::flow::rows::ShopEntry;
use crate::flow::{Recorded, Refusal};
use crate::ui::port::{Answer, Query, Ticket, Trouble};
use crate::ui::screen::Cx;
use crate::ui::session::Stage;

impl Open {
    pub(super) fn opened(&mut self, events: &[Recorded], cx: &mut Cx<'_>) {
        let envelope = events.iter().find_map(|recorded| match &recorded.event {
            Event::EnvelopeOpened { envelope, .. } => Some(*envelope),
            _ => None,
        });
        self.sent = None;
        self.clear(cx);
        self.ask_table(cx);
        if let Some(envelope) = envelope
            && cx.session.stage == Stage::Open
        {
            take(envelope, cx);
        }
    }

    /// The refusal stands where the mistake is.
    pub(super) fn refused(&mut self, why: &Trouble, cx: &Cx<'_>) {
        self.sent = None;
        let text = cx.words.trouble(why);
        let field = match why {
            Trouble::Refused(why) => match &**why {
                Refusal::UnknownShop(_) => Field::Shop,
                Refusal::UnknownKind(kind) => {
                    let kinds = &cx.profile.kinds;
                    let index = kinds.iter().position(|it| it.id.as_str() == kind);
                    index.map_or(Field::Ready, Field::Count)
                }
                Refusal::SlipTooLarge(_) => {
                    let largest =
                        (0..self.form.counts.len()).max_by_key(|index| self.form.count(*index));
                    largest.map_or(Field::Ready, Field::Count)
                }
                _ => Field::Ready,
            },
            _ => Field::Ready,
        };
        if field == Field::Shop {
            self.form.shop = None;
        }
        self.go_to(field);
        self.problem = Some((field, text));
    }

    pub(super) fn ask_table(&mut self, cx: &mut Cx<'_>) {
        if cx.view.training {
            self.table_asked = Some(cx.ask(Query::TrainingEnvelope));
        }
    }

    /// The slip on the table goes into the form, as if typed.
    pub(super) fn fill(&mut self, cx: &Cx<'_>) {
        let Some(table) = self.table.clone() else { return };
        let (code, name) = (table.shop, table.shop_name);
        self.choose(ShopEntry { code, name, kana: String::new() }, cx);
        self.form.fill(cx.profile, &table.slip, table.arrived);
        self.go_to(Field::Ready);
    }

    pub(super) fn found(&mut self, ticket: Ticket, answer: &Answer, cx: &mut Cx<'_>) {
        match answer {
            Answer::Shops { text, shops } => {
                if let Some(taken) = self.search.hear(text, shops) {
                    self.taken(taken, cx);
                }
            }
            Answer::Shop { shop, .. } => {
                let Some((_, code)) = self.scanned.take_if(|(mine, _)| *mine == ticket) else {
                    return;
                };
                match shop {
                    Some(shop) => self.choose(shop.clone(), cx),
                    None => {
                        self.no_such_shop(cx);
                        let text = cx.words.refused_unknown_shop(&code);
                        self.problem = Some((Field::Shop, text));
                    }
                }
            }
            Answer::TrainingEnvelope(table) if self.table_asked == Some(ticket) => {
                self.table.clone_from(table);
            }
            Answer::Failed(why) => {
                let scanned = self.scanned.take_if(|(mine, _)| *mine == ticket).is_some();
                if scanned || self.search.is_mine(ticket) {
                    self.problem = Some((Field::Shop, cx.words.fault(why)));
                }
            }
            _ => {}
        }
    }
}
