// A session: one launch of the content, as the test sees it afterwards.

import { createInbox } from "./record.mjs";
import { STANDARDS } from "./standards.mjs";

/** @typedef {import("./record.mjs").Save} Save */
/**
 * @typedef {object} Call
 * @property {number} n
 * @property {number} t
 * @property {string} fn
 * @property {string} does "begin", "get", "set", "commit", "end"; "error" and "about" what is asked of errors
 * @property {unknown[]} args
 * @property {unknown} [ret]
 * @property {number} err
 * @property {number} [strict] scorm-again answered without an error, the strict LMS would have given this one
 * @property {string} [fault]
 * @property {string} [threw]
 */
/**
 * @typedef {object} LaunchSettings
 * @property {"strict" | "scorm-again"} engine
 * @property {import("./standards.mjs").Standard} standard
 * @property {"normal" | "browse" | "review"} mode
 * @property {"credit" | "no-credit"} credit
 * @property {string} mastery
 * @property {Record<string, any>} faults
 * @property {boolean} popup
 * @property {boolean} kept may the browser keep the page for "back"?
 * @property {string} file what is launched
 * @property {Record<string, any>} lms the rest of StrictOptions
 */

const QUIET = ["error", "about"];
const SETTLE_MS = 3000;

/**
 * @param {number} n @param {LaunchSettings} settings
 * @param {import("./record.mjs").Attempt} attempt @param {import("./record.mjs").Order} order
 */
export function createSession(n, settings, attempt, order) {
	/** @type {Map<number, Call>} */
	const calls = new Map();
	/** @type {{ n: number, rule: string, text: string }[]} */
	const violations = [];
	/** @type {Set<number>} */
	const sent = new Set();
	/** @type {{ kind: string, length: number }[]} */
	const lost = [];
	const inbox = createInbox(attempt, order);
	const { exit, usual } = STANDARDS[settings.standard];
	return {
		n, settings, violations, lost,
		/** The record as this launch read it. */
		startedWith: { ...attempt.elements },
		/** The rank of that reading among all saves. */
		read: order.applied(),
		/** @type {"open" | "left" | "closed" | "crashed"} */
		how: "open",
		/** How many documents of the content have gone. */
		gone: 0,
		inbox,
		get calls() {
			return [...calls.values()].sort((a, b) => a.n - b.n);
		},
		/** Calls that the LMS refused for the package's own fault. */
		get errors() {
			return this.calls.filter((call) => call.err && !call.fault && !QUIET.includes(call.does) && !usual(call));
		},
		/** In the order of arrival; `seq` is the order of sending. @returns {Save[]} */
		get saves() {
			return inbox.saves;
		},
		/** The last exit that the LMS took in this session. @returns {string | null} */
		get exit() {
			const last = this.calls.filter(({ does, args, err }) => does === "set" && args[0] === exit && !err).at(-1);
			return last ? String(last.args[1]) : null;
		},
		/** @param {Record<string, any[]>} news what the page tells */
		hear(news) {
			for (const call of news.calls ?? []) calls.set(call.n, call);
			for (const n of news.untold ?? []) calls.set(n, { n, t: 0, fn: "untold", does: "untold", args: [], err: 0 });
			for (const { seq } of news.sent ?? []) sent.add(seq);
			violations.push(...(news.violations ?? []));
			lost.push(...(news.lost ?? []));
			this.gone += news.gone?.length ?? 0;
		},
		/** Has everything arrived that is known to be on its way? @param {{ calls: number, saves: number }} [progress] @param {boolean} [held] saves may still be held */
		complete(progress, held = false) {
			if (calls.size < Math.max(progress?.calls ?? 0, ...calls.keys(), 0)) return false;
			if (sent.size < (progress?.saves ?? 0)) return false;
			const arrived = new Set(inbox.saves.map(({ seq }) => seq));
			return [...sent].every((seq) => arrived.has(seq)) && (held || inbox.saves.every((save) => save.applied));
		},
	};
}

/** @typedef {ReturnType<typeof createSession>} Session */

/** @param {() => boolean} condition @param {number} limit milliseconds @returns {Promise<boolean>} did it come true? */
export async function until(condition, limit = SETTLE_MS) {
	for (const end = Date.now() + limit; Date.now() < end; ) {
		if (condition()) return true;
		await new Promise((done) => setTimeout(done, 5));
	}
	return condition();
}

/** What is wrong with a session, in words. @param {Session} session @returns {string[]} */
export function sessionProblems(session) {
	const where = `session ${session.n}`;
	return [
		...session.errors.map((call) => `${where}: error ${call.err} from ${showCall(call)}`),
		...session.calls.filter((call) => call.strict && !STANDARDS[session.settings.standard].usual({ ...call, err: call.strict })).map((call) => `${where}: other LMSs refuse (${call.strict}) ${showCall(call)}`),
		...session.violations.map(({ text }) => `${where}: ${text}`),
		...session.lost.map(({ kind, length }) => `${where}: the browser refused a beacon of ${length} characters, so this ${kind} is lost`),
		...unfinished(session).map((text) => `${where}: ${text}`),
	];
}

/** @param {Session} session @returns {string[]} */
function unfinished({ calls, saves, settings, how }) {
	if (how === "open" || how === "crashed" || settings.mode !== "normal") return [];
	// The log of the last call may be lost where its save was not.
	if (saves.some(({ kind }) => kind === "finish")) return [];
	const { absent, lateBy, initialize } = settings.faults;
	if (absent || lateBy || initialize === "refused") return [];
	const last = calls.findLast(({ does }) => does === "begin" || does === "end");
	if (!last) return ["the session was never begun"];
	return last.does === "end" || last.ret === "false" ? [] : ["the session was never ended"];
}

/** @param {Call} call */
export function showCall({ fn, args }) {
	return `${fn}(${args.map((arg) => (JSON.stringify(arg) ?? String(arg)).slice(0, 60)).join(", ")})`;
}
