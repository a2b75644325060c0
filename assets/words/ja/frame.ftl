language-name = 日本語

# --- The stages ---
stage-open = 開封
stage-read = 読取
stage-check = 目視
stage-entry = 手入力
stage-edit = 編集
stage-deliver = 納品
stage-dispose = 処分
stage-supervisor = 責任者

# --- Signs ---
sign-accepted = 受付
sign-look = 目視へ
sign-to-key = 手入力へ
sign-stop = 停止
sign-away = 数えない

# --- Header ---
no-envelope = 机の上に封筒がありません
no-envelope-what = F1 で封筒を開けてください。
envelope-named = 封筒 { $name }
arrived-on = 受付日 { $day }
declared-and-taken = 申告 { $declared } · 読取 { $taken }
complete = そろいました
over = { $count }枚多い
left = 残り { $count }
kind-unknown = 券種不明
person-and-role = { $name }（{ $role }）
station-and-mode = 端末 { $station } · { $mode }
training = 訓練
live = 本番
training-band = 訓練中 · ここで数えた券は支払われません
device-camera = カメラ
device-scanner = スキャナ
device-folder = フォルダ
device-sound = 音
light-off = 切
light-searching = 探しています
light-ready = 使えます

# --- People ---
role-operator = 操作者
role-verifier = 検査者
role-supervisor = 責任者
role-delivery = 納品者
role-disposal = 処分者
sign-in-title = どなたですか
second-title = もう一人お願いします
choose-person = ご自分の番号を押してください。
pin = 暗証番号
type-pin = 暗証番号を入れて Enter を押してください。
choose-pin = 4〜8桁の暗証番号を決めて Enter を押してください。
type-pin-again = 同じ暗証番号をもう一度入れてください。
training-pin = 訓練です。そのまま Enter を押してください。
second-has-no-pin = この人はまだ暗証番号がありません。ご本人が F9 で決めてからお願いします。
pin-length = 暗証番号は4〜8桁です。
pins-differ = 二つの暗証番号が違います。決め直してください。
pin-wrong = 暗証番号が違います。
pin-wrong-wait = 暗証番号が違います。{ $seconds }秒お待ちください。
beside-title = 責任者の確認をお願いします
beside-what = { $name }さんの最初の暗証番号です。責任者がご本人を確かめ、ご自分の番号を押してください。
back-by-escape = まちがえて押したときは、すぐに Esc で{ $name }さんに戻ります。
role-without-pin = { $role } · 暗証番号はまだありません
supervisor-first = 最初に責任者が暗証番号を決めてください。ほかの人の最初の暗証番号は、責任者がそばで確かめます。
key-missing = この端末の鍵がありません。封筒を締めることも納品もできません。責任者を呼んでください。
go-in = 次へ

# --- Help ---
help-title = キー一覧
help-close = どのキーでも閉じます。
help-here = この画面
help-everywhere = どの画面でも
help-elsewhere = ほかの画面

# --- Amounts ---
yen-amount = { $yen }円
sheets = { $count }枚
envelopes = { $count }封筒
bundles = { $count }束
bundles-and-sheets = { $bundles }と{ $sheets }

# --- What was not done ---
trouble-not-saved = 保存できなかったので、数えていません。{ $why }
trouble-claimed = この紙はほかの人が入力しています。次の紙に進んでください。
trouble-busy = 処理中です。もう一度お願いします。
station-stopped = 端末が止まりました。今は数えていません。責任者を呼び、起動し直してください。
not-taken-stop-open = 先に、前の紙をトレイに置いて Enter を押してください。
not-taken-no-lane = 読み取る封筒がありません。F2 を押してください。
not-taken-no-camera = カメラの準備ができていません。この紙はまだ数えていません。
not-taken-garbage = スキャナから読めない信号が来ました。もう一度読み取ってください。
scan-torn = バーコードが途中で切れました。数えていません。一呼吸おいて、もう一度読み取ってください。
input-method-on = 日本語入力がオンになっています。半角/全角キーで切ってください。ここでは何も起きていません。
scan-not-here = バーコードが来ました。数えるのは読取（F2）だけです。

# --- Dispose ---
dispose-title = 処分するものはまだありません
dispose-what = この版では、箱と封印は紙に記録してください。

# Instead of a station
closed-in-use = このデータは、ほかの券番が使っています
closed-in-use-what = 開いている券番の画面を使うか、それを閉じてから、もう一度始めてください。二つ同時には数えられません。
closed-full = ディスクがいっぱいで、始められません
closed-full-what = 要らないファイルを消して空きを作ってください。数えた券は失われていません。
closed-damaged = データが傷んでいます
closed-damaged-what = このまま数えないでください。最後のバックアップから戻します。責任者を呼んでください。
closed-restored = この端末が署名した記録が足りません
closed-restored-what = バックアップから戻したか、記録の終わりが失われています。責任者二人が決めるまで数えられません。
closed-newer = 新しい版の券番で作られたデータです
closed-newer-what = 同じ版か、それより新しい券番を入れてください。
closed-other = 端末を始められません
closed-other-what = 下の文を責任者か、管理の担当に見せてください。
closed-place = データの場所：{ $place }
closed-leave = 閉じる
