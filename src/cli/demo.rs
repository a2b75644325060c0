//! `demo`: a training campaign through all stages, and what it came to.

use super::args::Demo;
use super::{CliError, End, say};
use crate::flow::event::How;
use crate::rig::shift::{Far, Outcome, Plan, play};
use crate::rig::window::{StationPort, not_opened};
use crate::ui::port::Port;
use crate::ui::{Guide, WindowError};
use std::path::{Path, PathBuf};

pub(super) fn run(args: &Demo, data: Option<PathBuf>) -> Result<End, CliError> {
    let data = data.unwrap_or_else(|| {
        let stamp = jiff::ZonedDateTime::now().strftime("%Y%m%d-%H%M%S");
        std::env::temp_dir().join(format!("kenban-demo-{stamp}")).join("data")
    });
    let out = args.out.clone().unwrap_or_else(|| data.with_file_name("delivery"));
    std::fs::create_dir_all(&out)
        .map_err(|error| say(format!("{} can't be made: {error}", out.display())))?;
    if !args.headless && has_display() {
        match guided(&data, &out) {
            Ok(()) => return Ok(End::Done),
            Err(WindowError::Station(why)) => return Err(say(why)),
            Err(error) => note!("kenban: {error}. The shift is played without a window."),
        }
    }
    let plan = Plan {
        vouchers: args.vouchers as usize,
        seed: args.seed,
        data: data.clone(),
        out,
        readers: super::read::cores(),
        far: Far::ToTheEnd,
    };
    let start = std::time::Instant::now();
    let outcome = play(&plan, &mut |line| say_line!("{line}"))?;
    print_table(&outcome, start.elapsed().as_secs_f64());
    if !args.no_screens {
        draw_screens(&plan.out)?;
    }
    if let Some(delivery) = &outcome.delivery {
        let keys = crate::rig::keys::folder()?;
        say_line!("the delivery lies in {}", delivery.display());
        say_line!(
            "  check it:  kenban verify {0} && (cd {0} && sha256sum -c SHA256SUMS)",
            delivery.display()
        );
        say_line!("  the log:   kenban audit --data {}", data.display());
        say_line!("  the station's key, kept apart from the data: {}", keys.display());
    }
    Ok(End::Done)
}

fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// The window on the training campaign, with the guided tour.
fn guided(data: &Path, out: &Path) -> Result<(), WindowError> {
    crate::ui::run("券番 Kenban", Guide::Tour, |host| {
        let mut port = StationPort::training(data, out, host.wake)
            .map_err(|error| not_opened(data, &error))?;
        port.listen(host.x11_window);
        Ok(Box::new(port) as Box<dyn Port>)
    })
}

/// Every screen, in both languages, as pictures beside the delivery.
#[cfg(feature = "screens")]
fn draw_screens(out: &Path) -> Result<(), CliError> {
    let drawn = super::screens::draw(&out.join("screens"), &mut |line| say_line!("{line}"))?;
    say_line!("{drawn} pictures of the screens lie in {}", out.join("screens").display());
    Ok(())
}

#[cfg(not(feature = "screens"))]
fn draw_screens(_out: &Path) -> Result<(), CliError> {
    note!("kenban: built without the feature `screens`, so no screens are drawn");
    Ok(())
}

fn print_table(outcome: &Outcome, seconds: f64) {
    let how = |how: How| outcome.by_how.get(&how).copied().unwrap_or_default();
    let rows: [(&str, String); 12] = [
        ("envelopes", outcome.envelopes.to_string()),
        ("sheets", outcome.sheets.to_string()),
        ("  accepted by machine", how(How::Machine).to_string()),
        ("  checked by eye", how(How::Eye).to_string()),
        ("  keyed by two", how(How::Keyed).to_string()),
        ("  settled", how(How::Settled).to_string()),
        ("  rejected, kept", outcome.rejected.to_string()),
        ("  rejected, returned", outcome.returned.to_string()),
        ("  held", outcome.held.to_string()),
        ("  of the accepted, under provisional numbers", outcome.provisional.to_string()),
        ("delivered envelopes", outcome.envelopes.to_string()),
        ("amount", format!("{} yen", crate::voucher::Yen(outcome.amount))),
    ];
    say_line!("");
    say_line!("TRAINING shift played in {seconds:.1} s");
    for (name, value) in rows {
        say_line!("  {name:<46} {value:>14}");
    }
    say_line!(
        "  keyings: {} refused at once, {} sheets on which the two differed",
        outcome.refused_keys,
        outcome.differing_keys
    );
    say_line!(
        "closed with a difference to the slip, by two people and with a reason (found less declared):"
    );
    for difference in &outcome.differences {
        say_line!("  {difference}");
    }
    say_line!("what the trick sheets came to:");
    for (trick, places) in &outcome.tricks {
        for (place, count) in places {
            say_line!("  {:<34} {count:>4}  {place}", trick.english());
        }
    }
    say_line!("accepted under a number that is not the paper's own: {}", outcome.wrong);
    say_line!("");
}
