/** All numbers in bytes; see putNumbers(). @param {number[]} bytes */
function unpackNumbers(bytes) {
	const { number, more } = readerOf(bytes);
	const numbers = [];
	while (more()) numbers.push(number());
	return numbers;
}

/** What a response that is a list of pairs, one after the other, gives to each first of a pair. @param {any[]} response @returns {Map<number, any>} */
function givenIn(response) {
	return new Map(response.flatMap((key, at) => at % 2 ? [] : [[key, response[at + 1]]]));
}

/** Text as HTML, its line ends kept. @param {string} text */
function escaped(text) {
	return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/\n/g, "<br>");
}

/** What a question is worth of which so many parts are right: all or nothing, unless parts count. @template T @param {QuestionData} q @param {T[]} parts @param {(part: T, at: number) => unknown} isRight */
function shareOfRight({ credit }, parts, isRight) {
	const share = parts.filter(isRight).length / parts.length;
	return credit || share === 1 ? share : 0;
}
