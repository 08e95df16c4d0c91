/** Puts everything together. @param {World} world */
function start(world) {
	const { win, doc, now, date } = world;
	/** @param {string} id */
	const byId = (id) => /** @type {HTMLElement} */ (doc.getElementById(id));
	const course = indexCourse(JSON.parse(byId("course-data").textContent), questionKinds());
	const { text } = course;
	const [save, alert, leave, left] = ["save", "alert", "leave", "left"].map(byId);
	const learner = () => tracker.learner();
	const outcome = () => learner().outcome(tracker.passMark());
	let shownAt = now();

	const tracker = createTracker(world, course, (state) => {
		const before = save.dataset.state;
		const time = date().toLocaleTimeString(doc.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
		save.dataset.state = state;
		save.textContent = text("save-" + state, { time });
		if (/failed|moved|reopen/.test(state) && state !== before) alert.textContent = text("alert-" + state);
		if (state === "saved" && before === "failed") alert.textContent = text("alert-saved");
		if (tracker.isOver()) paint();
	});

	const pages = createPages(world, course, {
		shown(page) {
			shownAt = now();
			if (!page) return;
			learner().state.place = page;
			tracker.changed("turn");
		},
		viewed(page) {
			if (!course.page(page) || !tracker.playable() || learner().state.viewed.has(page)) return;
			learner().state.viewed.add(page);
			tracker.changed(outcome().done ? "answer" : "turn");
			paintProgress();
		},
	});

	/** What is still missing, with links, or that nothing is. */
	const next = () => {
		const { done, failed, missing } = outcome();
		if (done || failed) return "<p>" + text(done ? "course-done" : "course-failed");
		const links = missing.map((n) => "<li><a href='#p" + n + "'>" + pages.title(n) + "</a></li>");
		return links.length ? "<p>" + text("missing") + "</p><ul>" + links.join("") + "</ul>" : "";
	};

	/** @param {QuestionData[]} questions */
	const answered = (questions) => {
		tracker.answered(questions.map((question) => answeredNow(course, learner(), question, (now() - shownAt) / 1000, date())));
		tracker.changed("answer");
		paintProgress();
	};

	const paintProgress = () => {
		pages.mark(({ n, quiz }) => learner().state.viewed.has(n) && (!quiz || learner().quiz(n).count > 0));
		leave.hidden = !tracker.records();
		leave.textContent = text(outcome().done ? "finish" : "leave");
	};

	const paint = () => {
		for (const view of [...views.values(), ...quizzes.values()]) view.paint();
		paintProgress();
	};

	/** @type {Map<number, QuizView>} */
	const quizzes = new Map();
	/** @type {Map<number, QuestionView>} */
	const views = new Map();
	for (const question of course.questions) {
		const validated = () => {
			if (course.quizOf(question)) answered([question]);
			else tracker.changed("answer");
			quizzes.get(question.page)?.settle();
		};
		views.set(question.n, createQuestion(world, course, question, tracker, validated));
	}
	for (const page of course.pages.filter((page) => page.quiz)) {
		const retried = () => tracker.changed("answer");
		quizzes.set(page.n, createQuiz(world, course, page, views, tracker, { finished: answered, retried, next }));
	}

	leave.onclick = () => {
		const saved = tracker.close(false);
		paint();
		left.hidden = false;
		const message = /** @type {HTMLElement} */ (left.firstElementChild);
		message.innerHTML = "<h2 tabindex=-1>" + text(saved ? "left" : "left-unsaved") + "</h2>" + next();
		/** @type {HTMLElement} */ (message.firstElementChild).focus();
	};
	// After the end of a session the way back into the course is a new one.
	left.onclick = ({ target }) => {
		if (/** @type {Element} */ (target).matches("a, button")) win.setTimeout(() => win.location.reload());
	};
	doc.onvisibilitychange = () => doc.hidden && tracker.hide();
	win.onpagehide = () => void tracker.close(true);
	win.onpageshow = (event) => event.persisted && tracker.isOver() && win.location.reload();

	pages.start();
	paint();
	tracker.open().then((choice) => {
		if (choice?.restored) alert.textContent = text("alert-restored");
		if (choice?.foreign) alert.textContent = text("alert-foreign");
		pages.resume(learner().state.place);
		paint();
	});
}

try {
	start({ win: window, doc: document, now: () => performance.now(), date: () => new Date() });
} catch (error) {
	// Whatever fails, the text stays readable.
	document.documentElement.classList.remove("paged");
	for (const section of document.querySelectorAll("main > section")) section.removeAttribute("hidden");
	console.error("cartable:", error);
}
