//! A new revision of the profile. It may tell more, never change what a number or a sheet is.

use super::Ctx;
use crate::flow::event::Event;
use crate::flow::ids::Sha256;
use crate::flow::person::Duty;
use crate::flow::refusal::Refusal;
use crate::voucher::Profile;

pub(super) fn adopt(ctx: &Ctx<'_>, new: &Profile, sha256: Sha256) -> Result<Vec<Event>, Refusal> {
    ctx.duty(Duty::Import)?;
    if new.revision <= ctx.state.revision {
        return Err(Refusal::RevisionNotHigher { new: new.revision, old: ctx.state.revision });
    }
    if let Some(delivering) = &ctx.state.delivering {
        return Err(Refusal::DeliveryPending(delivering.id));
    }
    if let Some(what) = breaks(ctx.profile, new) {
        return Err(Refusal::ProfileBreaks(what));
    }
    let with = ctx.second(Duty::Import)?;
    Ok(vec![Event::ProfileAdopted { revision: new.revision, sha256, with }])
}

/// What in the new profile would change the identity or the worth of a sheet already counted.
fn breaks(old: &Profile, new: &Profile) -> Option<String> {
    if old.campaign != new.campaign {
        return Some(format!("is for the campaign {}", new.campaign));
    }
    if old.namespace != new.namespace || old.kind_in_identity != new.kind_in_identity {
        return Some("changes what makes a number the same number".to_owned());
    }
    if new.copies < old.copies {
        return Some("lowers how often one number is printed".to_owned());
    }
    for kind in &old.kinds {
        match new.kind(&kind.id) {
            None => return Some(format!("drops the kind {}", kind.id)),
            Some(now) if now.face != kind.face => {
                return Some(format!("changes the face value of the kind {}", kind.id));
            }
            Some(_) => {}
        }
    }
    for layout in &old.layouts {
        match new.layout(&layout.id) {
            None => return Some(format!("drops the layout {}", layout.id)),
            Some(now) if now.number != layout.number => {
                return Some(format!("changes the numbers of the layout {}", layout.id));
            }
            Some(_) => {}
        }
    }
    None
}
