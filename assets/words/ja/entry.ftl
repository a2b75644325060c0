# entry
entry-sheet = 封筒 { $envelope } · { $position }枚目
entry-first = 1人目（別の人がもう一度入れます）
entry-first-short = 1人目
entry-second = 2人目
entry-third = 3人目
entry-left = 残り { $left }枚
entry-saving = { $count }枚を保存しています
entry-number = 番号
entry-crop = 番号の画像
entry-whole-sheet = 紙全体の画像
entry-paper = 封筒 { $envelope } の { $position }枚目、トレイ1の紙
entry-paper-what = 画像がありません。紙を見て番号を入れてください。
# --- Below the boxes ---
entry-missing = あと { $count }文字
entry-fits = 検査数字が合いました。Enter を押してください。
entry-is-whole = 番号がそろいました。もう一度見てから Enter を押してください。
entry-check-digit = 検査数字が合いません。一桁ずつ見比べてください。紙もそのとおりなら * を押してください。
entry-never-printed = この番号は印刷されていません。一桁ずつ見比べてください。紙もそのとおりなら * を押してください。
entry-no-number = この事業の番号ではありません。一桁ずつ見比べてください。紙もそのとおりなら * を押してください。
entry-not-there = この文字はここに入りません。
entry-full = 枠はすべて埋まっています。直すときは - を押してください。
entry-arrows = 矢印キー：{ $signs }
# --- The kind ---
entry-kind = 券種：{ $kind }
entry-choose-kind = 券種を数字か Tab で選んでください。
# --- 判別不能 ---
entry-cannot = この番号は判別できません
entry-cannot-what = よければ Enter、戻るときは Esc を押してください。
entry-cannot-kind = 見て分かる範囲で、券種を数字か Tab で選んでください。
entry-cannot-told = 判別不能
# --- Hold ---
entry-hold = この紙を責任者に回します
entry-hold-choose = 理由の数字を押してください。
entry-hold-doubt = 判断に迷う
entry-hold-type = ほかの理由を書く
entry-hold-field = 理由
entry-hold-what = Enter で回します。戻るときは Esc を押してください。
# --- Three answers ---
entry-three-saving = 保存しています
entry-agreed = 三人のうち二人が同じです
entry-differ = 三人とも違います
entry-agreed-stop = 二人が同じですが、この番号は数えられません
entry-you = あなた
entry-go-on = Enter で次の紙に進みます。
# --- Nothing to key ---
entry-none = 手入力するものはありません
entry-none-others = { $count }枚が別の人を待っています。F9 で担当を交代してください。
entry-none-check = { $count }枚が目視を待っています。F3 を押してください。
entry-not-yours = 手入力は操作者の仕事です
entry-not-yours-what = F9 で担当を交代してください。
# --- What came back ---
entry-refused = 保存できなかったので、同じ紙を出しました。{ $why }
entry-refused-later = { $sheet } は保存できませんでした。この紙の次にもう一度出します。{ $why }
entry-gone = この紙はもう待っていません。Enter で次の紙に進みます。
entry-stop = { $sheet }：{ $what }
