// What the strict LMS answers, as data: one row per refusal or acceptance.

/** An interaction of the type under test, and an answered one before it. */
const choice = [["cmi.interactions.0.id", "q1"], ["cmi.interactions.0.type", "choice"]];
const long = (/** @type {number} */ length) => "x".repeat(length);

/**
 * Writes after Initialize: [element, value, error], with writes that come first.
 * @type {[string, unknown, number, string[][]?][]}
 */
export const writes = [
	// Names.
	["cmi.bogus", "1", 201], ["cmi", "1", 201], ["", "1", 201], ["cmi.core", "1", 201], ["cmi.core.score", "1", 201],
	["cmi.interactions.n.id", "q", 201], ["cmi.interactions.00.id", "q", 201], ["cmi.interactions.-1.id", "q", 201],
	["cmi.interactions.0.learner_response", "a", 201, choice], ["cmi.interactions.0.description", "a", 201, choice],
	["cmi.core._children", "x", 402], ["cmi.interactions._count", "1", 402], ["cmi.objectives._children", "x", 402], ["cmi._version", "3.4", 402],
	["cmi.bogus._children", "x", 201],
	...["student_id", "student_name", "credit", "entry", "total_time", "lesson_mode"].map((name) => /** @type {[string, string, number]} */ ([`cmi.core.${name}`, "x", 403])),
	["cmi.launch_data", "x", 403], ["cmi.comments_from_lms", "x", 403], ["cmi.student_data.mastery_score", "80", 403],
	["cmi.student_data.max_time_allowed", "0001:00:00", 403], ["cmi.student_data.time_limit_action", "exit,message", 403],
	// Not strings.
	["cmi.core.score.raw", 50, 405], ["cmi.core.lesson_location", null, 405], ["cmi.core.lesson_location", undefined, 405],
	["cmi.core.lesson_location", true, 405], ["cmi.suspend_data", {}, 405],
	// Status and exit.
	...["passed", "completed", "failed", "incomplete", "browsed"].map((value) => /** @type {[string, string, number]} */ (["cmi.core.lesson_status", value, 0])),
	["cmi.core.lesson_status", "not attempted", 405], ["cmi.core.lesson_status", "Passed", 405], ["cmi.core.lesson_status", "", 405], ["cmi.core.lesson_status", "unknown", 405],
	["cmi.core.exit", "suspend", 0], ["cmi.core.exit", "", 0], ["cmi.core.exit", "time-out", 0], ["cmi.core.exit", "logout", 0], ["cmi.core.exit", "normal", 405],
	// Scores.
	["cmi.core.score.raw", "0", 0], ["cmi.core.score.raw", "100", 0], ["cmi.core.score.raw", "66.67", 0], ["cmi.core.score.min", "0", 0], ["cmi.core.score.max", "100.0", 0],
	["cmi.core.score.raw", "", 405], ["cmi.core.score.raw", "101", 405], ["cmi.core.score.raw", "100.01", 405], ["cmi.core.score.raw", "-1", 405], ["cmi.core.score.raw", "+1", 405],
	["cmi.core.score.raw", ".5", 405], ["cmi.core.score.raw", "5.", 405], ["cmi.core.score.raw", "1e1", 405], ["cmi.core.score.raw", "5,5", 405], ["cmi.core.score.raw", " 5", 405],
	["cmi.core.score.raw", "0050", 405], ["cmi.core.score.max", "120", 405], ["cmi.core.score.raw", "NaN", 405],
	// Times.
	["cmi.core.session_time", "00:00:00", 0], ["cmi.core.session_time", "0000:00:05.25", 0], ["cmi.core.session_time", "9999:59:59.99", 0],
	["cmi.core.session_time", "0:01:02", 405], ["cmi.core.session_time", "00:75:02", 405], ["cmi.core.session_time", "00:01:60", 405], ["cmi.core.session_time", "00:01:02.345", 405],
	["cmi.core.session_time", "10000:01:02", 405], ["cmi.core.session_time", "PT5S", 405], ["cmi.core.session_time", "00:1:02", 405], ["cmi.core.session_time", "", 405],
	["cmi.interactions.0.time", "09:01:02", 0, choice], ["cmi.interactions.0.time", "23:59:59.99", 0, choice], ["cmi.interactions.0.time", "9:01:02", 405, choice],
	["cmi.interactions.0.time", "24:00:00", 405, choice], ["cmi.interactions.0.time", "0009:01:02", 405, choice],
	["cmi.interactions.0.latency", "00:00:12", 0, choice], ["cmi.interactions.0.latency", "0:00:12", 405, choice],
	// Lengths and characters, in UTF-16 units.
	["cmi.core.lesson_location", long(255), 0], ["cmi.core.lesson_location", long(256), 405], ["cmi.core.lesson_location", "é".repeat(255), 0], ["cmi.core.lesson_location", "😀".repeat(128), 405],
	["cmi.core.lesson_location", "l'eau", 405], ["cmi.core.lesson_location", "a\nb", 405], ["cmi.core.lesson_location", "", 0],
	["cmi.suspend_data", long(4096), 0], ["cmi.suspend_data", long(4097), 405], ["cmi.suspend_data", "é", 405],
	...["'", "\"", "\\", "<", "&", "\n", "\r", "\t", "\u00a0"].map((sign) => /** @type {[string, string, number]} */ (["cmi.suspend_data", `a${sign}b`, 405])),
	["cmi.suspend_data", "AZaz09-_.~ {}[]:;,|=%", 0],
	["cmi.comments", long(4096), 0], ["cmi.comments", long(97), 405, [["cmi.comments", long(4000)]]],
	// Preferences.
	["cmi.student_preference.audio", "-1", 0], ["cmi.student_preference.audio", "100", 0], ["cmi.student_preference.audio", "-2", 405], ["cmi.student_preference.audio", "1.5", 405],
	["cmi.student_preference.speed", "-100", 0], ["cmi.student_preference.speed", "101", 405], ["cmi.student_preference.text", "1", 0], ["cmi.student_preference.text", "2", 405],
	["cmi.student_preference.language", long(255), 0], ["cmi.student_preference.language", long(256), 405], ["cmi.student_preference.language", "fr\n", 405],
	// Arrays: no gaps, and the id first.
	["cmi.interactions.1.id", "q1", 201], ["cmi.interactions.0.type", "choice", 201], ["cmi.interactions.1.id", "q2", 0, choice], ["cmi.interactions.2.id", "q2", 201, choice],
	["cmi.interactions.0.correct_responses.1.pattern", "a", 201, choice], ["cmi.interactions.0.correct_responses.0.pattern", "a", 0, choice],
	["cmi.interactions.0.objectives.1.id", "o", 201, choice], ["cmi.interactions.0.objectives.0.id", "o", 0, choice],
	["cmi.objectives.1.id", "o", 201], ["cmi.objectives.0.status", "passed", 201], ["cmi.objectives.0.id", "o", 0],
	["cmi.objectives.0.status", "not attempted", 0, [["cmi.objectives.0.id", "o"]]], ["cmi.objectives.0.status", "done", 405, [["cmi.objectives.0.id", "o"]]],
	["cmi.objectives.0.score.raw", "101", 405, [["cmi.objectives.0.id", "o"]]], ["cmi.objectives.0.score.raw", "99", 0, [["cmi.objectives.0.id", "o"]]],
	["cmi.objectives.0.score.min", "0", 0, [["cmi.objectives.0.id", "o"]]], ["cmi.objectives.0.score.max", "100", 0, [["cmi.objectives.0.id", "o"]]],
	// Identifiers.
	["cmi.interactions.0.id", "Q_1-a", 0], ["cmi.interactions.0.id", long(64), 0], ["cmi.interactions.0.id", long(65), 405], ["cmi.interactions.0.id", "", 405],
	["cmi.interactions.0.id", "q 1", 405], ["cmi.interactions.0.id", "q.1", 405], ["cmi.interactions.0.id", "é", 405], ["cmi.objectives.0.id", "urn:x", 405],
	// Interactions.
	["cmi.interactions.0.type", "long-fill-in", 405, choice], ["cmi.interactions.0.type", "other", 405, choice], ["cmi.interactions.0.type", "likert", 0, choice],
	["cmi.interactions.0.result", "correct", 0, choice], ["cmi.interactions.0.result", "wrong", 0, choice], ["cmi.interactions.0.result", "unanticipated", 0, choice],
	["cmi.interactions.0.result", "neutral", 0, choice], ["cmi.interactions.0.result", "-0.5", 0, choice], ["cmi.interactions.0.result", "incorrect", 405, choice], ["cmi.interactions.0.result", "", 405, choice],
	["cmi.interactions.0.weighting", "2", 0, choice], ["cmi.interactions.0.weighting", "-1", 405, choice], ["cmi.interactions.0.weighting", "101", 405, choice],
	["cmi.interactions.0.student_response", "a", 405, [["cmi.interactions.0.id", "q1"]]],
];

/** Responses by type: [type, legal, illegal]. @type {[string, string[], string[]][]} */
export const responses = [
	["true-false", ["t", "f", "0", "1"], ["true", "T", "", "a"]],
	["choice", ["a", "a,c", "{a,c}", "0,z"], ["", "A", "ab", "a, b", "a[,]b", "{a,b", "a,", "-"]],
	["fill-in", ["", "l'eau & <b>", "é".repeat(255)], [long(256), "a\nb"]],
	["numeric", ["12.5", "-3", "0"], ["", "12,5", "1e3", "10[:]12", ".5"]],
	["likert", ["c", "3"], ["", "10", "C"]],
	["matching", ["a.1", "a.1,b.3", "{a.1,b.3}"], ["", "a1", "a[.]1", "a.1b.3", "aa.1"]],
	["performance", ["anything at all", ""], [long(256), "a\r\nb"]],
	["sequencing", ["c,a,b", "a"], ["", "cab", "{a,b}", "c;a"]],
];

/** Reads after Initialize: [element, answer, error]. @type {[unknown, string, number][]} */
export const reads = [
	["cmi.core.lesson_status", "not attempted", 0], ["cmi.core.entry", "ab-initio", 0], ["cmi.core.credit", "credit", 0], ["cmi.core.lesson_mode", "normal", 0],
	["cmi.core.total_time", "0000:00:00.00", 0], ["cmi.core.score.raw", "", 0], ["cmi.suspend_data", "", 0], ["cmi._version", "3.4", 0],
	["cmi.core.score._children", "raw,min,max", 0], ["cmi.interactions._count", "1", 0], ["cmi.interactions.0.correct_responses._count", "0", 0], ["cmi.objectives._count", "1", 0],
	["cmi.objectives.0.id", "o", 0], ["cmi.objectives.0.status", "not attempted", 0], ["cmi.objectives.0.score.raw", "", 0], ["cmi.objectives.0.score._children", "raw,min,max", 0],
	["cmi.core.exit", "", 404], ["cmi.core.session_time", "", 404], ["cmi.interactions.0.id", "", 404], ["cmi.interactions.0.result", "", 404], ["cmi.interactions.9.id", "", 404],
	["cmi.objectives.1.id", "", 201], ["cmi.objectives.1.score._children", "", 201], ["cmi.bogus", "", 201], ["cmi.core", "", 201], ["", "", 201], ["cmi.completion_status", "", 201],
	["cmi.core.lesson_status._children", "", 202], ["cmi.core._count", "", 203], ["cmi.interactions.9.correct_responses._count", "", 201],
	[5, "", 405], [undefined, "", 405],
];

const status = (/** @type {string} */ value) => ["SetValue", "cmi.core.lesson_status", value];
const score = (/** @type {string} */ value) => ["SetValue", "cmi.core.score.raw", value];
const read = ["GetValue", "cmi.suspend_data"];
const [commit, finish, lastError] = [["Commit", ""], ["Finish", ""], ["GetLastError"]];

/** Calls after Initialize and the rules they break: [name, options, calls, rules]. @type {[string, Record<string, any>, string[][], string[]][]} */
export const sessions = [
	["a good session", {}, [status("incomplete"), ["SetValue", "cmi.core.exit", "suspend"], commit, score("80"), status("passed"), commit, ["SetValue", "cmi.core.session_time", "00:00:01"], finish], []],
	["passed to completed", { record: { "cmi.core.lesson_status": "passed" } }, [status("completed"), commit], ["status lowered"]],
	["completed to incomplete", { record: { "cmi.core.lesson_status": "completed" } }, [status("incomplete"), commit], ["status lowered"]],
	["failed to incomplete", { record: { "cmi.core.lesson_status": "failed" } }, [status("incomplete"), commit], ["status lowered"]],
	["upwards", { record: { "cmi.core.lesson_status": "completed" } }, [status("passed"), commit], []],
	["an empty score", {}, [score("")], ["empty score"]],
	["status before score", {}, [status("passed"), score("80"), commit], ["status before score"]],
	["status before score, in two commits", {}, [status("incomplete"), commit, score("80"), commit], []],
	["status before score, but again after it", {}, [status("incomplete"), score("80"), status("passed"), finish], []],
	["browse", { mode: "browse" }, [read, ["SetValue", "cmi.core.exit", "suspend"], commit, finish], ["write in browse", "commit in browse", "finish in browse"]],
	["review", { mode: "review" }, [read, ["SetValue", "cmi.suspend_data", "x"], finish], ["write in review", "finish in review without a final status"]],
	["review of what is final", { mode: "review", record: { "cmi.core.lesson_status": "passed" } }, [read, finish], []],
	["no credit", { credit: "no-credit" }, [score("5"), ["SetValue", "cmi.suspend_data", "x"], commit], ["status or score without credit"]],
	["the same value twice", {}, [["SetValue", "cmi.suspend_data", "x"], ["SetValue", "cmi.suspend_data", "x"], commit], ["redundant write"]],
	["the value of last time", { record: { "cmi.core.lesson_location": "p2" } }, [["SetValue", "cmi.core.lesson_location", "p2"]], ["redundant write"]],
	["time and exit may be repeated", { record: { "cmi.core.exit": "suspend" } }, [["SetValue", "cmi.core.exit", "suspend"], ["SetValue", "cmi.core.session_time", "00:00:01"], ["SetValue", "cmi.core.session_time", "00:00:01"], commit], []],
	["exit twice", {}, [["SetValue", "cmi.core.exit", "suspend"], ["SetValue", "cmi.core.exit", "suspend"]], ["redundant write"]],
	["12 calls before the first commit", {}, [...Array(10).fill(read), commit, ...Array(30).fill(read)], []],
	["13 calls before the first commit", {}, [...Array(11).fill(read), commit], ["too many calls before the first commit"]],
	["20 calls with those about errors", {}, [...Array(9).fill(read), ...Array(9).fill(lastError), commit], []],
	["21 calls with those about errors", {}, [...Array(9).fill(read), ...Array(10).fill(lastError), commit], ["too many calls before the first commit"]],
	["a long state", {}, [["SetValue", "cmi.suspend_data", "x".repeat(4001)]], ["state too long"]],
	["a time that Moodle misreads", {}, [["SetValue", "cmi.core.session_time", "00:00:01.5"]], ["time with one decimal"]],
	["a second session in one page", { reinitialize: true }, [["SetValue", "cmi.core.exit", "suspend"], commit, finish, ["Initialize", ""], ["SetValue", "cmi.core.exit", "suspend"], ...Array(12).fill(read), commit], []],
	["another exit", {}, [["SetValue", "cmi.core.exit", ""]], ["exit is not suspend"]],
];
