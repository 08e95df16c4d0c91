/**
 * A question on the screen, of whatever kind: what is drafted, and its result. The build has written all of it but the
 * result; the kind's own view knows the controls, and feature-validate.js the button, where there is one.
 *
 * @typedef {ReturnType<typeof createQuestion>} QuestionView
 *
 * @param {Course} course @param {QuestionData} q @param {Tracker} tracker
 * @param {() => void} validated
 */
function createQuestion(course, q, tracker, validated) {
	const { learner, playable, changed } = tracker;
	const { text } = course;
	const form = byId("q" + q.n);
	/** @param {string} name */
	const part = name => form.querySelector(name);
	const [fieldset, result] = ["fieldset", ".result"].map(part);
	const view = q.does.view(course, q, form);
	/** @type {Button | null} */
	const button = part(".validate") && createButton(course, q, form, view, tracker, () => {
		paint(true);
		validated();
	});

	const resultHtml = () => {
		const { response, status, share } = learner.answer(q);
		const open = learner.showsAnswer(q);
		/** @type {"right" | "partly" | "wrong"} */
		const outcome = status === 3 ? "right" : share ? "partly" : "wrong";
		const verdict = !response.length ? "unanswered" : q.points ? outcome : "recorded";
		const right = open && status < 3 && view.right();
		return [
			"<h3 tabindex=-1 class=" + verdict + ">" + text(verdict) + "</h3>",
			q.page.quiz && q.points ? "<p>" + text("points", { points: learner.points(q) / 100, max: q.points / 100 }) : "",
			right ? "<p>" + text("right-answer", { answer: right }) : "",
			response.length && q.says?.[outcome] || "",
			view.feedback(response, open),
			(open && q.explanation) || "",
			status < 3 && q.read ? "<p>" + text("read", { links: q.read }) : "",
			button?.left() || "",
		].join("");
	};

	/** Brings everything into line with what is stored. @param {boolean} [focus] On the verdict. */
	const paint = focus => {
		const { response } = learner.answer(q);
		const told = learner.showsVerdict(q);
		view.show(response);
		view.mark(response, told && q.points, learner.showsAnswer(q));
		result.hidden = !told;
		result.innerHTML = told ? resultHtml() : "";
		// Before the controls are disabled, or the focus would be lost.
		if (focus) part(".result h3").focus();
		fieldset.disabled = !playable() || learner.closed(q);
		button?.offer(!fieldset.disabled);
	};

	form.onsubmit = () => {
		button?.submit();
		return false;
	};
	form.onchange = () => {
		if (!playable() || !learner.draft(q, view.read())) return;
		button?.offer(true);
		changed(500);
	};

	return {
		form,
		paint,
		/** As HTML: the text of an option is escaped by the browser. */
		title: () => new Option(part("legend").textContent).innerHTML,
		/** The answer in words with what is wrong with it, "" when there is none. */
		answer() {
			const words = view.words(learner.answer(q).response);
			return words && text("your-answer", { answer: words }) + " " + (view.problem?.()?.[0] || "");
		},
	};
}

/** Signs a part of an answer, by class and by word; takes the sign away without one. @param {any} box @param {any} [side] "right", "partly" or "wrong" @param {string} [words] */
function sign(box, side, words) {
	box.querySelector(".mark")?.remove();
	box.classList.remove("right", "partly", "wrong");
	if (!side) return;
	box.classList.add(side);
	box.insertAdjacentHTML("beforeend", " <span class=mark>" + words + "</span>");
}
