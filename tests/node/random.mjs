// Random numbers that can be drawn again: the same seed gives the same ones.
import { randomInt } from "node:crypto";

/** The seed that a variable of the environment names; the same for every run where there is none, so that a run fails for what was changed. @param {string} variable */
export function seedIn(variable) {
	const value = process.env[variable] ?? "1";
	return value === "random" ? randomInt(2 ** 31) : Number(value);
}

/** As xorshift: three shifts, each xored in (Marsaglia 2003). */
export class Random {
	/** @param {number} seed */
	constructor(seed) {
		// Neighbouring seeds must not begin alike, and zero would stay zero.
		this.bits = Math.imul(seed + 1, 0x9e3779b1) || 1;
		for (let i = 0; i < 8; i++) this.next();
	}

	next() {
		this.bits ^= this.bits << 13;
		this.bits ^= this.bits >>> 17;
		this.bits ^= this.bits << 5;
		return this.bits >>> 0;
	}

	/** From `low` to `high`, both included. @param {number} low @param {number} high */
	between(low, high) {
		return low + Math.floor((this.next() / 2 ** 32) * (high - low + 1));
	}

	/** Small numbers more often than large ones. @param {number} low @param {number} high */
	few(low, high) {
		return this.between(low, this.between(low, high));
	}

	/** @param {number} share of the cases, 0 to 1 */
	chance(share) {
		return this.next() < share * 2 ** 32;
	}

	/** @template T @param {T[]} list @returns {T} */
	pick(list) {
		return list[this.between(0, list.length - 1)];
	}

	/** In another order. @template T @param {T[]} list @returns {T[]} */
	mixed(list) {
		const rest = [...list];
		return list.map(() => rest.splice(this.between(0, rest.length - 1), 1)[0]);
	}

	/** @param {number} length */
	bytes(length) {
		return Array.from({ length }, () => this.between(0, 255));
	}
}
