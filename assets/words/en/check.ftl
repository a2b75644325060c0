# check
# $envelope (String) - 01-00124
check-envelope = Envelope { $envelope }
# $left (Number) - sheets to look at, this contact sheet's too
check-left =
    { $left ->
        [one] 1 sheet left
       *[other] { $left } sheets left
    }
# $here (Number) - cells of this contact sheet
# $wrong (Number) - marked wrong
check-here = this page: { $here } · wrong: { $wrong }
check-saving =
    { $count ->
        [one] 1 sheet is being saved
       *[other] { $count } sheets are being saved
    }
check-none = Nothing to check
check-none-entry =
    { $count ->
        [one] 1 sheet waits to be keyed. Press F4.
       *[other] { $count } sheets wait to be keyed. Press F4.
    }
check-none-settle =
    { $count ->
        [one] 1 sheet waits for the supervisor (F8).
       *[other] { $count } sheets wait for the supervisor (F8).
    }
check-none-edit =
    { $count ->
        [one] 1 envelope has nothing in hand. Close it in Edit: F5.
       *[other] { $count } envelopes have nothing in hand. Close them in Edit: F5.
    }
check-none-read = Go on reading: F2.
check-not-yours = Checking is for operators
check-not-yours-what = Change the person with F9.
check-wrong = wrong
check-gone = taken away
# $sheet (String) - 01-00124-037
check-no-picture = No picture: { $sheet }
check-wait = Wait until every picture is here.
check-look-first = Look at the numbers first, then Enter.
# $label (String) - two digits
check-mark-missing = { $label } has no picture. Type { $label } to mark it wrong.
# $digit (String) - the first digit of a label
check-second-digit = { $digit } and the second digit of the label. Esc: forget it.
# $label (String) - two digits
check-no-label = There is no { $label } on this page.
check-close-first = Close the picture with Esc. Then Enter for the page.
check-type-label = Type the two digits of the number that you want to see.
check-how-to-mark = Type the two digits that stand beside a wrong number.
check-refused = Not saved, so the page is here again.
# $label (String) - two digits
check-zoom-mark = { $label } again: marks it wrong or right. Esc: back to the page.
# $label (String) - two digits
check-zoomed = Sheet { $label }
check-to-settle =
    { $count ->
        [one] 1 of these sheets goes to the supervisor (F8).
       *[other] { $count } of these sheets go to the supervisor (F8).
    }
