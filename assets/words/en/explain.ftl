# How a sheet's picture is read, step by step.
# $sheet (String) - 01-00124-037
explain-title = How { $sheet } was read
explain-now = Read once more just now. What counts is what stands in the story; nothing changes by looking.
explain-differs = When the sheet was taken, the machine read this picture differently. See the story.
explain-coming = Reading the picture once more …
explain-gone = This picture is not kept here any more, so nobody can see how it was read.
explain-broken = What is kept of this picture is damaged, so it can’t be read once more.
explain-blind = What the machine takes the number for is shown when keying is over.
# $no (Number) - which step
# $count (Number) - how many steps
explain-step-no = Step { $no } of { $count }

# --- The steps ---
explain-outline = The sheet in the picture
explain-face = The face, straightened
explain-barcode = The barcode
explain-line = The line of the number
explain-answer = The number, character by character

# --- What is drawn on a picture ---
explain-mark-sheet = edge of the sheet
explain-mark-barcode = barcode
explain-mark-number = number
explain-mark-kind = kind

# --- What a step found ---
explain-no-outline = No edge of a sheet was found, so the whole picture was searched.
explain-outline-firm = The edge of the sheet stands out clearly.
explain-outline-weak = There is an edge, but not a clear one.
explain-outline-beside = Something else lies in the picture.
explain-no-layout = Which layout of this campaign it is, can’t be said for certain. Which way is up is a guess.
# $layout (String) - the layout's id
explain-layout = The sheet is laid out like { $layout }: that says where barcode and number stand.
explain-layout-by-code = The edge does not say where the face lies; the barcode does.
# $kind (String) - the kind's name
explain-layout-kind = Its text says { $kind }.
explain-no-barcode = Nothing could be read of a barcode here.
# $text (String) - its symbology and what it says
explain-code = It says { $text }.
# $count (Number) - scans
explain-code-votes =
    { $count ->
        [one] { $count } scan says so.
       *[other] { $count } scans say the same.
    }
explain-code-elsewhere = It does not lie where this layout has it.
# $text (String) - what was read
explain-free = Without knowing what a number looks like, the machine reads { $text }.
explain-free-nothing = The machine can read nothing in it.
explain-answer-firm = It is a number of this campaign just as it was read.
explain-answer-formed = Only knowing what numbers look like, the machine takes it for this, the likeliest first. Alone, that never counts without a person.
explain-answer-none = That is no number of this campaign.
# $number (String) - in groups
# $percent (String) - confidence
explain-answer-number = { $number }: sure to { $percent } %
explain-answer-rows = The darker a bar under a character, the surer the machine is of it.
