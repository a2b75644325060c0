#!/bin/sh
# X11, XInput 2.0 raw key events: whoever selects them on the root window for "all devices" (XIAllDevices) gets each press and
# each release twice, once from the keyboard that was typed on (deviceid = sourceid) and once from the master keyboard that it belongs to
# (deviceid another one, sourceid the same, the same time and key). Selected for "all master devices" (XIAllMasterDevices) they come once, and
# still name the physical keyboard in sourceid. The protocol's text says that raw events are for the selected devices; that both kinds
# are among "all" is easily missed, and doubles every character.
#
# Seen with the X server of Debian 12 (Xvfb 21.1.7), xdotool 3.20160805.1 and python-xlib 0.33.
#
# Needs python3 with venv, Xvfb and xdotool.
set -eu
work=$(mktemp -d)
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check python-xlib==0.33
Xvfb -displayfd 3 -screen 0 320x240x24 -nolisten tcp -noreset 3>"$work/display" 2>/dev/null &
server=$!
trap 'kill "$server"; rm -rf "$work"' EXIT
while ! [ -s "$work/display" ]; do sleep 0.1; done
DISPLAY=":$(cat "$work/display")" "$work/venv/bin/python" - <<'PYTHON'
import struct
import subprocess
import sys
import time

from Xlib import display
from Xlib.ext import xinput

RAW_KEY_PRESS, RAW_KEY_RELEASE = 13, 14


def typed(devices):
    """(event, deviceid, sourceid, key code, milliseconds) of three keys typed with xdotool."""
    connection = display.Display()
    mask = 1 << RAW_KEY_PRESS | 1 << RAW_KEY_RELEASE
    connection.screen().root.xinput_select_events([(devices, mask)])
    connection.sync()
    subprocess.run(["xdotool", "key", "--delay", "5", "a", "b", "c"], check=True)
    time.sleep(0.5)
    events = []
    while connection.pending_events():
        event = connection.next_event()
        if getattr(event, "evtype", None) in (RAW_KEY_PRESS, RAW_KEY_RELEASE):
            device, at, key, source = struct.unpack_from("<HIIH", event.data)
            events.append((event.evtype, device, source, key, at))
    connection.close()
    return events


every, masters = typed(xinput.AllDevices), typed(xinput.AllMasterDevices)
for name, events in [("all devices", every), ("all master devices", masters)]:
    print(f"{name}: {len(events)} events for 3 keys")
    for event in events[:4]:
        print("   event %d, deviceid %d, sourceid %d, key code %d, at %d ms" % event)
twice = all(
    one[0] == two[0] and one[2:] == two[2:] and one[1] != two[1] and one[1] == one[2]
    for one, two in zip(every[::2], every[1::2], strict=True)
)
once = len(masters) == 6 and all(device != source for _, device, source, _, _ in masters)
if not (len(every) == 12 and twice and once):
    sys.exit("CHANGED: not what the head of this script says")
print("as the head of this script says")
PYTHON
