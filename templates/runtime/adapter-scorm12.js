/** The LMS by SCORM 1.2 (Run-Time Environment, October 2001). @param {Course} course @returns {Promise<Adapter | undefined>} */
async function connect(course) {
	const api = await findApi("API");
	return api && scorm12Adapter(api, course);
}

/** @param {any} api @param {Course} course @returns {Adapter} */
function scorm12Adapter(api, course) {
	const { call, accepts, get, set } = createCalls(api, "LMS");
	let word = "";

	return {
		open(again) {
			const started = accepts("Initialize", "");
			word = get("core.lesson_status").toLowerCase();
			// Moodle refuses a second Initialize in one visit and works all the same.
			if (!started && (again || !word || call("GetLastError") !== "0")) return null;
			const mark = get("student_data.mastery_score");
			return {
				mode: get("core.lesson_mode").toLowerCase(),
				credit: !/^no-credit$/i.test(get("core.credit")),
				learner: get("core.student_id"),
				state: get("suspend_data"),
				status: {
					completion: /passed|failed|completed/.test(word) ? "completed" : word === "incomplete" ? word : "",
					success: /passed|failed/.test(word) ? word : "unknown",
				},
				passMark: /^\d+(\.\d+)?$/.test(mark) ? +mark : null,
			};
		},
		suspend: () => set("core.exit", "suspend"),
		state: text => set("suspend_data", text),
		place: page => set("core.lesson_location", page),
		time: seconds => set("core.session_time", timespan(seconds)),
		score(percent) {
			if (parseFloat(get("core.score.raw")) === percent) return true;
			// Minimum and maximum are optional for an LMS, and raw, which LMSs act upon, comes last.
			if (get("core.score.max") !== "100") {
				set("core.score.min", 0);
				set("core.score.max", 100);
			}
			return set("core.score.raw", percent);
		},
		status({ completion, success }) {
			const done = success === "passed" ? course.completion.success : success === "failed" ? success : "completed";
			const next = completion === "completed" ? done : "incomplete";
			const same = next === word || set("core.lesson_status", next);
			if (same) word = next;
			return same;
		},
		count: () => parseInt(get("interactions._count")),
		// An LMS that refuses the id has no such place; one that refuses what follows still has the answer.
		answer: (index, answered) =>
			scorm12Interaction(answered, course).every(([name, value], at) => set("interactions." + index + "." + name, value) || at > 0),
		commit: (leaving, then) => then(accepts("Commit", "")),
		close: () => accepts("Finish", ""),
	};
}

/** CMITimespan, HHHH:MM:SS (RTE 3.4.2). @param {number} seconds */
function timespan(seconds) {
	const whole = Math.min(Math.floor(seconds), 35999999);
	const minutes = new Date(whole * 1000).toISOString().slice(13, 19);
	return String(Math.floor(whole / 3600)).padStart(2, "0") + minutes;
}

/** The members of an interaction in the order in which they are set (RTE 3.4.4). @param {Answered} answered @param {Pick<Course, "objectives">} course */
function scorm12Interaction({ q, recorded, right, seconds, time }, { objectives = [] }) {
	const { type, response, pattern } = recorded;
	const objective = objectives[q.objective ?? -1];
	/** Only a text may be right in several ways. @type {any[]} */
	const patterns = pattern === undefined ? [] : type === "fill-in" ? pattern : [pattern];
	return [
		["id", "q" + q.n + "-" + q.slug],
		...(objective ? [["objectives.0.id", objective.slug]] : []),
		["type", type.replace("long-", "")],
		["time", time.toTimeString().slice(0, 8)],
		...patterns.map((one, at) => ["correct_responses." + at + ".pattern", scorm12Feedback(one)]),
		["weighting", Math.min(100, q.points / 100)],
		["student_response", scorm12Feedback(type === "likert" ? [response] : response)],
		["result", !q.points ? "neutral" : right ? "correct" : "wrong"],
		["latency", timespan(seconds)],
	];
}

/**
 * A response or a pattern as CMIFeedback (RTE 3.4.4): true or false, letters, pairs of letters, a number, or a text,
 * at whose end half a character would be none, and in which some LMSs refuse line ends.
 *
 * @param {any} value @returns {string}
 */
function scorm12Feedback(value, joint = ",") {
	if (value.trim) return value.replace(/\n+/g, " ").slice(0, 255).replace(/[\uD800-\uDBFF]$/, "");
	// A choice is one character, made from its number: nothing depends on where it stands.
	if (value.map) return value.map((/** @type {any} */ one) => one.map ? scorm12Feedback(one, ".") : (one % 36).toString(36)).join(joint);
	return value === true ? "t" : value === false ? "f" : String(value);
}
