//! What scripts do, as far as their text tells it.

use crate::diagnostic::Severity;
use crate::referee::rule::Rule;

rules! {
    UNLOAD = "script-unload", Warning, [], "A script stores or ends something at `unload`, which browsers no longer send for sure.",
        source: "HTML Standard, unloading of documents, and Chrome's deprecation of unload: in Moodle 4.5 it does not come (exelearning issue 1831), and results are lost.",
        mend: "Store and commit at each step; at the end use pagehide and visibilitychange.",
        bad: "window.addEventListener(\"unload\", finish)",
        good: "document.addEventListener(\"visibilitychange\", commit)";
    BEFORE_UNLOAD = "script-beforeunload", Note, [], "A script waits for `beforeunload`, which phones do not send.",
        source: "HTML Standard, unloading of documents; adapt-contrib-spoor issue 296: as unreliable as unload.",
        mend: "Use it for nothing that must happen: store and commit at each step.",
        bad: "window.onbeforeunload = finish",
        good: "document.addEventListener(\"visibilitychange\", commit)";
    NO_API = "script-no-api", Warning, [], "No script of a SCORM package searches for the LMS.",
        source: "SCORM 1.2 RTE 3.3 and SCORM 2004 RTE 3 (finding the API): an object called API or API_1484_11; a SCO calls at least Initialize and Terminate.",
        mend: "If the resource is a SCO, add the search and the calls; if nothing is to be recorded, make it an asset. A package of the other edition looks so too.",
        bad: "a SCORM 2004 package whose scripts know only `API`",
        good: "a search for API_1484_11";
    NO_FINISH = "script-no-finish", Warning, [], "No script of a SCORM package ends the session.",
        source: "SCORM 1.2 RTE 3.3.2.1 (LMSFinish) and SCORM 2004 RTE 3.1.3.2 (Terminate): a SCO calls it. Without it Moodle 4.2 does not add up the time, and Brightspace writes no grade.",
        mend: "Call LMSFinish(\"\") or Terminate(\"\") once, when the learner leaves.",
        bad: "LMSInitialize and LMSSetValue only",
        good: "LMSInitialize, LMSSetValue, LMSCommit, LMSFinish";
    OTHER_EDITION = "script-elements-of-2004", Warning, [], "Scripts of a SCORM 1.2 package use elements of SCORM 2004.",
        source: "SCORM 1.2 RTE 3.4: not in its data model, error 401. exelearning/iteexe issue 464: scores are not saved.",
        mend: "Use the elements of SCORM 1.2.",
        bad: "LMSSetValue(\"cmi.completion_status\", \"completed\")",
        good: "LMSSetValue(\"cmi.core.lesson_status\", \"completed\")";
    LOGS_LEARNERS = "script-logs-learners", Note, [], "A script writes what it knows of a learner to the browser's console.",
        source: "CWE-532 (insertion of sensitive information into a log): on a computer that several people use, the next one can read it.",
        mend: "Take the line out, or let it log that something was stored, not what.",
        bad: "console.log(\"state\", LMSGetValue(\"cmi.suspend_data\"))",
        good: "console.log(\"state restored\")";
}
