# --- The camera ---
fault-camera-none = No camera is found. Plug one in.
# $camera (String) - /dev/video0
fault-camera-gone = The camera { $camera } is not there. Plug it in, or choose another one (F10).
# $camera (String) - /dev/video0
fault-camera-is-none = { $camera } is no camera. Choose another one (F10).
# $camera (String) - /dev/video0
fault-camera-not-allowed = This user may not use the camera { $camera }. Let the user be added to the group video, then log in again.
# $camera (String) - /dev/video0
fault-camera-busy = Another program is using the camera { $camera }. Close it.
# $camera (String) - /dev/video0
fault-camera-slow-port = The USB port is too slow for the camera { $camera }. Plug it into another port, without a hub.
# $camera (String) - /dev/video0
# $format (String) - 1280x720@30
fault-camera-format = The camera { $camera } does not offer { $format }. Set its format to automatic (F10).
# $camera (String) - /dev/video0
fault-camera-fails = The camera { $camera } gives no pictures any more. Unplug it and plug it in again.
fault-camera-silent = The camera gives no pictures. Unplug it and plug it in again.
# $file (String) - a recording's path
fault-camera-ended = The recording { $file } is at its end. Choose a camera (F10).
fault-camera-for-training = The simulated camera is only for training. Choose another one (F10).

# --- The serial scanner ---
fault-serial-no-speed = Set the speed that the scanner's manual names (F10). 9600 is usual.
# $port (String) - /dev/ttyACM0
fault-serial-not-allowed = This user may not use { $port }. Let the user be added to the group dialout, then log in again.
# $port (String) - /dev/ttyACM0
fault-serial-busy = Another program is using { $port }. Close it, or choose another port (F10).
# $port (String) - /dev/ttyACM0
fault-serial-fails = The scanner on { $port } does not answer. Plug it in anew, or choose another port (F10).

# --- Sound ---
fault-sound-no-program = Nothing here can play a sound. Let alsa-utils, pulseaudio-utils or pipewire-bin be installed, then start again.
fault-sound-no-speaker = No sound comes out. Plug in a loudspeaker and choose it in the sound settings of this computer.
fault-sound-stuck = The sound got stuck. Plug the loudspeaker in anew and choose it in the sound settings of this computer.

# --- Files and folders ---
# $path (String) - where it should be
fault-file-not-there = { $path } is not there. Check where it is.
# $path (String) - where it is
fault-file-not-allowed = This user may not use { $path }. Choose another place, or ask the supervisor to be let in.
# $path (String) - where it is
fault-file-read-only = { $path } is write-protected. Choose another place.
# $path (String) - where it is
fault-file-is-folder = { $path } is a folder. Type where the file is.
# $path (String) - where it is
fault-file-not-folder = { $path } is no folder. Type where the folder is.
# $path (String) - where it is
fault-file-already-there = { $path } is there already and stays as it is. Type another name.
# $path (String) - where it is
fault-file-failing = { $path } can't be read or written. See whether its medium is in its place; if it stays so, choose another place.
# $path (String) - where it is
fault-file-name = The name of { $path } has characters that are no text. Rename it.
# $path (String) - where it is
fault-file-too-large = { $path } is too large. Check that it is the right file.
# $path (String) - where it is
fault-file-not-text = { $path } is no UTF-8 text. Save it as UTF-8.
fault-machine = This computer has nothing left to work with. Close other programs and start again.

# --- The data ---
fault-disk-full = The disk is full. Make room; what was counted is safe.
fault-data-fails = The data can't be read or written. Check the disk of the data folder, and that this user may use it.
fault-damaged = The data is damaged. Count no further, call the supervisor, and bring the last backup back.
fault-in-use = Another station works on this data folder. Close that one, or use another folder.
fault-no-campaign = There is no campaign here yet. Start one first.
fault-newer = The data was written by a newer Kenban. Install that version.
fault-restored = The data lacks something that this station has signed. If a backup was brought back, two supervisors go on with: kenban restored.
fault-key = The station's key is missing or not right. Call the supervisor to bring it back from where it is kept.
fault-has-pin = This person has chosen a PIN before. Type that one.
fault-reader = This picture could not be read. Lay the sheet again, or press 0 to have it keyed.
fault-profile = The profile has mistakes. Correct them, then try again.
fault-no-delivery = No delivery is unfinished.
# $why (String) - the station's own words
fault-inner = Something went wrong inside: { $why }
