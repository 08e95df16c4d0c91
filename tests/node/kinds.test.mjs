// What an answer is worth, by kind; how texts and numbers are compared; what a learner's score makes of it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readFileSync } from "node:fs";
import { loadRuntime } from "./runtime.mjs";

const runtime = loadRuntime();
const kinds = runtime.questionKinds();

/** @param {any} q A question as the build writes it, or part of one. @param {string} [language] */
function question(q, language = "en") {
	return { n: 1, slug: "q", points: 100, parts: [], language, ...q };
}

/** A table of responses and what each is worth. @param {any} q @param {[any[], number][]} rows */
function grades(q, rows) {
	for (const [response, expected] of rows) {
		const grade = kinds[q.kind].grade(question(q), response);
		assert.ok(Math.abs(grade - expected) < 1e-3 && (expected !== 1 || grade === 1), `${JSON.stringify(response)}: ${grade}, not ${expected}`);
	}
}

describe("what an answer is worth", () => {
	const four = [{ n: 4, right: 1 }, { n: 1 }, { n: 3, right: 1 }, { n: 2 }, { n: 5 }];

	test("single, true-false: the right choice", () => {
		grades({ kind: "single", parts: [{ n: 1 }, { n: 2, right: 1 }] }, [[[1], 0], [[2], 1], [[], 0], [[9], 0]]);
		grades({ kind: "true-false", yes: 1, parts: [{ n: 1 }, { n: 2, right: 1 }] }, [[[1], 0], [[2], 1]]);
	});

	test("multiple: all or nothing", () => {
		grades({ kind: "multiple", parts: four }, [[[4, 3], 1], [[3, 4], 1], [[4], 0], [[4, 3, 1], 0], [[4, 1, 3, 2, 5], 0], [[], 0]]);
	});

	test("multiple, in parts: shares of what is right, less shares of what is wrong", () => {
		grades({ kind: "multiple", credit: 1, parts: four }, [[[4, 3], 1], [[4], 1 / 2], [[4, 3, 1], 2 / 3], [[4, 1], 1 / 6], [[1], 0], [[4, 1, 2], 0], [[], 0]]);
		grades({ kind: "multiple", credit: 1, parts: [{ n: 1, right: 1 }, { n: 2, right: 1 }, { n: 3, right: 1 }] }, [[[1, 2, 3], 1], [[1], 1 / 3]]);
	});

	test("weights count as they are written, between nothing and everything; thirds make a whole", () => {
		const parts = [{ n: 1, right: 1, weight: 100 }, { n: 2, weight: 50 }, { n: 3 }, { n: 4, weight: -100 }];
		grades({ kind: "single", parts }, [[[1], 1], [[2], 1 / 2], [[3], 0], [[4], 0]]);
		const thirds = [33.33, 33.33, 33.33, -50].map((weight, i) => ({ n: i + 1, weight }));
		grades({ kind: "multiple", parts: thirds }, [[[1, 2, 3], 1], [[1, 2], 0.6666], [[1, 2, 3, 4], 0.4999], [[4], 0]]);
	});

	test("order: all, or the share of the items that follow the one they should follow", () => {
		const parts = [3, 1, 4, 2].map((n) => ({ n }));
		grades({ kind: "order", parts }, [[[3, 1, 4, 2], 1], [[1, 3, 4, 2], 0], [[], 0]]);
		grades({ kind: "order", parts, credit: 1 }, [[[3, 1, 4, 2], 1], [[1, 3, 4, 2], 1 / 3], [[2, 3, 1, 4], 2 / 3], [[2, 4, 1, 3], 0], [[4, 2, 3, 1], 2 / 3], [[], 0]]);
	});

	test("order: an item that an update has brought stands last", () => {
		const parts = [3, 1, 4].map((n) => ({ n }));
		grades({ kind: "order", parts }, [[[3, 1], 1], [[1, 3], 0]]);
		assert.deepEqual([...kinds.order.known(question({ parts }), [1, 9, 3])], [1, 3]);
	});

	test("match: all, or the share of the prompts", () => {
		const parts = [{ n: 1, to: 1 }, { n: 2, to: 1 }, { n: 3, to: 3 }, { n: 4 }];
		grades({ kind: "match", parts }, [[[1, 1, 2, 1, 3, 3], 1], [[1, 1, 2, 1], 0], [[1, 1, 2, 1, 3, 4], 0]]);
		grades({ kind: "match", parts, credit: 1 }, [[[1, 1, 2, 1, 3, 3], 1], [[1, 1, 2, 1], 2 / 3], [[2, 1, 3, 4], 1 / 3], [[1, 4], 0], [[], 0]]);
		assert.deepEqual([...kinds.match.known(question({ parts }), [4, 1, 1, 9, 2, 4, 3, 2, 7, 1])], [2, 4], "prompts and answers that there are");
	});

	test("blanks: all, or the share of the blanks", () => {
		const parts = [{ n: 1, max: 40, forms: ["a"], fold: "ca" }, { n: 2, max: 20, low: 5, high: 10 }];
		grades({ kind: "blanks", parts }, [[[1, "a", 2, "7"], 1], [[1, "a"], 0], [[1, "a", 2, "x"], 0]]);
		grades({ kind: "blanks", parts, credit: 1 }, [[[1, "a", 2, "7"], 1], [[1, "a"], 1 / 2], [[2, "11"], 0], [[], 0]]);
	});

	test("opinions and texts: nothing is wrong", () => {
		grades({ kind: "scale", parts: [{ n: 1 }, { n: 2 }] }, [[[1], 1], [[2], 1]]);
		grades({ kind: "text" }, [[["anything"], 1]]);
	});
});

describe("texts in blanks", () => {
	/** @param {any} blank @param {string} written @param {string} [language] */
	const right = (blank, written, language) => kinds.blanks.grade(question({ parts: [{ n: 1, max: 40, fold: "ca", ...blank }] }, language), [1, written]) === 1;

	for (const [name, blank, accepted, refused] of /** @type {[string, any, string[], string[]][]} */ ([
		["capitals and accents do not count", { forms: ["Été"] }, ["été", "ETE", "e\u0301te\u0301", " Ete. "], ["ét", "été!", ""]],
		["capitals count", { forms: ["Été"], fold: "a" }, ["Été", "Ete", "E\u0301te"], ["été"]],
		["accents count", { forms: ["Été"], fold: "c" }, ["été", "ÉTÉ", "e\u0301te\u0301"], ["ete"]],
		["both count", { forms: ["Été"], fold: "" }, ["Été"], ["été", "Ete"]],
		["spaces are alike", { forms: ["10\u202f000 euros"] }, ["10 000 euros", "10\u00a0000  euros", "10\u2009000\teuros"], ["10000 euros"]],
		["apostrophes, hyphens and quotation marks are alike, with the spaces that belong to them", { forms: ["l’«\u202fa\u202f»-b"] }, ["l'\"a\"‑b", "lʼ“a”–b", "l‘«a»-b", "l'« a »-b"], ["l a-b", "l'\" a \"-b"]],
		["ligatures are letters without accents", { forms: ["cœur"] }, ["coeur", "CŒUR"], ["cur"]],
		["ligatures count with accents", { forms: ["cœur"], fold: "c" }, ["Cœur"], ["coeur"]],
		["sharp s", { forms: ["Straße"] }, ["strasse", "STRASSE"], ["strase"]],
		["one full stop at the end", { forms: ["etc."] }, ["etc", "etc.", "etc ."], ["etc.."]],
		["letters with a stroke", { forms: ["Łódź", "đồng", "Ærø"] }, ["Lodz", "DONG", "aero"], ["Odz"]],
		["ligatures as capitals", { forms: ["Œuvre"], fold: "a" }, ["Oeuvre", "Œuvre"], ["oeuvre"]],
		["low quotation marks", { forms: ["„a“"] }, ["\"a\"", "«a»"], ["a"]],
		["one of several", { forms: ["a", "b c"] }, ["a", "B  C"], ["a b"]],
		["a pattern matches all of it", { forms: ["2010"], pattern: "20(10|11)|x+" }, ["2010", "2011", "XX", " 2011. "], ["20111", "y2010", "x 2010"]],
		["a pattern without accents", { forms: ["règlement"], pattern: "règlements?" }, ["reglements", "Règlement"], ["reglementss"]],
		["a pattern with accents", { forms: ["règlement"], pattern: "règlements?", fold: "c" }, ["Règlements"], ["reglements"]],
		["a pattern that no browser reads matches nothing", { forms: ["a"], pattern: "(" }, ["a"], ["(", "b"]],
		["a pattern by capitals, which keeps accents", { forms: ["-"], pattern: "É\\p{L}+", fold: "" }, ["Éta"], ["éta", "Eta"]],
	])) {
		test(name, () => {
			assert.deepEqual(accepted.filter((text) => !right(blank, text)), [], "refused");
			assert.deepEqual(refused.filter((text) => right(blank, text)), [], "accepted");
		});
	}

	test("accents are left out as the build does", () => {
		const { unaccented } = JSON.parse(readFileSync(new URL("../text-vectors.json", import.meta.url), "utf8"));
		for (const [text, bare] of unaccented) assert.equal(runtime.unaccented(text), bare);
		assert.ok(unaccented.length > 5);
	});

	test("capitals are those of the language", () => {
		assert.ok(right({ forms: ["ılık"], fold: "c" }, "ILIK", "tr"));
		assert.ok(!right({ forms: ["ılık"], fold: "c" }, "ILIK", "en"));
	});
});

describe("numbers in blanks", () => {
	/** @param {any} blank @param {string} written */
	const right = (blank, written) => kinds.blanks.grade(question({ parts: [{ n: 1, max: 20, shown: "", ...blank }] }), [1, written]) === 1;

	for (const [name, blank, accepted, refused] of /** @type {[string, any, string[], string[]][]} */ ([
		["the number itself, by either decimal sign", { low: 6.7, high: 6.7 }, ["6,7", "6.7", "+6,70", " 6.7 "], ["6.71", "67", "6,7,0", "1,6.7", "six", "", "6.7e0", "."]],
		["with a tolerance", { low: 6.6, high: 6.8 }, ["6.6", "6,8", "6.75"], ["6.59", "6.81"]],
		["sums of decimals", { low: 0.1 + 0.2, high: 0.1 + 0.2 }, ["0.3", ".3"], ["0.3001"]],
		["large numbers, in groups", { low: 1234567.8, high: 1234567.8 }, ["1 234 567,8", "1\u202f234\u202f567.8", "1\u00a0234\u2009567,8"], ["1,23,4567.8"]],
		["a point between groups, where the comma parts decimals", { low: 1600, high: 1700 }, ["1.650", "1650", "1.650,5"], ["1.65", "1,650", "1.6500"]],
		["what may be read in two ways, by what is right", { low: 1.5, high: 1.7 }, ["1.650", "1,65"], ["1650"]],
		["a comma between groups, where the point parts decimals", { low: 12500, high: 12500, point: 1 }, ["12,500", "12500", "12,500.0"], ["12,5", "1,2500", "012,500"]],
		["a decimal comma all the same", { low: 0.125, high: 0.125, point: 1 }, ["0,125", "0.125", ".125"], ["125", "0,0125"]],
		["whole numbers that are large", { low: 4294967296, high: 4294967296 }, ["4294967296"], ["4294967295", "4294967297"]],
		["digits of other scripts", { low: 12.5, high: 12.5 }, ["١٢٫٥", "۱۲٫۵", "१२.५", "１２．５", "၁၂.၅"], ["١٢٫٦", "२१.५"]],
		["capitals that tell units apart", { low: 5, high: 5, unit: "mW" }, ["5 mW", "5"], ["5 MW"]],
		["below zero", { low: -5, high: -5 }, ["-5", "−5", "- 5"], ["5", "--5"]],
		["with its unit", { low: 12, high: 12, unit: "km/h" }, ["12", "12 km/h", "12KM/H"], ["12 km", "12 m", "km/h"]],
		["per cent", { low: 5, high: 10, unit: "%" }, ["5 %", "10%", "7,5\u202f%"], ["11 %", "% 7"]],
		["small ones are not all alike", { low: 1e-12, high: 1e-12 }, ["0.000000000001"], ["0.000000000002", "0"]],
	])) {
		test(name, () => {
			assert.deepEqual(accepted.filter((text) => !right(blank, text)), [], "refused");
			assert.deepEqual(refused.filter((text) => right(blank, text)), [], "accepted");
		});
	}
});

describe("what the score makes of it", () => {
	const parts = [3, 1, 2].map((n) => ({ n }));
	/** @param {any[]} questions @param {any} [quiz] */
	const start = (questions, quiz = {}) => {
		const weight = questions.reduce((sum, { points = 100 }) => sum + points, 0);
		const settings = { passMark: 70, weight, attempts: 2, tries: 1, feedback: "at-end", answers: "at-end", ...quiz };
		const data = {
			language: "en", unit: [1, 2, 3, 4], records: "per-question", strings: {},
			completion: { when: "passed", passMark: 70, onFailure: "incomplete", success: "passed", attempt: "best" },
			pages: [{ n: 1, required: true, quiz: settings, questions: questions.map((q, i) => ({ n: i + 1, slug: "q" + i, points: 100, parts, ...q })) }],
		};
		const course = runtime.linkCourse(data, kinds);
		return { course, learner: runtime.createLearner(course, runtime.freshState([1, 2, 3, 4, 5, 6])) };
	};

	test("an answer that is right in part counts in part, rounded once", () => {
		const { course, learner } = start([{ kind: "order", credit: 1, points: 101 }, { kind: "order", points: 100 }]);
		const [first, second] = course.questions;
		learner.draft(first, [2, 3, 1]);
		learner.draft(second, [2, 3, 1]);
		learner.finish(course.pages[0]);
		assert.deepEqual([learner.answer(first).status, learner.answer(first).share, learner.points(first)], [2, 60, 51]);
		assert.deepEqual([learner.answer(second).status, learner.answer(second).share, learner.points(second)], [2, 0, 0]);
		assert.deepEqual([...learner.quiz(course.pages[0]).last], [51, 201]);
		assert.equal(learner.outcome(70).score, 25.37);
	});

	test("the share is kept, and is judged anew only while the attempt is open", () => {
		const { course, learner } = start([{ kind: "order", credit: 1 }]);
		const [q] = course.questions;
		learner.draft(q, [2, 3, 1]);
		learner.finish(course.pages[0]);
		q.credit = undefined;
		const later = runtime.decodeState(runtime.encodeState(learner.state, course), course);
		assert.equal(runtime.createLearner(course, later).points(q), 50);
		const open = start([{ kind: "order" }], { feedback: "after-each", tries: 3 });
		const [again] = open.course.questions;
		open.learner.draft(again, [2, 3, 1]);
		open.learner.validate(again);
		assert.equal(open.learner.points(again), 0);
		again.credit = 1;
		assert.equal(runtime.createLearner(open.course, open.learner.state).points(again), 50);
	});

	test("what is not scored counts neither for nor against", () => {
		const { course, learner } = start([{ kind: "text", points: 0, parts: [] }, { kind: "single", parts: [{ n: 1, right: 1 }, { n: 2 }] }, { kind: "scale", points: 0 }]);
		const [text, single, scale] = course.questions;
		learner.draft(text, ["What I think"]);
		learner.draft(single, [1]);
		learner.finish(course.pages[0]);
		assert.deepEqual([...learner.quiz(course.pages[0]).last], [100, 100]);
		assert.deepEqual([text, single, scale].map((q) => learner.answer(q).status), [3, 3, 0]);
		assert.deepEqual({ ...learner.outcome(70).status }, { completion: "completed", success: "passed" });
	});

	test("a quiz of which nothing is scored is passed by whoever sends it", () => {
		const { course, learner } = start([{ kind: "scale", points: 0 }]);
		assert.equal(learner.outcome(100).status.success, "unknown");
		learner.finish(course.pages[0]);
		const { score, status, missing } = learner.outcome(100);
		assert.deepEqual([score, status.success, missing.length], [100, "passed", 0]);
	});

	test("an order is an answer once something was moved, or it was accepted", () => {
		const { course, learner } = start([{ kind: "order" }]);
		const [q] = course.questions;
		assert.equal(learner.validate(q), false);
		assert.deepEqual([...learner.finish(course.pages[0])], []);
		assert.equal(learner.answer(q).status, 0);
	});
});

describe("texts as bytes", () => {
	const { packText, unpackText } = runtime;
	for (const [text, bytes] of /** @type {[string, number[]][]} */ ([
		["", []],
		["Hi\nyou", [72, 105, 10, 121, 111, 117]],
		["é€œ", [0xe9, 0x80, 0x9c]],
		// Greek begins at 0x370: window 7.
		["aβ é", [97, 1, 8, 0x80 + 0x32, 32, 1, 1, 0xe9]],
		// 0x4e00 is window 156, which takes two groups of seven bits.
		["一", [1, 157, 1, 0x80]],
		["😀", [1, 0xed, 7, 0x80]],
	])) {
		test(JSON.stringify(text), () => {
			assert.deepEqual([...packText(text)], bytes);
			assert.equal(unpackText(bytes), text);
		});
	}

	test("what an update leaves no room for is cut, between characters", () => {
		assert.deepEqual([...kinds.text.known({ max: 5 }, ["éééé一"])], ["éééé"]);
		assert.deepEqual([...kinds.text.known({ max: 8 }, ["éééé一"])], ["éééé一"]);
		assert.deepEqual([...kinds.blanks.known({ parts: [{ n: 2, max: 3 }] }, [1, "gone", 2, "abcd"])], [2, "abc"]);
	});

	test("no text has a byte 0, and every one comes back, but for control characters", () => {
		for (let point = 1; point < 0x110000; point = point < 0x3000 ? point + 1 : point + 97) {
			const text = "a" + String.fromCodePoint(point) + "é";
			const bytes = packText(text);
			assert.ok(!bytes.includes(0), text);
			const plain = /\p{Cc}/u.test(text) && !text.includes("\n") ? "a é" : text;
			assert.equal(unpackText(bytes), plain, point.toString(16));
		}
	});
});
