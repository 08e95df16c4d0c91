// Faults of an LMS, as plain data, so that a story can carry them as JSON.
// A classic script: `createScorm12Faults` says, before a call, whether a fault
// answers it and, after it, how the answer looks to the package.

/** @typedef {{ fn?: string, element?: string, from?: number, to?: number }} Scorm12Matching calls number `from` to `to` of those that match */
/**
 * @typedef {object} Scorm12Faults
 * @property {number} [lateBy] the API object appears so many milliseconds after the content
 * @property {boolean} [absent] there is no API object
 * @property {string[]} [missing] elements (with all below them) that this LMS does not implement: 401
 * @property {"booleans" | "numbers" | "null"} [returns] true and false; 1 and 0, and numbers for counts; null and undefined for ""
 * @property {Scorm12Matching[]} [refuse] answered "false" (a read: ""), error 101
 * @property {Scorm12Matching[]} [throw] the call throws
 * @property {number} [vanishAt] from this call on the API is gone from the window and its methods throw
 * @property {boolean} [commitLies] "true", and nothing is stored
 * @property {boolean} [noInteractions] the same as missing: ["cmi.interactions"]
 * @property {"refused" | "already"} [initialize] always "false"; or "false" and 101 once, though all else works (Moodle's second SCO)
 * @property {boolean} [stubs] Open edX: only reads and writes do anything, no error is ever told, status and score read ""
 * @property {boolean} [crossOriginParent] a frame of another origin stands between the LMS and the content
 */
/**
 * @typedef {object} Scorm12Hooks
 * @property {() => void} [vanish] takes the API out of the window
 * @property {(task: () => void) => void} [later] runs a task soon, but not now
 */

/** @param {Scorm12Faults} [faults] @param {Scorm12Hooks} [hooks] */
function createScorm12Faults(faults = {}, hooks = {}) {
	const missing = [...(faults.missing ?? []), ...(faults.noInteractions ? ["cmi.interactions"] : [])];
	const refuse = (faults.refuse ?? []).map(createScorm12Match);
	const throws = (faults.throw ?? []).map(createScorm12Match);
	let [gone, already] = [false, faults.initialize === "already"];
	/** @param {Scorm12Call} call @returns {Scorm12Answer | undefined} */
	const outage = (call) => {
		const vanishes = faults.vanishAt !== undefined && call.n >= faults.vanishAt;
		if (vanishes && !gone) hooks.vanish?.();
		gone = gone || vanishes;
		if (gone) return scorm12Throw("vanished", "the window of the LMS is gone");
		// Every rule counts its calls, so all are asked even when one has matched.
		if (throws.filter((matches) => matches(call)).length) return scorm12Throw("throws", "the LMS failed");
		if (refuse.filter((matches) => matches(call)).length) return scorm12Refusal(call, 101, "refused");
		return undefined;
	};
	return {
		/** @param {Scorm12Call} call @returns {Scorm12Answer | undefined} the answer, if a fault gives it */
		before(call) {
			const answer = outage(call);
			if (answer) return answer;
			if (call.fn === "LMSInitialize" && faults.initialize === "refused") return scorm12Refusal(call, 101, "initialize");
			if (/Value$/.test(call.fn) && scorm12Missing(missing, call.args[0])) return scorm12Refusal(call, 401, "missing");
			if (faults.stubs && /Commit|Finish/.test(call.fn)) return { ret: "true", err: 0, fault: "stub" };
			return undefined;
		},
		/** @param {Scorm12Call} call @param {Scorm12Answer} answer @param {(kind: "set") => void} save @returns {Scorm12Answer} */
		after(call, answer, save) {
			let seen = answer;
			if (already && call.fn === "LMSInitialize") {
				already = false;
				seen = { ret: "false", err: 101, fault: "initialize" };
			}
			if (faults.stubs) seen = scorm12Stub(call, seen, () => (hooks.later ?? ((task) => task()))(() => save("set")));
			seen = scorm12WithoutMissing(call, seen, missing);
			return { ...seen, ret: scorm12Returns(faults.returns, call, seen.ret) };
		},
		/** The code that the package gets to read. @param {number} err */
		error: (err) => scorm12Returns(faults.returns, { fn: "LMSGetLastError" }, faults.stubs ? "0" : String(err)),
	};
}

/** @param {Scorm12Matching} rule @returns {(call: Scorm12Call) => boolean} */
function createScorm12Match({ fn, element, from = 1, to = Infinity }) {
	let count = 0;
	return (call) => {
		if ((fn && call.fn !== fn) || (element && call.args[0] !== element)) return false;
		count += 1;
		return count >= from && count <= (to ?? Infinity);
	};
}

/** @param {string} fault @param {string} message @returns {Scorm12Answer} */
function scorm12Throw(fault, message) {
	return { ret: undefined, err: 0, fault, throws: new Error(message) };
}

/** @param {Scorm12Call} call @param {number} err @param {string} fault @returns {Scorm12Answer} */
function scorm12Refusal(call, err, fault) {
	return { ret: call.fn === "LMSGetValue" ? "" : "false", err, fault };
}

/** @param {string[]} missing @param {unknown} element */
function scorm12Missing(missing, element) {
	return missing.some((name) => element === name || String(element).startsWith(`${name}.`));
}

/** A list of children names only what is there. @param {Scorm12Call} call @param {Scorm12Answer} answer @param {string[]} missing @returns {Scorm12Answer} */
function scorm12WithoutMissing(call, answer, missing) {
	const parent = /^(.+)\._children$/.exec(String(call.args[0]))?.[1];
	if (call.fn !== "LMSGetValue" || !parent || !missing.length) return answer;
	const children = String(answer.ret).split(",").filter((child) => !scorm12Missing(missing, `${parent}.${child}`));
	return { ...answer, ret: children.join(",") };
}

/** Open edX: writes go out by themselves, a moment later. @param {Scorm12Call} call @param {Scorm12Answer} answer @param {() => void} send @returns {Scorm12Answer} */
function scorm12Stub(call, answer, send) {
	if (call.fn === "LMSSetValue" && !answer.err) send();
	if (call.fn !== "LMSGetValue") return { ...answer, ret: "true" };
	return /^cmi\.core\.(lesson_status|score\.)/.test(String(call.args[0])) ? { ...answer, ret: "" } : answer;
}

/** @param {Scorm12Faults["returns"]} style @param {{ n?: number, fn: string, args?: unknown[] }} call @param {unknown} ret */
function scorm12Returns(style, call, ret) {
	const boolean = !/^LMSGet/.test(call.fn) && (ret === "true" || ret === "false");
	if (style === "booleans" && boolean) return ret === "true";
	if (style === "numbers" && boolean) return ret === "true" ? 1 : 0;
	if (style === "numbers" && (call.fn === "LMSGetLastError" || /\._count$/.test(String(call.args?.[0])))) return Number(ret);
	// In turns, since LMSs do either.
	if (style === "null" && ret === "") return Number(call.n) % 2 ? null : undefined;
	return ret;
}
