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
        source: "SCORM 1.2 CAM 2.3, SCORM 2004 CAM 3 and cmi5 14.1: at the root of the package. Moodle 4.2 (seen): \"An imsmanifest.xml file was found but it was not in the root of your zip file\". TalentLMS, Docebo and 360Learning say so in their help. Open edX and Chamilo search for it (read).",
        mend: "Pack what is in the folder, not the folder: open it, select all, and compress that.",
        bad: "my-course/imsmanifest.xml",
        good: "imsmanifest.xml";
    CASE = "manifest-name-case", Error, [], "The manifest's name is not in small letters.",
        source: "SCORM 1.2 CAM 2.3, SCORM 2004 CAM 3 and cmi5 13.2 give the name as it is. Moodle 4.2 (seen): IMSManifest.xml is not found.",
        mend: "Rename it.",
        bad: "IMSManifest.xml",
        good: "imsmanifest.xml";
}
