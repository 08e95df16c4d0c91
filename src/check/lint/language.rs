//! Sentences in another language than the course's, known by their function words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::View;
use super::text::{Line, Role, place, sentences, words};
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::language::Language;

/// A language that sentences can be told to be in.
struct Known {
    tag: &'static str,
    name: &'static str,
    /// Words without a meaning of their own, which hardly any sentence lacks.
    words: &'static [&'static str],
}

static KNOWN: [Known; 6] = [
    Known {
        tag: "fr",
        name: "French",
        words: &[
            "le", "la", "les", "un", "une", "des", "du", "de", "et", "ou", "où", "à", "au", "aux", "en", "dans", "par",
            "pour", "sur", "avec", "sans", "sous", "entre", "vers", "chez", "que", "qui", "qu", "dont", "ce", "cet",
            "cette", "ces", "il", "elle", "ils", "elles", "on", "nous", "vous", "je", "tu", "se", "son", "sa", "ses",
            "leur", "leurs", "mon", "ma", "mes", "votre", "vos", "notre", "nos", "ne", "pas", "plus", "est", "sont",
            "était", "a", "ont", "être", "avoir", "fait", "mais", "donc", "car", "si", "comme", "tout", "tous",
            "toute", "très", "aussi", "ici", "quand", "comment",
        ],
    },
    Known {
        tag: "en",
        name: "English",
        words: &[
            "the", "a", "an", "of", "and", "or", "to", "in", "on", "at", "by", "for", "from", "with", "without",
            "into", "about", "over", "is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "do",
            "does", "did", "not", "no", "it", "its", "he", "she", "they", "we", "you", "i", "his", "her", "their",
            "our", "your", "my", "this", "that", "these", "those", "which", "who", "what", "when", "where", "how",
            "why", "there", "but", "if", "as", "than", "then", "so", "can", "could", "will", "would", "should", "must",
            "may", "also", "all", "any", "some", "more", "most", "other", "only", "very",
        ],
    },
    Known {
        tag: "es",
        name: "Spanish",
        words: &[
            "el", "la", "los", "las", "un", "una", "unos", "unas", "de", "del", "y", "o", "a", "al", "en", "por",
            "para", "con", "sin", "sobre", "entre", "que", "qué", "quien", "como", "cómo", "cuando", "donde", "se",
            "su", "sus", "es", "son", "era", "fue", "está", "están", "ha", "han", "hay", "no", "sí", "lo", "le", "les",
            "este", "esta", "estos", "estas", "ese", "esa", "pero", "más", "muy", "también", "ser", "yo", "tú", "nos",
            "mi", "todo", "todos",
        ],
    },
    Known {
        tag: "de",
        name: "German",
        words: &[
            "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "und", "oder",
            "in", "im", "ins", "an", "am", "auf", "aus", "bei", "mit", "nach", "von", "vom", "zu", "zum", "zur", "für",
            "über", "unter", "durch", "um", "ist", "sind", "war", "waren", "wird", "werden", "wurde", "hat", "haben",
            "nicht", "kein", "keine", "auch", "nur", "noch", "als", "wie", "wenn", "dass", "ob", "er", "sie", "es",
            "wir", "ihr", "ich", "man", "sich", "sein", "seine", "dieser", "diese", "dieses", "was", "wer", "wo",
            "aber", "so",
        ],
    },
    Known {
        tag: "it",
        name: "Italian",
        words: &[
            "il", "lo", "la", "i", "gli", "le", "un", "uno", "una", "di", "del", "dello", "della", "dei", "degli",
            "delle", "e", "o", "a", "al", "alla", "ai", "alle", "da", "dal", "dalla", "in", "nel", "nella", "nei",
            "nelle", "con", "su", "sul", "sulla", "per", "tra", "fra", "che", "chi", "cui", "come", "quando", "dove",
            "si", "se", "è", "sono", "era", "ha", "hanno", "non", "più", "anche", "ma", "questo", "questa", "questi",
            "queste", "suo", "sua", "loro", "essere",
        ],
    },
    Known {
        tag: "pt",
        name: "Portuguese",
        words: &[
            "o", "a", "os", "as", "um", "uma", "uns", "umas", "de", "do", "da", "dos", "das", "e", "ou", "em", "no",
            "na", "nos", "nas", "ao", "à", "aos", "às", "por", "pelo", "pela", "para", "com", "sem", "sobre", "entre",
            "que", "quem", "como", "quando", "onde", "se", "seu", "sua", "seus", "suas", "é", "são", "era", "foi",
            "está", "estão", "há", "não", "mais", "muito", "também", "este", "esta", "isto", "isso", "mas", "ser",
            "ele", "ela",
        ],
    },
];

/// A shorter sentence may be a title or a name.
const MIN_WORDS: usize = 6;

pub(super) fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let Some(own) = known(view.language) else {
        return Vec::new();
    };
    view.lines.iter().filter_map(|line| foreign_line(line, own, view)).collect()
}

/// The first sentence of a line that is in another language.
fn foreign_line(line: &Line, own: &Known, view: &View<'_>) -> Option<Diagnostic> {
    let (sentence, other) = sentences(&line.text).into_iter().find_map(|range| {
        let sentence = line.text[range].trim();
        Some((sentence, foreign(sentence, own)?))
    })?;
    let (own_name, name, tag) = (own.name, other.name, other.tag);
    let message =
        format!("this seems to be {name}; a screen reader will read it with a voice for {own_name} (RGAA 8.7)");
    let diagnostic = Diagnostic::new(&code::LANG_UNMARKED, place(view.sources, line.span, sentence), message);
    Some(if line.role == Role::Title {
        diagnostic.hint(format!("write the title in {own_name}, and the words in {name} on the page"))
    } else {
        diagnostic.hint(format!("say so: <span lang=\"{tag}\">…</span>"))
    })
}

fn known(language: &Language) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.tag == language.primary())
}

/// The languages that have each word, by their tags.
static SPEAKERS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut speakers: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
    for known in &KNOWN {
        for word in known.words {
            speakers.entry(word).or_default().push(known.tag);
        }
    }
    speakers
});

/// The language of a sentence that is surely not in the language `own`.
///
/// It has three different words or more that only the other language uses, they make a quarter of it, and it has none
/// that only `own` uses.
fn foreign(sentence: &str, own: &Known) -> Option<&'static Known> {
    let words = words(sentence);
    if words.len() < MIN_WORDS {
        return None;
    }
    // In names, and there only, these words have a capital.
    let lower = || words.iter().filter(|word| !sentence[word.range.clone()].starts_with(char::is_uppercase));
    let told = lower().map(|word| word.text.as_ref());
    let told: Vec<(&str, &[&str])> = told.filter_map(|word| Some((word, SPEAKERS.get(word)?.as_slice()))).collect();
    let only = |known: &Known, not: &Known| -> Vec<&str> {
        let is = |tags: &[&str]| tags.contains(&known.tag) && !tags.contains(&not.tag);
        told.iter().filter(|(_, tags)| is(tags)).map(|(word, _)| *word).collect()
    };
    let others = KNOWN.iter().filter(|other| other.tag != own.tag);
    let (other, found) = others.map(|other| (other, only(other, own))).max_by_key(|(_, found)| found.len())?;
    let different = found.iter().collect::<BTreeSet<_>>().len();
    (different >= 3 && found.len() * 4 >= words.len() && only(own, other).is_empty()).then_some(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(sentence: &str, course: &str) -> Option<&'static str> {
        let own = known(&Language::parse(course).expect("a tag")).expect("a known language");
        foreign(sentence, own).map(|other| other.tag)
    }

    #[test]
    fn sentences_of_another_language_are_told_and_those_of_the_courses_own_are_not() {
        for (course, sentence, expected) in [
            ("fr", "The medium is the message, and it is not what you think.", Some("en")),
            ("fr", "If you are not paying for it, you are the product.", Some("en")),
            ("fr", "El hombre es un lobo para el hombre, y no lo sabe.", Some("es")),
            ("fr", "Die Würde des Menschen ist unantastbar und wird nicht verhandelt.", Some("de")),
            ("en", "Tous les êtres humains naissent libres et égaux en dignité et en droits.", Some("fr")),
            ("en", "La donnée est une ressource que nous partageons avec tous.", Some("fr")),
            ("en-GB", "El hombre es un lobo para el hombre, y no lo sabe.", Some("es")),
            // Names, titles, borrowings.
            ("fr", "Tierra del Fuego, Antártida, e Islas del Atlántico Sur", None),
            ("en", "Veracruz de Ignacio de la Llave", None),
            ("fr", "Donald Knuth, The Art of Computer Programming, Addison-Wesley, 1997.", None),
            ("fr", "La France a rejoint le mouvement mondial de l’open data.", None),
            ("fr", "Un open data by design, ouvert par défaut, on top of the stack.", None),
            ("fr", "Le slogan « the medium is the message » résume sa pensée.", None),
            ("fr", "Rennes, Nantes, Lyon, Brest, Nice, Lille, Toulouse.", None),
            ("fr", "SELECT name FROM users WHERE id = 3", None),
            ("en", "The Déclaration des droits de l’homme et du citoyen dates from 1789.", None),
            ("en", "She moved from La Paz to Los Angeles in the late nineties.", None),
            ("en", "Hat and coat were left in the den as the war went on.", None),
            ("en", "Le Monde, Libération, La Croix, Les Échos, Ouest-France", None),
        ] {
            assert_eq!(told(sentence, course), expected, "{sentence}");
        }
    }
}
