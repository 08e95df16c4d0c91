// Random learners: what the pages and the session do with a learner's state, in any order and as long as one likes.

/** @typedef {import("./random.mjs").Random} Random */

/** What the design has room for; see the constants of src/state/bound.rs. */
export const LIMITS = { revision: 2 ** 28 - 1, index: 2 ** 14 - 1, attempts: 2 ** 14 - 1 };

export class RandomLearner {
	/** @param {any} runtime of loadRuntime() @param {any} course linked @param {any} state @param {number} records of answers that the LMS holds */
	constructor(runtime, course, state, records = 0) {
		this.course = course;
		this.learner = runtime.createLearner(course, state);
		this.records = records;
	}

	/** @param {Random} random @returns {string} what was done */
	step(random) {
		const action = random.pick(ACTIONS);
		this[action](random);
		this.changed();
		return action;
	}

	changed() {
		const { state } = this.learner;
		state.revision = Math.min(state.revision + 1, LIMITS.revision);
	}

	/** @param {Random} random */
	turn(random) {
		const { n } = random.pick(this.course.pages);
		this.learner.state.place = n;
		if (random.chance(0.8)) this.learner.state.viewed.add(n);
	}

	/** @param {Random} random */
	choose(random) {
		this.onQuestion(random, (q) => this.learner.draft(q, response(random, q)));
	}

	/** Validates one question, where there is a button for it. @param {Random} random */
	answer(random) {
		this.onQuestion(random, (q) => this.validate(q, response(random, q)));
	}

	/** Tries one question more often than is counted, where that is allowed. @param {Random} random */
	persist(random) {
		this.onQuestion(random, (q) => {
			for (let left = 20; left; left--) this.validate(q, response(random, q));
		});
	}

	/** Answers some or all questions of a quiz and sends it. @param {Random} random */
	take(random) {
		const page = this.quiz(random);
		if (!page) return;
		const zeal = random.pick([0.2, 0.9, 1]);
		for (const q of page.questions) if (random.chance(zeal)) this.learner.draft(q, response(random, q));
		this.send(page);
	}

	/** @param {Random} random */
	retry(random) {
		const page = this.quiz(random);
		if (page && this.learner.quiz(page).attempt < LIMITS.attempts) this.learner.retry(page);
	}

	/** Takes and retakes until no attempt is left, or patience. @param {Random} random */
	insist(random) {
		for (let left = random.few(1, 8); left; left--) {
			this.take(random);
			this.retry(random);
		}
	}

	/** @param {Random} random */
	judge(random) {
		this.learner.outcome(random.pick([this.course.completion.passMark, 0, 100]));
	}

	/** All pages, all questions, and as many choices as will go. @param {Random} random */
	everything(random) {
		for (const page of random.mixed(this.course.pages)) {
			this.learner.state.viewed.add(page.n);
			for (const q of page.questions) {
				const all = q.parts.map((choice) => choice.n);
				const longest = q.kind === "multiple" ? all : [Math.max(...all)];
				this.validate(q, longest) || this.learner.draft(q, longest);
			}
			if (page.quiz) this.send(page);
		}
	}

	/** Ages: as after years of changes, attempts and records. @param {Random} random */
	wear(random) {
		const { state } = this.learner;
		state.revision = LIMITS.revision - random.between(0, 100);
		this.records = Math.max(this.records, random.pick([100, 200, LIMITS.index - 40]));
		if (random.chance(0.5)) this.everything(random);
		for (const record of state.quizzes.values()) {
			record.attempt = Math.max(record.attempt, LIMITS.attempts - random.between(0, 100));
			record.count = Math.max(record.count, record.attempt - 1 + record.finished);
		}
	}

	/** @param {Random} random */
	quiz(random) {
		const quizzes = this.course.pages.filter(({ quiz }) => quiz);
		return quizzes.length ? random.pick(quizzes) : null;
	}

	/** @param {Random} random @param {(q: any) => void} act */
	onQuestion(random, act) {
		if (this.course.questions.length) act(random.pick(this.course.questions));
	}

	/** As the button of a question. @param {any} q @param {number[]} response */
	validate(q, response) {
		const { quiz } = q.page;
		if (!response.length || (quiz && quiz.feedback !== "after-each")) return false;
		this.learner.draft(q, response);
		const done = this.learner.validate(q);
		if (done && quiz) this.report(q);
		if (quiz && q.page.questions.every(this.learner.closed)) this.send(q.page);
		return done;
	}

	/** As the button of a quiz. @param {any} page */
	send(page) {
		if (this.learner.quiz(page).finished) return;
		for (const q of this.learner.finish(page)) this.report(q);
	}

	/** Gives an answer its place in the LMS's record, as the session does. @param {any} q */
	report(q) {
		const record = this.learner.answer(q);
		if (record.index >= 0 && this.course.records !== "journal") return;
		record.index = Math.min(this.records++, LIMITS.index);
	}
}

const ACTIONS = ["turn", "turn", "choose", "choose", "choose", "answer", "answer", "answer", "take", "persist", "retry", "retry", "insist", "judge", "everything", "wear"];

/** What the page reads off its controls: in their order; boxes can all be empty, a radio button once set cannot. @param {Random} random @param {any} q */
function response(random, q) {
	const all = q.parts.map((/** @type {any} */ choice) => choice.n);
	if (random.chance(0.4)) return q.parts.filter((/** @type {any} */ choice) => choice.right).map((/** @type {any} */ choice) => choice.n);
	return q.kind === "multiple" ? all.filter(() => random.chance(0.5)) : [random.pick(all)];
}
