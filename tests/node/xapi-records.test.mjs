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

describe("what leaves the page", () => {
	/** An outbox of the shipped runtime before an LRS that takes everything, but for what is told. @param {(call: any) => any} answer */
	function outbox(answer) {
		const { context } = loadRuntime("xapi");
		/** @type {any[]} */
		const calls = [];
		/** @type {number[]} */
		const waits = [];
		const time = { now: Date.now() };
		Object.assign(context, {
			addEventListener() {}, clearTimeout() {}, crypto, Blob, Time: time,
			setTimeout: (/** @type {() => void} */ act, /** @type {number} */ delay) => delay ? waits.push(delay) : void setTimeout(act),
		});
		vm.runInContext("Date.now = () => Time.now; console.warn = () => {};", context);
		const fateOf = vm.runInContext("fateOf", context);
		let rest = 0;
		const lrs = {
			room: () => 64000,
			rest: () => rest,
			patient: (/** @type {() => any} */ ask) => ask(),
			async request(/** @type {string} */ method, /** @type {string} */ path, /** @type {any} */ _query, /** @type {any} */ content, /** @type {any} */ headers) {
				const call = { method, path, content: content && JSON.parse(JSON.stringify(content)), headers };
				calls.push(call);
				const reply = { status: method === "GET" ? 404 : 200, text: "", etag: null, ...answer(call) };
				rest = reply.rest ?? 0;
				return { ...reply, fate: fateOf(reply.status, path) };
			},
		};
		const voice = {
			where: { activityId: "a", agent: "b" }, learner: "b", clock: vm.runInContext("createClock", context)(),
			statement: (/** @type {any} */ { id, verb, at }) => ({ id, verb, timestamp: at }), end: () => "terminated", seconds: () => 1, adopt() {},
		};
		const box = vm.runInContext("createOutbox", context)({ unit: [1, 2, 3, 4] }, lrs, voice);
		const posted = () => calls.filter(({ method }) => method === "POST").map(({ content }) => content.map((/** @type {any} */ { verb }) => verb));
		return { box, calls, waits, time, posted };
	}
	const quiet = () => new Promise((resolve) => setTimeout(resolve, 60));
	/** @param {any} box @returns {Promise<boolean | undefined>} */
	const committed = async (box) => {
		/** @type {boolean | undefined} */
		let kept;
		box.commit(false, (/** @type {boolean} */ told) => (kept = told));
		await quiet();
		return kept;
	};

	for (const status of [400, 405, 410]) test(`a document that is refused (${status}) is asked for no more, and statements go on`, { timeout: 5000 }, async () => {
		let shut = false;
		const { box, calls, posted } = outbox(({ path }) => shut && path !== "statements" ? calls.length > 50 ? { status: 401 } : { status } : {});
		assert.ok(await box.open());
		box.write({ state: "x" });
		assert.equal(await committed(box), true);
		shut = true;
		for (const verb of ["passed", "completed"]) {
			box.tell({ verb });
			assert.equal(await committed(box), false);
		}
		assert.deepEqual(posted(), [["passed"], ["completed"]]);
		assert.ok(calls.length < 12, `${calls.length} requests`);
	});

	test("a document without facts is none of ours", async () => {
		const { box, posted } = outbox(({ method }) => method === "GET" ? { status: 200, text: '{"v":1,"state":"x"}' } : {});
		assert.ok(await box.open());
		box.tell({ verb: "passed" });
		assert.equal(await committed(box), true);
		assert.deepEqual(posted(), [["passed"]]);
	});

	test("the wait that an LRS asks for is for once", async () => {
		const answers = [{ status: 429, rest: 90 }, { status: 503 }];
		const { box, waits } = outbox(({ method }) => method === "GET" ? {} : answers.shift());
		await box.open();
		box.tell({ verb: "passed" });
		await committed(box);
		box.close(false);
		await quiet();
		assert.deepEqual(waits.filter((delay) => delay > 500), [90000, 1000]);
	});

	test("a wait is kept that a question for the document was answered with", async () => {
		let away = false;
		const { box, waits } = outbox(({ method }) => away && method === "GET" ? { status: 429, rest: 90 } : method === "PUT" && !away ? (away = true, { status: 412 }) : {});
		await box.open();
		box.tell({ verb: "passed" });
		await committed(box);
		assert.ok(waits.includes(90000), String(waits));
	});

	test("what was refused in three sessions is never said to be recorded", async () => {
		const facts = [{ id: "1", verb: "answered", no: 3 }];
		const { box } = outbox(({ method }) => method === "GET" ? { status: 200, text: JSON.stringify({ v: 1, state: "", status: {}, told: {}, facts }) } : {});
		await box.open();
		box.write({ state: "x" });
		assert.equal(await committed(box), false);
	});

	test("the last statement of a batch that is split is told alone, after the facts", async () => {
		const { box, posted } = outbox(({ content }) => content?.length > 1 ? { status: 403 } : {});
		await box.open();
		box.tell({ verb: "answered" });
		box.tell({ verb: "passed" });
		box.close(true);
		await quiet();
		const [, ...alone] = posted();
		assert.deepEqual(alone, [["answered"], ["passed"], ["terminated"]]);
	});

	test("times follow the clock through sleep, and never go back", async () => {
		const { box, time } = outbox(() => ({}));
		await box.open();
		const start = time.now;
		for (const at of [start, start + 3_600_000, start - 86_400_000]) {
			time.now = at;
			box.tell({ verb: "answered" });
		}
		assert.deepEqual([...box.doc().facts].map((/** @type {any} */ { at }) => Date.parse(at) - start), [0, 3_600_000, 3_600_000]);
	});

	test("a page that goes writes a state of full length, over nothing that it does not know", async () => {
		const { box, calls } = outbox(() => ({}));
		await box.open();
		box.write({ state: "x".repeat(60000) });
		box.commit(true, () => {});
		await quiet();
		const put = calls.find(({ method }) => method === "PUT");
		assert.equal(put?.content.state.length, 60000);
		assert.deepEqual({ ...put.headers }, { "If-None-Match": "*" });
	});
});
