//! How the demo's vouchers look, layout by layout.

use super::draw_face::Design;
use super::draw_pattern::Motif;
use super::fonts::{Role, Words};

/// The campaign's name as it stands on the faces.
pub fn campaign() -> Words {
    Words::new("湖のまちお食事券", "LAKESIDE MEAL VOUCHER")
}

/// The small print.
pub fn notes() -> Vec<Words> {
    vec![
        Words::new(
            "取扱店でのお食事にお使いいただけます。",
            "For meals at member shops of the campaign.",
        ),
        Words::new(
            "つり銭は出ません。現金との引換えはできません。",
            "No change is given. Not redeemable for cash.",
        ),
    ]
}

/// The neighbouring scheme whose vouchers come in by mistake.
pub fn other_campaign() -> Words {
    Words::new("となり町食べ歩きクーポン", "NEXT TOWN FOOD COUPON")
}

/// The look of a layout of the demo's profile; an unknown layout looks like the first.
pub fn of_layout(id: &str) -> Design {
    match id {
        "N" => persimmon(),
        "S" => green(),
        "R" => plum(),
        "W" => vermilion(),
        _ => indigo(),
    }
}

fn indigo() -> Design {
    Design {
        motif: Motif::Mountains,
        paper: [246, 248, 253],
        tint: [64, 104, 176],
        deep: [24, 44, 104],
        accent: [20, 52, 128],
        number: Role::OcrB,
        title: (0.05, 0.215, 5.4),
        value: (0.05, 0.545, 13.0),
        note: (0.455, 0.36, 1.9),
        rosette: (0.30, 0.43, 19.0, 9.0),
        free: (0.84, 0.27),
    }
}

fn persimmon() -> Design {
    Design {
        motif: Motif::Seigaiha,
        paper: [255, 250, 240],
        tint: [222, 140, 56],
        deep: [134, 62, 16],
        accent: [196, 84, 20],
        number: Role::Mono,
        title: (0.055, 0.225, 5.0),
        value: (0.055, 0.875, 14.0),
        note: (0.055, 0.34, 1.8),
        rosette: (0.20, 0.74, 17.0, 7.0),
        free: (0.50, 0.60),
    }
}

fn green() -> Design {
    Design {
        motif: Motif::Shippo,
        paper: [246, 252, 246],
        tint: [74, 154, 104],
        deep: [18, 84, 58],
        accent: [16, 104, 66],
        number: Role::Sans,
        title: (0.32, 0.215, 5.4),
        value: (0.32, 0.525, 12.5),
        note: (0.32, 0.615, 1.8),
        rosette: (0.80, 0.42, 20.0, 12.0),
        free: (0.82, 0.38),
    }
}

fn plum() -> Design {
    Design {
        motif: Motif::Sakura,
        paper: [255, 247, 251],
        tint: [206, 92, 150],
        deep: [124, 26, 86],
        accent: [178, 34, 112],
        number: Role::OcrB,
        title: (0.05, 0.215, 5.2),
        value: (0.05, 0.585, 14.0),
        note: (0.05, 0.70, 1.8),
        rosette: (0.20, 0.46, 18.0, 5.0),
        free: (0.56, 0.42),
    }
}

fn vermilion() -> Design {
    Design {
        motif: Motif::Stream,
        paper: [255, 250, 246],
        tint: [214, 96, 84],
        deep: [132, 26, 26],
        accent: [190, 40, 34],
        number: Role::OcrB,
        title: (0.06, 0.235, 5.0),
        value: (0.06, 0.575, 13.0),
        note: (0.48, 0.42, 1.75),
        rosette: (0.23, 0.47, 17.0, 8.0),
        free: (0.85, 0.30),
    }
}

/// The neighbour's vouchers.
pub fn other_scheme() -> Design {
    Design {
        motif: Motif::Ichimatsu,
        paper: [244, 248, 248],
        tint: [96, 142, 148],
        deep: [36, 74, 82],
        accent: [40, 96, 104],
        number: Role::Mono,
        title: (0.06, 0.225, 5.0),
        value: (0.55, 0.53, 11.5),
        note: (0.06, 0.36, 1.9),
        rosette: (0.72, 0.44, 18.0, 6.0),
        free: (0.40, 0.53),
    }
}
