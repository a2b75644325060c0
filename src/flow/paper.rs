//! Law 10: what to do with the paper in hand, in one plain sentence, Japanese and English.

use super::event::Place;
use crate::voucher::Reason;

/// Numbered trays on the desk, so that screen and desk speak the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tray {
    /// The pile of sheets that are done.
    Done,
    /// 1 手入力
    Entry,
    /// 2 重複
    Duplicate,
    /// 3 責任者
    Supervisor,
    /// 4 対象外・返却
    Returned,
}

impl Tray {
    /// Where the paper of a sheet in this place belongs. `None`: nothing was taken.
    pub fn of(place: &Place, reasons: &[Reason]) -> Option<Tray> {
        let all = |wanted: Reason| match place {
            Place::Settle { reasons: own, .. } => {
                own.contains(&wanted) || reasons.contains(&wanted)
            }
            _ => reasons.contains(&wanted),
        };
        match place {
            Place::Accepted(_) | Place::Check { .. } => Some(Tray::Done),
            Place::Entry => Some(Tray::Entry),
            Place::Settle { .. } if all(Reason::Duplicate) => Some(Tray::Duplicate),
            Place::Settle { .. } if all(Reason::OtherScheme) => Some(Tray::Returned),
            Place::Settle { .. } | Place::Held { .. } => Some(Tray::Supervisor),
            Place::Rejected { returned: true, .. } => Some(Tray::Returned),
            Place::Rejected { returned: false, .. } => Some(Tray::Supervisor),
            Place::Same { .. } | Place::Undone => None,
        }
    }

    pub fn sentence_ja(self) -> &'static str {
        match self {
            Tray::Done => "紙はそのまま重ねてください。",
            Tray::Entry => "紙をトレイ1（手入力）に置いてください。",
            Tray::Duplicate => "紙をトレイ2（重複）に置いてください。",
            Tray::Supervisor => "紙をトレイ3（責任者）に置いてください。",
            Tray::Returned => "紙をトレイ4（対象外・返却）に置いてください。",
        }
    }

    pub fn sentence_en(self) -> &'static str {
        match self {
            Tray::Done => "Leave the sheet on the pile.",
            Tray::Entry => "Put the sheet in tray 1 (keying).",
            Tray::Duplicate => "Put the sheet in tray 2 (repeated).",
            Tray::Supervisor => "Put the sheet in tray 3 (supervisor).",
            Tray::Returned => "Put the sheet in tray 4 (other scheme, return).",
        }
    }
}

/// The sentence for the paper of a sheet that was just acted on.
pub fn sentence_en(place: &Place, reasons: &[Reason]) -> &'static str {
    Tray::of(place, reasons)
        .map_or("Take the sheet off the pile and lay it again.", Tray::sentence_en)
}

pub fn sentence_ja(place: &Place, reasons: &[Reason]) -> &'static str {
    Tray::of(place, reasons).map_or("紙を取りのけて、置き直してください。", Tray::sentence_ja)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::voucher::Reason;

    #[test]
    fn every_reason_says_what_to_do() {
        for reason in Reason::ALL {
            let place = Place::Settle { reasons: vec![reason], others: Vec::new(), blocked: None };
            let tray = Tray::of(&place, &[]).unwrap();
            assert!(tray != Tray::Done, "{reason:?} leaves a stopped sheet on the pile");
            assert!(sentence_en(&place, &[]).starts_with("Put the sheet in tray "), "{reason:?}");
            assert!(sentence_ja(&place, &[]).contains("トレイ"), "{reason:?}");
        }
        let duplicate =
            Place::Settle { reasons: vec![Reason::Duplicate], others: Vec::new(), blocked: None };
        assert_eq!(Tray::of(&duplicate, &[]), Some(Tray::Duplicate));
        assert_eq!(Tray::of(&Place::Entry, &[Reason::NothingRead]), Some(Tray::Entry));
        assert_eq!(Tray::of(&Place::Undone, &[]), None);
    }
}
