// What an LRS holds of an attempt, read into the words of stories, and back; see ../records.mjs.
import { scorm2004Key, scorm2004Value } from "../records.mjs";
import { VERBS } from "./lms.mjs";
import { loadRuntime } from "../../node/runtime.mjs";

const runtime = loadRuntime();

/** What a question that was answered is, by the type of its interaction, as far as facts are compared. @type {Record<string, string>} */
const KINDS = { choice: "multiple", matching: "match" };

/** @param {import("./lms.mjs").Elements} elements @param {any} data the course's data @param {string} standard */
export function readLrsRecord({ statements, document }, data, standard) {
	const facts = statements.map(({ verb, object, result }) => {
		const { interactionType: type = "", correctResponsesPattern: patterns = [] } = object.definition ?? {};
		const question = /\/q\/\d+-(.*)$/.exec(object.id)?.[1];
		/** @param {string} text */
		const bare = (text) => text.replace(/^\{case_matters=\w+\}/, "").replace(/\n+/g, " ");
		return {
			verb: verb.id.replace(VERBS, ""), about: /\/quiz\/\d+$/.test(object.id) ? "quiz" : question ? "question" : "course",
			question, type: type.replace("long-", ""), kind: KINDS[type] ?? type, result,
			patterns: patterns.map((/** @type {string} */ key) => scorm2004Key(type.replace("long-", ""), bare(key))),
			...(question && { response: scorm2004Value(type.replace("long-", ""), bare(result?.response ?? "")) }),
		};
	});
	/** @param {string} verb */
	const of = (verb) => facts.filter((fact) => fact.verb === verb && fact.about === "course");
	const answers = facts.filter(({ verb }) => verb === "answered");
	/** By question id; the latest of a question wins. @param {(fact: any) => any} member */
	const by = (member) => Object.fromEntries(answers.map((fact) => [fact.question, member(fact)]));
	const completion = of("completed").length ? "completed" : document?.status.completion === "completed" ? "said to nobody" : (document?.status.completion ?? "");
	const success = of("passed").length ? "passed" : of("failed").length ? "failed" : "";
	// cmi5 has a score only in what passes or fails somebody (9.5.1): until then the attempts at the quiz tell it.
	const scores = facts.filter(({ about, result }) => result?.score && (about === "course" || standard === "cmi5")).map(({ result }) => result.score);
	const { raw } = (standard === "cmi5" ? scores.sort((a, b) => a.raw - b.raw) : scores).at(-1) ?? {};
	const progress = of("progressed").at(-1)?.result.extensions;
	const course = runtime.linkCourse(structuredClone(data), runtime.questionKinds());
	const state = document?.state ?? "";
	const place = runtime.decodeState(state, course)?.place ?? 0;
	const ends = facts.filter(({ verb }) => /^(terminated|suspended)$/.test(verb));
	return {
		status: completion === "completed" ? success || completion : completion,
		completion, success, state,
		score: raw ?? null,
		scaled: facts.findLast(({ about, result }) => about === "course" && result?.score)?.result.score.scaled ?? null,
		progress: completion === "completed" ? 1 : progress ? Number(Object.values(progress)[0]) / 100 : null,
		place: data.pages.findIndex((/** @type {any} */ page) => page.n === place),
		count: answers.length,
		answers: by(({ response, result }) => ({ response, right: result?.success ?? null })),
		patterns: by(({ patterns }) => patterns),
		types: by(({ type }) => type),
		// The next visit finds what this one has left.
		exit: ends.length && state ? "suspend" : "",
		hasTime: ends.some(({ result }) => /[1-9]/.test(result?.duration ?? "")),
		/** What must be told once: answers, and outcomes of the course. */
		facts: [...answers, ...["completed", "passed", "failed"].flatMap(of)],
	};
}

/** The document of ours, as something else may have left it. @param {{ completion?: string, success?: string, state?: string, exit?: string }} told */
export function writeLrsRecord({ completion = "", success = "unknown", state = "", exit, ...strange }) {
	if (Object.keys(strange).length) throw new Error(`the document of an LRS has nothing of ${Object.keys(strange)}`);
	return { v: 1, state, status: { completion, success }, told: {}, facts: [] };
}
