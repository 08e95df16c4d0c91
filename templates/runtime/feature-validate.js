/**
 * The button of a question that is validated by itself: a self-check, or one of a quiz with feedback after each. With
 * it what is wrong with an answer before it is validated, and the step that confirms the last try.
 *
 * @typedef {ReturnType<typeof createButton>} Button
 *
 * @param {Course} course @param {QuestionData} q @param {any} form @param {KindView} view @param {Tracker} tracker
 * @param {() => void} validated
 */
function createButton(course, q, form, view, { learner, playable }, validated) {
	const { text } = course;
	const [error, step, sure] = [".error", ".validate", ".sure"].map(part => form.querySelector(part));
	/** The control that an error is about. */
	let faulty = view.first;

	/** @param {string} message @param {any} control where it can be mended */
	const fail = (message, control) => {
		faulty = control;
		error.textContent = message;
		error.hidden = !message;
		faulty.removeAttribute("aria-describedby");
		// Where nothing but a choice can be missing, no control is invalid by itself.
		if (view.problem) faulty.setAttribute("aria-invalid", !!message);
		if (!message) return;
		faulty.setAttribute("aria-describedby", error.id);
		faulty.focus();
	};

	/** Shows the button, or hides it; nothing is wrong any more. @param {boolean} open */
	const offer = open => {
		fail("", faulty);
		step.hidden = !open;
		if (sure) sure.hidden = true;
	};

	// Before the click that may follow: what moves under the pointer is not hit.
	form.oninput = () => fail("", faulty);
	if (sure) sure.lastElementChild.onclick = () => offer(true);
	return {
		offer,
		/** HTML of how many tries are left, where they are counted. */
		left() {
			const left = learner.triesLeft(q);
			return left < Infinity && !learner.closed(q) ? "<p>" + text("tries-left", { left }) : "";
		},
		submit() {
			if (!playable()) return;
			/** @type {[string, any] | false | undefined} */
			const problem = view.problem ? view.problem() : !view.read().length && [text("choose"), view.first];
			if (problem) return fail(...problem);
			if (sure && learner.triesLeft(q) === 1 && sure.hidden) {
				step.hidden = true;
				sure.hidden = false;
				return sure.querySelector("button").focus();
			}
			learner.draft(q, view.read());
			if (!learner.validate(q)) return;
			validated();
			endAttempt(course, q, learner);
		},
	};
}

/**
 * In a quiz with feedback after each question the last answer ends the attempt. The learner stays with its verdict,
 * and goes on to the result from there.
 *
 * @param {Course} course @param {QuestionData} q @param {Learner} learner
 */
function endAttempt({ text }, { page, view }, learner) {
	if (!page.quiz || !learner.asked(page).every(learner.closed)) return;
	page.view?.finish();
	view.paint(true);
	const result = view.form.querySelector(".result");
	result.insertAdjacentHTML("beforeend", "<p class=actions><button type=button>" + text("see-result") + "</button>");
	result.lastElementChild.onclick = () => byId("p" + page.n).querySelector(".quiz-result h2").focus();
}
