// The stories on the SCORM 2004 API of scorm-again. The page is the same as on the strict LMS, which plays every story:
// here those are told that look at what the LMS holds or how the session went, or let the LMS misbehave.
import { looksAtTheLms, tellStories } from "./stories.mjs";

// The kinds of questions make long stories: their records are written by one function, which full-run.test.mjs and
// node/records.test.mjs try on all of them.
tellStories("scorm-again", "scorm2004", (story) => looksAtTheLms(story) && story.course !== "kinds-en" && story.course !== "kinds-fr");
