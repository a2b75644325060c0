//! Makes a typed function of every word in `assets/words`: one that is missing in a language, or
//! is called with the wrong things, does not compile.

use fluent_typed::{BuildOptions, FtlOutputOptions, LintLevel};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(out) = std::env::var_os("OUT_DIR").and_then(|out| out.into_string().ok()) else {
        println!("cargo::error=OUT_DIR is not set: build with cargo");
        return ExitCode::FAILURE;
    };
    // A new file is noticed too, not only changes of those that were there.
    for folder in ["assets/words/en", "assets/words/ja"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    let options = BuildOptions::default()
        .with_locales_folder("assets/words")
        .with_default_language("en")
        .with_prefix("")
        .with_output_file_path(&format!("{out}/words.rs"))
        .with_ftl_output(FtlOutputOptions::single_file(&format!("{out}/words.ftl")))
        .with_lint_level(LintLevel::Strict)
        .without_bidi_isolation();
    fluent_typed::build_from_locales_folder(options)
}
