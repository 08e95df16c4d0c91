// What all computers of one LMS share: the server, the learner's record, the
// sessions, and what went wrong outside of them.

import { createOrder, createRecords } from "./record.mjs";
import { playerScripts } from "./scripts.mjs";
import { STANDARDS } from "./standards.mjs";
import { CONTENT, launchFile, playerPage, startServer } from "./server.mjs";
import { createSession, until } from "./sessions.mjs";

/** @typedef {import("./sessions.mjs").Session} Session */
/** @typedef {import("./host.mjs").LmsOptions} LmsOptions */
/**
 * @typedef {object} Hub
 * @property {LmsOptions} options
 * @property {string[]} incidents
 * @property {string[]} logged what the content wrote to the console by itself
 * @property {Session[]} sessions
 * @property {ReturnType<typeof createRecords>} records of what was launched last
 * @property {(file: string) => ReturnType<typeof createRecords>} recordsOf
 * @property {import("playwright-core").BrowserContext[]} contexts
 * @property {(() => Promise<void>)[]} settlers one per computer: waits for what its tabs still have to tell
 * @property {Awaited<ReturnType<typeof startServer>>} server
 * @property {"waited" | "late"} beacons
 * @property {(text: string) => void} incident
 * @property {(url: URL) => boolean} isOwn
 * @property {(body: string) => void} news what a page tells
 * @property {(overrides: Partial<LmsOptions>) => Promise<Session>} begin a launch: the LMS reads the record
 * @property {() => void} deliver beacons that were held arrive
 * @property {(session: Session, progress?: { calls: number, saves: number }) => Promise<void>} settle
 * @property {<T>(work: Promise<T>) => Promise<T>} inTime fails when the scenario's time is over: some of Playwright's calls never return from a context that is closed under them
 * @property {boolean} ended
 * @property {() => Promise<void>} end
 */

const LONGEST_MS = 180_000;

/** @param {LmsOptions} options @param {() => void} release @returns {Promise<Hub>} */
export async function createHub(options, release) {
	const order = createOrder();
	const expiry = createExpiry();
	let launched = options.file ?? "";
	/** @type {Map<string, ReturnType<typeof createRecords>>} */
	const units = new Map();
	/** Those of a unit of the package, but in an LMS that has one record for all. @param {string} file */
	const recordsOf = (file) => {
		const unit = options.oneRecord ? "" : file;
		if (!units.has(unit)) units.set(unit, createRecords(STANDARDS[options.standard ?? "scorm12"].isFinal, units.size ? {} : options.record));
		return /** @type {ReturnType<typeof createRecords>} */ (units.get(unit));
	};
	/** @type {Hub} */
	const hub = {
		ended: false,
		inTime: (work) => Promise.race([work, expiry.over]),
		options, incidents: [], logged: [], sessions: [], contexts: [], settlers: [],
		get records() {
			return recordsOf(launched);
		},
		recordsOf,
		server: await startServer(createHandlers(options.root, () => hub)),
		beacons: options.beacons ?? "waited",
		incident: (text) => void hub.incidents.push(text),
		isOwn: (url) => [hub.server.origin, hub.server.otherOrigin].includes(url.origin),
		news(body) {
			const news = JSON.parse(body);
			if (news.csp) hub.incident(`content security policy: ${news.csp}`);
			hub.sessions[news.session - 1]?.hear(news);
		},
		async begin(overrides) {
			launched = overrides.file ?? options.file ?? launchFile(options.root);
			if (hub.beacons === "waited") for (const session of hub.sessions) await hub.settle(session);
			const settings = launchSettings({ ...options, ...overrides }, hub.records.isFinal());
			const session = createSession(hub.sessions.length + 1, settings, hub.records.current(), order);
			hub.sessions.push(session);
			hub.deliver();
			return session;
		},
		deliver: () => hub.sessions.forEach((session) => session.inbox.drain(true)),
		async settle(session, progress) {
			const ok = await until(() => session.complete(progress, hub.beacons === "late"));
			// What a crash swallowed nobody can tell.
			if (!ok && session.how !== "crashed") hub.incident(`session ${session.n}: calls or saves never arrived at the test`);
		},
		async end() {
			hub.ended = true;
			clearTimeout(watchdog);
			for (const context of hub.contexts.splice(0)) await context.close();
			await hub.server.close();
			release();
		},
	};
	const limit = Math.min(options.timeout ?? LONGEST_MS, LONGEST_MS);
	const watchdog = setTimeout(() => {
		hub.incident(`the scenario took longer than ${limit / 1000} s`);
		expiry.reached(limit);
		hub.end().catch(() => {});
	}, limit).unref();
	return hub;
}

/** A promise that fails when it is told to, and that nobody need listen to. */
function createExpiry() {
	/** @type {(reason: Error) => void} */
	let fail = () => {};
	/** @type {Promise<never>} */
	const over = new Promise((_, reject) => (fail = reject));
	over.catch(() => {});
	return {
		over,
		/** @param {number} limit */
		reached: (limit) => fail(new Error(`the scenario took longer than ${limit / 1000} s, so its browser was closed`)),
	};
}

/** @param {string} root @param {() => Hub} hub @returns {import("./server.mjs").Handlers} */
function createHandlers(root, hub) {
	/** @param {number} n */
	const sessionOf = (n) => hub().sessions[n - 1];
	return {
		root,
		player: (n) => ({
			html: playerPage(playerScripts(sessionOf(n).settings.engine, sessionOf(n).settings.standard), playerSettings(hub(), sessionOf(n))),
			kept: sessionOf(n).settings.kept,
		}),
		async save(n, via, body) {
			const held = via === "beacon" && hub().beacons === "late";
			await sessionOf(n).inbox.take({ session: n, via, ...JSON.parse(body) }, held);
			return true;
		},
		news: (body) => hub().news(body),
		missing: (path) => hub().incident(`404 ${path}`),
	};
}

/** @param {LmsOptions} options @param {boolean} final @returns {import("./sessions.mjs").LaunchSettings} */
function launchSettings(options, final) {
	const mode = options.mode ?? (options.autoReview && final ? "review" : "normal");
	const { masteryOverrides, reinitialize, entry, launchData, student } = options;
	return {
		mode,
		engine: options.engine ?? "strict",
		standard: options.standard ?? "scorm12",
		credit: options.credit ?? (mode === "normal" ? "credit" : "no-credit"),
		mastery: options.mastery === undefined ? "" : String(options.mastery),
		faults: options.faults ?? {},
		popup: options.popup === true,
		kept: options.kept === true,
		file: options.file ?? launchFile(options.root),
		lms: { masteryOverrides, reinitialize, entry, launchData, student },
	};
}

/** What the page of the LMS is told. @param {Hub} hub @param {Session} session */
function playerSettings(hub, { n, settings, startedWith }) {
	const { engine, standard, mode, credit, mastery, faults, kept, file, lms } = settings;
	const content = hub.server.origin + CONTENT + file;
	const shell = faults.crossOriginParent ? `${hub.server.otherOrigin}/lms/shell?content=${encodeURIComponent(content)}` : "";
	return { session: n, engine, standard, faults, content, shell, kept, lms: { ...lms, mode, credit, mastery, record: startedWith } };
}
