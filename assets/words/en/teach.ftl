# Teaching a new scheme from a few vouchers.
teach-title = Teach a new voucher
teach-page-samples = 1  Samples
teach-page-proposal = 2  Proposal
teach-page-try = 3  Try and save
teach-next-proposal = To the proposal
teach-next-try = Try it
teach-keys = ↑ ↓ choose · Tab next part · ← → change · Enter act · F12 next page, save · Del take out · Esc back

# --- What no picture tells ---
teach-about = About the voucher
teach-name = Name of the campaign
teach-id = Short name
teach-id-hint = letters and digits
teach-kinds = Face values in yen
teach-kinds-hint = such as 1000 500
teach-width = Width (mm)
teach-height = Height (mm)
teach-side = The number is on the
teach-front = front
teach-back = back

# --- The samples ---
teach-samples = Sample vouchers
teach-samples-what = Show vouchers with different numbers: two of each layout at least, six or more prove the check digit. Lay each flat and whole on a plain ground.
teach-path = Picture or folder
teach-path-hint = Where it is, then Enter; files can be dropped here too
teach-take = Take a picture
# $no (Number) - its place in the list
teach-sample = Sample { $no }
teach-sample-camera = camera
teach-looking = Looking …
teach-known = These pictures are here already.
# $count (Number)
teach-too-many = { $count } pictures are enough. The rest was not taken; take some out to show others.
# $text (String) - symbology and content
teach-sees-code = Barcode { $text }
teach-sees-no-code = No barcode
# $text (String) - the number as it was read
teach-sees-print = Print { $text }
teach-sees-no-print = The number in print was not read
teach-no-outline = The edge of the sheet can’t be told from the ground, so no boxes can be drawn. Lay it on a plain, darker ground.
teach-upside-down = Perhaps upside down
# $count (Number) - more barcodes
teach-more-codes =
    { $count ->
        [one] One more barcode
       *[other] { $count } more barcodes
    }

# --- Pictures that can’t be used ---
teach-fault-not-there = There is nothing of this name. Check where the picture is.
teach-fault-no-pictures = There is no picture in this folder.
teach-fault-not-a-picture = This is no picture. Use PNG, JPEG, TIFF, WebP or BMP.
teach-fault-too-large = The picture is too large. Scan at 200 to 300 dpi.
teach-fault-broken = The picture is damaged. Take it again.
teach-fault-no-camera = No camera is ready. Switch it on in the settings, or show a file.

# --- The proposal ---
# $samples (Number)
# $no (Number)
teach-layout =
    { $samples ->
        [one] Layout { $no } (one sample)
       *[other] Layout { $no } ({ $samples } samples)
    }
# $no (Number)
teach-face-of = The face of sample { $no }, straightened
teach-box-number = Number’s box
teach-box-barcode = Barcode’s box
teach-box-unknown = not known: draw it on the picture
teach-box-how = Drag a box, its edges or its corners; or Enter, then the arrows.
# $count (Number)
teach-box-empty =
    { $count ->
        [one] On one sample nothing can be read in the number’s box.
       *[other] On { $count } samples nothing can be read in the number’s box.
    }
teach-box-moves = Arrows move the box. Enter: change its size.
teach-box-sizes = Arrows change its size. Enter: done.
teach-barcode = Barcode
# $symbology (String)
# $part (String)
# $length (Number)
teach-barcode-is = { $symbology }: { $part }, { $length } characters
# $text (String)
teach-barcode-prefix = with { $text } before it
teach-part-whole = the whole content
# $text (String)
teach-part-query = the field { $text } of the web address
teach-part-segment = the last part of the web address
# $text (String)
teach-part-after = what follows { $text }
teach-number = Number
teach-number-how = Enter on a place changes what may stand there: # any digit, ? one of several, C the check digit, all else never changes.
# $no (Number) - from 1
# $what (String)
teach-place = Place { $no }: { $what }
# $text (String)
teach-place-fixed = always { $text }
teach-place-digit = any digit
teach-place-any-letter = any letter
# $text (String)
teach-place-letters = one of { $text }
teach-place-check = the check digit
# $text (String)
teach-place-mixed = { $text }: letters and digits
teach-groups = Printed groups
teach-groups-hint = such as 1 4 4 2
# $count (Number)
teach-groups-wrong = The groups must add up to { $count } characters.
teach-check = Check digit
teach-check-none = none
# $scheme (String)
# $place (Number)
# $cover (String)
teach-check-is = { $scheme } at place { $place } over { $cover }
# $count (Number)
teach-check-choices = { $count } fit all samples. ← → chooses.
teach-check-none-fits = No check digit that is known fits all samples.
teach-check-proven = Proven by the samples.
# $more (Number)
teach-check-not-proven = It may be chance. { $more } more different vouchers would prove it.
# $fits (Number)
# $more (Number)
teach-check-several = { $fits } schemes agree on these samples. { $more } more vouchers, or the printer’s papers, tell which.
teach-kind = Kind
teach-kind-operator = the operator sorts the piles
teach-guesses = Taken to be so. Look at each:

# --- Guesses ---
teach-guess-one-sample = One number can’t tell what changes from voucher to voucher. Show at least one more.
# $samples (String)
# $number (String)
teach-guess-same-number = Samples { $samples } show the same number { $number }, so they count as one.
# $place (Number)
# $seen (String)
# $allowed (String)
teach-guess-letters = At place { $place } stood { $seen }. Let pass: { $allowed }.
# $digits (String)
teach-guess-same-digits = All samples begin with { $digits }. Others may begin otherwise, so these digits are left open.
# $digits (String)
teach-guess-fixed-digits = The digits { $digits } are taken to be the same on every voucher.
# $prefix (String)
# $samples (Number)
teach-guess-prefix = The print has { $prefix } before what the barcode says (seen on { $samples }).
# $taken (String)
# $other (String)
teach-guess-part = The number in the barcode is taken to be { $taken }. It could be { $other }.
teach-guess-start-stop = The barcode’s start and stop letters differ from voucher to voucher, so any are let pass.
teach-guess-no-print = Nothing printed was read. If the print has letters or groups that the barcode has not, add them.
teach-guess-groups = The printed groups were read differently, so none are taken.
# $sample (Number)
teach-guess-barcode-unread = Of sample { $sample } the barcode was not read, so only its print counts.

# --- What is missing, and what contradicts ---
teach-need-size = Type width and height of the face in millimetres (20 to 500), measured with a ruler.
# $count (Number)
teach-need-looking =
    { $count ->
        [one] Still looking at one picture.
       *[other] Still looking at { $count } pictures.
    }
teach-need-name = Type the name of the campaign.
teach-need-id = Type a short name of letters and digits. It goes into the files.
teach-need-kinds = Type the face values, such as 1000 500.
teach-need-samples = Show at least two vouchers with different numbers.
teach-need-readable = Neither a barcode nor a number was read on any sample. Lay each voucher flat and whole on a plain ground, in even light.
teach-need-another = Each layout needs vouchers with at least two different numbers. Show one more.
teach-gap-number-area = It isn’t known where the number is printed. Draw its box.
teach-gap-barcode-area = It isn’t known where the barcode is. Draw its box.
# $place (Number)
# $seen (String)
teach-gap-mixed = Place { $place } has letters on some vouchers and digits on others ({ $seen }). If one was misread, take its sample out.
# $place (Number)
# $found (String)
teach-gap-character = Place { $place } has “{ $found }”, but a number has only letters and digits. If it is a check digit, show more vouchers to prove it.
# $why (String)
teach-bad-number = The number can’t be written down like this: { $why }
# $why (String)
teach-bad-profile = The profile would be refused: { $why }
teach-not-nothing-read = Neither barcode nor number was read. Show it again, flat and in even light.
teach-not-alone = It is like no other sample. Take it out, or show more vouchers of its sort.
# $text (String)
teach-not-content = Its barcode says { $text }, unlike the others. Take it out, or show more of its sort.
# $text (String)
# $got (Number)
# $want (Number)
teach-not-length = Its number { $text } has { $got } characters, the others have { $want }.
# $print (String)
# $barcode (String)
teach-not-print = The print says { $print }, the barcode { $barcode }. Look at the paper, and take it out if it was misread.
# $got (String)
# $want (String)
teach-not-prefix = The print begins with “{ $got }”, the others with “{ $want }”. Teach each beginning as a layout of its own.
# $place (Number)
# $text (String)
# $found (String)
teach-not-character = At place { $place } of { $text } stands “{ $found }”, unlike the others. Look at the paper, and take it out if it was misread.
# $scheme (String)
# $want (String)
# $found (String)
# $text (String)
teach-not-check = By { $scheme } the check digit should be { $want }, but it is { $found } in { $text }. All others are right, so look at the paper.
teach-not-barcode-place = Its barcode is in another place than on the others.
teach-not-number-place = Its number is in another place than on the others.

# --- Trying and saving ---
teach-try = Try it on more vouchers
teach-try-what = Show vouchers that it was not taught with. Compare each number with the paper.
# $right (Number)
# $all (Number)
teach-learned-right = { $right } of { $all } samples read as they were taught.
teach-trying = Reading …
teach-try-learned = sample
# $number (String)
teach-try-differs = It was taught as { $number }.
teach-try-nothing = No number
teach-keep = Save the profile
teach-keep-as = Save as
teach-keep-hint = A name alone goes beside the data folder.
teach-need-tries = Try it on at least one voucher that it was not taught with, and that reads.
# $count (Number)
teach-need-trying =
    { $count ->
        [one] Still reading one picture.
       *[other] Still reading { $count } pictures.
    }
# $count (Number)
teach-need-same =
    { $count ->
        [one] One sample reads as another number than it was taught. Go back and correct the proposal.
       *[other] { $count } samples read as another number than they were taught. Go back and correct the proposal.
    }
teach-need-right = Fewer than half of the samples read as they were taught. Go back and correct the proposal.
teach-need-where = Type a name for the file.
# $path (String)
teach-kept = Saved as { $path }
teach-kept-what = A campaign begins with it on the first screen of an empty data folder.
# $path (String)
teach-keep-already = { $path } is there already and stays as it is. Type another name.
# $path (String)
teach-keep-no-folder = There is no folder { $path }. Type one that is there.
teach-take-out = Take out
