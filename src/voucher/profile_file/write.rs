//! A `Profile` back to its TOML file: everything is said, in a fixed order, with a comment for people
//! at each table. What `parse` reads is what is written here, names and forms alike.

use crate::voucher::barcode::{BarcodeRule, ContentPart};
use crate::voucher::check_digit::CheckScheme;
use crate::voucher::grammar::{Grammar, Part};
use crate::voucher::profile::{
    AcceptRule, Area, Defect, DefectOutcome, DeliveryForm, Encoding, EyeCheck, Fee, FeePer,
    FeeRate, KindRule, Rounding, SecondNumber,
};
use crate::voucher::{Kind, Layout, Profile, Side};

/// The file of a profile that `parse` gave or could give; parsing it gives the same profile again.
/// Prefixes of `KindRule::ByNumber` come back in the order of their characters.
pub fn write(profile: &Profile) -> String {
    let mut file = File(String::new());
    file.line("format", "1");
    campaign(&mut file, profile);
    accept(&mut file, profile);
    for kind in &profile.kinds {
        one_kind(&mut file, kind);
    }
    for layout in &profile.layouts {
        one_layout(&mut file, layout);
    }
    if let Some(fee) = &profile.fee {
        one_fee(&mut file, fee);
    }
    for (place, defect) in profile.defects.iter().enumerate() {
        one_defect(&mut file, defect, place == 0);
    }
    delivery(&mut file, &profile.delivery);
    file.0
}

/// The text so far.
struct File(String);

impl File {
    fn comment(&mut self, text: &str) {
        self.0.push_str("# ");
        self.0.push_str(text);
        self.0.push('\n');
    }

    /// A heading with its brackets, after an empty line and its comment, if it has one.
    fn table(&mut self, heading: &str, comment: &str) {
        self.0.push('\n');
        if !comment.is_empty() {
            self.comment(comment);
        }
        self.0.push_str(heading);
        self.0.push('\n');
    }

    fn line(&mut self, key: &str, value: impl AsRef<str>) {
        self.0.push_str(key);
        self.0.push_str(" = ");
        self.0.push_str(value.as_ref());
        self.0.push('\n');
    }
}

/// Text in quotes, or in whatever quotes it needs.
fn text(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// `[a, b]`
fn list(items: impl IntoIterator<Item = impl ToString>) -> String {
    let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    format!("[{}]", items.join(", "))
}

/// The shortest digits that give the same `f32` again.
fn area(area: &Area) -> String {
    list([area.x, area.y, area.w, area.h])
}

fn side(side: Side) -> Option<&'static str> {
    match side {
        Side::Front => None,
        Side::Back => Some("back"),
    }
}

fn campaign(file: &mut File, profile: &Profile) {
    file.table("[campaign]", "The id is kept for ever; raise the revision with every change.");
    file.line("id", text(&profile.campaign));
    file.line("name", text(&profile.name));
    file.line("revision", profile.revision.to_string());
    if !profile.validity.is_empty() {
        let periods = profile.validity.iter();
        let periods = periods.map(|(from, until)| format!("{{ from = {from}, until = {until} }}"));
        file.comment("Arrival dates (受付日) that are paid, both ends included.");
        file.line("valid", list(periods));
    }
    file.table("[number]", "Where a number is unique, and how often one is printed.");
    file.line("namespace", text(&profile.namespace));
    file.line("copies", profile.copies.to_string());
    file.line("kind_in_identity", profile.kind_in_identity.to_string());
}

fn accept(file: &mut File, profile: &Profile) {
    file.table(
        "[accept]",
        "When a sheet counts without a person, and which a person looks at as well.",
    );
    let rule = match profile.accept {
        AcceptRule::Standard => "standard",
        AcceptRule::TwoReadings => "two-readings",
        AcceptRule::Person => "person",
    };
    file.line("rule", text(rule));
    let (eye_check, every) = match profile.eye_check {
        EyeCheck::All => ("all", None),
        EyeCheck::Doubtful => ("doubtful", None),
        EyeCheck::Sample(every) => ("sample", Some(every)),
    };
    file.line("eye_check", text(eye_check));
    if let Some(every) = every {
        file.line("sample_every", every.to_string());
    }
    file.table("[provisional]", "仮券番: for a sheet whose number can't be told.");
    file.line("prefix", text(&profile.provisional.prefix));
    file.line("paid", profile.provisional.paid.to_string());
    file.table("[bundle]", "Sheets in a bundle (束).");
    file.line("size", profile.bundle.to_string());
}

fn one_kind(file: &mut File, kind: &Kind) {
    file.table("[[kind]]", "");
    file.line("id", text(kind.id.as_str()));
    file.line("name", text(&kind.name));
    file.line("face", kind.face.0.to_string());
}

fn one_layout(file: &mut File, layout: &Layout) {
    file.table(
        "[[layout]]",
        "Boxes are fractions of the face from its top left: x, y, width, height.",
    );
    file.line("id", text(layout.id.as_str()));
    let (w, h) = layout.size_mm;
    file.line("size_mm", list([w, h]));
    file.line("kind", kind_rule(&layout.kind));
    one_area(file, "number_box", "number_side", &layout.number_area);
    if let Some(area) = &layout.kind_area {
        one_area(file, "kind_box", "kind_side", area);
    }
    grammar(file, "[layout.number]", &layout.number);
    if let Some((rule, area)) = &layout.barcode {
        file.table("[layout.barcode]", "");
        one_area(file, "box", "side", area);
        barcode_rule(file, rule);
    }
    if let Some(second) = &layout.second {
        one_second(file, second);
    }
}

fn one_area(file: &mut File, key: &str, side_key: &str, of: &Area) {
    file.line(key, area(of));
    if let Some(side) = side(of.side) {
        file.line(side_key, text(side));
    }
}

fn kind_rule(rule: &KindRule) -> String {
    match rule {
        KindRule::Fixed(kind) => text(kind.as_str()),
        KindRule::ByNumber(prefixes) => {
            let entries = prefixes.iter();
            let entries =
                entries.map(|(prefix, kind)| format!("{} = {}", text(prefix), text(kind.as_str())));
            format!("{{ number = {{ {} }} }}", entries.collect::<Vec<_>>().join(", "))
        }
        KindRule::ByText => "{ text = true }".to_owned(),
        KindRule::ByOperator => "{ operator = true }".to_owned(),
    }
}

fn grammar(file: &mut File, heading: &str, grammar: &Grammar) {
    file.table(heading, "");
    file.0.push_str("parts = [\n");
    for part in grammar.parts() {
        file.0.push_str(&format!("  {{ {} }},\n", one_part(part)));
    }
    file.0.push_str("]\n");
    if grammar.groups().len() > 1 {
        file.line("groups", list(grammar.groups()));
    }
    if !grammar.separator().is_empty() {
        file.line("separator", text(grammar.separator()));
    }
}

fn one_part(part: &Part) -> String {
    match part {
        Part::Literal(of) => format!("literal = {}", text(of)),
        Part::Letters { of, count: 1, name } => {
            format!("letters = {}, name = {}", text(of), text(name))
        }
        Part::Letters { of, count, name } => {
            format!("letters = {}, count = {count}, name = {}", text(of), text(name))
        }
        Part::Digits { count, name } => format!("digits = {count}, name = {}", text(name)),
        Part::Check { scheme, covers } => {
            let covers = list(covers.iter().map(|name| text(name)));
            let parameters = match scheme {
                CheckScheme::Modulus11 { low, high, rule } => {
                    format!(", weights = [{low}, {high}], rule = {}", text(rule.word()))
                }
                CheckScheme::Nw7Modulus16 { start, stop } => {
                    format!(", start = \"{start}\", stop = \"{stop}\"")
                }
                _ => String::new(),
            };
            format!("check = {}{parameters}, covers = {covers}", text(scheme.word()))
        }
    }
}

fn barcode_rule(file: &mut File, rule: &BarcodeRule) {
    file.line("symbology", list(rule.symbologies.iter().map(|it| text(it.word()))));
    if let Some((start, stop)) = rule.start_stop {
        file.line("start_stop", text(&format!("{start}{stop}")));
    }
    match &rule.part {
        ContentPart::Whole => {}
        ContentPart::Query(field) => file.line("part", format!("{{ query = {} }}", text(field))),
        ContentPart::LastSegment => file.line("part", "{ last_segment = true }"),
        ContentPart::After(before) => {
            file.line("part", format!("{{ after = {} }}", text(before)));
        }
    }
    file.line("length", rule.length.to_string());
    file.line("digits_only", rule.digits_only.to_string());
    if !rule.add_prefix.is_empty() {
        file.line("add_prefix", text(&rule.add_prefix));
    }
}

fn one_second(file: &mut File, second: &SecondNumber) {
    file.table("[layout.second]", "A second number on the same voucher.");
    file.line("same", second.same.to_string());
    one_area(file, "box", "side", &second.area);
    grammar(file, "[layout.second.number]", &second.number);
    if let Some(rule) = &second.barcode {
        file.table("[layout.second.barcode]", "");
        barcode_rule(file, rule);
    }
}

fn one_fee(file: &mut File, fee: &Fee) {
    file.table("[fee]", "What the shop is charged.");
    match fee.rate {
        FeeRate::BasisPoints(points) => {
            file.line("percent", text(&format!("{}.{:02}", points / 100, points % 100)));
        }
        FeeRate::YenPerSheet(each) => file.line("yen_per_sheet", each.0.to_string()),
    }
    let rounding = match fee.rounding {
        Rounding::Down => "down",
        Rounding::HalfUp => "half-up",
        Rounding::Up => "up",
    };
    file.line("rounding", text(rounding));
    let per = match fee.per {
        FeePer::Sheet => "sheet",
        FeePer::Envelope => "envelope",
        FeePer::Closing => "closing",
    };
    file.line("per", text(per));
}

fn one_defect(file: &mut File, defect: &Defect, first: bool) {
    file.table("[[defect]]", if first { "Reasons for 不備." } else { "" });
    file.line("id", text(&defect.id));
    file.line("name", text(&defect.name));
    let outcome = match defect.outcome {
        DefectOutcome::RejectedKept => "rejected-kept",
        DefectOutcome::RejectedReturned => "rejected-returned",
        DefectOutcome::Held => "held",
    };
    file.line("outcome", text(outcome));
}

fn delivery(file: &mut File, form: &DeliveryForm) {
    file.table("[delivery]", "Files on the stick; {date} and {no} are filled in.");
    let encoding = match form.encoding {
        Encoding::Utf8 => "utf-8",
        Encoding::Utf8Bom => "utf-8-bom",
        Encoding::Cp932 => "cp932",
    };
    file.line("encoding", text(encoding));
    file.line("header", form.header.to_string());
    for (key, name) in [
        ("numbers_file", &form.numbers_file),
        ("results_file", &form.results_file),
        ("shops_file", &form.shops_file),
        ("envelopes_file", &form.envelopes_file),
    ] {
        file.line(key, text(name));
    }
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
