/** All numbers in bytes; see putNumbers(). @param {number[]} bytes */
function unpackNumbers(bytes) {
	const { number, more } = readerOf(bytes);
	const numbers = [];
	while (more()) numbers.push(number());
	return numbers;
}

/** The pairs that stand one after the other in a list. @param {any[]} list @returns {[number, any][]} */
function pairsOf(list) {
	return list.flatMap((key, at) => at % 2 ? [] : [[key, list[at + 1]]]);
}

/** Text as HTML, its line ends kept. @param {string} text */
function escaped(text) {
	return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/\n/g, "<br>");
}
