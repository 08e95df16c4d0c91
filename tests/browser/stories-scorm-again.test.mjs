// The stories on the SCORM 1.2 API of scorm-again. The page is the same as on the strict LMS, which plays every story: here
// those are told that look at what the LMS holds or how the session went, or let the LMS misbehave. What an LMS holds of
// the kinds of questions is also tried by full-run.test.mjs and node/records.test.mjs.
import { looksAtTheLms, ofAllKinds, tellStories } from "./stories.mjs";

tellStories("scorm-again", "scorm12", (story) => looksAtTheLms(story) && !ofAllKinds(story));
