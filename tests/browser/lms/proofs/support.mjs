// What the proofs in the browser share: the package, and short words for it.

import { after } from "node:test";
import { closeSharedBrowser, openLms } from "../host.mjs";
import { writeTinyPackage } from "../tiny.mjs";

const { root, remove } = writeTinyPackage();
export { root };
after(async () => {
	await closeSharedBrowser();
	remove();
});

/** @typedef {import("../host.mjs").Lms} Lms */
/** @typedef {import("playwright-core").Frame} Content */

/** @param {import("node:test").TestContext} t @param {Partial<import("../host.mjs").LmsOptions>} [options] */
export async function open(t, options) {
	const lms = await openLms({ root, ...options });
	t.after(() => lms.end());
	return lms;
}

/** Calls in the content: ["set", element, value] or ["call", "Commit", ""]. @param {Content} content @param {string[][]} calls @returns {Promise<any[]>} */
export function play(content, ...calls) {
	return content.evaluate((all) => {
		const { sco } = /** @type {any} */ (window);
		return all.map(([name, ...args]) => sco[name](...args));
	}, calls);
}

/** What the content read when it opened. @param {Content} content @returns {Promise<any>} */
export const found = (content) => content.evaluate(() => /** @type {any} */ (window).sco.found);

export const state = (/** @type {string} */ value) => ["set", "cmi.suspend_data", value];
export const place = (/** @type {string} */ value) => ["set", "cmi.core.lesson_location", value];
export const saved = ["call", "Commit", ""];
/** What the tiny SCO's own session leaves in the record. */
export const started = { "cmi.core.exit": "suspend", "cmi.core.lesson_status": "incomplete" };

/** @param {Record<string, string>} record without the time, which the engines write differently */
export const untimed = ({ "cmi.core.total_time": _time, ...rest }) => rest;
