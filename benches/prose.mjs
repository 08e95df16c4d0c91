// Text that compresses and renders like French prose: small words very often, a few thousand others ever more rarely.
import { createRandom } from "./random.mjs";

/** In about the order of their frequency. */
const SMALL = `de la le et les des en un une du que dans qui par pour au sur pas plus ne se sont est avec ce il elle nous
	vous mais ou où donc comme sans sous entre après avant chaque tout tous cette ces son ses leur leurs on peut doit fait
	ainsi aussi alors bien encore même très peu moins jusqu’à d’un d’une l’on c’est n’est qu’il qu’elle`.split(/\s+/);
const BEGINNINGS = "ac ap bal cal car cen col com con cor dé des di dis é en ex for gra im in jar lan lec mar men mon nar or par pas per plan por pré pro qua ré rel sal sen ser sol sur tec ter tra ver vil vi".split(" ");
const MIDDLES = " ca ci co cri da di do du fi ga gi la li lo ma mi mo na ni no pa pi po ra ri ro sa si ta ti to tri va vi".split(" ");
const ENDINGS = "able age aire ance ation é ée elle ement er eur eux ible ie ien ière if ion ique isme ité oire té ture".split(" ");
const VOCABULARY = 3000;
/** The share of small words in running text. */
const SMALL_SHARE = 0.45;
/** How many of the first large words are about equally frequent: the small ones stand above them. */
const FLAT = 50;

/** @typedef {ReturnType<typeof createProse>} Prose */

/** @param {number} seed */
export function createProse(seed) {
	const random = createRandom(seed);
	/** @param {number} least @param {number} most */
	const between = (least, most) => least + Math.floor(random() * (most - least + 1));
	/** @template T @param {readonly T[]} all @returns {T} */
	const pick = (all) => all[Math.floor(random() * all.length)];
	const small = () => SMALL[Math.floor(SMALL.length * random() ** 2)];
	// Zipf's law with Mandelbrot's correction: the n-th word is as frequent as 1 / (n + FLAT).
	const large = () => LARGE[Math.floor(FLAT * ((VOCABULARY + FLAT) / FLAT) ** random() - FLAT)];
	const word = () => (random() < SMALL_SHARE ? small() : large());
	/** @param {number} count */
	const words = (count) => Array.from({ length: count }, word).join(" ");
	/** @param {number} least @param {number} most */
	const phrase = (least, most) => capital(words(between(least, most)));
	const sentence = () => {
		const [first, second] = [words(between(4, 10)), words(between(4, 10))];
		return capital(`${first}${pick([", ", " ", " : ", " ; "])}${second}${pick([".", ".", ".", " !"])}`);
	};
	return { random, between, pick, word, words, phrase, sentence };
}

/** @param {string} text */
function capital(text) {
	return text[0].toUpperCase() + text.slice(1);
}

const LARGE = createVocabulary();

function createVocabulary() {
	const random = createRandom(1);
	/** @param {string[]} parts */
	const one = (parts) => parts[Math.floor(random() * parts.length)];
	/** @type {Set<string>} */
	const words = new Set();
	while (words.size < VOCABULARY) words.add(one(BEGINNINGS) + one(MIDDLES) + one(ENDINGS));
	return [...words];
}
