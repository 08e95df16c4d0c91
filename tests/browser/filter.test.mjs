// Tables that learners filter: by words, by values, with keys alone, at any width; without script and on paper all rows.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { closeSharedBrowser, openLms, sharedBrowser } from "./lms/host.mjs";
import { axeFinds, begun, go, Keyboard, overflow } from "./pages.mjs";
import { Course, courseData } from "../node/courses.mjs";

/** @typedef {import("playwright-core").Frame} Frame */
/** @typedef {import("playwright-core").Page} Page */

/** The text of the table's page in `blocks`, in a course of another language. */
const ARABIC = ["course.toml", 'language    = "en"', 'language    = "ar"'];
const blocks = new Course("blocks");
const arabic = new Course("blocks", [/** @type {import("../node/courses.mjs").Change} */ (ARABIC)]);
const prompted = new Course("blocks", [["second/check.md", "Done?", '![Works](<../first/Works 1.csv> "filter: genre")\n\nDone?']]);
const [root, arabicRoot, promptedRoot] = [blocks, arabic, prompted].map((course) => course.build());
const data = courseData(root);
const WORDS = "[type=search]";
const ALL = 9;

after(async () => {
	await closeSharedBrowser();
	for (const course of [blocks, arabic, prompted]) course.remove();
});

/** The page with the table, at its place. @param {Frame | Page} content @param {string} [within] */
async function toTable(content, within = ".filters") {
	await begun(content);
	await go(content, await content.$eval(within, (box) => /** @type {Element} */ (box.closest("section")).id));
}

/** @param {Partial<import("./lms/host.mjs").LmsOptions>} options @param {(content: Frame, lms: import("./lms/host.mjs").Lms) => Promise<void>} play */
async function visit(options, play) {
	const lms = await openLms({ root, viewport: { width: 1280, height: 900 }, ...options });
	try {
		const content = await lms.launch();
		await toTable(content);
		await play(content, lms);
		await lms.leave();
		assert.deepEqual(await lms.problems(), []);
	} finally {
		await lms.end();
	}
}

/** The package from the disk. @param {import("playwright-core").BrowserContextOptions} options @param {(page: Page) => Promise<void>} play */
async function fromDisk(options, play) {
	const context = await (await sharedBrowser()).newContext(options);
	try {
		const page = await context.newPage();
		await page.goto(pathToFileURL(join(root, "index.html")).href);
		await play(page);
	} finally {
		await context.close();
	}
}

/** The first cells of the rows that show. @param {Frame | Page} content @returns {Promise<string[]>} */
function shown(content) {
	return content.$$eval(".filters + .scroll tbody tr", (rows) => rows.flatMap((row) => row.checkVisibility() ? [row.children[0].textContent?.replace(" (new window)", "") ?? ""] : []));
}

/** @param {Frame | Page} content @param {string} column @param {string} value */
function choose(content, column, value) {
	return content.getByLabel(column, { exact: true }).selectOption({ label: value });
}

/** What is said once the learner has stopped typing. @param {Frame | Page} content */
async function said(content) {
	await content.waitForTimeout(700);
	return content.textContent(".filters [role=status]");
}

/** @param {string} word @param {Record<string, number>} values */
function words(word, values = {}) {
	return data.strings[word].replace(/\{(\w+)\}/g, (/** @type {string} */ gap, /** @type {string} */ name) => String(values[name]));
}

test("the rows that hold every word show, whatever the case, accents, apostrophes and spaces", () => visit({}, async (content) => {
	for (const [typed, titles] of /** @type {[string, string[]][]} */ ([
		["ADA guide", ["Guide"]],
		["ete", ["L’été à Nîmes", "Été"]],
		["l'ete  nimes", ["L’été à Nîmes"]],
		["C’ÉTAIT l'ecole", ["C’était l’école"]],
		["oeuvre", ["L’été à Nîmes"]],
		["6,7\u202f% <of", ["Data: 6,7 % <of all>"]],
		["two lines", ["Two lines"]],
		["window", []],
		["example.org", []],
	])) {
		await content.fill(WORDS, typed);
		assert.deepEqual(await shown(content), titles, typed);
	}
}));

test("lists combine with words, and with each other; what is cleared shows everything", () => visit({}, async (content) => {
	const options = (/** @type {string} */ column) => content.getByLabel(column, { exact: true }).locator("option").allTextContents();
	assert.deepEqual(await options("Genre"), ["All", "Article", "Book", "Éditorial", "Film"], "in the order of the language, what differs by case once");
	assert.deepEqual(await options("Thème"), ["All", "Cities", "Data", "Summer"], "each of several values by itself");
	await choose(content, "Genre", "Article");
	assert.deepEqual(await shown(content), ["Data: 6,7 % <of all>", "Été"]);
	await choose(content, "Genre", "Book");
	await choose(content, "Thème", "Summer");
	assert.deepEqual(await shown(content), ["L’été à Nîmes", "Guide"]);
	await content.fill(WORDS, "ada");
	assert.deepEqual(await shown(content), ["Guide"]);
	await choose(content, "Thème", "Cities");
	assert.deepEqual(await shown(content), []);
	await content.fill(WORDS, "");
	await choose(content, "Genre", "All");
	await choose(content, "Thème", "All");
	assert.equal((await shown(content)).length, ALL);
	assert.equal(await said(content), words("rows", { n: ALL, all: ALL }));
}));

test("how many rows are left is said when the typing stops, once", () => visit({}, async (content) => {
	assert.equal(await content.textContent(".filters [role=status]"), "", "nothing is said of what nobody has asked");
	await content.evaluate(() => {
		const status = /** @type {Element} */ (document.querySelector(".filters [role=status]"));
		const said = /** @type {any} */ (window).said = /** @type {any[]} */ ([]);
		new MutationObserver(() => said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true });
	});
	// In one turn: however slow the machine, nobody stops typing between two letters.
	await content.locator(WORDS).evaluate((field) => {
		for (const letter of "film") {
			/** @type {HTMLInputElement} */ (field).value += letter;
			field.dispatchEvent(new InputEvent("input", { bubbles: true, data: letter }));
		}
	});
	assert.equal((await shown(content)).length, 3, "the rows follow at once");
	assert.equal(await said(content), words("rows", { n: 3, all: ALL }));
	await content.fill(WORDS, "zebre");
	assert.equal(await said(content), words("rows-one", { all: ALL }));
	await content.fill(WORDS, "nowhere");
	assert.equal(await said(content), words("rows-none"));
	assert.equal(await content.evaluate(() => /** @type {any} */ (window).said.length), 3);
	assert.ok(await content.locator(".filters + .scroll caption, .filters + .scroll thead").first().isVisible(), "the table keeps its caption and header");
}));

test("with keys alone: the focus stays in the field, Enter does nothing", () => visit({}, async (content, lms) => {
	const keyboard = new Keyboard(lms.page(), content);
	await keyboard.reach(WORDS);
	const calls = lms.sessions.at(-1)?.calls.length;
	const address = content.url();
	for (const key of ["g", "u", "i", "d", "e", "Enter"]) {
		await keyboard.press(key);
		assert.ok(await keyboard.is(WORDS), key);
	}
	assert.equal(await said(content), words("rows-one", { all: ALL }));
	assert.equal(content.url(), address);
	await lms.settled();
	assert.equal(lms.sessions.at(-1)?.calls.length, calls, "the LMS hears nothing of it");
	for (let left = 0; left < 5; left++) await keyboard.press("Backspace");
	assert.equal((await shown(content)).length, ALL);
	await keyboard.press("Tab");
	assert.ok(await keyboard.is("select"));
	await keyboard.press("ArrowDown");
	assert.ok(await keyboard.is("select"));
	assert.deepEqual(await shown(content), ["Data: 6,7 % <of all>", "Été"]);
	await keyboard.press("Tab");
	await keyboard.press("Tab");
	assert.ok(await keyboard.is(".scroll"), "then comes the table itself");
}));

describe("axe finds nothing and nothing overflows when the table is filtered", { concurrency: 2 }, () => {
	const looks = /** @type {const} */ ([
		["at 320 px, dark", { viewport: { width: 320, height: 640 }, context: { colorScheme: "dark" } }],
		["at 1280 px, light", {}],
		["at 320 px, from right to left", { viewport: { width: 320, height: 640 }, root: arabicRoot }],
	]);
	for (const [name, options] of looks) test(name, () => visit(options, async (content) => {
		for (const typed of ["film", "nowhere"]) {
			await content.fill(WORDS, typed);
			await said(content);
			assert.deepEqual([...(await axeFinds(content)), ...(await overflow(content))], [], typed);
		}
	}));
});

test("in a question a filter is no answer, and Enter does not submit", async () => {
	const lms = await openLms({ root: promptedRoot });
	try {
		const content = await lms.launch();
		await toTable(content, "form .filters");
		const form = content.locator("form:has(.filters)");
		await form.locator(WORDS).fill("ada");
		await form.locator(WORDS).press("Enter");
		await form.locator("select").selectOption({ label: "Film" });
		assert.equal(await form.locator("tbody tr:visible").count(), 2);
		assert.equal(await form.locator(".error").isVisible(), false);
		await lms.leave();
		assert.deepEqual(await lms.problems(), []);
	} finally {
		await lms.end();
	}
});

test("without script all rows show, and no control", () => fromDisk({ javaScriptEnabled: false }, async (page) => {
	assert.equal((await shown(page)).length, ALL);
	assert.equal(await page.locator(".filters :visible").count(), 0);
}));

test("on paper all rows show, and no control", () => fromDisk({}, async (page) => {
	await toTable(page);
	await page.fill(WORDS, "guide");
	assert.deepEqual(await shown(page), ["Guide"]);
	await page.emulateMedia({ media: "print" });
	assert.equal((await shown(page)).length, ALL);
	assert.equal(await page.locator(".filters :visible").count(), 0);
}));
