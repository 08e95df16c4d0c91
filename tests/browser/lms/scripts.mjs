// Which classic scripts make up the LMS, in the order in which they are loaded,
// and a way to run the strict one without a browser.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const folder = new URL("./", import.meta.url);
const strict = ["model12.js", "rules12.js", "faults.js", "api12.js", "strict12.js"];

/** The scripts of the LMS's page. @param {"strict" | "scorm-again"} engine @returns {string[]} */
export function playerScripts(engine) {
	return engine === "strict" ? [...strict, "player.js"] : ["scorm-again.js", ...strict, "again12.js", "player.js"];
}

/** Where a script of the LMS's page is on disk. @param {string} name @returns {string | null} */
export function scriptPath(name) {
	if (name === "scorm-again.js") return createRequire(import.meta.url).resolve("scorm-again/scorm12/min");
	return playerScripts("scorm-again").includes(name) ? fileURLToPath(new URL(name, folder)) : null;
}

/**
 * The strict LMS in this process, for tests that need no browser. Its faults
 * that concern a window (lateBy, absent, crossOriginParent) do nothing here.
 * @returns {{ createStrictScorm12: (options?: object) => any, checkScorm12Value: (type: string, value: string, interaction?: string) => boolean }}
 */
export function loadStrict12() {
	const source = strict.map((name) => readFileSync(new URL(name, folder), "utf8")).join("\n");
	// A function of this realm, so that what it returns compares as plain objects.
	return vm.runInThisContext(`(() => {${source}\nreturn { createStrictScorm12, checkScorm12Value };})()`, { filename: "strict12.js" });
}
