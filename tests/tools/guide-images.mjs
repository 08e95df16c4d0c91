// Makes the pictures of docs/guide.md and docs/questions.md: blocks of examples as learners see them, 650 px wide. Needs
// chromium, and ffmpeg to make them small. Run it again when the looks of a block or the words of an example have changed.
//
//   node tools/guide-images.mjs [NAME…]
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { closeSharedBrowser, sharedBrowser } from "../browser/lms/host.mjs";
import { begun, go } from "../browser/pages.mjs";
import { Course } from "../node/courses.mjs";

/** @typedef {import("playwright-core").Page} Page */
/**
 * A picture: from the top of one element to the bottom of another (or of itself), once the page is as it should be.
 *
 * @typedef {{ page: string, from: string, to?: string, act?: (page: Page) => Promise<void> }} Shot
 */

const WIDTH = 650;
const MARGIN = 16;

/** @type {Record<string, Shot>} */
const BLOCKS = {
	cover: { page: "p1", from: ".logo", to: ".facts" },
	text: { page: "p2", from: "h2", to: ".callout" },
	table: { page: "p2", from: ".scroll" },
	quotation: { page: "p2", from: "figure", to: ".notes" },
	figure: { page: "p3", from: "figure" },
	definitions: { page: "p3", from: "dl" },
	sound: { page: "p3", from: ".media", act: (page) => page.click("#p3 .media summary") },
	disclosure: { page: "p3", from: "details:not(.media *)", act: (page) => page.click("#p3 details:not(.media *) summary") },
	callouts: { page: "p4", from: ".important", to: ".note" },
	"self-check": { page: "p4", from: ".question", act: (page) => answer(page, "p4", 1) },
	film: { page: "p7", from: ".media" },
	download: { page: "p7", from: ".download" },
	formula: { page: "p8", from: ".scroll", to: "details", act: (page) => page.click("#p8 summary") },
	filter: {
		page: "p9",
		from: ".filters",
		to: ".scroll",
		act: async (page) => void (await page.locator("#p9 select").first().selectOption({ label: "Computers" })),
	},
	elsewhere: { page: "p9", from: ".media" },
	quiz: { page: "p10", from: "h1", to: ".question" },
	result: { page: "p10", from: ".quiz-result", act: handIn },
};

/** The questions by their numbers in course.lock. @type {Record<string, Shot>} */
const KINDS = {
	"kind-triangle": { page: "p2", from: "#q1", act: (page) => answer(page, "p2", 0) },
	"kind-pictures": { page: "p5", from: "#q14" },
	"kind-formulas": { page: "p5", from: "#q25" },
	"kind-true-false": { page: "p5", from: "#q15" },
	"kind-multiple": { page: "p5", from: "#q16" },
	"kind-order": { page: "p5", from: "#q19" },
	"kind-match": { page: "p5", from: "#q20" },
	"kind-text": { page: "p5", from: "#q21" },
	"kind-number": { page: "p5", from: "#q22" },
	"kind-blanks": { page: "p5", from: "#q24" },
	"kind-scale": { page: "p5", from: "#q27" },
	"kind-own-words": { page: "p5", from: "#q28" },
	"kind-partly": { page: "p5", from: "#q17", act: handInKinds },
	"kind-objectives": { page: "p5", from: ".quiz-result", act: handInKinds },
};

const COURSES = { "examples/onboarding-en": BLOCKS, "examples/question-kinds": KINDS };
const wanted = process.argv.slice(2);
const images = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "docs", "images");
const scratch = mkdtempSync(join(tmpdir(), "guide-"));
try {
	for (const [course, shots] of Object.entries(COURSES)) {
		const names = Object.keys(shots).filter((name) => !wanted.length || wanted.includes(name));
		if (names.length) await photographAll(new Course(course), names, shots);
	}
} finally {
	await closeSharedBrowser();
	rmSync(scratch, { recursive: true });
}

/** @param {Course} course @param {string[]} names @param {Record<string, Shot>} shots */
async function photographAll(course, names, shots) {
	try {
		const address = "file://" + join(course.build(), "index.html");
		const browser = await sharedBrowser();
		for (const name of names) {
			// Each in a browser of its own: what one does is not seen in the next.
			const context = await browser.newContext({ viewport: { width: WIDTH, height: 1200 }, colorScheme: "light", reducedMotion: "reduce" });
			const page = await context.newPage();
			await page.goto(address);
			await begun(page);
			await photograph(page, name, shots[name]);
			await context.close();
		}
	} finally {
		course.remove();
	}
}

/** @param {Page} page @param {string} name @param {Shot} shot */
async function photograph(page, name, { page: id, from, to = from, act }) {
	await go(page, id);
	await act?.(page);
	await page.evaluate(() => /** @type {HTMLElement} */ (document.activeElement).blur());
	const tall = await page.evaluate(() => document.documentElement.scrollHeight);
	await page.setViewportSize({ width: WIDTH, height: tall });
	const [top, bottom] = await Promise.all([from, to].map((selector) => page.locator(`#${id}`).locator(selector).first().boundingBox()));
	if (!top || !bottom) throw new Error(`${name}: nothing to be seen`);
	const y = top.y - MARGIN;
	const whole = join(scratch, `${name}.png`);
	await page.screenshot({ path: whole, clip: { x: 0, y, width: WIDTH, height: bottom.y + bottom.height + MARGIN - y } });
	const path = join(images, `${name}.png`);
	execFileSync("ffmpeg", ["-i", whole, "-vf", "split[a][b];[a]palettegen=max_colors=32[p];[b][p]paletteuse=dither=none", "-loglevel", "error", "-y", path]);
	console.log(`${name}: ${statSync(path).size} bytes`);
}

/** @param {Page} page @param {string} id @param {number} choice which, of all on the page */
async function answer(page, id, choice) {
	await page.locator(`#${id} .choice input`).nth(choice).check();
	await page.click(`#${id} .validate button`);
}

/** One answer is wrong, the others are right. @param {Page} page */
async function handIn(page) {
	for (const text of ["Her name and her date of birth", "It is scanned before", "somebody has reserved it", "3", "True"]) {
		await page.locator("#p10 .choice").filter({ hasText: text }).first().locator("input").check();
	}
	await page.click("#p10 [data-do=review]");
	await page.click("#p10 [data-do=send]");
}

/** Most is right, one question in part. @param {Page} page */
async function handInKinds(page) {
	for (const choice of ["q14-2", "q15-2", "q17-1", "q17-2", "q18-2", "q26-2"]) await page.locator(`#${choice}`).check();
	await page.fill("#q22-1", "21");
	for (const [blank, text] of Object.entries({ 1: "back", 2: "closed", 3: "another", 4: "wet", 5: "112" })) await page.fill(`#q24-${blank}`, text);
	await page.click("#p5 [data-do=review]");
	await page.click("#p5 [data-do=send]");
}
