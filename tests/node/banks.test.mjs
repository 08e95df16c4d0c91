// Questions drawn from banks: random banks, random learners, updates of the course, and an interruption at every step.
//
// BANKS_SEED=n plays again what a failure names, BANKS_SEED=random others than every run does; BANKS_LEARNERS=n plays more, or fewer.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { Random, seedIn } from "./random.mjs";
import { loadRuntime } from "./runtime.mjs";
import { plain } from "./states.mjs";

const SEED = seedIn("BANKS_SEED");
const LEARNERS = Number(process.env.BANKS_LEARNERS ?? 400);
const STEPS = 30;

const runtime = loadRuntime();
const { createLearner, decodeState, encodeState, freshState } = runtime;

/** @param {any} course @param {any} state */
function resumed(course, state) {
	const learner = createLearner(course, state);
	learner.resume(state);
	return learner;
}

/** What must hold. Every one is looked at all the time, and each is a test of its own. */
const PROPERTIES = {
	asked: "an attempt asks every question of no bank, and as many of each bank as are drawn, or all where there are fewer",
	resumed: "who comes back finds the same questions with the same answers, and the same score",
	kept: "what an update leaves of a draw is still asked, answered questions before others",
	unseen: "another attempt asks what was not asked yet, before it asks anything again",
	scored: "a score counts what was asked, and nothing else",
};

/** A quiz with banks, as the build would write it. @param {Random} random */
function randomData(random) {
	let n = 0;
	/** @param {number | undefined} bank */
	const question = (bank) => ({ n: ++n, kind: "single", slug: "q" + n, points: 100, bank, parts: [{ n: 1, right: 1 }, { n: 2 }] });
	const banks = Array.from({ length: random.between(1, 3) }, () => random.between(1, 4));
	const fixed = Array.from({ length: random.between(0, 3) }, () => question(undefined));
	const drawn = banks.flatMap((_, bank) => Array.from({ length: random.between(1, 12) }, () => question(bank)));
	const quiz = { passMark: 50, attempts: 0, tries: 1, feedback: "at-end", answers: "never", weight: 100, banks };
	return {
		language: "en", unit: [1, 2, 3, 4], records: "per-question", strings: {},
		completion: { when: "passed", passMark: 50, onFailure: "incomplete", success: "passed", attempt: "best" },
		pages: [{ n: 1, required: true, record: true, quiz, questions: [...fixed, ...drawn] }],
	};
}

/** A later version: questions come, go and change their bank; more or fewer are drawn. @param {Random} random @param {any} data */
function update(random, data) {
	const [page] = data.pages;
	const highest = Math.max(100, ...page.questions.map((q) => q.n));
	page.questions = page.questions.filter((q) => random.chance(0.85));
	for (let more = random.between(0, 2); more; more--) {
		const bank = random.between(0, page.quiz.banks.length - 1);
		const q = { n: highest + more, kind: "single", slug: "new", points: 100, bank, parts: [{ n: 1, right: 1 }, { n: 2 }] };
		page.questions.splice(random.between(0, page.questions.length), 0, q);
	}
	if (random.chance(0.3)) page.quiz.banks = page.quiz.banks.map(() => random.between(1, 4));
	if (random.chance(0.1) && page.questions.length) random.pick(page.questions).bank = undefined;
}

/** @param {any} data */
const link = (data) => runtime.linkCourse(structuredClone(data), runtime.questionKinds());

describe("random banks and learners", () => {
	/** The first failure of each property. @type {Map<string, string>} */
	const faults = new Map();
	const figures = { learners: 0, interruptions: 0, updates: 0, attempts: 0 };

	/** @param {keyof typeof PROPERTIES} property @param {number} seed @param {() => void} look */
	const holds = (property, seed, look) => {
		try {
			look();
		} catch (error) {
			if (!faults.has(property)) faults.set(property, `BANKS_SEED=${seed} BANKS_LEARNERS=1\n${error.stack}`);
		}
	};

	/** @param {number} seed */
	const play = (seed) => {
		const random = new Random(seed);
		const data = randomData(random);
		let course = link(data);
		let learner = createLearner(course, freshState(random.bytes(6)));
		const page = () => course.pages[0];
		const numbers = () => learner.asked(page()).map((q) => q.n);
		const reopen = () => (learner = resumed(course, decodeState(encodeState(learner.state, course), course)));

		const interrupt = () => {
			// As text: what the runtime makes is of another realm.
			const found = () => JSON.stringify({ asked: numbers(), state: plain(learner.state, course), quiz: learner.quiz(page()) });
			const was = found();
			reopen();
			holds("resumed", seed, () => assert.equal(found(), was));
			figures.interruptions++;
		};
		const renew = () => {
			const was = new Set(numbers());
			const answered = new Set([...was].filter((n) => learner.answer(course.question(n)).status));
			const finished = learner.quiz(page()).finished;
			const text = encodeState(learner.state, course);
			update(random, data);
			course = link(data);
			learner = resumed(course, decodeState(text, course));
			const asked = numbers();
			holds("kept", seed, () => {
				page().quiz.banks.forEach((draw, bank) => {
					const still = page().questions.filter((q) => q.bank === bank && was.has(q.n)).map((q) => q.n);
					const kept = still.filter((n) => asked.includes(n));
					assert.equal(kept.length, Math.min(draw, still.length), "questions of the draw");
					const withAnswer = still.filter((n) => answered.has(n));
					if (!finished) assert.equal(kept.filter((n) => answered.has(n)).length, Math.min(draw, withAnswer.length), "answered ones");
				});
			});
			figures.updates++;
		};
		const check = () => {
			if (learner.quiz(page()).finished) return;
			holds("asked", seed, () => {
				const asked = learner.asked(page());
				assert.equal(new Set(asked).size, asked.length);
				const of = (bank) => asked.filter((q) => q.bank === bank).length;
				const there = (bank) => page().questions.filter((q) => q.bank === bank).length;
				assert.equal(of(undefined), there(undefined));
				page().quiz.banks.forEach((draw, bank) => assert.equal(of(bank), Math.min(draw, there(bank)), `bank ${bank}`));
			});
		};
		const actions = {
			answer() {
				const asked = learner.asked(page());
				if (asked.length) learner.draft(random.pick(asked), [random.between(1, 2)]);
			},
			send() {
				if (learner.quiz(page()).finished) return;
				learner.finish(page());
				const asked = learner.asked(page());
				holds("scored", seed, () => {
					const right = asked.filter((q) => learner.answer(q).status === 3).length;
					assert.deepEqual([...learner.quiz(page()).last], [100 * right, 100 * asked.length]);
				});
			},
			again() {
				const seen = new Set(learner.state.draws.get(1).seen);
				if (!learner.retry(page())) return;
				figures.attempts++;
				holds("unseen", seed, () => {
					page().quiz.banks.forEach((draw, bank) => {
						const all = page().questions.filter((q) => q.bank === bank);
						const fresh = all.filter((q) => !seen.has(q.n)).length;
						const repeated = learner.asked(page()).filter((q) => q.bank === bank && seen.has(q.n)).length;
						assert.equal(repeated, Math.max(0, Math.min(draw, all.length) - fresh), `bank ${bank}`);
					});
				});
			},
			renew,
		};
		check();
		for (let step = 0; step < STEPS; step++) {
			actions[random.pick(["answer", "answer", "answer", "send", "again", "renew"])]();
			check();
			interrupt();
		}
		figures.learners++;
	};

	before(() => {
		for (let i = 0; i < LEARNERS; i++) play(SEED + i);
	});

	for (const [property, sentence] of Object.entries(PROPERTIES)) {
		test(sentence, () => assert.ok(!faults.has(property), faults.get(property)));
	}

	test("there was enough to see", (t) => {
		t.diagnostic(Object.entries(figures).map(([name, n]) => `${n} ${name}`).join(", ") + `; BANKS_SEED=${SEED}`);
		assert.ok(figures.updates > LEARNERS && figures.attempts > LEARNERS / 2);
	});
});
