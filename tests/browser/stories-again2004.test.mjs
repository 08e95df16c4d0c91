// The stories on the SCORM 2004 API of scorm-again, chosen as in stories-scorm-again.test.mjs.
import { looksAtTheLms, ofAllKinds, tellStories } from "./stories.mjs";

tellStories("scorm-again", "scorm2004", (story) => looksAtTheLms(story) && !ofAllKinds(story));
