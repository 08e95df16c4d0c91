const stateVersion = 2;

/** Numbers in groups of seven bits, lowest first. @param {number[]} bytes @param {number[]} numbers */
function putNumbers(bytes, ...numbers) {
	for (let n of numbers) {
		for (; n > 127; n = Math.floor(n / 128)) bytes.push(128 + (n % 128));
		bytes.push(n);
	}
	return bytes;
}

/** Takes bytes and numbers from the front; throws when there are no more, or a number is beyond all that is written. @param {number[]} bytes */
function readerOf(bytes) {
	let at = 0;
	const byte = () => {
		if (at >= bytes.length) throw RangeError();
		return bytes[at++];
	};
	return {
		number() {
			for (let n = 0, scale = 1; scale < 2 ** 42; scale *= 128) {
				const b = byte();
				n += (b & 127) * scale;
				if (b < 128) return n;
			}
			throw RangeError();
		},
		take: (/** @type {number} */ length) => Array.from({ length }, byte),
		rest: () => bytes.slice(at),
		more: () => at < bytes.length,
	};
}

/** A set of numbers from 1, as bits. @param {Iterable<number>} numbers */
function packSet(numbers) {
	/** @type {number[]} */
	const bytes = [];
	for (const n of numbers) {
		while (bytes.length * 8 < n) bytes.push(0);
		bytes[(n - 1) >> 3] |= 1 << ((n - 1) & 7);
	}
	return bytes;
}

/** @param {number[]} bytes */
function unpackSet(bytes) {
	const numbers = [];
	for (let n = 0; n < bytes.length * 8; n++) if ((bytes[n >> 3] >> (n & 7)) & 1) numbers.push(n + 1);
	return numbers;
}

/** @param {number[]} nonce @returns {LearnerState} */
function freshState(nonce) {
	return { nonce, revision: 0, place: 0, reached: 0, viewed: new Set(), quizzes: new Map(), draws: new Map(), answers: new Map() };
}

/**
 * The state as text: version, unit, nonce, revision, place, what was reached, the pages viewed, then records that
 * each say their own number, kind and length.
 *
 * @param {LearnerState} state @param {Course} course
 */
function encodeState(state, course) {
	const seen = packSet(state.viewed);
	const bytes = [stateVersion, ...course.unit, ...state.nonce];
	putNumbers(bytes, state.revision, state.place, state.reached, seen.length).push(...seen);
	/** @param {number} number @param {number} code @param {number[]} payload */
	const record = (number, code, payload) => {
		const { length } = payload;
		putNumbers(bytes, number, code * 8 + Math.min(length, 7));
		if (length > 6) putNumbers(bytes, length - 7);
		bytes.push(...payload);
	};
	for (const [page, { attempt, finished, count, first, best, last }] of state.quizzes) {
		record(page, 0, putNumbers([], attempt, finished, count, ...first, ...best, ...last));
	}
	for (const [page, draw] of state.draws) record(page, 7, packDraw(draw));
	for (const [n, { status, tries, index, share, response }] of state.answers) {
		const { code, pack } = /** @type {QuestionData} */ (course.question(n)).does;
		// The place in the LMS's record stands only where there is one: self-checks have none.
		const place = index < 0 ? [] : [index];
		// One choice is hardly ever right in part: 128 says that it is.
		const shared = status === 2 && (code > 1 || share > 0);
		const head = status + 4 * place.length + 8 * tries + (shared && code < 2 ? 128 : 0);
		record(n, code, [...putNumbers([], head, ...place), ...(shared ? [share] : []), ...pack(response)]);
	}
	return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

/**
 * The state that a text holds; `null` when there is none, or it is that of another unit, version or tool.
 *
 * A record that means nothing to this course is left out; a text that was cut keeps what comes before the cut.
 *
 * @param {any} text What is no text holds none. @param {Course} course
 * @returns {LearnerState | null}
 */
function decodeState(text, course) {
	let state = null;
	try {
		// One character alone holds no byte: a cut may leave it.
		const whole = text.length % 4 === 1 ? text.slice(0, -1) : text;
		const plain = atob(whole.replace(/-/g, "+").replace(/_/g, "/"));
		const { number, take, more } = readerOf(Array.from(plain, c => c.charCodeAt(0)));
		if (String(take(5)) !== String([stateVersion, ...course.unit])) return null;
		state = freshState(take(6));
		state.revision = number();
		state.place = number();
		if (!course.page(state.place)) state.place = 0;
		state.reached = number() % 8;
		for (const n of unpackSet(take(number()))) if (course.page(n)) state.viewed.add(n);
		while (more()) {
			const n = number();
			const head = number();
			const length = head & 7;
			readRecord(state, course, n, head >> 3, take(length < 7 ? length : 7 + number()));
		}
	} catch {
		// What came before the cut is kept.
	}
	return state;
}

/** @param {LearnerState} state @param {Course} course @param {number} n @param {number} code @param {number[]} payload */
function readRecord(state, course, n, code, payload) {
	const { number, take, more, rest } = readerOf(payload);
	const score = () => (more() ? [number(), number()] : []);
	const q = course.question(n);
	try {
		if (!code && course.page(n)?.quiz) {
			// In the order in which they are written.
			state.quizzes.set(n, { attempt: number(), finished: number(), count: number(), first: score(), best: score(), last: score() });
		} else if (code === 7) {
			if (course.page(n)?.quiz?.banks) state.draws.set(n, unpackDraw(payload));
		} else if (code && q?.does.code === code) {
			const head = number();
			const index = head & 4 ? number() : -1;
			const status = head & 3;
			const [share] = status === 2 && (code > 1 || head & 128) ? take(1) : [0];
			const response = q.does.unpack(rest());
			state.answers.set(n, { status, tries: (head >> 3) & 15, index, share: share % 120, response });
		}
	} catch {
		// One record that cannot be read costs that record only.
	}
}

/** What a response that is not fully right is worth, in 120ths: most shares of a whole are whole numbers of these. @param {QuestionData} q @param {LearnerResponse} response */
function shareOf(q, response) {
	const share = q.does.grade(q, response);
	return share < 1 ? Math.min(119, Math.round(120 * share + 1e-9)) : 120;
}
