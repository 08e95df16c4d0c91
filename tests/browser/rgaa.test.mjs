// What RGAA asks and no checker sees: docs/accessibility.md names these tests as its proofs.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Course } from "../node/courses.mjs";
import { htmlFaults } from "../node/html.mjs";
import { choose, go, inEveryState, pack, pageIds, unpack, visit } from "./pages.mjs";

/** @typedef {import("playwright-core").Frame} Frame */

const PACKAGES = ["course-src", "blocks", "awkward"].map((name) => pack(name, new Course(name)));

after(unpack);

/** Each rule, by its sentence: the elements that break it, in any state of any page. @type {Record<string, () => Element[]>} */
const RULES = {
	"a figure with a caption has its text as its label (1.9)": () =>
		[...document.querySelectorAll("figure")].filter((figure) => {
			const caption = figure.querySelector(":scope > figcaption")?.textContent?.replace(/\s+/g, " ").trim();
			return caption && (figure.getAttribute("role") !== "figure" || figure.getAttribute("aria-label")?.replace(/\s+/g, " ") !== caption);
		}),
	"nothing plays by itself, and players have their own controls (4.10, 4.11)": () =>
		[...document.querySelectorAll("audio, video")].filter((player) => !player.hasAttribute("controls") || player.hasAttribute("autoplay")),
	"captions are captions, in a language, with a name (4.3)": () =>
		[...document.querySelectorAll("track")].filter((track) => track.getAttribute("kind") !== "captions" || !track.getAttribute("srclang") || !track.getAttribute("label")),
	"a cell of the first row or column heads something, and says what (5.6, 5.7)": () =>
		[...document.querySelectorAll("th")].filter((head) => !["col", "row"].includes(head.getAttribute("scope") ?? "")),
	"no table has columns without heads (5.6)": () =>
		[...document.querySelectorAll("table")].filter((table) => !table.querySelector("thead th")),
	"direction is said, never guessed (8.10)": () => [...document.querySelectorAll('[dir]:not([dir="ltr"], [dir="rtl"])')],
	"looks are left to the style sheet (10.1)": () =>
		[...document.querySelectorAll("[align], [bgcolor], [border], [size], [style], [cellpadding], [cellspacing], center, font, u, big, strike, tt")],
	"every control has a label of its own, by its id (11.1)": () =>
		[...document.querySelectorAll("input, select, textarea")].filter((field) => !field.id || !document.querySelector(`label[for="${field.id}"]`)?.textContent?.trim()),
	"choices stand in a group with a legend (11.5, 11.6)": () =>
		[...document.querySelectorAll('input[type="radio"], input[type="checkbox"]')].filter((field) => !field.closest("fieldset")?.querySelector("legend")?.textContent?.trim()),
	"a field in error says so in what describes it (11.10)": () =>
		[...document.querySelectorAll("[aria-describedby]")].filter((field) => !document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent?.trim()),
	"a link that opens a window, or a file, says so in words (13.2)": () =>
		[...document.querySelectorAll('a[target="_blank"], a[download]')].filter((link) => !/\(.+\)/.test(link.textContent ?? "")),
	"one page shows, with one title of the first level (9.1, 9.2)": () => {
		const shown = [...document.querySelectorAll("main h1")].filter((heading) => heading.checkVisibility());
		return document.querySelectorAll("main").length === 1 && shown.length === 1 ? [] : [document.body];
	},
};

describe("in every state", { concurrency: 2 }, () => {
	for (const one of PACKAGES) test(one.name, () => visit(one, {}, async (content) => {
		await inEveryState(content, one.data, async () => {
			const faults = [];
			for (const [sentence, rule] of Object.entries(RULES)) {
				const broken = await (await content.evaluateHandle(rule)).evaluate((elements) => elements.map((element) => element.outerHTML.slice(0, 100)));
				faults.push(...broken.map((html) => `${sentence}: ${html}`));
			}
			return faults;
		});
	}));
});

describe("the document is valid HTML in every state (8.2)", { concurrency: 2 }, () => {
	for (const one of PACKAGES) test(one.name, () => visit(one, {}, async (content) => {
		await inEveryState(content, one.data, async () =>
			// The line changes with the state, the fault does not.
			(await htmlFaults("<!doctype html>\n" + await content.evaluate(() => document.documentElement.outerHTML))).map((fault) => fault.replace(/^line \d+: /, "")));
	}));
});

describe("an empty answer is refused in words, on the field (11.10, 11.11)", () => {
	const one = PACKAGES[1];
	test(one.name, () => visit(one, {}, async (content) => {
		const page = one.data.pages.find((/** @type {any} */ { quiz, questions }) => !quiz && questions?.length);
		await go(content, `p${page.n}`);
		const [question] = page.questions;
		await content.locator(`#q${question.n} .validate button`).click();
		const told = await content.evaluate(() => {
			const field = /** @type {Element} */ (document.activeElement);
			const error = document.getElementById(field.getAttribute("aria-describedby") ?? "");
			return { field: field.matches("input"), shown: error?.checkVisibility(), text: error?.textContent };
		});
		assert.deepEqual(told, { field: true, shown: true, text: one.data.strings.choose });
		assert.match(told.text ?? "", /^(Error|Erreur)/);
		await choose(content, [question], true);
		assert.equal(await content.locator(`#q${question.n} .error`).isVisible(), false, "it goes when there is an answer");
	}));
});

describe("nothing moves while the page is read", { concurrency: 2 }, () => {
	for (const one of PACKAGES) for (const width of [320, 1280]) test(`${one.name} at ${width} px`, () => visit(one, { viewport: { width, height: 640 } }, async (content) => {
		await content.evaluate(() => {
			Object.assign(window, { shifts: [] });
			// Nobody has seen what moved before anything was painted.
			let clicked = (performance.getEntriesByName("first-paint")[0]?.startTime ?? 0) - 300;
			addEventListener("click", ({ timeStamp }) => void (clicked = timeStamp), true);
			new PerformanceObserver((list) => {
				for (const entry of /** @type {any[]} */ (list.getEntries())) {
					const moved = entry.sources.map((/** @type {any} */ { node }) => node?.outerHTML?.slice(0, 60) ?? node?.textContent);
					// That another page comes is what the click asked for.
					if (entry.startTime - clicked > 300) /** @type {any} */ (window).shifts.push(`${entry.value.toFixed(4)}: ${moved}`);
				}
			}).observe({ type: "layout-shift", buffered: true });
		});
		for (let left = (await pageIds(content)).length - 1; left; left--) {
			await content.click("main > section:not([hidden]) a[rel=next]");
			await content.waitForTimeout(400);
		}
		assert.deepEqual(await content.evaluate(() => /** @type {any} */ (window).shifts), []);
	}));
});

/** The tokens of the style sheet, by scheme. @param {string} css */
function tokens(css) {
	const blocks = [...css.matchAll(/:root\s*\{([^}]*)\}/g)].map(([, block]) => Object.fromEntries([...block.matchAll(/--(\w+):\s*(#[0-9a-f]{3,6})/g)].map(([, name, value]) => [name, value])));
	return { light: blocks[0], dark: { ...blocks[0], ...blocks[1] } };
}

/** Relative luminance (WCAG 2.2). @param {string} hex */
function luminance(hex) {
	const full = hex.length === 4 ? hex.replace(/[0-9a-f]/g, "$&$&") : hex;
	const [r, g, b] = [1, 3, 5].map((at) => parseInt(full.slice(at, at + 2), 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} a @param {string} b */
function contrast(a, b) {
	const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (high + 0.05) / (low + 0.05);
}

describe("the colours of the style sheet stand out (3.2, 3.3)", () => {
	for (const [scheme, values] of Object.entries(tokens(readFileSync(join(PACKAGES[0].root, "style.css"), "utf8")))) test(scheme, () => {
		for (const ground of ["back", "wash"]) {
			for (const text of ["fore", "soft", "accent", "right", "wrong"]) {
				assert.ok(contrast(values[text], values[ground]) >= 4.5, `--${text} on --${ground}: ${contrast(values[text], values[ground]).toFixed(2)}`);
			}
			assert.ok(contrast(values.edge, values[ground]) >= 3, `--edge on --${ground}: ${contrast(values.edge, values[ground]).toFixed(2)}`);
		}
	});
});

test("the text's colour and its ground are declared together, for all to inherit (10.5)", () => {
	const body = /\nbody\s*\{([^}]*)\}/.exec(readFileSync(join(PACKAGES[0].root, "style.css"), "utf8"))?.[1] ?? "";
	assert.match(body, /background:\s*var\(--back\)/);
	assert.match(body, /[;{]color:\s*var\(--fore\)/);
});

test("no window opens unasked, and nothing is done by gestures, motion or single keys (12.10, 13.2, 13.10, 13.12)", () => {
	const script = readFileSync(join(PACKAGES[1].root, "runtime.js"), "utf8");
	// One field alone listens for keys: Enter in a search sends nothing.
	assert.ok((script.match(/keydown/g) ?? []).length <= 1);
	assert.doesNotMatch(script, /\bopen\(["'`]|window\.open|pointerdown|touchstart|devicemotion|deviceorientation|accesskey|keypress/);
});

test("the region that speaks is there before it says anything (7.5)", () => visit(PACKAGES[1], {}, async (content) => {
	const alert = content.locator("#alert");
	assert.deepEqual([await alert.getAttribute("role"), await alert.textContent(), await alert.getAttribute("hidden")], ["alert", "", null]);
}));
