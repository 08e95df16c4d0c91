//! Words of commands that people copy from a message into a terminal.

/// `word` as it is typed: in double quotes, which cmd.exe, PowerShell and sh all know, unless it is plain.
///
/// What sh or PowerShell would replace inside double quotes stands in single quotes, which only these two know.
#[must_use]
pub fn word(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else if word.contains(['"', '$', '`', '\\', '!']) {
        format!("'{}'", word.replace('\'', "'\\''"))
    } else {
        format!("\"{word}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn only_plain_words_go_without_quotes() {
        for (given, typed) in [
            ("lesson-1/page_2.md", "lesson-1/page_2.md"),
            ("", "\"\""),
            ("Mon cours", "\"Mon cours\""),
            ("sum/It's four", "\"sum/It's four\""),
            ("leçon/été", "\"leçon/été\""),
            ("cost/$5, isn't it", "'cost/$5, isn'\\''t it'"),
            ("sum/Never!", "'sum/Never!'"),
        ] {
            assert_eq!(word(given), typed);
        }
    }
}
