// What an LMS has stored, read into words that no standard owns, and back: one reader per standard.

/** @typedef {import("./lms/standards.mjs").Standard} Standard */

/** @param {Record<string, string>} elements @param {any} data the course's data @param {Standard} standard */
export function readRecord(elements, data, standard = "scorm12") {
	return { scorm12: readScorm12, scorm2004: readScorm2004 }[standard](elements, data);
}

/**
 * What an LMS holds that was told these things by whatever it was.
 *
 * @param {{ completion?: string, success?: string, score?: number, state?: string, exit?: string, objectives?: string[] }} told
 * @param {Standard} standard
 * @returns {Record<string, string>}
 */
export function writeRecord({ completion, success, score, state, exit, objectives = [] }, standard) {
	const [status, place] = [success ?? completion, standard === "scorm12" ? "cmi.core." : "cmi."];
	const all = {
		...(standard === "scorm12" ? { "cmi.core.lesson_status": status } : { "cmi.completion_status": completion, "cmi.success_status": success, "cmi.score.scaled": score && String(score / 100) }),
		[place + "score.raw"]: score?.toString(),
		"cmi.suspend_data": state,
		[place + "exit"]: exit,
		...Object.fromEntries(objectives.map((id, at) => [`cmi.objectives.${at}.id`, id])),
	};
	return /** @type {Record<string, string>} */ (Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
}

/**
 * What both editions tell alike.
 *
 * @param {any[]} interactions @param {any} data @param {string | undefined} place @param {string | undefined} score
 */
function common(interactions, data, place, score) {
	/** By question id; the latest of a question wins. @param {(interaction: any) => any} member */
	const of = (member) => Object.fromEntries(interactions.map((interaction) => [interaction.question, member(interaction)]));
	return {
		score: score ? Number(score) : null,
		place: data.pages.findIndex((page) => page.n === Number(place || 0)),
		answers: of(({ response, right }) => ({ response, right })),
		patterns: of(({ patterns }) => patterns),
		weights: of(({ weight }) => weight),
		types: of(({ type }) => type),
		objectives: of(({ objective }) => objective),
		count: interactions.length,
	};
}

/** @param {Record<string, string>} elements @param {any} data */
function readScorm12(elements, data) {
	const status = elements["cmi.core.lesson_status"] ?? "";
	return {
		...common(scorm12Interactions(elements), data, elements["cmi.core.lesson_location"], elements["cmi.core.score.raw"]),
		status: status === "not attempted" ? "" : status,
		exit: elements["cmi.core.exit"] ?? "",
		hasTime: /[1-9]/.test(elements["cmi.core.total_time"] ?? ""),
		state: elements["cmi.suspend_data"] ?? "",
	};
}

/** @param {Record<string, string>} elements @param {any} data */
function readScorm2004(elements, data) {
	/** @param {string} name */
	const word = (name) => (elements[name] ?? "").replace(/^(unknown|not attempted)$/, "");
	const [completion, success] = [word("cmi.completion_status"), word("cmi.success_status")];
	const results = [];
	for (let n = 0; elements[`cmi.objectives.${n}.id`]; n++) {
		const get = (/** @type {string} */ name) => elements[`cmi.objectives.${n}.${name}`];
		const score = get("score.raw") ? [Number(get("score.raw")), Number(get("score.scaled")), Number(get("score.min")), Number(get("score.max"))] : [];
		results.push([get("id"), { ...(score.length ? { score } : {}), completion: word(`cmi.objectives.${n}.completion_status`), success: word(`cmi.objectives.${n}.success_status`), title: get("description") ?? "" }]);
	}
	return {
		...common(scorm2004Interactions(elements), data, elements["cmi.location"], elements["cmi.score.raw"]),
		// In one word, as those who look at a list of learners see it.
		status: completion === "completed" ? success || completion : completion,
		completion,
		success,
		scaled: elements["cmi.score.scaled"] ? Number(elements["cmi.score.scaled"]) : null,
		progress: elements["cmi.progress_measure"] ? Number(elements["cmi.progress_measure"]) : null,
		results: Object.fromEntries(results),
		exit: elements["cmi.exit"] ?? "",
		hasTime: /[1-9]/.test(elements["cmi.total_time"] ?? ""),
		state: elements["cmi.suspend_data"] ?? "",
	};
}

/** As scorm12Interactions. @param {Record<string, string>} elements */
function scorm2004Interactions(elements) {
	const interactions = [];
	for (let index = 0; elements[`cmi.interactions.${index}.id`]; index++) {
		const get = (/** @type {string} */ name) => elements[`cmi.interactions.${index}.${name}`];
		const type = get("type");
		const patterns = [];
		for (let at = 0; get(`correct_responses.${at}.pattern`) !== undefined; at++) patterns.push(scorm2004Key(type, get(`correct_responses.${at}.pattern`)));
		interactions.push({
			question: get("id").replace(/^q\d+-/, ""),
			// SCORM 1.2 has one word for both, and stories have its.
			type: type.replace("long-", ""),
			response: scorm2004Value(type, get("learner_response") ?? ""),
			patterns,
			right: { correct: true, incorrect: false }[get("result")] ?? null,
			weight: Number(get("weighting")),
			objective: get("objectives.0.id") ?? null,
		});
	}
	return interactions;
}

/** A right answer as SCORM 2004 and xAPI write it: a range of numbers has two ends, which are one where a single number is right. @param {string} type @param {string} text */
export function scorm2004Key(type, text) {
	const [low, high] = text.split("[:]");
	if (type !== "numeric" || high === undefined) return scorm2004Value(type, text);
	return low === high ? Number(low) : { low: Number(low), high: Number(high) };
}

/** An answer as SCORM 2004 and xAPI write it. @param {string} type @param {string} text */
export function scorm2004Value(type, text) {
	const list = text.split("[,]").filter(Boolean);
	switch (type) {
		case "true-false": return text === "true";
		case "numeric": return Number(text);
		case "likert": return Number(text);
		case "matching": return list.map((pair) => pair.split("[.]").map(Number));
		case "choice": case "sequencing": return list.map(Number);
		default: return list.join("; ");
	}
}

/**
 * What was told of each answer. Choices and items are numbers, a true or false statement is true or false, pairs are
 * lists of two numbers; nothing is right or wrong of what is not scored.
 *
 * @param {Record<string, string>} elements
 */
function scorm12Interactions(elements) {
	const interactions = [];
	for (let index = 0; elements[`cmi.interactions.${index}.id`]; index++) {
		const get = (name) => elements[`cmi.interactions.${index}.${name}`];
		const type = get("type");
		const patterns = [];
		for (let at = 0; get(`correct_responses.${at}.pattern`) !== undefined; at++) patterns.push(scorm12Value(type, get(`correct_responses.${at}.pattern`)));
		interactions.push({
			question: get("id").replace(/^q\d+-/, ""),
			type,
			response: scorm12Value(type, get("student_response")),
			patterns,
			right: { correct: true, wrong: false }[get("result")] ?? null,
			weight: Number(get("weighting")),
			objective: get("objectives.0.id") ?? null,
		});
	}
	return interactions;
}

/** @param {string} type @param {string} text */
function scorm12Value(type, text) {
	const letter = (one) => parseInt(one, 36);
	const list = text.split(",").filter(Boolean);
	switch (type) {
		case "true-false": return text === "t";
		case "numeric": return Number(text);
		case "likert": return letter(text);
		case "matching": return list.map((pair) => pair.split(".").map(letter));
		case "choice": case "sequencing": return list.map(letter);
		default: return text;
	}
}
