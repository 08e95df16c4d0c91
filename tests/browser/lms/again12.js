// scorm-again's SCORM 1.2 API as the engine of the LMS (see again.js). A classic
// script; load scorm-again's SCORM 1.2 build, strict12.js and again.js first.

/** @param {StrictOptions & ScormApiOptions} [options] */
function createAgainScorm12(options = {}) {
	// The shadow learns what was stored, but scorm-again alone stores.
	const shadow = createStrictEngine({ ...options, save: () => true });
	const engine = createAgainEngine(SCORM12, options, shadow, againApi(shadow), { time: "cmi.core.total_time", kept: isScorm12Kept });
	return createScormApi(SCORM12, engine, createScormRules(SCORM12_RULES, shadow), options);
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

/** What the SCO may write and the LMS keeps. @param {string} element */
function isScorm12Kept(element) {
	const found = findScorm12(element);
	return found !== null && "access" in found && found.access !== "r" && element !== "cmi.core.session_time";
}
