//! The names on the paper: numbers are text, so no leading zero is ever lost.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

macro_rules! text_name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
    };
}

text_name! {
    /// A voucher number in its canonical form: no spaces, no hyphens, half-width, upper case.
    /// Only [`Grammar`](super::Grammar) makes one from text that comes from outside.
    Number
}
text_name! {
    /// A kind of voucher (券種) as the profile names it, such as `1000`.
    KindId
}
text_name! {
    /// A layout of the voucher's face as the profile names it, such as `A`.
    LayoutId
}

impl Number {
    /// From text that a grammar has already accepted, or from the log.
    pub(crate) fn canonical(text: &str) -> Number {
        Number(Arc::from(text))
    }

    /// The digits alone, as a number for the hash total of a delivery; 0 where there are none
    /// or more than fit (38 digits).
    pub fn digits_value(&self) -> u128 {
        self.0
            .bytes()
            .filter(u8::is_ascii_digit)
            .try_fold(0u128, |sum, digit| {
                sum.checked_mul(10)?.checked_add(u128::from(digit - b'0'))
            })
            .unwrap_or(0)
    }
}

impl KindId {
    pub fn new(text: &str) -> KindId {
        KindId(Arc::from(text))
    }
}

impl LayoutId {
    pub fn new(text: &str) -> LayoutId {
        LayoutId(Arc::from(text))
    }
}
