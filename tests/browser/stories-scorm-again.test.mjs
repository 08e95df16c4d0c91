// The stories on the SCORM 1.2 API of scorm-again.
import { tellStories } from "./stories.mjs";

tellStories("scorm-again", "scorm12");
