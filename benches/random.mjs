// Chance that falls the same way on every machine, so that two runs measure the same course.

/**
 * Numbers from 0 up to but not including 1 (the mixing function of a counter; the constants are those of MurmurHash3's
 * finaliser).
 *
 * @param {number} seed @returns {() => number}
 */
export function createRandom(seed) {
	let counter = seed;
	return () => {
		counter = (counter + 0x9e3779b9) | 0;
		let bits = counter ^ (counter >>> 16);
		bits = Math.imul(bits, 0x85ebca6b);
		bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
		return ((bits ^ (bits >>> 16)) >>> 0) / 2 ** 32;
	};
}

/** Fills with what no compressor can shorten, at the speed of a disk (xorshift). @param {Uint32Array} words @param {number} seed not 0 */
export function fillWithNoise(words, seed) {
	let bits = seed;
	for (let at = 0; at < words.length; at++) {
		bits ^= bits << 13;
		bits ^= bits >>> 17;
		bits ^= bits << 5;
		words[at] = bits;
	}
}
