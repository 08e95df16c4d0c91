//! Prints TOML as JSON, one line per file: `toml-as-json FILE…`; of a Markdown file its front matter.

#[expect(
    clippy::disallowed_macros,
    clippy::disallowed_methods,
    reason = "a tool of the tests, whose output is its result"
)]
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).expect("a file of text");
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let front_matter = text.strip_prefix("+++\n").map(|rest| rest.split_once("\n+++").expect("an end of it").0);
        let table: toml::Table = toml::from_str(front_matter.unwrap_or(&text)).expect("TOML");
        println!("{}", serde_json::to_string(&table).expect("JSON"));
    }
}
