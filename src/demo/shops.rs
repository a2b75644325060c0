//! The made-up shops of the demo.

use super::fonts::Words;

/// A shop that takes vouchers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    /// 受付番号: eight characters from `A`.
    pub code: String,
    pub name: String,
    pub kana: String,
    /// What stands on its stamp.
    pub stamp: Words,
    /// The short name on its round seal.
    pub seal: Words,
}

/// Trade, name, both in kana, and in Latin letters.
const SHOPS: [(&str, &str, &str, &str, &str); 24] = [
    ("そば処", "みずうみ", "ソバドコロ", "ミズウミ", "MIZUUMI"),
    ("食堂", "あおば", "ショクドウ", "アオバ", "AOBA"),
    ("喫茶", "やまばと", "キッサ", "ヤマバト", "YAMABATO"),
    ("洋食", "ひいらぎ", "ヨウショク", "ヒイラギ", "HIIRAGI"),
    ("居酒屋", "かがり火", "イザカヤ", "カガリビ", "KAGARIBI"),
    ("中華", "龍泉軒", "チュウカ", "リュウセンケン", "RYUSENKEN"),
    ("焼肉", "まほろば", "ヤキニク", "マホロバ", "MAHOROBA"),
    ("寿司", "磯の月", "スシ", "イソノツキ", "ISONOTSUKI"),
    ("うどん", "白樺", "ウドン", "シラカバ", "SHIRAKABA"),
    ("甘味処", "小夜", "カンミドコロ", "サヨ", "SAYO"),
    ("ベーカリー", "麦の穂", "ベーカリー", "ムギノホ", "MUGINOHO"),
    ("カフェ", "あかり", "カフェ", "アカリ", "AKARI"),
    ("天ぷら", "川せみ", "テンプラ", "カワセミ", "KAWASEMI"),
    ("鉄板焼", "陽だまり", "テッパンヤキ", "ヒダマリ", "HIDAMARI"),
    ("郷土料理", "峠の家", "キョウドリョウリ", "トウゲノイエ", "TOUGENOIE"),
    ("ラーメン", "一番星", "ラーメン", "イチバンボシ", "ICHIBANBOSHI"),
    ("とんかつ", "若松", "トンカツ", "ワカマツ", "WAKAMATSU"),
    ("レストラン", "木もれ日", "レストラン", "コモレビ", "KOMOREBI"),
    ("うなぎ", "水車", "ウナギ", "スイシャ", "SUISHA"),
    ("おでん", "花笠", "オデン", "ハナガサ", "HANAGASA"),
    ("カレー", "南風", "カレー", "ミナミカゼ", "MINAMIKAZE"),
    ("ピザ窯", "ふくろう", "ピザガマ", "フクロウ", "FUKUROU"),
    ("茶屋", "もみじ", "チャヤ", "モミジ", "MOMIJI"),
    ("餃子", "福来", "ギョウザ", "フクライ", "FUKURAI"),
];

/// All shops, in the order of their codes.
pub fn all() -> Vec<Shop> {
    let mut shops = Vec::with_capacity(SHOPS.len());
    for (place, (trade, name, trade_kana, name_kana, latin)) in SHOPS.into_iter().enumerate() {
        shops.push(Shop {
            code: format!("A{}", 2_040_017 + place * 1_013),
            name: format!("{trade} {name}"),
            kana: format!("{trade_kana} {name_kana}"),
            stamp: Words::new(&format!("{trade} {name}"), latin),
            seal: Words::new(name, latin),
        });
    }
    shops
}
