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
