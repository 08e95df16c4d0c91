// What an LMS has stored, read into words that no standard owns: one reader per standard.

/** @param {Record<string, string>} elements @param {any} data the course's data */
export function readRecord(elements, data) {
	return readScorm12(elements, data);
}

/** @param {Record<string, string>} elements @param {any} data */
function readScorm12(elements, data) {
	const status = elements["cmi.core.lesson_status"] ?? "";
	const interactions = scorm12Interactions(elements);
	/** By question id; the latest of a question wins. @param {any[]} interactions @param {(interaction: any) => any} member */
	const of = (interactions, member) => Object.fromEntries(interactions.map((interaction) => [interaction.question, member(interaction)]));
	const place = Number(elements["cmi.core.lesson_location"] || 0);
	return {
		status: status === "not attempted" ? "" : status,
		score: elements["cmi.core.score.raw"] ? Number(elements["cmi.core.score.raw"]) : null,
		place: data.pages.findIndex((page) => page.n === place),
		exit: elements["cmi.core.exit"] ?? "",
		hasTime: /[1-9]/.test(elements["cmi.core.total_time"] ?? ""),
		state: elements["cmi.suspend_data"] ?? "",
		answers: of(interactions, ({ response, right }) => ({ response, right })),
		patterns: of(interactions, ({ patterns }) => patterns),
		weights: of(interactions, ({ weight }) => weight),
		types: of(interactions, ({ type }) => type),
		objectives: of(interactions, ({ objective }) => objective),
		count: Object.keys(elements).filter((name) => /^cmi\.interactions\.\d+\.id$/.test(name)).length,
	};
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
