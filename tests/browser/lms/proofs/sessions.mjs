// How sessions end and go on, in both engines, and what a learner may do in between.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { found, open, place, play, saved, started, state, untimed } from "./support.mjs";

/** @typedef {import("../host.mjs").Lms} Lms */

for (const engine of /** @type {const} */ (["strict", "scorm-again"])) for (const popup of [false, true]) {
	describe(`${engine}, ${popup ? "in a pop-up" : "in a frame"}`, () => {
		const ends = /** @type {[string, (lms: Lms) => Promise<void>, string, number][]} */ ([
			["left", (lms) => lms.leave(), "beacon", 1],
			["left at once, with the whole page", (lms) => lms.leave(undefined, { whole: true }), "beacon", 1],
			["closed", (lms) => lms.close(), "beacon", 1],
			["crashed", (lms) => lms.crash(), "", 0],
		]);
		for (const [how, end, via, finishes] of ends) it(`keeps what was saved when ${how}`, async (t) => {
			const lms = await open(t, { engine, popup });
			await play(await lms.launch(), state("saved"), saved, place("unsaved"));
			await end(lms);
			const expected = finishes ? { ...started, "cmi.core.lesson_location": "unsaved", "cmi.suspend_data": "saved" } : { ...started, "cmi.suspend_data": "saved" };
			assert.deepEqual(untimed(lms.record()), expected);
			assert.match(String(lms.record()["cmi.core.total_time"]), finishes ? /:00:07(\.00)?$/ : /undefined/);
			const [session] = lms.sessions;
			assert.equal(session.calls.filter((call) => call.fn === "LMSFinish").length, finishes);
			assert.deepEqual([session.how, session.exit, session.errors, session.saves.find(({ kind }) => kind === "finish")?.via ?? ""], [how.split(" ")[0], "suspend", [], via]);
			assert.deepEqual(await found(await lms.launch()), { mode: "normal", entry: "resume", status: "incomplete", state: "saved" });
			assert.deepEqual(await lms.problems(), []);
		});
	});
}

describe("what a learner does", () => {
	it("hides the tab for real: the content hears of it, can save, and comes back", async (t) => {
		const lms = await open(t);
		const content = await lms.launch();
		await content.evaluate(() => {
			const { sco } = /** @type {any} */ (window);
			sco.seen = [];
			sco.atVisibility = (/** @type {string} */ value) => sco.seen.push(value, sco.set("cmi.suspend_data", value), sco.call("Commit", ""));
		});
		await lms.hide();
		assert.equal(lms.record()["cmi.suspend_data"], "hidden");
		await lms.show();
		assert.deepEqual(await content.evaluate(() => /** @type {any} */ (window).sco.seen), ["hidden", "true", "true", "visible", "true", "true"]);
		assert.ok(lms.sessions[0].saves.every(({ via }) => via === "xhr"), "a hidden page may still ask and wait");
		assert.deepEqual(await lms.problems(), []);
	});

	it("has the tab frozen and killed in the background", async (t) => {
		const lms = await open(t);
		const content = await lms.launch();
		await content.evaluate(() => {
			const { sco } = /** @type {any} */ (window);
			sco.seen = [];
			sco.ticks = 0;
			setInterval(() => sco.ticks++, 10);
			sco.atVisibility = (/** @type {string} */ value) => (sco.seen.push(value), sco.set("cmi.suspend_data", value), sco.call("Commit", ""));
			document.addEventListener("freeze", () => sco.seen.push("freeze"));
		});
		await lms.freeze();
		const ticks = () => content.evaluate(() => /** @type {any} */ (window).sco.ticks);
		const before = await ticks();
		await new Promise((done) => setTimeout(done, 150));
		assert.equal(await ticks(), before);
		assert.deepEqual(await content.evaluate(() => /** @type {any} */ (window).sco.seen), ["hidden", "freeze"]);
		await lms.crash();
		assert.deepEqual(lms.record(), { ...started, "cmi.suspend_data": "hidden" });
	});

	it("closes or leaves a tab or a pop-up that was hidden or frozen", async (t) => {
		for (const [popup, sleep, end] of /** @type {const} */ ([[false, "hide", "close"], [true, "hide", "leave"], [false, "freeze", "leave"], [true, "freeze", "close"]])) {
			const lms = await open(t, { popup });
			const content = await lms.launch();
			const other = await lms.secondTab({ popup: false });
			await lms[sleep](content);
			assert.deepEqual([await content.evaluate(() => document.visibilityState), await other.evaluate(() => document.visibilityState)], ["hidden", "visible"]);
			await lms[end](content);
			assert.deepEqual(lms.sessions[0].saves.map(({ kind, via }) => [kind, via]), [["commit", "xhr"], ["finish", "beacon"]]);
			await lms.close(other);
			assert.deepEqual(await lms.problems(), []);
		}
	});

	it("begins a new attempt, or has one deleted; another computer has the record but no storage", async (t) => {
		const lms = await open(t, { record: { "cmi.core.lesson_status": "passed", "cmi.suspend_data": "first" } });
		let content = await lms.launch();
		assert.equal((await found(content)).state, "first");
		await content.evaluate(() => localStorage.setItem("spare", "kept"));
		await lms.leave();
		lms.newAttempt();
		content = await lms.launch();
		assert.deepEqual(await found(content), { mode: "normal", entry: "ab-initio", status: "not attempted", state: "" });
		assert.equal(await content.evaluate(() => localStorage.getItem("spare")), "kept");
		await play(content, state("second"), saved);
		await lms.leave();
		assert.deepEqual(lms.attempts().map((attempt) => attempt["cmi.suspend_data"]), ["first", "second"]);
		const other = await lms.otherComputer();
		content = await other.launch();
		assert.equal((await found(content)).state, "second");
		assert.equal(await content.evaluate(() => localStorage.getItem("spare")), null);
		await other.close();
		lms.deleteAttempt();
		assert.deepEqual([lms.record(), lms.attempts().length], [{}, 2]);
		lms.setRecord({ "cmi.core.lesson_status": "failed", "cmi.core.exit": "suspend", "cmi.suspend_data": "given" });
		assert.deepEqual(await found(await lms.launch()), { mode: "normal", entry: "resume", status: "failed", state: "given" });
	});

	it("goes on where the interactions of earlier sessions end", async (t) => {
		for (const engine of /** @type {const} */ (["strict", "scorm-again"])) {
			const lms = await open(t, { engine });
			const answer = (/** @type {number} */ n) => [
				["set", `cmi.interactions.${n}.id`, `q${n}`], ["set", `cmi.interactions.${n}.type`, "choice"],
				["set", `cmi.interactions.${n}.correct_responses.0.pattern`, "a,b"], ["set", `cmi.interactions.${n}.student_response`, "a"],
			];
			await play(await lms.launch(), ...Array.from({ length: 12 }, (_, n) => answer(n)).flat(), saved);
			await lms.close();
			lms.setRecord(lms.record());
			const content = await lms.launch();
			assert.deepEqual(await play(content, ["get", "cmi.interactions._count"], ["set", "cmi.interactions.3.result", "wrong"], ...answer(12), saved), ["12", "true", "true", "true", "true", "true", "true"]);
			await lms.leave();
			assert.deepEqual(await lms.problems(), []);
			const record = lms.record();
			assert.deepEqual([record["cmi.interactions.12.id"], record["cmi.interactions.11.student_response"], record["cmi.interactions.3.result"]], ["q12", "a", "wrong"]);
		}
	});

	it("has two tabs on one record; the later save wins", async (t) => {
		const lms = await open(t);
		const first = await lms.launch();
		await play(first, state("one"), saved);
		const second = await lms.secondTab();
		assert.equal((await found(second)).state, "one");
		await assert.rejects(lms.launch(), /still open/);
		await play(second, state("two"), saved);
		await play(first, place("p1"), saved);
		assert.deepEqual(lms.record(), { ...started, "cmi.core.lesson_location": "p1", "cmi.suspend_data": "two" });
		await lms.close(first);
		await lms.close(second);
		assert.deepEqual(lms.sessions.map(({ how }) => how), ["closed", "closed"]);
	});

	it("opens in review after a final status, where the LMS is set so, and in any mode asked for", async (t) => {
		const lms = await open(t, { autoReview: true, record: { "cmi.core.lesson_status": "passed" }, mastery: 80 });
		let content = await lms.launch();
		assert.equal((await found(content)).mode, "review");
		assert.deepEqual(await play(content, ["get", "cmi.core.credit"], ["get", "cmi.student_data.mastery_score"]), ["no-credit", "80"]);
		await play(content, state("x"));
		await lms.leave();
		content = await lms.launch({ mode: "browse", credit: "credit", entry: "", launchData: "go", student: { id: "u7" } });
		assert.equal((await found(content)).mode, "browse");
		assert.deepEqual(await play(content, ["get", "cmi.core.credit"], ["get", "cmi.launch_data"], ["get", "cmi.core.student_id"]), ["credit", "go", "u7"]);
		await lms.leave();
		assert.deepEqual(await lms.problems(), [`session 1: write in review: LMSSetValue("cmi.suspend_data", "x")`]);
		assert.deepEqual(lms.record(), { "cmi.core.lesson_status": "passed" });
	});
});

describe("a page that the browser kept", () => {
	it("comes back with its window, and may or may not begin again", async (t) => {
		for (const reinitialize of [false, true]) {
			const lms = await open(t, { kept: true, reinitialize });
			const content = await lms.launch();
			await content.evaluate(() => addEventListener("pageshow", (event) => {
				const { sco } = /** @type {any} */ (window);
				sco.back = [event.persisted, sco.call("Initialize", "")];
			}));
			const win = await lms.awayAndBack();
			assert.deepEqual(await win.evaluate((content) => content.sco.back), [true, String(reinitialize)]);
			assert.deepEqual(lms.sessions[0].saves.map(({ kind, via }) => [kind, via]), [["commit", "xhr"], ["finish", "xhr"]], "a page that is kept may still ask and wait");
			const told = await lms.problems();
			assert.deepEqual(told, reinitialize ? [] : [`session 1: error 101 from LMSInitialize("")`]);
		}
	});
});
