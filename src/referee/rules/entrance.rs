//! Whether an LMS finds its way in.

use crate::diagnostic::Severity;
use crate::referee::rule::{Family, Rule};

rules! {
    MISSING = "manifest-missing", Error, [], "The package has no manifest: no LMS knows what to do with it.",
        source: "SCORM 1.2 CAM 2.3 and SCORM 2004 CAM 3: imsmanifest.xml; cmi5 13.2 and 14.1: cmi5.xml; Tin Can: tincan.xml.",
        mend: "Export the course for SCORM, cmi5 or xAPI (Tin Can). A web export cannot be imported as a course.",
        bad: "index.html and nothing that describes it",
        good: "imsmanifest.xml, index.html";
    NOT_AT_ROOT = "manifest-not-at-root", Error, [Moodle, ScormCloud, Docebo, ThreeSixtyLearning, Cornerstone, SuccessFactors, Strict], "The manifest is in a folder, not at the top of the package.",
        source: "SCORM 1.2 CAM 2.3, SCORM 2004 CAM 3 and cmi5 14.1: at the root of the package. Moodle 4.2 (seen): \"An imsmanifest.xml file was found but it was not in the root of your zip file\". TalentLMS, Docebo and 360Learning say so in their help. Open edX and Chamilo search for it (read): they take the one nearest to the top, and its folder for the package.",
        mend: "Pack what is in the folder, not the folder: open it, select all, and compress that.",
        bad: "my-course/imsmanifest.xml",
        good: "imsmanifest.xml";
    CASE = "manifest-name-case", Error, [], "The manifest's name is not in small letters.",
        source: "SCORM 1.2 CAM 2.3, SCORM 2004 CAM 3 and cmi5 13.2 give the name as it is. Moodle 4.2 (seen): IMSManifest.xml is not found.",
        mend: "Rename it.",
        bad: "IMSManifest.xml",
        good: "imsmanifest.xml";
    SEVERAL = "manifest-of-two-standards", Note, [], "The package has manifests of several standards: one of them is judged.",
        source: "LMSs take the one that they look for first; cartable looks for imsmanifest.xml, then cmi5.xml, then tincan.xml.",
        mend: "Nothing, if both are meant. To have another judged, take the first out of a copy.",
        bad: "imsmanifest.xml, tincan.xml",
        good: "imsmanifest.xml";
    OTHER_BROKEN = "manifest-of-two-broken", Warning, [], "Another manifest of the package cannot be read.",
        source: "XML 1.0, 2.1: an LMS that takes this manifest imports nothing.",
        mend: "Mend it, or leave it out.",
        bad: "a good imsmanifest.xml, and a tincan.xml that ends too early",
        good: "imsmanifest.xml";
    NOT_JUDGED = "standard-not-judged", Warning, [], "The package is made by a standard that cartable does not judge.",
        source: "AICC CMI001, course structure files; IMS Common Cartridge. Moodle 4.2 (read) imports AICC as a SCORM activity, and a cartridge as a course.",
        mend: "Ask whether the LMS takes this standard; if not, export the course for SCORM, cmi5 or xAPI.",
        bad: "course.crs, course.au, course.des, course.cst",
        good: "imsmanifest.xml of SCORM";
    NOT_TAKEN = "standard-not-taken", Note or Error, [Moodle, OpenEdx], "Some LMSs do not import packages of this standard.",
        source: "Moodle 4.2 (read): a zip without imsmanifest.xml or AICC files is refused; plug-ins are needed. The SCORM XBlock of Open edX (read) looks for imsmanifest.xml alone.",
        mend: "If the course is for one of them, export it for SCORM 1.2 or SCORM 2004; otherwise nothing is to do.",
        bad: "cmi5.xml or tincan.xml, for Moodle",
        good: "imsmanifest.xml, for Moodle";
    EDITION_NOT_NAMED = "standard-edition-not-named", Note or Warning, [Docebo, Cornerstone], "Some LMSs name the 3rd edition alone when they say which SCORM 2004 they take.",
        source: "Docebo help 360020128479 and Cornerstone help: SCORM 1.2, and SCORM 2004 3rd Edition.",
        mend: "Ask whether they take it, or export the course for the 3rd edition.",
        bad: "2004 4th Edition, for Docebo",
        good: "2004 3rd Edition, for Docebo";
}
