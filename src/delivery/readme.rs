//! `README.txt`: one page for whoever receives the delivery. What is in it, what it comes to, and how
//! it is checked with what every computer has. It says only what the manifest says, so the same
//! delivery has the same page, byte for byte.

use super::columns::{ACCEPTED, HELD, HOWS, REJECTED, RETURNED};
use super::encoding::BOM;
use super::manifest::{Holds, Manifest};
use crate::voucher::profile::Encoding;

pub const README: &str = "README.txt";

/// For the editor of Windows: UTF-8 with its mark, lines that end with CR and LF.
pub(super) fn bytes(manifest: &Manifest) -> Vec<u8> {
    let mut bytes = BOM.to_vec();
    for line in lines(manifest) {
        bytes.extend_from_slice(line.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    bytes
}

fn lines(manifest: &Manifest) -> Vec<String> {
    let mut lines =
        vec![format!("納品 {}　{}", manifest.delivery, manifest.campaign), String::new()];
    if manifest.training {
        lines.push("★ 訓練の納品です。支払いには使えません。".to_owned());
        lines.push(String::new());
    }
    lines.push("■ はじめに".to_owned());
    lines.push(format!(
        "使用済みの券を数えた結果です。納品日 {}、作成 {}、立会い {}。",
        manifest.date, manifest.by, manifest.with
    ));
    for file in &manifest.files {
        lines.push(format!("  {}　{}件：{}", file.name, thousands(file.rows), holds(file.holds)));
    }
    lines.extend(about_files(manifest));
    lines.push(String::new());
    lines.push("■ 合計".to_owned());
    lines.extend(totals(manifest));
    lines.push(String::new());
    lines.push("■ 受領のしかた".to_owned());
    lines.extend(receiving(manifest));
    lines
}

fn holds(holds: Holds) -> &'static str {
    match holds {
        Holds::Numbers => "機械が読んだ番号",
        Holds::Results => "一枚ごとの結果",
        Holds::Shops => "店舗ごとの合計",
        Holds::Envelopes => "封筒ごとの合計",
    }
}

fn about_files(manifest: &Manifest) -> Vec<String> {
    let encoding = match super::encoding::from_word(&manifest.encoding) {
        Some(Encoding::Cp932) => "シフト JIS（CP932）",
        Some(Encoding::Utf8Bom) => "UTF-8（BOM 付き）",
        Some(Encoding::Utf8) | None => "UTF-8（BOM なし）",
    };
    let hows = HOWS.map(|(_, word)| word).join("・");
    vec![
        format!("文字コードは {encoding}、改行は CR LF です。"),
        "券番号の先頭の 0 を落とさないよう、Excel では「データ」→「テキストまたは CSV から」で、すべての列を文字列として取り込んでください。"
            .to_owned(),
        format!("結果は{ACCEPTED}（支払う）・{REJECTED}・{RETURNED}・{HELD}（いずれも支払わない）、確定方法は{hows}です。"),
        "支払わない券は、読取券番号に読んだ番号、関連券ID に重複の相手が入ります。".to_owned(),
    ]
}

fn totals(manifest: &Manifest) -> Vec<String> {
    let it = &manifest.counts;
    let count = thousands;
    let mut lines = vec![
        format!(
            "封筒 {}　店舗 {}　枚数 {}",
            count(it.envelopes),
            count(it.shops),
            count(it.sheets)
        ),
        format!(
            "{ACCEPTED} {}（うち仮券番 {}）　{REJECTED} {}　{RETURNED} {}　{HELD} {}",
            count(it.accepted),
            count(it.provisional),
            count(it.rejected_kept),
            count(it.rejected_returned),
            count(it.held)
        ),
    ];
    for (kind, total) in &manifest.amounts.by_kind {
        let kind = if kind.is_empty() { "券種不明" } else { kind };
        lines.push(format!("  {kind}：{}枚　{}円", count(total.sheets), total.amount));
    }
    lines.push(format!("金額 {}円", manifest.amounts.total));
    lines.push(format!("ハッシュ合計（受付の券番号の和）{}", manifest.hash_total));
    lines
}

fn receiving(manifest: &Manifest) -> Vec<String> {
    let mut lines = vec![
        "1. 中身が変わっていないか確かめます。このフォルダで次のように入れます。".to_owned(),
        "   Windows（コマンドプロンプト）：出た値が、下の行の値と同じなら正しく届いています。"
            .to_owned(),
    ];
    for file in &manifest.files {
        lines.push(format!("     certutil -hashfile \"{}\" SHA256", file.name));
        lines.push(format!("       {}", file.sha256));
    }
    lines.push("   Linux・macOS：すべて OK と出れば正しく届いています。".to_owned());
    lines.push("     sha256sum -c SHA256SUMS".to_owned());
    lines.push("     shasum -a 256 -c SHA256SUMS　（macOS）".to_owned());
    lines.push("2. 上の合計を確かめ、受領書に署名して返してください。".to_owned());
    lines.push(format!(
        "3. 誰が作ったかは署名で確かめられます（minisign）。鍵は前もって別に渡したものと比べてください：{}",
        manifest.public_key
    ));
    lines.push("     minisign -Vm manifest.json -p kenban.pub".to_owned());
    lines.push(format!(
        "合わないところがあれば、納品番号 {} を添えて知らせてください。",
        manifest.delivery
    ));
    lines
}

/// 12,345
fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
