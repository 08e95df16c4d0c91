// Faults of an LMS, as plain data, so that a story can carry them as JSON.
// A classic script: `createScormFaults` says, before a call, whether a fault
// answers it and, after it, how the answer looks to the package.

/** @typedef {{ call?: string, element?: string, from?: number, to?: number }} ScormMatching calls number `from` to `to` of those that match: "begin", "get", "set", "commit", "end", "error"; elements by their own names or by those of ScormStandard */
/**
 * @typedef {object} ScormFaults
 * @property {number} [lateBy] the API object appears so many milliseconds after the content
 * @property {boolean} [absent] there is no API object
 * @property {string[]} [missing] elements (with all below them) that this LMS does not implement: 401
 * @property {"booleans" | "numbers" | "null"} [returns] true and false; 1 and 0, and numbers for counts; null and undefined for ""
 * @property {ScormMatching[]} [refuse] answered "false" (a read: ""), error 101
 * @property {ScormMatching[]} [throw] the call throws
 * @property {number} [vanishAt] from this call on the API is gone from the window and its methods throw
 * @property {boolean} [commitLies] "true", and nothing is stored
 * @property {boolean} [noInteractions] the same as missing: ["cmi.interactions"]
 * @property {"refused" | "already"} [initialize] always "false"; or "false" and 101 once, though all else works (Moodle's second SCO)
 * @property {boolean} [stubs] Open edX: only reads and writes do anything, no error is ever told, status and score read ""
 * @property {boolean} [crossOriginParent] a frame of another origin stands between the LMS and the content
 */
/**
 * @typedef {object} ScormHooks
 * @property {() => void} [vanish] takes the API out of the window
 * @property {(task: () => void) => void} [later] runs a task soon, but not now
 */

/** @param {ScormStandard} standard @param {ScormFaults} [faults] @param {ScormHooks} [hooks] */
function createScormFaults(standard, faults = {}, hooks = {}) {
	/** @param {string} name */
	const named = (name) => standard.elements[name] ?? [name];
	const missing = [...(faults.missing ?? []), ...(faults.noInteractions ? ["answers"] : [])].flatMap(named);
	/** @param {ScormMatching} rule */
	const match = (rule) => createScormMatch(rule, rule.element ? named(rule.element) : null);
	const refuse = (faults.refuse ?? []).map(match);
	const throws = (faults.throw ?? []).map(match);
	let [gone, already] = [false, faults.initialize === "already"];
	/** @param {ScormCall} call @returns {ScormAnswer | undefined} */
	const outage = (call) => {
		const vanishes = faults.vanishAt !== undefined && call.n >= faults.vanishAt;
		if (vanishes && !gone) hooks.vanish?.();
		gone = gone || vanishes;
		if (gone) return scormThrow("vanished", "the window of the LMS is gone");
		// Every rule counts its calls, so all are asked even when one has matched.
		if (throws.filter((matches) => matches(call)).length) return scormThrow("throws", "the LMS failed");
		if (refuse.filter((matches) => matches(call)).length) return scormRefusal(call, 101, "refused");
		return undefined;
	};
	return {
		/** @param {ScormCall} call @returns {ScormAnswer | undefined} the answer, if a fault gives it */
		before(call) {
			const answer = outage(call);
			if (answer) return answer;
			if (call.does === "begin" && faults.initialize === "refused") return scormRefusal(call, 101, "initialize");
			if (/^[gs]et$/.test(call.does) && scormMissing(missing, call.args[0])) return scormRefusal(call, 401, "missing");
			if (faults.stubs && /commit|end/.test(call.does)) return { ret: "true", err: 0, fault: "stub" };
			return undefined;
		},
		/** @param {ScormCall} call @param {ScormAnswer} answer @param {(kind: "set") => void} save @returns {ScormAnswer} */
		after(call, answer, save) {
			let seen = answer;
			if (already && call.does === "begin") {
				already = false;
				seen = { ret: "false", err: 101, fault: "initialize" };
			}
			if (faults.stubs) seen = scormStub(standard, call, seen, () => (hooks.later ?? ((task) => task()))(() => save("set")));
			seen = scormWithoutMissing(call, seen, missing);
			return { ...seen, ret: scormReturns(faults.returns, call, seen.ret) };
		},
		/** The code that the package gets to read. @param {number} err */
		error: (err) => scormReturns(faults.returns, { does: "error" }, faults.stubs ? "0" : String(err)),
	};
}

/** @param {ScormMatching} rule @param {string[] | null} elements @returns {(call: ScormCall) => boolean} */
function createScormMatch({ call: does, from = 1, to = Infinity }, elements) {
	let count = 0;
	return (call) => {
		if ((does && call.does !== does) || (elements && !elements.includes(String(call.args[0])))) return false;
		count += 1;
		return count >= from && count <= (to ?? Infinity);
	};
}

/** @param {string} fault @param {string} message @returns {ScormAnswer} */
function scormThrow(fault, message) {
	return { ret: undefined, err: 0, fault, throws: new Error(message) };
}

/** @param {ScormCall} call @param {number} err @param {string} fault @returns {ScormAnswer} */
function scormRefusal(call, err, fault) {
	return { ret: call.does === "get" ? "" : "false", err, fault };
}

/** @param {string[]} missing @param {unknown} element */
function scormMissing(missing, element) {
	return missing.some((name) => element === name || String(element).startsWith(`${name}.`));
}

/** A list of children names only what is there. @param {ScormCall} call @param {ScormAnswer} answer @param {string[]} missing @returns {ScormAnswer} */
function scormWithoutMissing(call, answer, missing) {
	const parent = /^(.+)\._children$/.exec(String(call.args[0]))?.[1];
	if (call.does !== "get" || !parent || !missing.length) return answer;
	const children = String(answer.ret).split(",").filter((child) => !scormMissing(missing, `${parent}.${child}`));
	return { ...answer, ret: children.join(",") };
}

/** Open edX: writes go out by themselves, a moment later. @param {ScormStandard} standard @param {ScormCall} call @param {ScormAnswer} answer @param {() => void} send @returns {ScormAnswer} */
function scormStub(standard, call, answer, send) {
	if (call.does === "set" && !answer.err) send();
	if (call.does !== "get") return { ...answer, ret: "true" };
	return scormMissing([...standard.elements.status, ...standard.elements.score], call.args[0]) ? { ...answer, ret: "" } : answer;
}

/** @param {ScormFaults["returns"]} style @param {{ n?: number, does: string, args?: unknown[] }} call @param {unknown} ret */
function scormReturns(style, call, ret) {
	const boolean = !/get|error|about/.test(call.does) && (ret === "true" || ret === "false");
	if (style === "booleans" && boolean) return ret === "true";
	if (style === "numbers" && boolean) return ret === "true" ? 1 : 0;
	if (style === "numbers" && (call.does === "error" || /\._count$/.test(String(call.args?.[0])))) return Number(ret);
	// In turns, since LMSs do either.
	if (style === "null" && ret === "") return Number(call.n) % 2 ? null : undefined;
	return ret;
}
