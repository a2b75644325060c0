read-no-envelope = No envelope on the desk
read-open-one = Press F1 and open the envelope that you will read.
read-closed = This envelope is closed
read-closed-what = Press F1 for the next one. In Edit (F5) a supervisor can open it again.
read-ready = Lay down the first sheet
read-ready-what = Or scan its barcode. What cannot be read: 0.
read-ready-scan = Scan the first sheet
read-ready-folder = Start the folder (.)
read-ready-scan-or-folder = Scan the first sheet, or start the folder
read-no-number = No number
# $position (Number) - place in the pile
# $bundle (Number) - the bundle's number
# $inside (Number) - place in the bundle
read-place = sheet { $position } · bundle { $bundle }-{ $inside }
read-then-enter = Then press Enter.
# $sheet (String) - envelope and ordinal
read-repeat = This number is already counted: sheet { $sheet }.
# $sheet (String) - envelope and ordinal
read-same-picture = The very same picture as sheet { $sheet }.
# $bundle (Number) - the bundle's number
read-bundle-full = Bundle { $bundle } is full. Put a band round it.
# $kind (String) - the kind's name
read-over =
    { $count ->
        [one] { $kind }: { $count } sheet more than the slip says.
       *[other] { $kind }: { $count } sheets more than the slip says.
    }
read-folder-running = Counting the scanner's folder. Press . to stop.
read-folder-ended =
    { $count ->
        [one] The folder is done: { $count } sheet.
       *[other] The folder is done: { $count } sheets.
    }
# $why (String) - the reason
read-folder-failed = The folder's count has ended. { $why }
# $why (String) - the kind and what to set on the scanner
read-folder-stopped = Stopped: three files in a row can't be read. { $why } The papers are whole. Empty the folder, then scan again from the first of these sheets.
# $files (String) - names of files
read-unfinished = Not finished by the scanner and not counted: { $files }. See whether these sheets are in the count; if not, scan them again.
# $file (String) - the file's name
read-already = { $file } was counted before and is not counted again.
# $sheet (String) - envelope and ordinal
read-undone = Sheet { $sheet } is taken back. Take it off the pile, or lay it again.
read-nothing-to-undo = There is no sheet to take back.
read-hold-reason = operator in doubt while reading
read-held = The supervisor has it now. Put the sheet in tray 3.
read-sources = Sheets come by
read-by-wedge = keyboard scanner
read-by-serial = serial scanner
read-by-camera = desk camera
read-by-folder = document scanner's folder (start with .)
read-by-hand = 0: can't be read by any of them
read-no-source = No device is chosen. Press F10.
read-live = live picture
read-last-picture = picture of the last sheet
# $kind (String) - the kind's name
read-pile = Pile: only { $kind }. Tab for the next kind.
read-pile-mixed = Pile: mixed kinds. Tab if it is sorted.
picture-coming = The picture is coming.
picture-missing = There is no picture.
read-not-taken = Not taken
# $text (String) - what the machine read
read-text = Read: { $text }
read-no-picture = no picture
