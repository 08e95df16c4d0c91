// What RGAA asks and no checker sees: docs/accessibility.md names these tests as its proofs.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Course } from "../node/courses.mjs";
import { htmlFaults } from "../node/html.mjs";
import { answerAs } from "./answering.mjs";
import { go, inEveryState, pack, pageIds, setText, unpack, visit, WIDE } from "./pages.mjs";

/** @typedef {import("playwright-core").Frame} Frame */

const PACKAGES = ["course-src", "blocks", "awkward"].map((name) => pack(name, new Course(name)));

after(unpack);

/** Each rule, by its sentence: the elements that break it, in any state of any page. @type {Record<string, () => Element[]>} */
const RULES = {
	"an image that says nothing is silent altogether (1.2)": () =>
		[...document.querySelectorAll('img[alt=""], svg:not([role="img"][aria-label])')].filter((image) =>
			image.matches("[title], [aria-label], [aria-labelledby]") || (image.matches("svg") && image.getAttribute("aria-hidden") !== "true")),
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
	"a link among words is underlined (10.6)": () =>
		[...document.querySelectorAll("main a[href]")].filter((link) => {
			const amongWords = [...(link.parentNode?.childNodes ?? [])].some((node) => node instanceof Text && node.data.trim());
			return amongWords && link.checkVisibility() && !getComputedStyle(link).textDecorationLine.includes("underline");
		}),
	"every control has a label of its own, by its id (11.1)": () =>
		[...document.querySelectorAll("input, select, textarea")].filter((field) => !field.id || !document.querySelector(`label[for="${field.id}"]`)?.textContent?.trim()),
	"choices stand in a group with a legend (11.5, 11.6)": () =>
		[...document.querySelectorAll('input[type="radio"], input[type="checkbox"]')].filter((field) => !field.closest("fieldset")?.querySelector("legend")?.textContent?.trim()),
	"a field in error says so in what describes it (11.10)": () =>
		[...document.querySelectorAll("[aria-describedby]")].filter((field) => !document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent?.trim()),
	"a link that opens a window, or a file, says so in words (13.2)": () =>
		[...document.querySelectorAll('a[target="_blank"], a[download]')].filter((link) => !/\(.+\)/.test(link.textContent ?? "")),
	"the focus is somewhere, and that is to be seen (7.3)": () => {
		const element = document.activeElement;
		return element && element !== document.body && element.checkVisibility() ? [] : [document.body];
	},
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

/** Goes to every page; the faults that are met there. @param {Frame} content @param {(id: string) => Promise<string[]>} look */
async function onEveryPage(content, look) {
	const faults = [];
	for (const id of await pageIds(content)) {
		await go(content, id);
		faults.push(...(await look(id)).map((fault) => `${id}: ${fault}`));
	}
	assert.deepEqual(faults, []);
}

/** What a change of context would change: address, title, windows, page, what it says outside lists that narrow down. @param {Frame} content */
async function context(content) {
	const here = await content.evaluate(() => {
		const shown = [...document.querySelectorAll("main > section")].filter((section) => section.checkVisibility());
		const questions = [...document.querySelectorAll("form.question")].filter((form) => form.checkVisibility());
		return { address: location.href, title: document.title, pages: shown.map(({ id }) => id), said: questions.map((form) => /** @type {HTMLElement} */ (form).innerText) };
	});
	return { ...here, windows: content.page().context().pages().length };
}

describe("choosing and typing change nothing else (7.4)", { concurrency: 2 }, () => {
	for (const one of PACKAGES) test(one.name, () => visit(one, {}, async (content) => {
		let tried = 0;
		await onEveryPage(content, async () => {
			const before = await context(content);
			for (const field of await content.$$("main > section:not([hidden]) :is(input, select, textarea)")) {
				if (!(await field.isVisible()) || !(await field.isEnabled())) continue;
				await field.focus();
				const name = await field.getAttribute("name");
				for (const key of ["a", "Space", "ArrowDown", "Tab"]) {
					await content.page().keyboard.press(key);
					if (key === "Tab") continue;
					const kept = await field.evaluate((field, name) => field === document.activeElement || (name && document.activeElement?.getAttribute("name") === name), name);
					assert.ok(kept, `${key} takes the focus from ${await field.getAttribute("id")}`);
				}
				tried++;
			}
			assert.deepEqual(await context(content), before);
			return [];
		});
		assert.ok(tried);
	}));
});

test("every page has a title of its own, which ends with the course's (8.5, 8.6)", () => visit(PACKAGES[0], {}, async (content) => {
	const course = await content.locator(".course-title").innerText();
	const titles = new Set();
	await onEveryPage(content, async () => {
		const title = await content.evaluate(() => document.title);
		const faults = [titles.has(title) && "has the title of another", !title.endsWith(` – ${course}`) && "does not name the course"];
		titles.add(title);
		return faults.flatMap((fault) => fault ? [`"${title}" ${fault}`] : []);
	});
}));

describe("the style sheet writes nothing, hides nothing and moves nothing to another place (10.2, 10.3)", { concurrency: 2 }, () => {
	for (const one of PACKAGES) test(one.name, () => visit(one, { viewport: { width: 320, height: 640 } }, async (content) => {
		await onEveryPage(content, () => content.evaluate(() => {
			// In a small frame the style sheet leaves out the course's name, and nothing else; docs/accessibility.md says so.
			const texts = [...document.querySelectorAll("body *:not(.course-title, script)")].filter((element) => [...element.childNodes].some((node) => node instanceof Text && node.data.trim()));
			const shown = () => texts.filter((element) => element.checkVisibility());
			const styled = shown();
			const written = [...document.querySelectorAll("body *")].filter((element) => ["::before", "::after"].some((part) => /"[^"]*[\p{L}\p{N}]|counter/u.test(getComputedStyle(element, part).content)));
			const parts = [...document.querySelectorAll("h1, h2, h3, h4, p, li, dt, dd, tr, caption, figcaption, pre, label, button")].filter((part) => part.checkVisibility() && part.getBoundingClientRect().height > 1 && !part.closest(".skip"));
			const moved = parts.filter((part, at) => at && part.getBoundingClientRect().bottom < parts[at - 1].getBoundingClientRect().top - 1);
			for (const sheet of document.styleSheets) sheet.disabled = true;
			const hidden = shown().filter((element) => !styled.includes(element));
			for (const sheet of document.styleSheets) sheet.disabled = false;
			return [
				...written.map((element) => `written by the style sheet: ${element.outerHTML.slice(0, 80)}`),
				...moved.map((element) => `above what comes before it: ${element.outerHTML.slice(0, 80)}`),
				...hidden.map((element) => `hidden by the style sheet: ${element.outerHTML.slice(0, 80)}`),
			];
		}));
	}));
});

describe("no text is cut when it is larger or spaced (10.4, 10.12)", { concurrency: 2 }, () => {
	for (const one of PACKAGES) test(one.name, () => visit(one, {}, async (content, lms) => {
		await onEveryPage(content, async () => {
			const faults = [];
			for (const [viewport, reader] of /** @type {const} */ ([[{ width: 320, height: 256 }, { spaced: true }], [WIDE, { text: "200%" }]])) {
				await lms.page().setViewportSize(viewport);
				await setText(content, reader);
				faults.push(...await content.evaluate(() => [...document.querySelectorAll("body *")].filter((element) => {
					const { overflowX, overflowY, display, position } = getComputedStyle(element);
					// What is one pixel wide is for those who listen; what scrolls shows the rest.
					if (!element.checkVisibility() || !element.textContent?.trim() || element.clientWidth <= 1 || display === "inline") return false;
					// The box of a formula is a pixel or two off its line.
					const [tooWide, tooHigh] = [element.scrollWidth - element.clientWidth > 2, element.scrollHeight - element.clientHeight > 2];
					const clips = (/** @type {string} */ how) => how === "hidden" || how === "clip";
					return position !== "absolute" && ((tooWide && clips(overflowX)) || (tooHigh && clips(overflowY)));
				}).map((element) => element.outerHTML.slice(0, 80))));
			}
			await setText(content, {});
			return faults;
		});
	}));
});

describe("a label stands beside its field (11.4)", { concurrency: 2 }, () => {
	for (const one of PACKAGES) for (const width of [320, 1280]) test(`${one.name} at ${width} px`, () => visit(one, { viewport: { width, height: 640 } }, async (content) => {
		await onEveryPage(content, () => content.evaluate(() => [...document.querySelectorAll("input, select, textarea")].flatMap((field) => {
			const label = document.querySelector(`label[for="${field.id}"]`);
			if (!label || !field.checkVisibility()) return [];
			const [of, at] = [field.getBoundingClientRect(), label.getBoundingClientRect()];
			const onOneLine = at.top < of.bottom && of.top < at.bottom;
			// Where one reads from the right, the other way round.
			const [first, second] = getComputedStyle(field).direction === "rtl" ? [at, of] : [of, at];
			const after = onOneLine && second.left >= first.right - 1 && second.left - first.right < 24;
			const before = onOneLine && first.left >= second.right - 1 && first.left - second.right < 24;
			const above = at.bottom <= of.top + 1 && of.top - at.bottom < 24 && at.left < of.right;
			const beside = /** @type {HTMLInputElement} */ (field).matches('[type="radio"], [type="checkbox"]') ? after : before || above;
			return beside ? [] : [`${field.id}: ${JSON.stringify([of, at])}`];
		})));
	}));
});

describe("header, contents and pages stand in the same place, in the same order (12.2)", () => {
	for (const width of [320, 1280]) test(`${width} px`, () => visit(PACKAGES[0], { viewport: { width, height: 640 } }, async (content) => {
		const places = new Map();
		await onEveryPage(content, async (id) => {
			const place = await content.evaluate(() => {
				scrollTo(0, 0);
				const boxes = [...document.querySelectorAll("header, nav, main")].map((part) => part.getBoundingClientRect());
				const links = [...document.querySelectorAll("nav a")].map((link) => link.getAttribute("href"));
				return JSON.stringify([boxes.map(({ left, top, width }) => [left, top, width]), links, [...document.body.children].map(({ tagName }) => tagName)]);
			});
			places.set(place, id);
			return [];
		});
		assert.equal(places.size, 1, [...places].join("\n"));
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
		await answerAs(content, question, "right");
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

test("no clock runs out, and no orientation is asked for (13.1, 13.9)", () => {
	for (const { root } of PACKAGES) {
		assert.doesNotMatch(readFileSync(join(root, "imsmanifest.xml"), "utf8"), /maxtimeallowed|timelimitaction/i);
		assert.doesNotMatch(readFileSync(join(root, "style.css"), "utf8"), /orientation|rotate/);
		assert.doesNotMatch(readFileSync(join(root, "runtime.js"), "utf8"), /max_time_allowed|time_limit|orientation|setInterval/);
	}
});

test("the region that speaks is there before it says anything (7.5)", () => visit(PACKAGES[1], {}, async (content) => {
	const alert = content.locator("#alert");
	assert.deepEqual([await alert.getAttribute("role"), await alert.textContent(), await alert.getAttribute("hidden")], ["alert", "", null]);
}));
