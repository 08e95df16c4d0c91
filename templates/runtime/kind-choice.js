/** Questions with choices: one is taken, or several. @param {boolean} several @returns {Kind} */
function choiceKind(several) {
	/** @param {QuestionData} question */
	const key = ({ choices }) => choices.filter((choice) => choice.right).map((choice) => choice.n);
	return {
		code: several ? 2 : 1,
		pack: (response) => (several ? packSet(response) : putNumbers([], ...response)),
		unpack: (bytes) => (several ? unpackSet(bytes) : bytes.length ? [readerOf(bytes).number()] : []),
		known: ({ choices }, response) => response.filter((n) => choices.some((choice) => choice.n === n)),
		// All or nothing: the right choices and no other.
		grade: (question, response) =>
			key(question).length === response.length && key(question).every((n) => response.includes(n)) ? 1 : 0,
		record: (question, response) =>
			question.kind === "true-false"
				? { type: "true-false", response: response[0] === question.yes, pattern: key(question)[0] === question.yes }
				: { type: "choice", response, pattern: key(question) },
	};
}
