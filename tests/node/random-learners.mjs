// Random learners: what the pages and the session do with a learner's state, in any order and as long as one likes.

/** @typedef {import("./random.mjs").Random} Random */

/** What the design has room for; see the constants of src/state/bound.rs. */
export const LIMITS = { revision: 2 ** 28 - 1, index: 2 ** 14 - 1, attempts: 2 ** 14 - 1 };

export class RandomLearner {
	/** @param {any} runtime of loadRuntime() @param {any} course linked @param {any} state @param {number} records of answers that the LMS holds */
	constructor(runtime, course, state, records = 0) {
		this.runtime = runtime;
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
		this.onQuestion(random, (q) => this.learner.draft(q, this.response(random, q)));
	}

	/** Validates one question, where there is a button for it. @param {Random} random */
	answer(random) {
		this.onQuestion(random, (q) => this.validate(q, this.response(random, q)));
	}

	/** Tries one question more often than is counted, where that is allowed. @param {Random} random */
	persist(random) {
		this.onQuestion(random, (q) => {
			for (let left = 20; left; left--) this.validate(q, this.response(random, q));
		});
	}

	/** Answers some or all questions of a quiz and sends it. @param {Random} random */
	take(random) {
		const page = this.quiz(random);
		if (!page) return;
		const zeal = random.pick([0.2, 0.9, 1]);
		for (const q of this.learner.asked(page)) if (random.chance(zeal)) this.learner.draft(q, this.response(random, q));
		this.send(page);
	}

	/** @param {Random} random */
	retry(random) {
		const page = this.quiz(random);
		if (page && this.learner.quiz(page).attempt < LIMITS.attempts) this.learner.retry(page);
		// The page shows at once what the new attempt asks.
		if (page) this.learner.asked(page);
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

	/** All pages, all questions, answered at as great a length as will go. @param {Random} random */
	everything(random) {
		for (const page of random.mixed(this.course.pages)) {
			this.learner.state.viewed.add(page.n);
			for (const q of this.learner.asked(page)) {
				const longest = this.longest(random, q);
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
		const asking = this.course.pages.map(this.learner.asked).filter((asked) => asked.length);
		if (asking.length) act(random.pick(random.pick(asking)));
	}

	/** As the button of a question. @param {any} q @param {number[]} response */
	validate(q, response) {
		const { quiz } = q.page;
		if (!response.length || (quiz && quiz.feedback !== "after-each")) return false;
		this.learner.draft(q, response);
		const done = this.learner.validate(q);
		if (done && q.page.record) this.report(q);
		if (quiz && this.learner.asked(q.page).every(this.learner.closed)) this.send(q.page);
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

	/** What the page reads off its controls. @param {Random} random @param {any} q @returns {any[]} */
	response(random, q) {
		const { parts, kind, max } = q;
		const all = numbers(parts);
		if (random.chance(0.3)) return this.rightResponse(q);
		if (kind === "multiple") return all.filter(() => random.chance(0.5));
		if (kind === "order") return random.mixed(all);
		if (kind === "match") return prompts(parts).flatMap(({ n }) => (random.chance(0.8) ? [n, random.pick(answers(parts))] : []));
		if (kind === "blanks") return this.filled(parts, (blank) => (random.chance(0.2) ? "" : writing(random, blank)));
		if (kind === "text") return this.kept(writing(random, { max }), max);
		// A radio button once set cannot be taken back.
		return [random.pick(all)];
	}

	/** @param {any} q @returns {any[]} */
	rightResponse(q) {
		const { parts, kind, max } = q;
		if (kind === "order") return numbers(parts);
		if (kind === "match") return prompts(parts).flatMap(({ n, to }) => [n, to]);
		if (kind === "blanks") return this.filled(parts, ({ forms, shown }) => (forms ? forms[0] : shown));
		if (kind === "text") return this.kept("Good.", max);
		if (kind === "scale") return numbers(parts).slice(-1);
		return numbers(parts.filter(({ right }) => right));
	}

	/** @param {Random} random @param {any} q @returns {any[]} */
	longest(random, q) {
		const { parts, kind, max } = q;
		// At the limit in one script, or in all at once.
		const script = [...random.pick([...SCRIPTS, SCRIPTS.join("")])];
		/** @param {any} field */
		const overfull = ({ max }) => Array.from({ length: max + 9 }, () => random.pick(script)).join("");
		if (kind === "order") return random.mixed(numbers(parts));
		if (kind === "match") return prompts(parts).flatMap(({ n }) => [n, Math.max(...answers(parts))]);
		if (kind === "blanks") return this.filled(parts, overfull);
		if (kind === "text") return this.kept(overfull(q), max);
		return kind === "multiple" ? numbers(parts) : [Math.max(...numbers(parts))];
	}

	/** @param {any[]} blanks @param {(blank: any) => string} write */
	filled(blanks, write) {
		return blanks.flatMap((blank) => this.kept(write(blank), blank.max).flatMap((text) => [blank.n, text]));
	}

	/** A text as the page keeps it, nothing when there is none. @param {string} text @param {number} max */
	kept(text, max) {
		const kept = this.runtime.keptText(text, max);
		return kept ? [kept] : [];
	}
}

const ACTIONS = ["turn", "turn", "choose", "choose", "choose", "answer", "answer", "answer", "take", "persist", "retry", "retry", "insist", "judge", "everything", "wear"];

/** Alphabets that texts are made of: Latin with and without accents, other scripts, signs of many bytes. */
const SCRIPTS = ["abcdefg ", "éàçœ€ßÿ’« » –", "αβγδέΩ ", "жшщюЁ ", "العربية ", "日本語漢字", "😀👩‍👩‍👧‍👦🇫🇷e\u0301", "\t\u0085\n\u00a0\u202f\u{10ffff}"];

/** @param {any[]} parts @returns {number[]} */
function numbers(parts) {
	return parts.map(({ n }) => n);
}

/** @param {any[]} parts */
function prompts(parts) {
	return parts.filter(({ to }) => to);
}

/** The numbers of the answers that the page offers. @param {any[]} parts @returns {number[]} */
function answers(parts) {
	return parts.map(({ n, to = n }) => to);
}

/** What somebody may type, more or less right, of any length. @param {Random} random @param {any} blank @returns {string} */
function writing(random, { forms = ["Good."], shown, max }) {
	const right = shown ?? random.pick(forms);
	const script = [...random.pick(SCRIPTS)];
	return random.pick([
		() => right,
		() => ` ${right.toUpperCase()}. `,
		() => right.normalize("NFD").replace(/\p{M}/gu, ""),
		() => String(random.between(-20, 2000) / random.pick([1, 10])).replace(".", random.pick([".", ","])) + random.pick(["", " km"]),
		() => right + random.pick(script),
		() => Array.from({ length: random.few(1, 2 * max) }, () => random.pick(script)).join(""),
		() => " ",
	])();
}
