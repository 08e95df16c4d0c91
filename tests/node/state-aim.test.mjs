// The aim of the state's format: a large course fits into what SCORM 1.2 leaves, whatever its learners do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Course } from "./courses.mjs";

const LIMIT = 4000;
const PAGES = 100;
const QUIZZES = 5;

/** Answers as authors write them, by kind. @type {Record<string, (n: number) => string>} */
const ANSWERS = {
	single: () => "- [ ] One\n- [x] Two\n- [ ] Three\n- [ ] Four",
	multiple: () => "- [x] One\n- [x] Two\n- [ ] Three\n- [ ] Four\n- [ ] Five",
	"true-false": () => "- [x] True\n- [ ] False",
	ordering: () => "1. One\n2. Two\n3. Three\n4. Four\n5. Five",
	matching: () => "| Town | Country |\n|---|---|\n| Rome | Italy |\n| Paris | France |\n| Lima | Peru |\n| Oslo | Norway |\n| Bern | Switzerland |",
	number: (n) => `The number is [[${n}.5 ± 0.1]].`,
	scale: () => "- Never\n- Rarely\n- Sometimes\n- Often\n- Always",
	blank: (n) => `The word is [[word ${n}]].`,
	text: () => "[[…]]",
};
const SPREAD = ["single", "multiple", "true-false", "ordering", "matching", "number", "scale"];
const KINDS = [...Array(5).fill("text"), ...Array(20).fill("blank"), ...Array.from({ length: 75 }, (_, i) => SPREAD[i % SPREAD.length])];

/** @param {string[]} kinds of the 100 questions */
function course(kinds) {
	const quizzes = Array.from({ length: QUIZZES }, (_, i) => `quiz-${i}`);
	// The lesson's cover is a page too.
	const readings = Array.from({ length: PAGES - QUIZZES - 1 }, (_, i) => `page-${i}`);
	/** @type {Record<string, string>} */
	const files = {
		"course.toml": 'id = "https://example.org/aim"\ntitle = "Aim"\nversion = "1"\nlanguage = "en"\nlessons = ["lesson"]\n',
		"lesson/index.md": `+++\ntitle = "Lesson"\npages = ${JSON.stringify([...readings, ...quizzes].map((stem) => stem + ".md"))}\n+++\n`,
	};
	for (const stem of readings) files[`lesson/${stem}.md`] = `+++\ntitle = "${stem}"\n+++\n\nSomething to read.\n`;
	quizzes.forEach((stem, quiz) => {
		const asked = kinds.flatMap((kind, n) => (n % QUIZZES === quiz ? [question(kind, n)] : []));
		files[`lesson/${stem}.md`] = `+++\ntitle = "${stem}"\nkind = "quiz"\nattempts = 2\n+++\n\n${asked.join("\n")}`;
	});
	return files;
}

/** @param {string} kind @param {number} n */
function question(kind, n) {
	const mark = kind === "scale" ? " .scale" : "";
	return `## Question ${n} {#q${n}${mark}}\n\n${ANSWERS[kind](n)}\n`;
}

/** The bound of a course, in characters. @param {string[]} kinds */
function bound(kinds) {
	const built = new Course(course(kinds));
	try {
		return built.report().state.characters;
	} finally {
		built.remove();
	}
}

test("100 questions of all kinds and 100 pages, two attempts, fit into 4,000 characters", (t) => {
	const whole = bound(KINDS);
	t.diagnostic(`${whole} of ${LIMIT} characters`);
	for (const kind of Object.keys(ANSWERS)) {
		const others = KINDS.map((other) => (other === kind ? "true-false" : other));
		const of = KINDS.filter((other) => other === kind).length;
		t.diagnostic(`${of} × ${kind}: ${((whole - bound(others)) / of).toFixed(1)} characters more each than true-false`);
	}
	assert.ok(whole <= LIMIT, `${whole} characters`);
});
