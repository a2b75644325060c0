# The sections
settings-screen = Screen
settings-sound = Sound
settings-folder = Document scanner (folder)
settings-wedge = Keyboard scanner
settings-serial = Serial scanner
settings-camera = Desk camera
settings-trouble = trouble

# The lines
settings-language = Language
settings-language-hint = The language of all screens.
settings-look = Look
settings-look-hint = Light for bright rooms, dark for dim ones, high contrast for tired eyes.
settings-size = Size
settings-size-hint = Size of letters and signs, 100 to 200 %.
settings-volume = Your volume
settings-volume-hint = Kept for you alone. Enter plays the tone of an accepted sheet.
settings-use = In use
settings-folder-hint = Counts the pictures that a document scanner puts into a folder. Start it on Read with the key "."
settings-folder-path = Folder
settings-folder-path-hint = The folder that the scanner writes to. Enter, type the path, Enter.
settings-folder-path-example = Full path of the folder
settings-folder-sides = Sides
settings-folder-sides-hint = Two sides: front and back of each sheet come as two files.
settings-wedge-hint = A scanner that sends characters as a keyboard does. It is told from people by its pace and by which keyboard it is.
settings-wedge-scanner = Which scanner
settings-wedge-scanner-hint = Press Enter and scan anything: the scanner is then known. What a known scanner sends is never mixed with typing, however slow. - forgets it.
settings-wedge-by-pace = Told by its pace
settings-wedge-scan-now = Scan anything now. It is not counted.
# $device (String)
# $chars (Number)
# $ms (Number)
settings-wedge-learned = “{ $device }” is known now ({ $chars } characters in { $ms } ms).
# $chars (Number)
# $ms (Number)
settings-wedge-learned-pace = Got { $chars } characters in { $ms } ms. They come from the keyboard that people type on, so the scanner is told by its pace.
# $prefix (String)
# $chars (Number)
settings-wedge-learned-prefix = Told by the mark “{ $prefix }” in front ({ $chars } characters).
settings-wedge-needs-prefix = This display does not say how fast keys come. Set the scanner to send a mark such as ~ in front (see its handbook), and scan again.
settings-wedge-layout = Scanner’s keyboard
settings-wedge-layout-hint = If signs (+ : =) arrive as others, choose what the scanner is set to.
settings-wedge-computer = As this computer
settings-wedge-us = English (US)
settings-wedge-jp = Japanese (JIS)
settings-wedge-prefix = Mark in front
settings-wedge-prefix-hint = What the scanner sends before each code. If there is one, a scan without it is not counted.
settings-wedge-prefix-example = for example ~
settings-wedge-no-prefix = None
settings-wedge-shortest = Shortest code
settings-wedge-shortest-hint = Fewer characters than this are a person's typing.
settings-serial-hint = A hand scanner on a serial port or a USB port set to serial.
settings-serial-port = Port
settings-serial-port-hint = ← → choose among the ports that are there. Enter: type another.
settings-serial-port-example = such as /dev/ttyACM0 or COM3
settings-serial-baud = Speed
settings-serial-baud-hint = Bits a second, as the scanner is set up. Most need 9600.
settings-serial-end = End of a code
settings-serial-end-hint = What the scanner sends after each code, as it is set up. Most send CR.
settings-camera-hint = A camera on a stand above the desk.
settings-camera-device = Camera
settings-camera-device-hint = ← → choose among the cameras that are there.
settings-camera-format = Format
settings-camera-format-hint = Automatic is right, unless the picture is too slow or too coarse.
settings-camera-takes = Takes a sheet
settings-camera-takes-hint = By itself when the sheet lies still, or only when you press Enter.

# The values
settings-on = yes
settings-off = no
settings-light = light
settings-dark = dark
settings-contrast = high contrast
# $percent (Number) - 100
settings-percent = { $percent } %
settings-silent = silent
settings-not-set = not chosen yet
settings-one-side = one
settings-two-sides = two
settings-characters =
    { $count ->
        [one] { $count } character
       *[other] { $count } characters
    }
settings-automatic = automatic
settings-first-camera = the first that works
settings-simulated = made-up sheets (training)
settings-by-rest = when it lies still
settings-by-key = by Enter only
