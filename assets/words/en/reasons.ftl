# Why a sheet waits or was stopped: a label, and a sentence of what was found. What to do with the
# paper stands in the flow.
reason-broken-picture = Broken picture
reason-broken-picture-what = The picture is broken and can't be read.
reason-picture-incomplete = Picture not whole
reason-picture-incomplete-what = A part of the picture is missing. Compare with the paper: the number must agree, and nothing may be wrong on the part that is missing.
reason-blank = Blank
reason-blank-what = Nothing is printed on this side. The sheet may lie face down.
reason-face-down = Face down
reason-face-down-what = There is print, but no number or barcode of this campaign. Turn the sheet over; if this is its face, it may be no voucher.
reason-several-barcodes = Several barcodes
reason-several-barcodes-what = There is more than one barcode. See whether two sheets lie on each other.
reason-part-of-code = Part of a code
reason-part-of-code-what = The QR code holds only a part of its content, and the other parts were not found. Take the number from the print.
reason-several-sheets = Several sheets
reason-several-sheets-what = Two sheets lie in one picture. Take one away and read them one by one.
reason-side-missing = A side is missing
reason-side-missing-what = The front or the back of the sheet is missing.
reason-same-picture = Same picture
reason-same-picture-what = The very same picture has come before. Make sure that there are two sheets.
reason-no-barcode = No barcode
reason-no-barcode-what = No barcode was found.
reason-nothing-read = Nothing read
reason-nothing-read-what = The number could not be read by machine.
reason-other-scheme = Other scheme
reason-other-scheme-what = This voucher does not belong to this campaign.
reason-check-digit-wrong = Check digit wrong
reason-check-digit-wrong-what = The check digit does not fit the number.
reason-readings-differ = Readings differ
reason-readings-differ-what = Barcode and print do not say the same number.
reason-second-number-differs = Second number differs
reason-second-number-differs-what = The two numbers on the sheet are not the same.
reason-kind-conflict = Kinds disagree
reason-kind-conflict-what = Number, print and pile do not say the same kind.
reason-kind-unknown = Kind unknown
reason-kind-unknown-what = Which kind this sheet is could not be told.
reason-one-reading = One reading
reason-one-reading-what = The number was read only once. A person looks at it.
reason-no-check-digit = No check digit
reason-no-check-digit-what = Numbers of this kind have no check digit. A person looks at it.
reason-not-issued = Never issued
reason-not-issued-what = This number is not on the list of issued numbers.
reason-profile-wants-person = Always looked at
reason-profile-wants-person-what = The rules of this campaign want a person to look at every sheet.
reason-duplicate = Repeated
reason-duplicate-what = This number is already counted.
reason-blocked = Blocked
reason-blocked-what = This number is blocked: stolen, lost or void.
reason-not-valid-at-arrival = Out of date
reason-not-valid-at-arrival-what = The envelope arrived outside the days on which this voucher is paid.
reason-sample = Sample
reason-sample-what = Picked as a sample for a person to look at.
reason-marked-wrong = Marked wrong
reason-marked-wrong-what = Somebody looked and said that the number is wrong.
reason-keyings-differ = Keyings differ
reason-keyings-differ-what = The keyed numbers do not agree.
reason-keyed-differs-from-barcode = Keyed against barcode
reason-keyed-differs-from-barcode-what = The keyed number is not the one in the barcode.
reason-cannot-be-told = Can't be told
reason-cannot-be-told-what = Nobody could tell the number from the paper.
reason-held-by-person = Handed over
reason-held-by-person-what = Somebody handed this sheet to the supervisor.

# --- Where a sheet is ---
place-accepted = accepted
place-check = to check
place-entry = to key
place-settle = waits for supervisor
place-rejected = rejected, kept
place-returned = rejected, returned
place-held = held
place-same = same paper
place-undone = taken back

# --- Why an act was refused: what to do ---
refused-not-begun = There is no campaign here yet. Start one first.
refused-already-begun = There is a campaign here already. Use another data folder for a new one.
refused-people-missing = Name at least two people, one of them a supervisor.
# $person (String) - a person's id
refused-unknown-person = Nobody here has the id { $person }. Add the person first.
# $person (String) - a person's id
refused-person-exists = The id { $person } is taken. Choose another.
refused-not-oneself = Everyone signs in alone. Press F9 and choose your own name.
refused-not-a-hash = The PIN was not kept. Choose it again.
# $person (String) - a person's id
# $role (String) - its role
# $who (String) - roles that may
refused-not-allowed = { $person } ({ $role }) may not do this. Ask: { $who }.
refused-second-person-missing = This takes two people. Call a second one.
refused-same-person = The second person must be someone else. Call another.
refused-reason-missing = Type a reason. It stays in the record.
# $shop (String) - a shop's code
refused-unknown-shop = No shop has the code { $shop }. Check the slip.
# $kind (String) - a kind's id
refused-unknown-kind = This campaign has no kind { $kind }. Check the slip.
# $sheets (String) - sheets on the slip, with thousands
refused-slip-too-large = The slip counts { $sheets } sheets. An envelope holds 99,999 at most. Check the numbers.
# $free (Number) - free MiB
# $floor (Number) - needed MiB
refused-no-space = The disk is nearly full: { $free } MiB free, { $floor } MiB needed. Make room, then open the envelope.
# $envelope (String) - the envelope's name
refused-unknown-envelope = There is no envelope { $envelope }.
# $envelope (String) - the envelope's name
refused-delivered = Envelope { $envelope } is delivered and can't be changed any more.
# $envelope (String) - the envelope's name
# $delivery (String) - the delivery's name
refused-being-delivered = Envelope { $envelope } is in delivery { $delivery }, which is being written. Finish that first.
# $envelope (String) - the envelope's name
refused-closed = Envelope { $envelope } is closed. Open it again first.
# $envelope (String) - the envelope's name
refused-still-open = Envelope { $envelope } is open. Close it first.
# $sheet (String) - the sheet's name
refused-unknown-sheet = There is no sheet { $sheet }.
refused-unknown-feed = This folder was not started for this envelope. Start it again.
refused-no-capture = Nothing was seen of the sheet. Lay it down again.
refused-not-read-by-source = This device can't have read that. Take the sheet with another one.
# $sheet (String) - the sheet's name
refused-already-taken = This file is already counted, as sheet { $sheet }.
refused-nothing-to-undo = There is no sheet to take back in this envelope.
refused-undo-too-late = Somebody has worked on the last sheet already. Ask a supervisor.
# $sheet (String) - the sheet's name
refused-not-waiting-for-this = Sheet { $sheet } does not wait for this any more. Go on with the next.
refused-sheet-twice = The same sheet stands there twice. Try again.
# $sheet (String) - the sheet's name
refused-not-alike = Sheet { $sheet } waits for another reason than the rest. Decide it by itself.
refused-one-by-one = A number, a provisional number and the same paper are decided for one sheet at a time.
# $person (String) - a person's id
refused-keyed-already = { $person } has keyed this sheet already. Another person must.
# $text (String) - what was keyed
# $why (String) - what is wrong with it
refused-not-a-number = { $text } is no number of this campaign: { $why }
# $sheet (String) - the sheet's name
refused-already-paid = This number already counts as sheet { $sheet }. It is paid only once.
refused-kind-missing = Say which kind this sheet is.
# $number (String) - kind by the number
# $said (String) - kind that was chosen
refused-kind-differs = By its number the kind is { $number }, not { $said }. Look at the sheet again.
# $sheets (Number) - sheets in hand
# $check (Number) - to check
# $entry (Number) - to key
# $settle (Number) - for the supervisor
refused-in-hand =
    { $sheets ->
        [one] One sheet is still in hand
       *[other] { $sheets } sheets are still in hand
    }: { $check } to check, { $entry } to key, { $settle } for the supervisor. Finish them, then close.
# $difference (String) - kinds with signed numbers
refused-difference = The count differs from the slip ({ $difference }). Type a reason and call a second person.
refused-nothing-to-deliver = No closed envelope waits for delivery. Close envelopes first.
# $delivery (String) - the delivery's name
refused-delivery-pending = Delivery { $delivery } is not finished. Finish it first.
# $delivery (String) - the delivery's name
refused-no-such-delivery = No delivery { $delivery } is being written.
# $why (String) - what the new profile does
refused-profile-breaks = The new profile { $why }. A number could be paid twice. Begin a new campaign for it.
# $number (String) - the sheet's number
refused-number-known = This sheet already counts under { $number }. A provisional number is only for one that nobody can tell.
# $defect (String) - a defect's id
refused-unknown-defect = There is no such defect: { $defect }. Choose one of the list.
# $sheet (String) - the sheet's name
refused-not-the-last = Only the last sheet can be taken back. That is sheet { $sheet } now.
# $sheet (String) - the sheet's name
refused-blocked-meanwhile = The number of sheet { $sheet } has been blocked since. A supervisor must settle it.
# $old (Number) - the one in force
# $new (Number) - the profile's revision
refused-revision-not-higher = The profile's revision must be higher than { $old }; this one is { $new }.
refused-yen = The amount is too large to be right. Check face values and counts.
# $why (String) - the disk's words
refused-facts = The station's data can't be read. Call the supervisor. { $why }

# --- Between the parts of a list ---
list-comma = { ", " }

# --- Why a file of the scanner's folder is no sheet ---
no-sheet-foreign = It is no picture.
no-sheet-empty = The file is empty. Feed its sheet again.
no-sheet-not-opened = The file can't be read. Feed its sheet again.
no-sheet-too-large = The picture is too large. Scan at 200 to 300 dpi.
no-sheet-broken = The picture is broken. Feed its sheet again.
no-sheet-gave-up = The reader ended on this picture. Feed its sheet again.
no-sheet-several-pages = It has several pages. Set the scanner to one file for each page.
no-sheet-pdf = It is a PDF. Set the scanner to JPEG or TIFF, one file for each page.
no-sheet-other-format = Pictures of this kind can't be read here. Set the scanner to JPEG, TIFF or PNG.
no-sheet-jpeg-12-bit = JPEG of 12 bits can't be read here. Set the scanner to 8-bit grey or 24-bit colour.
no-sheet-jpeg-lossless = Lossless JPEG can't be read here. Set the scanner to ordinary JPEG, or to TIFF.
no-sheet-jpeg-arithmetic = JPEG with arithmetic coding can't be read here. Set the scanner to ordinary JPEG, or to TIFF.
no-sheet-jpeg-other = JPEG of this kind can't be read here. Set the scanner to ordinary JPEG, or to TIFF.
no-sheet-tiff-compression = TIFF compressed like this can't be read here. Set the scanner's TIFF to G4, LZW or no compression.
no-sheet-tiff-samples = TIFF with colours like these can't be read here. Set the scanner to black and white, 8-bit grey or 24-bit colour.
