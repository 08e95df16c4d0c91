/**
 * A question on the screen: its controls, its button where it has one, its result. The build has written all of
 * it but the result.
 *
 * @typedef {ReturnType<typeof createQuestion>} QuestionView
 *
 * @param {Course} course @param {QuestionData} q @param {Tracker} tracker
 * @param {() => void} validated
 */
function createQuestion(course, q, { learner, playable, changed }, validated) {
	const { choices, page } = q;
	const { text } = course;
	const id = "q" + q.n;
	const form = byId(id);
	/** @param {string} name */
	const part = name => form.querySelector(name);
	const [fieldset, error, actions, sure, result] = ["fieldset", ".error", ".validate", ".sure", ".result"].map(part);
	/** @param {ChoiceData} choice */
	const input = choice => byId(id + "-" + choice.n);
	/** @param {(choice: ChoiceData) => unknown} keep */
	const words = keep => choices.filter(keep).map(choice => input(choice).nextElementSibling.innerHTML).join(text("join"));
	const read = () => choices.filter(choice => input(choice).checked).map(choice => choice.n);

	/** Shows the button of the question, the step that confirms the last try, or neither. @param {any} step */
	const offer = step => {
		if (actions) actions.hidden = step !== actions;
		if (sure) sure.hidden = step !== sure;
	};

	/** @param {string} message */
	const fail = message => {
		const first = input(choices[0]);
		error.textContent = message;
		error.hidden = !message;
		first.removeAttribute("aria-describedby");
		if (!message) return;
		first.setAttribute("aria-describedby", error.id);
		first.focus();
	};

	const submit = () => {
		if (!actions || !playable() || learner().closed(q)) return;
		if (!read().length) return fail(text("choose"));
		if (page.quiz?.confirm && learner().triesLeft(q) === 1 && sure.hidden) {
			offer(sure);
			return part(".sure button").focus();
		}
		learner().draft(q, read());
		learner().validate(q);
		paint(true);
		validated();
	};

	const resultHtml = () => {
		const { response, status } = learner().answer(q);
		const open = learner().showsAnswer(q);
		const left = learner().triesLeft(q);
		const verdict = status === 3 ? "right" : response.length ? "wrong" : "unanswered";
		const feedback = choices.map(choice => (response.includes(choice.n) && choice.feedback) || "");
		return [
			"<h3 tabindex=-1 class=" + verdict + ">" + text(verdict) + "</h3>",
			page.quiz ? "<p>" + text("points", { points: learner().points(q) / 100, max: q.points / 100 }) + "</p>" : "",
			open && status !== 3 ? "<p>" + text("right-answer", { answer: words(choice => choice.right) }) + "</p>" : "",
			...feedback,
			(open && q.explanation) || "",
			page.quiz && left < Infinity && !learner().closed(q) ? "<p>" + text("tries-left", { left }) + "</p>" : "",
		].join("");
	};

	/** Brings everything into line with what is stored. @param {boolean} [focus] On the verdict. */
	const paint = focus => {
		const { response } = learner().answer(q);
		const verdict = learner().showsVerdict(q);
		for (const choice of choices) {
			const box = input(choice).parentElement;
			const taken = response.includes(choice.n);
			const side = choice.right ? "right" : "wrong";
			const told = verdict && (taken || (choice.right && learner().showsAnswer(q)));
			input(choice).checked = taken;
			box.className = told ? "choice " + side : "choice";
			box.querySelector(".mark")?.remove();
			const mark = text("mark-" + (taken ? side : "missed"));
			if (told) box.insertAdjacentHTML("beforeend", "<span class=mark>" + mark + "</span>");
		}
		fail("");
		result.hidden = !verdict;
		result.innerHTML = verdict ? resultHtml() : "";
		// Before the controls are disabled, or the focus would be lost.
		if (focus) part(".result h3").focus();
		fieldset.disabled = !playable() || learner().closed(q);
		offer(!fieldset.disabled && actions);
	};

	form.onsubmit = () => {
		submit();
		return false;
	};
	form.onchange = () => {
		if (!playable() || !learner().draft(q, read())) return;
		fail("");
		offer(actions);
		changed("draft");
	};
	if (sure) sure.lastElementChild.onclick = () => paint();

	return {
		form,
		paint,
		title: () => part("legend").textContent,
		/** The answer in words, "" when there is none. */
		answer: () => words(choice => learner().answer(q).response.includes(choice.n)),
		/** @param {ChoiceData[]} order */
		arrange: order => fieldset.append(...order.map(choice => input(choice).parentElement)),
		/** @param {number} n @param {number} all */
		number(n, all) {
			part(".number").textContent = text("number", { n, all });
		},
	};
}
