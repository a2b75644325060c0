# The supervisor
sup-waiting = 決めるもの { $count }枚
sup-also = ほかに知っておくこと
sup-held = 保留の紙（支払なし）
sup-keyings = 手入力がそろわない紙
sup-differing = 申告と違う封筒
sup-empty = 決めるものはありません
sup-empty-what = 重複や保留など、判断のいる紙はここに集まります。
sup-which = { $reason } · { $no }/{ $count }枚
sup-repeat = この番号は { $sheet } で受付済みです。同じ紙ですか。
sup-same-picture = { $sheet } とまったく同じ画像です。紙は二枚ありますか。
sup-handed-over = { $person }：{ $reason }
sup-read-only = 決めるのは責任者です。交代は F9 です。
