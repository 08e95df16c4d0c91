// The target web: no LMS, so the browser keeps what a learner does. Over HTTP as a static host serves it, from a disk,
// and as one file.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join, normalize } from "node:path";
import { pathToFileURL } from "node:url";
import { answerAll } from "./answering.mjs";
import { closeSharedBrowser, sharedBrowser } from "./lms/browser.mjs";
import { axeFinds, begun, go, inEveryState } from "./pages.mjs";
import { Course, courseData } from "../node/courses.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").BrowserContext} BrowserContext */
/** @typedef {import("../node/courses.mjs").Change} Change */

/** @type {Change} */
const SINGLE = ["course.toml", "title", "web = { single-file = true }\ntitle"];
const COURSES = { base: new Course("base", [SINGLE]), blocks: new Course("blocks", [SINGLE]), other: new Course("base", [["course.toml", "courses/base", "courses/other"]]) };
const roots = Object.fromEntries(Object.entries(COURSES).map(([name, course]) => [name, course.build("web")]));
const data = courseData(roots.base);
const quiz = data.pages.find((/** @type {any} */ { quiz }) => quiz);

/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".vtt": "text/vtt", ".mp4": "video/mp4", ".mp3": "audio/mpeg" };

/** What a static host does, one folder per course. */
const server = createServer(({ url }, response) => {
	const [, name, file] = /^\/(\w+)\/([^?]*)/.exec(decodeURIComponent(url ?? "")) ?? [];
	const path = name in roots ? normalize(join(roots[name], file || "index.html")) : "";
	const found = path.startsWith(roots[name]) && existsSync(path) && statSync(path).isFile();
	response.writeHead(found ? 200 : 404, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
	response.end(found ? readFileSync(path) : "");
});
let origin = "";

/** Where a course may be opened. @type {Record<string, (name: string) => string>} */
const PLACES = {
	"over HTTP": (name) => `${origin}/${name}/`,
	"from a disk": (name) => pathToFileURL(join(roots[name], "index.html")).href,
	"as one file": (name) => pathToFileURL(`${roots[name]}.html`).href,
};

before(async () => {
	await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
	server.unref();
	const address = server.address();
	origin = `http://127.0.0.1:${typeof address === "object" && address?.port}`;
});

after(async () => {
	server.closeAllConnections();
	server.close();
	await closeSharedBrowser();
	for (const course of Object.values(COURSES)) course.remove();
});

/**
 * A learner's browser, which may have nothing to say about the pages: no error, nothing that their policy refuses, and
 * no request but for what `isOwn` knows.
 *
 * @param {(url: URL) => boolean} isOwn @param {(context: BrowserContext) => Promise<void>} play
 */
async function browse(isOwn, play) {
	const context = await (await sharedBrowser()).newContext();
	/** @type {string[]} */
	const problems = [];
	context.setDefaultTimeout(15_000);
	await context.exposeBinding("blocked", (_, what) => void problems.push(`policy: ${what}`));
	await context.addInitScript(() => addEventListener("securitypolicyviolation", (event) => /** @type {any} */ (window).blocked(event.violatedDirective + " " + event.blockedURI), true));
	context.on("weberror", (error) => void problems.push(`error: ${error.error().message}`));
	context.on("console", (message) => /error|warning/.test(message.type()) && !/favicon/.test(message.location().url) && problems.push(`console: ${message.text()}`));
	context.on("request", (request) => {
		const url = new URL(request.url());
		if (!/^(data|blob|chrome|chrome-extension):$/.test(url.protocol) && !/favicon/.test(url.pathname) && !isOwn(url)) problems.push(`request: ${url}`);
	});
	try {
		await play(context);
		assert.deepEqual(problems, []);
	} finally {
		await context.close();
	}
}

/** Only what stands beside the document. @param {string} address */
const beside = (address) => {
	const folder = address.replace(/[^/]*$/, "");
	return (/** @type {URL} */ url) => (/\/index\.html$|\/$/.test(address) ? url.href.startsWith(folder) : url.href.split("#")[0] === address);
};

/** @param {BrowserContext} context @param {string} address */
async function open(context, address) {
	const page = await context.newPage();
	await page.goto(address);
	await begun(page);
	return page;
}

/** As the cross of the tab does, with all events. @param {Page} page */
async function close(page) {
	const closed = page.waitForEvent("close");
	await page.close({ runBeforeUnload: true });
	await closed;
}

/** @param {Page} page @param {RegExp} words */
const says = (page, words) => page.waitForFunction((source) => new RegExp(source).test(document.getElementById("save")?.textContent ?? ""), words.source);

/** @param {Page} page */
const record = (page) => page.evaluate((unit) => JSON.parse(localStorage.getItem("cartable-web:" + unit) ?? "null"), String(data.unit));

/** @param {Page} page */
async function pass(page) {
	await go(page, `p${quiz.n}`);
	await answerAll(page, quiz.questions, "right");
	await page.click(`#p${quiz.n} [data-do=review]`);
	await page.click(`#p${quiz.n} [data-do=send]`);
}

/** @param {Page} page */
const result = (page) => page.locator(`#p${quiz.n} .quiz-result`).innerText();

for (const [place, address] of Object.entries(PLACES)) describe(place, () => {
	const at = () => address("base");

	test("a learner reads, answers, closes and comes back: all is there, and the course is done", () => browse(beside(at()), async (context) => {
		const first = await open(context, at());
		await says(first, /^Saved/);
		await go(first, `p${data.pages[1].n}`);
		await pass(first);
		await says(first, /^Saved/);
		const kept = await record(first);
		await close(first);
		const second = await open(context, at());
		assert.equal(await second.evaluate(() => document.querySelector("section:not([hidden])")?.id), `p${quiz.n}`, "the place is taken up");
		assert.match(await result(second), /100/);
		assert.equal(await second.locator("#leave").innerText(), "Finish");
		const { status, score } = await record(second);
		assert.deepEqual({ status, score }, { status: { completion: "completed", success: "passed" }, score: 100 });
		assert.equal(kept.score, 100);
	}));

	test("a draft that was never sent is found again", () => browse(beside(at()), async (context) => {
		const first = await open(context, at());
		await go(first, `p${quiz.n}`);
		await answerAll(first, quiz.questions, "right");
		await close(first);
		const second = await open(context, at());
		await go(second, `p${quiz.n}`);
		assert.ok(await second.locator(`#p${quiz.n} :checked`).count());
	}));

	test("whoever leaves is told what was recorded, and goes on", () => browse(beside(at()), async (context) => {
		const page = await open(context, at());
		await page.click("#leave");
		assert.match(await page.locator("#left h1").innerText(), /recorded in this browser/);
		await page.click("#left button");
		await says(page, /^Saved/);
	}));

	test("in two tabs the newer one goes on with all that was done, and the older one says so", () => browse(beside(at()), async (context) => {
		const older = await open(context, at());
		await go(older, `p${quiz.n}`);
		await answerAll(older, quiz.questions, "right");
		const newer = await open(context, at());
		await says(older, /^Open in another window/);
		await says(newer, /^Saved/);
		await go(newer, `p${quiz.n}`);
		assert.ok(await newer.locator(`#p${quiz.n} :checked`).count(), "the draft of the older one");
		await newer.click(`#p${quiz.n} [data-do=review]`);
		await newer.click(`#p${quiz.n} [data-do=send]`);
		await close(older);
		await newer.reload();
		await begun(newer);
		assert.match(await result(newer), /100/);
	}));

	test("a learner begins again from nothing", () => browse(beside(at()), async (context) => {
		const page = await open(context, at());
		await pass(page);
		await go(page, "about");
		await page.locator("summary", { hasText: "Begin again" }).click();
		await Promise.all([page.waitForEvent("load"), page.click("#erase")]);
		await begun(page);
		await says(page, /^Saved/);
		const { score, status } = await record(page);
		assert.deepEqual({ score, status }, { score: undefined, status: { completion: "incomplete", success: "unknown" } });
		assert.equal(await page.evaluate(() => document.querySelector("section:not([hidden])")?.id), `p${data.pages[0].n}`);
		await go(page, `p${quiz.n}`);
		assert.equal(await page.locator(`#p${quiz.n} :checked`).count(), 0);
	}));

	test("where the browser keeps nothing, the course can be read and answered, and says so", () => browse(beside(at()), async (context) => {
		await context.addInitScript(() => Object.defineProperty(window, "localStorage", { get() { throw new DOMException("forbidden", "SecurityError"); } }));
		const page = await open(context, at());
		await says(page, /^This browser records nothing$/);
		await pass(page);
		assert.match(await result(page), /100/);
		assert.equal(await page.locator("#erase").count(), 0, "there is nothing to erase");
		assert.equal(await page.locator("#leave").isVisible(), false);
	}));

	test("a page that is opened by its address begins with the header", () => browse(beside(at()), async (context) => {
		const page = await open(context, `${at()}#p${quiz.n}`);
		// The browser goes to what the address names again until everything is loaded, after the page itself has done so.
		await page.waitForTimeout(500);
		assert.equal(await page.locator(`#p${quiz.n}`).isVisible(), true);
		assert.equal(await page.evaluate(() => scrollY), 0);
	}));

	test("a browser that stops keeping is found out, and the learner is told", () => browse(beside(at()), async (context) => {
		const page = await open(context, at());
		await says(page, /^Saved/);
		await page.evaluate(() => { Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }; });
		await pass(page);
		await says(page, /^Not recorded/);
		assert.match(await page.locator("#alert").innerText(), /^This browser no longer records/);
	}));

	// From a disk axe would fetch the style sheet, which the policy refuses; the document is the one of the server.
	if (place !== "from a disk") test("every state of it is accessible", () => browse(beside(at()), async (context) => {
		await inEveryState(/** @type {any} */ (await open(context, at())), data, () => axeFinds(/** @type {any} */ (context.pages()[0])));
	}));

	test("pictures, players and downloads work, and nothing else is asked for", () => browse(beside(address("blocks")), async (context) => {
		const page = await open(context, address("blocks"));
		const pictures = await page.evaluate(() => Promise.all([...document.images].map(async (image) => {
			await image.decode();
			return image.naturalWidth;
		})));
		assert.ok(pictures.length > 2 && pictures.every((width) => width > 0), pictures.join());
		const metadata = await page.evaluate(() => Promise.all([...document.querySelectorAll("video, audio")].map((media) => new Promise((done) => {
			const player = /** @type {HTMLMediaElement} */ (media);
			player.onloadedmetadata = () => done(player.duration > 0);
			player.onerror = () => done(player.error?.message);
			player.preload = "metadata";
			player.load();
		}))));
		assert.deepEqual([...new Set(metadata)], [true]);
		const link = page.locator("section a[download]").first();
		await go(page, await link.evaluate((element) => element.closest("section")?.id ?? ""));
		const [download] = await Promise.all([Promise.race([page.waitForEvent("download"), context.waitForEvent("page")]), link.click()]);
		if ("path" in download) {
			assert.match(download.suggestedFilename(), /^first-[\w-]+\.(pdf|csv|mp4)$/);
			assert.ok(readFileSync(await download.path()).length > 0);
		} else assert.equal(place, "from a disk");
		assert.equal(page.url().split("#")[0], address("blocks"), "the course stays where it is");
	}));
});

test("two courses of one site know nothing of each other, and one record outlives a year", () => browse(beside(origin + "/"), async (context) => {
	const first = await open(context, PLACES["over HTTP"]("base"));
	await pass(first);
	await close(first);
	const other = await open(context, PLACES["over HTTP"]("other"));
	await other.evaluate(() => localStorage.setItem("cartable:old", JSON.stringify({ text: "", known: true, at: 0 })));
	assert.equal(await other.locator("#leave").innerText(), "Save and leave");
	await go(other, `p${quiz.n}`);
	assert.equal(await other.locator(`#p${quiz.n} :checked`).count(), 0);
	await other.clock.install({ time: Date.now() + 366 * 864e5 });
	await other.goto(PLACES["over HTTP"]("base"));
	await begun(other);
	assert.match(await result(other), /100/);
	assert.deepEqual(await other.evaluate(() => Object.keys(localStorage).filter((name) => name === "cartable:old")), [], "spare copies go");
}));

test("captions show in the single file, as they do from a server", () => browse(beside(PLACES["as one file"]("blocks")), async (context) => {
	const page = await open(context, PLACES["as one file"]("blocks"));
	const video = page.locator("video:has(track)").first();
	await go(page, await video.evaluate((element) => element.closest("section")?.id ?? ""));
	await page.waitForFunction(() => [...document.querySelectorAll("section:not([hidden]) track")].every((track) => /** @type {HTMLTrackElement} */ (track).readyState === 2));
	assert.ok(await video.evaluate((element) => (/** @type {HTMLVideoElement} */ (element).textTracks[0].cues?.length ?? 0) > 0));
}));
