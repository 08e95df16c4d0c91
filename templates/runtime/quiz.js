/**
 * A quiz on the screen: its order, the review before sending, the result, another attempt.
 *
 * @typedef {ReturnType<typeof createQuiz>} QuizView
 *
 * @param {Course} course @param {PageData} page @param {Tracker} tracker
 * @param {{finished: (validated: QuestionData[]) => void, next: () => string}} on
 */
function createQuiz(course, page, { learner, playable, changed, passMark }, on) {
	const { text } = course;
	const { questions } = page;
	const settings = /** @type {QuizData} */ (page.quiz);
	/** As they stand in the current attempt. */
	let order = questions;
	const section = byId("p" + page.n);
	/** @param {string} name */
	const part = name => section.querySelector(name);
	const [result, check, review] = [".quiz-result", ".check", ".review"].map(part);

	/** @type {Record<string, () => void>} */
	const actions = {
		review() {
			part(".review ol").innerHTML = order.map(({ n, view }) =>
				"<li><a href='#q" + n + "'>" + view.title() + "</a> <div>" + (view.answer() || text("unanswered")) + "</div>").join("");
			review.hidden = false;
			check.hidden = true;
			part(".review h2").focus();
		},
		back() {
			paint();
			part(".check button").focus();
		},
		send() {
			if (!playable() || learner.quiz(page).finished) return;
			finish();
			result.firstChild.focus();
		},
		retry() {
			if (!playable() || !learner.retry(page)) return;
			paint();
			part("h1").focus();
			scrollTo(0, 0);
			changed(0);
		},
	};

	const resultHtml = () => {
		const { last } = learner.quiz(page);
		const [points, max] = last;
		const score = percentOf(last);
		// The LMS's mark stands in for the course's; a quiz with a mark of its own keeps it.
		const mark = settings.passMark === course.completion.passMark ? passMark() : settings.passMark;
		const verdict = score >= mark ? "passed" : "failed";
		const left = learner.attemptsLeft(page);
		return [
			"<h2 tabindex=-1>" + text(max ? "result" : "recorded", { score }) + "</h2>",
			max ? "<p>" + text("points", { points: points / 100, max: max / 100 }) + "<p class=" + verdict + ">" + text("quiz-" + verdict, { mark }) : "",
			course.objectives ? objectivesHtml(course, learner, page) : "",
			left > 0 && playable()
				? "<p>" + (left < Infinity ? text("attempts-left", { left }) : "") + " <button type=button data-do=retry>" + text("retry") + "</button>"
				: "",
			on.next(),
		].join("");
	};

	/** Ends the attempt. */
	const finish = () => {
		on.finished(learner.finish(page));
		paint();
	};

	const paint = () => {
		const { attempt, finished } = learner.quiz(page);
		order = learner.asked(page);
		if (settings.mixed) {
			order = arranged(course, page, order, [learner.state.nonce, page.n, attempt, ""].join(":"));
		}
		for (const { view } of questions) view.paint();
		review.hidden = true;
		check.hidden = finished || !playable();
		result.hidden = !finished;
		result.innerHTML = finished ? resultHtml() : "";
	};

	section.onclick = (/** @type {any} */ { target }) => actions[target.dataset.do]?.();

	return { paint, finish };
}
