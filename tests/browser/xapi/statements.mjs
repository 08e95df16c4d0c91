// What an LRS may refuse in a statement: the rules of xAPI 1.0.3 as a validator from elsewhere has them, and those that
// it does not look at.
import { createRequire } from "node:module";

/** @type {(statement: unknown) => { name: string, path: string[], data: unknown }[]} */
const validate = createRequire(import.meta.url)("@learninglocker/xapi-validation").default;

/** @type {Record<string, string[]>} The lists of components of each type. */
const LISTS = { choice: ["choices"], sequencing: ["choices"], likert: ["scale"], matching: ["source", "target"] };

/** @param {any} value @param {string} place @returns {string[]} */
function nothings(value, place) {
	if (value === null || value === "" || (typeof value === "object" && !Object.keys(value).length)) return [`${place} is empty`];
	return typeof value === "object" ? Object.entries(value).flatMap(([key, inner]) => nothings(inner, `${place}.${key}`)) : [];
}

/** @param {any} statement @returns {string[]} */
export function statementFaults(statement) {
	const { id, timestamp, object, result, verb } = statement;
	const faults = [...validate(statement).map(({ name, path, data }) => `${name} at ${path.join(".")}: ${JSON.stringify(data)}`), ...nothings(statement, "statement")];
	if (!/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id ?? "")) faults.push(`id ${id}`);
	if (!(Date.parse(timestamp) <= Date.now() + 60_000)) faults.push(`timestamp ${timestamp}`);
	if (!verb?.display?.en) faults.push("the verb has no words");
	if (result?.duration && !/^PT\d+(\.\d{1,2})?S$/.test(result.duration)) faults.push(`duration ${result.duration}`);
	const { interactionType: type, correctResponsesPattern: patterns, ...definition } = object?.definition ?? {};
	if (type) {
		const lists = ["choices", "scale", "source", "target", "steps"].filter((name) => name in definition);
		if (lists.join() !== (LISTS[type] ?? []).join()) faults.push(`${type} with ${lists}`);
		for (const name of lists) {
			const ids = definition[name].map((/** @type {any} */ one) => one.id);
			if (new Set(ids).size !== ids.length || ids.some((/** @type {string} */ one) => /\s/.test(one))) faults.push(`${name}: ${ids}`);
		}
		for (const text of [...(patterns ?? []), ...(result?.response === undefined ? [] : [result.response])]) {
			if (!answers(type, definition, text)) faults.push(`${type}: ${text}`);
		}
	}
	return faults;
}

/** Whether a text can answer a question of a type (xAPI, Data appendix C). @param {string} type @param {any} definition @param {string} text */
function answers(type, definition, text) {
	if (typeof text !== "string") return false;
	const one = (/** @type {string} */ list) => (/** @type {string} */ id) => definition[list].some((/** @type {any} */ other) => other.id === id);
	const all = text.split("[,]");
	if (type === "true-false") return /^(true|false)$/.test(text);
	if (type === "choice" || type === "sequencing") return new Set(all).size === all.length && all.every(one("choices"));
	if (type === "likert") return one("scale")(text);
	if (type === "numeric") return text.split("[:]").length < 3 && text.split("[:]").every((number) => number === "" || Number.isFinite(Number(number)));
	if (type === "matching") return all.map((pair) => pair.split("[.]")).every(([from, to, more]) => one("source")(from) && one("target")(to) && more === undefined);
	return true;
}
