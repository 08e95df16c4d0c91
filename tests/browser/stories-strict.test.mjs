// Every story, on our own strict SCORM 1.2 LMS.
import { tellStories } from "./stories.mjs";

tellStories("strict", "scorm12");
