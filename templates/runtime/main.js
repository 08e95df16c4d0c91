/** Puts everything together. */
function start() {
	const course = linkCourse(JSON.parse(byId("course-data").textContent), questionKinds());
	const { text } = course;
	const [save, alert, leave, left] = ["save", "alert", "leave", "left"].map(byId);
	const outcome = () => learner.outcome(tracker.passMark());
	let shownAt = now();

	const tracker = createTracker(course, state => {
		const before = save.dataset.state;
		const time = new Date().toLocaleTimeString(course.language, { hour: "2-digit", minute: "2-digit" });
		save.dataset.state = state;
		save.textContent = text("save-" + state, { time });
		if (/failed|moved|reopen/.test(state) && state !== before) alert.textContent = text("alert-" + state);
		if (state === "saved" && before === "failed") alert.textContent = text("alert-saved");
		if (tracker.isOver()) paint();
	});
	const { learner, changed, playable } = tracker;

	const pages = createPages(course, {
		shown(page) {
			shownAt = now();
			if (!page) return;
			learner.state.place = page.n;
			changed("turn");
		},
		viewed(page) {
			const { viewed } = learner.state;
			if (!page || !playable() || viewed.has(page.n)) return;
			viewed.add(page.n);
			changed(outcome().done ? "answer" : "turn");
			paintProgress();
		},
	});

	/** What is still missing, with links, or that nothing is. */
	const next = () => {
		const { done, failed, missing } = outcome();
		if (done || failed) return "<p>" + text(done ? "course-done" : "course-failed");
		const links = missing.map(page => "<li><a href='#p" + page.n + "'>" + pages.title(page) + "</a></li>");
		return links.length ? "<p>" + text("missing") + "</p><ul>" + links.join("") + "</ul>" : "";
	};

	/** @param {QuestionData[]} questions */
	const finished = questions => {
		tracker.answered(questions.map(q => answeredNow(learner, q, (now() - shownAt) / 1000)));
		changed("answer");
		paintProgress();
	};

	const paintProgress = () => {
		const { done, missing } = outcome();
		const { state, quiz } = learner;
		pages.mark(page => !missing.includes(page) && (page.quiz ? quiz(page).count : state.viewed.has(page.n)));
		leave.hidden = !tracker.records();
		leave.textContent = text(done ? "finish" : "leave");
	};

	const paint = () => {
		for (const view of [...views.values(), ...quizzes.values()]) view.paint();
		paintProgress();
	};

	/** @type {Map<PageData, QuizView>} */
	const quizzes = new Map();
	/** @type {Map<QuestionData, QuestionView>} */
	const views = new Map();
	for (const q of course.questions) {
		const validated = () => {
			finished(q.page.record ? [q] : []);
			quizzes.get(q.page)?.settle();
		};
		views.set(q, createQuestion(course, q, tracker, validated));
	}
	for (const page of course.pages) {
		if (page.quiz) quizzes.set(page, createQuiz(course, page, views, tracker, { finished, next }));
	}

	leave.onclick = () => {
		const saved = tracker.close(false);
		paint();
		left.hidden = false;
		document.body.className = "paged over";
		left.firstElementChild.innerHTML = "<h1 tabindex=-1>" + text(saved ? "left" : "left-unsaved") + "</h1>" + next();
		left.querySelector("h1").focus();
	};
	// After the end of a session the way back into the course is a new one.
	left.onclick = (/** @type {any} */ { target }) => {
		if (target.matches("a, button")) setTimeout(() => location.reload());
	};
	document.onvisibilitychange = () => document.hidden && tracker.hide();
	window.onpagehide = () => void tracker.close(true);
	window.onpageshow = event => event.persisted && tracker.isOver() && location.reload();

	pages.start();
	paint();
	tracker.open().then(choice => {
		const news = choice?.restored ? "alert-restored" : choice?.foreign && "alert-foreign";
		if (news) alert.textContent = text(news);
		pages.resume(learner.state.place);
		paint();
	});
	startFeatures(course);
}

try {
	start();
} catch (error) {
	// Whatever fails, the text stays readable.
	document.body.className = "";
	for (const section of document.querySelectorAll("main > section")) section.removeAttribute("hidden");
	console.error("cartable:", error);
}
