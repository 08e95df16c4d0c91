/**
 * Shows the questions of an attempt, and puts them and their choices into its order, as the settings of the quiz say.
 *
 * @param {Course} course @param {PageData} page @param {QuestionData[]} asked @param {string} seed of the attempt
 * @returns {QuestionData[]} In that order.
 */
function arranged({ text }, { n, quiz, questions }, asked, seed) {
	for (const { n } of questions) byId("q" + n).hidden = !asked.some(q => q.n === n);
	const order = quiz?.shuffleQuestions ? shuffled(asked, seed) : asked;
	const end = byId("p" + n).querySelector(".check");
	order.forEach((q, at) => {
		const form = byId("q" + q.n);
		end.before(form);
		form.querySelector(".number").textContent = text("number", { n: at + 1, all: order.length });
		if (!quiz?.shuffleChoices || !/single|multiple/.test(q.kind)) return;
		for (const choice of shuffled(q.parts, seed + q.n + ":")) {
			const box = byId("q" + q.n + "-" + choice.n).parentElement;
			box.parentElement.append(box);
		}
	});
	return order;
}

/**
 * Items in an order that depends on `seed` and each item's number alone: adding or removing one moves no other.
 *
 * @template {{n: number, fixed?: 1}} T @param {T[]} items @param {string} seed @returns {T[]}
 */
function shuffled(items, seed) {
	/** @param {T} item */
	const mixed = item => {
		const hash = hash32(seed + item.n);
		// What differs in its last characters only would lie close together.
		return Math.imul(hash ^ (hash >>> 15), 2246822507) >>> 0;
	};
	const rank = new Map(items.map(item => [item, mixed(item)]));
	const loose = items.filter(item => !item.fixed).sort((a, b) => Number(rank.get(a)) - Number(rank.get(b)) || a.n - b.n);
	return items.map(item => item.fixed ? item : /** @type {any} */ (loose.shift()));
}
