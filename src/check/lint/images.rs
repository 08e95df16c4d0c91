//! What the alternatives of images say.

use super::View;
use super::text::normal;
use crate::code;
use crate::course::{Answer, Block, BlockKind, ChoiceKind, Image, Inline, Node, Question, walk};
use crate::diagnostic::Diagnostic;

/// Alternatives that only say that there is an image, also with a number after them.
const VAGUE: &str = "image|photo|photographie|illustration|figure|graphique|schéma|schema|dessin|logo|icône|icone|capture|\
    capture d écran|diagramme|tableau|carte|visuel|vignette|picture|photograph|graphic|chart|diagram|drawing|\
    icon|screenshot|screen shot|map|thumbnail|graph|alt|texte alternatif|description|img|pic";

/// What a screen reader has said by then: "image".
const REDUNDANT: &str = "image de|image d|image du|image des|image représentant|image montrant|photo de|photo d|photo du|photo des|\
    photo représentant|photographie de|photographie d|photographie du|photographie des|image of|picture of|\
    photo of|photograph of|image showing|picture showing|photo showing";

/// Beyond this, in characters, an alternative is tiring to hear (RGAA 1.3, technical note).
const LONG: usize = 80;

pub(super) fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    view.page.walk(&mut |node| match node {
        Node::Inline(Inline::Image(image)) | Node::Block(Block { kind: BlockKind::Figure(image), .. }) => {
            found.extend(alternative(image));
        }
        Node::Block(Block { kind: BlockKind::Question(question), .. }) => found.extend(gives_answer(question)),
        _ => {}
    });
    found
}

/// What is wrong with an alternative, the gravest only.
fn alternative(image: &Image) -> Option<Diagnostic> {
    let Image { alternative, caption, span, .. } = image;
    let say = |code, message: &str| Diagnostic::new(code, *span, message);
    if alternative.is_empty() {
        let message = "this image is called decorative, but its caption says that it shows something (RGAA 1.2)";
        let hint = "describe it in the brackets instead of {decorative}, or remove the caption";
        return caption.as_ref().map(|_| say(&code::IMAGE_DECORATIVE_WITH_CAPTION, message).hint(hint));
    }
    let text = normal(alternative);
    if is_file_name(alternative, &image.destination) {
        let message = "the text alternative is a file's name: it does not say what the image shows (RGAA 1.3)";
        return Some(say(&code::IMAGE_ALT_IS_FILE_NAME, message).hint("describe in the brackets what the image shows"));
    }
    let unnumbered = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if VAGUE.split('|').any(|vague| vague == unnumbered) {
        let message = "the text alternative says that this is an image, and not what it shows (RGAA 1.3)";
        return Some(say(&code::IMAGE_ALT_VAGUE, message).hint("describe in the brackets what the image shows"));
    }
    let begins = |start: &&str| text.strip_prefix(start).is_some_and(|rest| rest.starts_with(' '));
    if let Some(start) = REDUNDANT.split('|').find(begins) {
        let message = format!("screen readers say by themselves that this is an image (RGAA 1.3): `{start}…`");
        return Some(say(&code::IMAGE_ALT_VAGUE, &message).hint("begin with what the image shows"));
    }
    if caption.as_ref().is_some_and(|caption| normal(caption) == text) {
        let message = "the text alternative is the caption again: it is heard twice (RGAA 1.3)";
        let hint = "say in the brackets what the image shows, and in the caption what it is about";
        return Some(say(&code::IMAGE_ALT_REPEATS_CAPTION, message).hint(hint));
    }
    let length = alternative.chars().count();
    (length > LONG).then(|| {
        let message = format!("the text alternative has {length} characters; up to {LONG} are easy to hear (RGAA 1.3)");
        say(&code::IMAGE_ALT_LONG, &message).hint("keep the essential there, and write the rest under the image")
    })
}

fn is_file_name(alternative: &str, destination: &str) -> bool {
    let file = destination.rsplit('/').next().unwrap_or(destination);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let endings = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"];
    // A name such as `rennes.jpg` may say what is to be said; `IMG_2034` or `plan-v2` never does.
    let is_coded = stem.contains('_') || stem.contains(|c: char| c.is_ascii_digit());
    endings.iter().any(|ending| alternative.to_lowercase().ends_with(ending))
        || (is_coded && alternative.eq_ignore_ascii_case(stem))
}

/// Images of the question itself whose alternative names the right answer, and it alone.
fn gives_answer(question: &Question) -> Vec<Diagnostic> {
    let Answer::Choices(ChoiceKind::Single | ChoiceKind::Multiple, choices) = &question.answer else {
        return Vec::new();
    };
    let names = |alternative: &str, choice: &str| {
        let (alternative, choice) = (normal(alternative), normal(choice));
        choice.len() > 3 && format!(" {alternative} ").contains(&format!(" {choice} "))
    };
    let gives = |image: &&Image| {
        let named = |right| choices.iter().any(|c| c.right == right && names(&image.alternative, &c.text));
        named(true) && !named(false)
    };
    images_asked_about(question)
        .into_iter()
        .filter(gives)
        .map(|image| {
            let message = "the text alternative of this image names the right answer (RGAA 1.4)";
            let hint = "describe what can be seen without naming it, or write for example: Image of question 1";
            Diagnostic::new(&code::QUESTION_ALT_GIVES_ANSWER, image.span, message).hint(hint)
        })
        .collect()
}

fn images_asked_about(question: &Question) -> Vec<&Image> {
    let mut images: Vec<&Image> = Vec::new();
    walk(&question.prompt, &mut |node| match node {
        Node::Inline(Inline::Image(image)) | Node::Block(Block { kind: BlockKind::Figure(image), .. }) => {
            images.push(image);
        }
        _ => {}
    });
    images.extend(question.title.iter().filter_map(|inline| match inline {
        Inline::Image(image) => Some(image),
        _ => None,
    }));
    images
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::sources::FileId;

    fn image(alternative: &str, destination: &str) -> Image {
        let (alternative, destination) = (alternative.to_owned(), destination.to_owned());
        let caption = Some("Le port de Brest".to_owned());
        Image { alternative, destination, caption, span: Span::new(FileId(0), 0..0) }
    }

    #[test]
    fn alternatives_are_judged_by_what_they_say() {
        let vague = Some("image-alt-vague");
        for (alternative, expected) in [
            ("IMG_2034", Some("image-alt-is-file-name")),
            ("img_2034", Some("image-alt-is-file-name")),
            ("Plan.PNG", Some("image-alt-is-file-name")),
            ("Image", vague),
            ("image 12", vague),
            ("Capture d’écran", vague),
            ("Photo d’un port", vague),
            ("Picture of a harbour", vague),
            ("Le port de Brest", Some("image-alt-repeats-caption")),
            ("", Some("image-decorative-with-caption")),
            ("Carte des départements bretons", None),
            ("Photographes au travail", None),
            ("Logo de la ville de Rennes", None),
            ("Schéma : trois cercles qui se coupent", None),
            ("Un port, vu de la mer", None),
        ] {
            let found = alternative_code(&image(alternative, "a/IMG_2034.jpg"));
            assert_eq!(found, expected, "{alternative}");
        }
        assert_eq!(alternative_code(&image("rennes", "rennes.jpg")), None);
        assert_eq!(alternative_code(&image(&"x".repeat(80), "a.png")), None);
        assert_eq!(alternative_code(&image(&"x".repeat(81), "a.png")), Some("image-alt-long"));
    }

    fn alternative_code(image: &Image) -> Option<&'static str> {
        alternative(image).map(|found| found.code.name)
    }
}
