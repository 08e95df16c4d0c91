/** The LMS by SCORM 2004, 3rd or 4th edition (Run-Time Environment). @param {Course} course @returns {Promise<Adapter | undefined>} */
async function connect(course) {
	const api = await findApi("API_1484_11");
	if (!api) return;
	const { call, accepts, get, set: write } = createCalls(api, "");
	const { objectives = [] } = course;
	let { passMark } = course.completion;
	let credit = true;
	let asked = false;
	/** What was told of each objective. @type {string[]} */
	const said = [];
	/** The success that the LMS was told: what a read gives may be its own sum, which it stores nowhere. */
	let was = "";
	/** The ids of the objectives that the LMS holds, once it was asked. @type {string[]} */
	let ids;

	/** What is refused is told to whoever looks after the LMS, with its own reason (RTE 3.1.6). @param {string} element @param {string | number} value */
	const set = (element, value) => {
		const done = write(element, value);
		if (!done) {
			const code = call("GetLastError");
			console.warn("cartable:", element, code, call("GetErrorString", code), call("GetDiagnostic", code));
		}
		return done;
	};

	/** Writes what the LMS does not hold yet. @param {string} element @param {string | number} value */
	const put = (element, value) => get(element) === String(value) || set(element, value);

	/** Of the course or an objective, as real(10,7) allows (RTE 4.1.1.7): LMSs do not compute scaled from raw, and act upon raw, which comes last. @param {number} percent */
	const putScore = (percent, prefix = "") =>
		[["min", 0], ["max", 100], ["scaled", +(percent / 100).toFixed(4)], ["raw", percent]]
			.every(([name, value]) => put(prefix + "score." + name, value));

	return {
		// LMSs have to take 250 records (RTE 4.2.9): from then on an answer takes the place of the one before.
		get journal() {
			return !(+get("interactions._count") > 249);
		},
		open(again) {
			const started = accepts("Initialize", "");
			/** @type {any[]} */
			const [completion, success, mark] = ["completion_status", "success_status", "scaled_passing_score"].map(get);
			// What it tells counts before any code, which may be that of an earlier call: a session that has begun tells a status.
			if (!started && (again || !completion)) return null;
			was = success;
			credit = get("credit") !== "no-credit";
			const own = parseFloat(mark) <= 1 ? +(100 * mark).toFixed(2) : null;
			passMark = own ?? passMark;
			return {
				mode: get("mode"),
				credit,
				learner: get("learner_id"),
				state: get("suspend_data"),
				status: {
					completion: /complete/.test(completion) ? completion : "",
					success: success || "unknown",
				},
				passMark: own,
			};
		},
		suspend: () => set("exit", "suspend"),
		state: text => set("suspend_data", text),
		place: page => set("location", page),
		time: seconds => set("session_time", duration(seconds)),
		score: putScore,
		// Two words. The tracker never lowers the first, and asks nothing more before the first save; a failure may come after a success.
		status: ({ completion, success }) =>
			success === "unknown"
				? set("completion_status", completion)
				: put("completion_status", completion) && (was === "passed" || (set("success_status", success) && !!(was = success))),
		progress({ done, missing, failed }, { quiz, asked, points }) {
			if (!credit) return;
			put("progress_measure", done ? 1 : Math.min(99, Math.floor(100 - 100 * missing.length / (course.required.length || 1))) / 100);
			// What has come of each objective, once every quiz that tests it and has to be taken is done; the best result stays.
			objectives.forEach(({ slug, title }, at) => {
				const score = [0, 0];
				for (const q of course.questions) {
					const { page } = q;
					if (q.objective !== at || !q.points || !page.quiz || !page.record) continue;
					const done = quiz(page).finished;
					// While another attempt goes on, the answers of the last one have gone.
					if (!done && page.required) return;
					if (done && asked(page).includes(q)) {
						score[0] += points(q);
						score[1] += q.points;
					}
				}
				if (!score[1]) return;
				const percent = percentOf(score);
				const news = percent + (failed ? "!" : "");
				if (said[at] === news) return;
				// An LMS may have made some by itself, in its own order.
				ids ??= Array.from({ length: +get("objectives._count") }, (_, index) => get("objectives." + index + ".id"));
				let index = ids.indexOf(slug);
				if (index < 0 && set("objectives." + ids.length + ".id", slug)) index = ids.push(slug) - 1;
				const prefix = "objectives." + index + ".";
				if (index < 0) return;
				said[at] = news;
				const best = Math.max(percent, +get(prefix + "score.raw"));
				put(prefix + "description", line(title, 250, course.language));
				putScore(best, prefix);
				put(prefix + "success_status", best >= passMark ? "passed" : failed ? "failed" : "unknown");
				put(prefix + "completion_status", "completed");
			});
		},
		count: () => parseInt(get("interactions._count")),
		// An LMS that refuses the id has no such place; one that refuses what follows still has the answer.
		answer(index, one) {
			// The number of a question depends on the attempt.
			const [title, number] = ["legend", ".number"].map(part => byId("q" + one.q.n).querySelector(part)?.textContent);
			return scorm2004Interaction(one, course, title.slice(number?.length).trim())
				.every(([name, value], at) => set("interactions." + index + "." + name, value) || at > 0);
		},
		commit(leaving, then) {
			then(accepts("Commit", ""));
			if (asked) return;
			// Once the session has begun: what is asked before the first commit keeps the learner waiting.
			asked = true;
			const captions = get("learner_preference.audio_captioning");
			if (!/1/.test(captions)) return;
			for (const { track } of document.querySelectorAll("track")) track.mode = captions === "1" ? "showing" : "disabled";
		},
		close(leaving) {
			// A page that goes was taken away by the LMS, or with its window: a request would cross what was chosen there.
			leaving || accepts("SetValue", "adl.nav.request", "suspendAll");
			return accepts("Terminate", "");
		},
	};
}

/** timeinterval(second,10,2) (RTE 4.1.1.7). @param {number} seconds */
function duration(seconds) {
	return "PT" + +seconds.toFixed(2) + "S";
}

/** Text in one line, without separators of lists and what would be read as a prefix (RTE 4.1.1.6). @param {string} text @param {number} most @param {string} [language] to be told */
function line(text, most, language) {
	// Half a character at the end would be none.
	return ((language ? "{lang=" + language + "}" : "") + text.replace(/\n+/g, " ").replace(/\[,]/g, "[ , ]").replace(/^\{/, " {")).slice(0, most).replace(/[\uD800-\uDBFF]$/, "");
}

/**
 * The members of an interaction in the order in which they are set (RTE 4.2.9): the id before all others, the type
 * before what has its format.
 *
 * @param {Answered} answered @param {Pick<Course, "objectives" | "language">} course @param {string} title Of the question, as text.
 */
function scorm2004Interaction({ q, recorded, right, seconds, time }, { objectives = [], language }, title) {
	const { response, pattern } = recorded;
	const objective = objectives[q.objective ?? -1];
	// What is right is a range.
	const { low = pattern, high = low } = q.parts[0] || {};
	const range = recorded.type !== "numeric" || low === undefined ? [] : [low, high].map(end => +end.toFixed(7));
	// LMSs refuse six digits, and more than seven decimals are none.
	const fits = /^(-?\d{1,5}(\.\d{1,7})?(,|$))+$/.test(String([response, ...range]));
	const type = recorded.type === "numeric" && !fits ? "fill-in" : recorded.type;
	/** Only a text may be right in several ways. @type {any[]} */
	const patterns = fits && range[0] !== undefined ? [range.join("[:]")] : pattern === undefined ? [] : recorded.type === "fill-in" ? pattern : [pattern];
	const value = scorm2004Value(type, response, q.parts);
	return [
		["id", "q" + q.n + "-" + q.slug],
		["type", type],
		...(objective ? [["objectives.0.id", objective.slug]] : []),
		["timestamp", new Date(+time - time.getTimezoneOffset() * 6e4).toISOString().slice(0, 19)],
		// No more than LMSs have to take, and none that begins with a blank.
		...patterns.map(one => scorm2004Value(type, one, q.parts)).filter(one => one[0] !== " ").slice(0, 5)
			.map((one, at) => ["correct_responses." + at + ".pattern", one]),
		["weighting", q.points / 100],
		// LMSs refuse an empty answer.
		...(value ? [["learner_response", value]] : []),
		["result", !q.points ? "neutral" : right ? "correct" : "incorrect"],
		["latency", duration(seconds)],
		["description", line(title, 250, language)],
	];
}

/**
 * A response or a pattern in the format of its type (RTE 4.2.9.1 and 4.2.9.2). Choices are told by their numbers: nothing
 * depends on where they stand.
 *
 * @param {string} type @param {any} value @param {PartData[]} parts @returns {string}
 */
function scorm2004Value(type, value, { length }) {
	if (value.map) return value.map((/** @type {any} */ one) => one.map ? one.join("[.]") : one).join("[,]");
	value += "";
	if (type !== "fill-in") return line(value, 4000);
	const items = value.split("; ");
	// Each blank is an item where LMSs take them as items: ten at most, none empty, none like another.
	const apart = items.length === length && length < 11 && new Set(items.filter((/** @type {string} */ item) => item)).size === length;
	return (apart ? items : [value]).map((/** @type {string} */ item) => line(item, 250)).join("[,]");
}
