//! Where the hand is, and what its keys do.

use super::face::{Which, fresh, nudged};
use super::model::{Key, Model};
use super::{Asked, Fault, Holding, Item, Page, Room, Teach, typed};
use crate::ui::command::{Command, Pressed};
use crate::ui::lesson::Lesson;
use crate::ui::screen::steps::{Step, hold_focus};
use crate::voucher::profile::Area;
use crate::voucher::teach::{CheckChoice, LayoutProposal, fits};
use crate::voucher::{KindId, Side};
use egui::{Key as Press, Ui};
use std::path::PathBuf;

impl Teach {
    /// The items of the shown page, in order.
    pub(super) fn items(&self, camera: bool) -> Vec<Item> {
        let take = |item: Item| camera.then_some(item);
        match self.page {
            Page::Samples => {
                let mut items = vec![Item::Name, Item::Id, Item::Kinds, Item::Width, Item::Height];
                items.extend([Item::Side, Item::Path]);
                items.extend(take(Item::Take));
                items.extend(self.model.shown.iter().map(|one| Item::Sample(one.key)));
                if !self.model.layouts().is_empty() {
                    items.push(Item::ToProposal);
                }
                items
            }
            Page::Proposal => {
                let Some(layout) = self.proposed() else { return vec![Item::ToTrial] };
                let mut items = Vec::new();
                if self.model.layouts().len() > 1 {
                    items.push(Item::Layout);
                }
                items.extend([Item::Face, Item::Box(Which::Number)]);
                if layout.barcode.is_some() {
                    items.push(Item::Box(Which::Barcode));
                }
                items.extend((0..layout.form.len()).map(Item::Place));
                items.extend([Item::Groups, Item::Check]);
                if self.model.typed.yen().len() > 1 {
                    items.push(Item::Kind);
                }
                items.push(Item::ToTrial);
                items
            }
            Page::Trial => {
                let mut items = vec![Item::TryPath];
                items.extend(take(Item::TryTake));
                items.extend(self.model.trials.iter().map(|one| Item::Trial(one.key)));
                items.extend([Item::KeepAs, Item::Keep]);
                items
            }
        }
    }

    pub(super) fn go_to(&mut self, item: Item) {
        if self.at == Item::Groups && item != Item::Groups {
            self.take_groups();
        }
        self.at = item;
        self.arrived = true;
        self.holding = None;
    }

    /// The hand is never at what is gone.
    pub(super) fn stay(&mut self, camera: bool) {
        let items = self.items(camera);
        if !items.contains(&self.at) {
            let first = items.iter().find(|it| **it == self.page.path()).or(items.first());
            if let Some(item) = first.copied() {
                self.go_to(item);
            }
        }
        let now = self.proposed().map(|layout| layout.form.groups.clone()).unwrap_or_default();
        if self.at != Item::Groups && self.groups_of != now {
            self.show_groups();
        }
    }

    pub(super) fn open_page(&mut self, page: Page, camera: bool) {
        self.model.follow_size();
        self.drag = None;
        self.page = page;
        self.problem = None;
        self.kept = None;
        self.path.clear();
        if page == Page::Trial {
            self.model.try_learned();
            let id = self.model.typed.id().unwrap_or_default();
            // The name follows the id until a person typed another.
            if !id.is_empty() && (self.keep_as.is_empty() || self.keep_as == self.kept_as) {
                self.keep_as = format!("{id}.toml");
                self.kept_as.clone_from(&self.keep_as);
            }
        }
        let first = match page {
            Page::Samples => Item::ToProposal,
            Page::Proposal => self.items(camera).first().copied().unwrap_or(Item::ToTrial),
            Page::Trial => Item::TryPath,
        };
        self.go_to(first);
        self.show_groups();
    }

    /// The layout that is shown.
    pub(super) fn proposed(&self) -> Option<&LayoutProposal> {
        self.model.layouts().get(self.layout_no())
    }

    pub(super) fn layout_no(&self) -> usize {
        let has = |layout: &LayoutProposal| {
            self.layout.is_some_and(|key| self.model.keys_of(layout).contains(&key))
        };
        self.model.layouts().iter().position(has).unwrap_or(0)
    }

    pub(super) fn show_layout(&mut self, no: usize) {
        let keys = self.model.layouts().get(no).map(|layout| self.model.keys_of(layout));
        self.layout = keys.and_then(|keys| keys.first().copied());
        self.face = None;
        self.drag = None;
        self.show_groups();
    }

    /// The sample whose face is shown: one of the layout's.
    pub(super) fn face_shown(&self) -> Option<Key> {
        let keys = self.model.keys_of(self.proposed()?);
        let flat = |key: &&Key| self.model.is_straight(**key);
        let first = keys.iter().find(flat).or(keys.first()).copied();
        self.face.filter(|key| keys.contains(key)).or(first)
    }

    /// A step by keys.
    pub(super) fn step(&mut self, step: Step, room: &mut Room<'_>) {
        if self.holding.is_some() {
            match step {
                Step::Enter => self.hold_on(),
                Step::Up => self.nudge(0, -1),
                Step::Down => self.nudge(0, 1),
                Step::Next | Step::Previous => self.holding = None,
            }
            return;
        }
        match step {
            Step::Enter => self.enter(room),
            Step::Down => self.by(1, room.camera),
            Step::Up => self.by(-1, room.camera),
            Step::Next => self.past(1, room.camera),
            Step::Previous => self.past(-1, room.camera),
        }
    }

    /// As by arrows, but a list or the number's places are one stop, and after the last comes the first.
    fn past(&mut self, by: isize, camera: bool) {
        let items = self.items(camera);
        let Some(now) = items.iter().position(|item| *item == self.at) else { return };
        let mut next = now;
        for _ in 0..items.len() {
            next = (next.cast_signed() + by).rem_euclid(items.len().cast_signed()).unsigned_abs();
            let same = items.get(next).zip(items.get(now));
            if same.is_none_or(|(next, now)| !next.is_of(*now)) {
                break;
            }
        }
        // Backwards too a list is come to at its beginning.
        while let (Some(here), Some(before)) =
            (items.get(next), next.checked_sub(1).and_then(|at| items.get(at)))
            && before.is_of(*here)
        {
            next -= 1;
        }
        if let Some(item) = items.get(next) {
            self.go_to(*item);
        }
    }

    /// The one thing to do on the page, from wherever the hand is.
    pub fn main(&mut self, room: &mut Room<'_>) {
        let item = match self.page {
            Page::Samples => Item::ToProposal,
            Page::Proposal => Item::ToTrial,
            Page::Trial => Item::Keep,
        };
        // What is typed and not taken yet counts as typed.
        self.model.follow_size();
        if self.items(room.camera).contains(&item) {
            self.go_to(item);
            self.enter(room);
        }
    }

    /// The key for it.
    pub fn main_command(&self) -> Command {
        if self.page == Page::Trial { Command::TeachKeep } else { Command::TeachOn }
    }

    fn by(&mut self, by: isize, camera: bool) {
        let items = self.items(camera);
        let now = items.iter().position(|item| *item == self.at).unwrap_or(0);
        let place = |at: usize| matches!(items.get(at), Some(Item::Place(_)));
        let last = items.len().saturating_sub(1);
        // Up from the top is the button at the end: nobody goes through sixty samples to it.
        let mut next = match now.checked_add_signed(by) {
            Some(next) => next.min(last),
            None => last,
        };
        // The places of the number lie in one line: up and down go past it.
        while place(now) && place(next) {
            next = next.saturating_add_signed(by);
        }
        match items.get(next) {
            // Upwards into the line one comes to its beginning as well.
            Some(Item::Place(_)) => self.go_to(Item::Place(0)),
            Some(item) => self.go_to(*item),
            None => {}
        }
    }

    /// A key in a station's window, while no field has the focus.
    pub fn pressed(&mut self, pressed: Pressed, room: &mut Room<'_>) {
        match pressed {
            Pressed::Key(Press::ArrowLeft) => self.turn(-1),
            Pressed::Key(Press::ArrowRight) => self.turn(1),
            Pressed::Key(Press::Delete) => self.take_out(),
            Pressed::Key(Press::F12) => self.main(room),
            pressed => {
                if let Some(step) = super::step_of(pressed) {
                    self.step(step, room);
                }
            }
        }
    }

    /// The same where no window gives keys.
    /// And everywhere held arrows, by which a box goes on moving.
    pub(super) fn other_keys(&mut self, ui: &Ui, room: &mut Room<'_>, alone: bool) {
        let typed = self.at.is_typed();
        if typed && !alone {
            return;
        }
        let holding = self.holding.is_some();
        let mut keys = Vec::new();
        ui.input(|input| {
            for event in &input.events {
                let egui::Event::Key { key, pressed: true, repeat, .. } = event else { continue };
                let wanted = match key {
                    // A field has the other keys for itself.
                    key if typed && *key != Press::F12 => false,
                    Press::ArrowLeft | Press::ArrowRight => alone || *repeat,
                    // Alone these two come as steps, held or not.
                    Press::ArrowUp | Press::ArrowDown => !alone && *repeat,
                    Press::Delete | Press::F12 => alone && !repeat,
                    _ => false,
                };
                if wanted && (holding || !repeat) {
                    keys.push(*key);
                }
            }
        });
        for key in keys {
            self.pressed(Pressed::Key(key), room);
        }
    }

    /// One page back. False: this was the first.
    pub fn back(&mut self, camera: bool) -> bool {
        if self.holding.take().is_some() {
            return true;
        }
        match self.page {
            Page::Samples => return false,
            Page::Proposal => self.open_page(Page::Samples, camera),
            Page::Trial => self.open_page(Page::Proposal, camera),
        }
        true
    }

    pub(super) fn enter(&mut self, room: &mut Room<'_>) {
        match self.at {
            Item::Path | Item::TryPath => self.ask_pictures(),
            Item::Take | Item::TryTake => self.waiting.push((Asked::Take(self.page), Lesson::Take)),
            Item::Side | Item::Layout | Item::Face | Item::Check | Item::Kind => self.turn(1),
            Item::Sample(key) => {
                self.face = Some(key);
                self.layout = Some(key);
                self.open_page(Page::Proposal, room.camera);
            }
            Item::ToProposal => self.open_page(Page::Proposal, room.camera),
            Item::Box(_) => self.hold_on(),
            Item::Place(at) => self.turn_place(at),
            Item::Groups => {
                if self.take_groups() {
                    self.by(1, room.camera);
                }
            }
            Item::ToTrial => {
                if self.model.profile().is_some() {
                    self.open_page(Page::Trial, room.camera);
                }
            }
            Item::Keep => self.keep(room),
            Item::Name | Item::Id | Item::Kinds | Item::Width | Item::Height | Item::KeepAs => {
                self.by(1, room.camera);
            }
            Item::Trial(_) => {}
        }
    }

    fn ask_pictures(&mut self) {
        let item = self.page.path();
        let path = self.path.trim().trim_matches('"').to_owned();
        if path.is_empty() {
            self.failed = Some(Fault::Sample(item, crate::ui::lesson::SampleFault::NotThere));
        } else {
            let lesson = Lesson::Pictures(PathBuf::from(path));
            let asked = Asked::Pictures { page: self.page, typed: true };
            self.waiting.push((asked, lesson));
        }
    }

    /// Left or right: another value, or the box goes there.
    pub(super) fn turn(&mut self, by: i8) {
        if self.holding.is_some() {
            self.nudge(by, 0);
            return;
        }
        let step = |at: usize, count: usize| {
            (at + count).saturating_add_signed(isize::from(by)) % count.max(1)
        };
        match self.at {
            Item::Side => {
                let other = if self.model.side() == Side::Front { Side::Back } else { Side::Front };
                self.model.side = Some(other);
            }
            Item::Layout => {
                self.show_layout(step(self.layout_no(), self.model.layouts().len()));
            }
            Item::Face => {
                let keys = self.proposed().map(|it| self.model.keys_of(it)).unwrap_or_default();
                let keys: Vec<Key> = keys.into_iter().collect();
                let now = self.face_shown().and_then(|key| keys.iter().position(|it| *it == key));
                self.face = keys.get(step(now.unwrap_or(0), keys.len())).copied();
            }
            Item::Place(at) => {
                let count = self.proposed().map_or(0, |layout| layout.form.len());
                let next = at.saturating_add_signed(isize::from(by)).min(count.saturating_sub(1));
                self.go_to(Item::Place(next));
            }
            Item::Check => {
                let Some(layout) = self.proposed() else { return };
                let count = layout.checks.fits.len() + 1;
                let now = layout.check.map_or(0, |at| at + 1);
                self.choose_check(step(now, count));
            }
            Item::Kind => {
                let kinds = self.model.typed.yen();
                let ids: Vec<KindId> =
                    kinds.iter().map(|yen| KindId::new(&yen.0.to_string())).collect();
                let Some(layout) = self.proposed() else { return };
                let now = ids.iter().position(|id| layout.kind.as_ref() == Some(id));
                let next = step(now.map_or(0, |at| at + 1), ids.len() + 1);
                let kind = next.checked_sub(1).and_then(|at| ids.get(at)).cloned();
                self.model.change(self.layout_no(), |by_hand, _| by_hand.kind = Some(kind));
            }
            _ => {}
        }
    }

    /// 0 is none, then the schemes that fit.
    pub(super) fn choose_check(&mut self, no: usize) {
        self.model.change(self.layout_no(), |by_hand, layout| {
            let fit = no.checked_sub(1).and_then(|at| layout.checks.fits.get(at));
            by_hand.check = Some(fit.map_or(CheckChoice::None, CheckChoice::of));
        });
    }

    /// What may stand at a place: the next of all that the samples allow.
    pub(super) fn turn_place(&mut self, at: usize) {
        self.model.change(self.layout_no(), |by_hand, layout| {
            let choices = layout.may_stand(at);
            let now = choices.iter().position(|it| layout.form.places.get(at) == Some(it));
            let next = now.map_or(0, |now| (now + 1) % choices.len().max(1));
            if let Some(place) = choices.into_iter().nth(next) {
                by_hand.places.insert(at, place);
            }
        });
    }

    /// The groups as they are, for the field.
    pub(super) fn show_groups(&mut self) {
        let groups = self.proposed().map(|layout| layout.form.groups.clone()).unwrap_or_default();
        self.groups_of.clone_from(&groups);
        let groups: Vec<String> = groups.iter().map(usize::to_string).collect();
        self.groups = groups.join(" ");
    }

    /// Takes what was typed. False: it does not fit, and the field says so.
    fn take_groups(&mut self) -> bool {
        let Some(layout) = self.proposed() else { return true };
        let characters = layout.form.len();
        let groups = typed::groups(&self.groups);
        if !fits(&groups, characters) {
            return false;
        }
        if layout.form.groups != groups {
            self.model.change(self.layout_no(), |by_hand, _| by_hand.groups = Some(groups));
        }
        true
    }

    /// Whether what stands in the field of the groups fits the number.
    pub(super) fn groups_fit(&self) -> bool {
        let groups = typed::groups(&self.groups);
        self.proposed().is_none_or(|layout| fits(&groups, layout.form.len()))
    }

    /// Arrows: first the box moves, then its size changes, then it is let go.
    fn hold_on(&mut self) {
        let Item::Box(which) = self.at else { return };
        self.holding = match self.holding {
            None => {
                if self.box_of(which).is_none() {
                    let area = fresh(self.model.side());
                    self.put_box(which, area);
                }
                Some(Holding::Moves)
            }
            Some(Holding::Moves) => Some(Holding::Sizes),
            Some(Holding::Sizes) => None,
        };
    }

    fn nudge(&mut self, right: i8, down: i8) {
        let Item::Box(which) = self.at else { return };
        if let Some(area) = self.box_of(which) {
            let sizes = self.holding == Some(Holding::Sizes);
            self.put_box(which, nudged(&area, right, down, sizes));
        }
    }

    pub(super) fn box_of(&self, which: Which) -> Option<Area> {
        let layout = self.proposed()?;
        match which {
            Which::Number => layout.number_area,
            Which::Barcode => layout.barcode_area,
        }
    }

    pub(super) fn put_box(&mut self, which: Which, area: Area) {
        // As a profile has it: four places are a hundredth of a millimetre.
        let round = |value: f32| (value * 1e4).round() / 1e4;
        let (x, y) = (round(area.x), round(area.y));
        let (w, h) = (round(area.w).min(1.0 - x), round(area.h).min(1.0 - y));
        let area = Area { x, y, w, h, ..area };
        self.model.change(self.layout_no(), |by_hand, _| match which {
            Which::Number => by_hand.number_area = Some(area),
            Which::Barcode => by_hand.barcode_area = Some(area),
        });
    }

    /// The picture under the hand is taken out.
    fn take_out(&mut self) {
        let (Item::Sample(key) | Item::Trial(key)) = self.at else { return };
        // A sample that was learned from is taken out where it was shown.
        if self.page == Page::Trial && Model::is_learned(&self.model, key) {
            return;
        }
        self.remove(key);
    }

    pub(super) fn remove(&mut self, key: Key) {
        if !matches!(self.at, Item::Sample(at) | Item::Trial(at) if at == key) {
            self.model.take_out(key);
            return;
        }
        let items = self.items(false);
        let now = items.iter().position(|item| *item == self.at).unwrap_or(0);
        self.model.take_out(key);
        let left = self.items(false);
        if let Some(item) = left.get(now.min(left.len().saturating_sub(1))) {
            self.go_to(*item);
        }
    }

    pub(super) fn hold_focus(&self, ui: &Ui) {
        let wanted = self.at.is_typed().then(|| self.at.id());
        hold_focus(ui, wanted);
    }
}
