//! Tables whose keys are the codes of findings.

use toml::de::{DeTable, DeValue};

use super::reader::Reader;
use super::{Key, Table, Values};
use crate::code::{self, Code};
use crate::diagnostic::{Diagnostic, Span, nearest};

impl Reader {
    pub(super) fn by_code(
        &mut self,
        key: &'static Key,
        table: &'static Table,
        given: &DeTable<'_>,
    ) -> Vec<(&'static Code, Values)> {
        let mut found = Vec::new();
        for (name, value) in given {
            let key_span = self.span(name.span());
            let Some(code) = code::find(name.get_ref()) else {
                self.unknown_code(key.name, name.get_ref(), key_span);
                continue;
            };
            match value.get_ref() {
                DeValue::Table(inner) => {
                    let mut values = self.table(table, inner, self.span(value.span()));
                    values.span = key_span;
                    found.push((code, values));
                }
                _ => {
                    let message = format!("`{}` must be a table", code.name);
                    let hint = format!("write: {} = {{ level = \"off\", reason = \"…\" }}", code.name);
                    let diagnostic = Diagnostic::new(&code::WRONG_VALUE, self.span(value.span()), message);
                    self.diagnostics.push(diagnostic.hint(hint));
                }
            }
        }
        found
    }

    fn unknown_code(&mut self, table: &str, name: &str, span: Span) {
        let message = format!("`{name}` in [{table}] is the code of no finding");
        let diagnostic = Diagnostic::new(&code::UNKNOWN_KEY, span, message);
        let hint = "the code of a finding stands in brackets: warning[table-no-caption]";
        self.diagnostics.push(match nearest(name, code::ALL.iter().map(|code| code.name)) {
            Some(similar) => diagnostic.fix(format!("did you mean `{similar}`?"), span, similar),
            None => diagnostic.hint(hint),
        });
    }
}
