// Plays the stories of tests/stories on cmi5 and xAPI, and counts what a learner has made known: each answer and each
// outcome must be in the LRS once. Answers are taken from the controls as the learner gives them, outcomes from the state
// that is stored at the end, never from what was sent.
import assert from "node:assert/strict";
import { responseShown } from "../answering.mjs";
import { Player } from "../story.mjs";
import { Learner, totals } from "./learner.mjs";
import { openLrsLms, unitsOf } from "./lms.mjs";
import { readLrsRecord, writeLrsRecord } from "./records.mjs";
import { loadRuntime } from "../../node/runtime.mjs";

const runtime = loadRuntime();

/** What stories call the elements: the verbs that tell them. */
const NAMES = { status: ["completed", "passed", "failed"], score: ["scored"], answers: ["answered"], progress: ["progressed"] };

/** What no statement has a place for. */
const UNTOLD = ["weights", "objectives"];

/** A response of the controls in the words of readLrsRecord(). @param {any} q @param {any[]} response */
function neutral(q, response) {
	const pairs = response.flatMap((key, at) => (at % 2 ? [] : [[key, response[at + 1]]]));
	const blanks = () => {
		const given = new Map(/** @type {[number, string][]} */ (pairs));
		const number = Number.parseFloat(String(given.get(q.parts[0].n)).replace(/\s/g, "").replace(",", ".").replace("\u2212", "-"));
		const numeric = q.parts.length === 1 && !q.parts[0].forms && !Number.isNaN(number);
		return numeric ? number : q.parts.map((/** @type {any} */ { n }) => given.get(n) ?? "").join("; ");
	};
	switch (q.kind) {
		case "true-false": return response[0] === q.yes;
		case "scale": return response[0];
		case "match": return pairs;
		case "blanks": return blanks();
		case "text": return response[0].replace(/\n+/g, " ").trim();
		default: return response;
	}
}

/** A fact as text, however choices and pairs are ordered. @param {any} q @param {any} response */
function factOf(q, response) {
	const value = /single|multiple|match/.test(q.kind) ? [...response].map(String).sort() : response;
	return `answered ${q.slug} ${JSON.stringify(value)}`;
}

export class LrsPlayer extends Player {
	static openLms = openLrsLms;
	static target = (/** @type {string} */ standard) => standard;
	static first = (/** @type {string} */ root) => unitsOf(root)[0].file;
	static written = writeLrsRecord;
	static names = { cmi5: NAMES, xapi: NAMES };
	static journals = ["cmi5", "xapi"];
	static ranges = ["cmi5", "xapi"];
	static finishes = "every";

	/** Answers by unit and registration. @type {Map<string, { unit: string, registration: string, answers: string[] }>} */
	made = new Map();
	/** The parts that questions had when they were answered, by unit: an order that was not moved is no answer, and an item that came later is not in it. @type {Map<string, number[]>} */
	moved = new Map();

	async do_choose(/** @type {any} */ answers) {
		await super.do_choose(answers);
		this.moves(Object.keys(answers));
	}

	async do_answer_all(/** @type {any} */ how) {
		await super.do_answer_all(how);
		this.moves(await this.questionsAsked());
	}

	moves(/** @type {string[]} */ ids) {
		for (const id of ids) this.moved.set(`${this.unit} ${id}`, this.question(id).parts.map((/** @type {any} */ { n }) => n));
	}

	async do_send() {
		await this.told(() => super.do_send());
	}

	async do_press(/** @type {string} */ name) {
		const leaves = (await this.page.textContent("#leave")) === name;
		await this.told(() => super.do_press(name));
		// What the page says then depends on an answer that takes its time.
		if (leaves) await this.page.waitForSelector("#left:not([hidden]) h1");
	}

	async do_submit(/** @type {string[]} */ ids) {
		for (const id of ids) await this.told(() => super.do_submit([id]));
	}

	async do_validate(/** @type {any} */ answers) {
		for (const [id, words] of Object.entries(answers)) await this.told(() => super.do_validate({ [id]: words }));
	}

	async do_delete_attempt() {
		await super.do_delete_attempt();
		for (const { registration } of this.lms.sessions.filter((/** @type {any} */ session) => session.forgotten)) this.made.delete(`${this.unit} ${registration}`);
	}

	/** Notes what pressing a button gives away: all answers of a quiz that is sent, or the one that gets its verdict. @param {() => Promise<void>} press */
	async told(press) {
		const page = this.page;
		const session = this.lms.sessionOf(page);
		const sending = await page.locator("main > section:not([hidden]) [data-do=send]").isVisible();
		const { questions = [], record } = await this.pageData();
		const shown = [];
		for (const q of questions) {
			if (await page.locator(`#q${q.n}`).getAttribute("hidden") === null) shown.push({ q, response: await responseShown(page, q) });
		}
		await press();
		const sent = sending && !(await page.locator("main > section:not([hidden]) [data-do=send]").isVisible()) && (await page.locator("main > section:not([hidden]) .quiz-result").isVisible());
		// Whoever has sent looks at all that is said then: in a window of its own the end of the page may be out of sight.
		if (sent) await page.locator("main > section:not([hidden]) .pager").scrollIntoViewIfNeeded();
		if (!session.records || !record) return;
		const verdict = await page.evaluate(() => document.activeElement?.closest(".result")?.closest("form")?.id);
		for (const { q, response } of shown) {
			if (sent ? !this.answered(q, response) : `q${q.n}` !== verdict) continue;
			const given = sent ? response : await responseShown(page, q);
			const parts = this.moved.get(`${this.unit} ${q.slug}`) ?? given;
			this.facts(session).answers.push(factOf(q, neutral(q, q.kind === "order" ? given.filter((n) => parts.includes(n)) : given)));
			if (sent) this.moved.delete(`${this.unit} ${q.slug}`);
		}
	}

	/** @param {any} q @param {any[]} response */
	answered(q, response) {
		return q.kind === "order" ? this.moved.has(`${this.unit} ${q.slug}`) : response.length > 0;
	}

	/** @param {any} session */
	facts({ unit, registration }) {
		const key = `${unit} ${registration}`;
		const facts = this.made.get(key) ?? { unit, registration, answers: [] };
		this.made.set(key, facts);
		return facts;
	}

	async record() {
		await this.lms.settled();
		return readLrsRecord(this.lms.record(this.unit), this.data, this.standard);
	}

	async see_record(/** @type {any} */ expected) {
		const wanted = Object.fromEntries(Object.entries(expected).filter(([name]) => !UNTOLD.includes(name)));
		await super.see_record(wanted);
	}

	async end() {
		await super.end();
		const { lms } = this;
		for (const session of lms.sessions) if (!session.forgotten) this.facts(session);
		/** @type {string[]} */
		const [lost, surplus] = [[], []];
		for (const { unit, registration, answers } of this.made.values()) {
			const { document, statements } = lms.record(unit, registration);
			const course = runtime.linkCourse(structuredClone(this.units[unit]), runtime.questionKinds());
			const state = runtime.decodeState(document?.state ?? "", course);
			const { mark } = lms.sessions.findLast((/** @type {any} */ session) => session.unit === unit && session.registration === registration);
			const { completion, success } = state ? runtime.createLearner(course, state).outcome(mark === undefined ? course.completion.passMark : mark * 100).status : {};
			const made = [...answers, ...[success, completion].filter((word) => /ed$/.test(word ?? ""))];
			const told = readLrsRecord({ statements, document }, this.units[unit], this.standard).facts.map((/** @type {any} */ fact) =>
				fact.question ? factOf({ kind: fact.kind, slug: fact.question }, fact.response) : fact.verb);
			lost.push(...Learner.without(made, told));
			surplus.push(...Learner.without(told, made));
			totals.facts += made.length;
			totals.retold += statements.filter((/** @type {any} */ { context }) => context.extensions?.["urn:cartable:happened"]).length;
		}
		totals.stories += 1;
		totals.lost += lost.length;
		totals.twice += surplus.length;
		totals.refused += lms.refused().length;
		assert.deepEqual({ lost, surplus }, { lost: [], surplus: [] }, "what was made and not told, and what was told and not made or told twice");
	}
}
