/**
 * A quiz on the screen: its order, the review before sending, the result, another attempt.
 *
 * @typedef {ReturnType<typeof createQuiz>} QuizView
 *
 * @param {Course} course @param {PageData} page @param {Map<QuestionData, QuestionView>} views
 * @param {Tracker} tracker
 * @param {{finished: (validated: QuestionData[]) => void, next: () => string}} on
 */
function createQuiz(course, page, views, { learner, playable, changed, passMark }, on) {
	const { text } = course;
	const { questions } = page;
	const settings = /** @type {QuizData} */ (page.quiz);
	/** As they stand in the current attempt. */
	let order = questions;
	const section = byId("p" + page.n);
	/** @param {string} name */
	const part = name => section.querySelector(name);
	const [result, check, review] = [".quiz-result", ".check", ".review"].map(part);
	/** @param {QuestionData} q */
	const view = q => /** @type {QuestionView} */ (views.get(q));

	/** @type {Record<string, () => void>} */
	const actions = {
		review() {
			const items = order.map(q => {
				const answer = view(q).answer();
				const words = answer ? text("your-answer", { answer }) : text("unanswered");
				return "<li><a href='#q" + q.n + "'>" + view(q).title() + "</a> <span>" + words + "</span></li>";
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
			if (!playable() || learner().quiz(page).finished) return;
			on.finished(learner().finish(page));
			paint();
			part(".quiz-result h2").focus();
		},
		retry() {
			if (!playable() || !learner().retry(page)) return;
			paint();
			part("h1").focus();
			scrollTo(0, 0);
			changed("answer");
		},
	};

	const arrange = () => {
		const seed = [learner().state.nonce, page.n, learner().quiz(page).attempt, ""].join(":");
		if (settings.shuffleQuestions) order = shuffled(questions, seed);
		order.forEach((q, at) => {
			check.before(view(q).form);
			if (settings.shuffleQuestions) view(q).number(at + 1, order.length);
			if (settings.shuffleChoices && !q.yes) view(q).arrange(shuffled(q.choices, seed + q.n + ":"));
		});
	};

	const resultHtml = () => {
		const { last } = learner().quiz(page);
		const score = percentOf(last);
		// The LMS's mark stands in for the course's; a quiz with a mark of its own keeps it.
		const mark = settings.passMark === course.completion.passMark ? passMark() : settings.passMark;
		const verdict = score >= mark ? "passed" : "failed";
		const left = learner().attemptsLeft(page);
		const again = "<button type=button data-do=retry>" + text("retry") + "</button>";
		return [
			"<h2 tabindex=-1>" + text("result", { score }) + "</h2>",
			"<p>" + text("points", { points: last[0] / 100, max: last[1] / 100 }),
			"<p class=" + verdict + ">" + text("quiz-" + verdict, { mark }),
			left > 0 && playable() ? "<p>" + (left < Infinity ? text("attempts-left", { left }) : "") + " " + again : "",
			on.next(),
		].join("");
	};

	const paint = () => {
		const { finished } = learner().quiz(page);
		arrange();
		for (const q of questions) view(q).paint();
		review.hidden = true;
		check.hidden = finished || !playable();
		result.hidden = !finished;
		result.innerHTML = finished ? resultHtml() : "";
	};

	section.onclick = (/** @type {any} */ { target }) => actions[target.dataset.do]?.();

	return {
		paint,
		/** With feedback after each question, the last answer ends the attempt. */
		settle() {
			if (settings.feedback === "after-each" && questions.every(learner().closed)) actions.send();
		},
	};
}
