// Each fault, as the package meets it.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { until } from "../sessions.mjs";
import { open, play, saved, started, state } from "./support.mjs";

/** @typedef {import("playwright-core").Frame} Content */

describe("faults", () => {
	/** @param {import("node:test").TestContext} t @param {Record<string, any>} faults @param {Record<string, any>} [more] */
	const broken = async (t, faults, more) => {
		const lms = await open(t, { faults, ...more });
		return { lms, content: await lms.launch() };
	};
	/** @param {Content} content */
	const api = (content) => content.evaluate(() => Boolean(/** @type {any} */ (window).sco.find()));
	/** @param {Content} content @param {string} name */
	const property = (content, name) => content.evaluate((key) => /** @type {any} */ (window).sco[key], name);

	it("lateBy: the API appears later", async (t) => {
		const { lms, content } = await broken(t, { lateBy: 1200 });
		await content.waitForFunction(() => /** @type {any} */ (window).sco.found);
		assert.ok((await property(content, "looked")) > 1, "it was not there at first");
		assert.deepEqual(lms.record(), started);
	});

	it("absent: there is none", async (t) => {
		const { lms, content } = await broken(t, { absent: true });
		assert.equal(await api(content), false);
		await lms.leave();
		assert.deepEqual([await lms.problems(), lms.record(), lms.sessions[0].calls], [[], {}, []]);
	});

	it("missing and noInteractions: 401, and not among the children", async (t) => {
		const { lms, content } = await broken(t, { missing: ["cmi.core.lesson_mode", "cmi.student_preference"], noInteractions: true });
		const error = ["call", "GetLastError"];
		assert.deepEqual(await play(content, ["get", "cmi.core.lesson_mode"], error), ["", "401"]);
		assert.deepEqual(await play(content, ["set", "cmi.student_preference.audio", "1"], error, ["get", "cmi.interactions._count"], error), ["false", "401", "", "401"]);
		assert.deepEqual(await play(content, ["set", "cmi.interactions.0.id", "q"], error), ["false", "401"]);
		assert.doesNotMatch((await play(content, ["get", "cmi.core._children"]))[0], /lesson_mode/);
		assert.deepEqual(await lms.problems(), [], "what a fault refuses is not the package's mistake");
	});

	it("returns: other types than strings", async (t) => {
		const calls = [["get", "cmi.interactions._count"], ["get", "cmi.suspend_data"], ["get", "cmi.suspend_data"], state("x"), ["set", "cmi.bogus", "x"], ["call", "GetLastError"]];
		for (const [returns, initialized, answers] of /** @type {[string, unknown, unknown[]][]} */ ([
			["booleans", true, ["0", "", "", true, false, "201"]],
			["numbers", 1, [0, "", "", 1, 0, 201]],
			["null", "true", ["0", undefined, null, "true", "false", "201"]],
		])) {
			const { content } = await broken(t, { returns });
			assert.equal(await property(content, "initialized"), initialized);
			const seen = await play(content, ...calls);
			// Which of the two empties comes first depends on the calls before.
			if (returns === "null") assert.deepEqual(new Set(seen.splice(1, 2)), new Set(/** @type {unknown[]} */ (answers.splice(1, 2))));
			assert.deepEqual(seen, answers);
		}
	});

	it("refuse and throw: from the nth matching call to the mth", async (t) => {
		const { lms, content } = await broken(t, { refuse: [{ call: "set", element: "state", from: 2, to: 3 }], throw: [{ call: "commit", from: 2, to: 2 }] });
		assert.deepEqual(await play(content, state("1"), state("2"), ["call", "GetLastError"], state("3"), state("4")), ["true", "false", "101", "false", "true"]);
		assert.deepEqual(await play(content, saved, saved), ["threw: the LMS failed", "true"]);
		assert.deepEqual([lms.record()["cmi.suspend_data"], await lms.problems()], ["4", []]);
		assert.equal(lms.sessions[0].calls.filter(({ threw }) => threw).length, 1);
	});

	it("vanishAt: the API goes away under the content", async (t) => {
		const { lms, content } = await broken(t, { vanishAt: 9 });
		assert.deepEqual(await play(content, state("x"), state("y")), ["threw: the window of the LMS is gone", "threw: the window of the LMS is gone"]);
		assert.equal(await api(content), false);
		await lms.close();
		assert.deepEqual([lms.record(), await lms.problems()], [started, []]);
	});

	it("commitLies: true, and nothing is stored", async (t) => {
		for (const engine of /** @type {const} */ (["strict", "scorm-again"])) {
			const { lms, content } = await broken(t, { commitLies: true }, { engine });
			assert.deepEqual(await play(content, state("x"), saved), ["true", "true"]);
			await lms.close();
			assert.deepEqual([lms.record(), await lms.problems()], [{}, []]);
		}
	});

	it("initialize: refused for ever, or answered false though all works", async (t) => {
		const refused = await broken(t, { initialize: "refused" });
		assert.deepEqual(await play(refused.content, state("x"), ["call", "GetLastError"]), ["false", "301"]);
		const already = await broken(t, { initialize: "already" });
		assert.equal(await property(already.content, "initialized"), "false");
		assert.equal(already.lms.sessions[0].calls[0].err, 101);
		assert.deepEqual(await play(already.content, state("x"), saved), ["true", "true"]);
		assert.deepEqual([already.lms.record()["cmi.suspend_data"], await already.lms.problems()], ["x", []]);
	});

	it("stubs: as in Open edX, writes go out by themselves and nothing is ever told", async (t) => {
		const { lms, content } = await broken(t, { stubs: true });
		const answers = await play(content, ["set", "cmi.core.score.raw", "50"], ["set", "cmi.core.score.raw", "much"], ["call", "GetLastError"], ["get", "cmi.core.score.raw"], ["get", "cmi.core.lesson_status"], state("x"), ["get", "cmi.suspend_data"]);
		assert.deepEqual(answers, ["true", "true", "0", "", "", "true", "x"]);
		assert.ok(await until(() => lms.record()["cmi.suspend_data"] === "x"));
		assert.equal(lms.record()["cmi.core.score.raw"], "50");
		assert.deepEqual(await lms.problems(), [`session 1: error 405 from LMSSetValue("cmi.core.score.raw", "much")`], "the package cannot know, the test does");
	});

	it("crossOriginParent: the search has to survive a frame that may not be read", async (t) => {
		const { lms, content } = await broken(t, { crossOriginParent: true });
		assert.equal(await content.evaluate(() => {
			try { return String(/** @type {any} */ (parent).API); } catch (error) { return /** @type {Error} */ (error).name; }
		}), "SecurityError");
		await play(content, state("x"), saved);
		await lms.leave();
		assert.equal(lms.record()["cmi.suspend_data"], "x");
		assert.deepEqual(await lms.problems(), []);
	});
});
