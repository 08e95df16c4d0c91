// The learner's side of cmi5 and xAPI against a strict LRS: whatever happens to the page, the LRS and the way between
// them, every fact arrives, none as two, and nothing is sent that an LMS must refuse.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { play, removePackages, totals } from "./xapi/learner.mjs";

/** @type {import("./xapi/learner.mjs").Target[]} */
const TARGETS = ["cmi5", "xapi"];
const ONLY = process.env.STORY;

/** @typedef {import("./xapi/learner.mjs").Learner} Learner */
/** @typedef {Omit<import("./xapi/learner.mjs").Setting, "target">} Setting */

/** @param {string} name @param {(learner: Learner) => Promise<void>} act @param {Setting} [setting] @param {typeof TARGETS} [targets] */
function story(name, act, setting = {}, targets = TARGETS) {
	if (ONLY && !name.includes(ONLY)) return;
	for (const target of targets) test(`${target}: ${name}`, { timeout: 180_000 }, () => play({ target, ...setting }, act));
}

const saved = "Saved";
const RECORDED = "Everything is recorded. You can close this window.";
/** @param {string} file @param {string} completion @returns {import("../node/courses.mjs").Change[]} */
const completion = (completion) => [["course.toml", 'lessons  = ["l1"]', `lessons  = ["l1"]\n\n[completion]\n${completion}`]];

after(removePackages);

describe("what is told", () => {
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

describe("launches", () => {
	story("without parameters nobody listens", async (learner) => {
		learner.address = () => `${/** @type {any} */ (learner).origin}/index.html`;
		await learner.launch();
		await learner.sees("Not connected");
	});

	story("the token is given once: another launch is needed", async (learner) => {
		const address = learner.address();
		learner.address = () => address;
		await learner.launch();
		await learner.close();
		await learner.launch();
		await learner.sees("Not recorded");
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
		await learner.page.evaluate(() => addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true));
		await learner.page.addInitScript(() => {});
		const kept = await learner.page.evaluate(() => JSON.stringify(sessionStorage));
		const address = learner.page.url();
		await learner.crash();
		await /** @type {any} */ (learner).context.addInitScript((text) => {
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

describe("nothing is lost", () => {
	story("the tab is killed after each quiz", async (learner) => {
		await learner.launch();
		await learner.take("wrong");
		await learner.crash();
		await learner.launch();
		await learner.go("Quiz");
		await learner.retry();
		await learner.take("right");
		learner.makes("passed");
		await learner.crash();
		await learner.launch();
		await learner.read();
		learner.makes("completed");
		await learner.crash();
		await learner.launch();
		await learner.close();
	});

	story("the LRS is down for the whole session, and back in the next", async (learner) => {
		await learner.launch();
		learner.lrs.faults.push({ on: /./, answer: "down" });
		await learner.read();
		await learner.take("right");
		learner.makes("passed", "completed");
		await learner.sees("Not recorded");
		assert.match(String(await learner.leave()), /did not confirm/);
		await learner.close();
		assert.equal(learner.told().length, 0);
		learner.lrs.faults.length = 0;
		await learner.launch();
		await learner.sees(saved);
		await learner.leave();
	});

	story("the LRS is down at a second launch too", async (learner) => {
		await learner.launch();
		learner.lrs.faults.push({ on: /./, answer: "down" });
		await learner.take("right");
		learner.makes("passed");
		await learner.close();
		await learner.launch();
		await learner.sees("Not recorded");
		await learner.close();
		learner.lrs.faults.length = 0;
		await learner.launch();
		await learner.sees(saved);
		await learner.close();
	});

	story("the LRS comes back within the session", async (learner) => {
		await learner.launch();
		await learner.sees(saved);
		learner.lrs.faults.push({ on: /./, answer: "down", times: 3 });
		await learner.take("right");
		learner.makes("passed");
		await learner.sees(saved);
		assert.equal(await learner.leave(), RECORDED);
	});

	for (const status of [500, 429, 503]) {
		story(`${status} in the middle`, async (learner) => {
			await learner.launch();
			await learner.sees(saved);
			learner.lrs.faults.push({ on: /statements/, answer: status, times: 2, headers: { "Retry-After": "1" } });
			learner.lrs.faults.push({ on: /PUT/, answer: status, times: 1 });
			await learner.take("right");
			learner.makes("passed");
			await learner.sees(saved);
			await learner.leave();
		});
	}

	story("the answer to the statements is lost after they were stored", async (learner) => {
		await learner.launch();
		await learner.sees(saved);
		learner.lrs.faults.push({ on: /POST statements/, answer: "lost", times: 2 });
		await learner.take("right");
		learner.makes("passed");
		await learner.sees(saved);
		await learner.leave();
	});

	story("so is the answer to the first statement", async (learner) => {
		learner.lrs.faults.push({ on: /POST statements/, answer: "lost", times: 1 });
		await learner.launch();
		await learner.sees(saved);
		await learner.take("right");
		learner.makes("passed");
		await learner.leave();
		assert.equal(learner.of("initialized").length, 1);
	});

	story("stored, not answered, and the tab killed: the LRS knows the ids", async (learner) => {
		await learner.launch();
		await learner.sees(saved);
		learner.lrs.faults.push({ on: /POST statements/, answer: "lost" });
		await learner.take("right");
		learner.makes("passed");
		await learner.lrs.settled(1500);
		await learner.crash();
		learner.lrs.faults.length = 0;
		await learner.launch();
		await learner.sees(saved);
		await learner.leave();
		assert.equal(learner.of("passed").length, 1);
	}, { expectRefusals: true });

	story("the same, where the rules of cmi5 come before the ids", async (learner) => {
		learner.lrs.options.rulesFirst = true;
		await learner.launch();
		await learner.sees(saved);
		learner.lrs.faults.push({ on: /POST statements/, answer: "lost", times: 1 });
		await learner.take("right");
		learner.makes("passed");
		await learner.lrs.settled(1500);
		await learner.sees(saved);
		await learner.leave();
		assert.equal(learner.of("passed").length, 1);
	}, { expectRefusals: true }, ["cmi5"]);

	story("an LRS that has every known id for a conflict", async (learner) => {
		learner.lrs.options.conflicts = true;
		await learner.launch();
		await learner.sees(saved);
		learner.lrs.faults.push({ on: /POST statements/, answer: "lost", times: 1 });
		await learner.take("right");
		learner.makes("passed");
		await learner.sees(saved);
		await learner.leave();
	}, { expectRefusals: true });

	story("one statement is refused for good: the rest goes on, and the learner sees it", async (learner) => {
		await learner.launch();
		await learner.sees(saved);
		learner.lrs.faults.push({ on: /POST statements/, answer: 400, times: 2 });
		await learner.take("right");
		learner.makes("passed");
		await learner.sees("Not recorded");
		assert.equal(learner.lost().length, 1);
		await learner.close();
		// It is offered once more in the next session.
		await learner.launch();
		await learner.sees(saved);
		await learner.close();
	});

	story("another computer has written in between: 412", async (learner) => {
		await learner.launch();
		await learner.sees(saved);
		learner.lrs.faults.push({ on: /PUT/, answer: 412, times: 1 });
		await learner.take("right");
		learner.makes("passed");
		await learner.sees(saved);
		await learner.leave();
	});

	story("ETags that never fit", async (learner) => {
		await learner.launch();
		await learner.sees(saved);
		learner.lrs.faults.push({ on: /PUT/, answer: 412, times: 3 });
		await learner.take("right");
		learner.makes("passed");
		await learner.sees(saved);
		await learner.leave();
	});

	story("ETags that the browser may not see", async (learner) => {
		learner.lrs.options.etags = false;
		await learner.launch();
		await learner.take("right");
		learner.makes("passed");
		await learner.sees(saved);
		await learner.close();
		await learner.launch();
		await learner.leave();
	});

	story("the session is over in the middle: 401", async (learner) => {
		await learner.launch();
		await learner.sees(saved);
		for (const session of learner.lrs.sessions.values()) session.closed = true;
		await learner.take("right");
		learner.makes("passed");
		await learner.sees("Not recorded");
		const { length } = learner.lrs.requests;
		await learner.page.waitForTimeout(3000);
		assert.equal(learner.lrs.requests.length, length, "it stops quietly");
		await learner.close();
		await learner.launch();
		await learner.sees(saved);
		await learner.close();
	}, { expectRefusals: true });

	story("killed with statements waiting", async (learner) => {
		await learner.launch();
		await learner.sees(saved);
		learner.lrs.faults.push({ on: /POST statements/, answer: 503 });
		await learner.take("right");
		learner.makes("passed");
		await learner.lrs.settled();
		await learner.crash();
		learner.lrs.faults.length = 0;
		// The document has them: any computer tells them.
		await learner.computer();
		await learner.launch();
		await learner.sees(saved);
		await learner.leave();
		if (learner.setting.target === "cmi5") assert.ok(learner.of("passed")[0].context.extensions["urn:cartable:happened"]);
	});

	story("two computers, the first with statements that only it has", async (learner) => {
		await learner.launch();
		await learner.sees(saved);
		const { context } = /** @type {any} */ (learner);
		learner.lrs.faults.push({ on: /./, answer: "down" });
		await learner.take("wrong");
		await learner.crash();
		learner.lrs.faults.length = 0;
		await learner.computer();
		await learner.launch();
		await learner.take("right");
		learner.makes("passed");
		await learner.leave();
		Object.assign(learner, { context });
		await learner.launch();
		await learner.sees(saved);
		await learner.leave();
	});

	story("two tabs on one registration", async (learner) => {
		await learner.launch();
		await learner.take("wrong");
		await learner.launch();
		await learner.go("Quiz");
		await learner.retry();
		await learner.take("right");
		learner.makes("passed");
		await learner.sees(saved);
		assert.match(String(await learner.tabs[0].textContent("#save")), /^Open in another window/);
		await learner.close();
	}, { expectRefusals: true });

	story("the clock jumps", async (learner) => {
		await learner.launch();
		await learner.take("wrong");
		await learner.page.evaluate(() => {
			const { now } = Date;
			Date.now = () => now() - 86_400_000;
		});
		await learner.retry();
		await learner.take("right");
		learner.makes("passed");
		await learner.leave();
		const times = learner.lrs.statements.map(({ timestamp }) => timestamp);
		assert.deepEqual(times, [...times].sort());
	});

	story("more waits than a closing page may take along", async (learner) => {
		await learner.launch();
		await learner.sees(saved);
		learner.lrs.faults.push({ on: /./, answer: "down" });
		await learner.take("wrong");
		await learner.page.evaluate(() => {
			// 300 facts more, as a long course makes them.
			for (const name of Object.keys(localStorage).filter((key) => key.startsWith("cartable:lrs:"))) {
				const entry = JSON.parse(localStorage[name]);
				const doc = JSON.parse(entry.text);
				const fact = doc.facts.find((/** @type {any} */ one) => one.verb === "answered");
				for (let n = 100; n < 400; n++) doc.facts.push({ ...fact, id: fact.id.slice(0, -3) + n, result: { ...fact.result, response: "1" } });
				localStorage[name] = JSON.stringify({ ...entry, text: JSON.stringify(doc) });
			}
			addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true);
		});
		await learner.crash();
		learner.lrs.faults.length = 0;
		learner.lrs.faults.push({ on: /POST statements/, answer: 503, times: 1, headers: { "Retry-After": "60" } });
		for (let n = 100; n < 400; n++) learner.makes("answered capital 1");
		await learner.launch();
		await learner.retry().catch(() => {});
		await learner.close();
		await learner.launch();
		await learner.sees(saved);
		await learner.leave();
	}, {}, ["xapi"]);
});

test("nothing was lost, nothing told as two, nothing refused", (t) => {
	t.diagnostic(`${totals.stories} stories: ${totals.facts} facts made, ${totals.lost} lost, ${totals.twice} told twice as different ones, ${totals.refused} statements refused where none was expected, ${totals.retold} told again in a later session`);
	assert.deepEqual({ lost: totals.lost, twice: totals.twice, refused: totals.refused }, { lost: 0, twice: 0, refused: 0 });
});
