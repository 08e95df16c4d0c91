// scorm-again as the engine of the LMS, with the strict LMS as its shadow: both
// get every call, scorm-again answers, and what it lets through but the strict
// one refuses is noted beside the call. A classic script; load scorm-again's
// SCORM 1.2 build and strict12.js first.

/** @param {StrictOptions & Scorm12ApiOptions} [options] */
function createAgainScorm12(options = {}) {
	// The shadow learns what was stored, but scorm-again alone stores.
	const shadow = createStrictEngine({ ...options, save: () => true });
	const engine = createAgainEngine(options, shadow, againApi(shadow));
	return createScorm12Api(engine, createScorm12Rules(shadow), options);
}

/** scorm-again, as an LMS would set it up for this learner. @param {ReturnType<typeof createStrictEngine>} shadow */
function againApi(shadow) {
	// @ts-ignore: a global of scorm-again's build
	const api = new Scorm12API({ autocommit: false, logLevel: 5 });
	/** @type {Record<string, string>} */
	const start = {};
	for (const [element, value] of Object.entries(shadow.record())) if (element !== "cmi.core.exit") start[element] = value;
	for (const element of ["student_id", "student_name", "lesson_mode", "credit", "entry"]) {
		start[`cmi.core.${element}`] = shadow.value(`cmi.core.${element}`) ?? "";
	}
	for (const element of ["cmi.student_data.mastery_score", "cmi.launch_data"]) start[element] = shadow.value(element) ?? "";
	api.loadFromFlattenedJSON(start);
	return api;
}

/**
 * @param {StrictOptions & Scorm12ApiOptions} options
 * @param {ReturnType<typeof createStrictEngine>} shadow
 * @param {any} api
 * @returns {Scorm12Engine}
 */
function createAgainEngine(options, shadow, api) {
	const stored = { ...options.record };
	let known = againValues(api);
	/** @param {"commit" | "finish" | "set"} kind */
	const save = (kind) => {
		const values = againValues(api);
		if (kind === "finish") values["cmi.core.total_time"] = String(api.cmi.getCurrentTotalTime());
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
			const err = Number(api.LMSGetLastError());
			const answer = { ret, err, ...(strict && !err ? { strict } : {}) };
			const kind = { LMSCommit: /** @type {const} */ ("commit"), LMSFinish: /** @type {const} */ ("finish") }[fn];
			// An error beside "true" is a second Finish: there is nothing left to store.
			if (!kind || ret !== "true" || err) return answer;
			return save(kind) ? answer : { ret: "false", err: 101 };
		},
		save,
		record: () => ({ ...stored }),
	};
}

/** What the SCO may write, flat, without the branches that are empty. @param {any} api @returns {Record<string, string>} */
function againValues(api) {
	/** @type {Record<string, string>} */
	const values = {};
	for (const [element, value] of Object.entries(api.getFlattenedCMI())) {
		const found = findScorm12(element);
		const kept = found && "access" in found && found.access !== "r" && element !== "cmi.core.session_time";
		if (kept && typeof value === "string") values[element] = value;
	}
	return values;
}
