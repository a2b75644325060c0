//! `init`, `person`, `import`.

use super::args::{Import, Init, Person as PersonArgs, PersonCommand};
use super::{CliError, End, Who, say};
use crate::flow::event::{List, Mode};
use crate::flow::{Input, Person, PersonId, Role};
use crate::rig::importing::{self, ImportError};
use crate::rig::{self, Beginning};
use crate::store::Reader;
use std::path::Path;

pub(super) fn init(who: &Who, init: &Init) -> Result<End, CliError> {
    let toml = read_text(&init.profile)?;
    let people = if init.people.is_empty() {
        usual_people(who)
    } else {
        init.people.iter().map(|text| parse_person(text)).collect::<Result<Vec<_>, _>>()?
    };
    let mode = if init.training { Mode::Training } else { Mode::Live };
    let shown = people.clone();
    let rig = rig::begin(
        &who.data,
        Beginning { profile_toml: &toml, station: &init.station, mode, people },
    )
    .map_err(|error| match error {
        rig::RigError::Input(problems) => say(format!("{}: {problems}", init.profile.display())),
        other => other.into(),
    })?;
    say_line!(
        "{} campaign {} begun on station {} in {}",
        if init.training { "TRAINING" } else { "live" },
        rig.genesis.campaign,
        rig.genesis.station,
        who.data.display()
    );
    for person in shown {
        say_line!("  {} {} ({})", person.id, person.name, person.role.word());
    }
    let key = rig::keys::StationKey::find(&rig.genesis.station, &rig.genesis.key)?;
    say_line!("the station's public key: {}", key.public_file().display());
    rig.close()?;
    Ok(End::Done)
}

/// Who is registered when nobody is named: those who act, else two supervisors and two operators.
fn usual_people(who: &Who) -> Vec<Person> {
    let person = |id: &str, name: &str, role| {
        PersonId::new(id).map(|id| Person { id, name: name.to_owned(), role })
    };
    match (&who.by, &who.with) {
        (Some(by), Some(with)) => [by, with]
            .into_iter()
            .filter_map(|id| person(id.as_str(), id.as_str(), Role::Supervisor))
            .chain(person("o1", "操作者1", Role::Operator))
            .chain(person("o2", "操作者2", Role::Operator))
            .collect(),
        _ => [
            person("s1", "責任者1", Role::Supervisor),
            person("s2", "責任者2", Role::Supervisor),
            person("o1", "操作者1", Role::Operator),
            person("o2", "操作者2", Role::Operator),
        ]
        .into_iter()
        .flatten()
        .collect(),
    }
}

fn parse_person(text: &str) -> Result<Person, CliError> {
    let mut parts = text.splitn(3, ':');
    let (Some(id), Some(name), Some(role)) = (parts.next(), parts.next(), parts.next()) else {
        return Err(say(format!("'{text}' is no person; write ID:NAME:ROLE")));
    };
    make_person(id, name, role)
}

fn make_person(id: &str, name: &str, role: &str) -> Result<Person, CliError> {
    let words = Role::ALL.map(Role::word).join(", ");
    Ok(Person {
        id: PersonId::new(id)
            .ok_or_else(|| say(format!("'{id}' is no id; use up to 16 letters, digits, _ or .")))?,
        name: name.to_owned(),
        role: Role::from_word(role)
            .ok_or_else(|| say(format!("'{role}' is no role; the roles are {words}")))?,
    })
}

pub(super) fn person(who: &Who, args: &PersonArgs) -> Result<End, CliError> {
    match &args.command {
        PersonCommand::List => {
            for person in Reader::open(&who.data)?.state()?.people.values() {
                say_line!("{}\t{}\t{}", person.id, person.name, person.role.word());
            }
        }
        PersonCommand::Add { id, name, role } => {
            let person = make_person(id, name, role)?;
            let (rig, by) = who.open()?;
            rig.act(&by, who.with.as_ref(), Input::AddPerson { person })?;
            rig.close()?;
            say_line!("{id} is registered as {role}");
        }
    }
    Ok(End::Done)
}

pub(super) fn import(who: &Who, args: &Import) -> Result<End, CliError> {
    let bytes = std::fs::read(&args.file)
        .map_err(|error| say(format!("{} can't be read: {error}", args.file.display())))?;
    let list = match args.list.as_str() {
        "shops" => List::Shops,
        "blocked" => List::Blocked,
        _ => List::Issued,
    };
    let (rig, by) = who.open()?;
    let listed = match importing::read(list, &bytes, &rig.profile) {
        Ok(listed) => listed,
        Err(error) => {
            rig.close()?;
            return Err(match error {
                ImportError::Rig(error) => error.into(),
                ImportError::Problems(problems) => {
                    let lines = problems.iter().map(ToString::to_string).collect::<Vec<_>>();
                    let file = args.file.display();
                    say(format!("{file} is not imported:\n  {}", lines.join("\n  ")))
                }
            });
        }
    };
    let rows = listed.rows;
    let (input, attachment) = listed.into_act();
    rig.act_with(&by, who.with.as_ref(), input, attachment)?;
    say_line!("{rows} {} imported from {}", args.list, args.file.display());
    if list == List::Blocked {
        // What was read before the list came is told, never changed behind anyone's back.
        for (sheet, reason) in rig.reader()?.blocked_but_accepted()? {
            say_line!(
                "  sheet {} is already accepted under a number that is now blocked: {reason}",
                rig.genesis.station.sheet(sheet)
            );
        }
    }
    rig.close()?;
    Ok(End::Done)
}

pub(super) fn read_text(path: &Path) -> Result<String, CliError> {
    let bytes = std::fs::read(path)
        .map_err(|error| say(format!("{} can't be read: {error}", path.display())))?;
    String::from_utf8(bytes).map_err(|error| {
        say(format!("{} is not UTF-8 text ({error}); save it as UTF-8", path.display()))
    })
}
