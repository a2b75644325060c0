# --- What is wrong with a profile's file ---
# $line (Number) - from 1
# $what (String) - a mistake
profile-line = Line { $line }: { $what }
profile-whole = the profile
# $word (String) - the likely one
profile-near = Did you mean { $word }?
# $words (String) - a list
profile-among = Choose one of: { $words }
profile-among-none = There is nothing to choose from yet.
# $bytes (Number) - its size
profile-too-large = The file is too large ({ $bytes } bytes). Is this a profile?
# $why (String) - the reader's words
profile-not-toml = This is not TOML: { $why }. Write it as name = value, with text in "quotes" and headings in [brackets].
profile-incomplete = The profile is incomplete. Compare it with a sample.
# $found (Number) - what stands there
profile-format = Format { $found } is not known. Write format = 1.
profile-no-campaign = There is no [campaign]. Add [campaign] with id and name.
profile-no-kind = There is no [[kind]]. Add [[kind]] with id, name and face for each kind of voucher.
profile-no-layout = There is no [[layout]]. Add [[layout]] for each kind of face.
profile-no-provisional = Without [provisional] nothing says whether a sheet whose number can't be told is paid. Add it with prefix = "K" and paid = true or paid = false.
# $section (String) - where
# $key (String) - what
# $like (String) - an example
profile-missing = In { $section } there is no { $key }. Add { $like }.
# $section (String) - where
# $key (String) - what
profile-no-box = In { $section } there is no { $key }. Add { $key } = [0.6, 0.7, 0.4, 0.2], fractions of the face from its top left.
# $section (String) - where
# $key (String) - what
# $choice (String) - what it may be
profile-unknown = In { $section } nothing is called { $key }. { $choice }
# $found (String) - what stands there
# $choice (String) - what it may be
profile-looser = { $found } is refused: the rule can only be made stricter. A sheet counts without a person only on two readings that agree, or on one with a valid check digit and its number in the issue ledger. { $choice }
# $name (String) - its key
# $got (String) - what it is
profile-no-table = { $name } must be a table, not { $got }. Write it under a heading [{ $name }] or as { "{" } name = value { "}" }.
# $key (String) - its key
profile-no-tables = { $key } is a list of tables. Write the heading as [[{ $key }]], with two brackets.
# $key (String) - its key
# $count (Number) - how many
# $most (Number) - how many at most
profile-too-many = [[{ $key }]] stands there { $count } times. Have at most { $most }.
# $key (String) - its key
# $want (String) - what it must be
# $got (String) - what it is
# $like (String) - an example
profile-shape = { $key } must be { $want }, not { $got }. Write it like { $like }.
# $key (String) - its key
# $want (String) - what it must be
# $like (String) - an example
profile-unfit = { $key } must be { $want }. Write it like { $like }.
# $key (String) - its key
# $found (Number) - what stands there
# $least (Number) - at least
# $most (Number) - at most
profile-bounds = { $key } = { $found } is out of bounds. Write a number from { $least } to { $most }.
# $key (String) - its key
# $found (String) - what stands there
# $choice (String) - what it may be
profile-word = { $key } can't be { $found }. { $choice }
# $key (String) - its key
# $found (String) - what stands there
profile-id = { $key } can't be { $found }. Use 1 to 40 letters, digits, - and _.
profile-name = This name is empty, too long or has control characters. Write one line of at most 100 characters.
# $id (String) - an id
profile-twice = The id { $id } is given twice. Give each its own.
profile-periods = valid needs 1 to 100 periods. Leave it out if any arrival date is paid.
# $from (String) - a date
# $until (String) - a date
profile-period = A period from { $from } until { $until } is empty. Swap the dates: until is the last day that is paid.
profile-sample-of-what = eye_check = "sample" does not say how many. Add sample_every = 100.
profile-sample-of-none = sample_every has no meaning without eye_check = "sample". Take it out, or write that.
# $found (String) - what stands there
profile-prefix = The prefix can't be { $found }. Use 1 to 4 capital letters.
profile-fee-ways = A fee is either a percentage or yen for each sheet. Give one of percent = "2.5" and yen_per_sheet = 30.
profile-fee-per = [fee] has no per: over what is the percentage rounded? Add per = "sheet", "envelope" or "closing".
# $found (String) - what stands there
profile-percent = { $found } is no percentage. Write 0 to 100 with at most two places, such as "2.5".
# $found (String) - what stands there
# $why (String) - why not
# $like (String) - an example
profile-file-name = The file name { $found } can't be used: { $why }. Write a plain name like "{ $like }", without ending.
# $key (String) - its key
profile-same-file = { $key } names the same file as another. Give each its own name.
profile-kind-text-nowhere = The kind is to be read from text, but nothing says where. Add kind_box = [x, y, width, height].
# $id (String) - an id
# $choice (String) - what it may be
profile-kind-unknown = There is no [[kind]] with the id { $id }. { $choice }
profile-kind-ways = A kind is known in exactly one way. Write one of fixed, number, text and operator.
profile-kind-by-nothing = No number tells its kind here. Write first characters and kind, such as { "{" } A = "1000" { "}" }.
# $key (String) - its key
profile-box-outside = { $key } must be x, y, width and height within the face: fractions from 0 to 1, x + width and y + height at most 1.
# $found (String) - what stands there
profile-kind-start = No number of this layout starts with { $found }. Write the first characters as they are on the voucher, without hyphens.
profile-start-stop = Only Codabar has start and stop letters. Take start_stop out, or add "codabar" to symbology.
profile-no-symbology = symbology names none. Write it like symbology = ["codabar"].
profile-content-ways = The number is in exactly one part of the content. Write part = "whole" or one of query, last_segment and after.
profile-second-differs = The second number must be the same as the first, but has another form. Write the same parts for both, or same = false.
profile-part-ways = A part is one of literal, letters, digits and check.
# $one (String) - a layout's id
# $two (String) - a layout's id
profile-layouts-alike = Numbers of the layouts { $one } and { $two } look alike, but their kinds are known in different ways. Tell them apart by a literal or the length, or give both the same kind.
# $prefix (String) - letters
# $layout (String) - a layout's id
profile-provisional-alike = A provisional number with the prefix { $prefix } would look like a number of the layout { $layout }. Choose letters with which no number starts.
# $content (Number) - characters
# $made (Number) - characters
# $number (Number) - characters
# $right (Number) - characters
profile-content-length = The prefix and { $content } characters of content make { $made }, but the number has { $number }. Write length = { $right }, without start and stop letters.
# $found (String) - what stands there
profile-content-start = No number of this layout starts with { $found }. Write the characters that stand before the barcode's part of the number.
profile-content-letters = The content is digits only, but the number needs letters there. Write digits_only = false, or add the letters by add_prefix.
# $symbology (String) - its word
# $length (Number) - characters
profile-symbology-length = { $symbology } can't carry { $length } characters: ean13 carries 13, ean8 carries 8, itf an even number of digits.

# --- Sorts of values ---
want-text = text
want-quoted-text = text in quotes
want-whole = a whole number
want-list = a list
want-truth = true or false
want-true = true
want-date = a date
want-letters = two letters A to D
want-text-or-table = text or a table
want-part-names = names of parts
want-lengths = lengths
want-weights = the lowest and the highest weight, from 1 to 10
want-size = width and height, each 20 to 500 mm
shape-point = a number with a point
shape-table = a table

# --- Names of files ---
file-name-length = it is empty or too long
file-name-braces = only date and no may stand in braces
file-name-character = a character is not safe in file names
file-name-ends = it starts or ends badly
file-name-device = it is a device's name on Windows

# --- The form of a number ---
number-empty = The number has no parts. Write some, such as { "{" } digits = 9, name = "serial" { "}" }.
# $count (Number) - characters
number-too-long = The number has { $count } characters. Have at most 64.
number-empty-part = A part has no characters. Give each at least one.
# $found (String) - a character
number-literal = '{ $found }' stands in a fixed text. Use only capital letters and digits; spaces and hyphens belong to the separator.
# $found (String) - a character
number-letters = '{ $found }' stands among the letters of a part. List capital letters, each once.
# $count (Number) - digits
number-too-many-digits = There are { $count } digits besides the check digit. Write what never changes as a literal.
# $name (String) - a part's
number-name-twice = The name { $name } stands for two parts. Give each its own.
number-no-name = A part has no name. Add name = "…".
number-several-checks = There are two check digits. Keep one.
number-covers-nothing = The check digit covers nothing. Name its parts: covers = ["serial"].
# $name (String) - a part's
number-covers-unknown = The check digit covers { $name }, but no part has that name. Name a digits or letters part, or a literal by its text.
# $name (String) - a part's
number-covers-twice = The check digit covers { $name } twice. Name it once.
# $name (String) - a part's
number-covers-wrong = The check digit covers { $name }, whose characters its scheme can't add. Leave it out of covers, or use code39-modulus43, which has values for letters.
number-start-stop = Start and stop letters of NW-7 are A to D.
number-weights = Write the weights as lowest and highest, 1 to 10, such as [2, 7].
# $got (Number) - characters
# $want (Number) - characters
number-groups = The printed groups make { $got } characters, but the number has { $want }. Make them add up.
number-empty-group = A printed group has no characters. Give each at least one.
# $found (String) - what stands there
number-separator = The separator can't be "{ $found }". Use a space, a hyphen or ""; "" where code39-modulus43 is the check.
