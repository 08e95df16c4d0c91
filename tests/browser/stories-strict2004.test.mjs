// The stories on our own strict SCORM 2004 LMS: those that look at what the LMS holds or how the session went, or let the
// LMS misbehave; of those about all kinds of questions, those that look at the records of them.
import { looksAtTheLms, ofAllKinds, tellStories } from "./stories.mjs";

/** @param {any} story */
const records = (story) => /"(patterns|types|count)":/.test(JSON.stringify(story));

tellStories("strict", "scorm2004", (story) => looksAtTheLms(story) && (!ofAllKinds(story) || records(story)));
