//! PINs: hashed with Argon2id, tried in turn, slower after wrong ones. A PIN keeps colleagues apart at
//! one desk; against someone who owns the disk it proves nothing, and the documents say so.

use crate::flow::{Input, PersonId};
use crate::rig::{Rig, RigError};
use crate::ui::fault::Fault;
use crate::ui::port::{News, Ticket, Trouble};
use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// So many wrong tries are free; each further one doubles the wait.
const FREE_TRIES: u32 = 5;
const FIRST_WAIT: Duration = Duration::from_secs(15);
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// Who tried what since the station was started.
#[derive(Debug, Default)]
pub(super) struct Door {
    wrong: BTreeMap<PersonId, (u32, Instant)>,
}

enum Proof {
    Right,
    Wrong { wait: Duration },
}

impl Door {
    pub fn sign_in(&mut self, rig: &Rig, person: &PersonId, pin: &str) -> News {
        match self.prove(rig, person, pin) {
            Ok(Proof::Right) => signed_in(rig, person),
            Ok(Proof::Wrong { wait }) => wrong(person, wait),
            Err(error) => trouble(error),
        }
    }

    pub fn vouch(&mut self, rig: &Rig, ticket: Ticket, person: &PersonId, pin: &str) -> News {
        match self.prove(rig, person, pin) {
            Ok(Proof::Right) => News::Vouched { ticket, person: person.clone() },
            Ok(Proof::Wrong { wait }) => wrong(person, wait),
            Err(error) => trouble(error),
        }
    }

    /// Only for a person who has none yet. Who stands beside proves who they are first; whether somebody
    /// must is the flow's to say.
    pub fn choose_pin(
        &mut self,
        rig: &Rig,
        person: &PersonId,
        pin: &str,
        beside: Option<&(PersonId, String)>,
    ) -> News {
        if let Some((beside, pin)) = beside {
            match self.prove(rig, beside, pin) {
                Ok(Proof::Right) => {}
                Ok(Proof::Wrong { wait }) => return wrong(beside, wait),
                Err(error) => return trouble(error),
            }
        }
        let beside = beside.map(|(beside, _)| beside);
        let chosen = pins(rig).and_then(|pins| {
            if pins.contains_key(person) {
                return Ok(false);
            }
            let input = Input::SetPin { person: person.clone(), hash: hash(pin)? };
            rig.act(person, beside, input).map(|_events| true)
        });
        match chosen {
            Ok(true) => signed_in(rig, person),
            Ok(false) => News::Trouble(Trouble::Other(Fault::HasPin)),
            Err(error) => trouble(error),
        }
    }

    fn prove(&mut self, rig: &Rig, person: &PersonId, pin: &str) -> Result<Proof, RigError> {
        let now = Instant::now();
        if let Some((_, until)) = self.wrong.get(person)
            && let Some(wait) = until.checked_duration_since(now)
            && !wait.is_zero()
        {
            return Ok(Proof::Wrong { wait });
        }
        let right = match pins(rig)?.get(person) {
            Some(hash) => matches(pin, hash),
            // Before a first PIN is chosen only a training campaign lets people in.
            None => rig.training() && pin.is_empty(),
        };
        if right {
            self.wrong.remove(person);
            return Ok(Proof::Right);
        }
        let (tries, until) = self.wrong.entry(person.clone()).or_insert((0, now));
        *tries += 1;
        let wait = match tries.checked_sub(FREE_TRIES) {
            None | Some(0) => Duration::ZERO,
            Some(more) => FIRST_WAIT.saturating_mul(1 << (more - 1).min(6)).min(LONGEST_WAIT),
        };
        *until = now + wait;
        let input = Input::SignInRefused { person: person.clone(), tries: *tries };
        rig.act(person, None, input)?;
        Ok(Proof::Wrong { wait })
    }
}

fn pins(rig: &Rig) -> Result<BTreeMap<PersonId, String>, RigError> {
    Ok(rig.reader()?.pins()?)
}

fn signed_in(rig: &Rig, person: &PersonId) -> News {
    match rig.act(person, None, Input::SignIn { person: person.clone() }) {
        Ok(_) => News::SignedIn(person.clone()),
        Err(error) => trouble(error),
    }
}

fn wrong(person: &PersonId, wait: Duration) -> News {
    News::PinWrong { person: person.clone(), wait_s: wait.as_secs() }
}

fn trouble(error: RigError) -> News {
    News::Trouble(super::trouble(error))
}

/// The PHC string of a PIN, with a salt of its own.
fn hash(pin: &str) -> Result<String, RigError> {
    let mut rng = fastrand::Rng::new();
    let bytes: [u8; 16] = std::array::from_fn(|_| rng.u8(..));
    let made = SaltString::encode_b64(&bytes).and_then(|salt| {
        Argon2::default().hash_password(pin.as_bytes(), &salt).map(|it| it.to_string())
    });
    made.map_err(|error| RigError::Input(format!("the PIN can't be kept: {error}")))
}

fn matches(pin: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_known_by_its_hash_alone() {
        let kept = hash("0427").unwrap();
        assert!(kept.starts_with("$argon2id$"), "{kept}");
        assert!(matches("0427", &kept));
        assert!(!matches("427", &kept));
        assert!(!matches("", &kept));
        assert_ne!(hash("0427").unwrap(), kept, "no salt of its own");
        assert!(!matches("0427", "rubbish"));
    }
}
