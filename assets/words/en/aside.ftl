# --- Files that were set aside: papers that nobody has counted ---
# $count (Number) - files
aside-head = { $count } set aside, not counted
# $file (String) - the file's name
# $why (String) - the reason
aside-told = { $file } is set aside. { $why } This paper is not counted yet.

# $count (Number) - files
# $names (String) - the first files' names
refused-aside-open =
    { $count ->
        [one] One file is set aside and not counted ({ $names }). Say what became of its paper, then close.
       *[other] { $count } files are set aside and not counted ({ $names }). Say of each what became of its paper, then close.
    }
# $no (Number) - the file's number
# $envelope (String) - the envelope's name
refused-unknown-aside = Nothing was set aside as { $no } in envelope { $envelope }.
refused-aside-settled = What became of this paper was said already.
# $sheet (String) - the sheet's name
refused-counted-before = Sheet { $sheet } was counted before the file was set aside. Choose the sheet that was fed again.
# $sheet (String) - the sheet's name
refused-stands-for-another = Sheet { $sheet } stands for another file that was set aside.

# $file (String) - the file's name
story-aside = File { $file } was set aside; its paper is not counted
# $file (String) - the file's name
# $sheet (String) - envelope and ordinal
story-aside-side = File { $file } was set aside; its paper counts as { $sheet }
# $no (Number) - the file's number
# $sheet (String) - envelope and ordinal
story-aside-fed = Set aside { $no }: fed again as { $sheet }
# $no (Number) - the file's number
# $sheet (String) - envelope and ordinal
story-aside-keyed = Set aside { $no }: keyed from the paper ({ $sheet })
# $no (Number) - the file's number
story-aside-none = Set aside { $no }: there is no sheet

# --- What became of one ---
# $count (Number) - files
aside-list = { $count } set aside · not counted yet
# $place (String) - the place in the pile
# $file (String) - the file's name
# $why (String) - the reason
aside-line = { $place } { $file }: { $why }
# $count (Number) - files
aside-more = and { $count } more
# $count (Number) - files
aside-first =
    { $count ->
        [one] One file is set aside. Say what became of its paper, then close.
       *[other] { $count } files are set aside. Say what became of their papers, then close.
    }
# $at (Number) - which one
# $count (Number) - of how many
# $line (String) - place, file and reason
aside-title = Set aside { $at }/{ $count }: { $line }
aside-what = This paper is not counted yet. What became of it?
aside-fed = It was fed again
aside-paper = It is keyed from the paper
aside-none = There is no sheet
aside-fed-what = Which sheet was counted for it?
aside-feed-first = No sheet was read after this file was set aside. Feed the paper again in Read (F2) first.
# $sheet (String) - envelope and ordinal
# $position (Number) - place in the pile
# $number (String) - what was read
aside-candidate = { $sheet } · place { $position } · { $number }
aside-paper-what = Put the paper in tray 1 (keying) and press Enter. It becomes a sheet that can't be read, for two people to key.
aside-none-what = Look through the pile once more and choose a reason. While sheets are missing, a second person makes sure.
aside-why-none-note = no voucher (a note, a divider)
aside-why-none-twice = the same paper was fed twice
aside-why-none-test = a file of a trial scan
aside-why-none-searched = searched for, there is no paper
# $envelope (String) - the envelope
# $file (String) - the file's name
# $reason (String) - the reason
aside-second = Envelope { $envelope }: no sheet for { $file }. Reason: { $reason }
aside-settled = What was set aside is settled.
aside-settled-paper = What was set aside is settled. Put the paper in tray 1 (keying).
cmd-settle-aside = Set aside
help-settle-aside = Says what became of the paper of a file that was set aside.

# --- Closing ---
close-empty = Is the envelope empty? Look inside.
close-empty-now = It is empty. Close
close-empty-differs = Is the envelope empty? Look inside, and count the sheets once more. If it still differs, type a reason; a second person makes sure.
# $envelope (String) - the envelope
close-closed = Envelope { $envelope } is closed; there is nothing more to close. To change it, a supervisor opens it again (-).
# $envelope (String) - the envelope
close-delivered = Envelope { $envelope } is delivered.
close-not-yours = Operators, verifiers and supervisors close envelopes.

# --- Papers to pull ---
# $count (Number) - papers
# $done (Number) - ticked off
pull-title =
    { $count ->
        [one] One paper to pull ({ $done } done)
       *[other] { $count } papers to pull ({ $done } done)
    }
pull-what = Places are counted in the order in which the papers were fed. Take them out of the pile and put them in their trays.
pull-nothing = No paper to pull
pull-nothing-what = Esc goes back to reading.
# $place (Number) - place in the pile
pull-place = No. { $place }
pull-no-place = place?
# $tray (Number) - the tray's number
pull-tray = Tray { $tray }
# $sheet (String) - envelope and ordinal
# $why (String) - the reason
pull-sheet = { $sheet }: { $why }
# $file (String) - the file's name
# $why (String) - the reason
pull-aside = { $file }: { $why } Not counted yet.
# $count (Number) - papers
pull-note =
    { $count ->
        [one] One paper is to be pulled out of the pile. 1 shows it.
       *[other] { $count } papers are to be pulled out of the pile. 1 lists them.
    }
pull-close-first = Not counted. Close the list (Esc), then read.
# $path (String) - the file
pull-kept = The list is in { $path }, to be printed.
# $why (String) - the reason
pull-not-kept = The list could not be written. { $why }
pull-text-title = Papers to pull
cmd-pull-list = To pull
help-pull-list = Lists the papers to pull out of the pile, with place and tray.
cmd-tick-paper = Pulled
help-tick-paper = Ticks the paper and goes to the next one; again takes the tick away.
cmd-keep-list = Write to print
help-keep-list = Writes the list into a text file.

# --- Going on ---
# $envelope (String) - the envelope
# $place (Number) - the next place in the pile
go-on-with = Go on with { $envelope } from sheet { $place }
# $place (Number) - place in the pile
# $number (String) - its number
go-on-last = The last one counted is sheet { $place }: { $number }
go-on-what = If it lies on top of the pile, Enter goes on. If not, compare the sheets below with the pile.
go-on-first = Not counted. Press Enter first to go on with this envelope.

light-waits = ready (start with .)
light-missing = there is no such folder
