// What no LMS refuses but our own rules forbid: the promise that nothing is
// lost and nothing untrue is recorded. It watches the calls of a session and
// keeps a list of violations; it never changes an answer. A classic script.

/** @typedef {{ n: number, rule: string, text: string }} Scorm12Violation */
/**
 * @typedef {object} Scorm12Watched what the rules must know of the LMS
 * @property {string} mode
 * @property {string} credit
 * @property {(element: string) => string | undefined} value
 * @property {Map<string, number>} pending
 */

/** Higher is further: a learner never goes down. */
const SCORM12_RANKS = { "not attempted": 0, browsed: 1, incomplete: 1, failed: 2, completed: 3, passed: 4 };
const SCORM12_QUIET = ["LMSGetLastError", "LMSGetErrorString", "LMSGetDiagnostic"];
const SCORM12_OPENING_CALLS = 12;
const SCORM12_OPENING_CALLS_WITH_ERRORS = 20;
const SCORM12_STATE_LENGTH = 4000;

/** @param {Scorm12Watched} engine */
function createScorm12Rules(engine) {
	/** @type {Scorm12Violation[]} */
	const violations = [];
	const opening = createScorm12Opening();
	/** @type {{ old?: string, status?: string, exits: number, order: string, lastOrder: string }} */
	const memory = { old: undefined, status: undefined, exits: 0, order: "", lastOrder: "" };
	/** @param {Scorm12Call} call @param {string} rule @param {string} [detail] */
	const say = (call, rule, detail) => {
		violations.push({ n: call.n, rule, text: `${rule}${detail ? ` (${detail})` : ""}: ${showScorm12Call(call)}` });
	};
	return {
		violations,
		/** Before the LMS sees the call: what will have been replaced. @param {Scorm12Call} call */
		before(call) {
			memory.old = call.fn === "LMSSetValue" ? engine.value(String(call.args[0])) : undefined;
			memory.status = engine.value("cmi.core.lesson_status");
			memory.order = scorm12WrongOrder(engine);
		},
		/** After the answer. @param {Scorm12Call} call */
		after(call) {
			for (const problem of scorm12Modes(engine, call, memory.status)) say(call, problem);
			if (call.fn === "LMSSetValue") for (const problem of scorm12Writes(engine, call, memory)) say(call, ...problem);
			if (call.fn === "LMSInitialize" && !call.err) memory.exits = 0;
			if (/Commit|Finish/.test(call.fn) && memory.order && memory.order !== memory.lastOrder) {
				memory.lastOrder = memory.order;
				say(call, "status before score");
			}
			const excess = opening(call);
			if (excess) say(call, "too many calls before the first commit", excess);
		},
	};
}

/** @param {Scorm12Watched} engine @param {Scorm12Call} call @param {string | undefined} status before the call @returns {string[]} */
function scorm12Modes({ mode, credit }, { fn, args }, status) {
	const verbs = { LMSSetValue: "write", LMSCommit: "commit", LMSFinish: "finish" };
	const verb = verbs[/** @type {keyof typeof verbs} */ (fn)];
	const [write, finish] = [verb === "write", verb === "finish"];
	if (mode === "browse") return verb ? [`${verb} in browse`] : [];
	if (mode === "review" && write) return ["write in review"];
	// An LMS may turn "not attempted" into "completed" here as well.
	if (mode === "review" && finish && scorm12Rank(status) < 2) return ["finish in review without a final status"];
	const graded = write && /^cmi\.core\.(lesson_status|score\.)/.test(String(args[0]));
	return mode === "normal" && credit !== "credit" && graded ? ["status or score without credit"] : [];
}

/** @param {string | undefined} status */
function scorm12Rank(status) {
	return SCORM12_RANKS[/** @type {keyof typeof SCORM12_RANKS} */ (status)] ?? 0;
}

/**
 * @param {Scorm12Watched} engine @param {Scorm12Call} call @param {{ old?: string, exits: number }} memory
 * @returns {[string, string?][]}
 */
function scorm12Writes(engine, call, memory) {
	const [element, value] = call.args.map(String);
	/** @type {[string, string?][]} */
	const found = [];
	if (/score\.\w+$/.test(element) && value === "") found.push(["empty score"]);
	if (element === "cmi.suspend_data" && value.length > SCORM12_STATE_LENGTH) found.push(["state too long", `${value.length} characters`]);
	// Moodle adds ".5" up as five hundredths.
	if (/(time|latency)$/.test(element) && /\.\d$/.test(value)) found.push(["time with one decimal"]);
	if (element === "cmi.core.exit" && value !== "suspend") found.push(["exit is not suspend"]);
	if (call.err || call.fault) return found;
	if (element === "cmi.core.lesson_status") {
		const old = scorm12Rank(memory.old);
		if (old > 1 && scorm12Rank(value) < old) found.push(["status lowered", `from ${memory.old}`]);
	}
	if (scorm12Redundant(element, value, memory)) found.push(["redundant write"]);
	return found;
}

/** Only what changed is written. @param {string} element @param {string} value @param {{ old?: string, exits: number }} memory */
function scorm12Redundant(element, value, memory) {
	// The time is new at each save even when it reads the same, comments are appended,
	// and the exit that an LMS keeps from the last session has to be confirmed once.
	if (element === "cmi.core.session_time" || element === "cmi.comments") return false;
	if (element === "cmi.core.exit" && memory.exits++ === 0) return false;
	return memory.old === value;
}

/** Open edX drops a score that comes after the status. @param {Scorm12Watched} engine */
function scorm12WrongOrder({ pending }) {
	const status = pending.get("cmi.core.lesson_status");
	const score = pending.get("cmi.core.score.raw");
	return status !== undefined && score !== undefined && status < score ? `${status} ${score}` : "";
}

/** Counts the calls from Initialize to the first save, both included. @returns {(call: Scorm12Call) => string} */
function createScorm12Opening() {
	let [calls, quiet, counting] = [0, 0, false];
	return ({ fn }) => {
		if (fn === "LMSInitialize" && calls === 0) counting = true;
		if (!counting) return "";
		if (SCORM12_QUIET.includes(fn)) quiet++;
		else calls++;
		if (fn !== "LMSCommit" && fn !== "LMSFinish") return "";
		counting = false;
		const over = calls > SCORM12_OPENING_CALLS || calls + quiet > SCORM12_OPENING_CALLS_WITH_ERRORS;
		return over ? `${calls} calls, ${calls + quiet} with those about errors` : "";
	};
}

/** @param {{ fn: string, args: unknown[] }} call */
function showScorm12Call({ fn, args }) {
	return `${fn}(${args.map((arg) => (JSON.stringify(arg) ?? String(arg)).slice(0, 60)).join(", ")})`;
}
