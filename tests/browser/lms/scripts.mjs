// Which classic scripts make up the LMS, in the order in which they are loaded,
// and a way to run the strict one without a browser.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import vm from "node:vm";
import { STANDARDS } from "./standards.mjs";

/** @typedef {import("./standards.mjs").Standard} Standard */

const folder = new URL("./", import.meta.url);

/** @param {Standard} standard */
function strictScripts(standard) {
	const [model, rules, strict] = STANDARDS[standard].strict;
	return [model, "rules.js", rules, "faults.js", "api.js", strict];
}

/** The scripts of the LMS's page. @param {"strict" | "scorm-again"} engine @param {Standard} standard @returns {string[]} */
export function playerScripts(engine, standard) {
	const again = [`scorm-again-${standard}.js`, ...strictScripts(standard), "again.js", `again${standard.slice(5)}.js`];
	return [...(engine === "strict" ? strictScripts(standard) : again), "player.js"];
}

/** Where a script of the LMS's page is on disk. @param {string} name @returns {string | null} */
export function scriptPath(name) {
	for (const [standard, { api }] of Object.entries(STANDARDS)) {
		if (name === `scorm-again-${standard}.js`) return createRequire(import.meta.url).resolve(api);
		if (playerScripts("scorm-again", /** @type {Standard} */ (standard)).includes(name)) return fileURLToPath(new URL(name, folder));
	}
	return null;
}

/**
 * The strict LMS in this process, for tests that need no browser. Its faults
 * that concern a window (lateBy, absent, crossOriginParent) do nothing here.
 *
 * @param {Standard} standard
 * @returns {{ create: (options?: object) => any, check: (type: string, value: string, interaction?: string) => boolean }}
 */
export function loadStrict(standard) {
	const source = strictScripts(standard).map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n");
	const n = standard.slice(5);
	// A function of this realm, so that what it returns compares as plain objects.
	return vm.runInThisContext(`(() => {${source}\nreturn { create: createStrictScorm${n}, check: checkScorm${n}Value };})()`, { filename: `strict${n}.js` });
}

/** What stories call the elements, by standard: see ScormStandard in api.js. @returns {Record<Standard, Record<string, string[]>>} */
export function elementNames() {
	const names = /** @type {Standard[]} */ (Object.keys(STANDARDS)).map((standard) => {
		const model = readFileSync(new URL(STANDARDS[standard].strict[0], folder), "utf8");
		return [standard, vm.runInThisContext(`(() => {${model}\nreturn ${standard.toUpperCase()}.elements;})()`)];
	});
	return Object.fromEntries(names);
}
