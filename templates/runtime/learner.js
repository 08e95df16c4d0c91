/**
 * What the learner has done and what it amounts to: pages viewed, answers, attempts, score, outcome. It knows
 * neither the screen nor the LMS; everything it keeps is in `state`.
 *
 * @typedef {ReturnType<typeof createLearner>} Learner
 *
 * @param {Course} course @param {LearnerState} state
 */
function createLearner(course, state) {
	/** @param {PageData} page @returns {QuizRecord} */
	const quiz = ({ n }) => state.quizzes.get(n) || { attempt: 1, finished: 0, count: 0, first: [], best: [], last: [] };
	/** @param {QuestionData} q @returns {AnswerRecord} */
	const answer = ({ n }) => state.answers.get(n) || { response: [], status: 0, tries: 0, index: -1, share: 0 };

	/** The questions of a page, of a quiz with banks those of the current attempt. @param {PageData} page */
	const asked = page => (page.quiz?.banks ? questionsAsked(state, page) : page.questions);

	/** Tries left for a question. @param {QuestionData} q */
	const triesLeft = q => {
		const { quiz } = q.page;
		const tries = quiz && (quiz.feedback === "after-each" ? q.tries ?? quiz.tries : 1);
		return (tries || Infinity) - answer(q).tries;
	};

	/** Whether an answer can no longer be changed. @param {QuestionData} q */
	const closed = q => q.page.quiz && (quiz(q.page).finished || answer(q).status === 3 || triesLeft(q) <= 0);

	/** Attempts left after the current one. @param {PageData} page */
	const attemptsLeft = page => (page.quiz?.attempts || Infinity) - quiz(page).attempt;

	/** Judges a response by the key of today. @param {QuestionData} q @param {AnswerRecord} record */
	const grade = (q, record) => {
		const share = shareOf(q, record.response);
		Object.assign(record, share < 120 ? { status: 2, share } : { status: 3, share: 0 });
	};

	/** In hundredths. @param {QuestionData} q */
	const points = q => {
		const { status, share } = answer(q);
		return status === 3 ? q.points : Math.round((q.points * share) / 120);
	};

	/** Unanswered again; the place in the LMS's record stays, to be rewritten. @param {AnswerRecord} record */
	const clear = record => Object.assign(record, { response: [], status: 0, tries: 0, share: 0 });

	const learner = {
		state,

		/**
		 * Goes on with a stored state. Answers of an attempt that is still open follow the course as it is today; those
		 * of a finished one are not judged again, and keep only what today's course can show.
		 *
		 * @param {LearnerState} stored
		 */
		resume(stored) {
			learner.state = state = stored;
			course.pages.forEach(asked);
			for (const q of course.questions) {
				const { page } = q;
				const record = answer(q);
				record.response = q.does.known(q, record.response);
				if (!page.record) record.index = -1;
				if (quiz(page).finished) continue;
				// Who has taken back a choice is no further than before; who lost it to an update begins anew.
				if (!record.response.length) record.status && clear(record);
				else if (record.status > 1) grade(q, record);
			}
		},

		answer,
		asked,
		points,
		quiz,
		closed,
		triesLeft,
		attemptsLeft,

		/** Keeps a response that is not validated yet, where it can still be changed. @param {QuestionData} q @param {LearnerResponse} response */
		draft(q, response) {
			return !closed(q) && state.answers.set(q.n, { ...answer(q), response, status: response.length ? 1 : 0, share: 0 });
		},

		/** Validates the response of a question: one try. @param {QuestionData} q */
		validate(q) {
			const record = answer(q);
			if (closed(q) || !record.response.length) return false;
			record.tries = Math.min(15, record.tries + 1);
			grade(q, record);
			return true;
		},

		/** Ends the current attempt of a quiz; returns the questions that this validates. @param {PageData} page */
		finish(page) {
			const validated = asked(page).filter(q => answer(q).status === 1 && learner.validate(q));
			const score = [0, 0];
			for (const q of asked(page)) {
				score[0] += points(q);
				score[1] += q.points;
			}
			const { attempt, count, first, best } = quiz(page);
			state.quizzes.set(page.n, {
				attempt,
				finished: 1,
				count: count + 1,
				first: count ? first : score,
				best: !count || percentOf(score) > percentOf(best) ? score : best,
				last: score,
			});
			return validated;
		},

		/** Begins another attempt of a quiz. @param {PageData} page */
		retry(page) {
			const record = quiz(page);
			if (!record.finished || attemptsLeft(page) <= 0) return false;
			state.quizzes.set(page.n, { ...record, attempt: record.attempt + 1, finished: 0 });
			for (const q of page.questions) clear(answer(q));
			state.draws.get(page.n)?.drawn.clear();
			return true;
		},

		/** Whether it may be seen that an answer is right or wrong. @param {QuestionData} q */
		showsVerdict(q) {
			const feedback = q.page.quiz?.feedback;
			return feedback !== "never" && (quiz(q.page).finished || (answer(q).status > 1 && feedback !== "at-end"));
		},

		/** Whether the right answer and the explanation may be seen. @param {QuestionData} q */
		showsAnswer(q) {
			const { page } = q;
			if (!learner.showsVerdict(q)) return false;
			if (!page.quiz || answer(q).status === 3) return true;
			if (page.quiz.answers === "last-attempt") return closed(q) && attemptsLeft(page) <= 0;
			return page.quiz.answers === "at-end" && quiz(page).finished;
		},

		/**
		 * Score and status by the course's rule. What was reached once stays reached.
		 *
		 * @param {number} passMark In percent.
		 */
		outcome(passMark) {
			const { required, completion: { when, attempt, onFailure, noQuiz } } = course;
			const quizzes = required.filter(page => page.quiz);
			const unviewed = required.filter(page => !state.viewed.has(page.n));
			const finished = quizzes.length && quizzes.every(page => quiz(page).count);
			const spent = finished && quizzes.every(page => quiz(page).finished && attemptsLeft(page) <= 0);
			// Each quiz weighs what its questions are worth.
			const total = [0, 0];
			for (const page of quizzes) {
				const [points, max] = quiz(page)[attempt];
				const { weight } = /** @type {QuizData} */ (page.quiz);
				total[0] += max ? (weight * points) / max : weight;
				total[1] += weight;
			}
			const percent = percentOf(total);
			const passes = finished && percent >= passMark;
			const before = state.reached;
			if (!unviewed.length) state.reached |= 1;
			if (passes) state.reached |= 2;
			const passed = state.reached & 2;
			const failed = when !== "viewed" && spent && !passed;
			if (failed && onFailure === "failed") state.reached |= 4;

			const done = (when === "passed" || state.reached & 1) && (when === "viewed" || passed);
			const success = when !== "viewed" && passed ? "passed" : state.reached & 4 ? "failed" : "unknown";
			/** @type {Status} */
			const status = { completion: done || success === "failed" ? "completed" : "incomplete", success };
			// A later attempt that counts less must not contradict a success already told.
			const score = finished && (passes || !(before & 2)) ? percent : null;
			/** A quiz that could still be passed is not done. @param {PageData} page */
			const toPass = page => !quiz(page).count || (attemptsLeft(page) > 0 && percentOf(quiz(page).best) < 100);
			return {
				score: !quizzes.length && done ? noQuiz ?? null : score,
				status,
				done,
				/** No attempt is left and the mark is not reached. */
				failed,
				/** The pages still to be viewed, finished or passed. */
				missing: required.filter(page =>
					(when !== "passed" && unviewed.includes(page)) || (when !== "viewed" && !passed && page.quiz && toPass(page))),
			};
		},
	};
	learner.resume(state);
	return learner;
}
