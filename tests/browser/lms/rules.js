// What no LMS refuses but our own rules forbid: the promise that nothing is
// lost and nothing untrue is recorded. It watches the calls of a session and
// keeps a list of violations; it never changes an answer. What an edition of
// SCORM calls things is in rules12.js and rules2004.js. A classic script.

/** @typedef {{ n: number, rule: string, text: string }} ScormViolation */
/**
 * @typedef {object} ScormWatched what the rules must know of the LMS
 * @property {string} mode
 * @property {string} credit
 * @property {(element: string) => string | undefined} value
 * @property {Map<string, number>} pending
 */
/**
 * @typedef {object} ScormRulebook
 * @property {string} exit
 * @property {string} state
 * @property {number} stateLength what we allow ourselves, below what an LMS must take
 * @property {RegExp} graded status, score and what else says how good a learner is
 * @property {RegExp} again elements that may be written again with the same value
 * @property {(watched: ScormWatched) => boolean} isFinal whether the stored status is final
 * @property {(element: string, value: string, old: string | undefined) => boolean} lowers
 * @property {(element: string, value: string) => string} objects what some LMS would misread, "" for nothing
 * @property {string[]} statuses those that come after the score
 */

const SCORM_OPENING_CALLS = 12;
const SCORM_OPENING_CALLS_WITH_ERRORS = 20;

/** @param {{ does: string }} call */
function isScormQuiet({ does }) {
	return does === "error" || does === "about";
}

/** @param {ScormRulebook} book @param {ScormWatched} engine */
function createScormRules(book, engine) {
	/** @type {ScormViolation[]} */
	const violations = [];
	const opening = createScormOpening();
	/** @type {{ old?: string, final: boolean, exits: number, order: string, lastOrder: string }} */
	const memory = { old: undefined, final: false, exits: 0, order: "", lastOrder: "" };
	/** @param {ScormCall} call @param {string} rule @param {string} [detail] */
	const say = (call, rule, detail) => {
		violations.push({ n: call.n, rule, text: `${rule}${detail ? ` (${detail})` : ""}: ${showScormCall(call)}` });
	};
	return {
		violations,
		/** Before the LMS sees the call: what will have been replaced. @param {ScormCall} call */
		before(call) {
			memory.old = call.does === "set" ? engine.value(String(call.args[0])) : undefined;
			memory.final = book.isFinal(engine);
			memory.order = scormWrongOrder(book, engine);
		},
		/** After the answer. @param {ScormCall} call */
		after(call) {
			for (const problem of scormModes(book, engine, call, memory.final)) say(call, problem);
			if (call.does === "set") for (const problem of scormWrites(book, call, memory)) say(call, ...problem);
			if (call.does === "begin" && !call.err) memory.exits = 0;
			if (/commit|end/.test(call.does) && memory.order && memory.order !== memory.lastOrder) {
				memory.lastOrder = memory.order;
				say(call, "status before score");
			}
			const excess = opening(call);
			if (excess) say(call, "too many calls before the first commit", excess);
		},
	};
}

/** @param {ScormRulebook} book @param {ScormWatched} engine @param {ScormCall} call @param {boolean} final before the call @returns {string[]} */
function scormModes(book, { mode, credit }, { does, args }, final) {
	const verbs = { set: "write", commit: "commit", end: "finish" };
	const verb = verbs[/** @type {keyof typeof verbs} */ (does)];
	const [write, finish] = [verb === "write", verb === "finish"];
	if (mode === "browse") return verb ? [`${verb} in browse`] : [];
	if (mode === "review" && write) return ["write in review"];
	// An LMS may turn "not attempted" into "completed" here as well.
	if (mode === "review" && finish && !final) return ["finish in review without a final status"];
	const graded = write && book.graded.test(String(args[0]));
	return mode === "normal" && credit !== "credit" && graded ? ["status or score without credit"] : [];
}

/**
 * @param {ScormRulebook} book @param {ScormCall} call @param {{ old?: string, exits: number }} memory
 * @returns {[string, string?][]}
 */
function scormWrites(book, call, memory) {
	const [element, value] = call.args.map(String);
	/** @type {[string, string?][]} */
	const found = [];
	if (/score\.\w+$/.test(element) && value === "") found.push(["empty score"]);
	if (element === book.state && value.length > book.stateLength) found.push(["state too long", `${value.length} characters`]);
	const objection = book.objects(element, value);
	if (objection) found.push([objection]);
	if (element === book.exit && value !== "suspend") found.push(["exit is not suspend"]);
	if (call.err || call.fault) return found;
	if (book.lowers(element, value, memory.old)) found.push(["status lowered", `from ${memory.old}`]);
	if (scormRedundant(book, element, value, memory)) found.push(["redundant write"]);
	return found;
}

/** Only what changed is written. @param {ScormRulebook} book @param {string} element @param {string} value @param {{ old?: string, exits: number }} memory */
function scormRedundant(book, element, value, memory) {
	if (book.again.test(element)) return false;
	// The exit that an LMS keeps from the last session has to be confirmed once.
	if (element === book.exit && memory.exits++ === 0) return false;
	return memory.old === value;
}

/** Open edX drops a score that comes after the status. @param {ScormRulebook} book @param {ScormWatched} engine */
function scormWrongOrder({ statuses }, { pending }) {
	const score = [...pending].find(([element]) => /^cmi\.(core\.)?score\.raw$/.test(element))?.[1];
	const early = statuses.filter((element) => score !== undefined && Number(pending.get(element)) < score);
	return early.length ? `${early} ${score}` : "";
}

/** Counts the calls from Initialize to the first save, both included. @returns {(call: ScormCall) => string} */
function createScormOpening() {
	let [calls, quiet, counting] = [0, 0, false];
	return (call) => {
		if (call.does === "begin" && calls === 0) counting = true;
		if (!counting) return "";
		if (isScormQuiet(call)) quiet++;
		else calls++;
		if (call.does !== "commit" && call.does !== "end") return "";
		counting = false;
		const over = calls > SCORM_OPENING_CALLS || calls + quiet > SCORM_OPENING_CALLS_WITH_ERRORS;
		return over ? `${calls} calls, ${calls + quiet} with those about errors` : "";
	};
}

/** @param {{ fn: string, args: unknown[] }} call */
function showScormCall({ fn, args }) {
	return `${fn}(${args.map((arg) => (JSON.stringify(arg) ?? String(arg)).slice(0, 60)).join(", ")})`;
}
