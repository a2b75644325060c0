# --- カメラ ---
fault-camera-none = カメラが見つかりません。つないでください。
fault-camera-gone = カメラ { $camera } がありません。つなぐか、設定（F10）で別のカメラを選んでください。
fault-camera-is-none = { $camera } はカメラではありません。設定（F10）で別のものを選んでください。
fault-camera-not-allowed = カメラ { $camera } を使う許可がありません。責任者に頼んで利用者をグループ video に加え、ログインし直してください。
fault-camera-busy = カメラ { $camera } をほかのプログラムが使っています。そのプログラムを閉じてください。
fault-camera-slow-port = カメラ { $camera } には USB の口が遅すぎます。ハブを通さず、別の口に差してください。
fault-camera-format = カメラ { $camera } は { $format } では撮れません。設定（F10）で画像の形を「自動」にしてください。
fault-camera-fails = カメラ { $camera } から画像が来なくなりました。線を抜いて差し直してください。
fault-camera-silent = カメラから画像が来ません。線を抜いて差し直してください。
fault-camera-ended = 録画 { $file } は終わりです。設定（F10）でカメラを選んでください。
fault-camera-for-training = 作り物のカメラは訓練だけで使えます。設定（F10）で別のカメラを選んでください。

# --- シリアルスキャナ ---
fault-serial-no-speed = 設定（F10）で、スキャナの説明書にある速さを選んでください。多くは 9600 です。
fault-serial-not-allowed = { $port } を使う許可がありません。責任者に頼んで利用者をグループ dialout に加え、ログインし直してください。
fault-serial-busy = { $port } をほかのプログラムが使っています。そのプログラムを閉じるか、設定（F10）で別のポートを選んでください。
fault-serial-fails = { $port } のスキャナが答えません。線を抜いて差し直すか、設定（F10）で別のポートを選んでください。

# --- 音 ---
fault-sound-no-program = 音を鳴らすプログラムがありません。責任者に頼んで alsa-utils、pulseaudio-utils、pipewire-bin のどれかを入れ、起動し直してください。
fault-sound-no-speaker = 音が出ません。スピーカーをつなぎ、この機械の音の設定で選んでください。
fault-sound-stuck = 音が途中で止まりました。スピーカーを差し直し、この機械の音の設定で選んでください。

# --- ファイルとフォルダ ---
fault-file-not-there = { $path } がありません。場所を確かめてください。
fault-file-not-allowed = { $path } を使う許可がありません。別の場所にするか、責任者に頼んで許可をもらってください。
fault-file-read-only = { $path } は書き込み禁止です。別の場所にしてください。
fault-file-is-folder = { $path } はフォルダです。ファイルの場所を入れてください。
fault-file-not-folder = { $path } はフォルダではありません。フォルダの場所を入れてください。
fault-file-already-there = { $path } はもうあり、そのまま残します。別の名前にしてください。
fault-file-failing = { $path } を読み書きできません。つないだ媒体が抜けていないか確かめてください。続くときは別の場所にしてください。
fault-file-name = { $path } の名前に読めない文字があります。名前を変えてください。
fault-file-too-large = { $path } は大きすぎます。ファイルを間違えていないか確かめてください。
fault-file-not-text = { $path } は UTF-8 の文章ではありません。UTF-8 で保存し直してください。
fault-machine = この機械に余裕がありません。ほかのプログラムを閉じて、起動し直してください。

# --- データ ---
fault-disk-full = 空き容量がありません。空きを作ってください。数えた分は残っています。
fault-data-fails = データを読み書きできません。データの場所の媒体と、使う許可を確かめてください。
fault-damaged = データが壊れています。数えるのをやめて責任者を呼び、最後のバックアップから戻してください。
fault-in-use = ほかの端末がこのデータフォルダを使っています。そちらを閉じるか、別のフォルダにしてください。
fault-no-campaign = まだ事業が始まっていません。先に始めてください。
fault-newer = データは新しい版の券番で書かれています。その版を入れてください。
fault-restored = 署名した記録の一部がデータにありません。バックアップから戻したときは、責任者二人が kenban restored で続けてください。
fault-key = 端末の鍵がないか、正しくありません。責任者を呼び、しまってある鍵を戻してください。
fault-has-pin = この人の暗証番号はもう決まっています。その番号を入れてください。
fault-reader = この画像は読み取れませんでした。紙を置き直すか、0 を押して手入力に回してください。
fault-profile = 設定ファイルに直すところがあります。直してから、もう一度お願いします。
fault-no-delivery = 途中の納品はありません。
fault-inner = 端末の中で問題が起きました。責任者を呼んでください。
