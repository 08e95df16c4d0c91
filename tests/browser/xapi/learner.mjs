// A learner in front of a package of cmi5 or xAPI, launched as an LMS does it, with what must have reached the LRS at the
// end. What is expected is noted from what is done on the page, never from what the page has sent.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { allControls, answer } from "../answering.mjs";
import { crashPage, sharedBrowser, useSharedBrowser } from "../lms/browser.mjs";
import { startLrs } from "./lrs.mjs";
import { Course, courseData } from "../../node/courses.mjs";

const TYPES = { html: "text/html; charset=utf-8", js: "text/javascript", css: "text/css", svg: "image/svg+xml" };
const AU = "https://example.org/courses/story/au";
const EXTENSION = "https://w3id.org/xapi/cmi5/context/extensions/";
const VERBS = "http://adlnet.gov/expapi/verbs/";

/** @typedef {"cmi5" | "xapi"} Target */

/** What was told in all stories of this process. */
export const totals = { stories: 0, facts: 0, lost: 0, twice: 0, refused: 0, retold: 0 };

/** @type {Map<string, { course: Course, root: string }>} */
const built = new Map();

/** @param {Target} target @param {import("../../node/courses.mjs").Change[]} changes */
function packageOf(target, changes) {
	const key = JSON.stringify([target, changes]);
	if (!built.has(key)) {
		const course = new Course("story", changes);
		built.set(key, { course, root: course.build(target) });
	}
	return /** @type {{ root: string }} */ (built.get(key)).root;
}

export function removePackages() {
	for (const { course } of built.values()) course.remove();
	built.clear();
}

/** Serves a folder, and a page of the LMS to come back to. @param {string} root @param {(path: string) => void} missing */
export async function serve(root, missing) {
	const server = createServer((request, response) => {
		const path = new URL(request.url ?? "", "http://content.test").pathname;
		if (path === "/lms") return void response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>LMS</title><link rel=icon href='data:,'><p>The LMS.");
		const file = join(root, normalize(path));
		if (!existsSync(file) || !statSync(file).isFile()) {
			if (path !== "/favicon.ico") missing(path);
			return void response.writeHead(404).end();
		}
		response.writeHead(200, { "content-type": TYPES[/** @type {keyof typeof TYPES} */ (extname(file).slice(1))] ?? "application/octet-stream", "cache-control": "no-store" });
		createReadStream(file).pipe(response);
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
	const address = server.address();
	assert.ok(address && typeof address === "object");
	return { origin: `http://127.0.0.1:${address.port}`, end: () => (server.closeAllConnections(), server.close()) };
}

/**
 * @typedef {object} Setting
 * @property {Target} target
 * @property {import("../../node/courses.mjs").Change[]} [changes] of the course
 * @property {string} [mode] of cmi5
 * @property {number} [mark] the mastery score of cmi5
 * @property {boolean} [returns] whether the LMS wants the learner back
 * @property {boolean} [expectRefusals]
 * @property {Record<string, string>} [launch] more parameters of the launch of xAPI, or other ones
 */

/** @param {Setting} setting @param {(learner: Learner) => Promise<void>} act */
export async function play(setting, act) {
	const release = useSharedBrowser();
	const root = packageOf(setting.target, setting.changes ?? []);
	const problems = /** @type {string[]} */ ([]);
	const lrs = await startLrs();
	const content = await serve(root, (path) => problems.push(`404 ${path}`));
	const browser = await sharedBrowser();
	const learner = new Learner(setting, lrs, content.origin, courseData(root), browser, problems);
	try {
		await learner.computer();
		await act(learner);
		await lrs.settled();
		learner.count();
		assert.deepEqual(problems, []);
		if (!setting.expectRefusals) assert.deepEqual(lrs.refusals, [], "nothing is refused");
		assert.deepEqual(learner.lost(), [], "facts that are lost");
		assert.deepEqual(learner.surplus(), [], "facts that nobody made, or that were told twice as different ones");
	} finally {
		for (const context of learner.contexts) await context.close();
		await lrs.end();
		content.end();
		release();
	}
}

export class Learner {
	/** @param {Setting} setting @param {import("./lrs.mjs").TestLrs} lrs @param {string} origin @param {any} data @param {import("playwright-core").Browser} browser @param {string[]} problems */
	constructor(setting, lrs, origin, data, browser, problems) {
		this.setting = setting;
		this.lrs = lrs;
		this.origin = origin;
		this.data = data;
		this.browser = browser;
		this.problems = problems;
		this.actor = { objectType: "Agent", account: { homePage: "https://lms.test", name: "ann" }, name: "Ann Lee" };
		this.registration = randomUUID();
		this.activity = setting.target === "cmi5" ? "https://lms.test/activities/7" : "https://example.org/courses/story";
		this.registered = { completed: false, passed: false };
		/** @type {import("playwright-core").BrowserContext[]} */
		this.contexts = [];
		/** @type {import("playwright-core").BrowserContext | undefined} */
		this.context = undefined;
		/** @type {import("playwright-core").Page[]} */
		this.tabs = [];
		/** @type {string[]} what must be told: answers, and outcomes */
		this.made = [];
		/** @type {any} */
		this.session = null;
	}

	get page() {
		return /** @type {import("playwright-core").Page} */ (this.tabs.at(-1));
	}

	/** Another computer: nothing that a browser has kept. */
	async computer() {
		const context = await this.browser.newContext({ viewport: { width: 1280, height: 900 } });
		context.setDefaultTimeout(15_000);
		this.contexts.push(context);
		this.tabs = [];
		this.context = context;
	}

	/** The address of a launch. */
	address() {
		const { setting, lrs, actor, registration, activity } = this;
		const query = new URLSearchParams();
		if (setting.target === "xapi") {
			const launch = { endpoint: lrs.endpoint, auth: lrs.admit(), actor: JSON.stringify(actor), registration, activity_id: activity, ...setting.launch };
			for (const [name, value] of Object.entries(launch)) if (value) query.set(name, value);
			return `${this.origin}/index.html?${query}`;
		}
		if (this.session && !this.session.seen.includes("terminated")) this.session.abandoned = true;
		const id = randomUUID();
		const template = { contextActivities: { grouping: [{ objectType: "Activity", id: AU }], category: [{ id: "https://lms.test/category" }] }, extensions: { [EXTENSION + "sessionid"]: id } };
		this.session = { id, registration, actor, activityId: activity, template, mode: setting.mode ?? "Normal", mark: setting.mark, registered: this.registered };
		const fetch = lrs.begin(this.session);
		const agent = JSON.stringify(actor);
		const launchData = { contextTemplate: template, launchMode: this.session.mode, moveOn: "CompletedOrPassed", masteryScore: setting.mark, returnURL: setting.returns ? `${this.origin}/lms` : undefined };
		lrs.write("activities/state", { activityId: activity, agent, registration, stateId: "LMS.LaunchData" }, launchData);
		for (const [name, value] of Object.entries({ endpoint: lrs.endpoint.replace(/\/$/, ""), fetch, actor: agent, registration, activityId: activity })) query.set(name, value);
		return `${this.origin}/index.html?${query}`;
	}

	async launch() {
		const page = await /** @type {import("playwright-core").BrowserContext} */ (this.context).newPage();
		page.on("pageerror", (error) => this.problems.push(String(error)));
		page.on("console", (message) => {
			if (/Content Security Policy|cartable:.*Error/.test(message.text())) this.problems.push(message.text());
		});
		this.tabs.push(page);
		await page.goto(this.address());
		await this.settled();
	}

	async settled() {
		await this.page.waitForFunction(() => document.getElementById("save")?.textContent, null, { timeout: 30_000 });
	}

	/** The words of the page about saving begin with this, and for half a second: they may be those of the time before. @param {string} words */
	async sees(words) {
		let shown = "";
		for (let tries = 0, same = 0; tries < 300 && same < 5; tries++) {
			shown = (await this.page.textContent("#save")) ?? "";
			same = shown.startsWith(words) ? same + 1 : 0;
			await this.page.waitForTimeout(100);
		}
		assert.ok(shown.startsWith(words), `the page says "${shown}", not "${words}"`);
	}

	/** @param {string} title */
	async go(title) {
		await this.page.locator("nav a", { hasText: title }).first().click();
		await this.page.waitForFunction((title) => document.title.startsWith(title + " – "), title);
	}

	async read() {
		for (const title of ["One", "Two"]) {
			await this.go(title);
			await this.page.locator("main > section:not([hidden]) .pager").scrollIntoViewIfNeeded();
			await this.page.waitForTimeout(60);
		}
	}

	/** @param {Record<string, string[]>} answers */
	async choose(answers) {
		await this.go("Quiz");
		for (const [id, words] of Object.entries(answers)) {
			await answer(this.page, this.data.questions.find((/** @type {any} */ q) => q.slug === id), words);
		}
	}

	/** Sends the quiz; what is on the page then is what must be told. */
	async send() {
		await this.page.click("[data-do=review]");
		const controls = await allControls(this.page);
		await this.page.click("[data-do=send]");
		for (const q of this.data.questions) {
			const taken = /** @type {string[]} */ (controls[`q${q.n}`]).map((id) => id.split("-")[1]);
			const response = q.yes ? String(Number(taken[0]) === q.yes) : taken.sort().join("[,]");
			if (taken.length) this.made.push(`answered ${q.slug} ${response}`);
		}
	}

	/** @param {"right" | "wrong"} how */
	async take(how) {
		await this.choose(how === "right" ? { capital: ["Paris"], primes: ["2", "5"], earth: ["False"] } : { capital: ["Lyon"], primes: ["4"], earth: ["True"] });
		await this.send();
	}

	async retry() {
		await this.page.click("[data-do=retry]");
	}

	/** @param {string[]} outcomes that must be told by now */
	makes(...outcomes) {
		this.made.push(...outcomes);
	}

	/** Asks to leave; what the page says then. */
	async leave() {
		const page = this.page;
		await page.click("#leave");
		await Promise.race([page.waitForSelector("#left:not([hidden]) h1"), page.waitForURL(/\/lms$/)]);
		const words = page.url().endsWith("/lms") ? "LMS" : await page.textContent("#left h1");
		await this.lrs.settled();
		return words;
	}

	async close() {
		const page = this.page;
		const closed = page.waitForEvent("close");
		const before = this.lrs.requests.length;
		await page.close({ runBeforeUnload: true });
		await closed;
		this.tabs.pop();
		// What a closed page had to say may leave the browser later, on a busy machine.
		for (let tries = 0; tries < 100 && this.lrs.requests.length === before; tries++) await pause(50);
		await this.lrs.settled();
	}

	async crash() {
		await crashPage(this.page);
		await /** @type {any} */ (this.tabs.pop()).close();
		await this.lrs.settled();
	}

	// What the LRS holds.

	verbs() {
		return this.lrs.statements.map(({ verb }) => verb.id.replace(VERBS, ""));
	}

	/** The statements with a verb. @param {string} verb */
	of(verb) {
		return this.lrs.statements.filter((statement) => statement.verb.id === VERBS + verb);
	}

	told() {
		return this.lrs.statements.flatMap(({ verb, object, result }) => {
			const name = verb.id.replace(VERBS, "");
			if (name === "answered") return [`answered ${object.id.replace(/.*\/q\/\d+-/, "")} ${result.response}`];
			return /^(completed|passed|failed)$/.test(name) && object.id === this.activity ? [name] : [];
		});
	}

	/** @param {string[]} from @param {string[]} what */
	static without(from, what) {
		const left = [...what];
		return from.filter((one) => {
			const at = left.indexOf(one);
			if (at >= 0) left.splice(at, 1);
			return at < 0;
		});
	}

	lost() {
		return Learner.without(this.made, this.told());
	}

	surplus() {
		return Learner.without(this.told(), this.made);
	}

	count() {
		totals.stories += 1;
		totals.facts += this.made.length;
		totals.lost += this.lost().length;
		totals.twice += this.surplus().length;
		totals.retold += this.lrs.statements.filter(({ context }) => context.extensions?.["urn:cartable:happened"]).length;
		if (!this.setting.expectRefusals) totals.refused += this.lrs.refusals.length;
	}
}
