// Prints every figure. No threshold here fails: a busy machine must break nothing. benches/README.md says how to read it.
import { availableParallelism, cpus } from "node:os";
import { closeSharedBrowser } from "../tests/browser/lms/host.mjs";
import { printBuildSpeed } from "./build-speed.mjs";
import { printCalls } from "./calls.mjs";
import { printCheckSpeed } from "./check-speed.mjs";
import { printFirstView } from "./first-view.mjs";
import { printMedia } from "./media.mjs";
import { printStates } from "./states.mjs";
import { printWeights } from "./weights.mjs";
import { buildCopy, buildGenerated } from "./workshop.mjs";

console.log(`cartable, measured on ${availableParallelism()} × ${cpus()[0]?.model.trim() || "an unknown processor"}, Node.js ${process.version}`);

const sample = buildCopy("sample", "course-src");
const minimal = buildCopy("minimal", "examples/minimal");
const medium = buildGenerated("100 pages, 100 questions", { lessons: 5, pages: 20, quiz: 20 });
// SCORM 1.2 keeps 4,000 characters for a learner, and 500 questions of quizzes do not fit. These do: 100 in ten quizzes,
// which the LMS's record has a line for, and 400 that learners answer for themselves.
const large = buildGenerated("200 pages, 500 questions", { lessons: 10, pages: 20, quiz: 10, checks: 40 });
// So much fits beside ten times the pages.
const huge = buildGenerated("2,000 pages, 400 questions", { lessons: 10, pages: 200, quiz: 10, checks: 30 });

printWeights([sample, minimal, large]);
printStates([sample, minimal, medium, large, huge]);
await printCalls([sample, large]);
await printFirstView([{ course: sample, runs: 5 }, { course: large, runs: 3 }]);
await closeSharedBrowser();
await printBuildSpeed([{ course: large, pairs: 9, turns: 5 }, { course: huge, pairs: 5, turns: 1 }]);
await printMedia();
await printCheckSpeed();
