// The stories on xAPI, launched as an LMS does it, with a strict LRS behind it: every
// one, but those that say why they are not about it.
import { tellStories } from "./stories.mjs";
import { LrsPlayer } from "./xapi/player.mjs";
import { figures } from "./xapi/stories.mjs";

tellStories("strict", "xapi", () => true, LrsPlayer);
figures();
