# The form
open-shop = Shop
open-shop-hint = Code, name or kana
open-shop-how = Type a part of it, or scan the slip's barcode.
open-no-hits = No shop is found by this. Check the code or the name on the slip.
open-choose-shop = Choose the shop first.
open-slip = Sheets as the slip says
# $kind (String) - the kind's name
open-count-of = { $kind }, sheets
# $sheets (String) - with thousands
open-sum = { $sheets } sheets in all
# $bundles (String) - 2 bundles and 15 sheets
# $size (Number) - sheets in a bundle
open-bundles = makes { $bundles } (bundles of { $size })
open-arrived = Arrived
open-business-day = Business day
open-no-such-day = Type month and day, such as 1124.
# $date (String) - 2026/11/24
# $weekday (String) - the weekday
# $far (String) - today, 4 days ago
open-day = { $date } { $weekday } · { $far }
day-today = today
day-yesterday = yesterday
day-tomorrow = tomorrow
# $days (Number) - how many
days-ago = { $days } days ago
# $days (Number) - how many
days-ahead = { $days } days from now
weekday-monday = Mon
weekday-tuesday = Tue
weekday-wednesday = Wed
weekday-thursday = Thu
weekday-friday = Fri
weekday-saturday = Sat
weekday-sunday = Sun
open-not-valid = Vouchers are not paid by this arrival date. Each sheet will go to the supervisor.
open-opening = Opening …

# What is open
# $envelopes (String) - 3 envelopes
open-list = Open: { $envelopes }
open-list-how = ↑ ↓ and Enter go on with one.
open-list-empty = Open the first envelope: type its shop.
# $count (Number) - sheets
open-to-check = { $count } to check
# $count (Number) - sheets
open-to-key = { $count } to key
# $count (Number) - sheets
open-to-settle = { $count } for the supervisor
open-untouched = not begun
open-to-close = to close (F5)
open-table = Training · the slip of the next envelope on the table
