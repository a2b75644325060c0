//! `deliver`, `verify`.

use super::args::{Deliver, Verify};
use super::campaign::read_text;
use super::hand::print_head;
use super::{CliError, End, Who};
use crate::delivery;
use crate::rig::{RigError, delivering};
use serde_json::json;

pub(super) fn run(who: &Who, args: &Deliver) -> Result<End, CliError> {
    let (rig, by) = who.open()?;
    if let Some(why) = &args.abandon {
        let id = delivering::abandon(&rig, &by, who.with.as_ref(), why)?;
        say_line!(
            "delivery {} is given up; its envelopes can be re-opened",
            rig.genesis.station.delivery(id)
        );
        rig.close()?;
        return Ok(End::Done);
    }
    let Some(out) = &args.out else { return Err(super::say("say where to: --out DIR")) };
    let delivered = delivering::deliver(&rig, &by, who.with.as_ref(), out, &mut |_| {});
    let delivered = match delivered {
        Ok(delivered) => delivered,
        Err(error) => {
            rig.close()?;
            return Err(RigError::from(error).into());
        }
    };
    let number = rig.genesis.station.delivery(delivered.id);
    let dir = delivered.written.dir.display();
    if args.json {
        let head = &delivered.head;
        say_line!(
            "{}",
            json!({"delivery": number, "dir": dir.to_string(), "sheets": head.sheets,
                   "amount": head.amount, "training": head.training, "resumed": delivered.resumed,
                   "manifest": delivered.written.manifest})
        );
    } else {
        if delivered.resumed {
            say_line!("delivery {number} had been cut short; it is finished now");
        }
        say_line!(
            "delivery {number}: {} sheets, {} yen, written, flushed and read back",
            delivered.head.sheets,
            delivered.head.amount
        );
        say_line!("  {dir}");
        say_line!("  manifest {}", delivered.written.manifest);
        say_line!("the medium may be taken out; the client checks it with sha256sum -c SHA256SUMS");
    }
    super::finish(rig)?;
    if !args.json {
        print_head(who)?;
    }
    Ok(End::Done)
}

pub(super) fn verify(args: &Verify) -> Result<End, CliError> {
    let key = args.key.as_deref().map(read_text).transpose()?;
    let report = delivery::verify(&args.dir, key.as_deref())
        .map_err(|error| super::say(error.to_string()))?;
    for line in &report.looked_at {
        say_line!("{line}");
    }
    for finding in &report.findings {
        say_line!("FOUND: {finding}");
    }
    if report.findings.is_empty() {
        say_line!("the delivery is right");
        Ok(End::Done)
    } else {
        Ok(End::No)
    }
}
