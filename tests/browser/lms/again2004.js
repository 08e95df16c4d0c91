// scorm-again's SCORM 2004 API as the engine of the LMS (see again.js). A
// classic script; load scorm-again's SCORM 2004 build, strict2004.js and
// again.js first.

/** @param {StrictOptions & ScormApiOptions} [options] */
function createAgainScorm2004(options = {}) {
	// The shadow learns what was stored, but scorm-again alone stores.
	const shadow = createStrict2004Engine({ ...options, save: () => true });
	const engine = createAgainEngine(SCORM2004, options, shadow, again2004Api(shadow), { time: "cmi.total_time", kept: isScorm2004Kept });
	return createScormApi(SCORM2004, engine, createScormRules(SCORM2004_RULES, shadow), options);
}

/** scorm-again, as an LMS would set it up for this learner. @param {ReturnType<typeof createStrict2004Engine>} shadow */
function again2004Api(shadow) {
	// @ts-ignore: a global of scorm-again's build
	const api = new Scorm2004API({ autocommit: false, logLevel: 5 });
	/** @type {Record<string, string>} */
	const start = {};
	for (const [element, value] of Object.entries(shadow.record())) if (!/^cmi\.exit$|^adl/.test(element)) start[element] = value;
	for (const element of ["learner_id", "learner_name", "mode", "credit", "entry", "scaled_passing_score", "launch_data"]) {
		const value = shadow.value(`cmi.${element}`);
		if (value !== undefined) start[`cmi.${element}`] = value;
	}
	api.loadFromFlattenedJSON(start);
	return api;
}

/** What the SCO may write and the LMS keeps. @param {string} element */
function isScorm2004Kept(element) {
	const found = findScorm2004(element);
	return found !== null && "access" in found && found.access !== "r" && element !== "cmi.session_time";
}
