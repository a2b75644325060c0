//! A Rust file as the rules see it: code without comments and strings, comments without code, words
//! with their lines, and which of them only tests see. Small on purpose; it knows no more of the
//! language than the rules need.

use std::collections::BTreeSet;
use std::ops::Range;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// A word, `::`, or one sign.
    pub text: String,
    /// Counts from 1.
    pub line: usize,
}

#[derive(Debug)]
pub struct Source {
    /// From the repository's root, with `/`.
    pub path: String,
    /// As in `crate::a::b`, without `crate`.
    pub module: Vec<String>,
    pub tokens: Vec<Token>,
    /// Line by line, as written.
    pub lines: Vec<String>,
    /// Line by line, without code.
    pub comments: Vec<String>,
    /// The whole file is seen by tests only.
    pub only_tests: bool,
    tests: Vec<Range<usize>>,
}

/// A module of tests that stands in a file of its own.
struct TestFile {
    path: Option<String>,
    module: Vec<String>,
}

impl Source {
    fn new(path: &str, text: &str) -> (Source, Vec<TestFile>) {
        let (code, comments) = split(text);
        let tokens = tokens(&code);
        let module = module_of(path);
        let (tests, names) = test_items(&tokens, text);
        let elsewhere = names
            .into_iter()
            .map(|(name, at)| TestFile {
                path: at.map(|at| format!("{}/{at}", folder(path))),
                module: module.iter().cloned().chain([name]).collect(),
            })
            .collect();
        let only_tests = !path.starts_with("src/") || whole_file_is_test(&tokens);
        let lines = |text: &str| text.lines().map(str::to_owned).collect();
        let (lines, comments) = (lines(text), lines(&comments));
        let path = path.to_owned();
        (Source { path, module, tokens, lines, comments, only_tests, tests }, elsewhere)
    }

    pub fn is_test(&self, token: usize) -> bool {
        self.only_tests || self.tests.iter().any(|range| range.contains(&token))
    }

    /// The word or sign there, empty behind the end.
    pub fn at(&self, token: usize) -> &str {
        text_at(&self.tokens, token)
    }

    /// `src/a/b.rs` and `src/a/mod.rs` belong to `a`; `src/lib.rs` to `lib`.
    pub fn top(&self) -> &str {
        let rest = self.path.strip_prefix("src/").unwrap_or(&self.path);
        rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs")
    }

    pub fn place(&self, line: usize) -> String {
        format!("{}:{line}", self.path)
    }
}

/// Reads files given as (path, text). All together, because one says which other is only tests.
pub fn sources(files: &[(String, String)]) -> Vec<Source> {
    let (mut all, mut elsewhere) = (Vec::new(), Vec::new());
    for (path, text) in files {
        let (source, tests) = Source::new(path, text);
        all.push(source);
        elsewhere.extend(tests);
    }
    for test in elsewhere {
        for source in &mut all {
            let by_path = test.path.as_ref() == Some(&source.path);
            if by_path {
                source.module.clone_from(&test.module);
            }
            if by_path || test.path.is_none() && source.module.starts_with(&test.module) {
                source.only_tests = true;
            }
        }
    }
    all
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn module_of(path: &str) -> Vec<String> {
    let path = path.strip_prefix("src/").unwrap_or(path);
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let mut module: Vec<String> = path.split('/').map(str::to_owned).collect();
    let root = module.len() == 1 && ["lib", "main"].contains(&module[0].as_str());
    if root || module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    module
}

/// The text twice, each time with blanks in place of what is not wanted: code, then comments.
fn split(text: &str) -> (String, String) {
    let chars: Vec<char> = text.chars().collect();
    let (mut code, mut comments) = (String::new(), String::new());
    let mut at = 0;
    while at < chars.len() {
        let (end, kind) = piece(&chars, at);
        for &c in &chars[at..end] {
            let blank = if c == '\n' { '\n' } else { ' ' };
            code.push(if kind == Piece::Code { c } else { blank });
            comments.push(if kind == Piece::Comment { c } else { blank });
        }
        at = end;
    }
    (code, comments)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Code,
    Comment,
    Literal,
}

/// Where the piece that begins here ends, and what it is.
fn piece(chars: &[char], at: usize) -> (usize, Piece) {
    let is = |i: usize, c: char| chars.get(i) == Some(&c);
    if is(at, '/') && is(at + 1, '/') {
        let len = chars[at..].iter().take_while(|&&c| c != '\n').count();
        return (at + len, Piece::Comment);
    }
    if is(at, '/') && is(at + 1, '*') {
        return (block_comment(chars, at), Piece::Comment);
    }
    if is(at, '"') {
        return (quoted(chars, at + 1, '"'), Piece::Literal);
    }
    if is(at, '\'') {
        let escaped = is(at + 1, '\\');
        // Otherwise it is a lifetime or a label.
        if escaped || is(at + 2, '\'') {
            return (quoted(chars, at + 1, '\''), Piece::Literal);
        }
        return (at + 1, Piece::Code);
    }
    if word(chars[at]) {
        let end = at + chars[at..].iter().take_while(|&&c| word(c)).count();
        let name: String = chars[at..end].iter().collect();
        if ["r", "br", "cr"].contains(&name.as_str()) {
            let hashes = chars[end..].iter().take_while(|&&c| c == '#').count();
            if is(end + hashes, '"') {
                return (raw_string(chars, end + hashes + 1, hashes), Piece::Literal);
            }
        }
        return (end, Piece::Code);
    }
    (at + 1, Piece::Code)
}

fn word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn block_comment(chars: &[char], start: usize) -> usize {
    let (mut depth, mut at) = (0, start);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Behind the closing quote of what begins here.
fn quoted(chars: &[char], mut at: usize, quote: char) -> usize {
    while at < chars.len() && chars[at] != quote {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}

fn raw_string(chars: &[char], mut at: usize, hashes: usize) -> usize {
    while at < chars.len() {
        let close = chars[at + 1..].iter().take(hashes).filter(|&&c| c == '#').count();
        if chars[at] == '"' && close == hashes {
            return at + 1 + hashes;
        }
        at += 1;
    }
    at
}

fn tokens(code: &str) -> Vec<Token> {
    let mut found = Vec::new();
    for (no, line) in code.lines().enumerate() {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let len = if word(first) {
                rest.find(|c| !word(c)).unwrap_or(rest.len())
            } else if rest.starts_with("::") {
                2
            } else {
                first.len_utf8()
            };
            let (text, behind) = rest.split_at(len);
            if text == "r" && behind.starts_with('#') && behind[1..].starts_with(word) {
                // r#type is the name type.
                rest = &behind[1..];
                continue;
            }
            if !first.is_whitespace() {
                found.push(Token { text: text.to_owned(), line: no + 1 });
            }
            rest = behind;
        }
    }
    found
}

fn text_at(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.text.as_str())
}

/// Behind the bracket that closes the one here; angle brackets are no brackets.
pub fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for at in open..tokens.len() {
        match text_at(tokens, at) {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

fn says_test(attribute: &[Token]) -> bool {
    let has = |word: &str| attribute.iter().any(|token| token.text == word);
    text_at(attribute, 1) == "cfg" && has("test") && !has("not")
}

fn whole_file_is_test(tokens: &[Token]) -> bool {
    let starts = |at: usize| text_at(tokens, at) == "#" && text_at(tokens, at + 1) == "!";
    let mut at = 0;
    while starts(at) {
        let end = closing(tokens, at + 2);
        if says_test(&tokens[at + 2..end]) {
            return true;
        }
        at = end;
    }
    false
}

type Named = (String, Option<String>);

/// The items under `#[cfg(test)]`, and the names of those modules that stand in another file,
/// with that file if `#[path]` says it.
fn test_items(tokens: &[Token], text: &str) -> (Vec<Range<usize>>, Vec<Named>) {
    let (mut ranges, mut names) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        let attribute = text_at(tokens, at) == "#" && text_at(tokens, at + 1) == "[";
        let end = if attribute { closing(tokens, at + 1) } else { at + 1 };
        if !(attribute && says_test(&tokens[at + 1..end])) {
            at = end;
            continue;
        }
        let (mut item, mut path) = (end, None);
        while text_at(tokens, item) == "#" {
            if text_at(tokens, item + 2) == "path" {
                let line = text.lines().nth(tokens[item].line - 1).unwrap_or_default();
                path = line.split('"').nth(1).map(str::to_owned);
            }
            item = closing(tokens, item + 1);
        }
        let mut stop = item;
        while stop < tokens.len() {
            match text_at(tokens, stop) {
                "{" => {
                    stop = closing(tokens, stop);
                    break;
                }
                "(" | "[" => stop = closing(tokens, stop),
                ";" => {
                    stop += 1;
                    break;
                }
                _ => stop += 1,
            }
        }
        let words: BTreeSet<&str> = tokens[item..stop].iter().map(|it| it.text.as_str()).collect();
        if words.contains("mod") && words.contains(";") && !words.contains("{") {
            names.push((text_at(tokens, stop - 2).to_owned(), path));
        }
        ranges.push(at..stop);
        at = stop;
    }
    (ranges, names)
}
