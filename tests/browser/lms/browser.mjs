// Chromium: one process for all tests of a file, and what Playwright does not
// offer: a tab that is really hidden, frozen or killed.

import { existsSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { chromium } from "playwright-core";

/** @typedef {import("playwright-core").Browser} Browser */
/** @typedef {import("playwright-core").BrowserContext} BrowserContext */
/** @typedef {import("playwright-core").Page} Page */

const IDLE_MS = 3000;
/**
 * The first line are pages that Chromium keeps ready behind the address bar of every window, which take a third of all
 * its work. The others are those that Playwright turns off: of two such arguments the later counts alone.
 */
const FEATURES_OFF = [
	"WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
	"AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose",
	"HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying",
	"OptimizationHints", "PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
];
const ARGS = [
	"--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
	"--disable-component-update", "--disable-sync",
	// A request that leaves the machine fails at once instead of waiting for a name server.
	"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
	`--disable-features=${FEATURES_OFF}`,
];
/** Playwright turns the back/forward cache off; the page of the LMS decides here (see `kept`). */
const NOT_THESE = ["--disable-back-forward-cache"];
/** @type {{ launched: Promise<Browser> | null, users: number, timer?: NodeJS.Timeout }} */
const shared = { launched: null, users: 0 };

function executable() {
	const path = process.env.CHROMIUM || "/usr/bin/chromium";
	if (existsSync(path)) return path;
	throw new Error("Chromium is missing. Type: apt-get install chromium (as root), or set CHROMIUM to its path.");
}

/** With SLOW=n in the environment the processor of every page is n times slower: what a test only happens to see in time, it does not see there. @returns {Promise<Browser>} */
async function launch() {
	const browser = await chromium.launch({ executablePath: executable(), args: ARGS, ignoreDefaultArgs: NOT_THESE });
	browser.on("context", closeInTime);
	const rate = Number(process.env.SLOW || 1);
	if (rate > 1) browser.on("context", (context) => context.on("page", (page) => slow(page, rate)));
	return browser;
}

/** Chromium was once seen never to answer that a context is closed; nothing that is tested waits for it. @param {BrowserContext} context */
function closeInTime(context) {
	const close = context.close.bind(context);
	context.close = () => Promise.race([close(), pause(10_000, undefined, { ref: false })]);
}

/** @param {Page} page @param {number} rate */
async function slow(page, rate) {
	const session = await page.context().newCDPSession(page);
	await session.send("Emulation.setCPUThrottlingRate", { rate });
}

/** The browser of this process, started at the first call. @returns {Promise<Browser>} */
export async function sharedBrowser() {
	clearTimeout(shared.timer);
	shared.launched ??= launch();
	try {
		return await shared.launched;
	} catch (error) {
		shared.launched = null;
		throw error;
	}
}

/** For an `after` hook. Without one the browser goes by itself when it has had nothing to do for a while. */
export async function closeSharedBrowser() {
	clearTimeout(shared.timer);
	const launched = shared.launched;
	shared.launched = null;
	await (await launched)?.close();
}

/** Counts who uses the shared browser. @returns {() => void} to be called at the end */
export function useSharedBrowser() {
	shared.users += 1;
	let using = true;
	return () => {
		shared.users -= using ? 1 : 0;
		using = false;
		if (shared.users === 0 && shared.launched) shared.timer = setTimeout(closeSharedBrowser, IDLE_MS);
	};
}

/**
 * Playwright keeps every tab "visible" by an emulation of focus that belongs to
 * its own DevTools session: no second session can end it. Hence this way
 * through its internals, which package-lock.json holds still.
 * @param {Page} page @param {boolean} enabled
 */
async function emulateFocus(page, enabled) {
	const impl = /** @type {any} */ (page)._connection?.toImpl?.(page);
	const session = impl?.delegate?._mainFrameSession?._client;
	if (!session) throw new Error("this version of playwright-core keeps its DevTools session elsewhere: see browser.mjs");
	await session.send("Emulation.setFocusEmulationEnabled", { enabled });
}

/** @param {Page} page @param {"hidden" | "visible"} state */
async function untilVisibility(page, state) {
	await page.waitForFunction((wanted) => document.visibilityState === wanted, state, { polling: 20, timeout: 45000 });
}

/** The window is minimised: for the page the same as a tab behind another. @param {Page} page */
export async function hidePage(page) {
	await emulateFocus(page, false);
	await windowState(page, "minimized");
	await untilVisibility(page, "hidden");
}

/** Also wakes a frozen page. @param {Page} page */
export async function showPage(page) {
	await lifecycle(page, "active");
	await windowState(page, "normal");
	// A page that was frozen stays hidden until it has the focus again.
	await emulateFocus(page, true);
	await page.bringToFront();
	await untilVisibility(page, "visible");
}

/** As a phone does with a tab in the background: hidden, then no code runs. @param {Page} page */
export async function freezePage(page) {
	await emulateFocus(page, false);
	await lifecycle(page, "frozen");
}

/** @param {Page} page @param {"minimized" | "normal"} windowState */
async function windowState(page, windowState) {
	const session = await page.context().newCDPSession(page);
	const { windowId } = await session.send("Browser.getWindowForTarget");
	await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState } });
	await session.detach();
}

/** @param {Page} page @param {"frozen" | "active"} state */
async function lifecycle(page, state) {
	const session = await page.context().newCDPSession(page);
	await session.send("Page.setWebLifecycleState", { state });
	await session.detach();
}

/** The renderer dies at once: no event, no beacon. @param {Page} page */
export async function crashPage(page) {
	const session = await page.context().newCDPSession(page);
	const crashed = page.waitForEvent("crash");
	session.send("Page.crash").catch(() => {});
	await crashed;
}
