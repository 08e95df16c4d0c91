/**
 * The session with the LMS: open once, save, close once. It decides what is worth saying and when; the adapter
 * only says it, and the page shows what `show` is told.
 *
 * @typedef {"saved" | "sent" | "waiting" | "failed" | "refused" | "preview" | "review" | "alone" | "moved" | "reopen"} SaveState
 * @typedef {ReturnType<typeof createTracker>} Tracker
 *
 * @param {Course} course @param {(state: SaveState) => void} show
 */
function createTracker(course, show) {
	/** @type {Adapter} What speaks to nobody until an LMS is found. */
	let lms;
	/** @type {Opened} */
	let opened;
	const learner = createLearner(course, freshState([...crypto.getRandomValues(new Uint8Array(6))]));
	/** @type {ReturnType<typeof createSpare>} */
	let spare;
	const visit = createSpare(() => sessionStorage, "cartable:left:" + course.unit);
	/** What the LMS has accepted. @type {Record<string, string | number>} */
	let written = {};
	/** @type {Answered[]} */
	let pending = [];
	/** How many answers the LMS holds; NaN when it does not say, unset before it was asked. @type {any} */
	let count;
	/** @type {"none" | "open" | "over"} */
	let session = "none";
	/** See Spare. */
	let known = 0;
	let refusals = 0;
	let since = 0;
	let began = 0;
	let timer = 0;
	let due = Infinity;

	const isOver = () => session === "over";
	const records = () => session === "open" && opened.mode === "normal";
	const passMark = () => opened?.passMark ?? course.completion.passMark;
	const outcome = () => learner.outcome(passMark());

	/** Writes the time of the session, once there is any. */
	const writeTime = () => {
		const seconds = Math.floor((now() - began) / 1000);
		seconds && write("time", seconds);
	};

	/** Writes what the LMS does not hold yet. @param {"state" | "place" | "score" | "time"} name @param {any} value */
	const write = (name, value) => {
		const done = written[name] === value || (/** @type {any} */ (lms))[name](value);
		if (done) written[name] = value;
		return done;
	};

	const encoded = () => encodeState(learner.state, course);

	/** The state as text; its revision grows when it differs from what the LMS has accepted. */
	const stateText = () => {
		if (encoded() !== written.state) learner.state.revision++;
		return encoded();
	};

	/** One validated answer, for the LMS. @param {QuestionData} q @param {number} seconds @returns {Answered} */
	const told = (q, seconds) => {
		const { response, status } = learner.answer(q);
		return { q, recorded: q.does.record(q, response), right: status === 3, seconds, time: new Date(), refused: 0 };
	};

	/** After a restore nobody knows which answers the LMS got: all are told again, each at its own place. */
	const toldAgain = () => {
		/** Those without a place come last, where they get the next one. @param {QuestionData} q */
		const place = q => learner.answer(q).index >>> 0;
		return course.questions
			.filter(q => {
				// Of an answer that an update has taken apart, the LMS knows more than we do.
				const { response, status } = learner.answer(q);
				return q.page.record && response.length && status > 1;
			})
			.sort((a, b) => place(a) - place(b))
			.map(q => ({ ...told(q, 0), again: true }));
	};

	/** Writes one answer at its place in the LMS's record. @param {Answered} answered */
	const writeAnswer = answered => {
		const record = learner.answer(answered.q);
		const all = [...learner.state.answers.values()];
		count ??= lms.count();
		let index = record.index;
		if (index < 0 || (!answered.again && (lms.journal || course.records === "journal"))) {
			index = Math.max(count || 0, ...all.map(other => other.index + 1));
		}
		let done = lms.answer(index, answered);
		// A gap is refused when the LMS has lost, or never got, what stood before: those places are nobody's then.
		if (!done && index > count) {
			for (const other of all) if (other.index >= count) other.index = -1;
			done = lms.answer((index = count), answered);
		}
		if (done) {
			record.index = index;
			if (!(index < count)) count = index + 1;
		}
		return done;
	};

	/** Score, then status. */
	const writeOutcome = () => {
		const { score, status, failed } = outcome();
		// With a mark of its own, an LMS may judge any score at once: none is sent before the outcome is settled.
		const hold = score === null || (opened.passMark !== null && !failed && status.success !== "passed");
		const done = hold || write("score", score);
		return done && (rankOf(status) <= rankOf(opened.status) || (lms.status(status) && !!(opened.status = status)));
	};

	/** Whether nothing is recorded here, or not any more: another tab has gone on from what this one has, and to say that now would undo what the other has said. */
	const isSilent = () => {
		if (records() && chooseState(course, { state: encoded() }, false, spare.read()).restored) {
			session = "over";
			show("moved");
		}
		return !records();
	};

	/** Writes what has changed and asks the LMS to keep it. While leaving, nobody can know whether it did. @param {boolean} leaving */
	const flush = leaving => {
		clearTimeout(timer);
		due = Infinity;
		if (isSilent()) return;
		// Answers come before the state, which holds their places.
		pending = pending.filter(answered => !writeAnswer(answered));
		// An LMS without room for answers is no failure; one that has it, and refuses, is asked again.
		if (!(count >= 0) || pending.some(answered => answered.refused++ > 3)) {
			if (pending.length) console.warn("cartable: answers refused");
			pending = [];
		}
		let done = !opened.credit || writeOutcome();
		const text = stateText();
		spare.keep(text, known);
		const { place } = learner.state;
		done = write("state", text) && (!place || write("place", place)) && done;
		lms.progress?.(outcome(), learner);
		writeTime();
		lms.commit(leaving, kept => settle(kept && done && !pending.length, leaving));
	};

	/** What follows from the LMS's answer to a commit, which may come later. @param {boolean} done @param {boolean} leaving */
	const settle = (done, leaving) => {
		if (done) {
			refusals = 0;
			// The copy stays: a tab that was opened on what the LMS held a moment ago needs it where this one answers late.
			if (!leaving && !isSilent()) spare.keep(encoded(), (known ||= written.state ? Date.now() : 0));
			return show(leaving ? "sent" : "saved");
		}
		if (!refusals++) since = now();
		const waiting = now() - since < 5000;
		show(waiting ? "waiting" : "failed");
		// However long the LMS is away: what it misses is told as soon as it is back.
		later(waiting ? 2000 : 10000);
	};

	/** @param {number} delay In milliseconds. */
	const later = delay => {
		if (!records() || now() + delay >= due) return;
		due = now() + delay;
		clearTimeout(timer);
		timer = setTimeout(flush, delay, false);
	};

	/** Ends the session once; what comes after is silent. @param {boolean} leaving @returns {Promise<boolean>} Whether all is recorded. */
	const close = async leaving => {
		const silent = isSilent();
		if (session !== "open") return false;
		if (due < Infinity || pending.length || refusals) flush(leaving);
		else if (!silent) writeTime();
		session = "over";
		const { mode, status } = opened;
		if (mode === "browse" || (mode === "review" && status.completion !== "completed")) return true;
		visit.keep("", true);
		const done = await lms.close(leaving) && !refusals;
		// A page that goes hears no answer.
		if (done && !leaving) spare.clear();
		return done;
	};

	/** Stops because the course was opened in another tab; the learner has not asked to leave. */
	const handOver = () => {
		close(true);
		session = "over";
		show("moved");
		return encoded();
	};

	/** Looks for the LMS and takes up what it holds. */
	const begin = async () => {
		const found = await connect(course);
		/** @type {Opened | null} */
		let answer = null;
		// After a visit that we have ended ourselves, a refusal means that the LMS must open the next one.
		const left = !!visit.read();
		for (let tries = 0; found && tries < 3 && !answer; tries++) {
			if (tries) await pause(1000);
			answer = await found.open(left);
		}
		if (!found || !answer) {
			if (found && left) session = "over";
			return show(!found ? "alone" : left ? "reopen" : "refused");
		}
		opened = answer;
		visit.clear();
		lms = found;
		const normal = !/^(browse|review)$/.test(opened.mode);
		if (normal) opened.mode = "normal";
		const key = "cartable:" + course.unit + ":" + hash32(opened.learner);
		spare = createSpare(() => localStorage, key);
		// The copy last, with what another tab has put there when it stopped.
		const choice = chooseState(course, opened, normal && await claimTab(key, handOver), normal && spare.read());
		// A third tab may have been opened meanwhile.
		if (isOver()) return;
		if (choice.state) learner.resume(choice.state);
		if (choice.restored) pending = toldAgain();
		known = choice.stored ? 1 : 0;
		written = { state: opened.state, place: choice.stored?.place || 0 };
		session = "open";
		began = now();
		if (normal) greet(choice);
		else show(opened.mode === "browse" ? "preview" : "review");
		return choice;
	};

	/** The first words of a session. @param {ReturnType<typeof chooseState>} choice */
	const greet = ({ state, restored }) => {
		const { status } = outcome();
		// Completed, and more than the LMS knows.
		const ahead = rankOf(status) > Math.max(5, rankOf(opened.status));
		/** @type {Status} */
		const incomplete = { completion: "incomplete", success: "unknown" };
		const unsaid = opened.credit && !ahead && !opened.status.completion;
		if (unsaid && lms.status(incomplete)) opened.status = incomplete;
		// Said at once, for whatever end the session may take.
		lms.suspend();
		if (!state) write("state", stateText());
		lms.commit(false, kept => settle(kept, false));
		// What the LMS has not got, or does not tell, is said again.
		if (restored || ahead) flush(false);
	};

	return {
		open: () => begin().catch(error => (console.error(error), show("failed"))),
		close,
		passMark,
		outcome,
		records,
		learner,
		/** Whether the learner may answer: always when nothing is recorded, never once the session is over. */
		playable: () => !isOver() && opened?.mode !== "review",
		isOver,

		/** Something has changed: it is saved now, or when so many milliseconds have gone by. @param {number} delay */
		changed(delay) {
			if (isSilent()) return;
			spare.keep(stateText(), known);
			if (delay) later(delay);
			else flush(false);
		},

		/** Questions whose answers are to be written with the next save. @param {QuestionData[]} questions @param {number} seconds that the learner took */
		answered(questions, seconds) {
			if (records()) pending.push(...questions.map(q => told(q, seconds)));
		},

		/** The page has gone out of sight: what waits is sent now. */
		hide() {
			if (due < Infinity) flush(true);
		},
	};
}

/** No status is ever lowered: this is the order; 1 when nothing is said yet. @param {Status} status */
function rankOf({ completion, success }) {
	return 3 * ["", "incomplete", "completed"].indexOf(completion) + ["failed", "unknown", "passed"].indexOf(success);
}
