// The object that a package finds in the window: the eight functions of SCORM
// 1.2 over any engine, with the faults between the two and a log of all calls.
// A classic script; load rules12.js and faults.js first.

/**
 * @typedef {object} Scorm12Call
 * @property {number} n from 1
 * @property {number} t milliseconds since the API was made
 * @property {string} fn
 * @property {unknown[]} args
 * @property {unknown} [ret] what the package got
 * @property {number} err the error after the call
 * @property {number} [strict] the error of the strict LMS, where the engine gave none
 * @property {string} [fault] the fault that gave the answer
 * @property {string} [threw]
 */
/**
 * @typedef {object} Scorm12ApiOptions
 * @property {Scorm12Faults} [faults]
 * @property {Scorm12Hooks} [hooks]
 * @property {() => number} [now]
 * @property {(call: Scorm12Call) => void} [onCall] after each call
 * @property {(violation: Scorm12Violation) => void} [onViolation]
 */
/**
 * @typedef {object} Scorm12Engine
 * @property {(fn: string, args: unknown[]) => Scorm12Answer} run
 * @property {(kind: "commit" | "finish" | "set") => boolean} save
 * @property {() => Record<string, string>} record
 */

const SCORM12_ERRORS = {
	0: "No error",
	101: "General exception",
	201: "Invalid argument error",
	202: "Element cannot have children",
	203: "Element not an array. Cannot have count",
	301: "Not initialized",
	401: "Not implemented error",
	402: "Invalid set value, element is a keyword",
	403: "Element is read only",
	404: "Element is write only",
	405: "Incorrect data type",
};

/**
 * @param {Scorm12Engine} engine
 * @param {ReturnType<typeof createScorm12Rules>} rules
 * @param {Scorm12ApiOptions} options
 */
function createScorm12Api(engine, rules, options) {
	const now = options.now ?? Date.now;
	const start = now();
	const faults = createScorm12Faults(options.faults, options.hooks);
	/** @type {Scorm12Call[]} */
	const calls = [];
	let last = 0;
	/** @param {Scorm12Call} call @param {unknown[]} args as they came @returns {Scorm12Answer} */
	const answer = (call, args) => {
		const early = faults.before(call);
		if (early?.throws) return early;
		if (SCORM12_QUIET.includes(call.fn)) return early ?? { ret: scorm12About(call, last, faults), err: last };
		const seen = faults.after(call, early ?? engine.run(call.fn, args), (kind) => engine.save(kind));
		last = seen.err;
		return seen;
	};
	/** @param {Scorm12Call} call */
	const finish = (call) => {
		const known = rules.violations.length;
		rules.after(call);
		options.onCall?.(call);
		for (const violation of rules.violations.slice(known)) options.onViolation?.(violation);
	};
	/** @param {string} fn @param {unknown[]} args */
	const invoke = (fn, args) => {
		/** @type {Scorm12Call} */
		const call = { n: calls.length + 1, t: Math.round(now() - start), fn, args: args.map(showableScorm12), ret: undefined, err: 0 };
		calls.push(call);
		rules.before(call);
		const { throws, ...seen } = answer(call, args);
		Object.assign(call, seen, throws ? { threw: throws.message } : {});
		finish(call);
		if (throws) throw throws;
		return call.ret;
	};
	return { API: scorm12Functions(invoke), calls, violations: rules.violations, record: engine.record };
}

/** The log has to survive JSON: a window passed by mistake would not. @param {unknown} arg */
function showableScorm12(arg) {
	return typeof arg === "object" && arg !== null ? String(arg) : arg;
}

/** @param {(fn: string, args: unknown[]) => unknown} invoke */
function scorm12Functions(invoke) {
	/** @type {Record<string, (...args: unknown[]) => unknown>} */
	const API = {};
	for (const fn of ["LMSInitialize", "LMSFinish", "LMSGetValue", "LMSSetValue", "LMSCommit", ...SCORM12_QUIET]) {
		API[fn] = (...args) => invoke(fn, args);
	}
	return API;
}

/** The three functions about errors. @param {Scorm12Call} call @param {number} last @param {ReturnType<typeof createScorm12Faults>} faults */
function scorm12About(call, last, faults) {
	if (call.fn === "LMSGetLastError") return faults.error(last);
	const code = String(call.args[0] || last);
	return SCORM12_ERRORS[/** @type {keyof typeof SCORM12_ERRORS} */ (/** @type {unknown} */ (code))] ?? "";
}
