# How a sheet's picture is read, step by step.
explain-title = { $sheet } の読取の根拠
explain-now = いま読み直したものです。数に入るのは履歴にあるとおりで、見ても何も変わりません。
explain-differs = この紙を読み取ったとき、機械の読みは今と違っていました。履歴を見てください。
explain-coming = 画像を読み直しています…
explain-gone = この画像はもう残っていないので、どう読み取ったかは出せません。
explain-broken = 残っている画像が壊れているので、読み直せません。
explain-blind = 機械が番号をどう読んだかは、手入力が終わると出ます。
explain-step-no = 段階 { $no }/{ $count }

# --- The steps ---
explain-outline = 画像の中の紙
explain-face = まっすぐに直した券面
explain-barcode = バーコード
explain-line = 番号の行
explain-answer = 一文字ずつの読み

# --- What is drawn on a picture ---
explain-mark-sheet = 紙の縁
explain-mark-barcode = バーコード
explain-mark-number = 番号
explain-mark-kind = 券種

# --- What a step found ---
explain-no-outline = 紙の縁が見つからないので、画像の全体を探しました。
explain-outline-firm = 紙の縁がはっきり見えます。
explain-outline-weak = 紙の縁らしいものはありますが、はっきりしません。
explain-outline-beside = 画像にほかのものも写っています。
explain-no-layout = この事業のどの券面なのか、はっきりしません。上下も推測です。
explain-layout = 券面 { $layout } の配置です。バーコードと番号の場所が決まります。
explain-layout-by-code = 縁では場所が決まらないので、バーコードの場所から決めました。
explain-layout-kind = 券面の文字は「{ $kind }」です。
explain-no-barcode = ここではバーコードを読めませんでした。
explain-code = 内容は { $text } です。
explain-code-votes = { $count }回走査して同じ内容でした。
explain-code-elsewhere = この券面でバーコードがあるはずの場所ではありません。
explain-free = 番号の決まりを使わない読み：{ $text }
explain-free-nothing = 何も読めませんでした。
explain-answer-firm = 読んだままで、この事業の番号になっています。
explain-answer-formed = 番号の決まりに合わせると、次のように読めます（確かな順）。これだけで、人が見ずに受け付けることはありません。
explain-answer-none = この事業の番号にはなりません。
explain-answer-number = { $number }：確かさ { $percent } %
explain-answer-rows = 文字の下の帯が濃いほど、機械の読みは確かです。
