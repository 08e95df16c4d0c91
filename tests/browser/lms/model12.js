// The SCORM 1.2 data model at its strictest: which elements there are, who may
// read or write them, and which values they take. Where the LMSs we know
// differ, the narrowest of them decides, so that what passes here passes in
// all. A classic script: it only declares, so that a page and node:vm can load
// it as it is.

/** @typedef {"r" | "w" | "rw"} Scorm12Access */
/** @typedef {{ key: string, indexes: number[], access: Scorm12Access, type: string }} Scorm12Element */
/** @typedef {{ key: string, indexes: number[], prefix: string, keyword: "_children" | "_count" }} Scorm12Keyword */

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

/** @type {ScormStandard} */
const SCORM12 = {
	functions: {
		LMSInitialize: "begin", LMSFinish: "end", LMSGetValue: "get", LMSSetValue: "set", LMSCommit: "commit",
		LMSGetLastError: "error", LMSGetErrorString: "about", LMSGetDiagnostic: "about",
	},
	errors: SCORM12_ERRORS,
	elements: {
		status: ["cmi.core.lesson_status"], score: ["cmi.core.score"], answers: ["cmi.interactions"], state: ["cmi.suspend_data"],
		place: ["cmi.core.lesson_location"], exit: ["cmi.core.exit"], mode: ["cmi.core.lesson_mode"], credit: ["cmi.core.credit"],
	},
};

const SCORM12_CHILDREN = {
	"cmi.core":
		"student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time",
	"cmi.core.score": "raw,min,max",
	"cmi.objectives": "id,score,status",
	"cmi.objectives.n.score": "raw,min,max",
	"cmi.student_data": "mastery_score,max_time_allowed,time_limit_action",
	"cmi.student_preference": "audio,language,speed,text",
	"cmi.interactions": "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
};

const SCORM12_ARRAYS = [
	"cmi.objectives",
	"cmi.interactions",
	"cmi.interactions.n.objectives",
	"cmi.interactions.n.correct_responses",
];

/** Access and type of each element; `n` and `m` stand for indexes. */
const SCORM12_ELEMENTS = {
	"cmi._version": ["r", "text"],
	"cmi.core.student_id": ["r", "text"],
	"cmi.core.student_name": ["r", "text"],
	"cmi.core.lesson_location": ["rw", "location"],
	"cmi.core.credit": ["r", "text"],
	"cmi.core.lesson_status": ["rw", "status"],
	"cmi.core.entry": ["r", "text"],
	"cmi.core.score.raw": ["rw", "score"],
	"cmi.core.score.min": ["rw", "score"],
	"cmi.core.score.max": ["rw", "score"],
	"cmi.core.total_time": ["r", "text"],
	"cmi.core.lesson_mode": ["r", "text"],
	"cmi.core.exit": ["w", "exit"],
	"cmi.core.session_time": ["w", "timespan"],
	"cmi.suspend_data": ["rw", "state"],
	"cmi.launch_data": ["r", "text"],
	"cmi.comments": ["rw", "comments"],
	"cmi.comments_from_lms": ["r", "text"],
	"cmi.objectives.n.id": ["rw", "identifier"],
	"cmi.objectives.n.score.raw": ["rw", "score"],
	"cmi.objectives.n.score.min": ["rw", "score"],
	"cmi.objectives.n.score.max": ["rw", "score"],
	"cmi.objectives.n.status": ["rw", "objectiveStatus"],
	"cmi.student_data.mastery_score": ["r", "text"],
	"cmi.student_data.max_time_allowed": ["r", "text"],
	"cmi.student_data.time_limit_action": ["r", "text"],
	"cmi.student_preference.audio": ["rw", "audio"],
	"cmi.student_preference.language": ["rw", "line"],
	"cmi.student_preference.speed": ["rw", "speed"],
	"cmi.student_preference.text": ["rw", "textPreference"],
	"cmi.interactions.n.id": ["w", "identifier"],
	"cmi.interactions.n.objectives.m.id": ["w", "identifier"],
	"cmi.interactions.n.time": ["w", "time"],
	"cmi.interactions.n.type": ["w", "interactionType"],
	"cmi.interactions.n.correct_responses.m.pattern": ["w", "pattern"],
	"cmi.interactions.n.weighting": ["w", "score"],
	"cmi.interactions.n.student_response": ["w", "response"],
	"cmi.interactions.n.result": ["w", "result"],
	"cmi.interactions.n.latency": ["w", "timespan"],
};

/** What a read answers before anything was stored. */
const SCORM12_DEFAULTS = {
	"cmi._version": "3.4",
	"cmi.core.lesson_status": "not attempted",
	"cmi.core.total_time": "0000:00:00.00",
	"cmi.objectives.n.status": "not attempted",
};

const SCORM12_STATUSES = ["passed", "completed", "failed", "incomplete", "browsed"];

/** @param {number} least @param {number} most @returns {(value: string) => boolean} */
const scorm12Integer = (least, most) => (value) => /^-?\d{1,3}$/.test(value) && +value >= least && +value <= most;

/**
 * The checks of values that depend on nothing but the value.
 * @type {Record<string, (value: string) => boolean>}
 */
const SCORM12_TYPES = {
	text: () => true,
	// One line: scorm-again refuses line breaks in responses.
	line: (value) => value.length <= 255 && !/[\r\n\u2028\u2029]/.test(value),
	// Chamilo prints stored values into single-quoted JavaScript strings.
	location: (value) => value.length <= 255 && !/['"\\<&\x00-\x1f\x7f\u2028\u2029]/.test(value),
	// Rule 15 of the quirks sheet: printable ASCII that needs no escape anywhere.
	state: (value) => value.length <= 4096 && /^[\x20-\x7e]*$/.test(value) && !/['"\\<&]/.test(value),
	comments: (value) => value.length <= 4096,
	identifier: (value) => /^[A-Za-z0-9_-]{1,64}$/.test(value),
	status: (value) => SCORM12_STATUSES.includes(value),
	objectiveStatus: (value) => value === "not attempted" || SCORM12_STATUSES.includes(value),
	exit: (value) => ["time-out", "suspend", "logout", ""].includes(value),
	// ILIAS takes neither a sign nor a leading dot, Open edX no empty string.
	score: (value) => /^\d{1,3}(\.\d+)?$/.test(value) && Number(value) <= 100,
	timespan: (value) => /^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/.test(value),
	time: (value) => /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/.test(value),
	audio: scorm12Integer(-1, 100),
	speed: scorm12Integer(-100, 100),
	textPreference: scorm12Integer(-1, 1),
	interactionType: (value) =>
		["true-false", "choice", "fill-in", "matching", "performance", "sequencing", "likert", "numeric"].includes(value),
	result: (value) => /^(correct|wrong|unanticipated|neutral|-?\d{1,3}(\.\d+)?)$/.test(value),
};

/** Formats of a response, by type of interaction (RTE 1.2, CMIFeedback). */
const SCORM12_RESPONSES = {
	"true-false": /^[01tf]$/,
	choice: /^([a-z0-9](,[a-z0-9])*|\{[a-z0-9](,[a-z0-9])*\})$/,
	"fill-in": /^[^\r\n\u2028\u2029]*$/,
	matching: /^([a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*|\{[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*\})$/,
	performance: /^[^\r\n\u2028\u2029]*$/,
	sequencing: /^[a-z0-9](,[a-z0-9])*$/,
	likert: /^[a-z0-9]$/,
	numeric: /^-?\d+(\.\d+)?$/,
};

/**
 * Is it a legal value? `interaction` is the type of the interaction that a
 * response or a pattern belongs to: without one nobody could tell its format.
 * @param {string} type @param {string} value @param {string} [interaction]
 */
function checkScorm12Value(type, value, interaction) {
	if (type !== "response" && type !== "pattern") return SCORM12_TYPES[type](value);
	if (type === "pattern" && interaction === "likert") return value === "";
	const format = SCORM12_RESPONSES[/** @type {keyof typeof SCORM12_RESPONSES} */ (interaction)];
	return format !== undefined && value.length <= 255 && format.test(value);
}

/** @param {string} name @returns {{ key: string, indexes: number[] } | null} */
function parseScorm12Name(name) {
	/** @type {number[]} */
	const indexes = [];
	const parts = name.split(".");
	if (parts.includes("n") || parts.includes("m")) return null;
	const key = parts.map((part) => {
		if (!/^(0|[1-9]\d{0,4})$/.test(part)) return part;
		indexes.push(Number(part));
		return indexes.length === 1 ? "n" : "m";
	});
	return { key: key.join("."), indexes };
}

/** @param {string} key */
function isScorm12Place(key) {
	return key in SCORM12_ELEMENTS || key in SCORM12_CHILDREN || SCORM12_ARRAYS.includes(key);
}

/**
 * What a name of the data model stands for, null if the model has no such name.
 * @param {string} name @returns {Scorm12Element | Scorm12Keyword | null}
 */
function findScorm12(name) {
	const parsed = parseScorm12Name(name);
	if (!parsed) return null;
	const { key, indexes } = parsed;
	const rule = SCORM12_ELEMENTS[/** @type {keyof typeof SCORM12_ELEMENTS} */ (key)];
	if (rule) return { key, indexes, access: /** @type {Scorm12Access} */ (rule[0]), type: rule[1] };
	const [, prefix, keyword] = /^(.+)\.(_children|_count)$/.exec(key) ?? [];
	if (!prefix || !isScorm12Place(prefix)) return null;
	return { key: prefix, indexes, prefix: name.slice(0, -keyword.length - 1), keyword: /** @type {"_children" | "_count"} */ (keyword) };
}
