// What the tests of pages do with a course that is open: bring it into all its states, and look at it in each.
import assert from "node:assert/strict";
import axe from "axe-core";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { courseData } from "../node/courses.mjs";
import { answerAll, answerAs, answerFaultily, sampleOf } from "./answering.mjs";
import { closeSharedBrowser, openLms } from "./lms/host.mjs";

/** @typedef {import("playwright-core").Frame} Frame */
/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("../node/courses.mjs").Course} Course */
/** @typedef {{ name: string, root: string, data: any }} Package */

export const WIDE = { width: 1280, height: 900 };

/** @type {Course[]} */
const built = [];

/** Compiles a course for the tests of a file, which end with unpack(). @param {string} name @param {Course} course @param {string} [target] @returns {Package} */
export function pack(name, course, target) {
	built.push(course);
	const root = course.build(target);
	return { name, root, data: courseData(root) };
}

/** Closes the browser and removes what pack() has made. */
export async function unpack() {
	await closeSharedBrowser();
	for (const course of built.splice(0)) course.remove();
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Axe leaves out its experimental rules, some of RGAA among them, and the one on targets, where it is not told.
 *
 * @type {{ runOnly: string[], rules: Record<string, { enabled: boolean }>, resultTypes: string[] }}
 */
const AXE = {
	runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "RGAAv4", "best-practice", "experimental"],
	rules: { "target-size": { enabled: true } },
	resultTypes: ["violations"],
};

/** What another look can change where nothing moves: the rules on colours alone, whose run is much shorter. */
export const AXE_COLOURS = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] }, resultTypes: ["violations"] };

/** That one needs the focus to be scrolled by keys; axe would take a landmark, of which each wide table would be one. */
const SCROLLED = { rules: [{ id: "focus-order-semantics", selector: ":not(.scroll)" }] };

/** Every rule of axe that these tests run. */
export const AXE_RULES = axe.getRules().filter(({ ruleId, tags }) => AXE.rules[ruleId]?.enabled ?? (!tags.includes("deprecated") && tags.some((tag) => AXE.runOnly.includes(tag)))).map(({ ruleId }) => ruleId);

/** Every page, by its address. @param {Frame | Page} content @returns {Promise<string[]>} */
export function pageIds(content) {
	return content.evaluate(() => [...document.querySelectorAll("main > section")].map((section) => section.id));
}

/** Waits until the session has begun, or cannot. @param {Frame | Page} content */
export async function begun(content) {
	await content.waitForFunction(() => document.getElementById("save")?.textContent, null, { timeout: 15_000 });
}

/** @param {Frame | Page} content @param {string} id */
export async function go(content, id) {
	await content.evaluate((id) => void (location.hash = id), id);
	await content.waitForFunction((id) => document.activeElement?.closest("section")?.id === id, id);
}

/**
 * Brings the course into every state that a learner sees, and names each: all pages; disclosures open; questions refused,
 * wrong, right in part and right, and to confirm; quizzes under review, with a result, with the last one; the end of the visit.
 *
 * @param {Frame | Page} content @param {any} data
 */
export async function* states(content, data) {
	for (const id of await pageIds(content)) {
		await go(content, id);
		yield id;
		const folded = content.locator(`#${id} details:not([open]) > summary`);
		if (await folded.count()) {
			// Opening one may show another within it.
			while (await folded.count()) await folded.first().click();
			yield `${id}: disclosures open`;
		}
		const { quiz, questions = [] } = data.pages.find((/** @type {any} */ { n }) => `p${n}` === id) ?? {};
		const together = quiz && quiz.feedback !== "after-each";
		yield* (together ? allTogether : eachAlone)(content, id, questions);
	}
	await content.click("#leave");
	yield "left";
}

/** @param {Frame | Page} content @param {string} id @param {any[]} questions */
async function* eachAlone(content, id, questions) {
	for (const question of questions) {
		const named = `${id}: question ${question.n}`;
		const [validate, confirm] = ["validate", "sure"].map((name) => content.locator(`#q${question.n} .${name} button`).first());
		/** @type {[string, () => Promise<unknown>][]} */
		const answers = [
			["unanswered", async () => {}],
			["faulty", () => answerFaultily(content, question)],
			["wrong", () => answerAs(content, question, "wrong")],
			["right in part", () => answerAs(content, question, "partly")],
			["right", () => answerAs(content, question, "right")],
		];
		const hows = answers.filter(([how]) => how !== "right in part" || String(sampleOf(question, "partly")) !== String(sampleOf(question, "wrong")));
		for (const [how, answer] of hows) {
			// The one before may have been the last try.
			if (!(await validate.isVisible())) break;
			if ((await answer()) === false) continue;
			await validate.click();
			if (await confirm.isVisible()) {
				yield `${named} ${how}, to confirm`;
				await confirm.click();
			}
			yield `${named} ${how}`;
		}
	}
}

/** @param {Frame | Page} content @param {string} id @param {any[]} questions */
async function* allTogether(content, id, questions) {
	/** @param {string} action */
	const act = (action) => content.click(`#${id} [data-do=${action}]`);
	await answerAll(content, questions.slice(0, -1), "wrong");
	yield `${id}: answered`;
	await act("review");
	yield `${id}: review`;
	await act("send");
	yield `${id}: result`;
	if (!(await content.locator(`#${id} [data-do=retry]`).isVisible())) return;
	await act("retry");
	await answerAll(content, questions, "right");
	await act("review");
	await act("send");
	yield `${id}: second result`;
}

/** What axe finds, one line each. @param {Frame | Page} content @param {typeof AXE | typeof AXE_COLOURS} rules @returns {Promise<string[]>} */
export async function axeFinds(content, rules = AXE) {
	if (!(await content.evaluate(() => "axe" in window))) {
		await content.evaluate(axeSource);
		await content.evaluate((rules) => /** @type {any} */ (window).axe.configure(rules), SCROLLED);
	}
	const { violations } = await content.evaluate((options) => /** @type {any} */ (window).axe.run(document, options), rules);
	return violations.flatMap((/** @type {any} */ { id, nodes }) => nodes.map((/** @type {any} */ node) =>
		`${id}: ${node.target.join(" ")}: ${node.failureSummary.split("\n").slice(1).map((/** @type {string} */ line) => line.trim()).join("; ")}`));
}

/** What WCAG 1.4.12 lets a reader do to a page. */
const SPACED = "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }";

/**
 * The text's size and spacing, as a reader may set them; the package's policy refuses style sheets that are added in
 * another way.
 *
 * @param {Frame | Page} content @param {{ text?: string, spaced?: boolean }} reader
 */
export async function setText(content, { text = "", spaced = false }) {
	await content.evaluate(([text, css]) => {
		document.documentElement.style.fontSize = text;
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(css);
		document.adoptedStyleSheets = [sheet];
	}, [text, spaced ? SPACED : ""]);
}

/** How far the document goes beyond the window, and what does; nothing when it fits. @param {Frame | Page} content @returns {Promise<string[]>} */
export function overflow(content) {
	return content.evaluate(() => {
		const { scrollWidth, clientWidth } = document.documentElement;
		if (scrollWidth <= clientWidth) return [];
		const wide = [...document.querySelectorAll("body *")].filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5);
		const names = wide.slice(-3).map((element) => `${element.tagName.toLowerCase()}#${element.id}.${element.className}`);
		return [`${scrollWidth - clientWidth} px too wide: ${names.join(", ")}`];
	});
}

/**
 * What has the focus, and what keeps the eye from seeing it; `faults` is empty when all is well.
 *
 * @param {Frame | Page} content @returns {Promise<{ what: string, faults: string[] }>}
 */
export function focus(content) {
	return content.evaluate(() => {
		const element = /** @type {HTMLElement} */ (document.activeElement);
		const what = `${element.tagName.toLowerCase()}#${element.id}.${element.className} "${element.textContent?.trim().slice(0, 30)}"`;
		if (element === document.body) return { what, faults: ["the focus is nowhere"] };
		const [box] = element.getClientRects();
		if (!box?.width || !box.height) return { what, faults: ["it has no size"] };
		// Of what is taller than the window the middle of what shows.
		const middle = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
		const points = [0.2, 0.5, 0.8].map((part) => document.elementFromPoint(box.left + part * box.width, middle));
		const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
		const ring = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
		const faults = {
			"it is out of view": box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth,
			"it is hidden by something": !points.some((hit) => hit && (element.contains(hit) || hit.contains(element))),
			// The skip link leads to the whole of the page, which is no control; those inside a player are the browser's own.
			"nothing shows the focus": !ring && !element.matches("main, video, audio"),
		};
		return { what, faults: Object.entries(faults).flatMap(([fault, there]) => there ? [fault] : []) };
	});
}

/** A learner without a mouse. */
export class Keyboard {
	/** @param {Page} page that has the keys @param {Frame | Page} content */
	constructor(page, content) {
		this.page = page;
		this.content = content;
		/** @type {string[]} */
		this.stops = [];
	}

	/** Presses and looks where the focus is. @param {string} key */
	async press(key) {
		await this.page.keyboard.press(key);
		const { what, faults } = await focus(this.content);
		this.stops.push(what);
		assert.deepEqual(faults, [], `after ${key}: ${what}`);
	}

	/** @param {string} selector */
	is(selector) {
		return this.content.evaluate((selector) => document.activeElement?.matches(selector), selector);
	}

	/** @param {string} selector @param {string} [key] */
	async reach(selector, key = "Tab") {
		const before = this.stops.length;
		for (let presses = 0; presses < 80; presses++) {
			if (await this.is(selector)) return;
			await this.press(key);
		}
		assert.fail(`${selector} is not to be reached by ${key}: ${this.stops.slice(before).join(", ")}`);
	}

	/** Enters what must have the focus now, and waits until something else has it. @param {string} key @param {string} then */
	async enter(key, then) {
		await this.page.keyboard.press(key);
		await this.content.waitForFunction((selector) => document.activeElement?.matches(selector), then).catch(async (error) => {
			throw new Error(`after ${key} the focus is on ${(await focus(this.content)).what}, not on ${then}`, { cause: error });
		});
		const { what, faults } = await focus(this.content);
		assert.deepEqual(faults, [], `after ${key}: ${what}`);
	}
}

const CONTROLS = "a[href], button, input, summary, select, textarea, [tabindex='0'], [controls]";

/**
 * What Tab must reach, in order, from the skip link on; a group of radio buttons is one stop.
 *
 * @param {Frame | Page} content @returns {Promise<string[]>}
 */
export function expectedStops(content) {
	return content.$$eval(CONTROLS, (all) => {
		const live = all.map((element, at) => ({ element, at })).filter(({ element }) => element.checkVisibility() && !element.matches(":disabled"));
		return [...new Set(live.map(({ element, at }) => element.getAttribute("name") || `${at}: ${element.outerHTML.slice(0, 30)}`))];
	});
}

/** The stop that has the focus, as expectedStops() names it. @param {Frame | Page} content @returns {Promise<string>} */
export function currentStop(content) {
	return content.$$eval(CONTROLS, (all) => {
		const element = /** @type {Element} */ (document.activeElement);
		return element.getAttribute("name") || `${all.indexOf(element)}: ${element.outerHTML.slice(0, 30)}`;
	});
}

/**
 * One visit to a package in the LMS; neither the LMS nor the browser may have anything to say about it (policy,
 * console, requests that leave the package: see lms/computer.mjs).
 *
 * @param {Package} one @param {Partial<import("./lms/host.mjs").LmsOptions>} options
 * @param {(content: Frame, lms: import("./lms/host.mjs").Lms) => Promise<void>} play
 */
export async function visit({ root }, options, play) {
	// A retake writes its answers again in full.
	const lms = await openLms({ root, viewport: WIDE, ...options, allow: [/redundant write.*interactions/] });
	try {
		const content = await lms.launch();
		await begun(content);
		await play(content, lms);
		await lms.leave();
		assert.deepEqual(await lms.problems(), []);
	} finally {
		await lms.end();
	}
}

/** Every fault of every state at once, each told once, where it is met first. @param {Frame} content @param {any} data @param {(state: string) => Promise<string[]>} look */
export async function inEveryState(content, data, look) {
	/** @type {Map<string, string>} */
	const found = new Map();
	for await (const state of states(content, data)) {
		for (const fault of await look(state)) if (!found.has(fault)) found.set(fault, state);
	}
	assert.deepEqual([...found].map(([fault, state]) => `${state}: ${fault}`), []);
}
