// One course in several tabs, with whatever may come between them: no answer is lost.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Course, courseData } from "./courses.mjs";
import { Random, seedIn } from "./random.mjs";
import { plain } from "./states.mjs";
import { World } from "./tabs.mjs";

const SEED = seedIn("TABS_SEED");
const ROUNDS = Number(process.env.TABS_ROUNDS || 300);

const course = new Course("story", [["l1/quiz.md", "attempts = 2", 'attempts = "unlimited"']]);
const data = courseData(course.build());
course.remove();

/** What a learner sees of their state. @param {import("./tabs.mjs").Tab} tab */
function seen(tab) {
	const { place, viewed, quizzes, answers } = plain(tab.tracker.learner.state, tab.course);
	return { place, viewed, quizzes, answers: answers.filter(({ response }) => response.length).map(({ question, status, response }) => ({ question, status, response })) };
}

class Person {
	/** @param {Random} random */
	constructor(random) {
		this.random = random;
		this.world = new World(random, data);
		this.world.latency = random.pick([0, 0, 200, 3000]);
		/** What they have seen last. @type {any} */
		this.knows = null;
		this.sent = /** @type {Map<string, string>} */ (new Map());
		this.counts = { acts: 0, tabs: 0 };
	}

	async plays() {
		const { random, world } = this;
		let tab = await this.opens();
		// Where replies take long, two tabs that both begin before the first one would each begin a state of their own.
		if (world.latency) await world.passes(10_000);
		for (let left = random.between(3, 20); left; left--) {
			await world.passes(random.pick([0, 50, 300, 400, 2000, 15_000]));
			if (random.chance(0.1)) this.refuses();
			if (random.chance(0.15)) this.holdsUp(random.pick(world.tabs));
			if (random.chance(0.2)) await this.loses(random.chance(0.7) ? tab : random.pick(world.tabs));
			if (!tab.alive && random.chance(0.5)) tab = world.tabs.find(({ alive, begun }) => alive && begun) ?? tab;
			if (tab.busyUntil > world.time) await world.passes(tab.busyUntil - world.time);
			if (!tab.alive || tab.tracker?.isOver() || random.chance(0.25)) tab = await this.opens();
			if (!tab.works()) await world.passes(100_000);
			assert.ok(tab.works() || !tab.alive || tab.tracker.isOver(), `tab ${tab.number} neither works nor says why not`);
			this.looks(tab);
			this.acts(tab);
		}
		return this.ends();
	}

	/** A new tab, with the older ones or without them. */
	async opens() {
		const { world, random } = this;
		this.counts.tabs += 1;
		// Who has opened it twice has seen the course by then.
		if (world.tabs.some(({ alive, begun }) => alive && !begun) && world.tabs.length > 1) await world.passes(6000);
		const tab = world.open(random.pick([0, 100, 1000, 5000]));
		world.tell(`tab ${tab.number} is opened`);
		if (random.chance(0.8)) await world.passes(random.pick([500, 5000]));
		return tab;
	}

	refuses() {
		this.world.refusing = this.world.time + this.random.pick([1000, 8000, 30_000]);
		this.world.tell(`the LMS keeps nothing until ${this.world.refusing} ms`);
	}

	/** @param {import("./tabs.mjs").Tab} tab */
	holdsUp(tab) {
		if (!tab.begun) return;
		const length = this.random.pick([200, 400, 5000, 60_000]);
		this.world.tell(`tab ${tab.number} does nothing for ${length} ms`);
		// Who goes elsewhere is told; a computer that sleeps tells nobody.
		if (length > 10_000 && this.random.chance(0.5) && tab.works()) tab.tracker.hide();
		tab.busy(length);
	}

	/** @param {import("./tabs.mjs").Tab} tab */
	async loses(tab) {
		const end = this.random.pick(["is killed", "is killed", "is closed", "is closed", "is left"]);
		if (!tab.alive || tab.busyUntil > this.world.time) return;
		// Who takes leave of the course has seen every tab of it.
		if (end === "is left" && this.world.tabs.some(({ alive, says }) => alive && !says)) return;
		this.world.tell(`tab ${tab.number} ${end}`);
		if (end === "is killed") tab.die();
		else if (end === "is closed") await tab.close();
		else tab.tracker?.close(false);
	}

	/** @param {import("./tabs.mjs").Tab} tab */
	looks(tab) {
		if (tab.works() && this.knows) assert.deepEqual(seen(tab), this.knows, `what tab ${tab.number} shows is not what was there before`);
	}

	/** @param {import("./tabs.mjs").Tab} tab */
	acts(tab) {
		const { random, world } = this;
		if (!tab.works()) return;
		// The one thing that is known to be lost: an answer in the moment in which the very first tab, still unheard, is asked to hand over.
		if (!world.record.state && world.tabs.some(({ alive, says }) => alive && !says)) return;
		const { learner, changed, answered } = tab.tracker;
		const [one, two, quiz] = ["one", "two", "quiz"].map((name, at) => tab.course.pages.filter((/** @type {any} */ page) => name === "quiz" ? page.quiz : !page.quiz)[name === "quiz" ? 0 : at]);
		const question = random.pick(quiz.questions);
		const act = random.pick(["view", "draft", "draft", "draft", "send", "retry"]);
		if (act === "view") {
			const page = random.pick([one, two]);
			learner.state.place = page.n;
			learner.state.viewed.add(page.n);
			changed(10_000);
		} else if (act === "draft") {
			const parts = question.kind === "multiple" ? question.parts.filter(() => random.chance(0.5)) : [random.pick(question.parts)];
			if (learner.draft(question, parts.map((/** @type {any} */ { n }) => n))) changed(500);
		} else if (act === "send" && !learner.quiz(quiz).finished) {
			const sent = learner.finish(quiz);
			answered(sent, 1);
			changed(0);
			for (const q of sent) this.sent.set(q.slug, `${q.slug} ${q.does.record(q, learner.answer(q).response).response}`);
		} else if (act === "retry" && learner.retry(quiz)) {
			// Of an attempt that is over the state has its score; its answers are for the record that has them.
			if (world.time < world.refusing || !/saved|sent/.test(tab.says)) this.sent.clear();
			changed(0);
		}
		this.counts.acts += 1;
		this.knows = seen(tab);
		world.tell(`tab ${tab.number}: ${act} (revision ${learner.state.revision})`);
	}

	/** Everything comes to rest; then the learner opens the course once more, and leaves. */
	async ends() {
		const { world } = this;
		await world.passes(200_000);
		for (const tab of world.tabs) if (tab.alive) await tab.close();
		const last = world.open();
		await world.passes(20_000);
		assert.ok(last.works(), "the course cannot be opened any more");
		this.looks(last);
		last.tracker.close(false);
		await world.passes(20_000);
		const told = Object.entries(world.record).filter(([name]) => name.startsWith("answer ")).map(([, answer]) => answer);
		for (const answer of this.sent.values()) assert.ok(told.includes(answer), `the LMS does not hold "${answer}", but ${told}`);
	}
}

test("whatever comes between tabs, what a learner has done is there in the next, and in the LMS at the end", async (t) => {
	const sum = { rounds: 0, acts: 0, tabs: 0 };
	for (let round = 0; round < ROUNDS; round++) {
		const person = new Person(new Random(SEED + round));
		try {
			await person.plays();
		} catch (error) {
			throw new Error(`TABS_SEED=${SEED + round} TABS_ROUNDS=1: ${error}\n${person.world.story.join("\n")}`, { cause: error });
		}
		sum.rounds += 1;
		sum.acts += person.counts.acts;
		sum.tabs += person.counts.tabs;
	}
	t.diagnostic(`${sum.rounds} learners, ${sum.tabs} tabs, ${sum.acts} acts`);
});

/** @param {import("./tabs.mjs").Tab} tab @param {number} [at] of the choice */
function drafts(tab, at = 0) {
	const [question] = tab.course.questions;
	tab.tracker.learner.draft(question, [question.parts[at].n]);
	tab.tracker.changed(500);
}

/** @param {import("./tabs.mjs").Tab} tab */
const drafted = (tab) => tab.tracker.learner.answer(tab.course.questions[0]).response.join();

for (const leads of /** @type {const} */ (["timer", "message"])) {
	for (const unsent of [true, false]) test(`a tab that slept ${unsent ? "on an answer " : ""}says nothing over what another has said since, when it wakes by a ${leads}`, async () => {
		const world = new World(new Random(1), data);
		const old = world.open();
		await world.passes(1000);
		drafts(old, 0);
		if (!unsent) await world.passes(1000);
		old.busy(60_000);
		await world.passes(1000);
		const fresh = world.open();
		await world.passes(1000);
		assert.equal(drafted(fresh), "1", "the answer is in the copy");
		drafts(fresh, 1);
		await world.passes(5000);
		const { state } = world.record;
		world.leads = leads;
		await world.passes(100_000);
		assert.equal(old.says, "moved", world.story.join("\n"));
		assert.equal(world.record.state, state, world.story.join("\n"));
		fresh.die();
		const last = world.open();
		await world.passes(1000);
		assert.equal(drafted(last), "2", world.story.join("\n"));
	});
}

test("a tab that another has overtaken says nothing when it is closed, nor when the learner goes on in it", async () => {
	for (const end of /** @type {const} */ (["close", "change"])) {
		const world = new World(new Random(1), data);
		const old = world.open();
		await world.passes(1000);
		drafts(old, 0);
		await world.passes(1000);
		old.busy(60_000);
		const fresh = world.open();
		await world.passes(1000);
		drafts(fresh, 1);
		await world.passes(5000);
		const { state } = world.record;
		// It wakes, and has not heard yet.
		world.time += 60_000;
		if (end === "close") await old.close();
		else drafts(old, 2);
		await world.passes(10_000);
		assert.equal(world.record.state, state, `${end}\n${world.story.join("\n")}`);
		fresh.die();
		const last = world.open();
		await world.passes(1000);
		assert.equal(drafted(last), "2", `${end}\n${world.story.join("\n")}`);
	}
});

test("a third tab, opened while the second waits for the first, stops both", async () => {
	const world = new World(new Random(1), data);
	const first = world.open();
	await world.passes(1000);
	drafts(first, 1);
	first.busy(5000);
	const second = world.open();
	await world.passes(100);
	const third = world.open();
	await world.passes(10_000);
	assert.deepEqual([first.says, second.says, third.works()], ["moved", "moved", true], world.story.join("\n"));
	assert.equal(drafted(third), "2");
	assert.equal(world.record.state, third.values.state);
});

test("a tab that closes while another waits for it leaves a copy that the other goes on with", async () => {
	const world = new World(new Random(1), data);
	world.leads = "timer";
	const first = world.open();
	await world.passes(1000);
	world.refusing = Infinity;
	drafts(first, 1);
	first.busy(200);
	const second = world.open();
	await world.passes(100);
	await first.close();
	await world.passes(1000);
	assert.ok(second.works(), world.story.join("\n"));
	assert.equal(drafted(second), "2", world.story.join("\n"));
});
