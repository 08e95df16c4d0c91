// How an answer is told to an LRS, by both standards that speak xAPI: the formats of Data appendix C as tables, and every
// statement before a validator that is not ours.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import vm from "node:vm";
import { statementFaults } from "../browser/xapi/statements.mjs";
import { loadRuntime } from "./runtime.mjs";

const choices = [{ n: 4, right: 1 }, { n: 1 }, { n: 3, right: 1 }];
const items = [{ n: 3 }, { n: 1 }, { n: 2 }];
const pairs = [{ n: 1, to: 1 }, { n: 2, to: 1 }, { n: 3 }];
const word = { n: 1, max: 40, forms: ["Paris", "Paname"], fold: "ca" };
const number = { n: 2, max: 20, low: 6.6, high: 6.8, value: 6.7, shown: "6,7" };
const exact = { n: 2, max: 20, low: 7, high: 7, value: 7, shown: "7" };
const range = { n: 3, max: 20, low: -5, high: 10, shown: "-5..10" };

/** @type {[string, any, any[], { type: string, response?: string, right: string[], lists?: Record<string, string[]> }][]} The question, the learner's response, what is told. */
const TABLE = [
	["a choice", { kind: "single", parts: choices.slice(0, 2) }, [1], { type: "choice", response: "1", right: ["4"], lists: { choices: ["4", "1"] } }],
	["choices", { kind: "multiple", parts: choices }, [4, 1], { type: "choice", response: "1[,]4", right: ["3[,]4"], lists: { choices: ["4", "1", "3"] } }],
	["true", { kind: "true-false", yes: 2, parts: [{ n: 1, right: 1 }, { n: 2 }] }, [2], { type: "true-false", response: "true", right: ["false"] }],
	["false", { kind: "true-false", yes: 2, parts: [{ n: 1 }, { n: 2, right: 1 }] }, [1], { type: "true-false", response: "false", right: ["true"] }],
	["an opinion", { kind: "scale", parts: choices, points: 0 }, [3], { type: "likert", response: "3", right: [], lists: { scale: ["4", "1", "3"] } }],
	["an order", { kind: "order", parts: items }, [1, 2, 3], { type: "sequencing", response: "1[,]2[,]3", right: ["3[,]1[,]2"], lists: { choices: ["3", "1", "2"] } }],
	["pairs, some prompts without an answer", { kind: "match", parts: pairs }, [2, 3], { type: "matching", response: "2[.]3", right: ["1[.]1[,]2[.]1"], lists: { source: ["1", "2"], target: ["1", "3"] } }],
	["no pair", { kind: "match", parts: pairs }, [], { type: "matching", right: ["1[.]1[,]2[.]1"], lists: { source: ["1", "2"], target: ["1", "3"] } }],
	["a word, capitals do not count", { kind: "blanks", parts: [word] }, [1, "paris"], { type: "fill-in", response: "paris", right: ["Paris", "Paname"] }],
	["a word, capitals count", { kind: "blanks", parts: [{ ...word, fold: "a" }] }, [1, "Paris"], { type: "fill-in", response: "Paris", right: ["{case_matters=true}Paris", "{case_matters=true}Paname"] }],
	["a word by a pattern", { kind: "blanks", parts: [{ ...word, pattern: "Par.*" }] }, [1, "Paris"], { type: "fill-in", response: "Paris", right: [] }],
	["several blanks, one of them empty", { kind: "blanks", parts: [word, number, range] }, [1, "Lyon", 3, "7"], { type: "fill-in", response: "Lyon; ; 7", right: ["Paris; 6,7; -5..10"] }],
	["a number with a tolerance", { kind: "blanks", parts: [number] }, [2, "6,75"], { type: "numeric", response: "6.75", right: ["6.6[:]6.8"] }],
	["a number without", { kind: "blanks", parts: [exact] }, [2, "8"], { type: "numeric", response: "8", right: ["7"] }],
	["a number in a range", { kind: "blanks", parts: [range] }, [3, "−7"], { type: "numeric", response: "-7", right: ["-5[:]10"] }],
	["what is no number", { kind: "blanks", parts: [number] }, [2, "six"], { type: "fill-in", response: "six", right: ["{case_matters=true}6,7"] }],
	["a text", { kind: "text", parts: [], points: 0 }, ["As I see it,\nit depends: “so” 😀"], { type: "long-fill-in", response: "As I see it,\nit depends: “so” 😀", right: [] }],
];

for (const target of ["cmi5", "xapi"]) describe(target, () => {
	const runtime = loadRuntime(target);
	const kinds = runtime.questionKinds();
	/** @param {string} name */
	const of = (name) => vm.runInContext(name, runtime.context);
	/** As it leaves the page. @param {any} value */
	const sent = (value) => JSON.parse(JSON.stringify(value));

	for (const [name, given, response, expected] of TABLE) test(name, () => {
		const q = { n: 7, slug: "why", points: 100, ...given };
		const fact = sent(of("xapiAnswered")({ q, recorded: kinds[q.kind].record(q, response), right: true, seconds: 61.987 }));
		const definition = sent(of("xapiQuestion")(fact, q, "en", (/** @type {number} */ n, /** @type {boolean} */ answer) => `${answer ? "answer" : "part"} ${n ?? "title"}`));
		assert.deepEqual([fact.q, fact.slug, fact.verb, fact.type], [7, "why", "answered", expected.type]);
		assert.deepEqual(fact.result, { ...(expected.response !== undefined && { response: expected.response }), ...(q.points && { success: true }), duration: "PT61.99S" });
		assert.deepEqual(fact.right, expected.right);
		const { choices, scale, source, target, ...rest } = definition;
		const lists = Object.entries({ choices, scale, source, target }).filter(([, list]) => list);
		assert.deepEqual(Object.fromEntries(lists.map(([key, list]) => [key, list.map((/** @type {any} */ { id }) => id)])), expected.lists ?? {});
		assert.deepEqual(rest, {
			name: { en: "part title" }, type: "http://adlnet.gov/expapi/activities/cmi.interaction", interactionType: expected.type,
			...(expected.right.length && { correctResponsesPattern: expected.right }),
		});
		assert.deepEqual(statementFaults(statement(definition, fact.result)), []);
	});

	test("every kind is in the table", () => {
		assert.deepEqual([...new Set(TABLE.map(([, q]) => q.kind))].sort(), Object.keys(kinds).sort());
	});

	test("durations, scores, ids", () => {
		for (const [seconds, text] of /** @type {[number, string][]} */ ([[0, "PT0S"], [-1, "PT0S"], [0.005, "PT0.01S"], [3.45, "PT3.45S"], [7322.1, "PT7322.1S"]])) assert.equal(of("durationOf")(seconds), text);
		assert.deepEqual(sent(of("xapiScore")(66.66)), { scaled: 0.6666, raw: 66.66, min: 0, max: 100 });
		assert.equal(of("xapiScore")(29).scaled, 0.29);
	});

	test("what follows from a status", () => {
		const fates = Object.fromEntries([0, 200, 204, 400, 401, 403, 404, 408, 409, 413, 429, 500, 503].map((status) => [status, of("fateOf")(status, "statements")]));
		assert.equal(of("fateOf")(403, "activities/state"), "over");
		assert.deepEqual(fates, { 0: "later", 200: "done", 204: "done", 400: "no", 401: "over", 403: "no", 404: "no", 408: "later", 409: "done", 413: "no", 429: "later", 500: "later", 503: "later" });
	});
});

test("the shape of actors of xAPI 0.9", () => {
	const { context } = loadRuntime("xapi");
	const actor = (/** @type {unknown} */ given) => JSON.parse(JSON.stringify(vm.runInContext("xapiActor", context)(JSON.stringify(given))));
	const plain = { objectType: "Agent", name: "Ann", mbox: "mailto:ann@example.org" };
	assert.deepEqual(actor(plain), plain);
	assert.deepEqual(actor({ name: ["Ann"], mbox: ["mailto:ann@example.org"], objectType: ["Person"] }), plain);
	assert.deepEqual(actor({ account: [{ accountServiceHomePage: "https://lms.test", accountName: "7" }] }), { account: { homePage: "https://lms.test", name: "7" } });
	assert.equal(vm.runInContext("xapiActor", context)("no JSON"), null);
});

test("the validator refuses what an LRS would", () => {
	const good = { type: "http://adlnet.gov/expapi/activities/cmi.interaction", interactionType: "choice", choices: [{ id: "1" }], correctResponsesPattern: ["1"] };
	assert.deepEqual(statementFaults(statement(good, { response: "1" })), []);
	for (const [definition, result] of /** @type {[any, any][]} */ ([
		[good, { response: 1 }], [good, { response: "2" }], [good, { duration: "PT1.234S" }], [good, { success: null }], [good, { answer: "1" }],
		[{ ...good, scale: [{ id: "1" }] }, {}], [{ ...good, choices: [{ id: "1" }, { id: "1" }] }, {}], [{ ...good, name: { en_US: "x" } }, {}],
	])) assert.notDeepEqual(statementFaults(statement(definition, result)), [], JSON.stringify([definition, result]));
	for (const change of [{ id: "1" }, { timestamp: undefined }, { actor: { name: "Ann" } }, { version: null }]) assert.notDeepEqual(statementFaults({ ...statement(good, {}), result: undefined, ...change }), []);
});

/** @param {unknown} definition @param {any} result */
function statement(definition, result) {
	return {
		id: "6690e6c9-3ef0-4ed3-8b37-7f3964730bee",
		actor: { objectType: "Agent", account: { homePage: "https://lms.test", name: "ann" } },
		verb: { id: "http://adlnet.gov/expapi/verbs/answered", display: { en: "answered" } },
		object: { objectType: "Activity", id: "https://example.org/course/q/7-why", definition },
		...(Object.keys(result).length && { result }),
		timestamp: "2024-01-02T03:04:05.678Z",
	};
}
