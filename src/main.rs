//! Reads the arguments, starts one program, ends with its status.

use std::process::ExitCode;

fn main() -> ExitCode {
    kenban::cli::main()
}
