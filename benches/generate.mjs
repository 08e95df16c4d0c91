// Courses of any size, the same on every machine: lessons of pages with headings, paragraphs, lists, tables, quotations,
// callouts, links and images, each lesson with a quiz at its end.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createProse } from "./prose.mjs";

/** @typedef {import("./prose.mjs").Prose} Prose */
/**
 * How large a course is.
 * @typedef {object} Shape
 * @property {number} lessons
 * @property {number} pages to read, per lesson
 * @property {number} quiz questions in the quiz of each lesson
 * @property {number} [checks] questions on the pages of each lesson, for learners alone
 */

const IMAGES = 20;
/** That many make a page of about 765 words with its marks. */
const SECTIONS = 5;

/** Writes a course. @param {string} folder @param {Shape} shape */
export function writeCourse(folder, shape) {
	const files = courseFiles(shape);
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	return folder;
}

/** @param {Shape} shape @returns {Record<string, string>} texts by path */
export function courseFiles(shape) {
	const prose = createProse(1);
	const lessons = numbers(shape.lessons).map((n) => `lecon-${n}`);
	/** @type {Record<string, string>} */
	const files = { "course.toml": courseToml(lessons) };
	for (const n of numbers(IMAGES)) files[`images/figure-${n}.svg`] = figure(prose);
	lessons.forEach((lesson, at) => {
		const pages = numbers(shape.pages).map((n) => `page-${n}`);
		files[`${lesson}/index.md`] = `+++\ntitle = "${prose.phrase(3, 6)}"\npages = ${JSON.stringify([...pages, "quiz"].map((page) => `${page}.md`))}\n+++\n`;
		pages.forEach((page, index) => {
			const checks = numbers(share(shape.checks ?? 0, shape.pages, index)).map((n) => question(prose, `${lesson}-${page}-${n}`, ".question "));
			files[`${lesson}/${page}.md`] = [pageText(prose, index, shape), ...checks].join("\n\n") + "\n";
		});
		files[`${lesson}/quiz.md`] = quizText(prose, lesson, at, shape.quiz);
	});
	return files;
}

/** 1 to `count`. @param {number} count */
function numbers(count) {
	return Array.from({ length: count }, (_, index) => index + 1);
}

/** How many of `all` fall to the part `at` of `parts`, when they are spread evenly. @param {number} all @param {number} parts @param {number} at */
function share(all, parts, at) {
	return Math.floor((all * (at + 1)) / parts) - Math.floor((all * at) / parts);
}

/** @param {string[]} lessons */
function courseToml(lessons) {
	return `id = "https://example.org/cours/mesure"\ntitle = "Cours de mesure"\nversion = "1.0.0"\nlanguage = "fr"\nlessons = ${JSON.stringify(lessons)}\n`;
}

/** @param {Prose} prose @param {number} index of the page in its lesson @param {Shape} shape for the links */
function pageText(prose, index, shape) {
	const head = `+++\ntitle = "${prose.phrase(3, 6)}"\n+++`;
	const image = `![${prose.phrase(4, 8)}](../images/figure-${1 + (index % IMAGES)}.svg "${prose.phrase(5, 9)}")`;
	const sections = numbers(SECTIONS).map((n) => {
		const special = SPECIALS[(index + n) % SPECIALS.length](prose);
		return [`## ${prose.phrase(3, 6)}`, paragraph(prose, shape), special, paragraph(prose, shape)].join("\n\n");
	});
	return [head, prose.sentence(), image, ...sections].join("\n\n");
}

/** A few sentences with what authors put between them. @param {Prose} prose @param {Shape} shape */
function paragraph(prose, shape) {
	const inline = [
		() => `**${prose.words(2)}**`,
		() => `*${prose.words(3)}*`,
		() => `« ${prose.words(3)} »`,
		() => `[${prose.words(2)}](https://example.org/${prose.between(1, 99999)})`,
		() => `[${prose.words(3)}](../lecon-${prose.between(1, shape.lessons)}/page-${prose.between(1, shape.pages)}.md)`,
		() => `\`${prose.word()}\``,
	];
	const sentences = Array.from({ length: prose.between(2, 3) }, () => prose.sentence());
	return sentences.map((sentence) => (prose.random() < 0.6 ? `${sentence} ${prose.pick(inline)()} ${prose.words(4)}.` : sentence)).join(" ");
}

/** One of these stands in each section. @type {((prose: Prose) => string)[]} */
const SPECIALS = [
	(prose) => numbers(4).map(() => `- ${prose.phrase(4, 9)} ;`).join("\n"),
	(prose) => {
		const row = () => `| ${prose.phrase(1, 2)} | ${prose.words(3)} | ${prose.between(1, 9999)} |`;
		return [row(), "|---|---|--:|", ...numbers(5).map(row), "", `: ${prose.phrase(4, 7)}`].join("\n");
	},
	(prose) => numbers(4).map((n) => `${n}. ${prose.sentence()}`).join("\n"),
	(prose) => `> ${prose.sentence()} ${prose.sentence()}\n> — ${prose.phrase(2, 3)}`,
	(prose) => `> [!TIP]\n> ${prose.sentence()} ${prose.sentence()}`,
];

/** @param {Prose} prose @param {string} lesson @param {number} at index of the lesson @param {number} count */
function quizText(prose, lesson, at, count) {
	// Every second quiz saves answer by answer, the others when they are sent.
	const feedback = at % 2 ? "after-each" : "at-end";
	const head = `+++\ntitle = "Quiz"\nkind = "quiz"\nfeedback = "${feedback}"\nshuffle = ["choices"]\n+++`;
	return [head, prose.sentence(), ...numbers(count).map((n) => question(prose, `${lesson}-quiz-${n}`, ""))].join("\n\n") + "\n";
}

/** @param {Prose} prose @param {string} id @param {string} mark a class of the heading, or "" */
function question(prose, id, mark) {
	const kind = prose.between(0, 3);
	const right = kind === 1 ? [0, 2] : [prose.between(0, 1)];
	const texts = kind === 2 ? ["Vrai", "Faux"] : numbers(4).map((n) => `${prose.phrase(3, 8)} (${n})`);
	const choices = texts.flatMap((text, n) => {
		const isRight = right.includes(n);
		return [`- [${isRight ? "x" : " "}] ${text}`, ...(isRight || kind === 2 ? [] : [`  > ${prose.sentence()}`])];
	});
	return `## ${prose.phrase(8, 14)} ? {${mark}#${id}}\n\n${choices.join("\n")}\n\n> ${prose.sentence()} ${prose.sentence()}`;
}

/** A chart with an irregular line. @param {Prose} prose */
function figure(prose) {
	const points = numbers(80).map((x) => `${x * 6},${prose.between(10, 310)}`).join(" ");
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 320" width="480" height="320"><polyline fill="none" stroke="#1f5fa8" points="${points}"/></svg>\n`;
}
