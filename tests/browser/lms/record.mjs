// What the LMS stores about the learner: one record per attempt. Sessions save
// into the attempt they were opened on, also when their beacon arrives late.

/** @typedef {{ elements: Record<string, string> }} Attempt */
/**
 * @typedef {object} Save one save of a session, as it arrived
 * @property {number} session
 * @property {number} seq the how-manieth of its session, as sent
 * @property {"commit" | "finish" | "set"} kind
 * @property {"xhr" | "beacon"} via
 * @property {number} at when it was sent, in the browser's clock
 * @property {number} arrived rank of arrival over all sessions
 * @property {number} [applied] rank among all saves and reads that the record has seen
 * @property {Record<string, string>} elements
 */

const GAP_MS = 2000;

/** @param {(elements: Record<string, string>) => boolean} isFinal @param {Record<string, string>} [elements] */
export function createRecords(isFinal, elements = {}) {
	/** @type {Attempt[]} */
	const attempts = [{ elements: { ...elements } }];
	const current = () => /** @type {Attempt} */ (attempts.at(-1));
	return {
		current,
		/** All attempts' elements, oldest first. */
		all: () => attempts.map((attempt) => sorted(attempt.elements)),
		elements: () => sorted(current().elements),
		isFinal: () => isFinal(current().elements),
		/** @param {Record<string, string>} values */
		set: (values) => void (current().elements = { ...values }),
		begin: () => void attempts.push({ elements: {} }),
		/** A new object: a beacon that is still under way belongs to the deleted one. */
		delete: () => void attempts.splice(-1, 1, { elements: {} }),
	};
}

/** @param {Record<string, string>} elements */
export function sorted(elements) {
	return Object.fromEntries(Object.entries(elements).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @typedef {{ arrived: () => number, applied: () => number }} Order */

/** Ranks of what the server saw, shared by all sessions. @returns {Order} */
export function createOrder() {
	const next = { arrived: 0, applied: 0 };
	return {
		arrived: () => ++next.arrived,
		applied: () => ++next.applied,
	};
}

/**
 * The saves of one session, applied in the order in which they were sent:
 * beacons overtake each other on the way.
 * @param {Attempt} attempt @param {Order} order
 */
export function createInbox(attempt, order) {
	/** @type {Save[]} */
	const saves = [];
	/** @type {Save[]} */
	const waiting = [];
	let seen = 0;
	/** @param {Save} save */
	const apply = (save) => {
		waiting.splice(waiting.indexOf(save), 1);
		seen = Math.max(seen, save.seq);
		save.applied = order.applied();
		Object.assign(attempt.elements, save.elements);
	};
	/** @param {boolean} [gaps] also what comes after a gap */
	const drain = (gaps = false) => {
		waiting.sort((a, b) => a.seq - b.seq);
		while (waiting.length && (gaps || waiting[0].seq <= seen + 1)) apply(waiting[0]);
	};
	return {
		saves,
		/** The highest number up to which all have been applied. */
		seen: () => seen,
		drain,
		/** @param {Omit<Save, "arrived">} save @param {boolean} hold leave it for later */
		async take(save, hold) {
			const arrived = { ...save, arrived: order.arrived() };
			saves.push(arrived);
			waiting.push(arrived);
			if (hold) return;
			drain();
			// What is missing may have been lost: do not let the others wait for ever.
			for (let waited = 0; waiting.includes(arrived) && waited < GAP_MS; waited += 10) await new Promise((done) => setTimeout(done, 10));
			if (waiting.includes(arrived)) drain(true);
		},
	};
}
