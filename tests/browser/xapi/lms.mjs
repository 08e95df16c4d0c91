// An LMS by cmi5 or xAPI for the stories of tests/stories: what openLms() of lms/host.mjs offers, as far as these standards
// have it. What they have no word for is refused when it is asked for, so that no story plays on less than it says.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { crashPage, hidePage, sharedBrowser, showPage, useSharedBrowser } from "../lms/browser.mjs";
import { until } from "../lms/sessions.mjs";
import { serve } from "./learner.mjs";
import { startLrs } from "./lrs.mjs";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").BrowserContext} BrowserContext */
/** @typedef {"cmi5" | "xapi"} Target */

const EXTENSION = "https://w3id.org/xapi/cmi5/context/extensions/";
export const VERBS = "http://adlnet.gov/expapi/verbs/";
const ACTION_MS = 45_000;

/** What may be asked of a launch. @type {Record<Target, string[]>} */
const KNOWN = {
	cmi5: ["file", "faults", "student", "mode", "mastery", "autoReview"],
	// A page that is loaded again goes on: that is what `reinitialize` asks of an LMS.
	xapi: ["file", "faults", "student", "reinitialize"],
};

/**
 * @typedef {object} Session one launch
 * @property {string} unit
 * @property {string} registration
 * @property {{ does: string, args: unknown[] }[]} calls what the LRS took, in the words of lms/sessions.mjs
 * @property {boolean} records whether what is done is to be told
 * @property {number | undefined} mark in percent
 */

/** @typedef {{ statements: any[], document: any }} Elements what is stored of an attempt at a unit */
/** @typedef {Awaited<ReturnType<typeof openLrsLms>>} LrsLms */

/** Verbs that open and close a session. */
const FRAME = { initialized: "begin", resumed: "begin", terminated: "end", suspended: "end" };

/** @param {any} options those of openLms(), with a target for the standard */
export async function openLrsLms({ root, standard, engine, viewport, allow, record, ...usual }) {
	const target = /** @type {Target} */ (standard);
	const release = useSharedBrowser();
	/** @type {string[]} */
	const incidents = [];
	const lrs = await startLrs();
	const content = await serve(root, (path) => incidents.push(`404 ${path}`));
	const browser = await sharedBrowser();
	/** @type {(Session & Record<string, any>)[]} */
	const sessions = [];
	/** @type {BrowserContext[]} */
	const contexts = [];
	/** The registration of the current attempt, and what cmi5 lets a unit tell once in it. */
	let registration = randomUUID();
	/** @type {Map<string, { completed: boolean, passed: boolean }>} */
	const registered = new Map();
	let overlapped = false;

	/** @param {string} unit */
	const partOf = (unit) => unitsOf(root).find(({ file }) => file === unit) ?? assert.fail(`the package lists no ${unit}`);
	/** @param {string} unit */
	const activityOf = (unit) => (target === "cmi5" ? `https://lms.test/activities/${unit}` : partOf(unit).id);
	/** @param {{ id?: string, name?: string }} [student] */
	const actorOf = ({ id = "ann", name = "Ann Lee" } = {}) => ({ objectType: "Agent", account: { homePage: "https://lms.test", name: id }, name });
	/** @param {string} unit @param {string} [of] a registration */
	const elements = (unit, of = registration) => {
		const activity = activityOf(unit);
		return {
			statements: lrs.statements.filter(({ object, context }) => context.registration === of && (object.id === activity || object.id.startsWith(`${activity}/`))),
			document: lrs.read({ activityId: activity, agent: JSON.stringify(actorOf()), registration: of }),
		};
	};

	/** @param {any} overrides */
	const begin = (overrides) => {
		const options = { ...usual, ...overrides };
		const strange = Object.keys(options).filter((name) => !KNOWN[target].includes(name));
		assert.deepEqual(strange, [], `${target} has nothing of this`);
		const { faults = {}, student, mode, mastery } = options;
		const unit = options.file ?? unitsOf(root)[0].file;
		const { id, mark, moveOn } = partOf(unit);
		const actor = actorOf(student);
		const key = `${registration} ${unit}`;
		if (!registered.has(key)) registered.set(key, { completed: false, passed: false });
		const reviews = options.autoReview && registered.get(key)?.completed;
		const launchMode = { normal: "Normal", browse: "Browse", review: "Review" }[mode ?? (reviews ? "review" : "normal")];
		const masteryScore = target === "xapi" ? undefined : mastery === undefined ? mark && Number(mark) : mastery / 100;
		const session = /** @type {Session & Record<string, any>} */ ({
			unit, registration, actor, activityId: activityOf(unit), mode: launchMode, registered: registered.get(key),
			id: randomUUID(),
			calls: [],
			records: launchMode === "Normal" && !faults.absent,
			mark: masteryScore === undefined ? undefined : masteryScore,
			heard: (/** @type {string} */ what, /** @type {any} */ one) => session.calls.push(callOf(what, one)),
			get exit() {
				return session.calls.some(({ does }) => does === "end") && elements(unit, session.registration).document?.state ? "suspend" : "";
			},
		});
		session.plans = planned(faults, session);
		const before = sessions.findLast((other) => other.unit === unit && other.registration === registration);
		if (before && target === "cmi5" && !before.calls.some(({ does }) => does === "end")) before.abandoned = true;
		sessions.push(session);
		return { session, address: faults.absent ? `${content.origin}/${unit}` : addressOf(session, id, moveOn) };
	};

	/** @param {any} session @param {string} id of the publisher @param {string | undefined} moveOn */
	const addressOf = (session, id, moveOn) => {
		const { unit, registration, actor, activityId } = session;
		const agent = JSON.stringify(actor);
		const query = new URLSearchParams({ endpoint: lrs.endpoint, actor: agent, registration });
		if (target === "xapi") {
			query.set("auth", lrs.admit(session));
			query.set("activity_id", activityId);
			return `${content.origin}/${unit}?${query}`;
		}
		session.template = { contextActivities: { grouping: [{ objectType: "Activity", id }] }, extensions: { [EXTENSION + "sessionid"]: session.id } };
		query.set("fetch", lrs.begin(session));
		query.set("activityId", activityId);
		lrs.write("activities/state", { activityId, agent, registration, stateId: "LMS.LaunchData" }, { contextTemplate: session.template, launchMode: session.mode, moveOn, masteryScore: session.mark });
		return `${content.origin}/${unit}?${query}`;
	};

	const setRecord = (/** @type {any} */ told) => {
		const activityId = activityOf(unitsOf(root)[0].file);
		lrs.write("activities/state", { activityId, agent: JSON.stringify(actorOf()), registration, stateId: "cartable" }, told);
	};
	if (record) setRecord(record);

	/** @param {Session} [session] that is over, if it is */
	const settled = async (session) => {
		if (session?.records) await until(() => session.calls.some(({ does }) => does === "end"), 1000);
		await lrs.settled(150);
	};

	const computer = async () => {
		const context = await browser.newContext({ viewport });
		contexts.push(context);
		context.setDefaultTimeout(ACTION_MS);
		context.on("request", (request) => {
			const { protocol, origin, href } = new URL(request.url());
			if (/^http/.test(protocol) && ![content.origin, new URL(lrs.endpoint).origin].includes(origin)) incidents.push(`request outside the package: ${href}`);
		});
		context.on("weberror", (error) => incidents.push(`page error: ${error.error().message}`));
		context.on("console", (message) => {
			if (message.type() === "error" && !/^Failed to load resource/.test(message.text())) incidents.push(`console error: ${message.text()}`);
		});
		/** @type {Map<Page, Session>} */
		const tabs = new Map();
		const open = async (/** @type {any} */ overrides) => {
			const { session, address } = begin(overrides);
			const page = await context.newPage();
			tabs.set(page, session);
			await page.goto(address);
			return page;
		};
		/** @param {(page: Page) => Promise<unknown>} act @param {boolean} [silent] nothing is told at such an end */
		const ending = (act, silent) => async (/** @type {Page} */ page) => {
			const session = tabs.get(page);
			await act(page);
			tabs.delete(page);
			await page.close();
			await settled(silent ? undefined : session);
		};
		return {
			async launch(overrides = {}) {
				assert.equal(tabs.size, 0, "the last launch is still open");
				return open(overrides);
			},
			async secondTab(overrides = {}) {
				overlapped = true;
				return open(overrides);
			},
			/** The window goes to a page of the LMS. */
			leave: ending(async (page) => {
				if (await page.evaluate(() => document.hidden)) await showPage(page);
				await page.goto(`${content.origin}/lms`);
			}),
			close: ending(async (page) => {
				const closed = page.waitForEvent("close");
				await page.close({ runBeforeUnload: true });
				await closed;
			}),
			crash: ending(crashPage, true),
			hide: hidePage,
			show: showPage,
			page: (/** @type {Page} */ page) => page,
			/** @param {Page} page @returns {Session} */
			sessionOf: (page) => tabs.get(page) ?? assert.fail("the content is not open here"),
			otherComputer: computer,
			newAttempt: () => void (registration = randomUUID()),
			/** As if nobody had ever come by this registration. */
			deleteAttempt() {
				lrs.forget(registration);
				registered.clear();
				for (const session of sessions) session.forgotten ||= session.registration === registration;
			},
			setRecord,
			record: elements,
			sessions,
			settled: () => settled(),
			/** What the LRS has refused and nobody expected. */
			refused: () => lrs.refusals.filter((text) => !isAllowed(text)),
			problems: async () => [...incidents, ...lrs.refusals].filter((text) => !isAllowed(text)),
			async end() {
				for (const context of contexts.splice(0)) await context.close();
				await lrs.end();
				content.end();
				release();
			},
		};
	};
	/** @param {string} text */
	const isAllowed = (text) =>
		// Nobody has told the older of two tabs that its session was abandoned when the newer one began (cmi5 9.3.6).
		(overlapped && text.includes("9.3.6")) || (allow ?? []).some((/** @type {RegExp} */ one) => one.test(text));
	return computer();
}

/** The units that a package lists. @param {string} root */
export function unitsOf(root) {
	const [name, units] = existsSync(join(root, "cmi5.xml")) ? ["cmi5.xml", /<au ([^>]*)>.*?<url>([^<]*)</gs] : ["tincan.xml", /<activity ([^>]*)>.*?<launch[^>]*>([^<]*)</gs];
	return [...readFileSync(join(root, name), "utf8").matchAll(units)].map(([, attributes, file]) => {
		/** @param {string} name */
		const value = (name) => new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1];
		return { file, id: String(value("id")), mark: value("masteryScore"), moveOn: value("moveOn") };
	});
}

/** @param {string} what @param {any} one */
function callOf(what, one) {
	if (what === "document") return { does: "commit", args: [one] };
	const verb = one.verb.id.replace(VERBS, "");
	return { does: FRAME[/** @type {keyof typeof FRAME} */ (verb)] ?? "set", args: [verb] };
}

/**
 * The faults of a story, in a session: a commit is the document that is written, with the statements that follow it.
 *
 * @param {any} faults @param {Session} session @returns {(what: string) => import("./lrs.mjs").Fault | undefined}
 */
function planned({ absent, refuse = [], ...strange }, session) {
	assert.deepEqual(strange, {}, "an LRS has no such faults");
	for (const { call, element } of refuse) assert.ok(/^(commit|end)$/.test(call) && !element, `an LRS cannot refuse ${call}`);
	const commits = refuse.find((/** @type {any} */ { call }) => call === "commit");
	let asked = 0;
	return (what) => {
		if (what === "PUT activities/state") asked += 1;
		else if (what !== "POST statements" || !asked) return undefined;
		const away = commits && asked >= (commits.from ?? 1) && asked <= (commits.to ?? Infinity);
		return away ? { on: /./, answer: 503 } : undefined;
	};
}
