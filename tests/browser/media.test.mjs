// Players as people use them: captions, transcripts, videos of other sites, silence on pages that are left.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { closeSharedBrowser, openLms, sharedBrowser } from "./lms/host.mjs";
import { axeFinds, begun, go, overflow, pageIds } from "./pages.mjs";
import { Course } from "../node/courses.mjs";

/** @typedef {import("playwright-core").Frame} Frame */
/** @typedef {import("playwright-core").Page} Page */

const course = new Course("blocks");
const { root, remote } = course.report();
const WIDE = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };
/** The players of the videos that the course shows from other sites. */
const ELSEWHERE = /^https:\/\/(www\.youtube-nocookie\.com|tube\.example\.org)\//;

after(async () => {
	await closeSharedBrowser();
	course.remove();
});

/** @param {Frame | Page} content */
async function toPlayers(content) {
	await begun(content);
	for (const id of await pageIds(content)) {
		if (await content.locator(`#${id} video`).count()) await go(content, id);
	}
	assert.ok(await content.isVisible("video"));
}

/**
 * A visit to the page of players in the LMS. What other sites would be asked is answered here, and told.
 *
 * @param {Partial<import("./lms/host.mjs").LmsOptions>} options
 * @param {(content: Frame, asked: string[]) => Promise<void>} play
 * @param {RegExp[]} [allow]
 */
async function visit(options, play, allow = []) {
	const lms = await openLms({ root, viewport: WIDE, ...options, allow });
	/** @type {string[]} */
	const asked = [];
	try {
		await lms.context.route(ELSEWHERE, (route) => {
			asked.push(route.request().url());
			return route.fulfill({ contentType: "text/html", body: "<!doctype html><html lang='en'><title>Player</title><p>A player</p>" });
		});
		const content = await lms.launch();
		await toPlayers(content);
		await play(content, asked);
		await lms.leave();
		assert.deepEqual(await lms.problems(), []);
	} finally {
		await lms.end();
	}
}

/** @param {Frame | Page} content */
const tracks = (content) => content.$eval("video", (video) => [.../** @type {HTMLVideoElement} */ (video).textTracks].map(({ kind, mode }) => `${kind} ${mode}`));
/** @param {Frame | Page} content */
const pressed = (content) => content.$$eval("[aria-pressed]", (buttons) => buttons.map((button) => button.getAttribute("aria-pressed")));
/** @param {Frame} content @param {string} selector @param {string} state */
const waitFor = (content, selector, state) => content.waitForFunction(([selector, state]) => {
	const media = /** @type {HTMLMediaElement} */ (document.querySelector(selector));
	return state === "plays" ? !media.paused && media.currentTime > 0 : media.paused;
}, [selector, state]);

test("a video has its title before it, and its parts: poster, captions, described version", () => visit({}, async (content) => {
	assert.deepEqual(await content.$eval("video", (video) => ({
		title: video.closest(".media")?.firstElementChild?.textContent,
		controls: video.hasAttribute("controls"),
		autoplay: video.hasAttribute("autoplay"),
		preload: video.getAttribute("preload"),
		poster: video.getAttribute("poster"),
	})), { title: "An interview & more", controls: true, autoplay: false, preload: "none", poster: "media/first-interview.png" });
	assert.match(await content.getAttribute("a[href$='-ad.mp4']", "href") ?? "", /^media\//);
	const box = await content.locator("video").boundingBox();
	assert.ok(box && Math.abs(box.width / box.height - 16 / 9) < 0.1, "its place is kept before it is loaded");
}));

test("captions are switched by our buttons, one language at a time, and by the browser's own menu", () => visit({}, async (content) => {
	const [english, french] = await content.locator("[aria-pressed]").all();
	assert.deepEqual(await tracks(content), ["captions hidden", "captions hidden"]);
	assert.equal(await english.innerText(), "Captions – English");
	await english.press("Enter");
	assert.deepEqual([await tracks(content), await pressed(content)], [["captions showing", "captions hidden"], ["true", "false"]]);
	await french.press("Space");
	assert.deepEqual([await tracks(content), await pressed(content)], [["captions hidden", "captions showing"], ["false", "true"]]);
	await content.waitForFunction(() => /** @type {HTMLVideoElement} */ (document.querySelector("video")).textTracks[1].cues?.length);
	await french.click();
	assert.deepEqual([await tracks(content), await pressed(content)], [["captions hidden", "captions hidden"], ["false", "false"]]);
	await content.evaluate(() => void (/** @type {HTMLVideoElement} */ (document.querySelector("video")).textTracks[0].mode = "showing"));
	await content.waitForFunction(() => document.querySelector("[aria-pressed]")?.getAttribute("aria-pressed") === "true");
}));

test("a transcript is a disclosure right after the player", () => visit({}, async (content) => {
	const transcript = content.locator("details", { hasText: "Transcript of “An interview & more” – English" });
	assert.ok(await transcript.evaluate((details) => details.previousElementSibling?.querySelector("video")));
	assert.equal(await transcript.locator("p").first().isVisible(), false);
	await transcript.locator("summary").press("Enter");
	assert.ok(await transcript.locator("p").first().isVisible());
	assert.deepEqual(await transcript.locator("h3, h4").allInnerTexts(), ["First part", "Second part"], "its headings go on from that above the player");
	assert.deepEqual(await transcript.evaluateAll((all) => all.flatMap((one) => [...one.querySelectorAll("[id]")].map(({ id }) => id))), []);
}));

test("nothing is asked of another site before its video is asked for", () => visit({}, async (content, asked) => {
	assert.equal(await content.locator("iframe").count(), 0);
	assert.deepEqual(asked, []);
	const button = content.locator("[data-frame]").first();
	assert.equal(await button.innerText(), "Play the video here");
	await button.press("Enter");
	await content.waitForFunction(() => document.activeElement?.tagName === "IFRAME");
	const frame = content.locator("iframe");
	assert.equal(await button.isVisible(), false);
	assert.equal(await frame.getAttribute("title"), "Video: A film of others");
	assert.equal(await frame.getAttribute("referrerpolicy"), "strict-origin-when-cross-origin");
	await content.waitForTimeout(300);
	assert.deepEqual(asked, ["https://www.youtube-nocookie.com/embed/abc-DEF_123"]);
	await go(content, (await pageIds(content))[0]);
	assert.equal(await frame.count(), 0, "a page that is left is silent");
	await toPlayers(content);
	assert.ok(await button.isVisible(), "and the video can be asked for again");
}, [/request outside the package: https:\/\/www\.youtube-nocookie\.com\/embed\/abc-DEF_123$/]));

test("the policy lets in the players of the course's videos, and no others; the build names them", () => visit({}, async (content) => {
	assert.deepEqual(remote, ["https://tube.example.org", "https://www.youtube-nocookie.com"]);
	const policy = await content.getAttribute("meta[http-equiv=Content-Security-Policy]", "content");
	assert.match(policy ?? "", /; frame-src https:\/\/tube\.example\.org https:\/\/www\.youtube-nocookie\.com; /);
}));

test("what plays stops when its page is left, and not before", () => visit({}, async (content) => {
	for (const selector of ["video", "audio"]) {
		await content.$eval(selector, (media) => {
			Object.assign(media, { loop: true, muted: true });
			return /** @type {HTMLMediaElement} */ (media).play();
		});
		await waitFor(content, selector, "plays");
		await go(content, (await pageIds(content))[0]);
		await waitFor(content, selector, "is silent");
		await toPlayers(content);
	}
}));

describe("axe finds nothing, and nothing is too wide", () => {
	for (const [name, viewport, colorScheme] of /** @type {const} */ ([["wide and light", WIDE, "light"], ["narrow and dark", NARROW, "dark"]])) {
		test(name, () => visit({ viewport, context: { colorScheme } }, async (content) => {
			/** @type {(state: string) => Promise<void>} */
			const look = async (state) => assert.deepEqual([...await axeFinds(content), ...await overflow(content)], [], state);
			await look("closed");
			await content.locator("[aria-pressed]").first().click();
			for (const summary of await content.locator(".media summary").all()) await summary.click();
			await look("captions on, transcripts open");
			await content.locator("[data-frame]").first().click();
			await look("a film of another site");
		}, [/request outside the package: https:\/\/www\.youtube-nocookie\.com/]));
	}
});

/** @param {import("playwright-core").BrowserContextOptions} options @param {(page: Page) => Promise<void>} play */
async function fromDisk(options, play) {
	const context = await (await sharedBrowser()).newContext({ viewport: WIDE, ...options });
	try {
		const page = await context.newPage();
		await page.goto(pathToFileURL(join(root, "index.html")).href);
		await play(page);
	} finally {
		await context.close();
	}
}

test("from the disk, where browsers refuse captions, no button promises them", () => fromDisk({}, async (page) => {
	await toPlayers(page);
	await page.waitForFunction(() => [...document.querySelectorAll("[aria-pressed]")].every((button) => /** @type {HTMLElement} */ (button).hidden));
	await page.click("text=Transcript of “Bells”");
	assert.ok(await page.isVisible("text=A tone of 880 Hz"));
}));

test("without script the links and the transcripts are there, and no button", () => fromDisk({ javaScriptEnabled: false }, async (page) => {
	assert.deepEqual(await page.$$eval(".media button", (all) => all.filter((button) => button.checkVisibility())), []);
	assert.ok(await page.isVisible("a[href='https://www.youtube.com/watch?v=abc-DEF_123'][target=_blank]"));
	await page.click("text=Transcript of “Bells”");
	assert.ok(await page.isVisible("text=A tone of 880 Hz"));
}));

test("on paper: titles, transcripts and addresses, no players", () => fromDisk({}, async (page) => {
	await page.waitForSelector("body.paged");
	await page.emulateMedia({ media: "print" });
	assert.deepEqual(await page.$$eval("video, audio, iframe, .media button", (all) => all.filter((one) => one.checkVisibility()).map(({ tagName }) => tagName)), []);
	assert.ok(await page.isVisible("text=A film of others"));
	const box = await page.locator("text=A tone of 880 Hz").boundingBox();
	assert.ok(box && box.height > 0, "a closed transcript is open on paper");
	assert.match(await page.$eval(".remote a", (link) => getComputedStyle(link, "::after").content), /attr|watch\?v=abc-DEF_123/);
}));
