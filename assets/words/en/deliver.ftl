deliver-not-you = Delivering is for delivery staff and supervisors
deliver-not-you-what = Press F9 and let one of them sit here.
deliver-good = Good
deliver-note = To know
deliver-bad = In the way

# --- Ready? ---
deliver-ready = Ready?
deliver-ready-yes = Ready to deliver
deliver-ready-not = Not ready yet
deliver-ready-to-finish = Ready to finish
deliver-checking = Looking through the envelopes.
deliver-mend-first = Something marked × is in the way. Press . to fix it.
# $delivery (String) - 01-0007
deliver-unfinished = Delivery { $delivery } was begun and is not finished.
deliver-unfinished-what = Put the same medium back in and press Enter: it is finished under the same number, and nothing is counted twice. To give it up press -.
# $count (Number) - closed envelopes
deliver-closed =
    { $count ->
        [one] { $count } envelope is closed.
       *[other] { $count } envelopes are closed.
    }
deliver-nothing-closed = No envelope is closed yet. Close envelopes on Edit (F5).
deliver-no-second = Nobody else here may deliver. A supervisor adds a person (F8).
deliver-none-blocked = No counted number is blocked.
# $count (Number) - sheets
deliver-blocked =
    { $count ->
        [one] { $count } sheet counts under a number that is blocked by now. Re-open its envelope and settle it.
       *[other] { $count } sheets count under numbers that are blocked by now. Re-open their envelopes and settle them.
    }
deliver-shops-named = Every shop has a name.
# $count (Number) - shops
# $first (String) - the first one's code
deliver-no-shop-name =
    { $count ->
        [one] Shop { $first } has no name. Import the list of shops.
       *[other] { $count } shops have no name ({ $first } …). Import the list of shops.
    }
deliver-none-held = No sheet is held.
# $count (Number) - sheets
deliver-held =
    { $count ->
        [one] { $count } held sheet leaves unpaid.
       *[other] { $count } held sheets leave unpaid.
    }
deliver-find-held = held
deliver-none-in-hand = No sheet waits for a person.
# $count (Number) - sheets
deliver-in-hand =
    { $count ->
        [one] { $count } sheet of an open envelope waits for a person and stays here.
       *[other] { $count } sheets of open envelopes wait for a person and stay here.
    }
deliver-none-open = No envelope is open.
# $count (Number) - envelopes
# $first (String) - the first one's name
deliver-open =
    { $count ->
        [one] Envelope { $first } is still open and stays here.
       *[other] { $count } envelopes are still open ({ $first } …) and stay here.
    }

# --- What ---
deliver-what = What
deliver-nothing-what = Closed envelopes stand here with their sheets and yen.
# $envelopes (String) - 3 envelopes
# $sheets (String) - 312 sheets
# $yen (String) - ¥298,000
deliver-sum = { $envelopes }, { $sheets }, { $yen }
# $sheets (String) - 312 sheets
# $yen (String) - ¥298,000
deliver-sheets-and-yen = { $sheets }, { $yen }
# $envelopes (String) - 3 envelopes
# $shops (String) - 2 shops
deliver-envelopes-and-shops = { $envelopes } of { $shops }
# $count (Number) - sheets
# $shown (String) - the same with thousands
deliver-sheets =
    { $count ->
        [one] { $shown } sheet
       *[other] { $shown } sheets
    }
# $count (Number) - shops
deliver-shops =
    { $count ->
        [one] { $count } shop
       *[other] { $count } shops
    }
deliver-of-these-held = Held, not paid
deliver-of-these-rejected = Rejected, not paid
deliver-files-coming = Making the first lines.
deliver-files-too-many = So many sheets that the first lines are not shown.
deliver-files-failed = These envelopes can't be delivered as they are.
# $count (Number) - rows
# $shown (String) - the same with thousands
deliver-rows =
    { $count ->
        [one] { $shown } row
       *[other] { $shown } rows
    }
# $lines (Number) - lines shown
# $rows (String) - 312 rows
deliver-first-of = The first { $lines } lines of { $rows }. Digits choose a file, arrows move sideways, + closes.

# --- Where to ---
deliver-where = Where to
deliver-put-stick-in = Put a stick in. It shows here by itself.
# $free (String) - 14.6 GB
deliver-free = { $free } free
# $free (String) - 0.2 MB
# $needed (String) - 1.5 MB
deliver-too-full = Too full: { $free } free, { $needed } needed.
deliver-not-writable = Write-protected. Move its switch, or use another one.
deliver-other-folder = Another folder
deliver-folder-hint = /media/stick
deliver-folder-what = Enter takes it, Esc leaves.
deliver-folder-whole = Type the whole path of the folder, from its beginning.
# $delivery (String) - 01-0007
deliver-finish = Finish delivery { $delivery }
# $sum (String) - 3 envelopes, 312 sheets, ¥298,000
# $target (String) - the stick's name
deliver-summary = { $sum } → { $target }
# $target (String) - the stick's name
# $sum (String) - 3 envelopes, 312 sheets, ¥298,000
deliver-second-for = Deliver to { $target }: { $sum }.
# $delivery (String) - 01-0007
deliver-second-for-giving-up = Give up delivery { $delivery }.

# --- On the way ---
deliver-preparing = Preparing the delivery
# $delivery (String) - 01-0007
deliver-running = Delivery { $delivery } is being written
deliver-step-prepare = Envelopes fixed
deliver-step-write = Writing
deliver-step-flush = Flushing to the medium
deliver-step-read-back = Reading back
deliver-step-seal = Sealing
deliver-step-done = done
deliver-step-now = now
deliver-step-later = later
# $seconds (Number) - seconds to go
deliver-seconds-left =
    { $seconds ->
        [one] about { $seconds } second left
       *[other] about { $seconds } seconds left
    }
deliver-leave-in = Leave the medium in until it says done.
deliver-what-is-safe = It can't be stopped halfway. If the power goes or the medium comes out, nothing is lost: the same delivery is finished afterwards, and no sheet is delivered twice.
# $delivery (String) - 01-0007
deliver-done = Delivery { $delivery } is done. You may take the medium out.
deliver-next-hand-over = Hand the medium over, and let it be signed for.
deliver-next-check = How to check it stands in README.txt beside it: certutil on Windows, sha256sum elsewhere.
# $key (String) - the key
deliver-then = { $key }: back to the list

# --- Trouble ---
# $delivery (String) - 01-0007
deliver-still-prepared = Delivery { $delivery } stays begun. Press Enter to deliver it again, here or to another medium, or - to give it up.
deliver-nothing-left = Nothing was delivered. The envelopes are closed as before; press Enter to try again.
deliver-fault-no-folder = There is no such folder. Put the medium in, or choose another place.
deliver-fault-full = The medium is full. Use an emptier one.
deliver-fault-gone = The medium is gone. Put it back in.
deliver-fault-write-protected = The medium is write-protected. Move its switch, or use another one.
deliver-fault-not-allowed = This place can't be written to. Choose another one.
deliver-fault-worn-out = The medium fails: it was pulled out or is worn out. Use another one.
deliver-fault-read-back = The medium gave back something else than was written. Don't use it any more; take another one.
deliver-fault-uncertain = The delivery may be on this medium, but it could not be read to the end. Put the same medium back in; it is checked byte by byte.
deliver-fault-already-there = A folder of this name is there already and holds something else. Move it away, or use another medium.
# $text (String) - what was to be written
# $found (String) - the character
deliver-fault-text = In "{ $text }" the character "{ $found }" can't stand in the delivery's files. Correct the text, or let the profile's encoding be utf-8-bom.
deliver-fault-data = The totals don't agree. Deliver nothing and call the supervisor: the station's log must be audited.
deliver-fault-key = The station's key is not on this machine. Call the supervisor.
deliver-fault-names = The file names in the profile can't be used. Call the supervisor.
# $delivery (String) - 01-0007
deliver-give-up = Give up delivery { $delivery }?
deliver-give-up-what = Only if nothing of it has left this room. Delete its folder on the medium first. Its envelopes are closed again, and the number is not used any more.
deliver-reason = Reason
deliver-reason-hint = Why is it given up?
deliver-reason-missing = Type a reason. It stays in the log.
deliver-give-up-keys = Enter: then a second person. Esc: leave.
deliver-given-up = The delivery is given up. Its envelopes are closed and can be delivered anew.

# --- Earlier ---
deliver-earlier = Earlier deliveries
deliver-none-earlier = No delivery yet
deliver-state-prepared = begun
deliver-state-done = delivered
deliver-state-failed = given up
