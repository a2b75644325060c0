//! The words of the window and who says them.

use super::{FILES, ROOT, none};
use std::path::Path;

/// Every word of the window is said somewhere: a dropped sentence goes with its screen.
#[test]
fn tidy_words_are_all_used() {
    let folder = Path::new(ROOT).join("assets/words/en");
    let said = FILES.iter().filter(|(path, _)| path.starts_with("src/ui/"));
    let said = said.map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n");
    let mut unused = Vec::new();
    for file in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let text = std::fs::read_to_string(file.path()).unwrap();
        let keys = text.lines().filter_map(|line| line.split_once(" =")).map(|(key, _)| key);
        let keys = keys.filter(|key| key.starts_with(|it: char| it.is_ascii_lowercase()));
        // The menu of languages is the words' own.
        for key in keys.filter(|key| !key.contains(' ') && *key != "language-name") {
            let name = key.replace('-', "_");
            let calls = [format!("{name}("), format!("{name},"), format!("{name};")];
            if !calls.iter().any(|call| said.contains(call.as_str())) {
                unused.push(format!("{}: {key}", file.file_name().to_string_lossy()));
            }
        }
    }
    none(&unused);
}
