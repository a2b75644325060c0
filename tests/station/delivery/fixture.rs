//! A small fixed delivery with everything that a delivery can hold.

use jiff::civil::date;
use kenban::delivery::signature::KeyPair;
use kenban::delivery::{self, DeliveryError, Medium, Written};
use kenban::flow::event::{Accepted, Counted, How, Place};
use kenban::flow::ids::{DeliveryId, EnvelopeId, Sha256, SheetId, Station};
use kenban::flow::person::PersonId;
use kenban::flow::rows::{DeliveryHead, EnvelopeRow, SheetRow, Totals};
use kenban::voucher::profile::*;
use kenban::voucher::{KindId, Number, Yen};
use proptest::prelude::*;
use std::convert::Infallible;
use std::path::Path;

pub type Envelope = (EnvelopeRow, Vec<SheetRow>);

pub fn number(text: &str) -> Number {
    serde_json::from_value(serde_json::json!(text)).unwrap()
}

pub fn key() -> KeyPair {
    KeyPair::from_secret_text(include_str!("../golden/station.key")).unwrap()
}

pub fn profile() -> Profile {
    let kind =
        |id: &str, face| Kind { id: KindId::new(id), name: format!("{id}円券"), face: Yen(face) };
    Profile {
        campaign: "naganogte".into(),
        name: "試験".into(),
        revision: 3,
        kinds: vec![kind("1000", 1000), kind("500", 500)],
        layouts: vec![],
        namespace: "a".into(),
        kind_in_identity: false,
        copies: 1,
        validity: vec![],
        accept: AcceptRule::Standard,
        eye_check: EyeCheck::Doubtful,
        provisional: Provisional { prefix: "K".into(), paid: true },
        bundle: 100,
        defects: vec![Defect {
            id: "no_stamp".into(),
            name: "判子なし".into(),
            outcome: DefectOutcome::RejectedReturned,
        }],
        fee: Some(Fee {
            rate: FeeRate::BasisPoints(250),
            rounding: Rounding::Down,
            per: FeePer::Closing,
        }),
        delivery: DeliveryForm {
            encoding: Encoding::Utf8,
            header: true,
            numbers_file: "読取券番号データ_{date}_{no}".into(),
            results_file: "回収券読取結果データ_{date}_{no}".into(),
            shops_file: "店舗別集計_{date}_{no}".into(),
            envelopes_file: "封筒別集計_{date}_{no}".into(),
        },
    }
}

pub fn head() -> DeliveryHead {
    DeliveryHead {
        delivery: DeliveryId(7),
        station: Station::new("01").unwrap(),
        campaign: "naganogte".into(),
        campaign_id: "0123456789abcdef0123456789abcdef".into(),
        training: false,
        date: date(2020, 12, 25),
        by: PersonId::new("sato").unwrap(),
        with: PersonId::new("suzuki").unwrap(),
        profile_revision: 3,
        log_seq: 4711,
        log_head: Sha256([0xAB; 32]),
        key: key().public_text(),
        sheets: 9,
        amount: Yen(4500),
    }
}

pub fn accepted(text: &str, how: How, yen: i64) -> Place {
    Place::Accepted(Accepted { number: Counted::Number(number(text)), how, yen: Yen(yen) })
}

fn rejected(reason: &str, returned: bool) -> Place {
    Place::Rejected { reason: reason.into(), defect: None, returned }
}

fn envelope(
    id: u64,
    shop: &str,
    name: &str,
    slip: &[(&str, u32)],
    sheets: Vec<(Option<&str>, Option<&str>, Place)>,
) -> Envelope {
    let envelope = EnvelopeId(id);
    let rows = (1..)
        .zip(sheets)
        .map(|(position, (kind, read, place))| SheetRow {
            // one sheet was undone, so ordinals run ahead of positions
            sheet: SheetId {
                envelope,
                ordinal: if position > 3 { position + 1 } else { position },
            },
            position,
            kind: kind.map(KindId::new),
            read: read.map(number),
            keyed: None,
            repeats: None,
            place,
        })
        .collect::<Vec<_>>();
    let row = EnvelopeRow {
        envelope,
        shop: shop.into(),
        shop_name: name.into(),
        arrived: date(2020, 12, 21),
        business_day: date(2020, 12, 22),
        slip: slip.iter().map(|(kind, count)| (KindId::new(kind), *count)).collect(),
        totals: totals(&rows),
        bundles: 0,
        loose: 5,
        difference_reason: None,
    };
    (row, rows)
}

/// What the flow would state of these rows.
pub fn totals(rows: &[SheetRow]) -> Totals {
    let mut totals = Totals::default();
    for row in rows {
        match &row.place {
            Place::Accepted(it) => {
                totals.accepted += 1;
                totals.provisional += u64::from(matches!(it.number, Counted::Provisional(_)));
                totals.amount.0 += it.yen.0;
                let kind = row.kind.as_ref().map(ToString::to_string).unwrap_or_default();
                *totals.by_kind.entry(kind).or_default() += 1;
            }
            Place::Rejected { returned: true, .. } => totals.rejected_returned += 1,
            Place::Rejected { .. } => totals.rejected_kept += 1,
            Place::Held { .. } => totals.held += 1,
            _ => {}
        }
    }
    totals
}

pub fn envelopes() -> Vec<Envelope> {
    let provisional = Place::Accepted(Accepted {
        number: Counted::Provisional("K01-00124-003".into()),
        how: How::Settled,
        yen: Yen(1000),
    });
    let mut first = envelope(
        124,
        "A0000012",
        "髙島屋〜飯田店, \"1F\"",
        &[("1000", 3), ("500", 1)],
        vec![
            (Some("1000"), Some("A69006026720"), accepted("A69006026720", How::Machine, 1000)),
            (Some("500"), Some("00012345678901"), accepted("00012345678901", How::Eye, 500)),
            (Some("1000"), None, provisional),
            (
                Some("1000"),
                Some("A69006026738"),
                Place::Rejected {
                    reason: String::new(),
                    defect: Some("no_stamp".into()),
                    returned: true,
                },
            ),
        ],
    );
    first.0.bundles = 2;
    first.0.loose = 0;
    // The number of the sheet that goes back counts in the other envelope.
    first.1[3].repeats = Some(SheetId { envelope: EnvelopeId(125), ordinal: 1 });
    let mut second = envelope(
        125,
        "A0000007",
        "﨑田屋 か\u{3099}き",
        &[("1000", 4)],
        vec![
            (Some("1000"), Some("A69006026738"), accepted("A69006026738", How::Keyed, 1000)),
            (
                Some("1000"),
                None,
                Place::Held { reason: "番号が読めない\n要確認".into(), defect: None },
            ),
            (None, None, rejected("他の県の券", false)),
            (Some("1000"), None, accepted("A00000000001", How::Settled, 1000)),
            (Some("500"), None, accepted("X", How::Settled, 0)),
        ],
    );
    // No machine read it, two people keyed it alike, and it is held all the same.
    second.1[1].keyed = Some(number("A69006026746"));
    second.0.difference_reason = Some("伝票の書き間違い".into());
    vec![first, second]
}

pub fn any_place() -> impl Strategy<Value = Place> {
    let how = prop_oneof![Just(How::Machine), Just(How::Eye), Just(How::Keyed)];
    prop_oneof![
        ("[A-Z]?[0-9]{1,20}", how, prop_oneof![Just(0), Just(500), Just(1000)])
            .prop_map(|(text, how, yen)| accepted(&text, how, yen)),
        "K[0-9]{3}".prop_map(|text| Place::Accepted(Accepted {
            number: Counted::Provisional(text),
            how: How::Settled,
            yen: Yen(1000),
        })),
        ("[a-zあ-ん,\"\r\n=]{0,9}", any::<bool>())
            .prop_map(|(reason, returned)| rejected(&reason, returned)),
        "[あ-ん]{0,9}".prop_map(|reason| Place::Held { reason, defect: None }),
    ]
}

pub fn made_of(sheets: &[Vec<Place>]) -> Vec<Envelope> {
    let kinds = [Some("1000"), Some("500"), None, Some("2000")];
    (1..)
        .zip(sheets)
        .map(|(id, places)| {
            let sheets = places.iter().enumerate();
            let sheets = sheets.map(|(i, place)| (kinds[i % 4], None, place.clone())).collect();
            envelope(
                id,
                if id % 2 == 0 { "B" } else { "A" },
                "店",
                &[("1000", 2), ("2000", 1)],
                sheets,
            )
        })
        .collect()
}

pub fn write(
    medium: &dyn Medium,
    out: &Path,
    head: &DeliveryHead,
    profile: &Profile,
    rows: &[Envelope],
) -> Result<Written, DeliveryError> {
    write_signed(medium, out, head, profile, rows, &key())
}

pub fn write_signed(
    medium: &dyn Medium,
    out: &Path,
    head: &DeliveryHead,
    profile: &Profile,
    rows: &[Envelope],
    key: &KeyPair,
) -> Result<Written, DeliveryError> {
    let mut rows = rows.iter().cloned().map(Ok::<_, Infallible>);
    let sign = |bytes: &[u8]| key.sign(bytes, "kenban delivery 01-0007").map_err(|e| e.to_string());
    delivery::write(medium, out, head, profile, &mut rows, &sign, &mut |_| {})
}
