/**
 * The questions that the current attempt of a quiz asks: those of no bank, and what is drawn from its banks. A draw is
 * kept as the numbers of its questions: whatever becomes of a bank, an attempt goes on with what it has begun with.
 * What is missing is drawn, from those first that the learner has not met yet; what is too much goes, unanswered first.
 *
 * @param {LearnerState} state @param {PageData} page
 */
function questionsAsked(state, { n, quiz, questions }) {
	const { drawn, seen } = state.draws.get(n) || { drawn: new Set(), seen: new Set() };
	const { attempt = 1, finished } = state.quizzes.get(n) || {};
	const seed = [state.nonce, n, attempt, "draw"].join(":");
	/** @param {QuestionData} q */
	const rank = q => !drawn.has(q.n) ? 2 + Number(seen.has(q.n)) : Number(!state.answers.get(q.n)?.status);
	const chosen = (quiz?.banks || []).flatMap((count, bank) => {
		const all = shuffled(questions.filter(q => q.bank === bank), seed).sort((a, b) => rank(a) - rank(b));
		// An attempt that is over asks nothing more.
		return all.slice(0, count).filter(q => !finished || drawn.has(q.n));
	});
	const met = questions.filter(q => seen.has(q.n) && q.bank !== undefined);
	/** @param {QuestionData[]} questions */
	const numbers = questions => new Set(questions.map(q => q.n));
	// What is not asked has no answer; its place in the LMS's record stays.
	for (const q of questions) {
		const record = state.answers.get(q.n);
		if (record && q.bank !== undefined && !chosen.includes(q)) Object.assign(record, { response: [], status: 0, tries: 0, share: 0 });
	}
	state.draws.set(n, { drawn: numbers(chosen), seen: numbers([...met, ...chosen]) });
	return questions.filter(q => q.bank === undefined || chosen.includes(q));
}

/** @param {Draw} draw */
function packDraw({ drawn, seen }) {
	const base = Math.min(...drawn, ...seen) - 1;
	/** @param {Set<number>} numbers */
	const bits = numbers => packSet([...numbers].map(n => n - base));
	return seen.size ? [...putNumbers([], base, bits(drawn).length), ...bits(drawn), ...bits(seen)] : [0, 0];
}

/** @param {number[]} bytes @returns {Draw} */
function unpackDraw(bytes) {
	const { number, take, rest } = readerOf(bytes);
	const base = number();
	/** @param {number[]} bits */
	const numbers = bits => new Set(unpackSet(bits).map(n => n + base));
	return { drawn: numbers(take(number())), seen: numbers(rest()) };
}
