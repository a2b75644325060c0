language-name = English

# --- The stages ---
stage-open = Open
stage-read = Read
stage-check = Check
stage-entry = Entry
stage-edit = Edit
stage-deliver = Deliver
stage-dispose = Dispose
stage-supervisor = Supervisor

# --- Signs ---
sign-accepted = Accepted
sign-look = To check
sign-to-key = To key
sign-stop = Stop
sign-away = Not counted

# --- Header ---
no-envelope = No envelope on the desk
no-envelope-what = Press F1 to open one.
# $name (String) - 01-00124
envelope-named = Envelope { $name }
# $day (String) - month and day
arrived-on = arrived { $day }
# $declared (Number) - sheets on the slip
# $taken (Number) - sheets taken so far
declared-and-taken = Slip { $declared } · taken { $taken }
complete = complete
# $count (Number) - sheets over the slip
over = { $count } over
# $count (Number) - sheets to come
left = { $count } to go
kind-unknown = Kind unknown
# $name (String) - the person's name
# $role (String) - the role's word
person-and-role = { $name } ({ $role })
# $station (String) - the station's code
# $mode (String) - training or live
station-and-mode = Station { $station } · { $mode }
training = training
live = live
training-band = TRAINING · nothing here is paid
device-camera = Camera
device-scanner = Scanner
device-folder = Folder
device-sound = Sound
light-off = off
light-searching = looking for it
light-ready = ready

# --- People ---
role-operator = operator
role-verifier = verifier
role-supervisor = supervisor
role-delivery = delivery
role-disposal = disposal
sign-in-title = Who sits here?
second-title = A second person, please
choose-person = Press your number.
pin = PIN
type-pin = Type your PIN, then Enter.
choose-pin = Choose a PIN of 4 to 8 digits, then Enter.
type-pin-again = The same PIN once more.
training-pin = Training: just press Enter.
second-has-no-pin = This person has no PIN yet. They choose it at their own first sign-in (F9).
pin-length = A PIN has 4 to 8 digits.
pins-differ = The two PINs differ. Type a new one.
pin-wrong = That is not this person's PIN.
# $seconds (Number) - seconds to wait
pin-wrong-wait = That is not this person's PIN. Wait { $seconds } seconds.
beside-title = A supervisor, please
# $name (String) - whose first PIN it is
beside-what = This is { $name }'s first PIN. A supervisor makes sure who it is and presses their own number.
# $name (String) - who has just left the seat
back-by-escape = Pressed by mistake? Esc at once brings { $name } back.
# $role (String) - a role
role-without-pin = { $role } · no PIN yet
supervisor-first = A supervisor chooses the first PIN. Then a supervisor stands beside everybody else's first one.
key-missing = This station's key is missing. No envelope can be closed and nothing delivered. Call a supervisor.
go-in = Go on

# --- Help ---
help-title = Keys
help-close = Any key closes this page.
help-here = On this screen
help-everywhere = Everywhere
help-elsewhere = On other screens

# --- Amounts ---
# $yen (String) - with thousands
yen-amount = ¥{ $yen }
sheets =
    { $count ->
        [one] { $count } sheet
       *[other] { $count } sheets
    }
envelopes =
    { $count ->
        [one] { $count } envelope
       *[other] { $count } envelopes
    }
bundles =
    { $count ->
        [one] { $count } bundle
       *[other] { $count } bundles
    }
# $bundles (String) - 2 bundles
# $sheets (String) - 15 sheets
bundles-and-sheets = { $bundles } and { $sheets }

# --- What was not done ---
# $why (String) - the disk's words
trouble-not-saved = Not saved, so not counted: { $why }
trouble-claimed = Somebody else has this sheet. Take the next one.
trouble-busy = The station is busy. Try again.
# $why (String) - the station's words
station-stopped = The station has stopped and counts nothing. { $why }
not-taken-stop-open = Put the last sheet in its tray and press Enter first.
not-taken-no-lane = No envelope is being read. Press F2.
not-taken-no-camera = The camera is not ready. The sheet was not taken.
not-taken-garbage = The scanner sent something that is no code. Scan the sheet again.
scan-torn = The scan came only in part and was not counted. Wait a breath and scan the sheet again.
input-method-on = The Japanese input method is on. Turn it off (半角/全角). Nothing was done here.
scan-not-here = A scan came. It counts only on Read (F2).

# --- Dispose ---
dispose-title = Nothing to dispose of yet
dispose-what = Boxes and seals are still recorded on paper in this version.

# Instead of a station
closed-in-use = Another Kenban works on this data folder
closed-in-use-what = Use the window that is open, or close it and start again. Two can't count at the same time.
closed-full = The disk is full, so nothing can begin
closed-full-what = Make room by deleting files that nobody needs. What was counted is not lost.
closed-damaged = The data is damaged
closed-damaged-what = Count no further. The last backup has to be restored; call a supervisor.
closed-restored = The log lacks what this station has signed
closed-restored-what = A backup was brought back, or the end was cut off. Nothing is counted until two supervisors decide.
closed-newer = A newer Kenban made this data
closed-newer-what = Install the same version, or a newer one.
closed-other = The station can't begin
closed-other-what = Show the sentence below to a supervisor or to whoever looks after this computer.
# $place (String) - the data folder
closed-place = Data folder: { $place }
closed-leave = Close
