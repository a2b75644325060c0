//! Bytes as pixels of a sheet: any picture gets findings, and these a verdict.
#![no_main]

use kenban::given::given;
use kenban::reader::{explain, read, read_barcodes, read_line, survey};
use kenban::voucher::{Issued, Symbology, Verdict, judge};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: kenban::only_uncaught_panics(), |bytes: &[u8]| {
    let Some(given) = given(bytes) else {
        return;
    };
    let found = read(&given.picture, given.side, given.profile);
    let pixels = found.number_crop.width * found.number_crop.height;
    assert!(pixels > 0 && found.number_crop.data.len() == pixels);
    for ledger in [Issued::NoLedger, Issued::Yes, Issued::No] {
        let judged = judge(given.profile, &found.reading, &|_| ledger, None);
        assert!(judged.verdict != Verdict::Accept || judged.number.is_some());
    }
    match bytes.last().unwrap_or(&0) % 8 {
        0 => assert_eq!(
            explain(&given.picture, given.side, given.profile).findings.reading,
            found.reading
        ),
        1 => drop(read_barcodes(&given.picture, &Symbology::ALL)),
        2 => drop(survey(&given.picture, 2.27, given.side, &Symbology::ALL, &read_line)),
        _ => {}
    }
});
