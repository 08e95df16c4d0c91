/**
 * Questions drawn from banks. A draw is kept as the numbers of its questions: whatever becomes of the bank, an
 * attempt goes on with what it has begun with. What is missing (at the beginning, or since a question has gone) is
 * drawn from those that the learner has met least.
 *
 * @returns {Banks}
 */
function createBanks() {
	/** The draw of a quiz, kept in the state from the first look on. @param {LearnerState} state @param {PageData} page @returns {Draw} */
	const drawOf = (state, page) => {
		let draw = state.draws.get(page.n);
		if (!draw) state.draws.set(page.n, (draw = { drawn: new Set(), seen: new Set() }));
		return draw;
	};
	/** @param {LearnerState} state @param {PageData} page @param {QuizData} quiz */
	const fill = (state, page, quiz) => {
		const { drawn, seen } = drawOf(state, page);
		const { attempt = 1, finished } = state.quizzes.get(page.n) || {};
		if (finished) return;
		const seed = [state.nonce, page.n, attempt, "draw"].join(":");
		quiz.banks?.forEach((count, bank) => {
			const all = page.questions.filter(q => q.bank === bank);
			const others = shuffled(all.filter(q => !drawn.has(q.n)), seed);
			others.sort((a, b) => Number(seen.has(a.n)) - Number(seen.has(b.n)));
			for (const { n } of others.slice(0, Math.max(0, count - all.length + others.length))) {
				drawn.add(n);
				seen.add(n);
			}
		});
	};
	return {
		asked(state, page) {
			const { quiz } = page;
			if (!quiz?.banks) return page.questions;
			fill(state, page, quiz);
			const { drawn } = drawOf(state, page);
			return page.questions.filter(q => q.bank === undefined || drawn.has(q.n));
		},
		again: (state, page) => state.draws.get(page.n)?.drawn.clear(),
		pack({ drawn, seen }) {
			const base = Math.min(...drawn, ...seen, Infinity) - 1;
			if (base === Infinity) return [];
			/** @param {Set<number>} numbers */
			const bits = numbers => packSet([...numbers].map(n => n - base));
			return putNumbers([], base, bits(drawn).length).concat(bits(drawn), bits(seen));
		},
		unpack(bytes) {
			const { number, take, rest } = readerOf(bytes);
			const base = number();
			/** @param {number[]} bits */
			const numbers = bits => new Set(unpackSet(bits).map(n => n + base));
			return { drawn: numbers(take(number())), seen: numbers(rest()) };
		},
	};
}
