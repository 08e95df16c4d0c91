// The learner's page as people meet it: with any width, any colours, any keys, on paper, without script, without an LMS.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { answerAll, answerAs } from "./answering.mjs";
import { openLms, sharedBrowser } from "./lms/host.mjs";
import { AXE_COLOURS, axeFinds, begun, currentStop, expectedStops, go, inEveryState, Keyboard, overflow, pack, pageIds, setText, unpack, visit, WIDE } from "./pages.mjs";
import { readRecord } from "./records.mjs";
import { Course } from "../node/courses.mjs";

/** @typedef {import("playwright-core").Frame} Frame */
/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./pages.mjs").Package} Package */

const COURSES = ["course-src", "blocks", "story", "theme", "kinds-en"];
const NARROW = { width: 320, height: 640 };

/** @type {{ name: string, viewport: typeof WIDE, context: import("playwright-core").BrowserContextOptions }[]} */
const LOOKS = [
	{ name: "wide and light", viewport: WIDE, context: { colorScheme: "light" } },
	{ name: "narrow and dark", viewport: NARROW, context: { colorScheme: "dark" } },
];

/** Where the colours are the reader's, one course of ours and one with a theme tell enough. */
const OWN_COLOURS = [
	{ name: "in forced colours", viewport: WIDE, context: { forcedColors: "active" } },
	{ name: "light, with more contrast", viewport: WIDE, context: { colorScheme: "light", contrast: "more" } },
	{ name: "dark, with more contrast", viewport: NARROW, context: { colorScheme: "dark", contrast: "more" } },
];

/** RGAA 10.4, 10.11, 10.12; 650 px is what Moodle leaves of a common screen. */
const SIZES = {
	"at 320 px": { width: 320, height: 256 },
	"at 320 px, text spaced": { width: 320, height: 256, spaced: true },
	"at 650 px": { width: 650, height: 666 },
	"at 1280 px, text of 200 %": { ...WIDE, text: "200%" },
};

/** @type {Record<string, Package>} */
const packages = Object.fromEntries(COURSES.map((name) => [name, pack(name, new Course(name))]));
/** The one kind of quiz that these courses lack: with a last try, to confirm. */
const confirming = pack("kinds-en, with feedback after each question", new Course("kinds-en", [
	["l1/one.md", '+++\ntitle = "One"\n+++\n\nNothing to answer.\n'],
	["l1/quiz.md", "attempts = 2", 'attempts = 1\ntries    = 2\nfeedback = "after-each"'],
]));
const all = [...Object.values(packages), confirming];

after(unpack);

describe("axe finds nothing", { concurrency: 2 }, () => {
	for (const one of all) for (const { name, ...look } of LOOKS) test(`${one.name}, ${name}`, () => visit(one, look, async (content) => {
		assert.equal(await content.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches), look.context.colorScheme === "dark");
		await inEveryState(content, one.data, () => axeFinds(content));
	}));

	// What a quiz adds are its marks: in light colours the wide look has them, in dark ones this does.
	const own = [packages.blocks, packages.theme, confirming].flatMap((one) => OWN_COLOURS.map((look) => ({ one, ...look })));
	for (const { one, name, ...look } of own.filter(({ one, context }) => one !== confirming || context.colorScheme !== "light")) {
		test(`${one.name}, ${name}`, () => visit(one, /** @type {any} */ (look), async (content) => {
			assert.ok(await content.evaluate(() => matchMedia("(forced-colors: active), (prefers-contrast: more)").matches));
			await inEveryState(content, one.data, () => axeFinds(content, AXE_COLOURS));
		}));
	}
});

/** What no page may say, by language; "" for all. */
const BAD_WORDS = {
	"": {
		"two full stops": /[^.]\.\.(?!\.)/,
		"a plural in brackets": /\(s\)/,
		"a gap": /\{\w+\}|undefined|NaN|null\b/,
		"one of several": /\b1 (?:pages|points|questions|tentatives|attempts|characters|caractères)\b/,
	},
	fr: { "a space that may break": / [;:!?»%]|« /, "none of several": /\b0 (?:pages|points)\b/, "straight quotes": /\p{L}'\p{L}/u },
	en: { "a space before a mark": /[ \u00a0\u202f][;:!?](?=\s)/ },
};

/** What of the page's words is badly written. @param {Frame} content @param {string} language @returns {Promise<string[]>} */
async function badlyWritten(content, language) {
	const patterns = { ...BAD_WORDS[""], .../** @type {any} */ (BAD_WORDS)[language] };
	const lines = await content.evaluate(() => {
		// Not the text of code, which is the author's, nor that of other languages.
		const others = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("code, pre, body [lang]")]);
		for (const other of others) other.style.display = "none";
		const text = document.body.innerText;
		for (const other of others) other.style.display = "";
		return text.split("\n");
	});
	return Object.entries(patterns).flatMap(([what, pattern]) => lines.filter((line) => pattern.test(line)).map((line) => `${what}: ${line}`));
}

describe("fits every width, and is well written", { concurrency: 2 }, () => {
	for (const one of all) test(one.name, () => visit(one, {}, async (content, lms) => {
		await inEveryState(content, one.data, async () => {
			const faults = await badlyWritten(content, one.data.language);
			for (const [size, { width, height, ...reader }] of Object.entries(SIZES)) {
				await lms.page().setViewportSize({ width, height });
				await setText(content, reader);
				faults.push(...(await overflow(content)).map((fault) => `${size}: ${fault}`));
			}
			await setText(content, {});
			await lms.page().setViewportSize(WIDE);
			return faults;
		});
	}));
});

describe("is played with keys alone", { concurrency: 2 }, () => {
	for (const [name, viewport] of /** @type {const} */ ([["course-src", WIDE], ["story", NARROW], ["kinds-en", NARROW]])) {
		test(`${name} at ${viewport.width} px`, () => visit(packages[name], { viewport }, (content, lms) => playByKeys(packages[name], content, lms)));
	}

	for (const [name, viewport] of /** @type {const} */ ([["blocks", NARROW], ["course-src", NARROW], ["kinds-en", NARROW], ["blocks", WIDE]])) {
		test(`Tab comes by everything on every page of ${name} at ${viewport.width} px, there and back`, () => visit(packages[name], { viewport }, async (content, lms) => {
			const keyboard = new Keyboard(lms.page(), content);
			for (const id of await pageIds(content)) {
				await go(content, id);
				await content.focus(".skip");
				const expected = await expectedStops(content);
				assert.deepEqual(await stopsBy(keyboard, "Tab", expected.length), expected, id);
				assert.deepEqual(await stopsBy(keyboard, "Shift+Tab", expected.length), [...expected].reverse(), `${id}, backwards`);
			}
		}));
	}
});

test("Back goes to the page before, and gives its heading the focus, also after the skip link", () => visit(packages.story, {}, async (content, lms) => {
	const keyboard = new Keyboard(lms.page(), content);
	const [first, second, third] = await pageIds(content);
	for (const [from, to] of [[first, second], [second, third]]) {
		await keyboard.reach("main > section:not([hidden]) a[rel=next]");
		await keyboard.enter("Enter", `#${to} h1`);
		await content.evaluate(() => history.back());
		await content.waitForFunction((id) => document.activeElement?.matches(`#${id} h1`), from, { timeout: 20000 });
		await content.evaluate(() => history.forward());
		await content.waitForFunction((id) => document.activeElement?.matches(`#${id} h1`), to, { timeout: 20000 });
	}
	await content.focus(".skip");
	await keyboard.enter("Enter", "main");
	await keyboard.reach("main > section:not([hidden]) a[rel=prev]");
	await keyboard.enter("Enter", `#${second} h1`);
	await content.evaluate(() => history.back());
	await content.waitForTimeout(200);
	assert.deepEqual(await shownTitle(content), [third]);
}));

test("the course opens again where it was, also after the skip link", () => visit(packages.story, { reinitialize: true }, async (content) => {
	const id = /** @type {string} */ ((await pageIds(content)).at(2));
	await go(content, id);
	await content.focus(".skip");
	await content.press(".skip", "Enter");
	await content.evaluate(() => {
		document.documentElement.className = "old";
		location.reload();
	});
	await content.waitForFunction(() => document.documentElement?.className === "");
	await begun(content);
	assert.deepEqual(await shownTitle(content), [id]);
}));

/** @param {Keyboard} keyboard @param {string} key @param {number} count */
async function stopsBy(keyboard, key, count) {
	const stops = [await currentStop(keyboard.content)];
	for (let presses = 0; stops.length < count && presses < 4 * count; presses++) {
		await keyboard.press(key);
		const stop = await currentStop(keyboard.content);
		// The browser's controls inside a player are stops of their own, and all of them the player to scripts.
		if (stop !== stops.at(-1)) stops.push(stop);
	}
	return stops;
}

/** From the top of the page to the end of the visit. @param {Package} one @param {Frame} content @param {import("./lms/host.mjs").Lms} lms */
async function playByKeys({ data }, content, lms) {
	const keyboard = new Keyboard(lms.page(), content);
	const page = data.pages.find((/** @type {any} */ { quiz }) => quiz);
	const section = `#p${page.n}`;
	await keyboard.reach("a.skip");
	await keyboard.enter("Enter", "main");
	await keyboard.press("Tab");
	assert.ok(await keyboard.is("main > section:not([hidden]) *"), "after the skip link Tab goes on in the page");

	await keyboard.reach("a[rel=next]");
	await keyboard.enter("Enter", `#p${data.pages[1].n} h1`);
	assert.deepEqual(await shownTitle(content), [`p${data.pages[1].n}`], "the other pages are hidden, and the title says which one shows");
	for (const { n } of data.pages.slice(2)) {
		await keyboard.reach("main > section:not([hidden]) a[rel=next]");
		await keyboard.enter("Enter", `#p${n} h1`);
	}

	await keyboard.reach("summary", "Shift+Tab");
	const link = `nav a[href="${section}"]`;
	if (!(await content.isVisible(link))) await keyboard.enter("Enter", "summary");
	await keyboard.reach(link);
	await keyboard.enter("Enter", `${section} h1`);
	assert.equal(await content.getAttribute(link, "aria-current"), "page");
	assert.deepEqual(await shownTitle(content), [section.slice(1)]);

	await answerByKeys(keyboard, page.questions);
	await keyboard.reach("[data-do=review]");
	await keyboard.enter("Enter", ".review h2");
	await keyboard.reach("[data-do=back]");
	await keyboard.enter("Enter", "[data-do=review]");
	await keyboard.enter("Space", ".review h2");
	await keyboard.reach("[data-do=send]");
	await keyboard.enter("Enter", ".quiz-result h2");
	assert.match(await content.locator(":focus").innerText(), /100/);
	await keyboard.press("Tab");

	await keyboard.reach("#leave", "Shift+Tab");
	await keyboard.enter("Enter", "#left h1");
	assert.equal(await content.locator(":focus").innerText(), data.strings.left);
	await keyboard.reach("#left button");
	const { score, status } = readRecord(lms.record(), data);
	assert.deepEqual({ score, status }, { score: 100, status: "passed" }, "the course is completed");
}

/** The pages that show, if the document's title begins with their heading. @param {Frame} content */
function shownTitle(content) {
	return content.evaluate(() => [...document.querySelectorAll("main > section")].flatMap((section) => {
		const titled = document.title.startsWith(`${section.querySelector("h1")?.textContent} – `);
		return section.checkVisibility() ? [titled ? section.id : `${section.id} with the title ${document.title}`] : [];
	}));
}

/** Answers rightly, in the order in which the questions and their parts stand. @param {Keyboard} keyboard @param {any[]} questions */
async function answerByKeys(keyboard, questions) {
	const ids = await keyboard.content.$$eval("section:not([hidden]) form.question", (forms) => forms.map(({ id }) => id));
	assert.equal(ids.length, questions.length);
	for (const id of ids) {
		const question = questions.find(({ n }) => id === `q${n}`);
		await (BY_KEYS[question.kind] ?? takeByKeys)(keyboard, question);
	}
	const right = questions.flatMap(({ n, parts }) => parts.flatMap((/** @type {any} */ choice) => choice.right ? [`q${n}-${choice.n}`] : []));
	const chosen = await keyboard.content.$$eval("section:not([hidden]) input:checked", (inputs) => inputs.map(({ id }) => id));
	assert.deepEqual(chosen.sort(), right.sort());
}

/** How the kinds whose controls are no choices are answered. @type {Record<string, (keyboard: Keyboard, question: any) => Promise<void>>} */
const BY_KEYS = {
	async order(keyboard, { n, parts }) {
		for (const [at, item] of parts.entries()) {
			const ids = await keyboard.content.$$eval(`#q${n} .order li`, (items) => items.map(({ id }) => id));
			const steps = ids.indexOf(`q${n}-${item.n}`) - at;
			const button = `#q${n}-${item.n} [value="-1"]`;
			if (steps) await keyboard.reach(button);
			for (let up = 0; up < steps; up++) await keyboard.press(up % 2 ? "Enter" : "Space");
			assert.ok(!steps || (await keyboard.is(button)), "the focus stays on the button");
		}
	},
	async text(keyboard, { n }) {
		await keyboard.reach(`#q${n}-text`);
		await keyboard.page.keyboard.type("In my own words.");
	},
	async match(keyboard, { n, parts }) {
		for (const pair of parts.filter((/** @type {any} */ { to }) => to)) {
			await keyboard.reach(`#q${n}-${pair.n}`);
			const values = await keyboard.content.$$eval(`#q${n}-${pair.n} option`, (options) => options.map((option) => option.getAttribute("value")));
			for (let down = 0; down < values.indexOf(String(pair.to)); down++) await keyboard.press("ArrowDown");
		}
	},
	async blanks(keyboard, { n, parts }) {
		for (const { n: blank, forms, shown } of parts) {
			await keyboard.reach(`#q${n}-${blank}`);
			await keyboard.page.keyboard.type(forms ? forms[0] : shown.split(" ")[0]);
		}
	},
};

/** @param {Keyboard} keyboard @param {any} question */
async function takeByKeys(keyboard, { n, parts }) {
	const right = parts.flatMap((/** @type {any} */ choice) => choice.right ? [`q${n}-${choice.n}`] : []);
	const inputs = await keyboard.content.$$eval(`#q${n} .choice input`, (inputs) => inputs.map(({ id, type }) => ({ id, type })));
	if (inputs[0].type === "radio") {
		await keyboard.reach(`#${inputs[0].id}`);
		const at = inputs.findIndex(({ id }) => right.includes(id));
		for (let down = 0; down < at; down++) await keyboard.press("ArrowDown");
		if (at === 0) await keyboard.press("Space");
		return;
	}
	for (const { id } of inputs.filter(({ id }) => right.includes(id))) {
		await keyboard.reach(`#${id}`);
		await keyboard.press("Space");
	}
}

/** Opens the package's document from the disk. @param {Package} one @param {import("playwright-core").BrowserContextOptions} options @param {(page: Page) => Promise<void>} play */
async function fromDisk({ root }, options, play) {
	const context = await (await sharedBrowser()).newContext({ viewport: WIDE, ...options });
	/** @type {string[]} */
	const problems = [];
	context.on("request", (request) => { if (!request.url().startsWith(pathToFileURL(root).href)) problems.push(`request ${request.url()}`); });
	context.on("requestfailed", (request) => problems.push(`failed ${request.url()}`));
	context.on("weberror", (error) => problems.push(error.error().message));
	// A breach of the policy is an error of the console too.
	context.on("console", (message) => { if (message.type() === "error") problems.push(message.text()); });
	try {
		const page = await context.newPage();
		await page.goto(pathToFileURL(join(root, "index.html")).href);
		await play(page);
		assert.deepEqual(problems, []);
	} finally {
		await context.close();
	}
}

/** The texts of pages that nobody can read now, and controls that would do nothing. @param {Page} page */
function unreadable(page) {
	return page.evaluate(() => {
		const pages = [...document.querySelectorAll("main > section")];
		const parts = pages.flatMap((section) => [section, ...section.querySelectorAll("h1, h2, h3, p, li, dt, dd, td, th, label, img, pre, blockquote, figcaption")]);
		// The filters, review, results, status lines and buttons are filled and shown by the runtime alone.
		// A disclosure is opened by its summary, without any script.
		const folded = matchMedia("print").matches ? "no-such" : "details:not([open]) > :not(summary)";
		const meant = parts.filter((element) => !element.closest(folded) && !element.closest("[hidden]:not(section), .filters") && !element.matches(".pager, .actions, [role=status]"));
		return meant.filter((element) => !element.checkVisibility() || !element.getBoundingClientRect().height).map((element) => element.outerHTML.slice(0, 80));
	});
}

describe("without script", () => {
	for (const one of Object.values(packages)) test(`every page of ${one.name} is readable`, () => fromDisk(one, { javaScriptEnabled: false }, async (page) => {
		for (const summary of await page.locator("main summary").all()) await summary.click();
		assert.deepEqual(await unreadable(page), []);
		assert.deepEqual(await page.$$eval("button, #progress", (all) => all.filter((element) => element.checkVisibility({ visibilityProperty: true })).map((element) => element.outerHTML)), [], "nothing that cannot work");
		const ids = await pageIds(page);
		await page.click(`nav a[href="#${ids.at(-1)}"]`);
		assert.ok(await page.locator(`#${ids.at(-1)} h1`).evaluate((heading) => heading.getBoundingClientRect().top < innerHeight), "the contents lead to the pages");
		assert.deepEqual(await overflow(page), []);
	}));
});

describe("from the disk, without an LMS", { concurrency: 2 }, () => {
	for (const one of Object.values(packages)) test(one.name, () => fromDisk(one, {}, async (page) => {
		await begun(page);
		assert.equal(await page.textContent("#save"), one.data.strings["save-alone"]);
		assert.equal(await page.isVisible("#leave"), false, "nothing to save, nobody to leave");
		const { n, questions } = one.data.pages.find((/** @type {any} */ { quiz }) => quiz);
		await go(page, `p${n}`);
		await answerAll(page, questions, "right");
		await page.click(`#p${n} [data-do=review]`);
		await page.click(`#p${n} [data-do=send]`);
		assert.match(await page.locator(`#p${n} .quiz-result h2`).innerText(), /100/);
		assert.equal(await page.textContent("#save"), one.data.strings["save-alone"]);
		assert.equal(await page.textContent("#alert"), "");
	}));
});

/** What the strict LMS says of a second beginning in one page. */
const REFUSED = [/error 101 from LMSInitialize/, /error 301 from LMSGetValue/];

describe("a page that the browser kept", { concurrency: 2 }, () => {
	for (const reinitialize of [true, false]) test(reinitialize ? "begins a new session" : "asks to reopen the course, where the LMS begins none", async () => {
		const { root, data } = packages.story;
		const lms = await openLms({ root, kept: true, reinitialize, viewport: WIDE, allow: reinitialize ? [] : REFUSED });
		const [question, other] = data.questions;
		try {
			const content = await lms.launch();
			await begun(content);
			await go(content, `p${data.pages.find((/** @type {any} */ { quiz }) => quiz).n}`);
			await answerAs(content, question, "right");
			const frame = await lms.awayAndBack();
			const says = (/** @type {string} */ id) => frame.evaluate((window, id) => window.document.getElementById(id)?.textContent ?? "", id);
			const words = reinitialize ? data.strings["save-saved"].split("{")[0] : data.strings["save-reopen"];
			for (let tries = 0; tries < 100 && !(await says("save")).startsWith(words); tries++) await lms.page().waitForTimeout(100);
			assert.ok((await says("save")).startsWith(words), `the page says "${await says("save")}"`);
			assert.equal(await says("alert"), reinitialize ? "" : data.strings["alert-reopen"]);
			const play = await frame.evaluate((window, id) => {
				const input = window.document.getElementById(id);
				input.click();
				return { disabled: input.matches(":disabled"), checked: input.checked };
			}, `q${other.n}-${other.parts[0].n}`);
			assert.deepEqual(play, reinitialize ? { disabled: false, checked: true } : { disabled: true, checked: false });
			await lms.page().waitForTimeout(700);
			await lms.page().goto("about:blank");
			await lms.settled();
			await assertKept(lms, question, reinitialize ? [`q${other.n}-${other.parts[0].n}`] : []);
			assert.deepEqual(await lms.problems(), []);
		} finally {
			await lms.end();
		}
	});
});

/** The next visit finds what was chosen. @param {import("./lms/host.mjs").Lms} lms @param {any} question @param {string[]} more */
async function assertKept(lms, question, more) {
	const content = await lms.secondTab({ kept: false });
	await begun(content);
	const right = question.parts.find((/** @type {any} */ choice) => choice.right);
	assert.deepEqual(await content.$$eval("input:checked", (inputs) => inputs.map(({ id }) => id).sort()), [`q${question.n}-${right.n}`, ...more].sort());
	await lms.leave(content);
}

/** What only who has answered may read: feedback and explanations, as plain text. @param {any} data @returns {string[]} */
function secrets(data) {
	const html = data.pages.flatMap((/** @type {any} */ { questions = [] }) => questions.flatMap((/** @type {any} */ { explanation, parts }) => [explanation, ...parts.map((/** @type {any} */ choice) => choice.feedback)]));
	const texts = html.filter(Boolean).map((/** @type {string} */ text) => text.replace(/<[^>]*>/g, "").replace(/\s+/g, " ").trim());
	return texts.filter((/** @type {string} */ text) => text.length > 12 && !text.includes("&"));
}

describe("on paper", { concurrency: 2 }, () => {
	for (const one of Object.values(packages)) test(one.name, () => fromDisk(one, {}, async (page) => {
		await page.waitForSelector("body.paged");
		await page.emulateMedia({ media: "print" });
		assert.deepEqual(await unreadable(page), []);
		assert.deepEqual(await page.$$eval("nav, button, .pager, .skip, #save", (all) => all.filter((element) => element.checkVisibility()).map((element) => element.outerHTML.slice(0, 60))), [], "nothing to press");
		for (const [paper, width] of Object.entries({ "A4 upright": 718, "A4 across": 1046, A3: 1500 })) {
			await page.setViewportSize({ width, height: 1000 });
			const main = await page.$eval("main > section", (section) => section.getBoundingClientRect().width);
			assert.ok(main > 450, `${paper}: the column has ${main} px of ${width}`);
		}
		assert.equal(await page.$eval("main > section", (section) => getComputedStyle(section).breakBefore), "auto", "the first page does not begin on a second sheet");
		const printed = await page.evaluate(() => /** @type {HTMLElement} */ (document.body).innerText.replace(/\s+/g, " "));
		for (const secret of secrets(one.data)) assert.ok(!printed.includes(secret), `an answer that nobody may see yet: ${secret}`);
		const sheets = (await page.pdf({ format: "A4" })).toString("latin1").match(/\/Type \/Page\b(?!s)/g) ?? [];
		assert.ok(sheets.length >= (await pageIds(page)).length, `${sheets.length} sheets of paper`);
	}));
});

describe("right and wrong, taken and missed are told in words", { concurrency: 2 }, () => {
	for (const one of [packages["course-src"], packages.blocks]) test(one.name, () => visit(one, { context: { forcedColors: "active" } }, async (content) => {
		assert.ok(await content.evaluate(() => matchMedia("(forced-colors: active)").matches));
		const { n, questions, quiz } = one.data.pages.find((/** @type {any} */ { quiz }) => quiz);
		await go(content, `p${n}`);
		/** @param {any} question */
		const rightOf = ({ parts }) => parts.filter((/** @type {any} */ choice) => choice.right);
		const several = questions.find((/** @type {any} */ question) => question.kind === "multiple" && rightOf(question).length > 1);
		const [first, missed] = rightOf(several);
		const wrong = several.parts.find((/** @type {any} */ choice) => !choice.right);
		for (let attempt = 1; attempt <= (quiz.answers === "last-attempt" ? quiz.attempts : 1); attempt++) {
			if (attempt > 1) await content.click(`#p${n} [data-do=retry]`);
			for (const choice of [first, wrong]) await content.check(`#q${several.n}-${choice.n}`);
			await content.click(`#p${n} [data-do=review]`);
			await content.click(`#p${n} [data-do=send]`);
		}
		/** @type {Record<string, string>} */
		const words = {};
		for (const [role, choice] of Object.entries({ first, missed, wrong })) {
			words[role] = (await content.locator(`.choice:has(#q${several.n}-${choice.n}) .mark`).allInnerTexts()).join();
		}
		for (const [role, text] of Object.entries(words)) assert.match(text, /\p{L}{4}/u, role);
		assert.notEqual(words.first, words.wrong);
		assert.notEqual(words.first, words.missed, "what was chosen and what was missed are told by the same words");
	}));
});

test("in forced colours the current page and the marks keep a sign of their own", () => visit(packages["course-src"], { context: { forcedColors: "active" } }, async (content) => {
	// A border that is transparent elsewhere shows there.
	const bordered = await content.$$eval("nav a, .choice", (all) => all.filter((element) => {
		const { borderInlineStartWidth, borderInlineStartColor } = getComputedStyle(element);
		const { backgroundColor } = getComputedStyle(document.body);
		return !element.matches("[aria-current], .right, .wrong") && parseFloat(borderInlineStartWidth) && ![backgroundColor, "rgba(0, 0, 0, 0)"].includes(borderInlineStartColor);
	}).map((element) => element.outerHTML.slice(0, 60)));
	assert.deepEqual(bordered, []);
}));

test("the review lists the questions in the order in which they stand", () => visit(packages.blocks, {}, async (content) => {
	const { n } = packages.blocks.data.pages.find((/** @type {any} */ { quiz }) => quiz?.shuffleQuestions);
	await go(content, `p${n}`);
	await content.click(`#p${n} [data-do=review]`);
	const listed = await content.$$eval(".review:not([hidden]) a", (links) => links.map((link) => link.getAttribute("href")));
	const shown = await content.$$eval(`#p${n} form.question`, (forms) => forms.map(({ id }) => `#${id}`));
	assert.ok(shown.length > 1);
	assert.deepEqual(listed, shown);
}));

test("header, alert, pages and footer have the same edges", () => visit(packages.story, {}, async (content) => {
	await content.evaluate(() => void (/** @type {HTMLElement} */ (document.getElementById("alert")).textContent = "An alert"));
	const edges = await content.$$eval("body > *", (parts) => parts.filter((part) => part.checkVisibility() && !part.matches(".skip, script")).map((part) => {
		const { left, right } = part.getBoundingClientRect();
		return `${part.tagName} from ${left} to ${right} px`;
	}));
	assert.ok(edges.length >= 4, edges.join());
	assert.equal(new Set(edges.map((edge) => edge.replace(/^\S+/, ""))).size, 1, edges.join());
}));

test("nothing moves for those who ask for it, nor for long for anybody", () => visit(packages["course-src"], { context: { reducedMotion: "reduce" } }, async (content) => {
	const moving = await content.$$eval("*", (all) => all.flatMap((element) => ["", "::before", "::after"].flatMap((part) => {
		const style = getComputedStyle(element, part);
		const longest = Math.max(...[style.animationDuration, style.transitionDuration].join().split(",").map(parseFloat));
		return longest > 0.01 || style.scrollBehavior === "smooth" ? [`${element.tagName}${part}`] : [];
	})));
	assert.deepEqual(moving, []);
}));
