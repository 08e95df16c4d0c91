/**
 * A question on the screen: its controls, its button where it has one, its result. The build has written all of
 * it but the result.
 *
 * @typedef {ReturnType<typeof createQuestion>} QuestionView
 *
 * @param {World} world @param {Course} course @param {QuestionData} question @param {Tracker} tracker
 * @param {() => void} validated
 */
function createQuestion({ doc }, course, question, tracker, validated) {
	const { n, choices } = question;
	const { text } = course;
	const form = /** @type {HTMLFormElement} */ (doc.getElementById("q" + n));
	/** @param {string} name */
	const part = (name) => /** @type {HTMLElement} */ (form.querySelector(name));
	const fieldset = /** @type {HTMLFieldSetElement} */ (part("fieldset"));
	const [error, actions, sure, result] = [".error", ".validate", ".sure", ".result"].map((name) => part(name));
	const settings = course.quizOf(question);
	/** @param {ChoiceData} choice */
	const input = (choice) => /** @type {HTMLInputElement} */ (part("#q" + n + "-" + choice.n));
	/** @param {(choice: ChoiceData) => unknown} keep */
	const words = (keep) => choices.filter(keep).map((choice) => part("label[for=" + input(choice).id + "]").innerHTML).join(" ; ");
	const read = () => choices.filter((choice) => input(choice).checked).map((choice) => choice.n);

	/** Shows one step of the question's own button, or none: validate, confirm. @param {"validate" | "sure" | ""} step */
	const step = (step) => {
		if (!actions) return;
		actions.hidden = step !== "validate";
		sure.hidden = step !== "sure";
	};

	/** @param {string} message */
	const fail = (message) => {
		const first = input(choices[0]);
		error.textContent = message;
		error.hidden = !message;
		if (message) {
			first.setAttribute("aria-describedby", error.id);
			first.focus();
		} else first.removeAttribute("aria-describedby");
	};

	const submit = () => {
		const learner = tracker.learner();
		if (!actions || !tracker.playable() || learner.closed(n)) return;
		if (!read().length) return fail(text("choose"));
		if (settings?.confirm && learner.triesLeft(n) === 1 && sure.hidden) {
			step("sure");
			return part(".sure button").focus();
		}
		learner.draft(n, read());
		learner.validate(n);
		paint(true);
		validated();
	};

	const resultHtml = () => {
		const learner = tracker.learner();
		const { response, status, points } = learner.answer(n);
		const open = learner.showsAnswer(n);
		const left = learner.triesLeft(n);
		const verdict = status === 3 ? "right" : response.length ? "wrong" : "unanswered";
		const lines = [["<h3 tabindex=-1 class=" + verdict + ">", text(verdict), "</h3>"]];
		/** @param {string} key @param {Record<string, string | number>} values */
		const line = (key, values) => lines.push(["<p>", text(key, values), "</p>"]);
		if (settings) line("points", { points: points / 100, max: question.points / 100 });
		if (open && status !== 3) line("right-answer", { answer: words((choice) => choice.right) });
		for (const choice of choices) if (response.includes(choice.n)) lines.push([choice.feedback || ""]);
		if (open) lines.push([question.explanation || ""]);
		if (settings && !learner.closed(n) && left < Infinity) line("tries-left", { left });
		return lines.flat().join("");
	};

	/** Brings everything into line with what is stored. @param {boolean} [focus] On the verdict. */
	const paint = (focus) => {
		const learner = tracker.learner();
		const { response } = learner.answer(n);
		const verdict = learner.showsVerdict(n);
		for (const choice of choices) {
			const taken = response.includes(choice.n);
			const told = verdict && (taken || (choice.right && learner.showsAnswer(n)));
			const mark = choice.right ? "right" : "wrong";
			const box = /** @type {HTMLElement} */ (input(choice).parentElement);
			input(choice).checked = taken;
			box.className = told ? "choice " + mark : "choice";
			box.querySelector(".mark")?.remove();
			if (told) box.insertAdjacentHTML("beforeend", '<span class="mark">' + text("mark-" + mark) + "</span>");
		}
		fail("");
		result.hidden = !verdict;
		result.innerHTML = verdict ? resultHtml() : "";
		// Before the controls are disabled, or the focus would be lost.
		if (focus) part(".result h3").focus();
		fieldset.disabled = !tracker.playable() || learner.closed(n);
		step(fieldset.disabled ? "" : "validate");
	};

	form.onsubmit = (event) => {
		event.preventDefault();
		submit();
	};
	form.onchange = () => {
		if (!tracker.playable() || !tracker.learner().draft(n, read())) return;
		fail("");
		step("validate");
		tracker.changed("draft");
	};
	if (sure) part(".sure [type=button]").onclick = () => paint();

	return {
		form,
		paint,
		title: () => part("legend").textContent,
		/** The answer in words, "" when there is none. */
		answer: () => words((choice) => tracker.learner().answer(n).response.includes(choice.n)),
		/** @param {ChoiceData[]} order */
		arrange: (order) => fieldset.append(...order.map((choice) => /** @type {Node} */ (input(choice).parentElement))),
		/** @param {number} position @param {number} all */
		number(position, all) {
			part(".number").textContent = text("number", { n: position, all });
		},
	};
}
