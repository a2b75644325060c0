//! The second connection to the X server.

use super::layout::{Layout, Map, meaning};
use super::{KeyNews, Out, Shared, Stroke};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use x11rb::connection::Connection as _;
use x11rb::errors::{ConnectError, ConnectionError, ReplyError, ReplyOrIdError};
use x11rb::protocol::Event;
use x11rb::protocol::xinput::{
    ConnectionExt as _, Device, EventMask, RawKeyPressEvent, XIEventMask,
};
use x11rb::protocol::xkb::{self, ConnectionExt as _};
use x11rb::protocol::xproto::{
    self, ChangeWindowAttributesAux, ClientMessageEvent, ConnectionExt as _, CreateWindowAux,
};
use x11rb::rust_connection::RustConnection;

#[derive(Debug, thiserror::Error)]
pub(super) enum KeyError {
    #[error("no X server: {0}")]
    Connect(#[from] ConnectError),
    #[error("the X server is gone: {0}")]
    Connection(#[from] ConnectionError),
    #[error("the X server does not tell keys: {0}")]
    Reply(#[from] ReplyError),
    #[error("the X server gives no window: {0}")]
    Id(#[from] ReplyOrIdError),
}

/// A way for the window to rouse the thread: a message to itself, by way of the server. It comes back
/// behind all that the server told before.
#[derive(Debug)]
pub(super) struct Line {
    connection: Arc<RustConnection>,
    inbox: u32,
    began: Instant,
}

impl Line {
    /// `no` and the time of sending, as milliseconds since the line was made.
    pub fn send(&self, no: u64) {
        let sent = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(0);
        let bytes = no.to_be_bytes().into_iter().chain(sent.to_be_bytes());
        let mut data = [0_u8; 20];
        data.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        let message = ClientMessageEvent::new(8, self.inbox, xproto::AtomEnum::INTEGER, data);
        let none = xproto::EventMask::NO_EVENT;
        let sent = self.connection.send_event(false, self.inbox, none, message);
        let flushed = sent.map(|_| ()).and_then(|()| self.connection.flush());
        if flushed.is_err() {
            // The server is gone, and the thread will say so.
        }
    }
}

/// The keyboard that all keyboards are one of.
const CORE: u16 = 0x100;

/// Keys of a keyboard that change what its others mean.
#[derive(Clone, Copy, Debug, Default)]
struct Held {
    shifts: u8,
    ctrls: u8,
    others: u8,
}

/// The keys of one kind, a bit each.
type Kind = fn(&mut Held) -> &mut u8;

/// `XK_Shift_L` and its like, by key code: evdev's codes are the same on every server of today.
fn modifier(code: u8) -> Option<(Kind, u8)> {
    let shift: Kind = |held| &mut held.shifts;
    let ctrl: Kind = |held| &mut held.ctrls;
    let other: Kind = |held| &mut held.others;
    Some(match code {
        50 => (shift, 1),
        62 => (shift, 2),
        37 => (ctrl, 1),
        105 => (ctrl, 2),
        64 => (other, 1),
        108 => (other, 2),
        133 => (other, 4),
        134 => (other, 8),
        // Caps Lock, Num Lock, Scroll Lock: the computer's.
        66 | 77 | 78 => (other, 0),
        _ => return None,
    })
}

struct Ears<'a> {
    connection: Arc<RustConnection>,
    shared: &'a Shared,
    window: u32,
    map: Map,
    group: usize,
    names: BTreeMap<u16, Arc<str>>,
    held: BTreeMap<u16, Held>,
    focused: bool,
    /// The last time that the server told, unwrapped, and when that was here.
    clock: (u64, Instant),
    began: Instant,
    out: Out,
}

/// Hears until it is stopped or the server is gone.
pub(super) fn listen(window: u32, shared: &Shared, out: Out) -> Result<(), KeyError> {
    let (connection, screen) = RustConnection::connect(None)?;
    let root = connection.setup().roots.get(screen).map_or(0, |screen| screen.root);
    let connection = Arc::new(connection);
    let inbox = connection.generate_id()?;
    let plain = CreateWindowAux::new();
    let class = xproto::WindowClass::INPUT_ONLY;
    let (depth, visual) = (0, x11rb::COPY_FROM_PARENT);
    connection.create_window(depth, inbox, root, 0, 0, 1, 1, 0, class, visual, &plain)?.check()?;
    let mut ears = Ears {
        connection: Arc::clone(&connection),
        shared,
        window,
        map: Map::default(),
        group: 0,
        names: BTreeMap::new(),
        held: BTreeMap::new(),
        focused: false,
        clock: (0, Instant::now()),
        began: Instant::now(),
        out,
    };
    ears.prepare(root)?;
    // It is set once, here.
    let began = ears.began;
    if shared.line.set(Line { connection: Arc::clone(&connection), inbox, began }).is_err() {
        return Ok(());
    }
    shared.hears.store(true, Ordering::Release);
    let mut told = false;
    while !shared.stop.load(Ordering::Acquire) {
        let event = match connection.poll_for_event()? {
            Some(event) => event,
            None => {
                if std::mem::take(&mut told) {
                    (ears.out.wake)();
                }
                connection.wait_for_event()?
            }
        };
        told |= ears.hear(event, inbox)?;
    }
    Ok(())
}

impl Ears<'_> {
    fn prepare(&mut self, root: u32) -> Result<(), KeyError> {
        let connection = &self.connection;
        connection.xinput_xi_query_version(2, 2)?.reply()?;
        connection.xkb_use_extension(1, 0)?.reply()?;
        // Masters alone: with slaves as well each key would be told twice.
        let raw = XIEventMask::RAW_KEY_PRESS | XIEventMask::RAW_KEY_RELEASE;
        let masks = [
            EventMask { deviceid: u16::from(Device::ALL_MASTER), mask: vec![raw] },
            EventMask { deviceid: u16::from(Device::ALL), mask: vec![XIEventMask::HIERARCHY] },
        ];
        connection.xinput_xi_select_events(root, &masks)?.check()?;
        let focus = ChangeWindowAttributesAux::new().event_mask(xproto::EventMask::FOCUS_CHANGE);
        connection.change_window_attributes(self.window, &focus)?.check()?;
        let all = xkb::EventType::STATE_NOTIFY
            | xkb::EventType::MAP_NOTIFY
            | xkb::EventType::NEW_KEYBOARD_NOTIFY;
        let map = xkb::MapPart::KEY_SYMS;
        connection
            .xkb_select_events(
                CORE,
                xkb::EventType::from(0u16),
                all,
                map,
                map,
                &xkb::SelectEventsAux::new(),
            )?
            .check()?;
        self.group = usize::from(u8::from(connection.xkb_get_state(CORE)?.reply()?.group));
        let focus = connection.get_input_focus()?.reply()?.focus;
        self.focused = focus == self.window;
        self.read_map()?;
        self.read_names()
    }

    fn read_map(&mut self) -> Result<(), KeyError> {
        let setup = self.connection.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let count = last.saturating_sub(first).saturating_add(1);
        let map = self.connection.get_keyboard_mapping(first, count)?.reply()?;
        let each = usize::from(map.keysyms_per_keycode);
        self.map = Map { first, each, keysyms: map.keysyms };
        Ok(())
    }

    fn read_names(&mut self) -> Result<(), KeyError> {
        let devices = self.connection.xinput_xi_query_device(Device::ALL)?.reply()?;
        let name = |name: &[u8]| Arc::from(String::from_utf8_lossy(name).as_ref());
        self.names = devices.infos.iter().map(|it| (it.deviceid, name(&it.name))).collect();
        Ok(())
    }

    /// True: something was told.
    fn hear(&mut self, event: Event, inbox: u32) -> Result<bool, KeyError> {
        match event {
            Event::XinputRawKeyPress(key) => return Ok(self.key(&key, true)),
            Event::XinputRawKeyRelease(key) => return Ok(self.key(&key, false)),
            Event::ClientMessage(message) if message.window == inbox => {
                self.fence(&message);
                return Ok(true);
            }
            Event::FocusIn(focus) if focus.event == self.window => self.focused = true,
            Event::FocusOut(focus) if focus.event == self.window => {
                self.focused = false;
                self.out.tell(KeyNews::Away);
                return Ok(true);
            }
            Event::XkbStateNotify(state) => self.group = usize::from(u8::from(state.group)),
            Event::XkbMapNotify(_) | Event::XkbNewKeyboardNotify(_) | Event::MappingNotify(_) => {
                self.read_map()?;
            }
            Event::XinputHierarchy(_) => self.read_names()?,
            _ => {}
        }
        Ok(false)
    }

    fn key(&mut self, key: &RawKeyPressEvent, pressed: bool) -> bool {
        let at = self.unwrap_time(key.time);
        let Ok(code) = u8::try_from(key.detail) else { return false };
        let held = self.held.entry(key.sourceid).or_default();
        if let Some((which, bit)) = modifier(code) {
            let bits = which(held);
            *bits = if pressed { *bits | bit } else { *bits & !bit };
            return false;
        }
        if !self.focused {
            return false;
        }
        let (shift, ctrl) = (held.shifts != 0, held.ctrls != 0 || held.others != 0);
        let layout = Layout::of(self.shared.layout.load(Ordering::Relaxed));
        let device = self.names.get(&key.sourceid).cloned().unwrap_or_else(|| Arc::from("?"));
        let meaning = meaning(code, shift, ctrl, layout, &self.map, self.group);
        self.out.tell(KeyNews::Stroke(Stroke { at, device, code, meaning, pressed }));
        true
    }

    /// The server's 32 bits go round in 49 days.
    fn unwrap_time(&mut self, time: u32) -> u64 {
        let (last, _) = self.clock;
        let step = time.wrapping_sub(last as u32);
        // Of two events the later one may bear an earlier time by some milliseconds.
        let at = if step < u32::MAX / 2 { last + u64::from(step) } else { last };
        self.clock = (at, Instant::now());
        at
    }

    /// All that was pressed before the message was sent is told. The server's time was then at least that
    /// of the last key and what went by here since.
    fn fence(&mut self, message: &ClientMessageEvent) {
        let data = message.data.as_data8();
        let number = |from: usize| {
            let bytes = data.iter().skip(from).take(8);
            bytes.fold(0, |number, byte| (number << 8) | u64::from(*byte))
        };
        let sent = self.began + Duration::from_millis(number(8));
        let (last, heard) = self.clock;
        let since = sent.saturating_duration_since(heard).as_millis();
        let now = last + u64::try_from(since).unwrap_or(0);
        self.out.tell(KeyNews::Fence { no: number(0), now });
    }
}
