/**
 * The course's data with its parts linked to each other, and its words.
 *
 * @typedef {ReturnType<typeof linkCourse>} Course
 *
 * @param {CourseData} data @param {Record<string, Kind>} kinds
 */
function linkCourse(data, kinds) {
	for (const page of data.pages) {
		for (const q of page.questions ??= []) Object.assign(q, { page, does: kinds[q.kind], language: data.language });
	}
	const questions = data.pages.flatMap(page => page.questions);
	return {
		...data,
		questions,
		required: data.pages.filter(page => page.required),
		page: (/** @type {number} */ n) => data.pages.find(page => page.n === n),
		question: (/** @type {number} */ n) => questions.find(q => q.n === n),
		/** A text of the catalogue with its `{gaps}` filled, numbers as the language writes them. @param {string} key @param {Record<string, any>} [values] */
		text: (key, values = {}) =>
			data.strings[key].replace(/\{(\w+)\}/g, (gap, name) => {
				const value = values[name];
				// The first call of toLocaleString costs more than all the rest of the start.
				return value > 999 || value % 1 ? value.toLocaleString(data.language) : value;
			}),
	};
}

/** What `use` gives, or null where it throws: at what belongs to others, everything may. @template T @param {() => T} use */
function guarded(use) {
	try {
		return use();
	} catch {
		return null;
	}
}

/** An element that the build has written, or null. @param {string} id @returns {any} */
function byId(id) {
	return document.getElementById(id);
}

/** Milliseconds that only go forward. */
function now() {
	return performance.now();
}

/** @param {number} delay In milliseconds. */
function pause(delay) {
	return new Promise(resolve => setTimeout(resolve, delay));
}

/** A 32-bit hash of ASCII text (FNV-1a). @param {string} text */
function hash32(text) {
	let hash = 2166136261;
	for (const c of text) hash = Math.imul(hash ^ c.charCodeAt(0), 16777619);
	return hash >>> 0;
}

/** Percent with two decimals at most, never rounded up over a mark; all of it where there is nothing to get. @param {Score} score */
function percentOf([points, max]) {
	return max ? Math.floor((10000 * points) / max + 1e-7) / 100 : 100;
}
