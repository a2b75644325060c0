//! Every path that a file names, in full, and the arrows between modules that follow from them.

use super::source::{Source, sources};
use std::collections::{BTreeMap, BTreeSet};

/// A path as in `crate::store::open`, with `use`, `self`, `super` and other names taken back to
/// where they come from. Paths inside the package begin with `crate`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub path: Vec<String>,
    pub line: usize,
    /// Only tests see it.
    pub in_test: bool,
    /// The token behind it.
    pub next: usize,
}

impl Named {
    pub fn is(&self, path: &str) -> bool {
        self.path.iter().map(String::as_str).eq(path.split("::"))
    }

    /// It is this path or something below.
    pub fn below(&self, path: &str) -> bool {
        let mut own = self.path.iter();
        path.split("::").all(|part| own.next().is_some_and(|it| it == part))
    }
}

/// One module uses another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    pub place: String,
    pub from: String,
    /// The module, or `*` for all of them at once.
    pub to: String,
    /// What it names there.
    pub what: Vec<String>,
    pub in_test: bool,
}

/// All arrows between top modules, given files as (path, text).
pub fn arrows(files: &[(String, String)]) -> Vec<Arrow> {
    let all = sources(files);
    all.iter().filter(|source| source.path.starts_with("src/")).flat_map(of_source).collect()
}

pub fn of_source(source: &Source) -> Vec<Arrow> {
    let from = source.top().to_owned();
    // The binary is a crate of its own; there `crate` is not the library.
    let root = if from == "main" { "kenban" } else { "crate" };
    paths(source)
        .into_iter()
        .filter(|named| named.path.first().is_some_and(|first| first == root))
        .filter_map(|named| {
            let to = named.path.get(1).cloned().unwrap_or_else(|| "*".to_owned());
            (to != from).then(|| Arrow {
                place: source.place(named.line),
                from: from.clone(),
                to,
                what: named.path[1..].iter().skip(1).cloned().collect(),
                in_test: named.in_test,
            })
        })
        .collect()
}

/// All paths of a file: `use` with all its braces, and those in the midst of code.
pub fn paths(source: &Source) -> Vec<Named> {
    let walk = Walk::of(source);
    let mut found = walk.used;
    for mut named in walk.inline {
        if let Some(full) = alias(&walk.aliases, &named) {
            named.path = full.iter().chain(&named.path[1..]).cloned().collect();
        }
        found.push(named);
    }
    found
}

type Aliases = BTreeMap<(bool, String), Vec<String>>;

fn alias<'a>(aliases: &'a Aliases, named: &Named) -> Option<&'a Vec<String>> {
    if named.path.len() < 2 {
        return None;
    }
    // A name that only tests bring in means nothing to the code beside them.
    let of_tests = if named.in_test { aliases.get(&(true, named.path[0].clone())) } else { None };
    of_tests.or_else(|| aliases.get(&(false, named.path[0].clone())))
}

struct Walk<'a> {
    source: &'a Source,
    used: Vec<Named>,
    inline: Vec<Named>,
    aliases: Aliases,
    /// The module at this point: the file's own and those written into it, with their depth.
    inner: Vec<(String, usize)>,
    depth: usize,
}

impl<'a> Walk<'a> {
    fn of(source: &'a Source) -> Walk<'a> {
        let (used, inline, inner) = (Vec::new(), Vec::new(), Vec::new());
        let mut walk = Walk { source, used, inline, aliases: Aliases::new(), inner, depth: 0 };
        let mut at = 0;
        while at < source.tokens.len() {
            at = walk.step(at);
        }
        walk
    }

    fn step(&mut self, at: usize) -> usize {
        let source = self.source;
        match source.at(at) {
            "{" => self.depth += 1,
            "}" => {
                self.depth = self.depth.saturating_sub(1);
                self.inner.pop_if(|(_, depth)| *depth == self.depth);
            }
            "mod" if source.at(at + 2) == "{" => {
                self.inner.push((source.at(at + 1).to_owned(), self.depth));
                return at + 2;
            }
            // `use<'a>` says what a type captures.
            "use" if source.at(at + 1) != "<" => return self.tree(at + 1, &[]),
            text if is_word(text) => return self.inline(at),
            _ => {}
        }
        at + 1
    }

    /// One branch of a `use`; gives the token behind it.
    fn tree(&mut self, mut at: usize, stem: &[String]) -> usize {
        let mut path = stem.to_vec();
        let mut name = None;
        let start = at;
        loop {
            match self.source.at(at) {
                "::" | "$" => {}
                "{" => return self.branches(at + 1, &path),
                "*" => path.push("*".to_owned()),
                "as" => {
                    name = Some(self.source.at(at + 1).to_owned());
                    at += 1;
                }
                // `a::{self}` is `a`.
                "self" if !path.is_empty() => {}
                word if is_word(word) => path.push(word.to_owned()),
                _ => break,
            }
            at += 1;
        }
        if at == start {
            return at + 1;
        }
        let in_test = self.source.is_test(start);
        let path = self.full(path);
        if let Some(name) = name.or_else(|| path.last().cloned()).filter(|name| name != "*") {
            self.aliases.insert((in_test, name), path.clone());
        }
        let line = self.source.tokens[start].line;
        self.used.push(Named { path, line, in_test, next: at });
        at
    }

    /// What stands between braces; gives the token behind them.
    fn branches(&mut self, mut at: usize, stem: &[String]) -> usize {
        while !["}", ""].contains(&self.source.at(at)) {
            at = self.tree(at, stem);
            if self.source.at(at) == "," {
                at += 1;
            }
        }
        at + 1
    }

    fn inline(&mut self, start: usize) -> usize {
        let source = self.source;
        let mut path = vec![source.at(start).to_owned()];
        let mut at = start + 1;
        while source.at(at) == "::" && is_word(source.at(at + 1)) {
            path.push(source.at(at + 1).to_owned());
            at += 2;
        }
        // `self.x` and `pub(crate)` are no paths, nor is a field or a method.
        let dotted = start > 0 && source.at(start - 1) == ".";
        if !dotted && (path.len() > 1 || !["self", "crate", "super"].contains(&source.at(start))) {
            let (line, in_test) = (source.tokens[start].line, source.is_test(start));
            let path = self.full(path);
            self.inline.push(Named { path, line, in_test, next: at });
        }
        at
    }

    fn full(&self, path: Vec<String>) -> Vec<String> {
        let names = self.inner.iter().map(|(name, _)| name.clone());
        let mut module: Vec<String> = self.source.module.iter().cloned().chain(names).collect();
        let mut parts = path.iter().peekable();
        match parts.peek().map(|part| part.as_str()) {
            Some("crate") => module.clear(),
            Some("kenban") if self.source.top() != "main" => module.clear(),
            Some("self" | "super") => {
                while let Some(part) = parts.next_if(|it| ["self", "super"].contains(&it.as_str()))
                {
                    if part == "super" {
                        module.pop();
                    }
                }
                return ["crate".to_owned()]
                    .into_iter()
                    .chain(module)
                    .chain(parts.cloned())
                    .collect();
            }
            _ => return path,
        }
        parts.next();
        ["crate".to_owned()].into_iter().chain(parts.cloned()).collect()
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Who may use whom, as `ARCHITECTURE.md` says it.
#[derive(Debug)]
pub struct Table {
    rows: BTreeMap<String, May>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum May {
    All,
    These(BTreeSet<String>),
}

/// These may name the types of `flow`, and never what decides.
const TYPES_OF_FLOW_ONLY: [&str; 4] = ["devices", "store", "lists", "delivery"];

impl Table {
    pub fn read(page: &str) -> Table {
        let mut rows = BTreeMap::new();
        let lines = page.lines().skip_while(|line| !line.starts_with("| module |")).skip(2);
        for line in lines.take_while(|line| line.starts_with('|')) {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [modules, _, may] = cells[..] else { panic!("three cells are wanted: {line}") };
            let may = match may {
                "all" => May::All,
                "–" => May::These(BTreeSet::new()),
                list => May::These(list.split(',').map(|it| it.trim().to_owned()).collect()),
            };
            for module in modules.split(',') {
                rows.insert(module.trim().trim_matches('`').to_owned(), may.clone());
            }
        }
        let table = Table { rows };
        assert!(table.rows.len() > 5, "the table of modules was not found");
        for (module, may) in &table.rows {
            let May::These(list) = may else { continue };
            let unknown: Vec<_> = list.iter().filter(|it| !table.rows.contains_key(*it)).collect();
            assert!(unknown.is_empty(), "{module} may use {unknown:?}, which has no row");
        }
        table
    }

    /// Modules without a row, rows without a module, and arrows that no row allows.
    pub fn breaches(&self, sources: &[Source]) -> Vec<String> {
        let ours = || sources.iter().filter(|source| source.path.starts_with("src/"));
        // The map itself: it only lists the modules.
        let tops: BTreeSet<&str> = ours().map(Source::top).filter(|top| *top != "lib").collect();
        let homeless = tops.iter().filter(|top| !self.rows.contains_key(**top));
        let empty = self.rows.keys().filter(|row| !tops.contains(row.as_str()));
        let arrows = ours().flat_map(of_source).filter_map(|arrow| self.breach(&arrow));
        homeless
            .map(|top| format!("src: {top} has no row in ARCHITECTURE.md"))
            .chain(empty.map(|row| format!("ARCHITECTURE.md: {row} is not in src")))
            .chain(arrows)
            .collect()
    }

    pub fn breach(&self, arrow: &Arrow) -> Option<String> {
        if arrow.in_test || arrow.from == "lib" {
            return None;
        }
        let Arrow { place, from, to, what, .. } = arrow;
        let allowed = match self.rows.get(from) {
            Some(May::All) => true,
            Some(May::These(list)) => list.contains(to),
            None => false,
        };
        if !allowed {
            return Some(format!("{place}: {from} may not use {to}"));
        }
        let inner = what.first().map_or("", String::as_str);
        let replays = from == "store" && inner == "evolve";
        let forbidden = ["decide", "evolve", "*"].contains(&inner) && !replays;
        let types_only = to == "flow" && TYPES_OF_FLOW_ONLY.contains(&from.as_str());
        (types_only && forbidden)
            .then(|| format!("{place}: {from} may use the types of flow, not flow::{inner}"))
    }
}
