//! TOML with places: typed values out of tables, and a problem for each that isn't right.

use super::Problem;
use super::mistake::{Choice, Mistake, Shape, Want};
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// More than these are not shown: the rest is mostly an echo of the first.
pub(super) const MOST_PROBLEMS: usize = 100;

pub(super) type Value<'v> = Spanned<DeValue<'v>>;

/// Something with its place, a byte offset into the file.
#[derive(Clone, Debug)]
pub(super) struct At<T> {
    pub at: usize,
    pub it: T,
}

/// A table, what it is called in messages, and its place.
pub(super) struct Node<'v> {
    table: &'v DeTable<'v>,
    pub name: String,
    pub at: usize,
}

impl<'v> Node<'v> {
    pub fn root(table: &'v DeTable<'v>) -> Node<'v> {
        Node { table, name: String::new(), at: 0 }
    }

    pub fn get(&self, key: &str) -> Option<&'v Value<'v>> {
        self.table.get(key)
    }

    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Where a key's value is, or else the table itself.
    pub fn place(&self, key: &str) -> usize {
        self.get(key).map_or(self.at, |value| value.span().start)
    }

    /// Keys with their places, and values.
    pub fn entries(&self) -> impl Iterator<Item = (At<&'v str>, &'v Value<'v>)> {
        self.table.iter().map(|(key, value)| {
            let at = key.span().start;
            let it = key.get_ref().as_ref();
            (At { at, it }, value)
        })
    }
}

/// The file and the problems so far.
pub(super) struct Walk<'s> {
    source: &'s str,
    problems: Vec<(usize, Problem)>,
}

impl<'s> Walk<'s> {
    pub fn new(source: &'s str) -> Walk<'s> {
        Walk { source, problems: Vec::new() }
    }

    pub fn problem(&mut self, at: usize, mistake: Mistake) {
        let before = self.source.as_bytes().iter().take(at);
        let problem = Problem { line: 1 + before.filter(|byte| **byte == b'\n').count(), mistake };
        let known = self.problems.iter().any(|(_, other)| *other == problem);
        if self.problems.len() < MOST_PROBLEMS && !known {
            self.problems.push((at, problem));
        }
    }

    /// All problems in the order of the file, or none.
    pub fn done(&mut self) -> Result<(), Vec<Problem>> {
        if self.problems.is_empty() {
            return Ok(());
        }
        let mut problems = std::mem::take(&mut self.problems);
        problems.sort_by_key(|(at, _)| *at);
        Err(problems.into_iter().map(|(_, problem)| problem).collect())
    }

    /// Every other key is a problem; says whether there is none.
    pub fn only_keys(&mut self, node: &Node, known: &[&str]) -> bool {
        let mut clean = true;
        for (key, _) in node.entries() {
            if !known.contains(&key.it) {
                clean = false;
                let (section, choice) = (node.name.clone(), choose(key.it, known));
                let unknown = Mistake::Unknown { section, key: key.it.to_owned(), choice };
                self.problem(key.at, unknown);
            }
        }
        clean
    }

    /// A value as a table with only these keys.
    pub fn node<'v>(
        &mut self,
        value: &'v Value<'v>,
        name: &str,
        known: &[&str],
    ) -> Option<Node<'v>> {
        let node = self.open_node(value, name)?;
        self.only_keys(&node, known);
        Some(node)
    }

    /// A value as a table with any keys.
    pub fn open_node<'v>(&mut self, value: &'v Value<'v>, name: &str) -> Option<Node<'v>> {
        let at = value.span().start;
        match value.get_ref() {
            DeValue::Table(table) => Some(Node { table, name: name.to_owned(), at }),
            other => {
                let (name, got) = (name.to_owned(), Shape::of(other));
                self.problem(at, Mistake::NoTable { name, got });
                None
            }
        }
    }

    /// `[key]` of the root, if it is there.
    pub fn section<'v>(&mut self, root: &Node<'v>, key: &str, known: &[&str]) -> Option<Node<'v>> {
        let value = root.get(key)?;
        self.node(value, &format!("[{key}]"), known)
    }

    /// `[[key]]` of the root: the tables of a list.
    pub fn sections<'v>(
        &mut self,
        root: &Node<'v>,
        key: &str,
        known: &[&str],
        most: usize,
    ) -> Vec<Node<'v>> {
        let Some(value) = root.get(key) else {
            return Vec::new();
        };
        let DeValue::Array(list) = value.get_ref() else {
            self.problem(value.span().start, Mistake::NoTables(key.to_owned()));
            return Vec::new();
        };
        if list.len() > most {
            let (key, count) = (key.to_owned(), list.len());
            self.problem(value.span().start, Mistake::TooMany { key, count, most });
        }
        list.iter()
            .take(most)
            .filter_map(|value| self.node(value, &format!("[[{key}]]"), known))
            .collect()
    }

    /// A value of a type, if the key is there; a problem if it is of another.
    pub fn get<'v, T>(
        &mut self,
        node: &Node<'v>,
        key: &str,
        want: Want,
        like: &str,
        convert: impl Fn(&'v DeValue<'v>) -> Option<T>,
    ) -> Option<At<T>> {
        let value = node.get(key)?;
        let at = value.span().start;
        let it = convert(value.get_ref());
        if it.is_none() {
            let (key, like, got) = (key.to_owned(), like.to_owned(), Shape::of(value.get_ref()));
            self.problem(at, Mistake::Shape { key, want, got, like });
        }
        it.map(|it| At { at, it })
    }

    /// A problem if the key is missing.
    pub fn present(&mut self, node: &Node<'_>, key: &str, like: &str) {
        if !node.has(key) {
            let (section, key, like) = (node.name.clone(), key.to_owned(), like.to_owned());
            self.problem(node.at, Mistake::Missing { section, key, like });
        }
    }

    /// The value of a key, and a problem if it is missing or of another type.
    pub fn need<'v, T>(
        &mut self,
        node: &Node<'v>,
        key: &str,
        want: Want,
        like: &str,
        convert: impl Fn(&'v DeValue<'v>) -> Option<T>,
    ) -> Option<At<T>> {
        self.present(node, key, like);
        self.get(node, key, want, like, convert)
    }

    /// A whole number within bounds, both included, if the key is there.
    pub fn whole_within(&mut self, node: &Node<'_>, key: &str, bounds: (i64, i64)) -> Option<i64> {
        let (least, most) = bounds;
        let like = format!("{key} = {least}");
        let found = self.get(node, key, Want::Whole, &like, whole)?;
        if found.it < least || found.it > most {
            let key = key.to_owned();
            self.problem(found.at, Mistake::Bounds { key, found: found.it, least, most });
            return None;
        }
        Some(found.it)
    }

    /// One of these words, if the key is there.
    pub fn word<T: Copy>(&mut self, node: &Node<'_>, key: &str, words: &[(&str, T)]) -> Option<T> {
        let like = words.first().map_or("", |(word, _)| word);
        let found = self.get(node, key, Want::Text, &format!("{key} = \"{like}\""), text)?;
        self.known_word(found.at, key, found.it, words)
    }

    pub fn known_word<T: Copy>(
        &mut self,
        at: usize,
        key: &str,
        found: &str,
        words: &[(&str, T)],
    ) -> Option<T> {
        let known = words.iter().find(|(word, _)| *word == found);
        if known.is_none() {
            let list: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            let (key, choice) = (key.to_owned(), choose(found, &list));
            self.problem(at, Mistake::Word { key, found: found.to_owned(), choice });
        }
        known.map(|(_, it)| *it)
    }

    /// An id: letters, digits, `-` and `_`, safe in file names and in every list.
    pub fn id(&mut self, node: &Node<'_>) -> Option<At<String>> {
        let found = self.need(node, "id", Want::Text, "id = \"summer-2026\"", text)?;
        self.safe_id(found.at, "id", found.it).map(|it| At { at: found.at, it })
    }

    pub fn safe_id(&mut self, at: usize, key: &str, found: &str) -> Option<String> {
        let safe = (1..=40).contains(&found.len())
            && found
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        if !safe {
            let (key, found) = (key.to_owned(), found.to_owned());
            self.problem(at, Mistake::Id { key, found });
        }
        safe.then(|| found.to_owned())
    }

    /// A name for people: one line of at most 100 characters.
    pub fn name(&mut self, node: &Node<'_>) -> Option<String> {
        let found = self.need(node, "name", Want::Text, "name = \"食事券 1000円\"", text)?;
        let plain = !found.it.trim().is_empty()
            && found.it.chars().count() <= 100
            && !found.it.chars().any(char::is_control);
        if !plain {
            self.problem(found.at, Mistake::Name);
        }
        plain.then(|| found.it.to_owned())
    }
}

pub(super) fn text<'v>(value: &'v DeValue<'_>) -> Option<&'v str> {
    value.as_str()
}

pub(super) fn whole(value: &DeValue<'_>) -> Option<i64> {
    let integer = value.as_integer()?;
    i64::from_str_radix(integer.as_str(), integer.radix()).ok()
}

pub(super) fn truth(value: &DeValue<'_>) -> Option<bool> {
    value.as_bool()
}

pub(super) fn list<'v>(value: &'v DeValue<'v>) -> Option<&'v DeArray<'v>> {
    value.as_array()
}

/// A length or a fraction; never used for money or numbers of vouchers.
pub(super) fn measure(value: &DeValue<'_>) -> Option<f32> {
    let text = match value {
        DeValue::Float(float) => float.as_str(),
        DeValue::Integer(integer) if integer.radix() == 10 => integer.as_str(),
        _ => return None,
    };
    text.parse().ok().filter(|n: &f32| n.is_finite())
}

/// Text for a message: quoted, without control characters, not too long.
pub(super) fn quoted(text: &str) -> String {
    let mut shown: String = text.chars().take(40).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{shown:?}")
}

/// The word that was most likely meant, or the whole choice.
pub(super) fn choose(found: &str, known: &[&str]) -> Choice {
    match nearest(found, known) {
        Some(near) => Choice::Near(near.to_owned()),
        None => Choice::Among(known.iter().map(|word| (*word).to_owned()).collect()),
    }
}

/// The known word that is at most two slips away, and no more than half of it.
pub(super) fn nearest<'w>(found: &str, known: &[&'w str]) -> Option<&'w str> {
    known
        .iter()
        .map(|word| (slips(found, word), *word))
        .filter(|(slips, word)| *slips <= 2 && slips * 2 <= word.chars().count())
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, word)| word)
}

/// Letters to add, drop or change to make one word of the other; words of 60 letters and more are
/// never near.
fn slips(one: &str, two: &str) -> usize {
    if one.len() > 60 || two.len() > 60 {
        return usize::MAX;
    }
    let two: Vec<char> = two.to_lowercase().chars().collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (line, letter) in one.to_lowercase().chars().enumerate() {
        let mut next = vec![line + 1];
        for ((other, above), pair) in two.iter().zip(row.iter().skip(1)).zip(row.iter()) {
            let left = next.last().copied().unwrap_or(0);
            let change = pair + usize::from(*other != letter);
            next.push(change.min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or(usize::MAX)
}
