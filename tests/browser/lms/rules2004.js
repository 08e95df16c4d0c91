// What our rules must know of SCORM 2004. A classic script; load rules.js first.

const SCORM2004_COMPLETION = ["unknown", "not attempted", "incomplete", "completed"];
const SCORM2004_SUCCESS = ["unknown", "failed", "passed"];

/** @type {ScormRulebook} */
const SCORM2004_RULES = {
	exit: "cmi.exit",
	state: "cmi.suspend_data",
	stateLength: 64000,
	// An LMS may make the one status of the progress, and the other of the objectives.
	graded: /^cmi\.(completion_status|success_status|progress_measure|score\.|objectives\.)/,
	again: /^cmi\.session_time$/,
	isFinal: ({ value }) => value("cmi.completion_status") === "completed",
	lowers(element, value, old = "unknown") {
		const order = /completion_status$/.test(element) ? SCORM2004_COMPLETION : /success_status$/.test(element) ? SCORM2004_SUCCESS : [];
		return order.indexOf(value) < order.indexOf(old) && old !== "not attempted";
	},
	objects(element, value) {
		// What an LMS throws away, or takes for the end of the attempt.
		if (element === "adl.nav.request" && value !== "suspendAll") return "a request other than suspendAll";
		return "";
	},
	statuses: ["cmi.completion_status", "cmi.success_status"],
};
