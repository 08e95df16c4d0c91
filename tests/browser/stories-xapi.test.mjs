// The stories on xAPI, launched as Tin Can packages are, with a strict LRS behind it: those that cmi5 does not play (see
// stories-cmi5.test.mjs: the document and the way to the LRS are the same), and those about the rule of completion, for
// outcomes and scores are told in other words. Three in which the tab dies after every one of many answers take a minute
// together: they are left to SCORM's LMSs. STORY=.json plays all.
import { deaths } from "./story.mjs";
import { looksAtTheLms, ofAllKinds, tellStories } from "./stories.mjs";
import { LrsPlayer } from "./xapi/player.mjs";
import { figures } from "./xapi/stories.mjs";

/** @param {any} story */
const onCmi5 = (story) => looksAtTheLms(story) && !ofAllKinds(story) && (story.standards ?? ["cmi5"]).includes("cmi5");
/** @param {any} story */
const rules = ({ changes = [] }) => JSON.stringify(changes).includes("[completion]");

tellStories("strict", "xapi", (story) => (!onCmi5(story) || rules(story)) && deaths(story) <= 10, LrsPlayer);
figures();
