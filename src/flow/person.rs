//! People and what their roles may do.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// A person's id, as it stands in every event: 1 to 16 of `0-9A-Za-z_.`
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PersonId(Arc<str>);

impl PersonId {
    pub fn new(id: &str) -> Option<PersonId> {
        let right = (1..=16).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.');
        right.then(|| PersonId(Arc::from(id)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub id: PersonId,
    pub name: String,
    pub role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 操作: opens, reads, checks, keys.
    Operator,
    /// 検査: as an operator, and keys as the third.
    Verifier,
    /// 責任者: everything but disposal.
    Supervisor,
    /// 納品: delivers.
    Delivery,
    /// 処分: disposes.
    Disposal,
}

/// What it takes that a person without a PIN chooses one, in a campaign that pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstPin {
    /// The first supervisor of a campaign: nobody could stand beside.
    Alone,
    /// A supervisor who has a PIN stands beside.
    Beside,
    /// No supervisor has a PIN yet, and one must have it first.
    SupervisorFirst,
}

impl FirstPin {
    /// For who has this role; `supervised`: somebody who manages people has a PIN.
    pub fn of(role: Role, supervised: bool) -> FirstPin {
        match (supervised, role.may(Duty::ManagePeople)) {
            (true, _) => FirstPin::Beside,
            (false, true) => FirstPin::Alone,
            (false, false) => FirstPin::SupervisorFirst,
        }
    }
}

/// What a person may be asked to be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Duty {
    Open,
    Take,
    Check,
    Key,
    /// Keying as the third person.
    Arbitrate,
    /// Settling stops, corrections, holds and rejections.
    Settle,
    Close,
    /// Closing with a difference to the slip, as first or second person.
    CloseWithDifference,
    Reopen,
    Deliver,
    Import,
    ManagePeople,
    EndDay,
}

impl Duty {
    pub const ALL: [Duty; 13] = [
        Duty::Open,
        Duty::Take,
        Duty::Check,
        Duty::Key,
        Duty::Arbitrate,
        Duty::Settle,
        Duty::Close,
        Duty::CloseWithDifference,
        Duty::Reopen,
        Duty::Deliver,
        Duty::Import,
        Duty::ManagePeople,
        Duty::EndDay,
    ];
}

impl Role {
    pub const ALL: [Role; 5] =
        [Role::Operator, Role::Verifier, Role::Supervisor, Role::Delivery, Role::Disposal];

    pub fn word(self) -> &'static str {
        match self {
            Role::Operator => "operator",
            Role::Verifier => "verifier",
            Role::Supervisor => "supervisor",
            Role::Delivery => "delivery",
            Role::Disposal => "disposal",
        }
    }

    pub fn from_word(word: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.word() == word)
    }

    /// The table of what a role may do.
    pub fn may(self, duty: Duty) -> bool {
        match duty {
            Duty::Open | Duty::Take | Duty::Check | Duty::Key | Duty::Close => {
                matches!(self, Role::Operator | Role::Verifier | Role::Supervisor)
            }
            Duty::Arbitrate => matches!(self, Role::Verifier | Role::Supervisor),
            Duty::CloseWithDifference => {
                matches!(self, Role::Operator | Role::Verifier | Role::Supervisor)
            }
            Duty::Deliver => matches!(self, Role::Supervisor | Role::Delivery),
            Duty::EndDay => matches!(self, Role::Supervisor | Role::Delivery),
            Duty::Settle | Duty::Reopen | Duty::Import | Duty::ManagePeople => {
                self == Role::Supervisor
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table as a supervisor would write it on the wall.
    #[test]
    fn what_a_role_may_do() {
        let table = [
            (Role::Operator, "Open Take Check Key Close CloseWithDifference"),
            (Role::Verifier, "Open Take Check Key Arbitrate Close CloseWithDifference"),
            (
                Role::Supervisor,
                "Open Take Check Key Arbitrate Settle Close CloseWithDifference Reopen Deliver \
                 Import ManagePeople EndDay",
            ),
            (Role::Delivery, "Deliver EndDay"),
            (Role::Disposal, ""),
        ];
        for (role, duties) in table {
            let may = Duty::ALL.into_iter().filter(|duty| role.may(*duty));
            let may = may.map(|duty| format!("{duty:?}")).collect::<Vec<_>>().join(" ");
            assert_eq!(may, duties, "{role:?}");
        }
    }
}
