// The stories on our own strict SCORM 2004 LMS: every one, but those that say that they are about SCORM 1.2.
import { tellStories } from "./stories.mjs";

tellStories("strict", "scorm2004");
