//! A training campaign made up by the program: shops, ledger, envelopes, voucher pictures, people.
