// A SCO small enough to be read at a glance, for the tests of the LMS itself.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tiny</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; connect-src 'none'">
<h1>Tiny</h1><p id="said"></p><script src="sco.js"></script>`;

/** Breaks everything that the host watches. */
const BAD_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bad</title>
<meta http-equiv="Content-Security-Policy" content="script-src 'self'">
<img src="nowhere.png" alt=""><img src="http://elsewhere.example/spy.png" alt="">
<img src="/top.png" alt=""><script>var inline = true;</script><script src="bad.js"></script>`;
const BAD_SCRIPT = `console.error("I complain"); setTimeout(() => { throw new Error("I break"); }, 0);`;

/** Runs in the content: the shortest session that keeps all rules, and a way for tests to call the API. */
function tiny() {
	/** @param {any} from @returns {any} */
	const climb = (from) => {
		for (let win = from, hops = 0; win && hops < 500; win = win.parent, hops++) {
			// A frame of another origin throws: go on above it.
			try { if (win.API) return win.API; } catch { /* not ours to read */ }
			if (win.parent === win) return null;
		}
		return null;
	};
	const find = () => climb(window) ?? (window.opener && climb(window.opener));
	/** @type {any} */
	const sco = { api: null, looked: 0, results: [], find, finishes: true };
	/** @param {string} name @param {...unknown} args */
	sco.call = (name, ...args) => {
		try { return sco.api["LMS" + name](...args); } catch (error) { return "threw: " + /** @type {Error} */ (error).message; }
	};
	/** @param {string} element @param {string} value */
	sco.set = (element, value) => sco.call("SetValue", element, value);
	/** @param {string} element */
	sco.get = (element) => sco.call("GetValue", element);
	sco.begin = () => {
		sco.looked += 1;
		sco.api = find();
		if (!sco.api) return false;
		sco.initialized = sco.call("Initialize", "");
		sco.found = { mode: sco.get("cmi.core.lesson_mode"), entry: sco.get("cmi.core.entry"), status: sco.get("cmi.core.lesson_status"), state: sco.get("cmi.suspend_data") };
		document.getElementById("said")?.append(JSON.stringify(sco.found));
		if (sco.found.mode !== "normal") return true;
		if (!/passed|completed|incomplete/.test(sco.found.status)) sco.set("cmi.core.lesson_status", "incomplete");
		sco.set("cmi.core.exit", "suspend");
		sco.call("Commit", "");
		return true;
	};
	sco.end = () => {
		if (!sco.api || !sco.finishes || sco.found.mode !== "normal") return;
		sco.finishes = false;
		sco.set("cmi.core.session_time", "00:00:07");
		sco.call("Finish", "");
	};
	addEventListener("pagehide", () => (sco.atEnd ?? sco.end)());
	document.addEventListener("visibilitychange", () => sco.atVisibility?.(document.visibilityState));
	/** @type {any} */ (window).sco = sco;
	// The API may come late.
	const polls = setInterval(() => { if (sco.begin()) clearInterval(polls); }, 20);
	if (sco.begin()) clearInterval(polls);
}

/** @returns {{ root: string, remove: () => void }} a folder with the package */
export function writeTinyPackage() {
	const root = mkdtempSync(join(tmpdir(), "tiny-sco-"));
	const files = { "index.html": PAGE, "sco.js": `(${tiny})();`, "bad.html": BAD_PAGE, "bad.js": BAD_SCRIPT };
	for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
	return { root, remove: () => rmSync(root, { recursive: true, force: true }) };
}
