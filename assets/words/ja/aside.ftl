# --- Files that were set aside: papers that nobody has counted ---
aside-head = 別置き { $count }件（未計数）
aside-told = { $file } を別に置きました。{ $why } この紙はまだ数えていません。

refused-aside-open = まだ数えていない別置きのファイルが{ $count }件あります（{ $names }）。紙がどうなったかを一件ずつ決めてから、締めてください。
refused-unknown-aside = 封筒{ $envelope }に、別置きの{ $no }番はありません。
refused-aside-settled = この別置きは、もう決めてあります。
refused-counted-before = { $sheet }は、別置きより前に数えた紙です。読み取り直した紙を選んでください。
refused-stands-for-another = { $sheet }は、ほかの別置きの紙として決めてあります。

story-aside = ファイル { $file } を別に置いた（まだ数えていない）
story-aside-side = ファイル { $file } を別に置いた（紙は { $sheet } として数えてある）
story-aside-fed = 別置き{ $no }番：もう一度読み取った { $sheet } がその紙
story-aside-keyed = 別置き{ $no }番：紙から手入力する（{ $sheet }）
story-aside-none = 別置き{ $no }番：紙はない

# --- What became of one ---
aside-list = 別置き { $count }件 · まだ数えていません
aside-line = { $place } { $file }：{ $why }
aside-more = ほか{ $count }件
aside-first = 別置きが{ $count }件あります。紙がどうなったかを決めてから締めてください。
aside-title = 別置き { $at }/{ $count }　{ $line }
aside-what = この紙はまだ数えていません。どうしましたか。
aside-fed = もう一度読み取りました
aside-paper = 紙から手入力します
aside-none = 紙はありません
aside-fed-what = もう一度読み取った紙はどれですか。
aside-feed-first = 別置きのあとに読み取った紙がありません。読取（F2）で先に読み取ってください。
aside-candidate = { $sheet }　{ $position }枚目　{ $number }
aside-paper-what = 紙をトレイ1（手入力）に置いて Enter を押してください。読めない紙として一枚加え、二人が手入力します。
aside-none-what = 山をもう一度見て、理由を選んでください。申告より少ないときは、もう一人が確かめます。
aside-why-none-note = 券ではない（控え・仕切り紙など）
aside-why-none-twice = 同じ紙を二度送った
aside-why-none-test = 試し読みのファイル
aside-why-none-searched = 探したが紙はない
aside-second = 封筒 { $envelope } の別置き { $file } に、紙はないことを確かめます。理由：{ $reason }
aside-settled = 別置きを決めました。
aside-settled-paper = 別置きを決めました。紙をトレイ1（手入力）に置いてください。
cmd-settle-aside = 別置きを決める
help-settle-aside = 別に置いたファイルの紙がどうなったかを決めます。

# --- Closing ---
close-empty = 封筒の中に紙は残っていませんか。のぞいて確かめてください。
close-empty-now = 封筒は空です。締める
close-empty-differs = 封筒の中に紙は残っていませんか。のぞいて確かめ、紙をもう一度数えてください。それでも違うときは理由を入れ、もう一人が確かめます。
close-closed = 封筒 { $envelope } は締めてあります。もう締めることはありません。直すときは、責任者が開け直します（-）。
close-delivered = 封筒 { $envelope } は納品済みです。
close-not-yours = 封筒を締められるのは、操作・検査・責任者の人です。

# --- Papers to pull ---
pull-title = 抜き取る紙 { $count }枚（済み { $done }枚）
pull-what = 読み取った順に数えた場所です。山から抜いて、トレイに置いてください。
pull-nothing = 抜き取る紙はありません
pull-nothing-what = Esc で読取に戻ります。
pull-place = { $place }枚目
pull-no-place = 場所不明
pull-tray = トレイ{ $tray }
pull-sheet = { $sheet }：{ $why }
pull-aside = { $file }：{ $why } まだ数えていません。
pull-note = 山から抜き取る紙が{ $count }枚あります。一覧は 1 です。
pull-close-first = 数えていません。一覧を閉じてから（Esc）読み取ってください。
pull-kept = 一覧を { $path } に書きました。印刷できます。
pull-not-kept = 一覧を書けませんでした。{ $why }
pull-text-title = 抜き取り一覧
cmd-pull-list = 抜き取り一覧
help-pull-list = 山から抜き取る紙を、場所とトレイで一覧にします。
cmd-tick-paper = 抜いた
help-tick-paper = 印を付けて次の紙に進みます。もう一度押すと印を消します。
cmd-keep-list = 印刷用に書き出す
help-keep-list = 一覧を文字のファイルに書き出します。

# --- Going on ---
go-on-with = { $envelope } を続ける（{ $place }枚目から）
go-on-last = 最後に数えた紙は{ $place }枚目です：{ $number }
go-on-what = 山の一番上がこの紙なら、Enter で続けてください。違うときは、下の並びと山を比べてください。
go-on-first = 数えていません。先に Enter を押して、この封筒を続けてください。

light-waits = 使えます（. で開始）
light-missing = フォルダがありません
