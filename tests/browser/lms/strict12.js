// The strict LMS: a SCORM 1.2 API that refuses whatever any LMS that we know
// refuses, and that keeps a learner's values the way the worst of them does:
// nothing is stored before Commit or Finish, a finish without a status says
// "completed", the time is only summed at Finish.
// A classic script; load model12.js, rules.js, rules12.js, faults.js and api.js first.

/**
 * @typedef {object} StrictOptions
 * @property {Record<string, string>} [record] what earlier sessions stored, element by element
 * @property {"normal" | "browse" | "review"} [mode]
 * @property {"credit" | "no-credit"} [credit] default: credit in normal mode only
 * @property {string} [entry] default: by the stored status and exit, as Moodle does
 * @property {string} [mastery] cmi.student_data.mastery_score
 * @property {boolean} [masteryOverrides] Moodle's default: at Finish the score decides, whatever the status said
 * @property {string} [launchData]
 * @property {{ id?: string, name?: string }} [student]
 * @property {boolean} [reinitialize] a new session may begin in the same page after Finish (Moodle does, scorm-again does not)
 * @property {(save: ScormSave) => boolean} [save] stores what is new; false when it could not
 */
/** @typedef {{ kind: "commit" | "finish" | "set", elements: Record<string, string> }} ScormSave */
/** @typedef {{ ret: unknown, err: number, strict?: number, fault?: string, throws?: Error }} ScormAnswer */
/**
 * @typedef {object} StrictState
 * @property {StrictOptions & { lies?: boolean }} options
 * @property {"before" | "open" | "ended"} phase
 * @property {Record<string, string>} stored what would still be there tomorrow
 * @property {Record<string, string>} values what a read answers now
 * @property {Map<string, number>} pending elements to be saved, with the number of their last write
 * @property {boolean} resent have restored arrays been sent again, as Moodle's first save does?
 * @property {number} writes
 */

/**
 * The whole LMS side of one session: `API` is for the window, the rest is for the test.
 * @param {StrictOptions & ScormApiOptions} [options]
 */
function createStrictScorm12(options = {}) {
	const engine = createStrictEngine({ ...options, lies: options.faults?.commitLies === true });
	return createScormApi(SCORM12, engine, createScormRules(SCORM12_RULES, engine), options);
}

/** @param {StrictOptions & { lies?: boolean }} options */
function createStrictEngine(options) {
	/** @type {StrictState} */
	const state = {
		options, phase: "before", stored: { ...options.record }, values: {}, pending: new Map(), resent: false, writes: 0,
	};
	strictLoad(state);
	return {
		mode: options.mode ?? "normal",
		credit: state.values["cmi.core.credit"],
		/** @param {string} fn @param {unknown[]} args @returns {ScormAnswer} */
		run: (fn, args) => strictRun(state, fn, args),
		/** @param {string} element what is stored or set, defaults left out */
		value: (element) => state.values[element],
		pending: state.pending,
		record: () => ({ ...state.stored }),
		/** @param {"commit" | "finish" | "set"} kind */
		save: (kind) => strictSave(state, kind),
	};
}

/** @param {StrictState} state */
function strictLoad(state) {
	const { options, stored } = state;
	const mode = options.mode ?? "normal";
	state.values = {
		...stored,
		"cmi.core.student_id": options.student?.id ?? "u1",
		"cmi.core.student_name": options.student?.name ?? "Learner, Ann",
		"cmi.core.lesson_mode": mode,
		"cmi.core.credit": options.credit ?? (mode === "normal" ? "credit" : "no-credit"),
		"cmi.core.entry": options.entry ?? strictEntry(stored),
		"cmi.student_data.mastery_score": options.mastery ?? "",
		"cmi.launch_data": options.launchData ?? "",
	};
	state.pending.clear();
	state.resent = false;
}

/** Moodle's rule; others differ, so a package must judge by its data. @param {Record<string, string>} stored */
function strictEntry(stored) {
	if (!stored["cmi.core.lesson_status"]) return "ab-initio";
	return stored["cmi.core.exit"] === "suspend" ? "resume" : "";
}

/** @param {StrictState} state @param {string} fn @param {unknown[]} args @returns {ScormAnswer} */
function strictRun(state, fn, args) {
	const wanted = fn === "LMSSetValue" ? 2 : 1;
	const refused = fn === "LMSGetValue" ? "" : "false";
	for (let at = 0; at < wanted; at++) if (typeof args[at] !== "string") return { ret: refused, err: 405 };
	if (!/Value$/.test(fn) && args[0] !== "") return { ret: refused, err: 201 };
	if (fn === "LMSInitialize") return strictInitialize(state);
	if (state.phase !== "open") return { ret: refused, err: 301 };
	const [element, value] = /** @type {string[]} */ (args);
	if (fn === "LMSGetValue") return strictGet(state, element);
	if (fn === "LMSSetValue") return strictSet(state, element, value);
	return fn === "LMSCommit" ? strictStored(strictSave(state, "commit")) : strictFinish(state);
}

/** @param {boolean} ok @returns {ScormAnswer} */
function strictStored(ok) {
	return ok ? { ret: "true", err: 0 } : { ret: "false", err: 101 };
}

/** @param {StrictState} state @returns {ScormAnswer} */
function strictInitialize(state) {
	const again = state.phase === "open" || (state.phase === "ended" && !state.options.reinitialize);
	// Moodle reads its model anew at a second initialize: what was not committed is gone.
	if (state.phase !== "ended" || !again) strictLoad(state);
	if (again) return { ret: "false", err: 101 };
	state.phase = "open";
	return { ret: "true", err: 0 };
}

/** @param {StrictState} state @param {string} element @returns {ScormAnswer} */
function strictGet(state, element) {
	const found = findScorm12(element);
	if (!found) return { ret: "", err: 201 };
	if ("keyword" in found) return strictKeyword(state, found);
	if (found.access === "w") return { ret: "", err: 404 };
	if (found.indexes.length && found.indexes[0] >= strictCount(state, "cmi.objectives")) return { ret: "", err: 201 };
	const initial = SCORM12_DEFAULTS[/** @type {keyof typeof SCORM12_DEFAULTS} */ (found.key)] ?? "";
	return { ret: state.values[element] || initial, err: 0 };
}

/** @param {StrictState} state @param {Scorm12Keyword} found @returns {ScormAnswer} */
function strictKeyword(state, found) {
	const { key, indexes, prefix, keyword } = found;
	const array = prefix.split(".").slice(0, 2).join(".");
	const children = SCORM12_CHILDREN[/** @type {keyof typeof SCORM12_CHILDREN} */ (key)];
	if (keyword === "_children" && !children) return { ret: "", err: 202 };
	if (keyword === "_count" && !SCORM12_ARRAYS.includes(key)) return { ret: "", err: 203 };
	if (indexes.length && indexes[0] >= strictCount(state, array)) return { ret: "", err: 201 };
	return { ret: keyword === "_children" ? children : String(strictCount(state, prefix)), err: 0 };
}

/** @param {StrictState} state @param {string} array */
function strictCount(state, array) {
	let count = 0;
	for (const name of Object.keys(state.values)) {
		if (!name.startsWith(`${array}.`)) continue;
		count = Math.max(count, parseInt(name.slice(array.length + 1), 10) + 1);
	}
	return count;
}

/** @param {StrictState} state @param {string} element @param {string} value @returns {ScormAnswer} */
function strictSet(state, element, value) {
	const err = strictSetError(state, element, value);
	if (err) return { ret: "false", err };
	// Moodle appends comments; everything else is replaced.
	state.values[element] = element === "cmi.comments" ? (state.values[element] ?? "") + value : value;
	state.pending.set(element, ++state.writes);
	return { ret: "true", err: 0 };
}

/** @param {StrictState} state @param {string} element @param {string} value */
function strictSetError(state, element, value) {
	const found = findScorm12(element);
	if (!found) return 201;
	if ("keyword" in found || element === "cmi._version") return 402;
	if (found.access === "r") return 403;
	if (!strictHasPlace(state, element, found)) return 201;
	const whole = element === "cmi.comments" ? (state.values[element] ?? "") + value : value;
	const type = state.values[`cmi.interactions.${found.indexes[0]}.type`];
	return checkScorm12Value(found.type, whole, type) ? 0 : 405;
}

/** Indexes grow by one, and the id of a record comes before its other members. @param {StrictState} state @param {string} element @param {Scorm12Element} found */
function strictHasPlace(state, element, found) {
	if (!found.indexes.length) return true;
	const parts = element.split(".");
	const array = parts.slice(0, 2).join(".");
	if (found.indexes[0] > strictCount(state, array)) return false;
	if (/^cmi\.\w+\.n\.id$/.test(found.key)) return true;
	if (!state.values[`${array}.${found.indexes[0]}.id`]) return false;
	return found.indexes.length < 2 || found.indexes[1] <= strictCount(state, parts.slice(0, 4).join("."));
}

/** @param {StrictState} state @param {"commit" | "finish" | "set"} kind */
function strictSave(state, kind) {
	/** @type {Record<string, string>} */
	const elements = {};
	if (!state.resent) for (const name of Object.keys(state.values)) {
		if (/^cmi\.(interactions|objectives)\.\d/.test(name)) elements[name] = state.values[name];
	}
	for (const name of state.pending.keys()) {
		if (name !== "cmi.core.session_time") elements[name] = state.values[name];
	}
	if (!state.options.lies) {
		if (state.options.save && !state.options.save({ kind, elements })) return false;
		Object.assign(state.stored, elements);
	}
	state.resent = true;
	state.pending.clear();
	return true;
}

/** @param {StrictState} state @returns {ScormAnswer} */
function strictFinish(state) {
	const { values, options } = state;
	/** @param {string} element @param {string} value */
	const put = (element, value) => {
		values[element] = value;
		state.pending.set(element, ++state.writes);
	};
	if (!values["cmi.core.lesson_status"]) put("cmi.core.lesson_status", "completed");
	const counts = values["cmi.core.lesson_mode"] === "normal" && values["cmi.core.credit"] === "credit";
	if (options.masteryOverrides && options.mastery && counts && values["cmi.core.score.raw"]) {
		const passed = Number(values["cmi.core.score.raw"]) >= Number(options.mastery);
		put("cmi.core.lesson_status", passed ? "passed" : "failed");
	}
	if (values["cmi.core.session_time"]) {
		put("cmi.core.total_time", addScorm12Times(values["cmi.core.total_time"], values["cmi.core.session_time"]));
	}
	// As in Moodle, the session is over even when the last save failed.
	state.phase = "ended";
	delete values["cmi.core.session_time"];
	return strictStored(strictSave(state, "finish"));
}

/** @param {string | undefined} one @param {string | undefined} other two CMITimespans @returns {string} their sum, HHHH:MM:SS.cc */
function addScorm12Times(one, other) {
	const parts = [one, other].map((time) => /^(\d+):(\d+):(\d+(?:\.\d+)?)$/.exec(time ?? "") ?? ["", "0", "0", "0"]);
	const hundredths = parts.reduce((sum, [, h, m, s]) => sum + Number(h) * 360000 + Number(m) * 6000 + Math.round(Number(s) * 100), 0);
	/** @param {number} value @param {number} width */
	const pad = (value, width) => String(Math.floor(value)).padStart(width, "0");
	const clock = `${pad(hundredths / 360000, 4)}:${pad((hundredths / 6000) % 60, 2)}:${pad((hundredths / 100) % 60, 2)}`;
	return `${clock}.${pad(hundredths % 100, 2)}`;
}
