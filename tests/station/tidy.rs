//! The rules of the house, as tests: who imports whom, how long a file is, what is never named. Each
//! rule has a test that it holds, and one that it would notice.

mod arrows;
mod source;
mod window;
mod words;

use arrows::{Named, Table, arrows, paths};
use source::{Source, closing, sources};
use std::path::Path;
use std::sync::LazyLock;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const LINES: usize = 600;
const BYTES: u64 = 2 << 20;

/// All Rust files under `src` and `tests`, as (path, text).
static FILES: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let mut files = Vec::new();
    for top in ["src", "tests"] {
        collect(&Path::new(ROOT).join(top), top, &mut files);
    }
    files.sort();
    files
});

static HOUSE: LazyLock<Vec<Source>> = LazyLock::new(|| sources(&FILES));

fn collect(folder: &Path, name: &str, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &name, files);
        } else if name.ends_with(".rs") {
            files.push((name, std::fs::read_to_string(entry.path()).unwrap()));
        }
    }
}

fn table() -> Table {
    Table::read(&std::fs::read_to_string(Path::new(ROOT).join("ARCHITECTURE.md")).unwrap())
}

#[track_caller]
fn none(findings: &[String]) {
    assert!(findings.is_empty(), "{} found:\n{}", findings.len(), findings.join("\n"));
}

type Rule = fn(&Source) -> Vec<String>;

#[track_caller]
fn holds(rule: Rule) {
    none(&HOUSE.iter().flat_map(rule).collect::<Vec<_>>());
}

/// How often the rule finds something in a file made up for it.
fn planted(rule: Rule, path: &str, text: &str) -> usize {
    sources(&[(path.to_owned(), text.to_owned())]).iter().flat_map(rule).count()
}

#[track_caller]
fn notices(rule: Rule, path: &str, texts: &[&str]) {
    for text in texts {
        assert!(planted(rule, path, text) > 0, "not noticed in {path}: {text}");
    }
}

#[track_caller]
fn lets_pass(rule: Rule, path: &str, texts: &[&str]) {
    for text in texts {
        assert_eq!(planted(rule, path, text), 0, "wrongly noticed in {path}: {text}");
    }
}

// Imports.

#[test]
fn tidy_imports() {
    none(&table().breaches(&HOUSE));
}

#[test]
fn tidy_imports_notices_each_spelling() {
    let bad = [
        "use crate::store::Writer;",
        "pub use crate::store::Writer;",
        "use crate::store;",
        "use crate::{voucher::Yen, store::{self, Writer}};",
        "use crate::{\n    voucher::{\n        Yen,\n    },\n    store as cellar,\n};",
        "use super::super::store::Writer;",
        "use super::super::{voucher, store::Writer};",
        "use self::super::super::store::Writer;",
        "use r#crate::r#store::Writer;",
        "fn f() { crate::store::open(); }",
        "fn f() { super::super::store::open(); }",
        "fn f() { use crate::store::open; }",
        "fn f() { assert!(crate::store::open().is_ok()); }",
        "macro_rules! m { () => { $crate::store::open() } }",
        "macro_rules! m { () => { use $crate::{store::open}; } }",
        "mod inner { use super::super::super::store::Writer; }",
        "mod inner {} use super::super::store::Writer;",
        "fn f(x: Vec<crate::store::Writer>) {}",
        "fn f() { <crate::store::Writer as Default>::default(); }",
        "use kenban::store::Writer;",
        "fn f() { ::kenban::store::open(); }",
        "use crate as house; fn f() { house::store::open(); }",
        "use crate::*;",
        "use super::super::*;",
        "/* /* */ */ use crate::store::Writer; // \"",
        "const Q: char = '\"'; use crate::store::Writer; const R: char = '\"';",
        "const Q: &str = r#\"\"\"#; use crate::store::Writer;",
        "#[cfg(not(test))] use crate::store::Writer;",
        "#[cfg(test)] use crate::voucher::Yen; use crate::store::Writer;",
        "#[cfg(test)] mod tests { fn f() {} } use crate::store::Writer;",
    ];
    for text in bad {
        let found = arrows(&[("src/flow/tally.rs".to_owned(), text.to_owned())]);
        let breaches = found.iter().filter_map(|arrow| table().breach(arrow)).count();
        assert!(breaches > 0, "not noticed: {text}\n{found:?}");
    }
}

#[test]
fn tidy_imports_lets_the_rest_pass() {
    let good = [
        "use crate::voucher::{Yen, profile::Profile};",
        "use super::event::{Event, Place}; use super::*;",
        "// use crate::store::Writer;",
        "/// See [`crate::store::Writer`].\nfn f() {}",
        "const TEXT: &str = \"use crate::store::Writer; \\\" crate::store::x\";",
        "const TEXT: &str = r##\"\"# crate::store::x\"##;",
        "fn f<'a>(store: &'a str) { let c = '\\''; store.len(); }",
        "#[cfg(test)] use crate::store::Writer;",
        "#[cfg(test)] mod tests { use crate::store::Writer; use super::super::super::desk; }",
        "#[cfg(all(test, unix))] #[test] fn f(a: [u8; 3]) { crate::store::open(); }",
        "pub(crate) fn f() {} pub(in crate::flow) fn g() {}",
    ];
    for text in good {
        let found = arrows(&[("src/flow/tally.rs".to_owned(), text.to_owned())]);
        let breaches: Vec<_> = found.iter().filter_map(|arrow| table().breach(arrow)).collect();
        assert_eq!(breaches, Vec::<String>::new(), "{text}");
    }
}

#[test]
fn tidy_imports_knows_files_of_tests() {
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let files = [
        file(
            "src/flow/mod.rs",
            "#[cfg(test)] mod tests; #[cfg(test)]\n#[path = \"far.rs\"]\nmod it;",
        ),
        file("src/flow/tests.rs", "use crate::store::Writer;"),
        file("src/flow/far.rs", "use super::super::store::Writer;"),
        file("src/flow/near.rs", "use super::super::store::Writer;"),
    ];
    let found = arrows(&files);
    let breaches: Vec<_> = found.iter().filter_map(|arrow| table().breach(arrow)).collect();
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(breaches, ["src/flow/near.rs:1: flow may not use store"]);
}

#[test]
fn tidy_imports_keeps_the_types_of_flow_apart_from_what_decides() {
    let breach = |module: &str, text: &str| {
        let found = arrows(&[(format!("src/{module}/mod.rs"), text.to_owned())]);
        found.iter().any(|arrow| table().breach(arrow).is_some())
    };
    for module in ["devices", "store", "lists", "delivery"] {
        assert!(!breach(module, "use crate::flow::{Event, event::Place, ids};"), "{module}");
        assert!(breach(module, "use crate::flow::decide;"), "{module}");
        assert!(breach(module, "use crate::flow::{Event, decide::admit};"), "{module}");
        assert!(breach(module, "use crate::flow; fn f() { flow::decide::decide(); }"), "{module}");
        assert!(breach(module, "use crate::flow::*;"), "{module}");
        assert_eq!(breach(module, "use crate::flow::evolve::evolve;"), module != "store");
    }
    assert!(!breach("desk", "use crate::flow::decide::decide;"));
}

#[test]
fn tidy_imports_notices_a_module_without_a_row() {
    let file = |path: &str| (path.to_owned(), String::new());
    let all: Vec<_> = FILES.iter().map(|(path, _)| file(path)).collect();
    let with = |path: &str| sources(&all.iter().cloned().chain([file(path)]).collect::<Vec<_>>());
    assert_eq!(table().breaches(&with("src/lib.rs")), Vec::<String>::new());
    assert_eq!(table().breaches(&with("src/extra/mod.rs")).len(), 1);
    assert_eq!(table().breaches(&with("src/extra.rs")).len(), 1);
    let without: Vec<_> =
        all.iter().filter(|(path, _)| !path.starts_with("src/lists")).cloned().collect();
    assert_eq!(table().breaches(&sources(&without)), ["ARCHITECTURE.md: lists is not in src"]);
}

/// Files that the table would put into the wrong module: `include!`, and `#[path]` that leaves its
/// folder.
fn hidden_files(source: &Source) -> Vec<String> {
    let hidden = |&at: &usize| {
        let path = source.at(at) == "[" && source.at(at + 1) == "path" && source.at(at + 2) == "=";
        let leaves = || {
            let line = &source.lines[source.tokens[at].line - 1];
            line.contains("..") || line.contains("\"/") || !line.contains('"')
        };
        // What the build script made has no other way in.
        let made = || source.lines[source.tokens[at].line - 1].contains("env!(\"OUT_DIR\")");
        let include = source.at(at) == "include" && source.at(at + 1) == "!";
        include && !made() || path && leaves()
    };
    found(source, "a file from elsewhere", (0..source.tokens.len()).filter(hidden))
}

#[test]
fn tidy_module_files() {
    holds(hidden_files);
    let bad = [
        "#[path = \"../store/x.rs\"] mod x;",
        "#[path = \"/x.rs\"] mod x;",
        "#[path =\n\"../x.rs\"] mod x;",
        "include!(\"x.rs\");",
    ];
    notices(hidden_files, "src/flow/x.rs", &bad);
    let good = [
        "#[path = \"linux.rs\"] mod system;",
        "include!(concat!(env!(\"OUT_DIR\"), \"/words.rs\"));",
    ];
    lets_pass(hidden_files, "src/flow/x.rs", &good);
}

// Length.

fn too_long(files: &[(String, String)]) -> Vec<String> {
    let long = files.iter().map(|(path, text)| (path, text.lines().count()));
    long.filter(|(_, lines)| *lines > LINES)
        .map(|(path, lines)| format!("{path}: {lines} lines, {LINES} at most"))
        .collect()
}

#[test]
fn tidy_file_length() {
    none(&too_long(&FILES));
    let file = |lines| vec![("src/x.rs".to_owned(), "\n".repeat(lines))];
    assert_eq!(too_long(&file(LINES)).len(), 0);
    assert_eq!(too_long(&file(LINES + 1)).len(), 1);
}

// What is never named.

fn found(source: &Source, what: &str, at: impl Iterator<Item = usize>) -> Vec<String> {
    at.map(|at| format!("{}: {what}", source.place(source.tokens[at].line))).collect()
}

/// Paths of a file that tests are not alone to see, which the given question says yes to.
fn named(source: &Source, bad: impl Fn(&Named) -> bool) -> Vec<String> {
    let shipped = paths(source).into_iter().filter(|named| !named.in_test && bad(named));
    shipped
        .map(|named| format!("{}: {}", source.place(named.line), named.path.join("::")))
        .collect()
}

fn words(source: &Source, words: &[&str]) -> Vec<usize> {
    (0..source.tokens.len()).filter(|&at| words.contains(&source.at(at))).collect()
}

/// No clock, disk, thread, net or chance in what decides and in what reads.
fn impure(source: &Source) -> Vec<String> {
    const OUTSIDE: [&str; 6] =
        ["std::fs", "std::time", "std::thread", "std::net", "std::process", "std::env"];
    if !["voucher", "flow", "reader"].contains(&source.top()) || source.only_tests {
        return Vec::new();
    }
    named(source, |it| {
        let last = it.path.last().map_or("", String::as_str);
        let at_compile_time = it.is("std::env") && source.at(it.next) == "!";
        let outside = OUTSIDE.iter().any(|path| it.below(path)) && !at_compile_time;
        let clock = ["SystemTime", "Instant"].contains(&last) || last == "now" && it.path.len() > 1;
        let chance = it.below("rand") || it.below("fastrand");
        outside || clock || chance || it.is("std") || it.is("std::*")
    })
}

#[test]
fn tidy_purity() {
    holds(impure);
    let bad = [
        "use std::fs;",
        "use std::{collections::BTreeMap, time::{self, Duration}};",
        "fn f() { std::thread::yield_now(); }",
        "use std::net::*;",
        "use std as s; fn f() { s::process::exit(1); }",
        "use std::*;",
        "fn f() { std::env::var(\"X\"); }",
        "fn f() { fastrand::u8(..); }",
        "use rand::Rng;",
        "fn f(t: Instant) {}",
        "fn f() { jiff::Timestamp::now(); }",
        "use jiff::Zoned; fn f() { Zoned::now(); }",
    ];
    for path in ["src/flow/x.rs", "src/voucher/x.rs", "src/reader/x/y.rs"] {
        notices(impure, path, &bad);
    }
    let good = [
        "const V: &str = env!(\"CARGO_PKG_VERSION\"); const W: &str = std::env!(\"X\");",
        "// std::fs\nuse std::collections::BTreeMap;",
        "#[cfg(test)] mod tests { use std::time::Instant; fn f() { fastrand::u8(..); } }",
    ];
    lets_pass(impure, "src/flow/x.rs", &good);
    lets_pass(impure, "src/devices/x.rs", &bad);
}

fn unsafe_code(source: &Source) -> Vec<String> {
    found(source, "unsafe", words(source, &["unsafe"]).into_iter())
}

#[test]
fn tidy_unsafe() {
    holds(unsafe_code);
    notices(unsafe_code, "src/store/x.rs", &["fn f() { unsafe { g() } }", "unsafe fn f() {}"]);
    lets_pass(unsafe_code, "src/store/x.rs", &["#![forbid(unsafe_code)] // unsafe"]);
}

/// What is left undone, in code and in comments.
fn unfinished(source: &Source) -> Vec<String> {
    if !source.path.starts_with("src/") {
        return Vec::new();
    }
    let macros = words(source, &["todo", "unimplemented", "dbg"]);
    let called = macros.into_iter().filter(|at| source.at(at + 1) == "!");
    let mut all = found(source, "todo!, unimplemented! or dbg!", called);
    for (no, comment) in source.comments.iter().enumerate() {
        let mut words = comment.split(|c: char| !c.is_alphanumeric());
        if let Some(word) = words.find(|word| ["FIXME", "XXX"].contains(word)) {
            all.push(format!("{}: {word}", source.place(no + 1)));
        }
    }
    all
}

#[test]
fn tidy_unfinished() {
    holds(unfinished);
    let bad = [
        "fn f() { todo!() }",
        "fn f() { std::unimplemented!(\"x\") }",
        "fn f() { dbg!(1); }",
        "// FIXME: later",
        "/* XXX */",
    ];
    notices(unfinished, "src/desk/x.rs", &bad);
    let good = ["const MASK: &str = \"XXX-XXX\"; fn todo() {}", "// XXXL, todo!"];
    lets_pass(unfinished, "src/desk/x.rs", &good);
}

/// Something that may panic needs the reason why it can't, on its line or above.
fn unproven(source: &Source) -> Vec<String> {
    const PANICS: [&str; 4] = ["unwrap", "expect", "unwrap_err", "expect_err"];
    let unproven = |&at: &usize| {
        let method = at > 0 && source.at(at - 1) == "." && source.at(at + 1) == "(";
        let path = at > 0 && source.at(at - 1) == "::";
        (method || path) && !source.is_test(at) && !proven(source, source.tokens[at].line)
    };
    let at = words(source, &PANICS).into_iter().filter(unproven);
    found(source, "unwrap or expect without `// proven:`", at)
}

fn proven(source: &Source, line: usize) -> bool {
    let says = |line: usize| {
        let comment = source.comments.get(line.wrapping_sub(1)).map_or("", |text| text.trim());
        (comment.starts_with("// proven:"), !comment.is_empty())
    };
    if says(line).0 || says(line - 1).0 {
        return true;
    }
    // A reason may take several lines of comment.
    let only_comment = |line: usize| says(line).1 && source.tokens.iter().all(|it| it.line != line);
    (1..line).rev().take_while(|&above| only_comment(above)).any(|above| says(above).0)
}

#[test]
fn tidy_proven() {
    holds(unproven);
    let bad = [
        "fn f() { g().unwrap(); }",
        "fn f() {\n    g()\n        .expect(\"x\");\n}",
        "fn f() { g().map(Option::unwrap); }",
        "fn f() { g().unwrap_err(); }",
        "// proven: far above\n\nfn f() { g().unwrap(); }",
        "// not proven: so\nfn f() { g().unwrap(); }",
    ];
    notices(unproven, "src/store/x.rs", &bad);
    let good = [
        "fn f() { g().unwrap(); } // proven: g is Some",
        "// proven: g is Some,\n// because it is\nfn f() { g().unwrap(); }",
        "#[cfg(test)] mod tests { fn f() { g().unwrap(); } }",
        "fn f() { g().unwrap_or(1).expected(); } // .unwrap()",
    ];
    lets_pass(unproven, "src/store/x.rs", &good);
    lets_pass(unproven, "tests/station/x.rs", &bad);
}

/// Only the commands talk to the terminal.
fn prints(source: &Source) -> Vec<String> {
    if source.top() == "cli" || source.top() == "main" {
        return Vec::new();
    }
    let macros = words(source, &["print", "println", "eprint", "eprintln"]);
    let called = macros.into_iter().filter(|at| source.at(at + 1) == "!" && !source.is_test(*at));
    found(source, "prints outside src/cli", called)
}

#[test]
fn tidy_prints() {
    holds(prints);
    let bad = ["fn f() { println!(); }", "fn f() { std::eprint!(\"x\") }"];
    notices(prints, "src/rig/x.rs", &bad);
    lets_pass(prints, "src/cli/x.rs", &bad);
    lets_pass(prints, "src/main.rs", &bad);
    lets_pass(prints, "src/rig/x.rs", &["#[cfg(test)] mod tests { fn f() { println!(); } }"]);
}

/// `expect` with a reason goes away when the cause does; `allow` stays for ever.
fn silenced(source: &Source) -> Vec<String> {
    let opens = |&at: &usize| {
        let before = |back| at.checked_sub(back).map_or("", |at| source.at(at));
        source.at(at) == "[" && (before(1) == "#" || before(1) == "!" && before(2) == "#")
    };
    let attributes = (0..source.tokens.len()).filter(opens);
    let bad = attributes.filter(|&at| {
        let inside = at..closing(&source.tokens, at);
        let has = |word| inside.clone().any(|at| source.at(at) == word && source.at(at + 1) == "(");
        let reason = inside.clone().any(|at| source.at(at) == "reason");
        source.at(at + 1) != "cfg" && (has("allow") || has("expect") && !reason)
    });
    found(source, "allow, or expect without a reason", bad)
}

#[test]
fn tidy_silenced() {
    holds(silenced);
    let bad = [
        "#[allow(dead_code)] fn f() {}",
        "#![allow(dead_code)]",
        "#[cfg_attr(test, allow(dead_code))] fn f() {}",
        "#[expect(dead_code)] fn f() {}",
    ];
    notices(silenced, "tests/station/x.rs", &bad);
    let good = ["#[expect(dead_code, reason = \"x\")] fn allow() { allow(1); vec![expect(1)]; }"];
    lets_pass(silenced, "src/x.rs", &good);
}

/// Parts that only one place may know, so that they can be changed there.
fn astray(source: &Source) -> Vec<String> {
    if !source.path.starts_with("src/") {
        return Vec::new();
    }
    let codes = source.path == "src/reader/barcode.rs" || source.top() == "demo";
    let sql = source.top() == "store";
    let used = paths(source).into_iter();
    used.filter(|it| it.below("rxing") && !codes || it.below("rusqlite") && !sql)
        .map(|it| format!("{}: {}", source.place(it.line), it.path.join("::")))
        .collect()
}

#[test]
fn tidy_parts() {
    holds(astray);
    let bad = ["use rxing::Reader;", "fn f() { ::rusqlite::version(); }", "use rxing as r;"];
    notices(astray, "src/rig/x.rs", &bad);
    notices(astray, "src/reader/outline.rs", &["use rxing::Reader;"]);
    lets_pass(astray, "src/reader/barcode.rs", &["use rxing::Reader;"]);
    lets_pass(astray, "src/demo/draw.rs", &["use rxing::Writer;"]);
    lets_pass(astray, "src/store/log.rs", &["use rusqlite::Connection; // rxing::x"]);
}

/// Every queue has a bound, every thread a name, and nothing waits by the clock.
fn loose_ends(source: &Source) -> Vec<String> {
    if !source.path.starts_with("src/") {
        return Vec::new();
    }
    let may_sleep = ["devices", "demo", "cli"].contains(&source.top());
    let mut all = named(source, |it| {
        let queue = it.is("crossbeam_channel::unbounded") || it.is("std::sync::mpsc::channel");
        let thread = it.is("std::thread::spawn");
        let name = (2..5).map(|ahead| source.at(it.next + ahead)).eq([".", "name", "("]);
        let nameless = it.is("std::thread::Builder::new") && !name;
        queue || thread || nameless || it.is("std::thread::sleep") && !may_sleep
    });
    // In `thread::scope(|s| …)` it is `s.spawn` that makes a thread without a name.
    for scope in paths(source).iter().filter(|it| it.is("std::thread::scope") && !it.in_test) {
        let name = source.at(scope.next + 2);
        let spawns = |&at: &usize| {
            source.at(at) == name && source.at(at + 1) == "." && source.at(at + 2) == "spawn"
        };
        let body = scope.next..closing(&source.tokens, scope.next);
        all.extend(found(source, "a thread without a name", body.filter(spawns)));
    }
    all
}

#[test]
fn tidy_queues_and_threads() {
    holds(loose_ends);
    let bad = [
        "fn f() { let (a, b) = crossbeam_channel::unbounded::<u8>(); }",
        "use crossbeam_channel::{bounded, unbounded};",
        "use std::sync::mpsc; fn f() { mpsc::channel(); }",
        "fn f() { std::thread::spawn(g); }",
        "use std::thread; fn f() { thread::spawn(g); }",
        "use std::thread; fn f() { thread::Builder::new().spawn(g); }",
        "use std::thread; fn f() { thread::scope(|s| { s.spawn(g); }); }",
        "use std::{thread::sleep, time::Duration};",
    ];
    notices(loose_ends, "src/rig/x.rs", &bad);
    let good = [
        "use std::thread; fn f() { thread::Builder::new().name(n).spawn(g); }",
        "use std::thread; fn f() { thread::scope(|s| { b().spawn_scoped(s, g); }); s.spawn(g); }",
        "use crossbeam_channel::bounded; fn f() { std::sync::mpsc::sync_channel(1); }",
    ];
    lets_pass(loose_ends, "src/rig/x.rs", &good);
    lets_pass(loose_ends, "src/devices/x.rs", &["fn f() { std::thread::sleep(d); }"]);
}

// What is in the repository, not only what is Rust.

/// Paths under version control, from the root; `None` where there is no git.
fn tracked() -> Option<Vec<String>> {
    let output =
        std::process::Command::new("git").args(["-C", ROOT, "ls-files", "-z"]).output().ok()?;
    let names = String::from_utf8_lossy(&output.stdout).into_owned();
    let listed = names.split('\0').filter(|name| !name.is_empty()).map(str::to_owned);
    output.status.success().then(|| listed.collect())
}

/// Words that are true on one machine only. Written in two halves so that this file has none.
const OF_ONE_MACHINE: [&str; 6] = [
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("sparse", "+http"),
    concat!("index", "-url"),
    concat!("trusted", "-host"),
];

fn machine_bound(name: &str, bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let other_source = |line: &str| {
        let registry = "registry+https://github.com/rust-lang/crates.io-index";
        name == "Cargo.lock" && line.starts_with("source = ") && !line.contains(registry)
    };
    let bound =
        |line: &str| OF_ONE_MACHINE.iter().any(|it| line.contains(it)) || other_source(line);
    let lines = text.lines().enumerate().filter(|(_, line)| bound(line));
    let mut all: Vec<_> =
        lines.map(|(no, _)| format!("{name}:{}: of one machine", no + 1)).collect();
    if name.starts_with(".cargo/") {
        all.push(format!("{name}: settings of one machine"));
    }
    all
}

#[test]
fn tidy_machine_paths() {
    for name in tracked().unwrap_or_default() {
        let Ok(bytes) = std::fs::read(Path::new(ROOT).join(&name)) else { continue };
        none(&machine_bound(&name, &bytes));
    }
    for word in OF_ONE_MACHINE {
        assert_eq!(machine_bound("x.md", format!("a\n{word}x").as_bytes()).len(), 1, "{word}");
    }
    assert_eq!(machine_bound("Cargo.lock", b"source = \"git+https://example.org/x\"").len(), 1);
    assert_eq!(machine_bound(".cargo/config.toml", b"").len(), 1);
    assert_eq!(machine_bound("x.md", b"a home, a root, at work").len(), 0);
}

fn too_big(name: &str, bytes: u64) -> Option<String> {
    (bytes > BYTES).then(|| format!("{name}: {bytes} bytes, {BYTES} at most"))
}

#[test]
fn tidy_file_size() {
    let size = |name: &String| {
        let meta = std::fs::metadata(Path::new(ROOT).join(name)).ok()?;
        too_big(name, meta.len())
    };
    none(&tracked().unwrap_or_default().iter().filter_map(size).collect::<Vec<_>>());
    assert!(too_big("x", BYTES).is_none() && too_big("x", BYTES + 1).is_some());
}
