# The search field and the lists
edit-search = Search
edit-search-hint = Number or part of it, shop, 01-00124, 01-00124-037, person, held, 11/20
edit-coming = Coming …
edit-failed = The station could not answer
edit-found =
    { $count ->
        [one] { $count } sheet
       *[other] { $count } sheets
    }
edit-found-more =
    { $count ->
        [one] The first { $count } sheet; type more to narrow it down
       *[other] The first { $count } sheets; type more to narrow it down
    }
edit-nothing = Nothing found
edit-nothing-what = Try a part of the number, the envelope or the shop. Esc clears the field.
edit-envelopes =
    { $count ->
        [one] { $count } envelope not delivered
       *[other] { $count } envelopes not delivered
    }
edit-no-envelopes = No envelope waits
edit-no-envelopes-what = Delivered ones are found by searching. A new one is opened with F1.
edit-state-ready = ready to close
edit-state-kinds = kinds differ
# $difference (String) - with its sign
edit-state-differs = differs { $difference }
edit-state-in-hand =
    { $count ->
        [one] { $count } in hand
       *[other] { $count } in hand
    }
edit-state-closed = closed
edit-state-delivering = in delivery
edit-delivered = delivered
# $sheet (String) - envelope and ordinal
edit-no-sheet = There is no sheet { $sheet }
# $envelope (String) - 01-00124
edit-no-envelope-named = There is no envelope { $envelope }
edit-no-sheet-what = Esc goes back to the list.
# $sheet (String) - envelope and ordinal
edit-repeats = repeats { $sheet }
edit-sheets =
    { $count ->
        [one] { $count } sheet
       *[other] { $count } sheets
    }

# --- The tie-out ---
tie-slip = slip
tie-found = found
tie-level = Balanced
# $difference (String) - with its sign
tie-difference = Difference { $difference }
# $declared (Number) - sheets on the slip
# $taken (Number) - sheets found
# $difference (String) - with its sign
tie-total = Slip { $declared }, found { $taken }, difference { $difference }
# $kind (String) - the kind's name
# $declared (Number) - sheets on the slip
# $taken (Number) - sheets found
# $difference (String) - with its sign
tie-kind = { $kind }: slip { $declared }, found { $taken }, { $difference }
# $count (Number) - sheets
tie-accepted = accepted { $count }
# $count (Number) - sheets
tie-in-hand = in hand { $count }
# $count (Number) - sheets
tie-held = held { $count }
# $count (Number) - sheets
tie-rejected = rejected { $count }
# $kind (String) - the kind's name
# $difference (String) - with its sign
edit-kind-difference = { $kind } { $difference }

# --- An envelope ---
# $amount (String) - yen
edit-amount-so-far = Amount so far: { $amount }
edit-in-hand-what = Still in hand. When these are done, the envelope can be closed:
# $stage (String) - the stage's word
# $count (Number) - sheets that wait there
edit-waits-at = { $stage } { $count }
edit-in-hand-first =
    { $count ->
        [one] { $count } sheet is still in hand. Finish it, then close.
       *[other] { $count } sheets are still in hand. Finish them, then close.
    }
# $unpaid (String) - yen
edit-held-unpaid =
    { $count ->
        [one] { $count } sheet is held; { $unpaid } is not paid
       *[other] { $count } sheets are held; { $unpaid } is not paid
    }
# $names (String) - a list
# $count (Number) - how many more
edit-and-more = { $names } and { $count } more
# $reason (String) - typed at closing
edit-closed-reason = Closed with a difference: { $reason }
edit-waits-for-delivery = Closed. It waits for the next delivery (F6).
edit-close-title = Close this envelope?
# $counted (String) - sheets by what became of them
# $amount (String) - yen
edit-close-what = { $counted }, { $amount }. Nothing is in hand and nothing differs.
# $difference (String) - by kind, with signs
edit-close-differs = The count differs from the slip: { $difference }
edit-reopen-title = Open this envelope again?
edit-reopen-what = Say why; a second person confirms it.
# $envelope (String) - 01-00124
edit-reopened = Envelope { $envelope } is open again.
edit-closed = Closed
# $accepted (Number) - sheets
edit-counted =
    { $accepted ->
        [one] { $accepted } sheet accepted
       *[other] { $accepted } sheets accepted
    }
# $count (Number) - sheets
edit-counted-held = { $count } held
# $count (Number) - sheets
edit-counted-rejected = { $count } rejected
# $counted (String) - sheets by what became of them
# $amount (String) - yen
edit-closed-sum = { $counted } · { $amount }
edit-closed-held =
    { $count ->
        [one] { $count } held sheet is named in it and not paid.
       *[other] { $count } held sheets are named in it and not paid.
    }
# $seq (String) - events
edit-closed-head = Head of the log after event { $seq }: note it on the closing sheet.
edit-closed-next =
    { $count ->
        [one] Put the paper back into the envelope. { $count } envelope is still open; F1 opens a new one.
       *[other] Put the paper back into the envelope. { $count } envelopes are still open; F1 opens a new one.
    }
edit-closed-deliver = Put the paper back into the envelope. All are closed: F6 delivers, F1 opens a new one.
# $envelope (String) - 01-00124
# $difference (String) - by kind
# $reason (String) - typed
edit-second-closes = Envelope { $envelope } is closed although it differs: { $difference }. Reason: { $reason }
# $envelope (String) - 01-00124
# $reason (String) - typed
edit-second-reopens = Envelope { $envelope } is opened again. Reason: { $reason }
# $sheet (String) - envelope and ordinal
# $decision (String) - in words
# $reason (String) - typed
edit-second-decides = Sheet { $sheet }: { $decision }. Reason: { $reason }

# --- A sheet ---
# $position (Number) - place in the pile
# $bundle (Number) - the bundle's number
# $inside (Number) - place in the bundle
edit-pile-place = sheet { $position } of the pile (bundle { $bundle }-{ $inside })
edit-frozen = Delivered and frozen: nothing is changed here any more. If something is wrong, tell the client.
# $delivery (String) - 01-0007
edit-frozen-in = Delivered in { $delivery } and frozen: nothing is changed here any more. If something is wrong, tell the client.
# $delivery (String) - 01-0007
edit-delivered-in = delivered in { $delivery }
edit-delivering-what = Its envelope is in a delivery that is being written. Finish that first (F6).
edit-closed-what = Its envelope is closed. Press Enter for the envelope; a supervisor opens it again there.
edit-this-sheet = This sheet
edit-other-sheet = The other sheet
edit-other-sheets =
    { $count ->
        [one] The newest of { $count } other sheets
       *[other] The newest of { $count } other sheets
    }
# $time (String) - month, day, time
# $person (String) - a name
# $position (Number) - place in the pile
edit-taken-when = Read { $time } by { $person } · sheet { $position } of the pile
# $sheet (String) - envelope and ordinal
# $side (String) - front or back, or nothing
edit-picture-of = Picture of { $sheet } { $side }
# $picture (String) - what it is of
# $no (Number) - which one
# $count (Number) - of how many
edit-picture-no = { $picture } · { $no } of { $count } (← →)
edit-picture-coming = Picture coming …
edit-picture-missing = This picture is not kept here any more
edit-no-picture = No picture was taken

# --- Decisions ---
edit-decide-what = Press a digit. Nothing is written before the reason is confirmed.
edit-ask-number = Key the number from the paper.
edit-ask-sheet = Which sheet is it? Key 37 for this envelope, 1.37 for another (01-00001-037).
edit-ask-kind = Which kind is it?
edit-ask-reason = Why? It stays in the record.
edit-ask-which = Which number is right? Look at the paper, then choose.
edit-ask-this = Is this the number?
edit-which-own = Key another number
edit-which-missing = Choose a number.
# $picture (String) - what the picture is of
edit-number-of = { $picture }, number
# $code (String) - the barcode's type
said-barcode = Barcode ({ $code })
# $code (String) - the barcode's type
said-beside = Another barcode ({ $code })
# $code (String) - the barcode's type
said-second = Second number ({ $code })
# $percent (String) - how sure
said-print = Print ({ $percent } %)
# $person (String) - a name
said-person = Keyed by { $person }
edit-number = Number
edit-sheet-no = The other sheet
edit-which-sheet = Key the number of another sheet.
edit-number-missing =
    { $count ->
        [one] { $count } character is missing. Look at the paper again.
       *[other] { $count } characters are missing. Look at the paper again.
    }
edit-number-none = No voucher has this number. Look at the paper again.
edit-number-check = The check digit does not fit. Look at the paper again.
edit-own-reason = Reason in your own words
edit-own-reason-hint = 0: write it yourself
edit-reason-missing = Choose a reason, or press 0 and write one.
edit-go-on = Go on
edit-on-its-way = Being saved …
# $sheet (String) - envelope and ordinal
edit-decided = { $sheet } is settled.
# $sheet (String) - envelope and ordinal
# $paper (String) - what to do with the paper
edit-decided-paper = { $sheet } is settled. { $paper }
# $sheet (String) - envelope and ordinal
edit-handed-over = { $sheet } goes to the supervisor. Put the paper in tray 3.
edit-hold-title = Hand this sheet to the supervisor?
edit-hold-what = Say why. The paper goes to tray 3.

# --- Usual reasons ---
edit-why-same = The same paper was read twice
edit-why-same-scan = The scanner fed one sheet twice
edit-why-accept-seen = Number checked on the paper
edit-why-accept-print = The printed number is right
edit-why-accept-barcode = The barcode’s number is right
edit-why-reject-paid = The number is counted already
# $reason (String) - as the list has it
edit-why-blocked = Blocked number ({ $reason })
edit-why-accept-two = There are two papers
edit-why-return-other = Not a voucher of this campaign
edit-why-return-shop = The shop must check it
edit-why-hold-shop = The shop is being asked
edit-why-hold-office = The office is being asked
edit-why-rekey-differ = The keyings do not agree
edit-why-rekey-doubt = The number may be wrong
edit-why-provisional = Nobody can tell the number from the paper
edit-why-hand-doubt = I am not sure
edit-why-hand-torn = Torn or soiled
edit-why-hand-copy = It may be a copy
edit-why-slip-wrong = The slip was counted wrongly; the shop agrees
edit-why-asked-shop = The shop is being asked
edit-why-counted-again = Counted again by hand, the same result
edit-why-reopen-found = More paper was found
edit-why-reopen-wrong = A sheet was settled wrongly
edit-why-reopen-shop = The shop has answered

# --- The story of a sheet ---
story-taken-file = Read from a scan
story-taken-camera = Read by the camera
story-taken-code = Read by the hand scanner
story-taken-hand = Laid down by hand, not readable
story-front = front
story-back = back
# $side (String) - front or back
# $text (String) - what it says
story-barcode = Barcode ({ $side }): { $text }
# $text (String) - what it says
story-other-barcode = Another barcode: { $text }
# $side (String) - front or back
# $text (String) - what was read
# $percent (String) - confidence
story-printed = Print ({ $side }): { $text }, sure to { $percent } %
# $text (String) - what it says
story-second = Second number: { $text }
# $kind (String) - the kind's name
story-kind-text = The face says: { $kind }
# $faults (String) - a list
story-faults = Seen: { $faults }
# $number (String) - in groups
story-read = The machine reads { $number }
# $kind (String) - the kind's name
story-pile = Pile of { $kind }
# $reasons (String) - a list
story-reasons = Because: { $reasons }
# $number (String) - in groups
# $how (String) - by what
# $yen (String) - amount
story-place-accepted = Accepted as { $number } ({ $how }), { $yen }
# $number (String) - the provisional number
# $yen (String) - amount
story-place-provisional = Accepted under the provisional number { $number }, { $yen }
# $number (String) - in groups
story-place-check = To be checked by eye: { $number }
story-place-entry = To be keyed
story-to-supervisor = To the supervisor
# $reasons (String) - a list
story-place-settle = To the supervisor: { $reasons }
# $reasons (String) - a list
# $sheets (String) - a list
story-place-repeat = To the supervisor: { $reasons }. The number is counted as { $sheets }
# $sheets (String) - a list
story-place-same-picture = To the supervisor: the same picture as { $sheets }
story-place-rejected = Rejected; the paper is kept
story-place-returned = Rejected; the paper goes back to the shop
story-place-held = Held; not paid
# $sheet (String) - envelope and ordinal
story-place-same = The same paper as { $sheet }
story-place-undone = Taken back
story-how-machine = machine
story-how-eye = by eye
story-how-keyed = keyed by two
story-how-settled = supervisor
story-checked =
    { $count ->
        [one] { $count } number checked by eye
       *[other] { $count } numbers checked by eye
    }
story-checked-right = Checked by eye: right
story-checked-wrong = Checked by eye: wrong
# $number (String) - in groups
story-keyed = Keyed { $number }
story-keyed-cannot = Keyed: can’t be told
story-keyed-blind = Keyed; what, is shown when keying is over
# $kind (String) - the kind's name
story-kind = Kind: { $kind }
story-handed-over = Handed to the supervisor
story-rekey = To be keyed again by two people
# $decision (String) - in words
story-settled = Settled: { $decision }
# $reason (String) - typed
story-reason = Reason: { $reason }
# $reasons (String) - a list
story-over = Against: { $reasons }
# $name (String) - a person
story-with = Second person: { $name }
story-undone = Taken back, as if it had not been laid down
# $envelope (String) - 01-00124
# $shop (String) - the shop's code
story-opened = Envelope { $envelope } of shop { $shop } opened
# $kind (String) - the kind's name
# $count (Number) - sheets
story-slip = { $kind }: { $count }
story-feed = A scanner’s folder was begun
# $amount (String) - yen
story-closed =
    { $count ->
        [one] Envelope closed: { $count } sheet, { $amount }
       *[other] Envelope closed: { $count } sheets, { $amount }
    }
# $difference (String) - by kind
story-difference = Difference to the slip: { $difference }
# $sheets (String) - a list
story-held = Held: { $sheets }
story-reopened = Envelope opened again
# $delivery (String) - 01-0007
story-delivery = Delivery { $delivery } prepared
# $envelopes (Number) - how many
# $sheets (Number) - how many
# $amount (String) - yen
story-delivery-of = Envelopes: { $envelopes }, sheets: { $sheets }, { $amount }
# $delivery (String) - 01-0007
story-delivered = Delivery { $delivery } done and read back
# $delivery (String) - 01-0007
story-delivery-failed = Delivery { $delivery } failed; its envelopes are free again
# $campaign (String) - its name
# $station (String) - its code
story-genesis = Campaign { $campaign } begun on station { $station }
# $revision (Number) - from 1
story-profile = Profile revision { $revision } in force
story-session = Program started
# $name (String) - a person
# $role (String) - in words
story-person-added = { $name } registered ({ $role })
# $name (String) - a person
story-pin-set = PIN of { $name } set
# $name (String) - a person
story-signed-in = { $name } signed in
# $name (String) - a person
# $count (Number) - in a row
story-sign-in-refused = Wrong PIN for { $name }, time { $count }
# $list (String) - which
# $rows (Number) - rows
story-list = List imported: { $list }, rows: { $rows }
story-list-shops = shops
story-list-issued = issued numbers
story-list-blocked = blocked numbers
# $day (String) - business day
story-day-ended = Day { $day } ended
story-head-signed = The record was signed
story-restored = A backup was brought back
