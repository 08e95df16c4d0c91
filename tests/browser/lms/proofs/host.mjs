// What the host tells, serves and stops.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { closeSharedBrowser, openLms } from "../host.mjs";
import { open, place, play, root, state } from "./support.mjs";

describe("the host", () => {
	it("tells everything that is wrong with a package", async (t) => {
		const lms = await open(t, { allow: ["I am allowed"] });
		const content = await lms.launch({ file: "bad.html" });
		await content.evaluate(() => console.error("I am allowed"));
		await content.waitForTimeout(100);
		await lms.leave();
		const told = await lms.problems();
		const folder = "/pluginfile/1/mod_scorm/content/3";
		for (const part of [`404 ${folder}/nowhere.png`, "404 /top.png", "request outside the package: http://elsewhere.example/spy.png", "page error: I break", "console error: I complain",
			`content security policy: script-src-elem blocked inline in ${folder}/bad.html`, "session 1: the session was never begun"]) assert.ok(told.includes(part), `${part}\n${told.join("\n")}`);
		assert.ok(!told.some((text) => text.includes("I am allowed")));
	});

	it("tells errors, violations, leave prompts and a missing Finish", async (t) => {
		const lms = await open(t);
		const content = await lms.launch();
		await play(content, ["set", "cmi.core.exit", "normal"], state("x"), state("x"));
		await content.evaluate(() => {
			/** @type {any} */ (window).sco.finishes = false;
			addEventListener("beforeunload", (event) => event.preventDefault());
		});
		// Chromium asks only those who have touched the page.
		await content.click("h1");
		await lms.close();
		assert.deepEqual(await lms.problems(), [
			"dialog (beforeunload): ",
			`session 1: error 405 from LMSSetValue("cmi.core.exit", "normal")`,
			`session 1: exit is not suspend: LMSSetValue("cmi.core.exit", "normal")`,
			`session 1: redundant write: LMSSetValue("cmi.suspend_data", "x")`,
			"session 1: the session was never ended",
		]);
	});

	it("tells what scorm-again lets through and others refuse", async (t) => {
		const lms = await open(t, { engine: "scorm-again" });
		const content = await lms.launch();
		const id = ["set", "cmi.interactions.0.id", "q 1"];
		assert.deepEqual(await play(content, state("x".repeat(5000)), id, ["call", "Finish", ""], place("late"), ["call", "Initialize", ""]), ["true", "true", "true", "true", "false"]);
		const told = await lms.problems();
		for (const part of ["other LMSs refuse (405) LMSSetValue(\"cmi.suspend_data\"", "refuse (405) LMSSetValue(\"cmi.interactions.0.id\", \"q 1\")", "refuse (301) LMSSetValue(\"cmi.core.lesson_location\"", "error 101 from LMSInitialize"]) {
			assert.ok(told.some((text) => text.includes(part)), `${part}\n${told.join("\n")}`);
		}
	});

	it("serves the package only under Moodle's path, uncached, with the right types", async (t) => {
		const lms = await open(t);
		const content = await lms.launch();
		const headers = await lms.page().evaluate(async (base) => {
			const answers = [];
			for (const path of ["sco.js", "index.html", "../3/index.html?x=1", "%2e%2e/%2e%2e/passwd", "."]) {
				const response = await fetch(new URL(path, base));
				answers.push([response.status, response.headers.get("content-type"), response.headers.get("cache-control")]);
			}
			return answers;
		}, content.url());
		assert.deepEqual(headers.map(([status]) => status), [200, 200, 200, 404, 404]);
		assert.deepEqual(headers.slice(0, 2).map(([, type]) => type), ["text/javascript; charset=utf-8", "text/html; charset=utf-8"]);
		assert.deepEqual(new Set(headers.map(([, , cache]) => cache)), new Set(["no-store"]));
	});

	it("stops a scenario that hangs", async () => {
		// Whatever is under way at that moment, the scenario fails.
		for (const timeout of [20, 100, 800]) await assert.rejects(async () => {
			const lms = await openLms({ root, timeout });
			const content = await lms.launch();
			await content.waitForFunction(() => false, undefined, { timeout: 0 });
		}, /took longer than|closed|detached/);
	});

	it("says what to type when Chromium is missing", async () => {
		await closeSharedBrowser();
		const before = process.env.CHROMIUM;
		process.env.CHROMIUM = "/nowhere/chromium";
		try {
			await assert.rejects(openLms({ root }), { message: "Chromium is missing. Type: apt-get install chromium (as root), or set CHROMIUM to its path." });
		} finally {
			if (before === undefined) delete process.env.CHROMIUM;
			else process.env.CHROMIUM = before;
		}
	});
});
