deliver-not-you = 納品は納品者か責任者の仕事です
deliver-not-you-what = F9 を押して、どちらかの人に代わってください。
deliver-good = よい
deliver-note = 注意
deliver-bad = まだ

# --- Ready? ---
deliver-ready = 準備
deliver-ready-yes = 納品できます
deliver-ready-not = まだ納品できません
deliver-ready-to-finish = 途中から仕上げます
deliver-checking = 封筒を確かめています。
deliver-mend-first = × の付いたものを先に直してください（.）。
deliver-unfinished = 納品 { $delivery } が途中です。
deliver-unfinished-what = 同じ媒体を差して Enter を押してください。同じ番号で続きから仕上げます。二重に数えることはありません。やめるときは - です。
deliver-closed = 締めた封筒が{ $count }封筒あります。
deliver-nothing-closed = 締めた封筒がありません。編集（F5）で締めてください。
deliver-no-second = 納品に立ち会える人がほかにいません。責任者（F8）が人を加えてください。
deliver-none-blocked = 無効になった番号はありません。
deliver-blocked = 受付のあとで無効になった券が{ $count }枚あります。封筒を開け直して責任者が決めてください。
deliver-shops-named = どの店舗にも名前があります。
deliver-no-shop-name = 名前のない店舗が{ $count }店あります（{ $first }）。店舗の一覧を取り込んでください。
deliver-none-held = 保留の券はありません。
deliver-held = 保留の券が{ $count }枚、支払われないまま出ます。
deliver-find-held = 保留
deliver-none-in-hand = 人を待っている券はありません。
deliver-in-hand = 開いている封筒に、人を待つ券が{ $count }枚あります。今回は出ません。
deliver-none-open = 開いている封筒はありません。
deliver-open = まだ開いている封筒が{ $count }封筒あります（{ $first }）。今回は出ません。

# --- What ---
deliver-what = 中身
deliver-nothing-what = 締めた封筒の枚数と金額がここに出ます。
deliver-sum = { $envelopes }・{ $sheets }・{ $yen }
deliver-sheets-and-yen = { $sheets }　{ $yen }
deliver-envelopes-and-shops = { $shops }の{ $envelopes }
deliver-sheets = { $shown }枚
deliver-shops = { $count }店舗
deliver-of-these-held = うち保留（支払なし）
deliver-of-these-rejected = うち却下（支払なし）
deliver-files-coming = 先頭の行を作っています。
deliver-files-too-many = 枚数が多いので、先頭の行は出しません。
deliver-files-failed = この封筒はこのままでは納品できません。
deliver-rows = { $shown }件
deliver-first-of = { $rows }のうち先頭の{ $lines }行です。数字でファイルを選び、左右の矢印で動かし、+ で閉じます。

# --- Where to ---
deliver-where = 納品先
deliver-put-stick-in = 媒体を差してください。差すとここに出ます。
deliver-free = 空き { $free }
deliver-too-full = 空きが足りません（空き { $free }、必要 { $needed }）。
deliver-not-writable = 書き込み禁止です。スイッチを動かすか、別の媒体を使ってください。
deliver-other-folder = 別のフォルダ
deliver-folder-hint = /media/stick
deliver-folder-what = Enter で決め、Esc でやめます。
deliver-folder-whole = フォルダの場所を最初から全部入れてください。
deliver-finish = 納品 { $delivery } を仕上げる
deliver-summary = { $sum } → { $target }
deliver-second-for = { $target } に納品します（{ $sum }）。
deliver-second-for-giving-up = 納品 { $delivery } を中止します。

# --- On the way ---
deliver-preparing = 納品の準備をしています
deliver-running = 納品 { $delivery } を書き出しています
deliver-step-prepare = 封筒を固定
deliver-step-write = 書き出し
deliver-step-flush = 媒体へ送り込み
deliver-step-read-back = 読み返し
deliver-step-seal = 封印
deliver-step-done = 済み
deliver-step-now = 今
deliver-step-later = これから
deliver-seconds-left = 残り およそ{ $seconds }秒
deliver-leave-in = 「できました」と出るまで、媒体を抜かないでください。
deliver-what-is-safe = 途中では止められません。停電しても媒体が抜けても、数えた券は失われません。あとで同じ納品を仕上げます。二重に納品することはありません。
deliver-done = 納品 { $delivery } できました。媒体を抜いてください。
deliver-next-hand-over = 媒体を渡し、受領書をもらってください。
deliver-next-check = 確かめかたは媒体の README.txt にあります（Windows は certutil、Linux は sha256sum）。
deliver-then = { $key } で一覧に戻ります

# --- Trouble ---
deliver-still-prepared = 納品 { $delivery } は途中のままです。同じ媒体か別の媒体にもう一度 Enter、やめるときは - を押してください。
deliver-nothing-left = 何も納品していません。封筒は締めたままです。直したらもう一度 Enter を押してください。
deliver-fault-no-folder = そのフォルダはありません。媒体を差すか、別の場所を選んでください。
deliver-fault-full = 媒体がいっぱいです。空きの多い媒体を使ってください。
deliver-fault-gone = 媒体がありません。差し直してください。
deliver-fault-write-protected = 媒体が書き込み禁止です。スイッチを動かすか、別の媒体を使ってください。
deliver-fault-not-allowed = この場所には書けません。別の場所を選んでください。
deliver-fault-worn-out = 媒体に書けません。抜けたか、傷んでいます。別の媒体を使ってください。
deliver-fault-read-back = 読み返すと、書いたものと違っていました。この媒体は使わず、別の媒体を使ってください。
deliver-fault-uncertain = この媒体に納品が入っているかもしれませんが、最後まで読めませんでした。同じ媒体を差し直してください。一字ずつ確かめます。
deliver-fault-already-there = 同じ名前のフォルダがあり、中身が違います。よそへ移すか、別の媒体を使ってください。
deliver-fault-text = 「{ $text }」の「{ $found }」は納品のファイルに入れられません。その文字を直すか、設定ファイルの encoding を utf-8-bom にしてください。
deliver-fault-data = 合計が合いません。納品をやめて責任者を呼んでください。記録の監査が要ります。
deliver-fault-key = この端末の鍵がありません。責任者を呼んでください。
deliver-fault-names = プロファイルのファイル名が使えません。責任者を呼んでください。
deliver-give-up = 納品 { $delivery } を中止しますか
deliver-give-up-what = まだ何も部屋の外に出していないときだけです。先に媒体の中のフォルダを消してください。封筒は締めた状態に戻り、この番号はもう使いません。
deliver-reason = 理由
deliver-reason-hint = 中止する理由
deliver-reason-missing = 理由を入れてください。記録に残ります。
deliver-give-up-keys = Enter のあと、もう一人の確認があります。Esc でやめます。
deliver-given-up = 納品を中止しました。封筒は締めてあり、あらためて納品できます。

# --- Earlier ---
deliver-earlier = これまでの納品
deliver-none-earlier = 納品はまだありません
deliver-state-prepared = 途中
deliver-state-done = 納品済み
deliver-state-failed = 中止
