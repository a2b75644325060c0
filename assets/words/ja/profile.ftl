# --- 設定ファイルのまちがい ---
profile-line = { $line }行目：{ $what }
profile-whole = 設定ファイル
profile-near = { $word } のことですか。
profile-among = 次のどれかにしてください：{ $words }
profile-among-none = まだ選べるものがありません。
profile-too-large = ファイルが大きすぎます（{ $bytes } バイト）。設定ファイルかどうか確かめてください。
profile-not-toml = 書き方（TOML）が違います。名前 = 値 の形で、文字は "" で囲み、見出しは [ ] で書いてください。
profile-incomplete = 足りないところがあります。見本と比べてください。
profile-format = この形式（{ $found }）は知りません。format = 1 と書いてください。
profile-no-campaign = [campaign] がありません。[campaign] を id と name を付けて足してください。
profile-no-kind = [[kind]] がありません。券種ごとに [[kind]] を id、name、face を付けて足してください。
profile-no-layout = [[layout]] がありません。券面の形ごとに [[layout]] を足してください。
profile-no-provisional = [provisional] がないので、番号の分からない券を支払うかどうか決まりません。prefix = "K" と、paid = true か paid = false を付けて足してください。
profile-missing = { $section } に { $key } がありません。{ $like } のように足してください。
profile-no-box = { $section } に { $key } がありません。{ $key } = [0.6, 0.7, 0.4, 0.2] のように、券面の左上からの割合で足してください。
profile-unknown = { $section } に { $key } というものはありません。{ $choice }
profile-looser = { $found } は使えません。受付の決まりは厳しくすることしかできません（人が見ずに数えるのは、二つの読みが一致したときか、検査数字が合い発行済みの一覧にあるときだけです）。{ $choice }
profile-no-table = { $name } は { $got } ではなく表にしてください。見出し [{ $name }] の下か、{ "{" } 名前 = 値 { "}" } の形で書きます。
profile-no-tables = { $key } は表の並びです。見出しを [[{ $key }]] と、括弧を二つずつで書いてください。
profile-too-many = [[{ $key }]] が{ $count }個あります。{ $most }個までにしてください。
profile-shape = { $key } は { $got } ではなく { $want } です。{ $like } のように書いてください。
profile-unfit = { $key } は { $want } です。{ $like } のように書いてください。
profile-bounds = { $key } = { $found } は範囲の外です。{ $least } から { $most } までの数にしてください。
profile-word = { $key } に { $found } は使えません。{ $choice }
profile-id = { $key } に { $found } は使えません。英字、数字、- と _ で1〜40文字にしてください。
profile-name = 名前が空か、長すぎるか、使えない文字があります。一行で100文字までにしてください。
profile-twice = id の { $id } が二度あります。それぞれ別の id にしてください。
profile-periods = valid の期間は1〜100個です。いつ届いても支払うなら valid を書かないでください。
profile-period = { $from } から { $until } までの期間は空です。日付を入れ替えてください（until は支払う最後の日です）。
profile-sample-of-what = eye_check = "sample" だけでは、何枚に一枚か分かりません。sample_every = 100 を足してください。
profile-sample-of-none = sample_every は eye_check = "sample" のときだけ使います。取るか、eye_check = "sample" にしてください。
profile-prefix = prefix に { $found } は使えません。英大文字で1〜4文字にしてください。
profile-fee-ways = 手数料は率か一枚あたりの円のどちらかです。percent = "2.5" か yen_per_sheet = 30 の片方を書いてください。
profile-fee-per = [fee] に per がないので、率をどこで丸めるか分かりません。per = "sheet"、"envelope"、"closing" のどれかを足してください。
profile-percent = { $found } は率ではありません。"2.5" のように、0〜100 を小数二桁まで書いてください。
profile-file-name = ファイル名 { $found } は使えません（{ $why }）。"{ $like }" のように、拡張子を付けずに書いてください。
profile-same-file = { $key } がほかと同じファイル名です。それぞれ別の名前にしてください。
profile-kind-text-nowhere = 券種を文字から読むのに、場所がありません。kind_box = [x, y, 幅, 高さ] を足してください。
profile-kind-unknown = id が { $id } の [[kind]] はありません。{ $choice }
profile-kind-ways = 券種の決め方は一つだけです。fixed、number、text、operator のどれか一つを書いてください。
profile-kind-by-nothing = どの番号からも券種が決まりません。{ "{" } A = "1000" { "}" } のように、始まりの文字と券種を書いてください。
profile-box-outside = { $key } は x、y、幅、高さで、券面の中に収めてください。0〜1 の割合で、x + 幅 も y + 高さ も 1 までです。
profile-kind-start = この形の番号は { $found } で始まりません。券の番号の始まりを、ハイフンなしでそのまま書いてください。
profile-start-stop = 始まりと終わりの文字があるのは Codabar だけです。start_stop を取るか、symbology に "codabar" を足してください。
profile-no-symbology = symbology に何もありません。symbology = ["codabar"] のように書いてください。
profile-content-ways = 番号は内容の一か所だけにあります。part = "whole" か、query、last_segment、after のどれか一つを書いてください。
profile-second-differs = 二つ目の番号は一つ目と同じはずなのに、形が違います。同じ parts にするか、same = false にしてください。
profile-part-ways = parts の一つは literal、letters、digits、check のどれか一つです。
profile-layouts-alike = 券面 { $one } と { $two } の番号が似ているのに、券種の決め方が違います。決まった文字か長さで分けるか、同じ券種にしてください。
profile-provisional-alike = 頭が { $prefix } の仮券番は、券面 { $layout } の番号と見分けが付きません。どの番号もそれで始まらない英字にしてください。
profile-content-length = 付け足す文字と内容の{ $content }文字で{ $made }文字になりますが、番号は{ $number }文字です。length = { $right } にしてください（始まりと終わりの文字は数えません）。
profile-content-start = この形の番号は { $found } で始まりません。バーコードの部分の前に立つ文字を書いてください。
profile-content-letters = 内容は数字だけなのに、番号のそこには英字がいります。digits_only = false にするか、add_prefix で英字を足してください。
profile-symbology-length = { $symbology } に{ $length }文字は入りません。ean13 は13文字、ean8 は8文字、itf は偶数の数字です。

# --- 値の種類 ---
want-text = 文字
want-quoted-text = "" で囲んだ文字
want-whole = 整数
want-list = 並び
want-truth = true か false
want-true = true
want-date = 日付
want-letters = A〜D の二文字
want-text-or-table = 文字か表
want-part-names = parts の名前
want-lengths = 長さ
want-weights = 最小と最大の重み（1〜10）
want-size = 幅と高さ（20〜500 mm）
shape-point = 小数
shape-table = 表

# --- ファイル名 ---
file-name-length = 空か、長すぎます
file-name-braces = { "{" } { "}" } に入れられるのは date と no だけです
file-name-character = ファイル名に使えない文字があります
file-name-ends = 始まりか終わりの文字が使えません
file-name-device = Windows では機器の名前です

# --- 番号の形 ---
number-empty = 番号の部分が一つもありません。{ "{" } digits = 9, name = "serial" { "}" } のように書いてください。
number-too-long = 番号が{ $count }文字あります。64文字までにしてください。
number-empty-part = 文字のない部分があります。どの部分も1文字以上にしてください。
number-literal = 決まった文字に「{ $found }」があります。英大文字と数字だけにしてください。空白とハイフンは separator に書きます。
number-letters = 英字の部分に「{ $found }」があります。英大文字を一度ずつ並べてください。
number-too-many-digits = 検査数字のほかに数字が{ $count }桁あります。いつも同じ数字は literal にしてください。
number-name-twice = { $name } という名前の部分が二つあります。それぞれ別の名前にしてください。
number-no-name = 名前のない部分があります。name = "…" を足してください。
number-several-checks = 検査数字が二つあります。一つにしてください。
number-covers-nothing = 検査数字の対象がありません。covers = ["serial"] のように書いてください。
number-covers-unknown = 検査数字の対象 { $name } という部分はありません。digits か letters の名前、または literal の文字を書いてください。
number-covers-twice = 検査数字の対象に { $name } が二度あります。一度にしてください。
number-covers-wrong = 検査数字の対象 { $name } の文字は、この計算では足せません。covers から取るか、英字も足せる code39-modulus43 にしてください。
number-start-stop = NW-7 の始まりと終わりの文字は A〜D です。
number-weights = 重みは [2, 7] のように、1〜10 で小さいほうから書いてください。
number-groups = 印字の区切りは合わせて{ $got }文字ですが、番号は{ $want }文字です。合うように直してください。
number-empty-group = 文字のない区切りがあります。どの区切りも1文字以上にしてください。
number-separator = 区切りの文字に「{ $found }」は使えません。空白、ハイフン、"" のどれかにしてください（code39-modulus43 のときは ""）。
