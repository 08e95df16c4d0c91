//! `[accessibility]`: what the statement says.

use super::{Parser, meaning};
use crate::code;
use crate::course::{Accessibility, Audit};
use crate::diagnostic::Diagnostic;
use crate::keys::{Spanned, Values};

impl Parser<'_> {
    pub(super) fn accessibility(&mut self, table: Option<Spanned<Values>>) -> Accessibility {
        let Some(Spanned { value: mut table, .. }) = table else {
            return Accessibility::default();
        };
        let contact = table.text("contact");
        self.diagnostics.extend(contact.as_ref().and_then(meaning::contact));
        let audit = self.audit(&mut table);
        let mut all = |key: &str| self.all(&table.texts(key));
        let (failures, derogations, exemptions) = (all("failures"), all("derogations"), all("exemptions"));
        let (environments, tools) = (all("environments"), all("tools"));
        Accessibility {
            contact: contact.map(|contact| contact.value),
            owner: self.optional(table.text("owner")),
            plan: table.text("plan").map(|plan| plan.value),
            audit,
            failures,
            derogations,
            exemptions,
            environments,
            tools,
            documents: table.texts("documents"),
        }
    }

    /// An audit is its day, its auditor and its rate; a part of that is no proof of anything.
    fn audit(&mut self, table: &mut Values) -> Option<Audit> {
        let (day, auditor, rate) = (table.date("audited"), table.text("auditor"), table.integer("rate"));
        let given = [day.as_ref().map(|d| d.span), auditor.as_ref().map(|a| a.span), rate.as_ref().map(|r| r.span)];
        match (day, auditor, rate) {
            (Some(day), Some(auditor), Some(rate)) => Some(Audit {
                day: day.value.to_string(),
                auditor: self.set(&auditor.value),
                rate: u32::try_from(rate.value).unwrap_or_default(),
            }),
            _ => {
                if let Some(span) = given.into_iter().flatten().next() {
                    let message = "an audit is said by its day, its auditor and its rate, all three";
                    let hint = "write: audited = 2026-05-04, auditor = \"…\", rate = 87; or none of them";
                    self.say(Diagnostic::new(&code::MISSING_KEY, span, message).hint(hint));
                }
                None
            }
        }
    }
}
