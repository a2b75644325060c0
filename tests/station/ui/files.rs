//! Made-up sheets with their stories, and a station that answers with them.

use super::fixture::{Window, person, picture};
use crate::world;
use egui::Key;
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::civil::date;
use kenban::flow::event::{
    Accepted, Capture, Counted, Event, How, Keyed, Place, SheetTaken, Source,
};
use kenban::flow::state::{Envelope, Phase, Sheet};
use kenban::flow::view::EnvelopeView;
use kenban::flow::{DeliveryId, EnvelopeId, FeedId, Recorded, SheetId, Stamp};
use kenban::ui::port::{Answer, FoundSheet, PictureSize, Pixels, Query, SheetFile};
use kenban::voucher::{
    BarcodeFinding, KindId, LayoutId, Number, PrintedFinding, Reading, Reason, Side, Symbology,
    Verdict, Yen,
};

/// A sheet as the station would answer with it.
#[derive(Clone)]
pub struct Made {
    pub sheet: Sheet,
    pub shop: String,
    pub shop_name: String,
    pub delivered: Option<DeliveryId>,
    pub story: Vec<Recorded>,
}

pub fn sheet_id(envelope: u64, ordinal: u32) -> SheetId {
    SheetId { envelope: EnvelopeId(envelope), ordinal }
}

/// A number of the first layout.
pub fn number(serial: u64) -> Number {
    let profile = world::profile();
    world::number(&profile, profile.layouts[0].id.as_str(), 690_060_200 + serial)
}

pub fn accepted(serial: u64) -> Place {
    let number = Counted::Number(number(serial));
    Place::Accepted(Accepted { number, how: How::Settled, yen: Yen(1000) })
}

/// A sheet of envelope 124.
pub fn made(ordinal: u32, place: Place) -> Made {
    let sheet = Sheet {
        id: sheet_id(124, ordinal),
        kind: Some(KindId::new("1000")),
        layout: Some(LayoutId::new("A")),
        captures: Vec::new(),
        read: None,
        verdict: Verdict::Accept,
        reasons: Vec::new(),
        revision: 1,
        place,
        keyings: Vec::new(),
        touched: false,
        agreed: None,
        over: Vec::new(),
        repeats: None,
        stopped: Vec::new(),
    };
    let (shop, shop_name) = ("A0321004".to_owned(), "そば処 しなの".to_owned());
    Made { sheet, shop, shop_name, delivered: None, story: Vec::new() }
}

/// One look by the scanner.
pub fn look(ordinal: u32) -> Vec<Capture> {
    let name = format!("{ordinal:04}.jpg");
    let source = Source::File { feed: FeedId(1), name, size: 220_000, sha256: picture(ordinal) };
    vec![Capture { side: Side::Front, source, reading: Reading::default() }]
}

fn recorded(seq: u64, by: &str, event: Event) -> Recorded {
    let at = Stamp { ms: 1_795_496_700_000 + seq.cast_signed() * 1000, offset_min: 540 };
    Recorded { seq, at, by: person(by), event }
}

pub fn taken(ordinal: u32, place: Place, reasons: &[Reason]) -> Recorded {
    let mut captures = look(ordinal);
    if place != Place::Entry {
        let text = number(u64::from(ordinal)).to_string();
        captures[0].reading.barcode = Some(BarcodeFinding { symbology: Symbology::Code128, text });
        let read = number(u64::from(ordinal));
        captures[0].reading.printed =
            Some(PrintedFinding { free: read.to_string(), number: Some(read), confidence: 993 });
    }
    let event = Event::SheetTaken(SheetTaken {
        sheet: sheet_id(124, ordinal),
        kind: Some(KindId::new("1000")),
        layout: None,
        operator_kind: None,
        captures,
        read: None,
        verdict: Verdict::Accept,
        reasons: reasons.to_vec(),
        profile: 1,
        place,
    });
    recorded(1, "o1", event)
}

pub fn keyed(ordinal: u32, by: &str, answer: Keyed, place: Place) -> Recorded {
    let sheet = sheet_id(124, ordinal);
    let event = Event::SheetKeyed { sheet, answer, kind: None, settled_kind: None, place };
    recorded(2, by, event)
}

pub fn settled(ordinal: u32, by: &str, place: Place, reason: &str, with: Option<&str>) -> Recorded {
    let event = Event::SheetSettled {
        sheet: sheet_id(124, ordinal),
        kind: None,
        place,
        reason: reason.to_owned(),
        over: Vec::new(),
        with: with.map(person),
    };
    recorded(4, by, event)
}

pub fn found(made: &Made) -> FoundSheet {
    let number = match &made.sheet.place {
        Place::Accepted(Accepted { number: Counted::Number(number), .. })
        | Place::Check { number } => Some(number.to_string()),
        _ => made.sheet.read.as_ref().map(ToString::to_string),
    };
    FoundSheet {
        sheet: made.sheet.id,
        number,
        kind: made.sheet.kind.clone(),
        place: made.sheet.place.word().to_owned(),
        repeats: made.sheet.repeats,
        shop: made.shop.clone(),
        shop_name: made.shop_name.clone(),
        arrived: date(2026, 11, 20),
        delivered: made.delivered,
    }
}

pub fn envelope_of(id: u64, sheets: Vec<Sheet>) -> Envelope {
    Envelope {
        id: EnvelopeId(id),
        shop: "A0321004".to_owned(),
        slip: kenban::flow::event::Slip::new(),
        arrived: date(2026, 11, 20),
        business_day: date(2026, 11, 24),
        bundle: 100,
        phase: Phase::Open,
        feeds: Vec::new(),
        sheets,
        asides: Vec::new(),
    }
}

/// The station answers with these sheets: a search finds a sheet by its ordinal, or by what its
/// number begins with.
pub fn answer(window: &mut Window, sheets: Vec<Made>) {
    let answer = move |query: &Query| match query {
        Query::Search(text) => {
            let fits = |made: &&Made| {
                made.sheet.id.ordinal.to_string() == *text
                    || found(made).number.is_some_and(|it| it.starts_with(text.as_str()))
            };
            let found = sheets.iter().filter(fits).map(found).collect();
            Some(Answer::Search { text: text.clone(), found, more: false })
        }
        Query::Sheet(id) => {
            let made = sheets.iter().find(|it| it.sheet.id == *id);
            Some(Answer::Sheet(made.map(|made| {
                Box::new(SheetFile {
                    sheet: made.sheet.clone(),
                    shop: made.shop.clone(),
                    shop_name: made.shop_name.clone(),
                    position: made.sheet.id.ordinal,
                    delivered: made.delivered,
                    story: made.story.clone(),
                })
            })))
        }
        Query::Envelope(id) => {
            let own = sheets.iter().filter(|it| it.sheet.id.envelope == *id);
            let own = own.map(|it| it.sheet.clone()).collect();
            Some(Answer::Envelope(Some(Box::new(envelope_of(id.0, own)))))
        }
        Query::Picture(picture) => {
            Some(Answer::Pixels(vec![(*picture, PictureSize::Whole, voucher())]))
        }
        _ => None,
    };
    window.shared.0.lock().unwrap().answers.push(Box::new(answer));
}

/// A made-up voucher's face: paper, a frame, bars, a line of figures.
fn voucher() -> Pixels {
    let (width, height) = (600_usize, 264_usize);
    let mut rgb = vec![0_u8; width * height * 3];
    for y in 0..height {
        for x in 0..width {
            let edge = x < 6 || y < 6 || x >= width - 6 || y >= height - 6;
            let bars = (24..260).contains(&x) && (190..240).contains(&y) && (x * 7 / 5) % 4 < 2;
            let figures = (370..570).contains(&x) && (200..224).contains(&y) && x % 18 < 11;
            let title = (40..330).contains(&x) && (40..84).contains(&y) && x % 48 < 36;
            let grey = if bars || figures || title { 60 } else { 232 };
            let at = (y * width + x) * 3;
            rgb[at..at + 3].copy_from_slice(&if edge { [180, 150, 90] } else { [grey; 3] });
        }
    }
    Pixels { width, height, rgb: rgb.into() }
}

/// So many sheets of a kind in hand, held and rejected, besides those accepted.
pub fn stand(envelope: &mut EnvelopeView, kind: &str, in_hand: u64, held: u64, rejected: u64) {
    let line = envelope.tally.lines.entry(kind.to_owned()).or_default();
    line.in_hand += in_hand;
    line.held += held;
    line.rejected += rejected;
    line.taken += in_hand + held + rejected;
    envelope.held = (1..=u32::try_from(held).unwrap()).collect();
    for ordinal in 0..u32::try_from(in_hand).unwrap() {
        envelope.entry.push(kenban::flow::view::EntryItem {
            ordinal: 50 + ordinal,
            position: 50 + ordinal,
            keyed_by: Vec::new(),
            kind: None,
            layout: None,
            reasons: Vec::new(),
            picture: None,
        });
    }
}

/// The second person comes: the number among all people but the first one, then Enter.
pub fn person_second(window: &mut Window, first: &str, second: &str) {
    assert!(
        window.harness.query_by_label("A second person, please").is_some(),
        "nobody is asked for"
    );
    let people = window.shared.0.lock().unwrap().view.people.clone();
    let mut others = people.iter().filter(|it| it.id != person(first));
    let number = others.position(|it| it.id == person(second)).unwrap() + 1;
    window.type_text(&number.to_string());
    window.press(Key::Enter);
}

/// Nothing that has a name stands outside the window, but for rows that scroll.
pub fn inside(window: &Window, size: (f32, f32)) {
    for node in window.harness.root().children_recursive() {
        let node = node.accesskit_node();
        let Some(bounds) = node.bounding_box() else { continue };
        let right = bounds.x1 as f32;
        assert!(right <= size.0 * 2.0 + 1.0, "{:?} reaches to {right}", node.label());
    }
}
