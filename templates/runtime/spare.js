/**
 * The spare copy of the state in this browser, for when the LMS refused it, nobody knows whether it took it, or a
 * tab was opened on what it held before; it goes when a session has ended with all of it acknowledged.
 * Storage may be absent, full or forbidden: then there is no spare, and nothing else changes.
 *
 * @typedef {object} Spare
 * @property {string} text The state.
 * @property {number} known When the LMS first acknowledged this attempt, in milliseconds since 1970; 0 if it never did, 1 if that was in a session before.
 * @property {number} at When it was put there, in milliseconds since 1970.
 *
 * @param {() => Storage} storage @param {string} key Course and learner.
 */
function createSpare(storage, key) {
	/** @param {string} name @returns {Spare} */
	const entry = name => JSON.parse(storage().getItem(name) || "null");
	return {
		read: () =>
			guarded(() => {
				for (const name of Object.keys(storage())) {
					// After thirty days it goes, whoever it belongs to.
					if (/^cartable:/.test(name) && !(Date.now() - entry(name)?.at < 2592e6)) storage().removeItem(name);
				}
				return entry(key);
			}),
		/** @param {string} text @param {number | boolean} known */
		keep: (text, known) => guarded(() => storage().setItem(key, JSON.stringify({ text, known, at: Date.now() }))),
		clear: () => guarded(() => storage().removeItem(key)),
	};
}

/**
 * The state to go on with: the LMS's, or a copy of this browser where it is certainly a later one of the same attempt.
 *
 * @param {Course} course @param {Pick<Opened, "state"> & Partial<Opened>} opened
 * @param {string | false} handedOver The state of another tab that has just stopped.
 * @param {Spare | null | false} spare
 */
function chooseState(course, opened, handedOver, spare) {
	const stored = decodeState(opened.state, course);
	let state = stored;
	for (const text of [spare && spare.text, handedOver]) {
		const copy = decodeState(text, course);
		const isLater = state
			? copy?.nonce.join() === state.nonce.join() && copy.revision > state.revision
			// An empty record of what was acknowledged before this page was asked for has been emptied on purpose: a new
			// attempt, or a tutor.
			: !opened.state && spare && (spare.known || Infinity) > Date.now() - now() && opened.learner;
		if (copy && isLater) state = copy;
	}
	return { state, stored, restored: state !== stored, foreign: !!opened.state && !stored };
}
