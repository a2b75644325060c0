//! Events in plain words. Every kind has its sentence; codes and hashes stand small beneath.

use crate::flow::aside::AsideEnd;
use crate::flow::event::{
    Accepted, Capture, Counted, Event, How, Keyed, List, Moved, Place, SheetTaken, Source,
};
use crate::flow::{DeliveryId, EnvelopeId, PersonId, Recorded, SheetId, View};
use crate::ui::refusals;
use crate::ui::screen::Cx;
use crate::ui::widgets::{Sign, signed};
use crate::ui::words::{Words, grouped};
use crate::voucher::reading::Fault;
use crate::voucher::{BarcodeFinding, KindId, Profile, Reading, Reason, Side};
use std::collections::BTreeMap;

/// One event as it is told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// Where a sheet went with it.
    pub sign: Option<Sign>,
    pub title: String,
    pub lines: Vec<String>,
    /// What only an auditor reads.
    pub codes: Vec<String>,
}

/// Tells events to whoever looks at them.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    words: &'a Words,
    profile: &'a Profile,
    view: &'a View,
    /// The sheet whose story it is.
    sheet: Option<SheetId>,
    /// The sheet is being keyed: nobody is shown what others keyed, or what a machine read.
    blind: bool,
}

impl<'a> Teller<'a> {
    pub fn new(cx: &Cx<'a>) -> Teller<'a> {
        Teller { words: cx.words, profile: cx.profile, view: cx.view, sheet: None, blind: false }
    }

    /// The story of this sheet; `blind` while it is being keyed.
    pub fn about(mut self, sheet: SheetId, blind: bool) -> Teller<'a> {
        self.sheet = Some(sheet);
        self.blind = blind;
        self
    }

    pub fn person(&self, id: &PersonId) -> String {
        let found = self.view.people.iter().find(|person| person.id == *id);
        found.map_or_else(|| id.to_string(), |person| person.name.clone())
    }

    fn envelope(&self, id: EnvelopeId) -> String {
        let station = self.view.station.as_ref();
        station.map_or_else(|| id.0.to_string(), |station| station.envelope(id))
    }

    pub fn sheet_name(&self, id: SheetId) -> String {
        let station = self.view.station.as_ref();
        station.map_or_else(
            || format!("{}-{}", id.envelope.0, id.ordinal),
            |station| station.sheet(id),
        )
    }

    pub fn delivery(&self, id: DeliveryId) -> String {
        let station = self.view.station.as_ref();
        station.map_or_else(|| id.0.to_string(), |station| station.delivery(id))
    }

    pub fn kind(&self, kind: &str) -> String {
        if kind.is_empty() {
            return self.words.kind_unknown();
        }
        let known = self.profile.kind(&KindId::new(kind));
        known.map_or_else(|| kind.to_owned(), |kind| kind.name.clone())
    }

    fn grouped(&self, number: &str) -> String {
        grouped(self.profile, number)
    }

    fn list(&self, items: impl IntoIterator<Item = String>) -> String {
        items.into_iter().collect::<Vec<_>>().join(&self.words.list_comma())
    }

    pub fn reasons(&self, reasons: &[Reason]) -> String {
        self.list(reasons.iter().map(|reason| refusals::reason(self.words, *reason)))
    }

    /// Found less declared by kind: `食事券 1,000円 −1`.
    pub fn difference(&self, difference: &BTreeMap<String, i64>) -> String {
        let part = |(kind, count): (&String, &i64)| {
            self.words.edit_kind_difference(self.kind(kind), signed(*count))
        };
        self.list(difference.iter().map(part))
    }

    /// Why a sheet waits; a blocked number with why its list has it.
    fn stops(&self, reasons: &[Reason], blocked: Option<&str>) -> String {
        let word = |reason: &Reason| match (reason, blocked) {
            (Reason::Blocked, Some(why)) => self.words.edit_why_blocked(why),
            (reason, _) => refusals::reason(self.words, *reason),
        };
        self.list(reasons.iter().map(word))
    }

    /// What a sheet's place means, with number, reasons, amount.
    pub fn place(&self, place: &Place) -> String {
        let words = self.words;
        match place {
            Place::Accepted(Accepted { number: Counted::Number(number), how, yen }) => {
                let number = self.grouped(number.as_str());
                words.story_place_accepted(number, self.how(*how), words.yen(*yen))
            }
            Place::Accepted(Accepted { number: Counted::Provisional(number), yen, .. }) => {
                words.story_place_provisional(number, words.yen(*yen))
            }
            Place::Check { .. } if self.blind => words.sign_look(),
            Place::Check { number } => words.story_place_check(self.grouped(number.as_str())),
            Place::Entry => words.story_place_entry(),
            Place::Settle { reasons, others, blocked } => {
                self.handed_up(&self.stops(reasons, blocked.as_deref()), reasons, others)
            }
            Place::Rejected { returned: false, .. } => words.story_place_rejected(),
            Place::Rejected { returned: true, .. } => words.story_place_returned(),
            Place::Held { .. } => words.story_place_held(),
            Place::Same { sheet } => words.story_place_same(self.sheet_name(*sheet)),
            Place::Undone => words.story_place_undone(),
        }
    }

    /// Why, and beside which sheets; what was found at the first look stands in a line of its own.
    fn handed_up(&self, stops: &str, reasons: &[Reason], others: &[SheetId]) -> String {
        let words = self.words;
        let named = || self.list(others.iter().map(|it| self.sheet_name(*it)));
        match (reasons.is_empty(), others.is_empty()) {
            (true, true) => words.story_to_supervisor(),
            (false, true) => words.story_place_settle(stops),
            _ if reasons.contains(&Reason::Duplicate) => words.story_place_repeat(stops, named()),
            _ => words.story_place_same_picture(named()),
        }
    }

    fn how(&self, how: How) -> String {
        match how {
            How::Machine => self.words.story_how_machine(),
            How::Eye => self.words.story_how_eye(),
            How::Keyed => self.words.story_how_keyed(),
            How::Settled => self.words.story_how_settled(),
        }
    }

    /// The event in words.
    pub fn tell(&self, recorded: &Recorded) -> Told {
        match &recorded.event {
            Event::SheetTaken(taken) => self.taken(taken),
            Event::SheetUndone { .. } => {
                Told { sign: Some(Sign::Away), title: self.words.story_undone(), ..Told::default() }
            }
            Event::SheetsChecked { right, wrong, .. } => self.checked(right, wrong),
            Event::SheetKeyed { answer, kind, place, .. } => {
                self.keyed(answer, kind.as_ref(), place)
            }
            Event::SheetSettled { place, reason, over, with, kind, .. } => {
                let mut told = self.settled(place, reason);
                if let Some(kind) = kind {
                    told.lines.push(self.words.story_kind(self.kind(kind.as_str())));
                }
                if !over.is_empty() {
                    told.lines.push(self.words.story_over(self.reasons(over)));
                }
                self.beside(&mut told, with.as_ref());
                told
            }
            event => self.of_envelope(event),
        }
    }

    fn beside(&self, told: &mut Told, with: Option<&PersonId>) {
        if let Some(with) = with {
            told.lines.push(self.words.story_with(self.person(with)));
        }
    }

    fn taken(&self, taken: &SheetTaken) -> Told {
        let words = self.words;
        let mut lines = Vec::new();
        for capture in &taken.captures {
            self.capture(capture, &mut lines);
        }
        if let Some(number) = taken.machine_read() {
            lines.push(words.story_read(self.grouped(number.as_str())));
        }
        if let Some(kind) = &taken.operator_kind {
            lines.push(words.story_pile(self.kind(kind.as_str())));
        }
        if !taken.reasons.is_empty() {
            lines.push(words.story_reasons(self.reasons(&taken.reasons)));
        }
        lines.push(self.place(&taken.place));
        let files = taken.captures.iter().filter_map(|it| match &it.source {
            Source::File { name, sha256, .. } => Some(format!("{name} {sha256}")),
            Source::Camera { sha256, .. } => Some(sha256.to_string()),
            Source::Code {} | Source::Hand {} => None,
        });
        let title = match taken.captures.first().map(|capture| &capture.source) {
            Some(Source::File { .. }) => words.story_taken_file(),
            Some(Source::Camera { .. }) => words.story_taken_camera(),
            Some(Source::Code {}) => words.story_taken_code(),
            Some(Source::Hand {}) | None => words.story_taken_hand(),
        };
        Told { sign: Some(Sign::of(&taken.place)), title, lines, codes: files.collect() }
    }

    fn capture(&self, capture: &Capture, lines: &mut Vec<String>) {
        let words = self.words;
        let reading = &capture.reading;
        let side = self.side(capture.side);
        if self.blind {
            // As on the page of how it was read: who keys it must not have seen what a machine took it for.
            if reading.barcode.is_some() || reading.printed.is_some() || reading.second.is_some() {
                lines.push(words.explain_blind());
            }
            return self.rest_of(reading, lines);
        }
        if let Some(barcode) = &reading.barcode {
            lines.push(words.story_barcode(side.clone(), barcode_text(barcode)));
        }
        for other in &reading.others {
            lines.push(words.story_other_barcode(barcode_text(other)));
        }
        if let Some(printed) = &reading.printed {
            let number = printed.number.as_ref().map(|it| self.grouped(it.as_str()));
            let text = number.unwrap_or_else(|| printed.free.clone());
            let (percent, tenth) = (printed.confidence / 10, printed.confidence % 10);
            lines.push(words.story_printed(side, text, format!("{percent}.{tenth}")));
        }
        if let Some(second) = &reading.second {
            lines.push(words.story_second(barcode_text(second)));
        }
        self.rest_of(reading, lines);
    }

    /// What of a reading is no number.
    fn rest_of(&self, reading: &Reading, lines: &mut Vec<String>) {
        let words = self.words;
        if let Some(kind) = &reading.kind_text {
            lines.push(words.story_kind_text(self.kind(kind.as_str())));
        }
        if !reading.faults.is_empty() {
            let faults = reading.faults.iter().map(|fault| reason_of(*fault));
            lines.push(words.story_faults(self.reasons(&faults.collect::<Vec<_>>())));
        }
    }

    pub fn side(&self, side: Side) -> String {
        match side {
            Side::Front => self.words.story_front(),
            Side::Back => self.words.story_back(),
        }
    }

    fn checked(&self, right: &[Moved], wrong: &[Moved]) -> Told {
        let words = self.words;
        let own = |moved: &&Moved| self.sheet.is_some_and(|sheet| sheet.ordinal == moved.ordinal);
        let (title, moved) = match (right.iter().find(own), wrong.iter().find(own)) {
            (Some(moved), _) => (words.story_checked_right(), Some(moved)),
            (None, Some(moved)) => (words.story_checked_wrong(), Some(moved)),
            (None, None) => (words.story_checked(right.len() + wrong.len()), None),
        };
        let lines = moved.map(|moved| self.place(&moved.place)).into_iter().collect();
        let sign = moved.map(|moved| Sign::of(&moved.place));
        Told { sign, title, lines, codes: Vec::new() }
    }

    fn keyed(&self, answer: &Keyed, kind: Option<&KindId>, place: &Place) -> Told {
        let words = self.words;
        if self.blind {
            let title = words.story_keyed_blind();
            return Told { sign: Some(Sign::ToKey), title, ..Told::default() };
        }
        let title = match answer {
            Keyed::Number(number) => words.story_keyed(self.grouped(number.as_str())),
            Keyed::Cannot => words.story_keyed_cannot(),
        };
        let mut lines = Vec::new();
        if let Some(kind) = kind {
            lines.push(words.story_kind(self.kind(kind.as_str())));
        }
        if *place != Place::Entry {
            lines.push(self.place(place));
        }
        Told { sign: Some(Sign::of(place)), title, lines, codes: Vec::new() }
    }

    fn settled(&self, place: &Place, reason: &str) -> Told {
        let words = self.words;
        let title = match place {
            Place::Settle { .. } => words.story_handed_over(),
            Place::Entry => words.story_rekey(),
            place => words.story_settled(self.place(place)),
        };
        let lines = vec![words.story_reason(reason)];
        Told { sign: Some(Sign::of(place)), title, lines, codes: Vec::new() }
    }

    /// Events about an envelope, a delivery, or the station itself.
    fn of_envelope(&self, event: &Event) -> Told {
        let words = self.words;
        let mut told = Told::default();
        match event {
            Event::EnvelopeOpened { envelope, shop, slip, arrived, .. } => {
                told.title = words.story_opened(self.envelope(*envelope), shop);
                let slip = slip
                    .iter()
                    .map(|(kind, count)| words.story_slip(self.kind(kind.as_str()), *count));
                told.lines.push(self.list(slip));
                told.lines.push(words.arrived_on(arrived.strftime("%m/%d").to_string()));
            }
            Event::FeedStarted { folder, .. } => {
                told.title = words.story_feed();
                told.codes.push(folder.clone());
            }
            Event::FileAside { envelope, file, end, .. } => {
                let sheet = end.as_ref().and_then(AsideEnd::sheet);
                told.title = match sheet {
                    None => words.story_aside(&file.name),
                    Some(ordinal) => {
                        let sheet = self.sheet_name(SheetId { envelope: *envelope, ordinal });
                        words.story_aside_side(&file.name, sheet)
                    }
                };
                told.lines.push(refusals::no_sheet(words, file.why));
                told.codes.extend(Some(file.said.clone()).filter(|said| !said.is_empty()));
            }
            Event::AsideSettled { envelope, no, end, with } => {
                let name = |ordinal| self.sheet_name(SheetId { envelope: *envelope, ordinal });
                told.title = match end {
                    AsideEnd::SideOf { sheet } | AsideEnd::Fed { sheet } => {
                        words.story_aside_fed(*no, name(*sheet))
                    }
                    AsideEnd::Keyed { sheet } => words.story_aside_keyed(*no, name(*sheet)),
                    AsideEnd::NoSheet { reason } => {
                        told.lines.push(words.story_reason(reason));
                        words.story_aside_none(*no)
                    }
                };
                self.beside(&mut told, with.as_ref());
            }
            Event::EnvelopeClosed { difference, reason, with, held, sheets, amount, .. } => {
                told.sign = Some(Sign::Accepted);
                told.title = words.story_closed(*sheets, words.yen(*amount));
                if !difference.is_empty() {
                    told.lines.push(words.story_difference(self.difference(difference)));
                }
                told.lines.extend(reason.as_ref().map(|reason| words.story_reason(reason)));
                if !held.is_empty() {
                    let held = self.list(held.iter().map(|it| self.sheet_name(*it)));
                    told.lines.push(words.story_held(held));
                }
                self.beside(&mut told, with.as_ref());
            }
            Event::EnvelopeReopened { reason, with, .. } => {
                told.title = words.story_reopened();
                told.lines.push(words.story_reason(reason));
                self.beside(&mut told, Some(with));
            }
            Event::DeliveryPrepared { delivery, envelopes, with, sheets, amount, .. } => {
                told.title = words.story_delivery(self.delivery(*delivery));
                let amount = words.yen(*amount);
                told.lines.push(words.story_delivery_of(envelopes.len(), *sheets, amount));
                self.beside(&mut told, Some(with));
            }
            Event::DeliveryDone { delivery, manifest } => {
                told.title = words.story_delivered(self.delivery(*delivery));
                told.codes.push(manifest.to_string());
            }
            Event::DeliveryFailed { delivery, why, with } => {
                told.title = words.story_delivery_failed(self.delivery(*delivery));
                told.lines.push(words.story_reason(why));
                self.beside(&mut told, Some(with));
            }
            event => return self.of_station(event),
        }
        told
    }

    fn of_station(&self, event: &Event) -> Told {
        let words = self.words;
        let mut told = Told::default();
        told.title = match event {
            Event::Genesis(genesis) => {
                told.codes.push(genesis.id.clone());
                words.story_genesis(&genesis.campaign, genesis.station.as_str())
            }
            Event::ProfileAdopted { revision, sha256, with } => {
                told.codes.push(sha256.to_string());
                self.beside(&mut told, Some(with));
                words.story_profile(*revision)
            }
            Event::SessionStarted { program, reader, .. } => {
                told.codes.extend([program.clone(), reader.clone()]);
                words.story_session()
            }
            Event::PersonAdded { person, with } => {
                self.beside(&mut told, with.as_ref());
                words.story_person_added(&person.name, words.role(person.role))
            }
            Event::PinSet { person, with, .. } => {
                self.beside(&mut told, with.as_ref());
                words.story_pin_set(self.person(person))
            }
            Event::SignedIn { person } => words.story_signed_in(self.person(person)),
            Event::SignInRefused { person, tries } => {
                words.story_sign_in_refused(self.person(person), *tries)
            }
            Event::ListImported { list, sha256, rows } => {
                told.codes.push(sha256.to_string());
                words.story_list(self.list_name(*list), *rows)
            }
            Event::DayEnded { business_day } => {
                words.story_day_ended(business_day.strftime("%Y/%m/%d").to_string())
            }
            Event::HeadSigned { seq, head, .. } => {
                told.codes.push(format!("{seq} {head}"));
                words.story_head_signed()
            }
            Event::LogRestored { reason, with, lost_seq, lost_head, .. } => {
                told.lines.push(words.story_reason(reason));
                self.beside(&mut told, Some(with));
                told.codes.push(format!("{lost_seq} {lost_head}"));
                words.story_restored()
            }
            // Told by `tell` and `of_envelope`; named here so that a new kind of event can't be forgotten.
            Event::SheetTaken(_)
            | Event::SheetUndone { .. }
            | Event::SheetsChecked { .. }
            | Event::SheetKeyed { .. }
            | Event::SheetSettled { .. }
            | Event::EnvelopeOpened { .. }
            | Event::FeedStarted { .. }
            | Event::FileAside { .. }
            | Event::AsideSettled { .. }
            | Event::EnvelopeClosed { .. }
            | Event::EnvelopeReopened { .. }
            | Event::DeliveryPrepared { .. }
            | Event::DeliveryDone { .. }
            | Event::DeliveryFailed { .. } => String::new(),
        };
        told
    }

    fn list_name(&self, list: List) -> String {
        match list {
            List::Shops => self.words.story_list_shops(),
            List::Issued => self.words.story_list_issued(),
            List::Blocked => self.words.story_list_blocked(),
        }
    }
}

fn barcode_text(barcode: &BarcodeFinding) -> String {
    format!("{} {}", barcode.symbology.word(), barcode.text)
}

fn reason_of(fault: Fault) -> Reason {
    match fault {
        Fault::BrokenPicture => Reason::BrokenPicture,
        Fault::PictureIncomplete => Reason::PictureIncomplete,
        Fault::Blank => Reason::Blank,
        Fault::SeveralBarcodes => Reason::SeveralBarcodes,
        Fault::PartOfCode => Reason::PartOfCode,
        Fault::SeveralSheets => Reason::SeveralSheets,
        Fault::FaceDown => Reason::FaceDown,
        Fault::SideMissing => Reason::SideMissing,
        Fault::SamePicture => Reason::SamePicture,
        Fault::LooksDiffer => Reason::ReadingsDiffer,
    }
}

#[cfg(test)]
#[path = "teller_tests.rs"]
mod tests;
