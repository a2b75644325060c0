# 見本の券から新しい券を教える
teach-title = 新しい券を教える
teach-page-samples = 1　見本
teach-page-proposal = 2　提案
teach-page-try = 3　試して保存
teach-next-proposal = 提案を見る
teach-next-try = 試す
teach-keys = ↑ ↓ で選ぶ · Tab で次のまとまり · ← → で変える · Enter で進む · F12 で次のページと保存 · Del で外す · Esc で戻る

# --- 画像からは分からないこと ---
teach-about = 券について
teach-name = 事業の名前
teach-id = 短い名前
teach-id-hint = 英数字
teach-kinds = 額面（円）
teach-kinds-hint = 例 1000 500
teach-width = 幅（mm）
teach-height = 高さ（mm）
teach-side = 番号のある面
teach-front = 表
teach-back = 裏

# --- 見本 ---
teach-samples = 見本の券
teach-samples-what = 番号の違う券を見せてください。同じ形の券を2枚以上、6枚ほどあれば検査数字が確かめられます。無地の台に、まっすぐ全体が見えるように置きます。
teach-path = 画像のファイルかフォルダ
teach-path-hint = 場所を入れて Enter（ここへ落としても入ります）
teach-take = 撮る
teach-sample = 見本 { $no }
teach-sample-camera = カメラ
teach-looking = 見ています…
teach-known = この画像はもう入っています。
teach-too-many = 画像は{ $count }枚で足ります。残りは入れていません。ほかの画像を見せるには、いくつか外してください。
teach-sees-code = バーコード { $text }
teach-sees-no-code = バーコードなし
teach-sees-print = 印字 { $text }
teach-sees-no-print = 印字の番号は読めませんでした
teach-no-outline = 券の縁が台と見分けられず、枠を描けません。無地の濃い台に置いてください。
teach-upside-down = 逆さかもしれません
teach-more-codes = ほかにバーコード { $count }個

# --- 使えない画像 ---
teach-fault-not-there = この名前のものはありません。場所を確かめてください。
teach-fault-no-pictures = このフォルダには画像がありません。
teach-fault-not-a-picture = これは画像ではありません。PNG・JPEG・TIFF・WebP・BMP を使ってください。
teach-fault-too-large = 画像が大きすぎます。200〜300 dpi で読み取ってください。
teach-fault-broken = 画像が壊れています。撮り直してください。
teach-fault-no-camera = カメラの用意ができていません。設定で入れるか、ファイルで見せてください。

# --- 提案 ---
teach-layout = 形 { $no }（見本 { $samples }枚）
teach-face-of = 見本 { $no } の券面（まっすぐにしたもの）
teach-box-number = 番号の枠
teach-box-barcode = バーコードの枠
teach-box-unknown = 場所が分かりません。画像の上に描いてください
teach-box-how = 枠や辺、角を引いて動かします。Enter のあと矢印でも動きます。
teach-box-empty = 見本{ $count }枚で、番号の枠の中が読めません。
teach-box-moves = 矢印で枠が動きます。Enter で大きさへ。
teach-box-sizes = 矢印で大きさが変わります。Enter で終わり。
teach-barcode = バーコード
teach-barcode-is = { $symbology }：{ $part }、{ $length }文字
teach-barcode-prefix = 前に { $text } が付く
teach-part-whole = 中身の全部
teach-part-query = ウェブアドレスの { $text } の欄
teach-part-segment = ウェブアドレスの最後の部分
teach-part-after = { $text } の後ろ
teach-number = 番号
teach-number-how = 桁の上で Enter を押すと、そこに立ってよい文字が変わります。# は数字、? はいくつかのうちの一つ、C は検査数字、ほかは変わりません。
teach-place = { $no }桁目：{ $what }
teach-place-fixed = いつも { $text }
teach-place-digit = 数字
teach-place-any-letter = 英字のどれか
teach-place-letters = { $text } のどれか
teach-place-check = 検査数字
teach-place-mixed = { $text }：英字と数字
teach-groups = 印字の区切り
teach-groups-hint = 例 1 4 4 2
teach-groups-wrong = 合わせて{ $count }桁になるように入れてください。
teach-check = 検査数字
teach-check-none = なし
teach-check-is = { $scheme }、{ $place }桁目、対象は { $cover }桁目
teach-check-choices = すべての見本に合うものが{ $count }通りあります。← → で選びます。
teach-check-none-fits = すべての見本に合う検査数字はありません。
teach-check-proven = 見本で確かめられました。
teach-check-not-proven = 偶然かもしれません。番号の違う券があと{ $more }枚あれば確かめられます。
teach-check-several = この見本では{ $fits }通りが同じ答えになります。あと{ $more }枚ほど、または印刷所の資料で決まります。
teach-kind = 券種
teach-kind-operator = 操作者が分けて置く
teach-guesses = こう見なしました。一つずつ確かめてください。

# --- 見なしたこと ---
teach-guess-one-sample = 番号が一つだけでは、券ごとに何が変わるか分かりません。もう1枚以上見せてください。
teach-guess-same-number = 見本 { $samples } は同じ番号 { $number } なので、一つと数えます。
teach-guess-letters = { $place }桁目には { $seen } がありました。通すのは { $allowed } です。
teach-guess-same-digits = どの見本も { $digits } で始まります。違うこともあるので、数字のままにしました。
teach-guess-fixed-digits = 数字 { $digits } は、どの券でも同じと見なしました。
teach-guess-prefix = 印字には、バーコードの前に { $prefix } が付いています（{ $samples }枚で確認）。
teach-guess-part = バーコードの中の番号は { $taken } と見なしました。{ $other } かもしれません。
teach-guess-start-stop = バーコードの始めと終わりの文字が券ごとに違うので、どれでも通します。
teach-guess-no-print = 印字が一つも読めませんでした。バーコードにない英字や区切りが印字にあれば、足してください。
teach-guess-groups = 印字の区切りが見本ごとに違って読めたので、区切りなしとしました。
teach-guess-barcode-unread = 見本 { $sample } はバーコードが読めず、印字だけを使いました。

# --- 足りないこと、食い違うこと ---
teach-need-size = 券面の幅と高さを mm で入れてください（20〜500、定規で測ります）。
teach-need-looking = あと{ $count }枚の画像を見ています。
teach-need-name = 事業の名前を入れてください。
teach-need-id = 英数字の短い名前を入れてください。ファイルの中で使います。
teach-need-kinds = 額面を入れてください（例 1000 500）。
teach-need-samples = 番号の違う券を2枚以上見せてください。
teach-need-readable = どの見本でもバーコードも番号も読めませんでした。無地の台に平らに全体を置き、明るさをむらなくしてください。
teach-need-another = 形ごとに、番号の違う券が2枚以上いります。もう1枚見せてください。
teach-gap-number-area = 番号の印字の場所が分かりません。枠を描いてください。
teach-gap-barcode-area = バーコードの場所が分かりません。枠を描いてください。
teach-gap-mixed = { $place }桁目は、英字の券と数字の券があります（{ $seen }）。読み違いなら、その見本を外してください。
teach-gap-character = { $place }桁目に「{ $found }」がありますが、番号は英字と数字だけです。検査数字なら、もっと券を見せて確かめてください。
teach-bad-number = この番号の形は書き表せません：{ $why }
teach-bad-profile = この設定は受け付けられません：{ $why }
teach-not-nothing-read = バーコードも番号も読めませんでした。平らに、明るさをむらなくして、もう一度見せてください。
teach-not-alone = ほかのどの見本とも違います。外すか、同じ形の券をもっと見せてください。
teach-not-content = バーコードは { $text } で、ほかと形が違います。外すか、同じ形の券をもっと見せてください。
teach-not-length = 番号 { $text } は{ $got }桁、ほかは{ $want }桁です。
teach-not-print = 印字は { $print }、バーコードは { $barcode } です。紙を見て、読み違いなら外してください。
teach-not-prefix = 印字の始まりが「{ $got }」で、ほかは「{ $want }」です。始まりごとに別の形として教えてください。
teach-not-character = { $text } の{ $place }桁目が「{ $found }」で、ほかと違います。紙を見て、読み違いなら外してください。
teach-not-check = { $scheme } では検査数字は { $want } のはずですが、{ $text } では { $found } です。ほかはすべて合うので、紙を見てください。
teach-not-barcode-place = バーコードの場所がほかと違います。
teach-not-number-place = 番号の場所がほかと違います。

# --- 試す、保存する ---
teach-try = ほかの券で試す
teach-try-what = 教えるのに使っていない券を見せて、番号を紙と見比べてください。
teach-learned-right = 見本{ $all }枚のうち{ $right }枚が、教えたとおりに読めました。
teach-trying = 読んでいます…
teach-try-learned = 見本
teach-try-differs = { $number } と教えた券です。
teach-try-nothing = 番号なし
teach-keep = 設定を保存する
teach-keep-as = 保存する名前
teach-keep-hint = 名前だけなら、データの場所の隣に入ります。
teach-need-tries = 教えるのに使っていない券を1枚以上試して、番号が読めることを確かめてください。
teach-need-trying = あと{ $count }枚の画像を読んでいます。
teach-need-same = 見本{ $count }枚が、教えた番号と違って読まれました。戻って提案を直してください。
teach-need-where = 保存する名前を入れてください。
teach-need-right = 教えたとおりに読めた見本が半分もありません。戻って提案を直してください。
teach-kept = { $path } に保存しました
teach-kept-what = 新しいデータの場所で始めるときに、最初の画面でこの設定を選びます。
teach-keep-already = { $path } はもうあり、そのまま残します。別の名前にしてください。
teach-keep-no-folder = { $path } というフォルダはありません。あるフォルダにしてください。
teach-take-out = 外す
