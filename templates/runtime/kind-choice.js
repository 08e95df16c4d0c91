/** Questions with choices: one is taken, or several. @param {boolean} several @returns {Kind} */
function choiceKind(several) {
	const sorted = (/** @type {number[]} */ numbers) => numbers.sort((a, b) => a - b);
	/** @param {QuestionData} q */
	const key = q => sorted(q.choices.filter(choice => choice.right).map(choice => choice.n));
	return {
		code: several ? 2 : 1,
		pack: response => several ? packSet(response) : putNumbers([], ...response),
		unpack: bytes => several ? unpackSet(bytes) : bytes.length ? [readerOf(bytes).number()] : [],
		known: (q, response) => response.filter(n => q.choices.some(choice => choice.n === n)),
		// All or nothing: the right choices and no other.
		grade: (q, response) =>
			key(q).length === response.length && key(q).every(n => response.includes(n)) ? 1 : 0,
		record: (q, response) =>
			q.yes
				? { type: "true-false", response: response[0] === q.yes, pattern: key(q)[0] === q.yes }
				: { type: "choice", response: sorted([...response]), pattern: key(q) },
	};
}
