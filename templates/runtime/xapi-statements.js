/** What statements say: the answers, outcomes and attempts of a course in the words of xAPI 1.0.3. */

/** @param {string} name */
function adlVerb(name) {
	return { id: "http://adlnet.gov/expapi/verbs/" + name, display: { en: name } };
}

/** @param {number} percent */
function xapiScore(percent) {
	return { scaled: Math.round(percent * 100) / 10000, raw: percent, min: 0, max: 100 };
}

/**
 * An answer as a fact: the response and the right ones in the formats of xAPI, Data appendix C. Choices, items and
 * pairs go by their numbers in the lock: nothing depends on where they stand.
 *
 * @param {Pick<Answered, "q" | "recorded" | "right" | "seconds">} answered @returns {News}
 */
function xapiAnswered({ q, recorded, right, seconds }) {
	const { type, response, pattern } = recorded;
	/** @param {any} value @returns {string} */
	const written = value => value.map ? value.map((/** @type {any} */ one) => one.map ? one.join("[.]") : one).join("[,]") : String(value);
	const { low, high, fold } = q.parts[0] || {};
	/** Only a text may be right in several ways. @type {any[]} */
	const patterns = pattern === undefined ? [] : type === "fill-in" ? pattern : [pattern];
	const strict = type === "fill-in" && q.parts.length < 2 && !/c/.test(fold || "") ? "{case_matters=true}" : "";
	return {
		verb: "answered",
		q: q.n,
		slug: q.slug,
		type,
		right: type === "numeric" && low !== high ? [low + "[:]" + high] : patterns.map(one => strict + written(one)),
		result: {
			response: written(response) || undefined,
			success: q.points ? right : undefined,
			duration: durationOf(seconds),
		},
	};
}

/**
 * What a statement says of the question that was answered (xAPI, Data 4.4.1).
 *
 * @param {Pick<Fact, "type" | "right" | "result">} fact @param {QuestionData} q @param {string} language
 * @param {(n?: number, answer?: boolean) => string} textOf The text of the question, or of a part of it, or of the answer to a prompt.
 */
function xapiQuestion({ type, right = [], result }, q, language, textOf) {
	/** The numbers in the answer and in the right ones: an update may have taken away since what they stand for. @type {string[]} */
	const named = [...right, result?.response].join().match(/\d+/g) || [];
	/** A list of components, for these types. @param {RegExp} types @param {(part: PartData) => number | undefined} number @param {(at: number) => boolean} names Whether the number at a place belongs to it. @param {boolean} [answer] */
	const list = (types, number, names, answer) => {
		const numbers = new Set([...q.parts.map(number).filter(Boolean), ...named.filter((_, at) => names(at)).map(Number)]);
		return types.test(type || "") ? [...numbers].map(n => ({ id: String(n), description: { [language]: textOf(n, answer) } })) : undefined;
	};
	return {
		name: { [language]: textOf() },
		type: "http://adlnet.gov/expapi/activities/cmi.interaction",
		interactionType: type,
		correctResponsesPattern: right.length ? right : undefined,
		choices: list(/choice|sequencing/, ({ n }) => n, () => true),
		scale: list(/likert/, ({ n }) => n, () => true),
		source: list(/matching/, ({ n, to }) => to && n, at => at % 2 < 1),
		target: list(/matching/, ({ n, to = n }) => to, at => at % 2 > 0, true),
	};
}

/** The text of a question or of a part of it, as it stands in the document. @param {QuestionData} q @param {number} [n] @param {boolean} [answer] @returns {string} */
function textOfPart(q, n, answer) {
	const id = "q" + q.n + (n ? "-" + n : "");
	const place = byId(id);
	const inside = answer ? byId(id + "-text") || document.querySelector("#q" + q.n + " option[value='" + n + "']")
		: n ? place?.labels?.[0] || byId(id + "-text") : place?.querySelector("legend");
	// The numbers of questions and the letters of answers are not of the text.
	const extra = n ? answer && inside?.querySelector("b:first-child") : inside?.querySelector(".number");
	return inside?.textContent.replace(extra?.textContent ?? "", "").replace(/\s+/g, " ").trim() || id;
}

/** The object of a statement: the course, a quiz of it or a question. @param {Course} course @param {string} activity Its IRI, as launched. @param {Fact} fact */
function xapiObject({ language, question }, activity, { q: n = 0, slug, page, ...fact }) {
	const q = question(n);
	const title = page && byId("p" + page)?.querySelector("h1").textContent;
	/** Of what an update has taken away there is no more to say. @type {any} */
	const definition = q ? xapiQuestion(fact, q, language, (part, answer) => textOfPart(q, part, answer))
		: title ? { name: { [language]: title }, type: "http://adlnet.gov/expapi/activities/assessment" } : undefined;
	return { id: activity + (n ? "/q/" + n + "-" + slug : page ? "/quiz/" + page : ""), definition };
}

/** What an adapter does with a document and an outbox: all but the beginning. @param {Course} course @param {Outbox} outbox @param {Voice} voice */
function lrsRecorder(course, { doc, greet, write, tell, commit, close }, voice) {
	/** @type {number | null} */
	let score = null;
	/** Whether there is more of something than was told. @param {string} name @param {number} value */
	const isMore = (name, value) => {
		const { told } = doc();
		return value > (told[name] || 0) && !!(told[name] = value);
	};
	return {
		journal: true,
		suspend: greet,
		time: () => true,
		place: () => true,
		state: (/** @type {string} */ state) => write({ state }),
		score(/** @type {number} */ percent) {
			score = percent;
			return true;
		},
		status(/** @type {Status} */ status) {
			const { completion, success } = status;
			const { told } = doc();
			for (const verb of [success, completion]) {
				if (!/ed$/.test(verb) || (verb === "failed" && told.passed) || !isMore(verb, 1)) continue;
				if (score !== null) told.score = score;
				const result = voice.result(verb, {
					completion: completion === "completed" || undefined,
					success: success === "unknown" ? undefined : success === "passed",
					score: score === null ? undefined : xapiScore(score),
					duration: durationOf(voice.seconds()),
				});
				tell({ verb, result });
			}
			return write({ status });
		},
		count: () => doc().told.answers || 0,
		answer(/** @type {number} */ index, /** @type {Answered} */ answered) {
			// After a restore of the state, the facts are still there.
			if (isMore("answers", index + 1) || !answered.again) tell(xapiAnswered(answered));
			return true;
		},
		/** How far somebody is, and what their attempts came to. @param {ReturnType<Learner["outcome"]>} outcome @param {Learner} learner */
		progress({ status, missing }, learner) {
			const { told } = doc();
			/** @param {number} percent @param {number} [page] */
			const scored = (percent, page) => tell({ verb: "scored", page, result: { score: xapiScore(percent) } });
			for (const page of course.pages) {
				const { count, last } = learner.quiz(page);
				if (isMore("quiz" + page.n, count) && last[1]) scored(percentOf(last), page.n);
			}
			if (voice.scores && score !== null && score !== told.score) scored((told.score = score));
			const percent = Math.floor(100 - (100 * missing.length) / (course.required.length || 1));
			if (status.completion !== "completed" && isMore("progress", percent)) {
				tell({ verb: "progressed", result: { extensions: { "https://w3id.org/xapi/cmi5/result/extensions/progress": percent } } });
			}
		},
		commit,
		close,
	};
}
