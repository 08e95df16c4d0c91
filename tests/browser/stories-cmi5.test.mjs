// The stories on cmi5, launched as an LMS does it, with a strict LRS behind it. The document and what is told of answers are
// those of xAPI, which plays every story: here those are told that look at what the LMS holds or how the session went, or
// let the LMS misbehave.
import { tellStories } from "./stories.mjs";
import { LrsPlayer } from "./xapi/player.mjs";
import { figures } from "./xapi/stories.mjs";

/** @param {any} value */
const looksAtTheLms = (value) => /"(record|state|session|lms|faults)":/.test(JSON.stringify(value));

tellStories("strict", "cmi5", (story) => looksAtTheLms(story) && story.course !== "kinds-en", LrsPlayer);
figures();
