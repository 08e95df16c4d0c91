/**
 * What the learner has done and what it amounts to: pages viewed, answers, attempts, score, outcome. It knows
 * neither the screen nor the LMS; everything it keeps is in `state`.
 *
 * @typedef {ReturnType<typeof createLearner>} Learner
 *
 * @param {Course} course @param {LearnerState} state
 */
function createLearner(course, state) {
	/** @param {number} page @returns {QuizRecord} */
	const quiz = (page) =>
		state.quizzes.get(page) || { attempt: 1, finished: false, count: 0, first: [], best: [], last: [] };
	/** @param {number} n @returns {AnswerRecord} */
	const answer = (n) => state.answers.get(n) || { response: [], status: 0, tries: 0, index: -1, rev: 0, points: 0 };
	/** @param {number} n */
	const question = (n) => /** @type {QuestionData} */ (course.question(n));

	/** Tries left for a question. @param {number} n */
	const triesLeft = (n) => {
		const settings = course.quizOf(question(n));
		if (!settings) return Infinity;
		const tries = settings.feedback === "after-each" ? question(n).tries ?? settings.tries : 1;
		return (tries || Infinity) - answer(n).tries;
	};

	/** Whether an answer can no longer be changed. @param {number} n */
	const closed = (n) =>
		!!course.quizOf(question(n)) && (quiz(question(n).page).finished || answer(n).status === 3 || triesLeft(n) <= 0);

	/** Gives the points of a response by the key of today. @param {number} n @param {AnswerRecord} record */
	const grade = (n, record) => {
		const part = course.kind(n).grade(question(n), record.response);
		record.points = Math.round(part * question(n).points);
		record.status = part < 1 ? 2 : 3;
		record.rev = question(n).rev;
	};

	/** Unanswered again; the place in the LMS's record stays, to be rewritten. @param {AnswerRecord} record */
	const clear = (record) => Object.assign(record, { response: [], status: 0, tries: 0, points: 0 });

	// Answers of an attempt that is still open follow the course as it is today; those of a finished one are not
	// judged again, and keep only what today's course can show.
	for (const [n, record] of state.answers) {
		const { page, points, rev } = question(n);
		const before = record.response.length;
		record.response = course.kind(n).known(question(n), record.response);
		const open = !course.quizOf(question(n)) || !quiz(page).finished;
		if (open && !record.response.length) clear(record);
		else if (open && record.status > 1 && (before > record.response.length || record.rev !== rev)) grade(n, record);
		Object.assign(record, { rev, points: Math.min(record.points, points) });
	}

	const learner = {
		state,
		answer,
		quiz,
		closed,
		triesLeft,

		/** Keeps a response that is not validated yet. @param {number} n @param {LearnerResponse} response */
		draft(n, response) {
			if (closed(n)) return false;
			state.answers.set(n, { ...answer(n), response, status: response.length ? 1 : 0 });
			return true;
		},

		/** Validates the response of a question: one try. @param {number} n */
		validate(n) {
			const record = answer(n);
			if (closed(n) || !record.response.length) return false;
			record.tries++;
			grade(n, record);
			return true;
		},

		/** Attempts left after the current one. @param {number} page */
		attemptsLeft: (page) => (course.page(page)?.quiz?.attempts || Infinity) - quiz(page).attempt,

		/** Ends the current attempt of a quiz; returns the questions that this validates. @param {number} page */
		finish(page) {
			const questions = course.questionsOf(page);
			const validated = questions.filter(({ n }) => answer(n).status === 1 && learner.validate(n));
			/** @type {Score} */
			const score = [0, 0];
			for (const { n, points } of questions) {
				score[0] += answer(n).points;
				score[1] += points;
			}
			const { attempt, count, first, best } = quiz(page);
			state.quizzes.set(page, {
				attempt,
				finished: true,
				count: count + 1,
				first: count ? first : score,
				best: !count || percentOf(score) > percentOf(best) ? score : best,
				last: score,
			});
			return validated;
		},

		/** Begins another attempt of a quiz. @param {number} page */
		retry(page) {
			const record = quiz(page);
			if (!record.finished || learner.attemptsLeft(page) <= 0) return false;
			state.quizzes.set(page, { ...record, attempt: record.attempt + 1, finished: false });
			for (const { n } of course.questionsOf(page)) if (state.answers.has(n)) clear(answer(n));
			return true;
		},

		/** Whether it may be seen that an answer is right or wrong. @param {number} n */
		showsVerdict(n) {
			const settings = course.quizOf(question(n));
			if (settings?.feedback === "never") return false;
			if (answer(n).status > 1 && settings?.feedback !== "at-end") return true;
			return !!settings && quiz(question(n).page).finished;
		},

		/** Whether the right answer and the explanation may be seen. @param {number} n */
		showsAnswer(n) {
			const { page } = question(n);
			const settings = course.page(page)?.quiz;
			if (!learner.showsVerdict(n)) return false;
			if (!settings || answer(n).status === 3) return true;
			if (settings.answers === "last-attempt") return closed(n) && learner.attemptsLeft(page) <= 0;
			return settings.answers === "at-end" && quiz(page).finished;
		},

		/**
		 * Score and status by the course's rule. What was reached once stays reached.
		 *
		 * @param {number} passMark In percent.
		 */
		outcome(passMark) {
			const { when, attempt, onFailure, noQuiz } = course.completion;
			const required = course.pages.filter((page) => page.required);
			const quizzes = required.filter((page) => page.quiz).map((page) => page.n);
			const unviewed = required.map((page) => page.n).filter((n) => !state.viewed.has(n));
			const unfinished = quizzes.filter((n) => !quiz(n).count);
			const finished = quizzes.length && !unfinished.length;
			const spent = finished && quizzes.every((n) => quiz(n).finished && learner.attemptsLeft(n) <= 0);
			/** @type {Score} Each quiz weighs what its questions are worth. */
			const total = [0, 0];
			for (const n of quizzes) {
				const [points, max] = quiz(n)[attempt];
				const weight = course.questionsOf(n).reduce((sum, { points }) => sum + points, 0);
				total[0] += max ? (weight * points) / max : 0;
				total[1] += weight;
			}
			const passes = finished && percentOf(total) >= passMark;
			const passedBefore = state.reached & 2;
			if (!unviewed.length) state.reached |= 1;
			if (passes) state.reached |= 2;
			const passed = state.reached & 2;
			const failed = when !== "viewed" && spent && !passed;
			if (failed && onFailure === "failed") state.reached |= 4;

			const done = !((when !== "passed" && !(state.reached & 1)) || (when !== "viewed" && !passed));
			/** @type {Status} */
			const status = { completion: done ? "completed" : "incomplete", success: "unknown" };
			if (when !== "viewed" && passed) status.success = "passed";
			else if (state.reached & 4) Object.assign(status, { completion: "completed", success: "failed" });
			// A later attempt that counts less must not contradict a success already told.
			const score = finished && (passes || !passedBefore) ? percentOf(total) : null;
			return {
				score: !quizzes.length && done ? noQuiz ?? null : score,
				status,
				done,
				/** No attempt is left and the mark is not reached. */
				failed,
				/** The pages still to be viewed or finished. */
				missing: [...new Set([...(when === "passed" ? [] : unviewed), ...(when === "viewed" ? [] : unfinished)])],
			};
		},
	};
	return learner;
}
