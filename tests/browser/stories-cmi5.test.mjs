// The stories on cmi5, launched as an LMS does it, with a strict LRS behind it: those that look at what the LMS holds or how
// the session went, or let the LMS misbehave. The course of all kinds of questions is left to stories-xapi.test.mjs, for both
// adapters tell of answers by one function.
import { looksAtTheLms, ofAllKinds, tellStories } from "./stories.mjs";
import { LrsPlayer } from "./xapi/player.mjs";
import { figures } from "./xapi/stories.mjs";

tellStories("strict", "cmi5", (story) => looksAtTheLms(story) && !ofAllKinds(story), LrsPlayer);
figures();
