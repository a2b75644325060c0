# The supervisor
sup-waiting =
    { $count ->
        [one] { $count } sheet waits for you
       *[other] { $count } sheets wait for you
    }
sup-also = Also to know
sup-held = Held sheets (not paid)
sup-keyings = Keyings that differ
sup-differing = Envelopes that differ
sup-empty = Nothing waits for a decision
sup-empty-what = Repeats, sheets handed over and other stops come here by themselves.
# $reason (String) - in words
# $no (Number) - which one
# $count (Number) - of how many
sup-which = { $reason } · { $no } of { $count }
# $sheet (String) - envelope and ordinal
sup-repeat = This number is already counted as sheet { $sheet }. Is it the same paper?
# $sheet (String) - envelope and ordinal
sup-same-picture = The very same picture was taken as sheet { $sheet }. Are there two papers?
# $person (String) - a name
# $reason (String) - typed
sup-handed-over = { $person }: { $reason }
sup-read-only = A supervisor decides here. F9 changes the person.
# $reason (String) - as the list has it
sup-blocked = The list of blocked numbers says: { $reason }
sup-place-barcode = Place of the barcode
sup-place-print = Place of the printed number
sup-no-place = Not found in the picture
# $reason (String) - in words
# $count (Number) - sheets that are decided
# $all (Number) - sheets that wait
sup-alike-title = { $reason }: { $count } of { $all } are decided as one
# $count (Number) - sheets
sup-alike-unseen =
    { $count ->
        [one] One sheet has not been on the screen yet. PgDn shows the next ones.
       *[other] { $count } sheets have not been on the screen yet. PgDn shows the next ones.
    }
sup-alike-all-seen = All were shown. Leave out with - what is not alike.
sup-alike-what = Press a digit to decide. Nothing is written before the count is keyed.
sup-alike-none = There is no sheet left to decide.
sup-alike-out = Left out
sup-alike-count = To be sure, key how many they are.
sup-alike-count-field = How many
sup-alike-count-wrong = The count is not right. Count again.
# $count (Number) - sheets
# $decision (String) - what is decided
# $reason (String) - as typed
sup-alike-second =
    { $count ->
        [one] One sheet is decided: { $decision }. Reason: { $reason }
       *[other] { $count } sheets are decided as one: { $decision }. Reason: { $reason }
    }
# $count (Number) - sheets
# $paper (String) - what to do with the paper
sup-alike-done =
    { $count ->
        [one] One sheet is settled. { $paper }
       *[other] { $count } sheets are settled. { $paper }
    }
