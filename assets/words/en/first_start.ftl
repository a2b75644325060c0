# The ways to begin
first-title = Welcome to Kenban
# $place (String) - the data folder
first-place = Nothing is counted here yet. Data folder: { $place }
first-training = Try it: training
first-training-what = Made-up shops and vouchers, from opening to delivery. Nothing is paid, nothing can go wrong.
first-own = Begin a campaign of your own
first-own-what = With a profile file that describes the vouchers. It is checked first.
first-restore = Bring a backup back
first-restore-what = Close this window and type:
first-beginning = Getting ready …
first-keys = ↑ ↓ choose · Enter goes on · ← → language
first-keys-back = ↑ ↓ choose · Enter goes on · Esc goes back

# The profile
first-profile = Profile
first-profile-what = The file that says what the vouchers look like and what they are worth.
first-path = Profile file
first-path-hint = Full path of the file, then Enter
first-path-missing = Type where the profile file is, then press Enter.
first-samples = Or look at a sample:
first-teach = No profile yet: teach it from sample vouchers
first-checking = Checking …
# $count (Number) - wrong lines
first-wrong =
    { $count ->
        [one] One line is wrong. Correct it in the file, then press Enter again.
       *[other] { $count } lines are wrong. Correct them in the file, then press Enter again.
    }
# $id (String) - the campaign's id
# $revision (Number) - the profile's revision
first-campaign = { $id } · revision { $revision }
# $name (String) - the kind's name
# $face (String) - its face value
first-kind = { $name } (face { $face })
# $sheets (String) - sheets
first-bundle = { $sheets } sheets in a bundle
# $count (Number) - how many
first-characters = { $count } characters
first-check-digit = with check digit (C)
first-no-check-digit = no check digit
first-no-barcode = no barcode
first-next = Station and people

# Station and people
first-station = Station
first-code = Code
first-code-what = 1 to 4 digits or letters. It stands before every envelope's number and never changes.
first-code-wrong = The code has 1 to 4 digits or capital letters, such as 01.
first-training-mode = For practice: nothing is paid.
first-live-mode = What is counted is paid.
first-sample-trains = A sample is for training only.
first-people = People
first-people-what = At least two, one of them a supervisor. Everyone chooses a PIN when signing in.
# $role (String) - the role's word
# $no (String) - 1, 2
first-person = { $role } { $no }
# $no (String) - the row's number
first-person-id = Id of person { $no }
# $no (String) - the row's number
first-person-name = Name of person { $no }
first-add-person = One more person
first-id-wrong = An id has 1 to 16 letters, digits, dots or underscores.
first-id-twice = This id stands there already. Choose another.
first-name-missing = Type the person's name.
first-no-supervisor = Make one of them a supervisor.
first-begin = Begin
first-then = After that, close the window once and bring in the list of shops:
first-heading-name = Name
first-heading-role = Role
# $no (String) - the row, from 1
first-remove-person = Take out person { $no }
first-keys-people = ↑ ↓ choose · ← → role · Del on a role takes that person out · Enter go on · Esc back
