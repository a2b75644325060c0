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

/// A word's arguments come in the order in which its English text first names them; so do the comments
/// that explain them, for who writes a call reads those.
#[test]
fn tidy_words_explain_their_arguments_in_their_order() {
    let folder = Path::new(ROOT).join("assets/words/en");
    let mut wrong = Vec::new();
    for file in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = file.file_name().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(file.path()).unwrap();
        let mut explained = Vec::new();
        let mut lines = text.lines().peekable();
        while let Some(line) = lines.next() {
            if line.starts_with("# $") {
                explained.extend(variables(line));
                continue;
            }
            let mut word = line.to_owned();
            while let Some(more) = lines.next_if(|next| next.starts_with(' ')) {
                word.push_str(more);
            }
            let mut named = variables(&word);
            // How many there are of something needs no explanation.
            named.retain(|it| explained.contains(it));
            if named != explained {
                wrong.push(format!("{name}: {line}"));
            }
            explained.clear();
        }
    }
    none(&wrong);
}

/// The variables of a text, each once, in order.
fn variables(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for after in text.split('$').skip(1) {
        let end = after.find(|it: char| !it.is_ascii_alphanumeric()).unwrap_or(after.len());
        if !found.iter().any(|it| *it == after[..end]) {
            found.push(after[..end].to_owned());
        }
    }
    found
}
