// The strict LMS of SCORM 2004: it refuses whatever any LMS that we know
// refuses, and keeps a learner's values the way the worst of them does: nothing
// is stored before Commit or Terminate, an exit other than "suspend" loses the
// attempt's data, a passing score of its own overrules the success that the
// content tells. A classic script; load model2004.js, rules.js, rules2004.js,
// faults.js and api.js first.

/**
 * @typedef {object} StrictOptions
 * @property {Record<string, string>} [record] what earlier sessions stored, element by element
 * @property {"normal" | "browse" | "review"} [mode]
 * @property {"credit" | "no-credit"} [credit] default: credit in normal mode only
 * @property {string} [entry] default: by the stored status and exit
 * @property {string} [mastery] the LMS's own pass mark in percent
 * @property {string} [launchData]
 * @property {{ id?: string, name?: string }} [student]
 * @property {boolean} [reinitialize] a new session may begin in the same page after Terminate
 * @property {(save: ScormSave) => boolean} [save] stores what is new; false when it could not
 */
/** @typedef {{ kind: "commit" | "finish" | "set", elements: Record<string, string> }} ScormSave */
/** @typedef {{ ret: unknown, err: number, strict?: number, fault?: string, throws?: Error }} ScormAnswer */
/**
 * @typedef {object} Strict2004State
 * @property {StrictOptions & { lies?: boolean }} options
 * @property {"before" | "open" | "ended"} phase
 * @property {Record<string, string>} stored what would still be there tomorrow
 * @property {Record<string, string>} values what a read answers now
 * @property {Map<string, number>} pending elements to be saved, with the number of their last write
 * @property {number} writes
 */

/** @param {StrictOptions & ScormApiOptions} [options] */
function createStrictScorm2004(options = {}) {
	const engine = createStrict2004Engine({ ...options, lies: options.faults?.commitLies === true });
	return createScormApi(SCORM2004, engine, createScormRules(SCORM2004_RULES, engine), options);
}

/** @param {StrictOptions & { lies?: boolean }} options */
function createStrict2004Engine(options) {
	/** @type {Strict2004State} */
	const state = { options, phase: "before", stored: { ...options.record }, values: {}, pending: new Map(), writes: 0 };
	strict2004Load(state);
	return {
		mode: options.mode ?? "normal",
		credit: state.values["cmi.credit"],
		/** @param {string} fn @param {unknown[]} args @returns {ScormAnswer} */
		run: (fn, args) => strict2004Run(state, SCORM2004.functions[fn], args),
		/** @param {string} element what is stored or set, defaults left out */
		value: (element) => state.values[element],
		pending: state.pending,
		record: () => ({ ...state.stored }),
		/** @param {"commit" | "finish" | "set"} kind */
		save: (kind) => strict2004Save(state, kind),
	};
}

/** @param {Strict2004State} state */
function strict2004Load(state) {
	const { options, stored } = state;
	const mode = options.mode ?? "normal";
	state.values = {
		...stored,
		"cmi.learner_id": options.student?.id ?? "u1",
		"cmi.learner_name": options.student?.name ?? "Learner, Ann",
		"cmi.mode": mode,
		"cmi.credit": options.credit ?? (mode === "normal" ? "credit" : "no-credit"),
		"cmi.entry": options.entry ?? strict2004Entry(stored),
		...(options.mastery ? { "cmi.scaled_passing_score": String(Number(options.mastery) / 100) } : {}),
		...(options.launchData ? { "cmi.launch_data": options.launchData } : {}),
	};
	// A request is of one session.
	delete state.values["adl.nav.request"];
	state.pending.clear();
}

/** @param {Record<string, string>} stored */
function strict2004Entry(stored) {
	if (!stored["cmi.completion_status"]) return "ab-initio";
	return stored["cmi.exit"] === "suspend" ? "resume" : "";
}

/** Codes of a call before and after the session, by what it does. */
const STRICT2004_OUTSIDE = { before: { end: 112, get: 122, set: 132, commit: 142 }, ended: { end: 113, get: 123, set: 133, commit: 143 } };

/** @param {Strict2004State} state @param {string} does @param {unknown[]} args @returns {ScormAnswer} */
function strict2004Run(state, does, args) {
	const ret = does === "get" ? "" : "false";
	const wanted = does === "set" ? 2 : 1;
	for (let at = 0; at < wanted; at++) if (typeof args[at] !== "string") return { ret, err: 201 };
	if (does !== "get" && does !== "set" && args[0] !== "") return { ret, err: 201 };
	if (does === "begin") return strict2004Begin(state);
	if (state.phase !== "open") return { ret, err: STRICT2004_OUTSIDE[state.phase][/** @type {"end"} */ (does)] };
	const [element, value] = /** @type {string[]} */ (args);
	if (does === "get") return strict2004Get(state, element);
	if (does === "set") return strict2004Set(state, element, value);
	return does === "commit" ? strict2004Stored(strict2004Save(state, "commit")) : strict2004End(state);
}

/** @param {boolean} ok @returns {ScormAnswer} */
function strict2004Stored(ok) {
	return ok ? { ret: "true", err: 0 } : { ret: "false", err: 391 };
}

/** @param {Strict2004State} state @returns {ScormAnswer} */
function strict2004Begin(state) {
	if (state.phase === "open") return { ret: "false", err: 103 };
	if (state.phase === "ended" && !state.options.reinitialize) return { ret: "false", err: 104 };
	strict2004Load(state);
	state.phase = "open";
	return { ret: "true", err: 0 };
}

/** @param {Strict2004State} state @param {string} element @returns {ScormAnswer} */
function strict2004Get(state, element) {
	const found = findScorm2004(element);
	if (!found) return { ret: "", err: 401 };
	if ("keyword" in found) return strict2004Keyword(state, found);
	if (found.access === "w") return { ret: "", err: 405 };
	if (!strict2004Reaches(state, element, found.indexes)) return { ret: "", err: 301 };
	const value = state.values[element] ?? SCORM2004_DEFAULTS[/** @type {keyof typeof SCORM2004_DEFAULTS} */ (found.key)];
	return value === undefined ? { ret: "", err: 403 } : { ret: value, err: 0 };
}

/** Whether all indexes are those of records that there are. @param {Strict2004State} state @param {string} element @param {number[]} indexes */
function strict2004Reaches(state, element, indexes) {
	const parts = element.split(".");
	return indexes.every((index, at) => index < strict2004Count(state, parts.slice(0, 2 + 2 * at).join(".")));
}

/** @param {Strict2004State} state @param {Scorm2004Keyword} found @returns {ScormAnswer} */
function strict2004Keyword(state, found) {
	const { key, indexes, prefix, keyword } = found;
	const children = SCORM2004_CHILDREN[/** @type {keyof typeof SCORM2004_CHILDREN} */ (key)];
	if (keyword === "_children" && !children) return { ret: "", err: 301 };
	if (keyword === "_count" && !SCORM2004_ARRAYS.includes(key)) return { ret: "", err: 301 };
	if (indexes.length && indexes[0] >= strict2004Count(state, prefix.split(".").slice(0, 2).join("."))) return { ret: "", err: 301 };
	return { ret: keyword === "_children" ? children : String(strict2004Count(state, prefix)), err: 0 };
}

/** @param {Strict2004State} state @param {string} array */
function strict2004Count(state, array) {
	let count = 0;
	for (const name of Object.keys(state.values)) {
		if (!name.startsWith(`${array}.`)) continue;
		count = Math.max(count, parseInt(name.slice(array.length + 1), 10) + 1);
	}
	return count;
}

/** @param {Strict2004State} state @param {string} element @param {string} value @returns {ScormAnswer} */
function strict2004Set(state, element, value) {
	const err = strict2004SetError(state, element, value);
	if (err) return { ret: "false", err };
	const [, interaction] = /^(cmi\.interactions\.\d+)\.type$/.exec(element) ?? [];
	// Another type has other formats: what was told in the old one is gone.
	if (interaction && state.values[element] !== value) for (const name of Object.keys(state.values)) {
		if (name.startsWith(`${interaction}.correct_responses.`) || name === `${interaction}.learner_response`) delete state.values[name];
	}
	state.values[element] = value;
	state.pending.set(element, ++state.writes);
	return { ret: "true", err: 0 };
}

/** @param {Strict2004State} state @param {string} element @param {string} value */
function strict2004SetError(state, element, value) {
	const found = findScorm2004(element);
	if (!found) return 401;
	if ("keyword" in found || found.access === "r") return 404;
	const place = strict2004PlaceError(state, element, found);
	if (place) return place;
	const type = state.values[`cmi.interactions.${found.indexes[0]}.type`];
	if (!checkScorm2004Value(found.type, value, type)) return 406;
	const [least, most] = SCORM2004_RANGES[found.type] ?? [-Infinity, Infinity];
	return Number(value) < least || Number(value) > most ? 407 : strict2004RecordError(state, element, value, found);
}

/** Indexes grow by one; the id of a record comes before its other members, the type before what has its format. @param {Strict2004State} state @param {string} element @param {Scorm2004Element} found */
function strict2004PlaceError(state, element, { key, indexes, type }) {
	if (!indexes.length) return 0;
	const parts = element.split(".");
	const record = parts.slice(0, 3).join(".");
	if (indexes[0] > strict2004Count(state, parts.slice(0, 2).join("."))) return 351;
	if (/^cmi\.(objectives|interactions)\./.test(key) && !/^cmi\.\w+\.n\.id$/.test(key) && !state.values[`${record}.id`]) return 408;
	if (/^(response|pattern)$/.test(type) && !state.values[`${record}.type`]) return 408;
	return indexes.length > 1 && indexes[1] > strict2004Count(state, parts.slice(0, 4).join(".")) ? 351 : 0;
}

/** Ids that are written once, or differ; patterns that differ, and are not too many. @param {Strict2004State} state @param {string} element @param {string} value @param {Scorm2004Element} found */
function strict2004RecordError(state, element, value, { key, indexes }) {
	const [index, inner] = indexes;
	const old = state.values[element];
	// ADL lets the id of an interaction change, scorm-again does not.
	if (/^cmi\.(objectives|interactions)\.n\.id$/.test(key) && old !== undefined && old !== value) return 351;
	/** @param {string} array @param {string} member @param {number} own */
	const taken = (array, member, own) => Array.from({ length: strict2004Count(state, array) }, (_, at) => at).some((at) => at !== own && state.values[`${array}.${at}.${member}`] === value);
	if (key === "cmi.objectives.n.id") return taken("cmi.objectives", "id", index) ? 351 : 0;
	if (key === "cmi.interactions.n.objectives.m.id") return inner > 9 || taken(`cmi.interactions.${index}.objectives`, "id", inner) ? 351 : 0;
	if (key !== "cmi.interactions.n.correct_responses.m.pattern") return 0;
	const most = SCORM2004_PATTERN_COUNTS[/** @type {keyof typeof SCORM2004_PATTERN_COUNTS} */ (state.values[`cmi.interactions.${index}.type`])];
	return inner >= most || taken(`cmi.interactions.${index}.correct_responses`, "pattern", inner) ? 351 : 0;
}

/** @param {Strict2004State} state @param {"commit" | "finish" | "set"} kind */
function strict2004Save(state, kind) {
	/** @type {Record<string, string>} */
	const elements = {};
	for (const name of state.pending.keys()) {
		if (name !== "cmi.session_time" && name in state.values) elements[name] = state.values[name];
	}
	if (!state.options.lies) {
		if (state.options.save && !state.options.save({ kind, elements })) return false;
		Object.assign(state.stored, elements);
	}
	state.pending.clear();
	return true;
}

/** @param {Strict2004State} state @returns {ScormAnswer} */
function strict2004End(state) {
	const { values, options } = state;
	/** @param {string} element @param {string} value */
	const put = (element, value) => {
		values[element] = value;
		state.pending.set(element, ++state.writes);
	};
	// With neither completionSetByContent nor a status, an LMS says it by itself.
	if (!values["cmi.completion_status"]) put("cmi.completion_status", "completed");
	const counts = values["cmi.mode"] === "normal" && values["cmi.credit"] === "credit";
	// RTE 4.2.22: the LMS's own passing score decides, whatever the content said.
	if (options.mastery && counts && values["cmi.score.scaled"]) {
		put("cmi.success_status", Number(values["cmi.score.scaled"]) >= Number(options.mastery) / 100 ? "passed" : "failed");
	}
	if (values["cmi.session_time"]) put("cmi.total_time", addScorm2004Times(values["cmi.total_time"], values["cmi.session_time"]));
	state.phase = "ended";
	delete values["cmi.session_time"];
	return strict2004Stored(strict2004Save(state, "finish"));
}

/** @param {string | undefined} one @param {string | undefined} other two durations @returns {string} their sum, in seconds */
function addScorm2004Times(one, other) {
	const seconds = [one, other].map((time) => {
		const [, h = 0, m = 0, s = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?$/.exec(time ?? "") ?? [];
		return Number(h) * 3600 + Number(m) * 60 + Number(s);
	});
	return `PT${Math.round((seconds[0] + seconds[1]) * 100) / 100}S`;
}
