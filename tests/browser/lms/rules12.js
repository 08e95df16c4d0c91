// What our rules must know of SCORM 1.2. A classic script; load rules.js first.

/** Higher is further: a learner never goes down. */
const SCORM12_RANKS = { "not attempted": 0, browsed: 1, incomplete: 1, failed: 2, completed: 3, passed: 4 };

/** @param {string | undefined} status */
function scorm12Rank(status) {
	return SCORM12_RANKS[/** @type {keyof typeof SCORM12_RANKS} */ (status)] ?? 0;
}

/** @type {ScormRulebook} */
const SCORM12_RULES = {
	exit: "cmi.core.exit",
	state: "cmi.suspend_data",
	stateLength: 4000,
	graded: /^cmi\.core\.(lesson_status|score\.)/,
	// The time is new at each save even when it reads the same, and comments are appended.
	again: /^cmi\.(core\.session_time|comments)$/,
	isFinal: ({ value }) => scorm12Rank(value("cmi.core.lesson_status")) > 1,
	lowers: (element, value, old) => element === "cmi.core.lesson_status" && scorm12Rank(old) > 1 && scorm12Rank(value) < scorm12Rank(old),
	// Moodle adds ".5" up as five hundredths.
	objects: (element, value) => (/(time|latency)$/.test(element) && /\.\d$/.test(value) ? "time with one decimal" : ""),
	statuses: ["cmi.core.lesson_status"],
};
