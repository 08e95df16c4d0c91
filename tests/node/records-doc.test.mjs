// docs/records.md says of every element and statement what the adapters do with it, and of no other.
import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import vm from "node:vm";
import { loadRuntime, runtimeText } from "./runtime.mjs";

const page = readFileSync(new URL("../../docs/records.md", import.meta.url), "utf8");

/** The rows of the table that has this heading. @param {string} heading @returns {string[][]} */
function rows(heading) {
	const lines = page.split("\n");
	const from = lines.indexOf(heading) + 2;
	assert.ok(from > 1, `the page has a table "${heading}"`);
	const to = lines.findIndex((line, at) => at >= from && !line.startsWith("|"));
	return lines.slice(from, to).map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
}

/** An answer of every kind that has something of its own in records. */
const ANSWERS = [
	{ type: "choice", response: [1, 3], pattern: [1, 2] },
	{ type: "fill-in", response: "a", pattern: ["a", "b"] },
	{ type: "numeric", response: 2, pattern: 3 },
	{ type: "likert", response: 1 },
	{ type: "matching", response: [[1, 2]], pattern: [[1, 2]] },
];
const q = { n: 1, slug: "one", points: 100, objective: 0, parts: [{ n: 1 }, { n: 2 }, { n: 3 }] };
const title = "Find the way";
const page1 = { n: 1, required: true, record: true, quiz: {}, questions: [q] };
Object.assign(q, { page: page1 });
const course = {
	unit: [1, 2, 3, 4], language: "en", completion: { passMark: 70, success: "passed" }, objectives: [{ slug: "way", title }],
	questions: [q], required: [page1], pages: [page1],
};
const learner = { quiz: () => ({ finished: 1, count: 1, last: [1, 1] }), asked: () => [q], points: () => 100 };

/** The elements that an adapter reads and writes in a visit in which everything happens. @param {string} target @param {string} name @param {string} prefix */
async function elementsOf(target, name, prefix) {
	const { context } = loadRuntime(target);
	/** @type {Record<string, Set<string>>} */
	const used = {};
	const stored = { "cmi.objectives._count": "1", "cmi.objectives.0.id": "other", "cmi.core.score.max": "", "cmi.completion_status": "unknown" };
	/** @param {string} element @param {string} how */
	const note = (element, how) => {
		const named = element.replace(/^cmi\.(interactions|objectives)\.\d+/, "cmi.$1.n").replace(/correct_responses\.\d+/, "correct_responses.n");
		(used[named] ??= new Set()).add(how);
	};
	context.opener = context.top = null;
	context.parent = context;
	context.document.getElementById = () => ({ querySelector: () => ({ textContent: title }) });
	context[name] = {
		[`${prefix}Initialize`]: () => "true", [`${prefix}Commit`]: () => "true", [`${prefix}Terminate`]: () => "true", [`${prefix}Finish`]: () => "true",
		[`${prefix}GetLastError`]: () => "0",
		[`${prefix}GetValue`]: (/** @type {string} */ element) => (note(element, "read"), stored[element] ?? ""),
		[`${prefix}SetValue`]: (/** @type {string} */ element) => (note(element, "written"), "true"),
	};
	context.course = course;
	const adapter = await vm.runInContext("connect(course)", context);
	adapter.open(false);
	adapter.suspend();
	adapter.state("x");
	adapter.place(1);
	adapter.score(80);
	adapter.status({ completion: "completed", success: "passed" });
	adapter.progress?.({ done: true, missing: [] }, learner);
	adapter.count();
	for (const [at, recorded] of ANSWERS.entries()) adapter.answer(at, { q, recorded, right: true, seconds: 1, time: new Date(0) });
	adapter.time(1);
	adapter.commit(false, () => {});
	adapter.close(false);
	return Object.fromEntries(Object.entries(used).map(([element, how]) => [element, [...how].sort().join(" and ")]));
}

for (const [heading, target, name, prefix] of [["SCORM 1.2", "scorm12", "API", "LMS"], ["SCORM 2004", "scorm2004-3", "API_1484_11", ""]]) {
	test(`${heading}: the page names every element that the adapter reads or writes, and no other`, async () => {
		const told = Object.fromEntries(rows(`| Element | ${heading} | Written by the course |`).map(([element, how]) => [element.replace(/`/g, ""), how]));
		assert.deepEqual(told, await elementsOf(target, name, prefix));
	});
}

const STATUS = ["passed", "completed", "failed"];

for (const [column, target] of [[1, "cmi5"], [2, "xapi"]]) {
	test(`${target}: the page names every verb that the adapter tells, and no other`, () => {
		const told = rows("| Verb | cmi5 | xAPI | About | With |").filter((row) => row[column] === "yes").map(([verb]) => verb.replace(/`/g, ""));
		const ours = runtimeText(target, "shipped");
		const verbs = rows("| Verb | cmi5 | xAPI | About | With |").map(([verb]) => verb.replace(/`/g, ""));
		// What the adapter says in its own words; the words of the status are the tracker's.
		const said = [...ours.matchAll(/(?:verb:|verb:[^,}]*?[?:]|\(\)=>|\?)"(\w+ed)"|:"(\w+ed)"/g)].map(([, first, second]) => first ?? second).filter((word) => verbs.includes(word));
		assert.deepEqual([...new Set([...said, ...STATUS])].sort(), told.sort());
	});
}

test("what happens is told in words that the tables explain", () => {
	const words = new Set([...page.matchAll(/^\| `([^`]+)`/gm)].map(([, word]) => word));
	const happens = rows("| What happens | SCORM 1.2 | SCORM 2004 | cmi5 | xAPI |");
	assert.ok(happens.length > 8);
	for (const [event, scorm12, scorm2004, cmi5, xapi] of happens) {
		for (const cell of [scorm12, scorm2004]) {
			for (const [, element] of cell.matchAll(/`((?:cmi|adl)\.[^`]+)`/g)) {
				assert.ok([...words].some((word) => word === element || word.startsWith(element + ".")), `${event}: ${element}`);
			}
		}
		for (const [, verb] of `${cmi5} ${xapi}`.matchAll(/`([a-z]+)`/g)) assert.ok(words.has(verb), `${event}: ${verb}`);
	}
});
