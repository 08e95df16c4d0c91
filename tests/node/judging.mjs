// What today's course makes of a response: written apart from the runtime, for tests to hold it against. Only how a text or
// a number is compared with the right one is taken from the runtime; tests/node/kinds.test.mjs has tables for that.

/** The parts of a response that a question still has, in the order in which they are kept. @param {any} runtime @param {any} q @param {any[]} response */
export function stillThere(runtime, q, response) {
	const numbers = q.parts.map(({ n }) => n);
	const given = paired(response);
	switch (q.kind) {
		case "order":
			return response.filter((n) => numbers.includes(n));
		case "match": {
			const answers = q.parts.map(({ n, to }) => to ?? n);
			return q.parts.flatMap(({ n, to }) => (to !== undefined && answers.includes(given.get(n)) ? [n, given.get(n)] : []));
		}
		case "blanks":
			return q.parts.flatMap(({ n, max }) => within(runtime, given.get(n) ?? "", max).flatMap((text) => [n, text]));
		case "text":
			return within(runtime, response[0] ?? "", q.max);
		default:
			return numbers.filter((n) => response.includes(n));
	}
}

/** As much of a text as there is room for. @param {any} runtime @param {string} text @param {number} max @returns {string[]} */
function within(runtime, text, max) {
	const characters = [...text];
	while (runtime.packText(characters.join("")).length > max) characters.pop();
	const kept = characters.join("").trim();
	return kept ? [kept] : [];
}

/** The fraction of the points that a response earns. @param {any} runtime @param {any} q linked @param {any[]} response */
export function worth(runtime, q, response) {
	if (q.kind === "scale" || q.kind === "text") return 1;
	if (q.parts.some(({ weight }) => weight)) {
		const taken = q.parts.filter(({ n }) => response.includes(n));
		const worth = sum(taken.map(({ weight = 0 }) => weight)) / 100;
		// Two decimals of each of 36 choices: eleven times 9.09 % are meant to be all.
		return worth > 0.9994 ? 1 : Math.max(0, worth);
	}
	const parts = inParts(runtime, q, response);
	const whole = Math.abs(parts - 1) < 1e-9;
	return whole ? 1 : q.credit ? Math.max(0, parts) : 0;
}

/** @param {any} runtime @param {any} q @param {any[]} response */
function inParts(runtime, q, response) {
	const given = paired(response);
	/** @param {(part: any) => boolean} counts @param {any[]} among */
	const share = (counts, among) => among.filter(counts).length / among.length;
	switch (q.kind) {
		case "order": {
			const right = q.parts.map(({ n }) => n);
			// What the response does not have stands behind it.
			const order = [...response, ...right.filter((n) => !response.includes(n))];
			return share((at) => order.indexOf(right[at]) === order.indexOf(right[at - 1]) + 1, right.slice(1).map((_, at) => at + 1));
		}
		case "match":
			return share(({ n, to }) => given.get(n) === to, q.parts.filter(({ to }) => to !== undefined));
		case "blanks":
			return share((blank) => runtime.isRight(q, blank, given.get(blank.n)), q.parts);
		default: {
			const [right, wrong] = [true, false].map((side) => q.parts.filter((choice) => !!choice.right === side));
			const taken = ({ n }) => response.includes(n);
			return share(taken, right) - (wrong.length ? share(taken, wrong) : 0);
		}
	}
}

/** @param {any[]} response @returns {Map<number, any>} */
function paired(response) {
	return new Map(response.flatMap((key, at) => (at % 2 ? [] : [[key, response[at + 1]]])));
}

/** @param {number[]} numbers */
function sum(numbers) {
	return numbers.reduce((total, n) => total + n, 0);
}
