//! What pages and style sheets load.

use crate::diagnostic::Severity;
use crate::referee::rule::Rule;

rules! {
    LAUNCH_LOADS_MISSING = "launch-loads-missing", Error, [], "The launch document loads a script or a style sheet that is not in the package.",
        source: "HTML Standard, the script and link elements: the script does not run, and mostly nothing is recorded.",
        mend: "Put the file into the package, or take the element out.",
        bad: "<script src=\"js/scorm.js\"></script>, and no js/scorm.js",
        good: "the same, and js/scorm.js in the package";
    LAUNCH_BASE_LEAVES = "launch-base-leaves-package", Error, [], "The base of the launch document leads out of the package: nothing that it refers to is found.",
        source: "HTML Standard, the base element: every reference is relative to it; RFC 3986, 5.2. LMSs put packages where they like.",
        mend: "Take the base element out, or write href=\"./\". Tools for web sites write it: build with a relative base.",
        bad: "<base href=\"/\">",
        good: "<base href=\"./\">";
    MISSING = "reference-missing", Warning, [], "A page or a style sheet refers to a file that is not in the package.",
        source: "HTML Standard, fetching of resources: learners see a gap or an error page.",
        mend: "Put the file into the package, or mend the reference.",
        bad: "<img src=\"img/plan.png\">, and no img/plan.png",
        good: "<img src=\"img/plan.png\">, and img/plan.png in the package";
    CASE = "reference-case", Warning, [], "A reference differs from the file's name in case.",
        source: "RFC 3986, 6.2.2.1: paths are case-sensitive, and so are servers with Linux. Nobody sees it on Windows or macOS.",
        mend: "Write the reference as the file is called.",
        bad: "<img src=\"Plan.PNG\"> for plan.png",
        good: "<img src=\"plan.png\">";
    LEAVES = "reference-leaves-package", Warning, [], "A reference leads out of the package.",
        source: "LMSs put packages where they like: what lies around one is theirs.",
        mend: "Put the file into the package and refer to it there.",
        bad: "<img src=\"../../shared/logo.png\"> in index.html, <img src=\"/logo.png\">",
        good: "<img src=\"shared/logo.png\">";
    LOCAL = "reference-to-a-disk", Warning, [], "A reference leads to a file on somebody's computer.",
        source: "RFC 8089; browsers refuse file: from a page of the web.",
        mend: "Put the file into the package and refer to it there.",
        bad: "<img src=\"file:///C:/Users/Anna/plan.png\">",
        good: "<img src=\"plan.png\">";
    MIXED = "content-mixed", Warning, [], "Something is loaded by http:, which browsers refuse on a page of https.",
        source: "W3C Mixed Content; Docebo help 360020128479: https only.",
        mend: "Write https, or better: put the file into the package.",
        bad: "<script src=\"http://example.org/lib.js\"></script>",
        good: "<script src=\"lib.js\"></script>";
    EXTERNAL = "content-external", Note, [], "Pages load something from elsewhere.",
        source: "It fails behind a firewall and when the other site changes, and it tells that site who learns.",
        mend: "Put the files into the package where their licence allows it; otherwise tell the people who answer for data protection.",
        bad: "<link rel=\"stylesheet\" href=\"https://fonts.example.org/css\">",
        good: "<link rel=\"stylesheet\" href=\"fonts.css\">";
    INLINE = "content-policy-inline", Warning, [], "A page's own content policy forbids a script that stands in it.",
        source: "W3C Content Security Policy Level 3, inline checks of script-src-elem and script-src-attr.",
        mend: "Move the script into a file, or the handler into a script.",
        bad: "script-src 'self', and <button onclick=\"go()\">",
        good: "script-src 'self', and a listener in course.js";
}
