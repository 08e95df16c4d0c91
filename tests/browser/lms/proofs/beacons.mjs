// What is saved while a page is being dismissed.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { found, open, place, play, saved, started, state, untimed } from "./support.mjs";

/** @typedef {import("playwright-core").Frame} Content */

describe("beacons", () => {
	/** Answers so many questions, half a kilobyte each, and saves none before the door. @param {Content} content @param {number} count */
	const answerUnsaved = (content, count) => content.evaluate((questions) => {
		const { sco } = /** @type {any} */ (window);
		for (let n = 0; n < questions; n++) {
			sco.set(`cmi.interactions.${n}.id`, `q${n}`);
			sco.set(`cmi.interactions.${n}.type`, "fill-in");
			sco.set(`cmi.interactions.${n}.student_response`, "é".repeat(255));
		}
		sco.atEnd = () => localStorage.setItem("answer", sco.call("Finish", ""));
	}, count);

	it("carry 64 KiB at most; what is larger is lost and told", async (t) => {
		for (const [count, answer] of /** @type {const} */ ([[95, "true"], [150, "false"]])) {
			const lms = await open(t);
			await answerUnsaved(await lms.launch(), count);
			await lms.close();
			assert.equal(lms.sessions[0].saves.length, answer === "true" ? 2 : 1);
			assert.equal(Object.keys(lms.record()).length, answer === "true" ? 2 + 3 * 95 : 2);
			const content = await lms.launch();
			assert.equal(await content.evaluate(() => localStorage.getItem("answer")), answer);
			const told = (await lms.problems()).join("\n");
			if (answer === "true") assert.equal(told, "");
			else assert.match(told, /^session 1: error 101 from LMSFinish\(""\)\n.*refused a beacon of \d+ characters, so this finish is lost$/);
		}
	});

	it("tell of all calls at the door, though not each by name when they are many", async (t) => {
		const lms = await open(t);
		const content = await lms.launch();
		await content.evaluate(() => {
			const { sco } = /** @type {any} */ (window);
			sco.atEnd = () => {
				for (let n = 0; n < 800; n++) sco.get("cmi.core.lesson_location");
				sco.set("cmi.core.exit", "normal");
				sco.end();
			};
		});
		await lms.close();
		const [{ calls, errors }] = lms.sessions;
		assert.deepEqual([calls.length, calls.at(-1)?.fn, errors.length], [8 + 800 + 1 + 2, "LMSFinish", 1]);
	});

	it("are waited for by the next launch, or arrive after it has read", async (t) => {
		for (const [beacons, second] of /** @type {const} */ ([["waited", "door"], ["late", ""]])) {
			const lms = await open(t, { beacons });
			await play(await lms.launch(), state("door"));
			await lms.close();
			assert.equal((await found(await lms.launch())).state, second);
			await play(lms.context.pages()[0].frame("content") ?? assert.fail(), place("p2"), saved);
			assert.deepEqual(untimed(lms.record()), { ...started, "cmi.core.lesson_location": "p2", "cmi.suspend_data": "door" });
			const [first, next] = lms.sessions;
			const finish = first.saves.at(-1);
			assert.deepEqual([finish?.session, finish?.seq, finish?.via], [1, 2, "beacon"]);
			assert.equal(Number(finish?.applied) > next.read, beacons === "late");
			const saves = lms.saves();
			assert.deepEqual(saves.map(({ at }) => at), saves.map(({ at }) => at).sort((a, b) => a - b));
		}
	});

	it("belong to their attempt, also when that has gone", async (t) => {
		const lms = await open(t, { beacons: "late" });
		await play(await lms.launch(), state("old"));
		await lms.close();
		lms.deleteAttempt();
		lms.deliver();
		assert.deepEqual(lms.record(), {});
	});
});
