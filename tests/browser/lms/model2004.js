// The SCORM 2004 data model at its strictest (RTE 4.2), as model12.js is for
// SCORM 1.2: where the LMSs we know differ, the narrowest of them decides.
// Both editions share it. A classic script that only declares.

/** @typedef {"r" | "w" | "rw"} Scorm2004Access */
/** @typedef {{ key: string, indexes: number[], access: Scorm2004Access, type: string }} Scorm2004Element */
/** @typedef {{ key: string, indexes: number[], prefix: string, keyword: "_children" | "_count" }} Scorm2004Keyword */

const SCORM2004_ERRORS = {
	0: "No error",
	101: "General exception",
	103: "Already initialized",
	104: "Content instance terminated",
	112: "Termination before initialization",
	113: "Termination after termination",
	122: "Retrieve data before initialization",
	123: "Retrieve data after termination",
	132: "Store data before initialization",
	133: "Store data after termination",
	142: "Commit before initialization",
	143: "Commit after termination",
	201: "General argument error",
	301: "General get failure",
	351: "General set failure",
	391: "General commit failure",
	401: "Undefined data model element",
	402: "Unimplemented data model element",
	403: "Data model element value not initialized",
	404: "Data model element is read only",
	405: "Data model element is write only",
	406: "Data model element type mismatch",
	407: "Data model element value out of range",
	408: "Data model dependency not established",
};

/** @type {ScormStandard} */
const SCORM2004 = {
	functions: {
		Initialize: "begin", Terminate: "end", GetValue: "get", SetValue: "set", Commit: "commit",
		GetLastError: "error", GetErrorString: "about", GetDiagnostic: "about",
	},
	errors: SCORM2004_ERRORS,
	elements: {
		status: ["cmi.completion_status", "cmi.success_status"], score: ["cmi.score"], answers: ["cmi.interactions"], state: ["cmi.suspend_data"],
		place: ["cmi.location"], exit: ["cmi.exit"], mode: ["cmi.mode"], credit: ["cmi.credit"], progress: ["cmi.progress_measure"], objectives: ["cmi.objectives"],
	},
};

const SCORM2004_CHILDREN = {
	cmi: "_version,comments_from_learner,comments_from_lms,completion_status,completion_threshold,credit,entry,exit,interactions,launch_data,learner_id,learner_name,learner_preference,location,max_time_allowed,mode,objectives,progress_measure,scaled_passing_score,score,session_time,success_status,suspend_data,time_limit_action,total_time",
	"cmi.score": "scaled,raw,min,max",
	"cmi.learner_preference": "audio_level,language,delivery_speed,audio_captioning",
	"cmi.comments_from_learner": "comment,location,timestamp",
	"cmi.comments_from_lms": "comment,location,timestamp",
	"cmi.objectives": "id,score,success_status,completion_status,progress_measure,description",
	"cmi.objectives.n.score": "scaled,raw,min,max",
	"cmi.interactions": "id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description",
};

const SCORM2004_ARRAYS = [
	"cmi.comments_from_learner",
	"cmi.comments_from_lms",
	"cmi.objectives",
	"cmi.interactions",
	"cmi.interactions.n.objectives",
	"cmi.interactions.n.correct_responses",
];

/** Access and type of each element; `n` and `m` stand for indexes. */
const SCORM2004_ELEMENTS = {
	"cmi._version": ["r", "text"],
	"cmi.comments_from_learner.n.comment": ["rw", "localized4000"],
	"cmi.comments_from_learner.n.location": ["rw", "text250"],
	"cmi.comments_from_learner.n.timestamp": ["rw", "time"],
	"cmi.comments_from_lms.n.comment": ["r", "text"],
	"cmi.comments_from_lms.n.location": ["r", "text"],
	"cmi.comments_from_lms.n.timestamp": ["r", "text"],
	"cmi.completion_status": ["rw", "completion"],
	"cmi.completion_threshold": ["r", "text"],
	"cmi.credit": ["r", "text"],
	"cmi.entry": ["r", "text"],
	"cmi.exit": ["w", "exit"],
	"cmi.launch_data": ["r", "text"],
	"cmi.learner_id": ["r", "text"],
	"cmi.learner_name": ["r", "text"],
	"cmi.learner_preference.audio_level": ["rw", "positive"],
	"cmi.learner_preference.language": ["rw", "language"],
	"cmi.learner_preference.delivery_speed": ["rw", "positive"],
	"cmi.learner_preference.audio_captioning": ["rw", "captioning"],
	"cmi.location": ["rw", "location"],
	"cmi.max_time_allowed": ["r", "text"],
	"cmi.mode": ["r", "text"],
	"cmi.progress_measure": ["rw", "share"],
	"cmi.scaled_passing_score": ["r", "text"],
	"cmi.score.scaled": ["rw", "scaled"],
	"cmi.score.raw": ["rw", "score"],
	"cmi.score.min": ["rw", "score"],
	"cmi.score.max": ["rw", "score"],
	"cmi.session_time": ["w", "duration"],
	"cmi.success_status": ["rw", "success"],
	"cmi.suspend_data": ["rw", "state"],
	"cmi.time_limit_action": ["r", "text"],
	"cmi.total_time": ["r", "text"],
	"cmi.objectives.n.id": ["rw", "identifier"],
	"cmi.objectives.n.score.scaled": ["rw", "scaled"],
	"cmi.objectives.n.score.raw": ["rw", "score"],
	"cmi.objectives.n.score.min": ["rw", "score"],
	"cmi.objectives.n.score.max": ["rw", "score"],
	"cmi.objectives.n.success_status": ["rw", "success"],
	"cmi.objectives.n.completion_status": ["rw", "completion"],
	"cmi.objectives.n.progress_measure": ["rw", "share"],
	"cmi.objectives.n.description": ["rw", "localized250"],
	"cmi.interactions.n.id": ["rw", "identifier"],
	"cmi.interactions.n.type": ["rw", "interactionType"],
	"cmi.interactions.n.objectives.m.id": ["rw", "identifier"],
	"cmi.interactions.n.timestamp": ["rw", "time"],
	"cmi.interactions.n.correct_responses.m.pattern": ["rw", "pattern"],
	"cmi.interactions.n.weighting": ["rw", "real"],
	"cmi.interactions.n.learner_response": ["rw", "response"],
	"cmi.interactions.n.result": ["rw", "result"],
	"cmi.interactions.n.latency": ["rw", "duration"],
	"cmi.interactions.n.description": ["rw", "localized250"],
	"adl.nav.request": ["rw", "request"],
	"adl.nav.request_valid.continue": ["r", "text"],
	"adl.nav.request_valid.previous": ["r", "text"],
};

/** What a read answers before anything was stored; all else is empty, with 403. */
const SCORM2004_DEFAULTS = {
	"cmi._version": "1.0",
	"cmi.completion_status": "unknown",
	"cmi.success_status": "unknown",
	"cmi.entry": "",
	"cmi.learner_preference.audio_level": "1",
	"cmi.learner_preference.language": "",
	"cmi.learner_preference.delivery_speed": "1",
	"cmi.learner_preference.audio_captioning": "0",
	"cmi.time_limit_action": "continue,no message",
	"cmi.total_time": "PT0H0M0S",
	"cmi.objectives.n.success_status": "unknown",
	"cmi.objectives.n.completion_status": "unknown",
	"adl.nav.request": "_none_",
	"adl.nav.request_valid.continue": "unknown",
	"adl.nav.request_valid.previous": "unknown",
};

/** @param {string[]} words @returns {(value: string) => boolean} */
const scorm2004Words = (...words) => (value) => words.includes(value);
/** real(10,7); Moodle takes five digits before the point. @param {string} value */
const scorm2004Real = (value) => /^-?\d{1,5}(\.\d{1,7})?$/.test(value);
/** A text with or without its language; scorm-again and Moodle refuse a brace at its beginning, and scorm-again line ends. @param {number} most @returns {(value: string) => boolean} */
const scorm2004Localized = (most) => (value) => value.length <= most && /^(\{lang=[A-Za-z]{2,3}(-[A-Za-z0-9-]{2,8})?\})?([^{\r\n\u2028\u2029][^\r\n\u2028\u2029]*)?$/.test(value);
/** Moodle's, the narrowest. @param {string} value */
const scorm2004Short = (value) => /^[A-Za-z0-9_.]{1,250}$/.test(value);

/**
 * The checks of values that depend on nothing but the value.
 * @type {Record<string, (value: string) => boolean>}
 */
const SCORM2004_TYPES = {
	text: () => true,
	text250: (value) => value.length <= 250,
	localized250: scorm2004Localized(250),
	localized4000: scorm2004Localized(4000),
	language: (value) => /^([A-Za-z]{2,3}(-[A-Za-z0-9-]{2,8})?)?$/.test(value),
	location: (value) => value.length <= 1000 && !/['"\\<&\x00-\x1f\x7f\u2028\u2029]/.test(value),
	state: (value) => value.length <= 64000 && /^[\x20-\x7e]*$/.test(value) && !/['"\\<&]/.test(value),
	identifier: (value) => /^[A-Za-z0-9_.-]{1,250}$/.test(value),
	completion: scorm2004Words("completed", "incomplete", "not attempted", "unknown"),
	success: scorm2004Words("passed", "failed", "unknown"),
	exit: scorm2004Words("time-out", "suspend", "logout", "normal", ""),
	captioning: scorm2004Words("-1", "0", "1"),
	interactionType: scorm2004Words("true-false", "choice", "fill-in", "long-fill-in", "likert", "matching", "performance", "sequencing", "numeric", "other"),
	request: (value) => scorm2004Words("continue", "previous", "exit", "exitAll", "suspendAll", "_none_")(value) || /^\{target=[\w.-]+\}choice$/.test(value),
	result: (value) => scorm2004Words("correct", "incorrect", "unanticipated", "neutral")(value) || scorm2004Real(value),
	real: scorm2004Real,
	positive: (value) => scorm2004Real(value),
	scaled: scorm2004Real,
	share: scorm2004Real,
	// Rule 12 of the quirks sheet: percents, never empty, never negative.
	score: (value) => /^\d{1,3}(\.\d{1,7})?$/.test(value) && Number(value) <= 100,
	// Weeks are refused by Moodle, more than two decimals by all.
	duration: (value) => /^P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/.test(value),
	// A zone only after a fraction; local time without either passes everywhere.
	time: (value) => /^(19[7-9]\d|20[0-2]\d|203[0-8])-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2}(Z|[+-][01]\d:[0-5]\d)?)?$/.test(value),
};

/** Ranges, whose error is another one than that of the type. @type {Record<string, [number, number]>} */
const SCORM2004_RANGES = { scaled: [-1, 1], share: [0, 1], positive: [0, Infinity] };

/** @param {string} value */
const scorm2004Item = (value) => value !== "" && value.trim() === value && scorm2004Localized(250)(value);
/** @param {string} value @param {(item: string) => boolean} check @param {number} most */
const scorm2004List = (value, check, most) => value.split("[,]").length <= most && value.split("[,]").every(check);
/** @param {string} value */
const scorm2004Pair = (value) => value.split("[.]").length === 2 && value.split("[.]").every(scorm2004Short);
/** @param {string} value */
const scorm2004Differ = (value) => new Set(value.split("[,]")).size === value.split("[,]").length;

/** Formats of a response, by type of interaction (RTE 4.2.9.1). @type {Record<string, (value: string) => boolean>} */
const SCORM2004_RESPONSES = {
	"true-false": (value) => value === "true" || value === "false",
	choice: (value) => scorm2004List(value, scorm2004Short, 36) && scorm2004Differ(value),
	// An item may begin with a blank, which keeps a brace from its beginning.
	"fill-in": (value) => scorm2004List(value, (item) => item !== "" && scorm2004Localized(250)(item), 10),
	"long-fill-in": (value) => value !== "" && scorm2004Localized(4000)(value),
	likert: scorm2004Short,
	matching: (value) => scorm2004List(value, scorm2004Pair, 36),
	performance: (value) => scorm2004List(value, (pair) => /^[\w.]*\[\.\][^[{]*$/.test(pair) && pair !== "[.]", 125),
	sequencing: (value) => scorm2004List(value, scorm2004Short, 36),
	numeric: scorm2004Real,
	other: (value) => value.length <= 4000,
};

/** Formats of a pattern, where they are others (RTE 4.2.9.2). @type {Record<string, (value: string) => boolean>} */
const SCORM2004_PATTERNS = {
	...SCORM2004_RESPONSES,
	// scorm-again takes no two items alike, and no blanks at their ends.
	"fill-in": (value) => scorm2004List(value, scorm2004Item, 10) && scorm2004Differ(value),
	// scorm-again refuses a comma in it, ADL a delimiter more: without a key there is none to tell.
	"long-fill-in": () => false,
	// A bare number passes in Moodle, an open range does not.
	numeric: (value) => value.split("[:]").length === 2 && value.split("[:]").every(scorm2004Real),
};

/** How many patterns an LMS must take (RTE 4.2.9.2). */
const SCORM2004_PATTERN_COUNTS = { "true-false": 1, choice: 10, "fill-in": 5, "long-fill-in": 5, likert: 1, matching: 5, performance: 5, sequencing: 5, numeric: 1, other: 1 };

/**
 * Is it a legal value? `interaction` is the type of the interaction that a response or a pattern belongs to.
 * @param {string} type @param {string} value @param {string} [interaction]
 */
function checkScorm2004Value(type, value, interaction = "") {
	if (type === "response") return SCORM2004_RESPONSES[interaction]?.(value) ?? false;
	if (type === "pattern") return SCORM2004_PATTERNS[interaction]?.(value) ?? false;
	return SCORM2004_TYPES[type](value);
}

/**
 * What a name of the data model stands for, null if the model has no such name.
 * @param {string} name @returns {Scorm2004Element | Scorm2004Keyword | null}
 */
function findScorm2004(name) {
	/** @type {number[]} */
	const indexes = [];
	const parts = name.split(".");
	if (parts.includes("n") || parts.includes("m")) return null;
	const key = parts.map((part) => {
		if (!/^(0|[1-9]\d{0,4})$/.test(part)) return part;
		indexes.push(Number(part));
		return indexes.length === 1 ? "n" : "m";
	}).join(".");
	const rule = SCORM2004_ELEMENTS[/** @type {keyof typeof SCORM2004_ELEMENTS} */ (key)];
	if (rule) return { key, indexes, access: /** @type {Scorm2004Access} */ (rule[0]), type: rule[1] };
	const [, prefix, keyword] = /^(.+)\.(_children|_count)$/.exec(key) ?? [];
	const known = prefix && (prefix in SCORM2004_ELEMENTS || prefix in SCORM2004_CHILDREN || SCORM2004_ARRAYS.includes(prefix));
	if (!known) return null;
	return { key: prefix, indexes, prefix: name.slice(0, -keyword.length - 1), keyword: /** @type {"_children" | "_count"} */ (keyword) };
}
