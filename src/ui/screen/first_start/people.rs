//! Who will work: rows of id, name and role, and what is wrong with them.

use crate::flow::{Person, PersonId, Role};
use crate::ui::words::Words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Id,
    Name,
    Role,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub id: String,
    pub name: String,
    pub role: Role,
}

impl Default for Row {
    fn default() -> Row {
        Row { id: String::new(), name: String::new(), role: Role::Operator }
    }
}

impl Row {
    /// Another role.
    pub fn turn(&mut self, by: isize) {
        let count = Role::ALL.len();
        let now = Role::ALL.iter().position(|role| *role == self.role).unwrap_or(0);
        let next = if by < 0 { now + count - 1 } else { now + 1 };
        self.role = Role::ALL.get(next % count).copied().unwrap_or(self.role);
    }
}

/// Why these people can't begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Id,
    IdTwice,
    NoName,
    TooFew,
    NoSupervisor,
}

impl Fault {
    pub fn words(self, words: &Words) -> String {
        match self {
            Fault::Id => words.first_id_wrong(),
            Fault::IdTwice => words.first_id_twice(),
            Fault::NoName => words.first_name_missing(),
            Fault::TooFew => words.refused_people_missing(),
            Fault::NoSupervisor => words.first_no_supervisor(),
        }
    }
}

/// Two of each, to be renamed.
pub(super) fn usual(words: &Words) -> Vec<Row> {
    let row = |id: &str, role: Role, no: &str| Row {
        id: id.to_owned(),
        name: words.first_person(words.role(role), no),
        role,
    };
    vec![
        row("s1", Role::Supervisor, "1"),
        row("s2", Role::Supervisor, "2"),
        row("o1", Role::Operator, "1"),
        row("o2", Role::Operator, "2"),
    ]
}

/// Where it is wrong, if it is wrong at one place, and what.
pub(super) type Wrong = (Option<(usize, Part)>, Fault);

/// The people, or where and what is wrong. A row with neither id nor name is nobody.
pub(super) fn named(rows: &[Row]) -> Result<Vec<Person>, Wrong> {
    let mut people: Vec<Person> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let (id, name) = (plain(&row.id), row.name.trim());
        if id.is_empty() && name.is_empty() {
            continue;
        }
        let id = PersonId::new(&id).ok_or((Some((index, Part::Id)), Fault::Id))?;
        if people.iter().any(|person| person.id == id) {
            return Err((Some((index, Part::Id)), Fault::IdTwice));
        }
        if name.is_empty() {
            return Err((Some((index, Part::Name)), Fault::NoName));
        }
        people.push(Person { id, name: name.to_owned(), role: row.role });
    }
    if people.len() < 2 {
        return Err((None, Fault::TooFew));
    }
    if !people.iter().any(|person| person.role == Role::Supervisor) {
        return Err((None, Fault::NoSupervisor));
    }
    Ok(people)
}

/// Full-width letters, digits and signs as half-width ones, without spaces around.
pub(super) fn plain(text: &str) -> String {
    let half = |char| match char {
        '！'..='～' => crate::ui::keys::half_width(char),
        '\u{3000}' => ' ',
        _ => char,
    };
    text.chars().map(half).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: &str, name: &str, role: Role) -> Row {
        Row { id: id.to_owned(), name: name.to_owned(), role }
    }

    #[test]
    fn what_is_wrong_is_said_where_it_is() {
        let s1 = || row("s1", "山田", Role::Supervisor);
        let o1 = || row("ｏ１", " 佐藤 ", Role::Operator);
        let nobody = Row::default;
        let right = named(&[s1(), nobody(), o1()]).unwrap();
        assert_eq!(right.len(), 2);
        assert_eq!((right[1].id.as_str(), right[1].name.as_str()), ("o1", "佐藤"));
        for (rows, at, fault) in [
            (vec![s1(), row("o 1", "x", Role::Operator)], Some((1, Part::Id)), Fault::Id),
            (vec![s1(), row("", "x", Role::Operator)], Some((1, Part::Id)), Fault::Id),
            (vec![s1(), row("s1", "x", Role::Operator)], Some((1, Part::Id)), Fault::IdTwice),
            (vec![s1(), row("o1", " ", Role::Operator)], Some((1, Part::Name)), Fault::NoName),
            (vec![s1(), nobody()], None, Fault::TooFew),
            (vec![o1(), row("o2", "x", Role::Delivery)], None, Fault::NoSupervisor),
        ] {
            assert_eq!(named(&rows).unwrap_err(), (at, fault), "{rows:?}");
        }
    }

    #[test]
    fn roles_go_round() {
        let mut it = Row::default();
        for _ in 0..Role::ALL.len() {
            it.turn(1);
        }
        assert_eq!(it.role, Role::Operator);
        it.turn(-1);
        it.turn(1);
        assert_eq!(it.role, Role::Operator);
    }
}
