// scorm-again as the engine of the LMS, with the strict LMS as its shadow: both
// get every call, scorm-again answers, and what it lets through but the strict
// one refuses is noted beside the call. A classic script; again12.js and
// again2004.js make its API and say what is stored.

/**
 * @param {ScormStandard} standard
 * @param {StrictOptions & ScormApiOptions} options
 * @param {{ run: ScormEngine["run"] }} shadow
 * @param {any} api
 * @param {{ time: string, kept: (element: string) => boolean }} model where the whole time is; what is stored of what scorm-again holds
 * @returns {ScormEngine}
 */
function createAgainEngine(standard, options, shadow, api, model) {
	const stored = { ...options.record };
	let known = againValues(api, model.kept);
	/** @param {"commit" | "finish" | "set"} kind */
	const save = (kind) => {
		const values = againValues(api, model.kept);
		if (kind === "finish") values[model.time] = String(api.cmi.getCurrentTotalTime());
		const elements = Object.fromEntries(Object.entries(values).filter(([element, value]) => known[element] !== value));
		if (options.faults?.commitLies) return true;
		if (options.save && !options.save({ kind, elements })) return false;
		known = values;
		Object.assign(stored, elements);
		return true;
	};
	return {
		run(fn, args) {
			const strict = shadow.run(fn, args).err;
			const ret = String(api[fn](...args));
			const err = Number((api.LMSGetLastError ?? api.GetLastError).call(api));
			const answer = { ret, err, ...(strict && !err ? { strict } : {}) };
			const kind = { commit: /** @type {const} */ ("commit"), end: /** @type {const} */ ("finish") }[standard.functions[fn]];
			// An error beside "true" is a second Finish: there is nothing left to store.
			if (!kind || ret !== "true" || err) return answer;
			return save(kind) ? answer : { ret: "false", err: 101 };
		},
		save,
		record: () => ({ ...stored }),
	};
}

/** What is stored of what it holds, flat, without the branches that are empty. @param {any} api @param {(element: string) => boolean} kept @returns {Record<string, string>} */
function againValues(api, kept) {
	const all = Object.entries(api.getFlattenedCMI());
	return Object.fromEntries(all.filter(([element, value]) => typeof value === "string" && kept(element)).map(([element, value]) => [element, String(value)]));
}
