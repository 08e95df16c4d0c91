// What an LMS has stored, read into words that no standard owns: one reader per standard.

/** @param {Record<string, string>} elements @param {any} data the course's data */
export function readRecord(elements, data) {
	return readScorm12(elements, data);
}

/** @param {Record<string, string>} elements @param {any} data */
function readScorm12(elements, data) {
	const status = elements["cmi.core.lesson_status"] ?? "";
	const place = Number(elements["cmi.core.lesson_location"] || 0);
	return {
		status: status === "not attempted" ? "" : status,
		score: elements["cmi.core.score.raw"] ? Number(elements["cmi.core.score.raw"]) : null,
		place: data.pages.findIndex((page) => page.n === place),
		exit: elements["cmi.core.exit"] ?? "",
		hasTime: /[1-9]/.test(elements["cmi.core.total_time"] ?? ""),
		state: elements["cmi.suspend_data"] ?? "",
		answers: scorm12Answers(elements),
		count: Object.keys(elements).filter((name) => /^cmi\.interactions\.\d+\.id$/.test(name)).length,
	};
}

/** Responses by question slug: choice numbers, or true and false; the latest of a question wins. */
function scorm12Answers(elements) {
	const answers = {};
	for (let index = 0; elements[`cmi.interactions.${index}.id`]; index++) {
		const get = (name) => elements[`cmi.interactions.${index}.${name}`];
		const slug = get("id").replace(/^q\d+-/, "");
		const words = get("student_response");
		const response = get("type") === "true-false" ? words === "t" : words.split(",").map((letter) => parseInt(letter, 36));
		answers[slug] = { response, right: get("result") === "correct" };
	}
	return answers;
}
