//! Words and signs that not everybody sees, hears or understands alike.

use std::ops::Range;
use std::sync::LazyLock;

use super::View;
use super::text::{Line, Pattern, Phrases, Role, place, sentences, words};
use crate::code::{self, Code};
use crate::diagnostic::Diagnostic;
use crate::language::Language;

/// Something to look for in every line of a kind.
struct Rule {
    code: &'static Code,
    /// Whether it matters in this line, on a page in this language.
    applies: fn(&Line, &Language) -> bool,
    /// Where a text has it.
    find: fn(&str) -> Option<Range<usize>>,
    /// What is wrong, with `{}` for the words found.
    message: &'static str,
    hint: &'static str,
}

static RULES: [Rule; 8] = [
    Rule {
        code: &code::SENSORY_WORDING,
        applies: |line, _| !line.quoted && line.role != Role::Caption,
        find: sensory,
        message: "`{}` helps only those who see it (RGAA 3.1, 10.9)",
        hint: "name the thing too, such as: the button Send (green, on the right)",
    },
    Rule {
        code: &code::QUOTATION_UNMARKED,
        applies: |line, _| !line.quoted && !line.role.is_label() && line.role != Role::Caption,
        find: long_quotation,
        message: "this quotation is marked by its quotation marks only (RGAA 9.4)",
        hint: "put it in a block quote (lines that begin with >), or write <q>…</q> in place of the marks",
    },
    Rule {
        code: &code::ALL_CAPS,
        applies: |line, _| !line.quoted,
        find: all_caps,
        message: "this text is typed in capitals: some voices spell it letter by letter",
        hint: "type it in lower case, with a capital where the language wants one",
    },
    Rule {
        code: &code::ASCII_ART,
        applies: |_, _| true,
        find: emoticon,
        message: "`{}` is read sign by sign (RGAA 13.5)",
        hint: "say it in words, or leave it out",
    },
    Rule {
        code: &code::EMOJI_ALONE,
        applies: |_, _| true,
        find: emoji_alone,
        message: "`{}` stands for a word here, and voices give it a name of their own (RGAA 13.5)",
        hint: "write the word, such as: Yes, Done, Attention",
    },
    Rule {
        code: &code::ORNAMENT_SPOKEN,
        applies: |line, _| line.role.is_label() && emoji_alone(&line.text).is_none(),
        find: ornament,
        message: "`{}` is read aloud by its name",
        hint: "say it in words, or leave it out",
    },
    Rule {
        code: &code::INCLUSIVE_MIDDLE_DOT,
        applies: |line, language| line.role.is_label() && language.primary() == "fr",
        find: inclusive_dot,
        message: "`{}` is read badly by voices",
        hint: "write both forms (les agentes et les agents), or a word for all (le personnel)",
    },
    Rule {
        code: &code::QUESTION_LONG,
        applies: |line, _| line.role == Role::Question,
        find: too_long,
        message: "this question has more than 200 characters; some screen readers repeat it at each choice",
        hint: "ask in one sentence, and put the rest in a paragraph under it",
    },
];

pub(super) fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for line in &view.lines {
        for rule in RULES.iter().filter(|rule| (rule.applies)(line, view.language)) {
            if let Some(at) = (rule.find)(&line.text) {
                let words = &line.text[at];
                let message = rule.message.replace("{}", words);
                let span = place(view.sources, line.span, words);
                found.push(Diagnostic::new(rule.code, span, message).hint(rule.hint));
            }
        }
    }
    found
}

const COLOURS: &str = "rouge rouges vert verte verts vertes bleu bleue bleus bleues jaune jaunes orange violet violette violets \
    violettes rose roses gris grise grises";

const SHAPES: &str = "rond ronde ronds rondes carré carrée carrés carrées triangulaire";

/// Things of a page that have a colour or a shape, and rarely another sense with one.
const THINGS: &str = "bouton boutons case cases courbe courbes barre barres colonne colonnes texte textes mot mots icône icônes \
    pastille pastilles onglet onglets flèche flèches cercle cercles secteur secteurs encadré encadrés champ \
    champs lien liens";

/// Things of a page that have a place on it.
const PLACED: &str = "image figure tableau schéma encadré bouton menu colonne graphique photo carte liste texte fenêtre onglet \
    icône panneau diagramme courbe illustration";

const SIDES: &str = "droite gauche";

const COLOURS_EN: &str = "red green blue yellow orange purple pink grey gray round square triangular";

const THINGS_EN: &str = "button buttons box boxes text word words field fields curve curves bar bars column columns icon icons tab \
    tabs arrow arrows link links";

const PLACED_EN: &str = "image figure table diagram chart picture box menu column button panel photo map text window tab icon graph \
    list";

const SIDES_EN: &str = "right left";

/// What points by colour, shape or place alone.
static SENSORY: &[Pattern] = &[
    &["ci-contre"],
    &[THINGS, COLOURS],
    &[THINGS, SHAPES],
    &[PLACED, "à de", SIDES],
    &[PLACED, "à de", "la", "droite"],
    &[PLACED, "située situé placée placé affichée affiché", "à", SIDES],
    &["à", SIDES, "de", "l", "écran image"],
    &["à", SIDES, "de", "la", "page fenêtre figure"],
    &["à", SIDES, "du", "texte tableau bouton menu schéma"],
    &["haut bas", "à de", SIDES],
    &["the", COLOURS_EN, THINGS_EN],
    &[PLACED_EN, "on to at", "the", SIDES_EN],
    &["right-hand left-hand", "column side menu panel image box corner"],
    &["to", "the", SIDES_EN, "of", "the this", "screen page text image table window"],
    &["top bottom upper lower", "right left right-hand left-hand", "corner of"],
];

/// `en rouge`, `in red`: only of what is shown, not of what is painted or worn.
static IN_COLOUR: &[Pattern] = &[
    &["en", "rouge vert bleu jaune orange violet rose gris"],
    &["in", "red green blue yellow orange purple pink grey gray"],
];

/// Beginnings of words that say that something is shown.
const SHOWN: &str = "affich indiqu marqu signal surlign soulign écrit colori entour encadr représent champ mot terme ligne case \
    passage texte bouton chiffre réponse courbe barre secteur colonne icône lien élément zone notée noté \
    highlight shown marked written printed displayed coloured colored word term field line text button answer \
    number curve bar column item area box cell link";

static POINTING: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(SENSORY));
static COLOURED: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(IN_COLOUR));

fn sensory(text: &str) -> Option<Range<usize>> {
    sentences(text).into_iter().find_map(|sentence| {
        let words = words(&text[sentence.clone()]);
        let shown = || words.iter().any(|word| SHOWN.split(' ').any(|start| word.text.starts_with(start)));
        let found = POINTING.find(&words).or_else(|| COLOURED.find(&words).filter(|_| shown()))?;
        Some(sentence.start + found.start..sentence.start + found.end)
    })
}

/// Quotation marks with more than eight words between them.
fn long_quotation(text: &str) -> Option<Range<usize>> {
    [('«', '»'), ('“', '”'), ('„', '“')].into_iter().find_map(|(open, close)| {
        text.match_indices(open).find_map(|(start, _)| {
            let inside = start + open.len_utf8();
            let end = inside + text[inside..].find(close)?;
            (words(&text[inside..end]).len() > 8).then(|| start..end + close.len_utf8())
        })
    })
}

/// A text whose letters are all capitals, and more of them than acronyms have.
fn all_caps(text: &str) -> Option<Range<usize>> {
    if text.chars().any(char::is_lowercase) || !text.chars().any(char::is_uppercase) {
        return None;
    }
    let lengths: Vec<usize> = words(text).iter().map(|word| word.text.chars().count()).collect();
    let (longest, total) = (lengths.iter().max().copied().unwrap_or(0), lengths.iter().sum::<usize>());
    let is_code = text.contains(|c: char| c.is_ascii_digit() || c == '_');
    let is_long = longest >= 9 || (lengths.len() >= 2 && longest >= 6 && total >= 12);
    (!is_code && is_long).then(|| 0..text.trim_end().len())
}

/// A question of more than 200 characters.
fn too_long(text: &str) -> Option<Range<usize>> {
    (text.chars().count() > 200).then(|| 0..text.trim_end().len())
}

/// Faces typed with signs, as words of their own.
fn emoticon(text: &str) -> Option<Range<usize>> {
    const FACES: &[&str] =
        &[":-)", ":-(", ";-)", ":)", ":(", ";)", ":-D", ":D", ":-P", ":-/", ":'(", ":-|", ":o)", "xD", "XD"];
    let starts = |word: &&str| word.starts_with([':', ';', 'x', 'X']);
    text.split(char::is_whitespace).filter(starts).find_map(|word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let bare = word.trim_end_matches(['.', ',', '!']);
        FACES.contains(&bare).then(|| start..start + bare.len())
    })
}

/// A text of nothing but emoji and signs.
fn emoji_alone(text: &str) -> Option<Range<usize>> {
    let trimmed = text.trim();
    let only_signs = trimmed.chars().all(|c| is_ornament(c) || is_joiner(c) || c.is_whitespace());
    let start = text.len() - text.trim_start().len();
    (only_signs && trimmed.chars().any(is_ornament)).then(|| start..start + trimmed.len())
}

fn ornament(text: &str) -> Option<Range<usize>> {
    text.char_indices().find(|(_, c)| is_ornament(*c)).map(|(at, c)| at..at + c.len_utf8())
}

/// Arrows, ticks, stars, emoji: what voices call by a name.
fn is_ornament(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21ff}' | '\u{25a0}'..='\u{27bf}' | '\u{27f0}'..='\u{27ff}' | '\u{2900}'..='\u{297f}'
        | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// What holds the parts of an emoji together.
fn is_joiner(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{fe0f}' | '\u{20e3}' | '\u{e0020}'..='\u{e007f}')
}

/// `agent·e·s`, `étudiant.e.s`: a word with its endings cut off by dots.
fn inclusive_dot(text: &str) -> Option<Range<usize>> {
    let is_dot = |c: char| matches!(c, '·' | '•' | '‧' | '⋅');
    let mut at = 0;
    text.split(|c: char| c.is_whitespace() || "(),;:!?«»’'\"/".contains(c)).find_map(|word| {
        let start = text[at..].find(word)? + at;
        at = start + word.len();
        let inside = word.trim_matches(|c: char| !c.is_alphabetic());
        let dotted = inside.contains(is_dot) && inside.chars().all(|c| c.is_alphabetic() || is_dot(c) || c == '-');
        // Not the names of sites, which have full stops inside too, nor `p.e.`
        let is_stem = |stem: &str| stem.len() > 3 && stem.chars().all(char::is_alphabetic);
        let endings = [".e", ".e.s", ".ne.s", ".le.s", ".rice.s", ".trice.s", ".ive.s", ".euse.s", ".ère.s"];
        let stopped = endings.iter().any(|ending| inside.strip_suffix(ending).is_some_and(is_stem));
        let from = word.find(inside)? + start;
        (dotted || stopped).then(|| from..from + inside.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a lint points at in each text, or nothing.
    fn points_at(lint: impl Fn(&str) -> Option<Range<usize>>, cases: &[(&str, &str)]) {
        for (text, expected) in cases {
            let found = lint(text).map(|at| &text[at]).unwrap_or_default();
            assert_eq!(found, *expected, "{text}");
        }
    }

    #[test]
    fn colours_shapes_and_places_of_what_is_shown() {
        points_at(
            sensory,
            &[
                ("Les champs en rouge sont obligatoires.", "en rouge"),
                ("Cliquez sur le bouton vert pour continuer.", "bouton vert"),
                ("L’image ci-contre montre un port.", "ci-contre"),
                ("Le menu à gauche donne accès aux pages.", "menu à gauche"),
                ("Voyez la colonne de droite.", "colonne de droite"),
                ("Le logo se trouve en haut à droite.", "haut à droite"),
                ("La courbe\nbleue monte.", "courbe\nbleue"),
                ("Appuyez sur le bouton rond.", "bouton rond"),
                ("Answer the words in red first.", "in red"),
                ("Press the green button.", "the green button"),
                ("The chart on the left shows it.", "chart on the left"),
                ("See the right-hand column.", "right-hand column"),
                // Colours and sides of the world.
                ("Le sens du texte, de droite à gauche, surprend.", ""),
                ("Ce parti siège à droite depuis 1958.", ""),
                ("Tournez à gauche après la mairie.", ""),
                ("La façade fut peinte en vert.", ""),
                ("Les comptes sont dans le rouge.", ""),
                ("Les zones blanches n’ont pas de réseau.", ""),
                ("Il a franchi la ligne rouge.", ""),
                ("La carte verte de l’assurance suffit.", ""),
                ("Le livre vert de la Commission.", ""),
                ("Le texte ci-dessous le dit.", ""),
                ("Une photo en noir et blanc.", ""),
                ("He is on the right track.", ""),
                ("The company is in the red.", ""),
                ("She has the right to vote, and they left.", ""),
                ("The Green Party won.", ""),
                ("They were dressed in red.", ""),
            ],
        );
    }

    #[test]
    fn quotations_of_more_than_eight_words() {
        let nine = "« un deux trois quatre cinq six sept huit neuf »";
        points_at(
            long_quotation,
            &[
                (nine, nine),
                (
                    "Il dit : “one two three four five six seven eight nine”.",
                    "“one two three four five six seven eight nine”",
                ),
                ("« un deux trois quatre cinq six sept huit »", ""),
                ("la compétence « Comprendre les données et leurs enjeux »", ""),
                ("« ouvert et jamais fermé", ""),
            ],
        );
    }

    #[test]
    fn typed_capitals_are_told_from_acronyms() {
        for (text, expected) in [
            ("INTRODUCTION", true),
            ("LES DONNÉES OUVERTES", true),
            ("ATTENTION : LIRE AVANT", true),
            ("RGPD", false),
            ("CNIL ET CADA", false),
            ("UNESCO", false),
            ("COVID-19", false),
            ("SCORM 1.2", false),
            ("Les DONNÉES", false),
            ("2024", false),
            ("MAX_VALUE_OF_IT", false),
        ] {
            assert_eq!(all_caps(text).is_some(), expected, "{text}");
        }
    }

    #[test]
    fn signs_that_stand_for_words() {
        points_at(
            emoji_alone,
            &[("✓", "✓"), (" ❌ ", "❌"), ("👍🏽", "👍🏽"), ("❤️", "❤️"), ("✓ fait", ""), ("—", ""), ("", ""), ("3", "")],
        );
        points_at(ornament, &[("Suite →", "→"), ("★ Bonus", "★"), ("A ⇒ B", "⇒"), ("Deux – trois… « € » × ± ≤ °", "")]);
        points_at(
            emoticon,
            &[
                ("Bravo :-)", ":-)"),
                ("Oui ;) ou non", ";)"),
                ("Bien :)!", ":)"),
                ("(voir : 3)", ""),
                ("a:b) c", ""),
                ("les <3 ans", ""),
            ],
        );
    }

    #[test]
    fn forms_with_dots_inside() {
        points_at(
            inclusive_dot,
            &[
                ("Les agent·e·s du service", "agent·e·s"),
                ("Quel·le est votre rôle ?", "Quel·le"),
                ("Les étudiant.e.s inscrits", "étudiant.e.s"),
                ("Des acteur.rice.s locaux", "acteur.rice.s"),
                ("Le site data.gouv.fr", ""),
                ("Par exemple (p.e. ici)", ""),
                ("C’est fini.", ""),
                ("un · deux", ""),
                ("www.exemple.es", ""),
            ],
        );
    }
}
