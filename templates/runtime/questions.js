/**
 * A question on the screen, of whatever kind: its button where it has one, what is wrong with an answer, its result.
 * The build has written all of it but the result; the kind's own view knows the controls.
 *
 * @typedef {ReturnType<typeof createQuestion>} QuestionView
 *
 * @param {Course} course @param {QuestionData} q @param {Tracker} tracker
 * @param {() => void} validated
 */
function createQuestion(course, q, { learner, playable, changed }, validated) {
	const { page } = q;
	const { text } = course;
	const form = byId("q" + q.n);
	/** @param {string} name */
	const part = name => form.querySelector(name);
	const [fieldset, error, actions, sure, result] = ["fieldset", ".error", ".validate", ".sure", ".result"].map(part);
	const view = q.does.view(course, q, form);
	/** The control that an error is about. */
	let faulty = view.first;

	/** Shows the button of the question, the step that confirms the last try, or neither. @param {any} step */
	const offer = step => {
		if (actions) actions.hidden = step !== actions;
		if (sure) sure.hidden = step !== sure;
	};

	/** @param {string} message @param {any} [control] where it can be mended */
	const fail = (message, control = faulty) => {
		error.textContent = message;
		error.hidden = !message;
		for (const name of ["aria-describedby", "aria-invalid"]) faulty.removeAttribute(name);
		faulty = control;
		if (!message) return;
		faulty.setAttribute("aria-describedby", error.id);
		// Radio buttons and boxes, which alone have names, are never invalid by themselves.
		if (!faulty.name) faulty.setAttribute("aria-invalid", true);
		faulty.focus();
	};

	const submit = () => {
		if (!actions || !playable() || learner.closed(q)) return;
		const problem = view.problem?.();
		if (problem) return fail(...problem);
		if (!view.read().length) return fail(text("choose"), view.first);
		if (page.quiz?.confirm && learner.triesLeft(q) === 1 && sure.hidden) {
			offer(sure);
			return part(".sure button").focus();
		}
		learner.draft(q, view.read());
		learner.validate(q);
		paint(true);
		validated();
	};

	const resultHtml = () => {
		const { response, status, share } = learner.answer(q);
		const open = learner.showsAnswer(q);
		const left = learner.triesLeft(q);
		/** @type {"right" | "partly" | "wrong"} */
		const outcome = status === 3 ? "right" : share ? "partly" : "wrong";
		const verdict = !response.length ? "unanswered" : q.points ? outcome : "recorded";
		const answer = open && status < 3 && view.right();
		return [
			"<h3 tabindex=-1 class=" + verdict + ">" + text(verdict) + "</h3>",
			page.quiz && q.points ? "<p>" + text("points", { points: learner.points(q) / 100, max: q.points / 100 }) : "",
			answer ? "<p>" + text("right-answer", { answer }) : "",
			response.length && q.says?.[outcome] || "",
			view.feedback(response, open),
			(open && q.explanation) || "",
			status < 3 && q.read ? "<p>" + text("read", { links: q.read }) : "",
			page.quiz && left < Infinity && !learner.closed(q) ? "<p>" + text("tries-left", { left }) : "",
		].join("");
	};

	/** Brings everything into line with what is stored. @param {boolean} [focus] On the verdict. */
	const paint = focus => {
		const { response } = learner.answer(q);
		const told = learner.showsVerdict(q);
		view.show(response);
		view.mark(response, told && !!q.points, learner.showsAnswer(q));
		fail("");
		result.hidden = !told;
		result.innerHTML = told ? resultHtml() : "";
		// Before the controls are disabled, or the focus would be lost.
		if (focus) part(".result h3").focus();
		fieldset.disabled = !playable() || learner.closed(q);
		offer(!fieldset.disabled && actions);
	};

	form.onsubmit = () => {
		submit();
		return false;
	};
	form.onchange = () => {
		if (!playable() || !learner.draft(q, view.read())) return;
		fail("");
		offer(actions);
		changed("draft");
	};
	if (sure) sure.lastElementChild.onclick = () => paint();

	return {
		form,
		paint,
		title: () => part("legend").textContent,
		/** The answer in words with what is wrong with it, "" when there is none. */
		answer() {
			const { response } = learner.answer(q);
			const answer = view.words(response);
			return answer && text("your-answer", { answer }) + " " + (view.problem?.()?.[0] || "");
		},
	};
}

/** Signs a part of an answer, by class and by word; takes the sign away without one. @param {any} box @param {string} [side] "right" or "wrong" @param {string} [words] */
function sign(box, side, words) {
	box.querySelector(".mark")?.remove();
	box.classList.remove("right", "wrong");
	if (!side) return;
	box.classList.add(side);
	box.insertAdjacentHTML("beforeend", " <span class=mark>" + words + "</span>");
}
