language-name = 日本語
sheets = { $count }枚
