// What a learner's browser has to load, against the budgets of the design.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { courseData } from "../tests/node/courses.mjs";
import { filesIn } from "./workshop.mjs";
import { heading, KB, number, remark, table } from "./table.mjs";

const FORM = /<form class="question"[^]*?<\/form>/g;

/** @typedef {import("./workshop.mjs").Built} Built */

/** @param {Built[]} courses */
export function printWeights(courses) {
	heading("1. Weights, in bytes, uncompressed");
	const all = courses.map((course) => ({ course, parts: documentParts(course.folder) }));
	/** @param {(one: (typeof all)[number]) => number} figure */
	const row = (figure) => all.map((one) => number(figure(one)));
	table([
		["", ...courses.map(({ name }) => name), "at most"],
		["style.css", ...row(({ course }) => sizeOf(course, "style.css")), number(12 * KB)],
		["runtime.js", ...row(({ course }) => sizeOf(course, "runtime.js")), number(28 * KB)],
		["document", ...row(({ parts }) => parts.document), ""],
		["  questions: forms and data", ...row(({ parts }) => parts.questions), ""],
		["    per question", ...row(({ parts }) => parts.questions / parts.count), number(1.5 * KB)],
		["  pages: main without the forms", ...row(({ parts }) => parts.pages), ""],
		["    per 1,000 words", ...row(({ parts }) => (1000 * parts.pages) / parts.words), number(12 * KB)],
		["  frame: all else", ...row(({ parts }) => parts.frame), ""],
		["    pages and frame per 1,000 words", ...row(({ parts }) => (1000 * (parts.pages + parts.frame)) / parts.words), number(12 * KB)],
		["words", ...row(({ parts }) => parts.words), ""],
		["questions", ...row(({ parts }) => parts.count), ""],
		["zip", ...row(({ course }) => statSync(course.zip).size), ""],
		["files in it", ...row(({ course }) => filesIn(course.folder).length), ""],
	]);
	remark("Words are those to be read outside the questions. The frame is head, contents, words of the interface, footer:");
	remark("in a course of few words the last ratio says nothing.");
}

/** @param {Built} course @param {string} file */
function sizeOf({ folder }, file) {
	return statSync(join(folder, file)).size;
}

/** The bytes of a document, each counted once. @param {string} folder */
function documentParts(folder) {
	const html = readFileSync(join(folder, "index.html"), "utf8");
	const main = /<main\b[^]*<\/main>/.exec(html)?.[0] ?? "";
	const forms = main.match(FORM) ?? [];
	const data = courseData(folder).questions.map((/** @type {any} */ question) => asServed(question, html));
	const [document, questions, pages] = [[html], [...forms, ...data], [main.replace(FORM, "")]].map(bytes);
	return { document, questions, pages, frame: document - questions - pages, count: forms.length, words: countWords(main) };
}

/** A question's data as the document has it; courseData() has read it. @param {object} question @param {string} html */
function asServed(question, html) {
	const text = JSON.stringify(question).replaceAll("<", "\\u003c");
	if (!html.includes(text)) throw new Error(`the document writes this in another way: ${text}`);
	return text;
}

/** @param {string[]} texts */
function bytes(texts) {
	return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}

/** What stands between spaces and has a letter or a digit. @param {string} main */
function countWords(main) {
	const text = main.replace(FORM, " ").replace(/<[^>]*>/g, " ").replace(/&[\w#]+;/g, "x");
	return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
