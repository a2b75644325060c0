//! One binary of integration tests.

mod delivery;
