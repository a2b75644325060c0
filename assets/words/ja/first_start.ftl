# The ways to begin
first-title = 券番へようこそ
first-place = ここではまだ何も数えていません。データの場所：{ $place }
first-training = 訓練を試す
first-training-what = 作り物の店舗と券で、開封から納品まで試せます。支払いは起きません。
first-own = 自分の事業を始める
first-own-what = 券の決まりを書いた設定ファイルを使います。先に中身を確かめます。
first-restore = バックアップから戻す
first-restore-what = この画面を閉じて、次のコマンドを入れてください。
first-beginning = 準備しています…
first-keys = ↑ ↓ で選ぶ · Enter で進む · ← → で言語
first-keys-back = ↑ ↓ で選ぶ · Enter で進む · Esc で戻る

# The profile
first-profile = 設定ファイル
first-profile-what = 券の番号の形、券種、額面を書いたファイルです。
first-path = 設定ファイルの場所
first-path-hint = ファイルの場所を入れて Enter
first-path-missing = 設定ファイルの場所を入れて Enter を押してください。
first-samples = 見本を見ることもできます。
first-teach = 設定ファイルがないときは、見本の券から作る
first-checking = 確かめています…
first-wrong = 直すところが{ $count }か所あります。ファイルを直して、もう一度 Enter を押してください。
first-campaign = { $id } · 第{ $revision }版
first-kind = { $name }（額面 { $face }）
first-bundle = 1束 { $sheets }枚
first-characters = { $count }桁
first-check-digit = 検査数字あり（C）
first-no-check-digit = 検査数字なし
first-no-barcode = バーコードなし
first-next = 端末と人を決める

# Station and people
first-station = 端末
first-code = 端末番号
first-code-what = 数字か英大文字で1〜4文字。封筒番号の頭に付き、あとから変えられません。
first-code-wrong = 端末番号は数字か英大文字で1〜4文字です（例 01）。
first-training-mode = 練習用です。支払いは起きません。
first-live-mode = 数えた券は支払われます。
first-sample-trains = 見本で始められるのは訓練だけです。
first-people = 人
first-people-what = 二人以上、うち一人は責任者です。暗証番号は最初に使うときに本人が決めます。
first-person = { $role }{ $no }
first-person-id = { $no }人目の ID
first-person-name = { $no }人目の名前
first-add-person = 人を増やす
first-id-wrong = ID は英数字とピリオド、下線で1〜16文字です。
first-id-twice = この ID はもうあります。別の ID にしてください。
first-name-missing = 名前を入れてください。
first-no-supervisor = 一人を責任者にしてください。
first-begin = 始める
first-then = 始めたら一度この画面を閉じて、店舗の一覧を取り込んでください。
first-heading-name = 名前
first-heading-role = 役割
first-remove-person = { $no }人目を外す
first-keys-people = ↑ ↓ で選ぶ · ← → で役割 · 役割の上で Del を押すとその人を外す · Enter で進む · Esc で戻る
