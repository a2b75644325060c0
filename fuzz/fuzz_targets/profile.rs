//! Bytes as a profile's file and, after a zero, as what was keyed, scanned and printed.
#![no_main]

use kenban::voucher::profile::Identified;
use kenban::voucher::{
    BarcodeFinding, Issued, PrintedFinding, Reading, Symbology, Verdict, judge, profile_file,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: kenban::only_uncaught_panics(), |bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split('\0');
    let (file, keyed) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let Ok(profile) = profile_file::parse(file) else {
        return;
    };
    // What is written says the same as what was read.
    let written = profile_file::write(&profile);
    let again = profile_file::parse(&written).expect("our own file is right");
    assert_eq!(profile_file::write(&again), written);
    let printed = match profile.identify(keyed) {
        Identified::Number { number, layout } => {
            // What is taken once is taken again, as it is kept and as it is printed.
            let grammar = &profile.layout(&layout).expect("a layout that is there").number;
            assert_eq!(grammar.parse(number.as_str()).as_ref(), Ok(&number));
            assert_eq!(grammar.parse(&grammar.printed(&number)).as_ref(), Ok(&number));
            Some(number)
        }
        _ => {
            drop(profile.explain(keyed).to_string());
            None
        }
    };
    for symbology in Symbology::ALL {
        let scanned = parts.clone().next().unwrap_or(keyed).to_owned();
        let reading = Reading {
            barcode: Some(BarcodeFinding { symbology, text: scanned }),
            printed: Some(PrintedFinding {
                number: printed.clone(),
                free: keyed.to_owned(),
                confidence: 950,
            }),
            ..Reading::default()
        };
        let judged = judge(&profile, &reading, &|_| Issued::NoLedger, None);
        // Without a ledger only two readings that say the same are enough.
        if judged.verdict == Verdict::Accept {
            assert!(printed.is_some() && judged.number == printed);
        }
    }
});
