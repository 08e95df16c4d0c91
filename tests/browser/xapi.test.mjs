// What a learner's side of cmi5 and xAPI tells a strict LRS, and how it is launched: nothing is sent that an LMS must refuse.
import assert from "node:assert/strict";
import { describe } from "node:test";
import { figures, story } from "./xapi/stories.mjs";

const saved = "Saved";
const RECORDED = "Everything is recorded. You can close this window.";
/** @param {string} completion @returns {import("../node/courses.mjs").Change[]} */
const completion = (completion) => [["course.toml", 'lessons  = ["l1"]', `lessons  = ["l1"]\n\n[completion]\n${completion}`]];

describe("what is told", { concurrency: 3 }, () => {
	story("read and pass, then leave", async (learner) => {
		await learner.launch();
		await learner.read();
		await learner.take("right");
		learner.makes("passed", "completed");
		await learner.sees(saved);
		assert.equal(await learner.leave(), RECORDED);
		const [first, ...rest] = learner.verbs();
		assert.equal(first, "initialized");
		assert.equal(rest.at(-1), "terminated");
		const [passed] = learner.of("passed");
		assert.equal(passed.object.id, learner.activity);
		assert.deepEqual(passed.result.score, { scaled: 1, raw: 100, min: 0, max: 100 });
		const [answered] = learner.of("answered");
		assert.equal(answered.object.definition.name.en, "What is the capital of France?");
		assert.deepEqual(answered.object.definition.choices.map((/** @type {any} */ one) => one.description.en), ["Lyon", "Paris", "Nice"]);
		assert.deepEqual(answered.object.definition.correctResponsesPattern, ["2"]);
		assert.equal(learner.of("scored").filter(({ object }) => object.id !== learner.activity).length, 1, "the attempt at the quiz");
		const document = learner.lrs.read({ activityId: learner.activity, agent: JSON.stringify(learner.actor), registration: learner.registration });
		assert.deepEqual(document.facts, [], "nothing waits");
		assert.deepEqual(await learner.page.evaluate(() => Object.keys(localStorage)), [], "nothing stays in the browser");
	});

	story("who wants no sound hears none", async (learner) => {
		learner.lrs.write("agents/profile", { agent: JSON.stringify(learner.actor), profileId: "cmi5LearnerPreferences" }, { languagePreference: "fr,en", audioPreference: "off" });
		await learner.context?.addInitScript(() => addEventListener("DOMContentLoaded", () => document.body.append(document.createElement("audio"))));
		await learner.launch();
		await learner.sees(saved);
		assert.ok(await learner.page.evaluate(() => document.querySelector("audio")?.muted));
	}, {}, ["cmi5"]);

	story("the LMS wants the learner back", async (learner) => {
		await learner.launch();
		await learner.take("right");
		learner.makes("passed");
		assert.equal(await learner.leave(), "LMS");
		assert.equal(learner.verbs().at(-1), "terminated");
	}, { returns: true }, ["cmi5"]);

	story("closing the window ends the session", async (learner) => {
		await learner.launch();
		await learner.take("right");
		learner.makes("passed");
		await learner.close();
		assert.equal(learner.verbs().at(-1), learner.setting.target === "cmi5" ? "terminated" : "suspended");
	});

	story("leave and resume", async (learner) => {
		await learner.launch();
		await learner.choose({ capital: ["Paris"] });
		await learner.go("One");
		await learner.leave();
		await learner.launch();
		assert.match(await learner.page.title(), /^One – /);
		await learner.go("Quiz");
		assert.ok(await learner.page.isChecked("#q1-2"), "the draft is there");
		await learner.take("right");
		learner.makes("passed");
		await learner.leave();
	});

	story("retake after failing", async (learner) => {
		await learner.launch();
		await learner.read();
		await learner.take("wrong");
		await learner.sees(saved);
		await learner.retry();
		await learner.take("right");
		learner.makes("passed", "completed");
		await learner.leave();
		assert.equal(learner.of("answered").length, 6);
		assert.equal(learner.of("failed").length, 0);
	});

	story("another session passes after one that failed", async (learner) => {
		await learner.launch();
		await learner.take("wrong");
		await learner.close();
		await learner.launch();
		await learner.go("Quiz");
		await learner.retry();
		await learner.take("right");
		learner.makes("passed");
		await learner.close();
	});

	story("no attempt is left, and that is a failure", async (learner) => {
		await learner.launch();
		await learner.take("wrong");
		await learner.retry();
		await learner.take("wrong");
		learner.makes("failed", "completed");
		await learner.leave();
		assert.equal(learner.of("failed").find(({ object }) => object.id === learner.activity)?.result.success, false);
	}, { changes: completion('on-failure = "failed"') });

	story("no attempt is left, and the learner stays incomplete", async (learner) => {
		await learner.launch();
		await learner.take("wrong");
		await learner.retry();
		await learner.take("wrong");
		await learner.leave();
	});

	story("viewed is enough", async (learner) => {
		await learner.launch();
		await learner.read();
		await learner.take("wrong");
		learner.makes("completed");
		await learner.leave();
	}, { changes: completion('when = "viewed"') });

	story("passed is enough", async (learner) => {
		await learner.launch();
		await learner.take("right");
		learner.makes("passed", "completed");
		await learner.leave();
	}, { changes: completion('when = "passed"') });

	story("passed before all is read", async (learner) => {
		await learner.launch();
		await learner.take("right");
		learner.makes("passed");
		await learner.sees(saved);
		await learner.lrs.settled();
		assert.equal(learner.of("completed").length, 0);
		assert.deepEqual(learner.of("progressed").map(({ result }) => Object.values(result.extensions)), [[33]]);
		await learner.close();
		await learner.launch();
		await learner.read();
		learner.makes("completed");
		await learner.leave();
	});

	story("re-entry after completion tells nothing again", async (learner) => {
		await learner.launch();
		await learner.read();
		await learner.take("right");
		learner.makes("passed", "completed");
		await learner.leave();
		await learner.launch();
		await learner.read();
		await learner.close();
		await learner.launch();
		await learner.leave();
	});

	for (const mode of ["Browse", "Review"]) {
		story(`${mode}: a way back to the LMS`, async (learner) => {
			await learner.launch();
			await learner.page.locator("button:visible", { hasText: /^Finish/ }).click();
			await learner.page.waitForURL(/\/lms$/);
			await learner.lrs.settled();
			assert.deepEqual(learner.verbs(), ["initialized", "terminated"]);
		}, { mode, returns: true }, ["cmi5"]);

		story(`${mode}: a session begins and ends, and no more`, async (learner) => {
			await learner.launch();
			await learner.sees(mode === "Browse" ? "Preview" : "Review");
			await learner.read();
			await learner.close();
			assert.deepEqual(learner.verbs(), ["initialized", "terminated"]);
			assert.equal(learner.lrs.requests.filter((request) => request.startsWith("PUT")).length, 0);
		}, { mode }, ["cmi5"]);
	}

	story("the mark of the LMS", async (learner) => {
		await learner.launch();
		await learner.choose({ capital: ["Paris"], primes: ["2", "5"], earth: ["True"] });
		await learner.send();
		await learner.sees(saved);
		await learner.lrs.settled();
		assert.equal(learner.of("passed").length, 0, "75 % are not enough");
		await learner.retry();
		await learner.take("right");
		learner.makes("passed");
		await learner.leave();
	}, { mark: 0.7501 }, ["cmi5"]);

	story("the mark of the LMS, met exactly", async (learner) => {
		await learner.launch();
		await learner.choose({ capital: ["Paris"], primes: ["2", "5"], earth: ["True"] });
		await learner.send();
		learner.makes("passed");
		await learner.leave();
		assert.equal(learner.of("passed")[0].result.score.scaled, 0.75);
	}, { mark: 0.75 }, ["cmi5"]);
});

describe("launches", { concurrency: 3 }, () => {
	story("without parameters nobody listens", async (learner) => {
		learner.address = () => `${learner.origin}/index.html`;
		await learner.launch();
		await learner.sees("Not connected");
	});

	story("the token is given once: another launch is needed", async (learner) => {
		const address = learner.address();
		learner.address = () => address;
		await learner.launch();
		await learner.close();
		await learner.launch();
		await learner.sees("Not connected");
		assert.deepEqual(learner.verbs(), ["initialized", "terminated"]);
	}, {}, ["cmi5"]);

	story("no registration, an actor as of old, a platform and a group", async (learner) => {
		await learner.launch();
		assert.ok(!learner.page.url().includes("?"), "the credentials have left the address");
		await learner.take("right");
		learner.makes("passed");
		await learner.leave();
		const [passed] = learner.of("passed");
		assert.deepEqual(passed.actor, { name: "Ann", account: { homePage: "https://lms.test", name: "ann" }, objectType: "Agent" });
		assert.equal(passed.context.platform, "Old LMS");
		assert.deepEqual(passed.context.contextActivities.grouping, [{ id: learner.activity }, { id: "https://lms.test/group" }]);
		assert.ok(!("registration" in passed.context));
	}, { launch: { registration: "", activity_platform: "Old LMS", grouping: "https://lms.test/group", actor: JSON.stringify({ name: ["Ann"], account: [{ accountServiceHomePage: "https://lms.test", accountName: "ann" }], objectType: "Person" }) } }, ["xapi"]);

	story("what comes after the learner who has left is not theirs", async (learner) => {
		await learner.launch();
		await learner.leave();
		const { length } = learner.lrs.requests;
		await learner.page.goto(`${learner.origin}/index.html`);
		await learner.settled();
		await learner.sees("Visit over");
		assert.equal(learner.lrs.requests.length, length, "nothing is asked in their name");
		await learner.close();
		// Another launch in the same tab is another beginning.
		await learner.launch();
		await learner.take("right");
		learner.makes("passed");
		await learner.leave();
	}, {}, ["xapi"]);

	story("the launch leaves the address, where a reload finds it elsewhere", async (learner) => {
		await learner.launch();
		assert.ok(!learner.page.url().includes("?"));
		await learner.close();
	}, {}, ["cmi5"]);

	story("a browser that keeps nothing keeps the address", async (learner) => {
		await learner.context?.addInitScript(() => {
			for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, { get() { throw new DOMException("no", "SecurityError"); } });
		});
		await learner.launch();
		await learner.sees(saved);
		assert.ok(learner.page.url().includes("endpoint="));
		await learner.take("right");
		learner.makes("passed");
		await learner.sees(saved);
		await learner.leave();
	});

	story("a reload goes on", async (learner) => {
		await learner.launch();
		await learner.take("wrong");
		await learner.sees(saved);
		await learner.page.reload();
		await learner.settled();
		await learner.sees(saved);
		await learner.retry();
		await learner.take("right");
		learner.makes("passed");
		await learner.close();
	}, {}, ["xapi"]);

	story("a reload ends the session: nothing is lost, and the page says to open the course again", async (learner) => {
		await learner.launch();
		await learner.take("right");
		learner.makes("passed");
		await learner.page.reload();
		await learner.sees("Visit over");
		await learner.launch();
		await learner.read();
		learner.makes("completed");
		await learner.close();
	}, {}, ["cmi5"]);

	story("a session whose page came back without an end goes on", async (learner) => {
		await learner.launch();
		await learner.choose({ capital: ["Paris"] });
		// As after a crash, which fires nothing: the tab's own storage is still there.
		const kept = await learner.page.evaluate(() => JSON.stringify(sessionStorage));
		const address = learner.page.url();
		await learner.crash();
		await learner.context?.addInitScript((text) => {
			for (const [key, value] of Object.entries(JSON.parse(text))) if (!sessionStorage.getItem(key)) sessionStorage.setItem(key, value);
		}, kept);
		learner.address = () => address;
		await learner.launch();
		await learner.take("right");
		learner.makes("passed");
		await learner.leave();
		assert.equal(learner.of("initialized").length, 1);
	}, {}, ["cmi5"]);
});

figures();
