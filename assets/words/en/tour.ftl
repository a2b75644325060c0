# $step (Number) - this step
# $of (Number) - all steps
tour-step = { $step } / { $of }
tour-sign-in = Welcome. You are an operator: press your number, then Enter. This is training, nobody needs a PIN.
# $name (String) - the shop's name
# $shop (String) - the shop's code
# $counts (String) - the slip's counts in the order of the fields
tour-open = An envelope from { $name } ({ $shop }, slip { $counts }) lies before you. F11 copies its slip, Enter opens it. In earnest you type the shop and the counts.
tour-open-any = Type a shop's name and Enter, then the counts of its slip, each with Enter.
tour-first-sheet = Press Enter: a hand lays the first sheet under the camera. Listen, then look at the number.
tour-more-sheets = Enter again for each sheet. Only when it says Stop there is something to do.
tour-stop = A stop. The red box says in which tray the paper goes. Then Enter.
tour-go-read = Press F2 to read.
tour-go-check = All sheets are read. Press F3: numbers that an eye must confirm.
tour-check = Is each number the one in its picture? Then Enter. If one is wrong, type its two digits first.
tour-go-entry = Press F4: numbers that must be keyed.
tour-key = Type the number in the picture, then Enter. Can't anyone tell it? Then a full stop and Enter.
tour-second-person = A second person keys the same, without seeing yours: F9, then another operator's number, then Enter.
tour-key-again = The second keying: type what you see, then Enter.
# $who (String) - number and name
tour-third-person = The two differ, so a third looks: F9, { $who }, Enter.
tour-key-third = The third keying: type what you see, then Enter.
# $who (String) - number and name
tour-call-supervisor = What was stopped waits for the supervisor: F9, { $who }, Enter.
tour-go-supervisor = Press F8: what waits for a decision.
tour-settle = Look at the reason and the pictures, choose with a digit, give a reason with Enter.
tour-go-edit = Nothing is in hand. Press F5: the envelope against its slip.
tour-close = Enter opens the envelope, a full stop closes it. If it differs from the slip, it asks for a reason and a second person.
# $who (String) - number and name
tour-call-delivery = Closed. A supervisor delivers: F9, { $who }, Enter, then F6.
tour-go-deliver = Press F6: the delivery.
tour-deliver = Choose a folder or a stick, then Enter. A second person stands beside.
tour-done = Delivered, from envelope to stick. Another envelope? F1. To end: close the window.
