// A package with every kind of question, made by hand as the build writes it: a quiz that is sent at its end, and the
// same questions as self-checks on a page.
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Course } from "../node/courses.mjs";
import { runtimeText } from "../node/runtime.mjs";

const KINDS_STYLE = new URL("../../templates/style-kinds.css", import.meta.url);

/** The number of a self-check is that of the same question in the quiz, and this more. */
export const OWN = 20;

const part = (/** @type {number} */ n, /** @type {any} */ more) => ({ n, ...more });

/** @type {{ kind: string, title: string, prompt?: string, hint: string, data: any, answer: (id: string) => string }[]} */
const KINDS = [
	{
		kind: "single", title: "What is two and two?", hint: "One answer only.",
		data: { parts: [part(1, { weight: 50, feedback: "<p>Nearly.</p>" }), part(2, { right: 1, weight: 100 }), part(3, {})], says: { partly: "<p>Not far off.</p>" }, read: '<a href="#p2">A page</a>' },
		answer: (id) => choices(id, "radio", ["Three", "Four", "Five"]),
	},
	{
		kind: "multiple", title: "Which of these are prime?", hint: "Several answers possible.",
		data: { credit: 1, parts: [part(1, { right: 1 }), part(2, {}), part(3, { right: 1 }), part(4, {})] },
		answer: (id) => choices(id, "checkbox", ["Two", "Four", "Five", "Nine"]),
	},
	{
		kind: "scale", title: "This course is useful to me.", hint: "One answer only.",
		data: { points: 0, parts: [1, 2, 3, 4, 5].map((n) => part(n, {})) },
		answer: (id) => `<div class="scale">\n${choices(id, "radio", ["Not at all", "Rather not", "Neither", "Rather", "Very much"])}</div>`,
	},
	{
		kind: "order", title: "In which order did these appear?", hint: "Put the items into the right order.",
		data: { credit: 1, parts: [part(2, { feedback: "<p>The abacus is ancient.</p>" }), part(1, {}), part(4, {}), part(3, {})], explanation: "<p>The web is of 1989.</p>" },
		answer: (id) => `<ol class="order">\n${[[4, "The transistor, which made computers small enough for a desk and cheap enough for a home"], [1, "The slide rule"], [3, "The web"], [2, "The abacus"]].map(([n, text]) => item(id, n, text)).join("")}</ol><p class="vh" role="status"></p>`,
	},
	{
		kind: "match", title: "Which capital belongs to which country?", hint: "Choose an answer for each item.",
		data: { credit: 1, parts: [part(1, { to: 1 }), part(2, { to: 2 }), part(3, { to: 3 }), part(4, {})] },
		answer: (id) => `<div class="match">${[[1, "France"], [2, "Spain"], [3, "The Kingdom of the Netherlands in Europe"]].map(([n, text]) => pair(id, n, text, [[3, "Amsterdam"], [4, "Lisbon"], [1, "Paris"], [2, "Madrid"]])).join("")}</div>`,
	},
	{
		kind: "blanks", title: "Fill in what is missing.", hint: "Read the whole sentence before you answer.",
		data: {
			credit: 1,
			parts: [part(1, { max: 40, forms: ["Berners-Lee", "Tim Berners-Lee"], fold: "ca" }), part(2, { max: 20, low: 6.6, high: 6.8, value: 6.7, shown: "6.7 %", unit: "%" })],
		},
		answer: (id) => `<p class="blanks">The web was invented by ${blank(id, 1, 2)}, and in the year 2000 ${blank(id, 2, 2, "%")} % of all people used it.</p>`,
	},
	{
		kind: "blanks", title: "How many people used the internet in 2000?", hint: "A number, for example 12.5.",
		data: { parts: [part(1, { max: 20, low: 5, high: 10, shown: "from 5 to 10 %", unit: "%" })] },
		answer: (id) => `<p class="blanks"><span class="blank"><label for="${id}-1">Your answer<span class="vh">, in %</span></label> <input type="text" id="${id}-1" autocomplete="off" autocapitalize="off" spellcheck="false" inputmode="decimal"></span> %</p>`,
	},
	{
		kind: "text", title: "What do you think of it?", hint: "Not scored.",
		data: { points: 0, max: 60, parts: [] },
		answer: (id) => `<p class="free"><label for="${id}-text">Your answer (60 characters at most)</label> <textarea id="${id}-text" rows="5" autocomplete="off"></textarea></p><p class="left" role="status"></p>`,
	},
];

/** @param {string} id @param {string} type @param {string[]} texts */
function choices(id, type, texts) {
	return texts.map((text, i) => {
		const name = type === "radio" ? id : `${id}-${i + 1}`;
		return `<div class="choice"><input type="${type}" name="${name}" id="${id}-${i + 1}"><label for="${id}-${i + 1}">${text}</label></div>\n`;
	}).join("");
}

/** @param {string} id @param {any} n @param {any} text */
function item(id, n, text) {
	const button = (/** @type {number} */ step, /** @type {string} */ words) => `<button type="button" value="${step}" aria-label="${words}: ${text}">${words}</button>`;
	return `<li id="${id}-${n}"><span id="${id}-${n}-text">${text}</span> ${button(-1, "Move up")} ${button(1, "Move down")}</li>\n`;
}

/** @param {string} id @param {any} n @param {any} text @param {any[][]} answers */
function pair(id, n, text, answers) {
	const options = answers.map(([to, answer]) => `<option value="${to}">${answer}</option>`).join("");
	return `<p class="pair"><label for="${id}-${n}">${text}</label> <select id="${id}-${n}"><option value="">Choose…</option>${options}</select></p>\n`;
}

/** @param {string} id @param {number} n @param {number} all @param {string} [unit] */
function blank(id, n, all, unit) {
	const inUnit = unit ? `<span class="vh">, in ${unit}</span>` : "";
	const decimal = unit ? ' inputmode="decimal"' : "";
	return `<span class="blank"><label for="${id}-${n}"><span class="vh">Blank </span>${n}<span class="vh"> of ${all}</span>${inUnit}</label> <input type="text" id="${id}-${n}" autocomplete="off" autocapitalize="off" spellcheck="false"${decimal}></span>`;
}

/** @param {number} n @param {(typeof KINDS)[number]} kind @param {string} number @param {string} button */
function form(n, { title, hint, answer }, number, button) {
	const id = "q" + n;
	return `<form class="question" id="${id}" novalidate><fieldset><legend><h2>${number}${title}</h2></legend>\n<p class="hint">${hint}</p>\n${answer(id)}</fieldset>`
		+ `<p class="error" id="${id}-error" hidden></p>${button}<div class="result" hidden></div></form>\n`;
}

/** The folder of the package, and what it was made of, to be removed. @param {import("../node/courses.mjs").Change[]} [changes] to the course around it */
export function handmade(changes = []) {
	const course = new Course("base", changes);
	const root = course.build();
	const file = join(root, "index.html");
	let html = readFileSync(file, "utf8");
	const block = /(<script type="application\/json" id="course-data">)(.*?)(<\/script>)/s;
	const data = JSON.parse(/** @type {RegExpExecArray} */ (block.exec(html))[2]);
	const quiz = data.pages.find((/** @type {any} */ page) => page.quiz);
	const page = data.pages.find((/** @type {any} */ { n }) => n === 2);
	const asked = (/** @type {number} */ from) => KINDS.map(({ kind, data }, i) => ({ n: i + 1 + from, kind, slug: `${kind}-${i + 1}`, points: 100, ...data }));
	quiz.questions = asked(0);
	page.questions = asked(OWN);
	const number = (/** @type {number} */ n) => `<span class="number">Question ${n} of ${KINDS.length}.</span> `;
	const button = '<p class="actions validate" hidden><button>Submit my answer</button></p>';
	const forms = KINDS.map((kind, i) => form(i + 1, kind, number(i + 1), ""));
	const checks = KINDS.map((kind, i) => form(i + 1 + OWN, kind, "", button));
	html = html.replace(/<form class="question".*<\/form>/s, () => forms.join(""));
	html = html.replace("<p>Some text.</p>", () => "<p>Some text.</p>\n" + checks.join(""));
	html = html.replace(block, (_, before, __, after) => before + JSON.stringify(data).replaceAll("<", "\\u003c") + after);
	writeFileSync(file, html);
	writeFileSync(join(root, "runtime.js"), runtimeText("scorm12", "shipped"));
	appendFileSync(join(root, "style.css"), readFileSync(KINDS_STYLE));
	return { course, root, data };
}
