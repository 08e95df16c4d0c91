//! The texts of links: many learners hear them in a list, without the sentence around.

use std::collections::BTreeMap;

use super::View;
use super::text::normal;
use crate::check::links::Destination;
use crate::code;
use crate::course::{Inline, Link, Node, plain_text};
use crate::diagnostic::Diagnostic;

/// Whole texts that do not say where a link leads: French, then English.
const VAGUE: &str = "ici|là|cliquez ici|cliquer ici|clique ici|clic|cliquez|cliquez là|cliquez sur ce lien|lien|le lien|\
    ce lien|via ce lien|suivez ce lien|suivre le lien|lire|lire ici|lire la suite|lire plus|la suite|suite|\
    voir|voir ici|voir plus|voir la suite|voir le lien|plus|en savoir plus|en savoir|savoir plus|\
    pour en savoir plus|plus d info|plus d infos|plus d information|plus d informations|plus de détails|\
    détails|télécharger|télécharger ici|télécharger le fichier|télécharger le document|téléchargement|\
    téléchargez|ouvrir|consulter|accéder|cette page|la page|page|ce site|le site|site|site web|suivant|à lire|\
    here|click|click here|click this link|clicking here|link|this link|the link|this|read|read here|read more|\
    more|see|see here|see more|learn more|find out more|more info|more information|more details|details|\
    download|download here|download it|download the file|download the document|open|view|continue|this page|\
    the page|this site|this website|the website|website|web page|next";

pub(super) fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut leads: BTreeMap<String, Destination<'_>> = BTreeMap::new();
    view.page.walk(&mut |node| {
        let Node::Inline(Inline::Link(link)) = node else { return };
        let shown = plain_text(&link.content);
        let Some(text) = Some(normal(&shown)).filter(|text| !text.is_empty()) else { return };
        if let Some(diagnostic) = vague(link, shown.trim()) {
            found.push(diagnostic);
            return;
        }
        let Ok(destination) = view.links.resolve(&view.page.path, &link.destination) else { return };
        if *leads.entry(text).or_insert(destination) != destination {
            let message =
                format!("another link of this page is called `{}` and leads elsewhere (RGAA 6.1)", shown.trim());
            let hint = "say in the text of each where it leads";
            found.push(Diagnostic::new(&code::LINK_TEXT_AMBIGUOUS, link.span, message).hint(hint));
        }
    });
    found
}

/// A text that says nothing, or nothing that one wants to hear.
fn vague(link: &Link, shown: &str) -> Option<Diagnostic> {
    let text = normal(shown);
    if VAGUE.split('|').any(|vague| vague == text) {
        let message = format!("the text `{shown}` does not say where the link leads (RGAA 6.1)");
        let hint = format!("name what is there: [the guide of 2021 (PDF)]({})", link.destination);
        return Some(Diagnostic::new(&code::LINK_TEXT_VAGUE, link.span, message).hint(hint));
    }
    is_address(shown).then(|| {
        let message = "the text of this link is an address, which is spelt out to those who listen (RGAA 6.1)";
        let hint = format!("name what is there: [the site of the ministry]({})", link.destination);
        Diagnostic::new(&code::LINK_TEXT_ADDRESS, link.span, message).hint(hint)
    })
}

/// A whole web address; the bare name of a site can be said.
fn is_address(text: &str) -> bool {
    let lower = text.to_lowercase();
    let bare = lower.strip_prefix("www.").is_some_and(|rest| rest.contains('/'));
    (lower.contains("://") || bare) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::sources::FileId;

    #[test]
    fn texts_say_where_links_lead() {
        let (vague_text, address) = (Some("link-text-vague"), Some("link-text-address"));
        for (text, expected) in [
            ("ici", vague_text),
            ("Cliquez ici !", vague_text),
            ("En savoir plus…", vague_text),
            ("→ Lire la suite", vague_text),
            ("Plus d’informations", vague_text),
            ("click here", vague_text),
            ("Read more »", vague_text),
            ("https://example.org/a", address),
            ("www.example.org/a", address),
            ("example.org", None),
            ("le site data.gouv.fr", None),
            ("Télécharger le guide (PDF, 2 Mo)", None),
            ("Ici commence la mer", None),
            ("En savoir plus sur la CADA", None),
            ("Learn more about tides", None),
            ("someone@example.org", None),
        ] {
            let span = Span::new(FileId(0), 0..0);
            let link = Link { destination: "x".to_owned(), content: Vec::new(), span };
            assert_eq!(vague(&link, text).map(|found| found.code.name), expected, "{text}");
        }
    }
}
