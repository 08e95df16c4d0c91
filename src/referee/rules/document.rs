//! The document that an LMS opens.

use crate::diagnostic::Severity;
use crate::referee::rule::Rule;

rules! {
    NOT_HTML = "launch-not-html", Warning, [], "The document of a SCO, an AU or an activity is no HTML, or none that its ending says.",
        source: "SCORM 1.2 RTE 3.3 and SCORM 2004 RTE 3 (the API): the content finds the LMS by a script, which only a page has.",
        mend: "Open the document from a page that also speaks to the LMS.",
        bad: "href=\"slides.pdf\"",
        good: "href=\"index.html\", which shows or links slides.pdf";
    NO_LANGUAGE = "launch-no-language", Warning, [], "The launch document does not say its language.",
        source: "WCAG 2.2, 3.1.1; RGAA 4.1.2, 8.3; HTML Standard, the lang attribute.",
        mend: "Write the language on the html element: screen readers choose their voice by it.",
        bad: "<html>",
        good: "<html lang=\"fr\">";
    UNKNOWN_LANGUAGE = "launch-language-unknown", Warning, [], "The launch document's language is no language tag.",
        source: "WCAG 2.2, 3.1.1; RGAA 4.1.2, 8.4; HTML Standard, the lang attribute; BCP 47, 2.1.",
        mend: "Write the tag of the language, of two or three letters: fr, en-GB, pt-BR.",
        bad: "<html lang=\"français\">",
        good: "<html lang=\"fr\">";
    NO_TITLE = "launch-no-title", Warning, [], "The launch document has no title.",
        source: "WCAG 2.2, 2.4.2; RGAA 4.1.2, 8.5; HTML Standard, the title element.",
        mend: "Write the title of the course in the head: it is what a window or a tab is called.",
        bad: "<head></head>",
        good: "<head><title>Fire safety</title></head>";
    NO_VIEWPORT = "launch-no-viewport", Note, [], "The launch document says nothing of small screens.",
        source: "CSS Viewport Module; without it phones show the page as if it were 980 pixels wide (WCAG 2.2, 1.4.10).",
        mend: "Add the line to the head, if the page is made for small screens.",
        bad: "<head></head>",
        good: "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">";
    NO_ZOOM = "launch-no-zoom", Warning, [], "The launch document forbids to enlarge it.",
        source: "WCAG 2.2, 1.4.4; RGAA 4.1.2, 10.4.",
        mend: "Take user-scalable and maximum-scale out.",
        bad: "content=\"width=device-width, user-scalable=no\"",
        good: "content=\"width=device-width, initial-scale=1\"";
    NO_HEADING = "launch-no-heading", Note, [], "The launch document has no heading of the first level.",
        source: "WCAG 2.2, 1.3.1 and 2.4.6; RGAA 4.1.2, 9.1. A script may add it later: then nothing is to do.",
        mend: "Give the page's title the element h1.",
        bad: "<div class=\"title\">Fire safety</div>",
        good: "<h1>Fire safety</h1>";
    NO_ALTERNATIVE = "launch-image-without-alt", Warning, [], "An image of the launch document has no text alternative.",
        source: "WCAG 2.2, 1.1.1; RGAA 4.1.2, 1.1; HTML Standard, the img element.",
        mend: "Say in alt what the image says; write alt=\"\" if it says nothing.",
        bad: "<img src=\"plan.png\">",
        good: "<img src=\"plan.png\" alt=\"The two ways out of the building\">";
}
