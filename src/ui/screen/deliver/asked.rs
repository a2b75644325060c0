//! What the screen asks the station, and what becomes of the answers and of a delivery's steps.

use super::{Deliver, Files, Work, leaving, run, trouble};
use crate::flow::{DeliveryId, EnvelopeId};
use crate::ui::port::{Answer, DeliveryStep, Heard, Order, Query, Ticket};
use crate::ui::screen::Cx;
use crate::ui::settings::Settings;

/// Sticks come and go: they are looked for so often, seconds.
pub(super) const LOOK_EVERY: f64 = 2.0;
/// The log may grow with every sheet of a folder that is being counted; what is ready is asked for no
/// more often than this, seconds.
const ASK_EVERY: f64 = 0.5;

/// The newest question of each sort, and about what.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub points: Option<Ticket>,
    pub points_at: f64,
    pub seq: u64,
    pub targets: Option<Ticket>,
    pub targets_at: f64,
    pub files: Option<Ticket>,
    pub leaving: Option<(Option<DeliveryId>, Vec<EnvelopeId>)>,
    pub earlier: Option<Ticket>,
    pub second: Option<Ticket>,
    pub give_up: Option<Ticket>,
}

impl Deliver {
    /// Asks what is not known, or may be known no more.
    pub(super) fn ask(&mut self, cx: &mut Cx<'_>) {
        let asked = &mut self.asked;
        if asked.targets.is_none() && cx.now >= asked.targets_at {
            asked.targets_at = cx.now + LOOK_EVERY;
            asked.targets = Some(cx.ask(Query::Targets));
        }
        let new = asked.seq != cx.view.seq || self.points.is_none();
        if new && asked.points.is_none() && cx.now >= asked.points_at {
            asked.seq = cx.view.seq;
            asked.points_at = cx.now + ASK_EVERY;
            asked.points = Some(cx.ask(Query::Preflight));
        }
        let leaving = (cx.view.delivering, leaving(cx.view).map(|it| it.id).collect::<Vec<_>>());
        if asked.leaving.as_ref() != Some(&leaving) {
            asked.leaving = Some(leaving);
            asked.files = Some(cx.ask(Query::FirstLines));
            asked.earlier = Some(cx.ask(Query::Deliveries));
            self.files = Files::Coming;
        }
    }

    pub(super) fn found(&mut self, ticket: Ticket, answer: &Answer) {
        let asked = &mut self.asked;
        let is = |slot: &mut Option<Ticket>| slot.take_if(|it| *it == ticket).is_some();
        if is(&mut asked.points) {
            match answer {
                Answer::Preflight(points) => self.points = Some(points.clone()),
                // It is asked again in a moment.
                _ => asked.seq = u64::MAX,
            }
        } else if is(&mut asked.targets) {
            if let Answer::Targets(targets) = answer {
                self.targets.clone_from(targets);
            }
        } else if is(&mut asked.files) {
            self.files = match answer {
                Answer::FirstLines(files) => Files::Here(files.clone()),
                Answer::Failed(why) => Files::Failed(why.clone()),
                _ => Files::Coming,
            };
        } else if is(&mut asked.earlier)
            && let Answer::Deliveries(earlier) = answer
        {
            self.earlier.clone_from(earlier);
        }
    }

    pub(super) fn step(&mut self, step: &DeliveryStep, cx: &mut Cx<'_>) {
        match step {
            DeliveryStep::Done { id, folder, sheets, amount } => {
                let (folder, sheets, amount) = (folder.clone(), *sheets, *amount);
                self.work = Work::Done(run::Done { id: *id, folder, sheets, amount });
                self.failure = None;
                cx.order(Order::Try(Heard::Complete));
                self.remember(cx);
            }
            DeliveryStep::Failed { fault, why, still_prepared } => {
                self.work = Work::Idle;
                self.failure = Some(trouble::Failure::new(fault, why, *still_prepared));
                cx.order(Order::Try(Heard::Stop));
            }
            on_the_way => {
                self.failure = None;
                let now = cx.now;
                match &mut self.work {
                    Work::Running(run) => run.step(on_the_way, now),
                    work => {
                        let mut run = run::Run::new(now);
                        run.step(on_the_way, now);
                        *work = Work::Running(run);
                    }
                }
            }
        }
        self.asked.leaving = None;
    }

    /// The next delivery most likely goes to the same place.
    fn remember(&mut self, cx: &mut Cx<'_>) {
        let Some(went) = self.place.going.take() else { return };
        if let Some(went) = went.to_str()
            && went != cx.settings.target
        {
            let settings = Settings { target: went.to_owned(), ..cx.settings.clone() };
            cx.order(Order::Save(settings));
        }
    }
}
