// What the strict LMS of SCORM 2004 answers, as data: one row per refusal or acceptance.

/** @typedef {[string, unknown, number, string[][]?]} Row element, value, error, writes that come first */

/** An interaction of the type under test. @param {string} type @returns {string[][]} */
const of = (type) => [["cmi.interactions.0.id", "q1"], ["cmi.interactions.0.type", type]];
const choice = of("choice");
const objective = [["cmi.objectives.0.id", "o"]];
const long = (/** @type {number} */ length) => "x".repeat(length);
/** @param {string} element @param {string[]} values @param {number} error @param {string[][]} [first] @returns {Row[]} */
const each = (element, values, error, first = []) => values.map((value) => [element, value, error, first]);

/** Writes after Initialize. @type {Row[]} */
export const writes = [
	// Names.
	...["cmi.bogus", "cmi", "", "cmi.score", "cmi.core.score.raw", "cmi.interactions.n.id", "cmi.interactions.00.id", "cmi.interactions.-1.id", "adl.data.0.store"].map((name) => /** @type {Row} */ ([name, "1", 401])),
	["cmi.interactions.0.student_response", "a", 401, choice], ["cmi.interactions.0.time", "a", 401, choice], ["cmi.bogus._children", "x", 401],
	...["_version", "completion_threshold", "credit", "entry", "launch_data", "learner_id", "learner_name", "max_time_allowed", "mode", "scaled_passing_score", "time_limit_action", "total_time"].map((name) => /** @type {Row} */ ([`cmi.${name}`, "x", 404])),
	["cmi.interactions._count", "1", 404], ["cmi.score._children", "x", 404], ["cmi.objectives._children", "x", 404], ["adl.nav.request_valid.continue", "true", 404],
	// Not strings.
	["cmi.score.raw", 50, 201], ["cmi.location", null, 201], ["cmi.location", undefined, 201], ["cmi.suspend_data", {}, 201],
	// Statuses, exit, navigation.
	...each("cmi.completion_status", ["completed", "incomplete", "not attempted", "unknown"], 0), ...each("cmi.completion_status", ["passed", "Completed", "", "browsed"], 406),
	...each("cmi.success_status", ["passed", "failed", "unknown"], 0), ...each("cmi.success_status", ["completed", "", "Passed"], 406),
	...each("cmi.exit", ["suspend", "", "time-out", "logout", "normal"], 0), ...each("cmi.exit", ["Suspend", "exit"], 406),
	...each("adl.nav.request", ["suspendAll", "continue", "exitAll", "_none_", "{target=IT-1}choice"], 0), ...each("adl.nav.request", ["abandon", "abandonAll", "suspend", "", "choice", "{target=a}jump"], 406),
	// Scores.
	...each("cmi.score.scaled", ["0", "1", "-1", "0.85", "0.6667"], 0), ...each("cmi.score.scaled", ["1.01", "-1.5", "85"], 407), ...each("cmi.score.scaled", ["", ".5", "1e-7", "0,5", "0.12345678", "+1"], 406),
	...each("cmi.score.raw", ["0", "100", "66.67"], 0), ...each("cmi.score.raw", ["", "101", "-1", ".5", "1e1", "NaN"], 406), ["cmi.score.min", "0", 0], ["cmi.score.max", "100", 0],
	...each("cmi.progress_measure", ["0", "0.5", "1"], 0), ...each("cmi.progress_measure", ["1.01", "-0.1"], 407), ...each("cmi.progress_measure", ["", "50%", ".5"], 406),
	// Times.
	...each("cmi.session_time", ["PT0S", "PT12S", "PT1H5M2.5S", "P1DT2H", "PT3600.25S"], 0), ...each("cmi.session_time", ["P", "PT", "P1W", "PT1.234S", "00:00:12", "12", "PT1,5S", ""], 406),
	...each("cmi.interactions.0.timestamp", ["2026-11-25T09:08:07", "2026-11-25T09:08:07.12Z", "2026-11-25T09:08:07.1+01:00"], 0, choice),
	...each("cmi.interactions.0.timestamp", ["2026-11-25T09:08:07Z", "2026-11-25T09:08:07+01:00", "2026-11-25T09:08:07.123Z", "2026-11-25 09:08:07", "09:08:07", "2039-01-01T00:00:00", "2026-13-01T00:00:00", ""], 406, choice),
	...each("cmi.interactions.0.latency", ["PT61.9S", "PT0S"], 0, choice), ...each("cmi.interactions.0.latency", ["PT61.999S", "00:01:01"], 406, choice),
	// Lengths and characters, in UTF-16 units.
	["cmi.location", long(1000), 0], ["cmi.location", long(1001), 406], ["cmi.location", "l'eau", 406], ["cmi.location", "", 0],
	["cmi.suspend_data", long(64000), 0], ["cmi.suspend_data", long(64001), 406], ...each("cmi.suspend_data", ["é", "a\"b", "a<b", "a&b", "a\\b", "a\nb"], 406),
	// Preferences and comments.
	...each("cmi.learner_preference.audio_captioning", ["-1", "0", "1"], 0), ...each("cmi.learner_preference.audio_captioning", ["2", ""], 406),
	["cmi.learner_preference.audio_level", "0.5", 0], ["cmi.learner_preference.audio_level", "-1", 407], ["cmi.learner_preference.delivery_speed", "x", 406],
	["cmi.learner_preference.language", "fr-FR", 0], ["cmi.learner_preference.language", "fr_FR", 406],
	["cmi.comments_from_learner.0.comment", "{lang=en}Hm", 0], ["cmi.comments_from_learner.1.comment", "x", 351], ["cmi.comments_from_lms.0.comment", "x", 404],
	// Arrays: no gaps, the id first, the type before what has its format.
	["cmi.interactions.1.id", "q1", 351], ["cmi.interactions.0.type", "choice", 408], ["cmi.interactions.0.learner_response", "1", 408, [["cmi.interactions.0.id", "q1"]]],
	["cmi.interactions.0.correct_responses.0.pattern", "1", 408, [["cmi.interactions.0.id", "q1"]]], ["cmi.interactions.0.result", "correct", 408],
	["cmi.interactions.1.id", "q1", 0, choice], ["cmi.interactions.2.id", "q2", 351, choice], ["cmi.interactions.0.correct_responses.1.pattern", "1", 351, choice],
	["cmi.interactions.0.objectives.1.id", "o", 351, choice], ["cmi.interactions.0.objectives.0.id", "o", 0, choice], ["cmi.interactions.0.objectives.1.id", "o", 351, [...choice, ["cmi.interactions.0.objectives.0.id", "o"]]],
	["cmi.objectives.1.id", "o", 351], ["cmi.objectives.0.success_status", "passed", 408], ["cmi.objectives.0.score.raw", "1", 408],
	// Ids: written once, of objectives each another.
	["cmi.interactions.0.id", "q2", 351, choice], ["cmi.interactions.0.id", "q1", 0, choice], ["cmi.objectives.0.id", "p", 351, objective], ["cmi.objectives.0.id", "o", 0, objective], ["cmi.objectives.1.id", "o", 351, objective],
	...each("cmi.interactions.0.id", ["Q_1-a.b", long(250)], 0), ...each("cmi.interactions.0.id", ["", "q 1", "é", long(251)], 406), ["cmi.objectives.0.id", "urn:x", 406],
	// Objectives.
	["cmi.objectives.0.score.scaled", "0.5", 0, objective], ["cmi.objectives.0.score.scaled", "2", 407, objective], ["cmi.objectives.0.score.max", "100", 0, objective], ["cmi.objectives.0.progress_measure", "1", 0, objective],
	["cmi.objectives.0.success_status", "failed", 0, objective], ["cmi.objectives.0.completion_status", "done", 406, objective], ["cmi.objectives.0.description", "{lang=en}Know", 0, objective],
	// Interactions.
	...each("cmi.interactions.0.type", ["long-fill-in", "other", "likert"], 0, choice), ["cmi.interactions.0.type", "essay", 406, choice],
	...each("cmi.interactions.0.result", ["correct", "incorrect", "unanticipated", "neutral", "-0.5"], 0, choice), ...each("cmi.interactions.0.result", ["wrong", "", "true"], 406, choice),
	["cmi.interactions.0.weighting", "2.5", 0, choice], ["cmi.interactions.0.weighting", "", 406, choice],
	...each("cmi.interactions.0.description", ["Why?", "{lang=fr}Pourquoi ?", "{lang=en} {What", "{lang=en}", "", long(250)], 0, choice), ...each("cmi.interactions.0.description", ["{What", "{lang=en}{What", "a\nb", long(251)], 406, choice),
	// Patterns: so many, and no two alike.
	["cmi.interactions.0.correct_responses.1.pattern", "1", 351, [...choice, ["cmi.interactions.0.correct_responses.0.pattern", "1"]]],
	["cmi.interactions.0.correct_responses.1.pattern", "2", 0, [...choice, ["cmi.interactions.0.correct_responses.0.pattern", "1"]]],
	["cmi.interactions.0.correct_responses.1.pattern", "false", 351, [...of("true-false"), ["cmi.interactions.0.correct_responses.0.pattern", "true"]]],
	["cmi.interactions.0.correct_responses.5.pattern", "f", 351, [...of("fill-in"), ...[..."abcde"].map((text, at) => [`cmi.interactions.0.correct_responses.${at}.pattern`, text])]],
];

const many = (/** @type {number} */ count) => Array.from({ length: count }, (_, at) => String(at)).join("[,]");

/** Responses by type: [type, legal, illegal]. @type {[string, string[], string[]][]} */
export const responses = [
	["true-false", ["true", "false"], ["t", "1", "True", ""]],
	["choice", ["1", "1[,]3", many(36)], ["", "1,3", "1[,]1", "choice-a", "[,]1", "1[,]", many(37)]],
	["fill-in", ["Paris", "a, b", "1969[,]Moon", " {x", "{lang=en}Paris", "to[,]to", "l'eau & <b>"], ["", "{x", "a[,]", "[,]a", "a\nb", long(251), many(11)]],
	["long-fill-in", [long(4000), "a, b", "{lang=fr}Parce que"], ["", long(4001), "a\nb", "{x"]],
	["likert", ["3", "a.b"], ["", "choice-a", "1[,]2"]],
	["matching", ["1[.]4", "1[.]4[,]2[.]4"], ["", "1.4", "1[.]", "[.]4", "1[.]4[.]5", "1[.]4[,]"]],
	["performance", ["a[.]b", "[.]b", "a[.]"], ["", "[.]", "a.b"]],
	["sequencing", ["3[,]1[,]2", "1"], ["", "3,1", "a b[,]c", many(37)]],
	["numeric", ["12.5", "-3", "0", "99999"], ["", "12,5", "1e3", ".5", "100000", "0.12345678", "5[:]5"]],
	["other", ["anything", ""], [long(4001)]],
];

/** Patterns where they are others than responses: [type, legal, illegal]. @type {[string, string[], string[]][]} */
export const patterns = [
	["fill-in", ["Paris", "1969[,]Moon"], ["to[,]to", " {x", "a [,]b", ""]],
	["long-fill-in", [], ["Because", ""]],
	["numeric", ["5[:]5", "-1.5[:]2"], ["5", "5[:]", "[:]5", "5[:]6[:]7"]],
];

/** Reads after Initialize: [element, answer, error]. @type {[unknown, string, number][]} */
export const reads = [
	["cmi.completion_status", "unknown", 0], ["cmi.success_status", "unknown", 0], ["cmi.entry", "ab-initio", 0], ["cmi.credit", "credit", 0], ["cmi.mode", "normal", 0], ["cmi._version", "1.0", 0],
	["cmi.total_time", "PT0H0M0S", 0], ["cmi.learner_id", "u1", 0], ["cmi.learner_preference.audio_captioning", "0", 0], ["adl.nav.request", "_none_", 0], ["adl.nav.request_valid.continue", "unknown", 0],
	["cmi.location", "", 403], ["cmi.suspend_data", "", 403], ["cmi.score.raw", "", 403], ["cmi.scaled_passing_score", "", 403], ["cmi.progress_measure", "", 403], ["cmi.launch_data", "", 403],
	["cmi.score._children", "scaled,raw,min,max", 0], ["cmi.interactions._count", "1", 0], ["cmi.interactions.0.correct_responses._count", "0", 0], ["cmi.objectives._count", "1", 0],
	["cmi.interactions.0.id", "q", 0], ["cmi.interactions.0.result", "", 403], ["cmi.objectives.0.id", "o", 0], ["cmi.objectives.0.success_status", "unknown", 0], ["cmi.objectives.0.score.raw", "", 403],
	["cmi.exit", "", 405], ["cmi.session_time", "", 405], ["cmi.interactions.1.id", "", 301], ["cmi.objectives.1.id", "", 301], ["cmi.interactions.0.correct_responses.0.pattern", "", 301], ["cmi.objectives.1.score._children", "", 301],
	["cmi.bogus", "", 401], ["cmi.core.lesson_status", "", 401], ["", "", 401], ["cmi.credit._children", "", 301], ["cmi.score._count", "", 301], [5, "", 201], [undefined, "", 201],
];

const set = (/** @type {string} */ element, /** @type {string} */ value) => ["SetValue", element, value];
const completion = (/** @type {string} */ value) => set("cmi.completion_status", value);
const success = (/** @type {string} */ value) => set("cmi.success_status", value);
const raw = (/** @type {string} */ value) => set("cmi.score.raw", value);
const read = ["GetValue", "cmi.suspend_data"];
const [commit, end] = [["Commit", ""], ["Terminate", ""]];

/** Calls after Initialize and the rules they break: [name, options, calls, rules]. @type {[string, Record<string, any>, string[][], string[]][]} */
export const sessions = [
	["a good session", {}, [completion("incomplete"), set("cmi.exit", "suspend"), commit, raw("80"), completion("completed"), success("passed"), commit, set("cmi.session_time", "PT1S"), set("adl.nav.request", "suspendAll"), end], []],
	["completed to incomplete", { record: { "cmi.completion_status": "completed" } }, [completion("incomplete"), commit], ["status lowered"]],
	["passed to failed", { record: { "cmi.success_status": "passed" } }, [success("failed"), commit], ["status lowered"]],
	["failed to passed", { record: { "cmi.success_status": "failed" } }, [success("passed"), commit], []],
	["passed to unknown", { record: { "cmi.success_status": "passed" } }, [success("unknown"), commit], ["status lowered"]],
	["an objective lowered", { record: { "cmi.objectives.0.id": "o", "cmi.objectives.0.success_status": "passed" } }, [set("cmi.objectives.0.success_status", "failed")], ["status lowered"]],
	["an empty score", {}, [raw("")], ["empty score"]],
	["status before score", {}, [success("passed"), raw("80"), commit], ["status before score"]],
	["completion before score", {}, [completion("completed"), raw("80"), commit], ["status before score"]],
	["status before score, in two commits", {}, [completion("incomplete"), commit, raw("80"), commit], []],
	["browse", { mode: "browse" }, [read, set("cmi.exit", "suspend"), commit, end], ["write in browse", "commit in browse", "finish in browse"]],
	["review", { mode: "review" }, [read, set("cmi.suspend_data", "x"), end], ["write in review", "finish in review without a final status"]],
	["review of what is final", { mode: "review", record: { "cmi.completion_status": "completed" } }, [read, end], []],
	["no credit", { credit: "no-credit" }, [raw("5"), set("cmi.progress_measure", "0.5"), set("cmi.objectives.0.id", "o"), set("cmi.suspend_data", "x"), commit], Array(3).fill("status or score without credit")],
	["the same value twice", {}, [set("cmi.suspend_data", "x"), set("cmi.suspend_data", "x"), commit], ["redundant write"]],
	["time and exit may be repeated", { record: { "cmi.exit": "suspend" } }, [set("cmi.exit", "suspend"), set("cmi.session_time", "PT1S"), set("cmi.session_time", "PT1S"), commit], []],
	["12 calls before the first commit", {}, [...Array(10).fill(read), commit, ...Array(30).fill(read)], []],
	["13 calls before the first commit", {}, [...Array(11).fill(read), commit], ["too many calls before the first commit"]],
	["another exit", {}, [set("cmi.exit", "normal")], ["exit is not suspend"]],
	["another request", {}, [set("adl.nav.request", "exitAll")], ["a request other than suspendAll"]],
];
