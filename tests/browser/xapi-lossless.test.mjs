// The learner's side of cmi5 and xAPI, whatever happens to the page, the LRS and the way between them: every fact arrives,
// and none as two.
import assert from "node:assert/strict";
import { describe } from "node:test";
import { hidePage, showPage } from "./lms/browser.mjs";
import { figures, story } from "./xapi/stories.mjs";

const saved = "Saved";
const RECORDED = "Everything is recorded. You can close this window.";

// Most of the time somebody waits for somebody.
describe("nothing is lost", { concurrency: 4 }, () => {
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
		// Of a question that is answered twice, the state keeps the last answer alone.
		await learner.take("wrong");
		await learner.retry();
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
		await learner.sees("Not connected");
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

	for (const how of ["hides the page", "chooses", "sends a quiz"]) {
		story(`another computer has gone on: the older session ${how}, and overwrites nothing`, async (learner) => {
			const document = () => learner.lrs.read({ activityId: learner.activity, agent: JSON.stringify(learner.actor), registration: learner.registration });
			await learner.launch();
			await learner.sees(saved);
			const older = { context: learner.context, tabs: learner.tabs };
			await learner.computer();
			await learner.launch();
			await learner.read();
			await learner.take("right");
			learner.makes("passed", "completed");
			await learner.sees(saved);
			await learner.lrs.settled();
			const { state, status } = document();
			assert.deepEqual(status, { completion: "completed", success: "passed" });
			const newer = { context: learner.context, tabs: learner.tabs };
			Object.assign(learner, older);
			if (how === "chooses") await learner.choose({ capital: ["Lyon"] });
			else if (how === "sends a quiz") {
				// Where nothing arrives nobody learns of the newer session. What was answered there was answered: the LRS is
				// told, and the record stays the newer one's.
				await learner.context.setOffline(true);
				await learner.take("wrong");
				await learner.context.setOffline(false);
			}
			else {
				await learner.go("One");
				await hidePage(learner.page);
			}
			await learner.sees("Open in another window");
			await learner.lrs.settled();
			assert.equal(document().state, state, "the state of the newer session");
			assert.deepEqual(document().status, status);
			Object.assign(learner, newer);
			await learner.go("One");
			await hidePage(learner.page);
			await learner.lrs.settled();
			await learner.sees("");
			assert.doesNotMatch(String(await learner.page.textContent("#save")), /^(Open in|Not)/);
			assert.notEqual(document().state, state, "the newer session goes on");
			await learner.close();
		}, { expectRefusals: true }, ["cmi5", "xapi"]);
	}

	story("the LRS is away for six seconds at the launch", async (learner) => {
		learner.lrs.faults.push({ on: /./, answer: "down" });
		setTimeout(() => (learner.lrs.faults.length = 0), 6000);
		await learner.launch();
		await learner.sees(saved);
		await learner.take("right");
		learner.makes("passed");
		await learner.sees(saved);
		assert.equal(await learner.leave(), RECORDED);
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
		const { context } = learner;
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
				for (let n = 0; n < 300; n++) doc.facts.push({ ...fact, id: crypto.randomUUID(), result: { ...fact.result, response: "1" } });
				localStorage[name] = JSON.stringify({ ...entry, text: JSON.stringify(doc) });
			}
		});
		await learner.crash();
		learner.lrs.faults.length = 0;
		learner.lrs.faults.push({ on: /POST statements/, answer: 503, times: 1, headers: { "Retry-After": "60" } });
		for (let n = 0; n < 300; n++) learner.makes("answered capital 1");
		await learner.launch();
		await learner.close();
		await learner.launch();
		await learner.sees(saved);
		await learner.leave();
	}, {}, ["xapi"]);

	story("hidden, and shown again", async (learner) => {
		await learner.launch();
		await learner.sees(saved);
		const state = () => learner.lrs.read({ activityId: learner.activity, agent: JSON.stringify(learner.actor), registration: learner.registration }).state;
		const before = state();
		await learner.go("One");
		await hidePage(learner.page);
		await learner.lrs.settled();
		assert.notEqual(state(), before, "what waited is on its way");
		assert.equal(learner.of("terminated").length + learner.of("suspended").length, 0);
		await showPage(learner.page);
		await learner.take("right");
		learner.makes("passed");
		await learner.sees(saved);
		await learner.leave();
	});
});

figures();
