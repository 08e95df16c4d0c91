// The object that a package finds in the window: the eight functions of SCORM
// over any engine, with the faults between the two and a log of all calls.
// A classic script; load rules.js and faults.js first.

/**
 * @typedef {object} ScormCall
 * @property {number} n from 1
 * @property {number} t milliseconds since the API was made
 * @property {string} fn
 * @property {string} does "begin", "end", "get", "set", "commit", "error" or "about"
 * @property {unknown[]} args
 * @property {unknown} [ret] what the package got
 * @property {number} err the error after the call
 * @property {number} [strict] the error of the strict LMS, where the engine gave none
 * @property {string} [fault] the fault that gave the answer
 * @property {string} [threw]
 */
/**
 * @typedef {object} ScormApiOptions
 * @property {ScormFaults} [faults]
 * @property {ScormHooks} [hooks]
 * @property {() => number} [now]
 * @property {(call: ScormCall) => void} [onCall] after each call
 * @property {(violation: ScormViolation) => void} [onViolation]
 */
/**
 * @typedef {object} ScormEngine
 * @property {(fn: string, args: unknown[]) => ScormAnswer} run
 * @property {(kind: "commit" | "finish" | "set") => boolean} save
 * @property {() => Record<string, string>} record
 */

/**
 * @typedef {object} ScormStandard what differs between the editions of SCORM, as far as the API and its faults must know
 * @property {Record<string, "begin" | "end" | "get" | "set" | "commit" | "error" | "about">} functions what each does, in words that no edition owns
 * @property {Record<string, string>} errors their texts
 * @property {Record<string, string[]>} elements what stories call them; each stands for all below it
 */

/**
 * @param {ScormStandard} standard
 * @param {ScormEngine} engine
 * @param {ReturnType<typeof createScormRules>} rules
 * @param {ScormApiOptions} options
 */
function createScormApi(standard, engine, rules, options) {
	const now = options.now ?? Date.now;
	const start = now();
	const faults = createScormFaults(standard, options.faults, options.hooks);
	/** @type {ScormCall[]} */
	const calls = [];
	let last = 0;
	/** @param {ScormCall} call @param {unknown[]} args as they came @returns {ScormAnswer} */
	const answer = (call, args) => {
		const early = faults.before(call);
		if (early?.throws) return early;
		if (isScormQuiet(call)) return early ?? { ret: scormAbout(standard, call, last, faults), err: last };
		const seen = faults.after(call, early ?? engine.run(call.fn, args), (kind) => engine.save(kind));
		last = seen.err;
		return seen;
	};
	/** @param {ScormCall} call */
	const finish = (call) => {
		const known = rules.violations.length;
		rules.after(call);
		options.onCall?.(call);
		for (const violation of rules.violations.slice(known)) options.onViolation?.(violation);
	};
	/** @param {string} fn @param {unknown[]} args */
	const invoke = (fn, args) => {
		/** @type {ScormCall} */
		const call = { n: calls.length + 1, t: Math.round(now() - start), fn, does: standard.functions[fn], args: args.map(showableScorm), ret: undefined, err: 0 };
		calls.push(call);
		rules.before(call);
		const { throws, ...seen } = answer(call, args);
		Object.assign(call, seen, throws ? { threw: throws.message } : {});
		finish(call);
		if (throws) throw throws;
		return call.ret;
	};
	return { API: scormFunctions(standard, invoke), calls, violations: rules.violations, record: engine.record };
}

/** The log has to survive JSON: a window passed by mistake would not. @param {unknown} arg */
function showableScorm(arg) {
	return typeof arg === "object" && arg !== null ? String(arg) : arg;
}

/** @param {ScormStandard} standard @param {(fn: string, args: unknown[]) => unknown} invoke */
function scormFunctions(standard, invoke) {
	/** @type {Record<string, (...args: unknown[]) => unknown>} */
	const API = {};
	for (const fn of Object.keys(standard.functions)) API[fn] = (...args) => invoke(fn, args);
	return API;
}

/** The three functions about errors. @param {ScormStandard} standard @param {ScormCall} call @param {number} last @param {ReturnType<typeof createScormFaults>} faults */
function scormAbout(standard, call, last, faults) {
	if (call.does === "error") return faults.error(last);
	return standard.errors[String(call.args[0] || last)] ?? "";
}
