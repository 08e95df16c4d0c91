/**
 * A quiz on the screen: its order, the review before sending, the result, another attempt.
 *
 * @typedef {ReturnType<typeof createQuiz>} QuizView
 *
 * @param {World} world @param {Course} course @param {PageData} page @param {Map<number, QuestionView>} views
 * @param {Tracker} tracker
 * @param {{finished: (validated: QuestionData[]) => void, retried: () => void, next: () => string}} on
 */
function createQuiz({ win, doc }, course, page, views, tracker, on) {
	const { n } = page;
	const { text } = course;
	const settings = /** @type {QuizData} */ (page.quiz);
	const questions = course.questionsOf(n);
	const section = /** @type {HTMLElement} */ (doc.getElementById("p" + n));
	/** @param {string} name */
	const part = (name) => /** @type {HTMLElement} */ (section.querySelector(name));
	const [result, check, review] = [".quiz-result", ".check", ".review"].map((name) => part(name));
	/** @param {QuestionData} question */
	const view = (question) => /** @type {QuestionView} */ (views.get(question.n));

	/** @type {Record<string, () => void>} */
	const actions = {
		review() {
			const items = questions.map((question) => {
				const answer = view(question).answer();
				const words = answer ? text("your-answer", { answer }) : text("unanswered");
				return ["<li><a href='#q", question.n, "'>", view(question).title(), "</a> <span>", words, "</span></li>"].join("");
			});
			part(".review ol").innerHTML = items.join("");
			review.hidden = false;
			check.hidden = true;
			part(".review h2").focus();
		},
		back() {
			paint();
			part(".check button").focus();
		},
		send() {
			if (!tracker.playable()) return;
			on.finished(tracker.learner().finish(n));
			paint();
			part(".quiz-result h2").focus();
		},
		retry() {
			if (!tracker.playable() || !tracker.learner().retry(n)) return;
			paint();
			part("h1").focus();
			win.scrollTo(0, 0);
			on.retried();
		},
	};

	const arrange = () => {
		const learner = tracker.learner();
		const seed = [learner.state.nonce, n, learner.quiz(n).attempt, ""].join(":");
		const order = settings.shuffleQuestions ? shuffled(questions, seed) : questions;
		order.forEach((question, at) => {
			check.before(view(question).form);
			view(question).number(at + 1, order.length);
			if (settings.shuffleChoices && question.kind !== "true-false") view(question).arrange(shuffled(question.choices, seed + question.n + ":"));
		});
	};

	const resultHtml = () => {
		const learner = tracker.learner();
		const { last } = learner.quiz(n);
		const score = percentOf(last);
		// The LMS's mark stands in for the course's; a quiz with a mark of its own keeps it.
		const mark = settings.passMark === course.completion.passMark ? tracker.passMark() : settings.passMark;
		const verdict = score >= mark ? "passed" : "failed";
		const left = learner.attemptsLeft(n);
		const lines = [
			text("result", { score }),
			"</h2><p>" + text("points", { points: last[0] / 100, max: last[1] / 100 }),
			"<p class=" + verdict + ">" + text("quiz-" + verdict, { mark }),
		];
		if (left > 0 && tracker.playable()) {
			const again = left < Infinity ? text("attempts-left", { left }) : "";
			lines.push("<p>" + again + " <button type=button data-do=retry>" + text("retry") + "</button>");
		}
		return "<h2 tabindex=-1>" + lines.join("") + on.next();
	};

	const paint = () => {
		const { finished } = tracker.learner().quiz(n);
		arrange();
		for (const question of questions) view(question).paint();
		review.hidden = true;
		check.hidden = finished || !tracker.playable();
		result.hidden = !finished;
		result.innerHTML = finished ? resultHtml() : "";
	};

	section.onclick = ({ target }) => actions[/** @type {HTMLElement} */ (target).dataset.do || ""]?.();

	return {
		paint,
		/** With feedback after each question, the last answer ends the attempt. */
		settle() {
			if (settings.feedback === "after-each" && questions.every((question) => tracker.learner().closed(question.n))) actions.send();
		},
	};
}
