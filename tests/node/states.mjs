// A learner's state as plain data, and its text taken apart by the format of src/state/mod.rs rather than by the runtime.
import assert from "node:assert/strict";

const HEAD = 1 + 4 + 6;

/**
 * A state in plain JSON, in the order of its records; sets, which have no order, by number.
 *
 * @param {any} state @param {any} course linked
 */
export function plain({ nonce, revision, place, reached, viewed, quizzes, draws, answers }, course) {
	/** @param {Iterable<number>} set */
	const sorted = (set) => [...set].sort((a, b) => a - b);
	/** Choices are a set. @param {number} question @param {any[]} response */
	const inOrder = (question, response) => (course.question(question).does.code === 2 ? sorted(response) : [...response]);
	return {
		nonce: [...nonce], revision, place, reached,
		viewed: sorted(viewed),
		quizzes: Array.from(quizzes, ([page, { attempt, finished, count, first, best, last }]) =>
			({ page, attempt, finished, count, first: [...first], best: [...best], last: [...last] })),
		...(draws.size && { draws: Array.from(draws, ([page, { drawn, seen }]) => ({ page, drawn: sorted(drawn), seen: sorted(seen) })) }),
		answers: Array.from(answers, ([question, { status, tries, index, share, response }]) =>
			({ question, status, tries, index, share, response: inOrder(question, response) })),
	};
}

/** The way back. @param {ReturnType<typeof plain>} data */
export function stateOf({ viewed, quizzes, draws = [], answers, ...rest }) {
	return {
		...rest,
		viewed: new Set(viewed),
		quizzes: new Map(quizzes.map(({ page, ...record }) => [page, record])),
		draws: new Map(draws.map(({ page, drawn, seen }) => [page, { drawn: new Set(drawn), seen: new Set(seen) }])),
		answers: new Map(answers.map(({ question, ...record }) => [question, record])),
	};
}

/** @param {string} text */
export function bytesOf(text) {
	return [...Buffer.from(text, "base64url")];
}

/** @param {number[]} bytes */
export function textOf(bytes) {
	return Buffer.from(bytes).toString("base64url");
}

/** A number in groups of seven bits. @param {number} n @returns {number[]} */
export function numberBytes(n) {
	return n > 127 ? [128 + (n % 128), ...numberBytes(Math.floor(n / 128))] : [n];
}

/** @param {number} number @param {number} kind @param {number[]} payload */
export function recordBytes(number, kind, payload) {
	const { length } = payload;
	const long = length > 6 ? numberBytes(length - 7) : [];
	return [...numberBytes(number), ...numberBytes(kind * 8 + Math.min(length, 7)), ...long, ...payload];
}

/** What stands before the records, and each record. @param {string} text */
export function parts(text) {
	const bytes = bytesOf(text);
	let at = HEAD;
	const number = () => {
		let n = 0;
		for (let scale = 1; ; scale *= 128) {
			assert.ok(at < bytes.length, "the state ends in the middle of a number");
			n += (bytes[at] % 128) * scale;
			if (bytes[at++] < 128) return n;
		}
	};
	for (let skipped = 0; skipped < 3; skipped++) number();
	// The order counts: reading the length moves on.
	const seen = number();
	at += seen;
	const head = bytes.slice(0, at);
	const records = [];
	while (at < bytes.length) {
		const start = at;
		number();
		const short = number() % 8;
		const length = short < 7 ? short : 7 + number();
		at += length;
		records.push(bytes.slice(start, at));
	}
	return { head, records };
}
