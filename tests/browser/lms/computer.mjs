// A computer of the learner: a browser context with its own local storage, in
// which the LMS is opened, left, closed, hidden or killed.

import { crashPage, freezePage, hidePage, sharedBrowser, showPage } from "./browser.mjs";
import { CONTENT } from "./server.mjs";
import { until } from "./sessions.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Frame} Frame */
/** @typedef {import("playwright-core").BrowserContext} BrowserContext */
/** @typedef {import("./sessions.mjs").Session} Session */
/** @typedef {import("./hub.mjs").Hub} Hub */
/** @typedef {{ session: Session, page: Page, content: Frame | Page, popup: Page | null, asleep?: boolean }} Tab `asleep`: hidden or frozen */

const ACTION_MS = 45_000;
const LAST_WORD_MS = 10_000;

/**
 * Runs in every window: tells what breaks the package's own policy, and when
 * the content goes. It listens on the window alone, and asks for the address
 * late, because a pop-up keeps the window of its first, empty document, in
 * which this has run, and gets no second run for the real one.
 */
const WATCH = `(() => {
	addEventListener("securitypolicyviolation", (event) => {
		lmsNews(JSON.stringify({ csp: event.violatedDirective + " blocked " + (event.blockedURI || "inline code") + " in " + location.pathname }));
	}, true);
	if (name !== "content") return;
	// Kept from the start: a window that closes has no opener any more.
	const { lmsPlayer } = opener ?? top;
	let leaving = false;
	addEventListener("pagehide", (event) => {
		leaving = location.pathname.startsWith(${JSON.stringify(CONTENT)});
		// Not before, for it would keep the page out of the back/forward cache.
		if (leaving && !event.persisted) addEventListener("unload", () => lmsPlayer.contentGone());
	}, true);
	addEventListener("pageshow", () => { leaving = false; }, true);
	// Chromium fires these after pagehide, the first unless the page was hidden anyway:
	// whatever the content does when it goes is done.
	addEventListener("visibilitychange", () => { if (leaving) lmsPlayer.contentGone(); }, true);
})();`;

/** @param {Hub} hub */
export async function openComputer(hub) {
	const context = await openContext(hub);
	/** @type {Tab[]} */
	const tabs = [];
	/** @param {Frame | Page} [content] */
	const tabOf = (content) => {
		const tab = content ? tabs.find((one) => one.content === content) : tabs.at(-1);
		if (!tab) throw new Error("the content is not open here: launch() it first");
		return tab;
	};
	/** @param {(tab: Tab) => Promise<Session["how"]>} act @returns {(content?: Frame | Page) => Promise<void>} */
	const ending = (act) => async (content) => {
		const tab = tabOf(content);
		tab.session.how = await hub.inTime(act(tab));
		tabs.splice(tabs.indexOf(tab), 1);
		for (const page of [tab.popup, tab.page]) await page?.close();
		await hub.settle(tab.session);
	};
	hub.settlers.push(async () => {
		for (const { session, page } of tabs) await hub.settle(session, await progress(page));
	});
	return {
		context,
		tabs,
		/** @param {Partial<import("./host.mjs").LmsOptions>} overrides */
		async open(overrides) {
			const tab = await hub.inTime(openTab(hub, context, overrides));
			tabs.push(tab);
			// A Page has the methods of a Frame: tests of both kinds read the same.
			return /** @type {Frame} */ (tab.content);
		},
		/** @param {Frame | Page} [content] @param {{ whole?: boolean }} [how] */
		leave: (content, how = {}) => ending((tab) => leaveTab(hub, tab, how.whole === true))(content),
		close: ending(closeTab),
		crash: ending(crashTab),
		/** @param {Frame | Page} [content] */
		hide: (content) => hub.inTime(sleep(tabOf(content), hidePage)),
		/** @param {Frame | Page} [content] */
		freeze: (content) => hub.inTime(sleep(tabOf(content), freezePage)),
		/** @param {Frame | Page} [content] */
		show: (content) => hub.inTime(wake(tabOf(content))),
		/** @param {Frame | Page} [content] */
		awayAndBack: (content) => hub.inTime(awayAndBack(hub, tabOf(content))),
		/** @param {Frame | Page} [content] the LMS's own page */
		page: (content) => tabOf(content).page,
	};
}

/** The window that the content is in. @param {Tab} tab */
function windowOf({ popup, page }) {
	return popup ?? page;
}

/** @param {Tab} tab @param {(page: Page) => Promise<void>} act */
async function sleep(tab, act) {
	tab.asleep = true;
	await act(windowOf(tab));
}

/** @param {Tab} tab */
async function wake(tab) {
	tab.asleep = false;
	await showPage(windowOf(tab));
}

/** @param {Hub} hub */
async function openContext(hub) {
	const browser = await sharedBrowser();
	const context = await browser.newContext({ viewport: hub.options.viewport ?? { width: 1280, height: 900 }, ...hub.options.context });
	hub.contexts.push(context);
	if (hub.ended) await context.close();
	context.setDefaultTimeout(ACTION_MS);
	await context.exposeBinding("lmsNews", (_source, body) => hub.news(String(body)));
	await context.addInitScript({ content: WATCH });
	watch(context, hub);
	return context;
}

/** @param {Hub} hub @param {Tab} tab @param {boolean} whole @returns {Promise<"left">} */
async function leaveTab(hub, tab, whole) {
	// Whoever presses a button has the page before them.
	if (tab.asleep) await wake(tab);
	const navigate = () => tab.page.goto(`${hub.server.origin}/lms/course`);
	await untilGone(tab, async () => {
		await (whole ? navigate() : leaveContent(tab));
		await tab.popup?.close();
	});
	// While the page still answers, it can be asked whether all has been told.
	await hub.settle(tab.session, await progress(tab.page));
	if (!whole) await navigate();
	return "left";
}

/** As the cross of the tab (or of the pop-up) does, with all events. @param {Tab} tab @returns {Promise<"closed">} */
async function closeTab(tab) {
	const page = windowOf(tab);
	await untilGone(tab, async () => {
		const closed = page.waitForEvent("close");
		await page.close({ runBeforeUnload: true });
		await closed;
	});
	return "closed";
}

/** @param {Tab} tab @returns {Promise<"crashed">} */
async function crashTab(tab) {
	await crashPage(windowOf(tab));
	return "crashed";
}

/** @param {Page} page @returns {Promise<{ calls: number, saves: number } | undefined>} */
async function progress(page) {
	try {
		return await page.evaluate(() => /** @type {any} */ (window).lmsPlayer.progress());
	} catch {
		// The test may have navigated the LMS's page itself.
		return undefined;
	}
}

/** @param {Hub} hub @param {BrowserContext} context @param {Partial<import("./host.mjs").LmsOptions>} overrides @returns {Promise<Tab>} */
async function openTab(hub, context, overrides) {
	const session = await hub.begin(overrides);
	const page = await context.newPage();
	page.on("dialog", (dialog) => {
		hub.incident(`dialog (${dialog.type()}): ${dialog.message()}`);
		dialog.accept().catch(() => {});
	});
	if (overrides.late) await page.waitForTimeout(overrides.late);
	await page.goto(`${hub.server.origin}/lms/player/${session.n}`);
	if (session.settings.popup) {
		const popup = await openPopup(page);
		return { session, page, content: popup, popup };
	}
	await page.evaluate(() => /** @type {any} */ (window).lmsPlayer.openFrame());
	const content = page.frame("content");
	if (!content) throw new Error("the content's frame is gone");
	await content.waitForLoadState();
	return { session, page, content, popup: null };
}

/** @param {Page} page @returns {Promise<Page>} */
async function openPopup(page) {
	const [popup] = await Promise.all([
		page.waitForEvent("popup"),
		page.evaluate(() => /** @type {any} */ (window).lmsPlayer.openPopup()),
	]);
	await popup.waitForLoadState();
	return popup;
}

/** The LMS takes the content away, its own page stays. @param {Tab} tab */
async function leaveContent({ page, popup }) {
	if (popup) return page.evaluate(() => /** @type {any} */ (window).lmsPlayer.closePopup());
	await page.evaluate(() => {
		const frame = /** @type {HTMLIFrameElement} */ (document.getElementById("scorm_object"));
		return new Promise((done) => {
			frame.addEventListener("load", done, { once: true });
			frame.src = "/lms/exit";
		});
	});
}

/**
 * The learner goes to another page and comes back to one that the browser kept.
 * Playwright loses sight of frames in a kept page, hence a handle of the window.
 * @param {Hub} hub @param {Tab} tab
 */
async function awayAndBack(hub, { page, session, popup }) {
	if (popup || !session.settings.kept) throw new Error("only launch({ kept: true }) in a frame can come back");
	await page.evaluate(() => void (/** @type {any} */ (window).wasHere = true));
	await page.goto(`${hub.server.origin}/lms/course`);
	await page.goBack({ waitUntil: "commit" });
	if (!(await page.evaluate(() => /** @type {any} */ (window).wasHere))) throw new Error("the browser did not keep the page");
	return page.evaluateHandle(() => /** @type {any} */ (document.getElementById("scorm_object")).contentWindow);
}

/** Acts, then waits for the content's last word. @param {Tab} tab @param {() => Promise<unknown>} act */
async function untilGone(tab, act) {
	const before = tab.session.gone;
	await act();
	// A content that is dead or never loaded says nothing.
	await until(() => tab.session.gone > before, LAST_WORD_MS);
}

/** @param {BrowserContext} context @param {Hub} hub */
function watch(context, hub) {
	context.on("request", (request) => {
		const url = new URL(request.url());
		if (/^(https?|wss?):$/.test(url.protocol) && !hub.isOwn(url)) hub.incident(`request outside the package: ${url.href}`);
	});
	context.on("weberror", (error) => hub.incident(`page error: ${error.error().message}`));
	context.on("console", (message) => {
		// A missing file is told by the server, a refused synchronous request is the LMS's own doing.
		const known = /^Failed to load resource/.test(message.text()) || /\/lms\//.test(message.location().url);
		if (/^cartable:/.test(message.text())) hub.logged.push(message.text());
		if (message.type() === "error" && !known) hub.incident(`console error: ${message.text()}`);
	});
}
