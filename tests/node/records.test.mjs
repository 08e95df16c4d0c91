// How an answer is told to the LMS: what each kind says of it in words that no standard owns, and how SCORM 1.2 and 2004
// write that down, as tables.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { loadStrict } from "../browser/lms/scripts.mjs";
import { loadRuntime } from "./runtime.mjs";

const runtime = loadRuntime();
const kinds = runtime.questionKinds();

/** As plain data of this side of the sandbox. @param {any} value */
const plain = (value) => JSON.parse(JSON.stringify(value));

describe("what each kind tells", () => {
	const choices = [{ n: 4, right: 1 }, { n: 1 }, { n: 3, right: 1 }];
	const items = [{ n: 3 }, { n: 1 }, { n: 2 }];
	const pairs = [{ n: 1, to: 1 }, { n: 2, to: 1 }, { n: 3 }];
	const word = { n: 1, max: 40, forms: ["Paris", "Paname"], fold: "ca" };
	const number = { n: 2, max: 20, low: 6.6, high: 6.8, value: 6.7, shown: "6,7", unit: "%" };
	const range = { n: 3, max: 20, low: 5, high: 10, shown: "5..10" };
	/** @type {[string, any, any[], any][]} */
	const table = [
		["single", { kind: "single", parts: choices.slice(0, 2) }, [1], { type: "choice", response: [1], pattern: [4] }],
		["multiple, in the order of the numbers", { kind: "multiple", parts: choices }, [4, 1], { type: "choice", response: [1, 4], pattern: [3, 4] }],
		["true", { kind: "true-false", yes: 2, parts: [{ n: 1, right: 1 }, { n: 2 }] }, [2], { type: "true-false", response: true, pattern: false }],
		["false", { kind: "true-false", yes: 2, parts: [{ n: 1 }, { n: 2, right: 1 }] }, [1], { type: "true-false", response: false, pattern: true }],
		["scale", { kind: "scale", parts: choices }, [3], { type: "likert", response: 3 }],
		["order", { kind: "order", parts: items }, [1, 2, 3], { type: "sequencing", response: [1, 2, 3], pattern: [3, 1, 2] }],
		["match, some prompts without an answer", { kind: "match", parts: pairs }, [2, 3], { type: "matching", response: [[2, 3]], pattern: [[1, 1], [2, 1]] }],
		["one word", { kind: "blanks", parts: [word] }, [1, "paris"], { type: "fill-in", response: "paris", pattern: ["Paris", "Paname"] }],
		["one word by a pattern", { kind: "blanks", parts: [{ ...word, pattern: "Par.*" }] }, [1, "Paris"], { type: "fill-in", response: "Paris", pattern: [] }],
		["one number", { kind: "blanks", parts: [number] }, [2, "6,75 %"], { type: "numeric", response: 6.75, pattern: 6.7 }],
		["a number in a range", { kind: "blanks", parts: [range] }, [3, "−7"], { type: "numeric", response: -7 }],
		["what is no number", { kind: "blanks", parts: [number] }, [2, "six"], { type: "fill-in", response: "six", pattern: ["6,7"] }],
		["a number with more decimals than are written as such", { kind: "blanks", parts: [number] }, [2, "0,0000001"], { type: "fill-in", response: "0,0000001", pattern: ["6,7"] }],
		["several blanks, one of them empty", { kind: "blanks", parts: [word, number, range] }, [1, "Lyon", 3, "7"], { type: "fill-in", response: "Lyon; ; 7", pattern: ["Paris; 6,7; 5..10"] }],
		["several blanks, one by a pattern", { kind: "blanks", parts: [{ ...word, pattern: "P.*" }, number] }, [1, "Paris", 2, "6"], { type: "fill-in", response: "Paris; 6", pattern: [] }],
		["text", { kind: "text", parts: [] }, ["As I see it,\nit depends."], { type: "long-fill-in", response: "As I see it,\nit depends." }],
	];
	for (const [name, q, response, expected] of table) {
		test(name, () => assert.deepEqual(plain(kinds[q.kind].record(q, response)), expected));
	}

	test("every kind is in the table", () => {
		assert.deepEqual([...new Set(table.map(([, q]) => q.kind))].sort(), Object.keys(kinds).sort());
	});
});

describe("SCORM 1.2", () => {
	const long = "a".repeat(254);
	/** @type {[string, any, string, string[]][]} What is recorded, the response, the patterns. */
	const table = [
		["a choice", { type: "choice", response: [2], pattern: [3] }, "2", ["3"]],
		["choices, letters from 10 on, and beyond 36", { type: "choice", response: [9, 10, 35, 36, 37, 71], pattern: [1, 46] }, "9,a,z,0,1,z", ["1,a"]],
		["true", { type: "true-false", response: true, pattern: false }, "t", ["f"]],
		["an order", { type: "sequencing", response: [12, 1, 2], pattern: [1, 2, 12] }, "c,1,2", ["1,2,c"]],
		["pairs", { type: "matching", response: [[1, 2], [12, 37]], pattern: [[1, 1], [12, 37]] }, "1.2,c.1", ["1.1,c.1"]],
		["no pair", { type: "matching", response: [], pattern: [[1, 1]] }, "", ["1.1"]],
		["an opinion", { type: "likert", response: 40 }, "4", []],
		["a number", { type: "numeric", response: 6.75, pattern: 6.7 }, "6.75", ["6.7"]],
		["a number below 0, in a range", { type: "numeric", response: -0.5 }, "-0.5", []],
		["a whole number", { type: "numeric", response: 1234567, pattern: 0 }, "1234567", ["0"]],
		["a text with several right ones", { type: "fill-in", response: "x", pattern: ["a", "b c", "d"] }, "x", ["a", "b c", "d"]],
		["an empty blank among others", { type: "fill-in", response: "a; ; c", pattern: ["a; b; c"] }, "a; ; c", ["a; b; c"]],
		["a text without a pattern", { type: "fill-in", response: "x", pattern: [] }, "x", []],
		["a text of 255 units", { type: "long-fill-in", response: long + "b" }, long + "b", []],
		["a longer one", { type: "long-fill-in", response: long + "bc" }, long + "b", []],
		["a text with line ends, which some LMSs refuse", { type: "long-fill-in", response: "a\nb\n\nc" }, "a b c", []],
		["a pair of surrogates at the cut", { type: "fill-in", response: long + "😀b", pattern: [long + "😀"] }, long, [long]],
		["a pair of surrogates before the cut", { type: "long-fill-in", response: long.slice(1) + "😀b" }, long.slice(1) + "😀", []],
	];
	const time = new Date(2026, 10, 25, 9, 8, 7);
	/** @param {any} answered @param {any} [course] @returns {[string, any][]} */
	const told = (answered, course = {}) =>
		plain(runtime.scorm12Interaction({ q: { n: 7, slug: "why", points: 100 }, recorded: { type: "choice", response: [1], pattern: [2] }, right: false, seconds: 61.9, time, ...answered }, course));

	for (const [name, recorded, response, patterns] of table) {
		test(name, () => {
			const members = told({ recorded });
			const written = Object.fromEntries(members.map(([member, value]) => [member, String(value)]));
			assert.equal(written.type, recorded.type === "long-fill-in" ? "fill-in" : recorded.type);
			assert.equal(written.student_response, response);
			assert.ok(written.student_response.length <= 255);
			const all = members.filter(([member]) => member.startsWith("correct_responses"));
			assert.deepEqual(all, patterns.map((pattern, m) => [`correct_responses.${m}.pattern`, pattern]));
		});
	}

	test("members in their order", () => {
		assert.deepEqual(told({}), [
			["id", "q7-why"], ["type", "choice"], ["time", "09:08:07"], ["correct_responses.0.pattern", "2"],
			["weighting", 1], ["student_response", "1"], ["result", "wrong"], ["latency", "00:01:01"],
		]);
	});

	test("the objective stands right after the id", () => {
		const q = { n: 7, slug: "why", points: 100, objective: 1 };
		const course = { objectives: [{ slug: "know" }, { slug: "do" }] };
		assert.deepEqual(told({ q }, course).slice(0, 3), [["id", "q7-why"], ["objectives.0.id", "do"], ["type", "choice"]]);
		assert.deepEqual(told({ q: { ...q, objective: 0 } }, course)[1], ["objectives.0.id", "know"]);
	});

	for (const [name, answered, result, weighting] of /** @type {[string, any, string, number][]} */ ([
		["right", { right: true }, "correct", 1],
		["wrong, or right in part", { right: false }, "wrong", 1],
		["not scored", { q: { n: 7, slug: "why", points: 0 }, right: true }, "neutral", 0],
		["with fractions of a point", { q: { n: 7, slug: "why", points: 125 }, right: true }, "correct", 1.25],
		["more points than a weight may be", { q: { n: 7, slug: "why", points: 100_000 }, right: true }, "correct", 100],
	])) {
		test(`result and weighting: ${name}`, () => {
			const written = Object.fromEntries(told(answered));
			assert.deepEqual([written.result, written.weighting], [result, weighting]);
		});
	}
});

describe("SCORM 2004", () => {
	const scorm2004 = loadRuntime("scorm2004-3");
	const { check } = loadStrict("scorm2004");
	const long = "a".repeat(249);
	/** @type {[string, any, string, string, string[], (number | object)?][]} What is recorded, the type, the response, the patterns, how many blanks there are or the only one. */
	const table = [
		["a choice", { type: "choice", response: [2], pattern: [3] }, "choice", "2", ["3"]],
		["choices, by their numbers", { type: "choice", response: [9, 10, 37], pattern: [1, 46] }, "choice", "9[,]10[,]37", ["1[,]46"]],
		["true", { type: "true-false", response: true, pattern: false }, "true-false", "true", ["false"]],
		["an order", { type: "sequencing", response: [12, 1, 2], pattern: [1, 2, 12] }, "sequencing", "12[,]1[,]2", ["1[,]2[,]12"]],
		["pairs", { type: "matching", response: [[1, 2], [12, 37]], pattern: [[1, 1], [12, 37]] }, "matching", "1[.]2[,]12[.]37", ["1[.]1[,]12[.]37"]],
		["no pair, which LMSs refuse", { type: "matching", response: [], pattern: [[1, 1]] }, "matching", "", ["1[.]1"]],
		["an opinion", { type: "likert", response: 40 }, "likert", "40", []],
		["a number", { type: "numeric", response: 6.75, pattern: 6.7 }, "numeric", "6.75", ["6.7[:]6.7"]],
		["a number of which no key is known", { type: "numeric", response: -0.5 }, "numeric", "-0.5", []],
		["a number below 0, in a range", { type: "numeric", response: -0.5 }, "numeric", "-0.5", ["-1[:]0"], { low: -1, high: 0 }],
		["a number with a tolerance, as computers reckon", { type: "numeric", response: 6.65, pattern: 6.7 }, "numeric", "6.65", ["6.6[:]6.8"], { low: 6.7 - 0.1, high: 6.7 + 0.1 }],
		["a number of six digits, which LMSs refuse", { type: "numeric", response: 384400, pattern: 5 }, "fill-in", "384400", ["5"]],
		["a key of six digits", { type: "numeric", response: 5, pattern: 384400 }, "fill-in", "5", ["384400"]],
		["a number of seven decimals", { type: "numeric", response: 0.1234567, pattern: 1 }, "numeric", "0.1234567", ["1[:]1"]],
		["a number of eight decimals", { type: "numeric", response: 0.12345678 }, "fill-in", "0.12345678", []],
		["a text with several right ones", { type: "fill-in", response: "x", pattern: ["a", "b c", "d"] }, "fill-in", "x", ["a", "b c", "d"]],
		["more right ones than an LMS must take", { type: "fill-in", response: "x", pattern: [..."abcdefg"] }, "fill-in", "x", [..."abcde"]],
		["several blanks", { type: "fill-in", response: "1969; Moon; Earth", pattern: ["1969; moon; earth"] }, "fill-in", "1969[,]Moon[,]Earth", ["1969[,]moon[,]earth"], 3],
		["one of them empty", { type: "fill-in", response: "a; ; c", pattern: ["a; b; c"] }, "fill-in", "a; ; c", ["a[,]b[,]c"], 3],
		["two of them alike, which scorm-again refuses as a key", { type: "fill-in", response: "to; be", pattern: ["to; to"] }, "fill-in", "to[,]be", ["to; to"], 2],
		["a text with a semicolon among them", { type: "fill-in", response: "a; b; c", pattern: ["a; b"] }, "fill-in", "a; b; c", ["a[,]b"], 2],
		["a text with a semicolon alone", { type: "fill-in", response: "a; b", pattern: [] }, "fill-in", "a; b", [], 1],
		["more blanks than an LMS must take", { type: "fill-in", response: [..."abcdefghijk"].join("; "), pattern: [] }, "fill-in", [..."abcdefghijk"].join("; "), [], 11],
		["a separator in a text", { type: "fill-in", response: "a[,]b", pattern: ["c[,]d"] }, "fill-in", "a[ , ]b", ["c[ , ]d"]],
		["a brace at the beginning, which LMSs take for a language", { type: "fill-in", response: "{x}", pattern: ["{y}", "z"] }, "fill-in", " {x}", ["z"]],
		["a text of 250 units", { type: "fill-in", response: long + "b", pattern: [] }, "fill-in", long + "b", []],
		["a longer one, with half a character at the cut", { type: "fill-in", response: long + "😀", pattern: [] }, "fill-in", long, []],
		["own words", { type: "long-fill-in", response: "As I see it,\nit depends [,] or; not." }, "long-fill-in", "As I see it, it depends [ , ] or; not.", [], 0],
		["own words that begin with a brace", { type: "long-fill-in", response: "{lang=en}" }, "long-fill-in", " {lang=en}", [], 0],
		["more than 4000 units", { type: "long-fill-in", response: "a".repeat(4001) }, "long-fill-in", "a".repeat(4000), [], 0],
	];
	const time = new Date(2026, 10, 5, 9, 8, 7, 654);
	/** @param {any} answered @param {any} [course] @param {string} [title] @returns {[string, any][]} */
	const told = (answered, course = {}, title = "Why?") => {
		const q = { n: 7, slug: "why", points: 100, parts: [{}] };
		return plain(scorm2004.scorm2004Interaction({ q, recorded: { type: "choice", response: [1], pattern: [2] }, right: false, seconds: 61.9, time, ...answered }, { language: "en", ...course }, title));
	};

	for (const [name, recorded, type, response, patterns, blanks = 1] of table) {
		test(name, () => {
			const members = told({ recorded, q: { n: 7, slug: "why", points: 100, parts: typeof blanks === "number" ? Array(blanks).fill({}) : [blanks] } });
			const written = Object.fromEntries(members);
			assert.equal(written.type, type);
			assert.equal(written.learner_response, response || undefined);
			const all = members.filter(([member]) => member.startsWith("correct_responses"));
			assert.deepEqual(all, patterns.map((pattern, m) => [`correct_responses.${m}.pattern`, pattern]));
			// What no LMS refuses, as the strict one of the browser tests knows it.
			if (response) assert.ok(check("response", response, type));
			for (const pattern of patterns) assert.ok(check("pattern", pattern, type), pattern);
		});
	}

	test("every type is in the table", () => {
		assert.deepEqual([...new Set(table.map(([, { type }]) => type))].sort(), ["choice", "fill-in", "likert", "long-fill-in", "matching", "numeric", "sequencing", "true-false"]);
	});

	test("members in their order", () => {
		assert.deepEqual(told({}), [
			["id", "q7-why"], ["type", "choice"], ["timestamp", "2026-11-05T09:08:07"], ["correct_responses.0.pattern", "2"],
			["weighting", 1], ["learner_response", "1"], ["result", "incorrect"], ["latency", "PT61.9S"], ["description", "{lang=en}Why?"],
		]);
	});

	test("the objective stands right after the type", () => {
		const q = { n: 7, slug: "why", points: 100, objective: 1, parts: [] };
		const course = { objectives: [{ slug: "know" }, { slug: "do" }] };
		assert.deepEqual(told({ q }, course).slice(0, 3), [["id", "q7-why"], ["type", "choice"], ["objectives.0.id", "do"]]);
	});

	for (const [name, answered, result, weighting] of /** @type {[string, any, string, number][]} */ ([
		["right", { right: true }, "correct", 1],
		["wrong, or right in part", { right: false }, "incorrect", 1],
		["not scored", { q: { n: 7, slug: "why", points: 0, parts: [] }, right: true }, "neutral", 0],
		["with fractions of a point", { q: { n: 7, slug: "why", points: 125, parts: [] }, right: true }, "correct", 1.25],
	])) {
		test(`result and weighting: ${name}`, () => {
			const written = Object.fromEntries(told(answered));
			assert.deepEqual([written.result, written.weighting], [result, weighting]);
			assert.ok(check("result", written.result) && check("real", String(written.weighting)));
		});
	}

	for (const [name, title, language, description] of [
		["with its language", "Pourquoi ?", "fr", "{lang=fr}Pourquoi ?"],
		["a brace at the beginning", "{What", "en", "{lang=en} {What"],
		["longer than an LMS must take", long + "bcd", "en", "{lang=en}" + long.slice(8)],
	]) {
		test(`description: ${name}`, () => {
			const written = Object.fromEntries(told({}, { language }, title));
			assert.equal(written.description, description.slice(0, 250));
			assert.ok(check("localized250", written.description));
		});
	}

	for (const [seconds, text] of /** @type {[number, string][]} */ ([[0, "PT0S"], [12, "PT12S"], [0.004, "PT0S"], [0.1 + 0.2, "PT0.3S"], [61.999, "PT62S"], [3725.25, "PT3725.25S"], [360000, "PT360000S"]])) {
		test(`a duration of ${seconds} seconds`, () => {
			assert.equal(scorm2004.duration(seconds), text);
			assert.ok(check("duration", text));
		});
	}

	test("a timestamp is local time, without zone or fraction", () => {
		const { timestamp } = Object.fromEntries(told({ time: new Date(2026, 0, 2, 23, 59, 59, 999) }));
		assert.equal(timestamp, "2026-01-02T23:59:59");
		assert.ok(check("time", timestamp));
	});
});
