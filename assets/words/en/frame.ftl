language-name = English
sheets =
    { $count ->
        [one] { $count } sheet
       *[other] { $count } sheets
    }
