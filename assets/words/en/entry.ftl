# entry
# $envelope (String) - 01-00124
# $position (Number) - place in the pile
entry-sheet = Envelope { $envelope } · sheet { $position }
entry-first = 1st person (another one keys it again)
entry-first-short = 1st person
entry-second = 2nd person
entry-third = 3rd person
# $left (Number) - sheets for this person, this one too
entry-left =
    { $left ->
        [one] 1 sheet left
       *[other] { $left } sheets left
    }
entry-saving =
    { $count ->
        [one] 1 answer is being saved
       *[other] { $count } answers are being saved
    }
entry-number = Number
entry-crop = Picture of the number
entry-whole-sheet = Picture of the whole sheet
# $envelope (String) - 01-00124
# $position (Number) - place in the pile
entry-paper = Envelope { $envelope }, sheet { $position }: the paper in tray 1
entry-paper-what = There is no picture. Key the number from the paper.
# --- Below the boxes ---
entry-missing =
    { $count ->
        [one] 1 character to go
       *[other] { $count } characters to go
    }
entry-fits = The check digit fits. Enter.
entry-is-whole = The number is whole. Look once more, then Enter.
entry-check-digit = The check digit does not fit. Compare digit by digit. If the paper really says so: *
entry-never-printed = No such number was ever printed. Compare digit by digit. If the paper really says so: *
entry-no-number = This is no number of this campaign. Compare digit by digit. If the paper really says so: *
entry-not-there = This character can't stand here.
entry-full = All boxes are full. Wrong digit: -
# $signs (String) - signs with spaces between
entry-arrows = Arrow keys: { $signs }
# --- The kind ---
# $kind (String) - a kind's name
entry-kind = Kind: { $kind }
entry-choose-kind = Which kind? Press its digit, or Tab.
# --- 判別不能 ---
entry-cannot = Nobody can tell this number
entry-cannot-what = Enter: that is so. Esc: back to the boxes.
entry-cannot-kind = Which kind is it, as far as one can see? Press its digit, or Tab.
entry-cannot-told = can't be told
# --- Hold ---
entry-hold = Hand the sheet to the supervisor
entry-hold-choose = Why? Press the digit of the reason.
entry-hold-doubt = I am in doubt
entry-hold-type = Another reason: type it
entry-hold-field = Reason
entry-hold-what = Enter: hands it over. Esc: back.
# --- Three answers ---
entry-three-saving = Your answer is being saved
entry-agreed = Two of three agree
entry-differ = The three answers differ
entry-agreed-stop = Two of three agree, but the number may not count
entry-you = you
entry-go-on = Enter: next sheet.
# --- Nothing to key ---
entry-none = Nothing to key
entry-none-others =
    { $count ->
        [one] 1 sheet waits for another person. Change with F9.
       *[other] { $count } sheets wait for another person. Change with F9.
    }
entry-none-check =
    { $count ->
        [one] 1 number waits to be looked at. Press F3.
       *[other] { $count } numbers wait to be looked at. Press F3.
    }
entry-not-yours = Keying is for operators
entry-not-yours-what = Change the person with F9.
# --- What came back ---
# $why (String) - a whole sentence
entry-refused = Not saved, so the sheet is here again. { $why }
# $sheet (String) - 01-00124-037
# $why (String) - a whole sentence
entry-refused-later = Sheet { $sheet } was not saved and comes back after this one. { $why }
entry-gone = This sheet does not wait for you any more. Enter: next sheet.
# $sheet (String) - 01-00124-037
# $what (String) - what to do with the paper
entry-stop = Sheet { $sheet }: { $what }
