/** Puts everything together. */
function start() {
	const course = linkCourse(JSON.parse(byId("course-data").textContent), questionKinds());
	const { text } = course;
	const [save, alert, leave, left] = ["save", "alert", "leave", "left"].map(byId);
	let shownAt = now();
	let shown = "";

	const tracker = createTracker(course, state => {
		const before = shown;
		shown = state;
		save.textContent = text("save-" + state, {
			time: new Date().toLocaleTimeString(course.language, { timeStyle: "short" }),
		});
		const news = state === "saved" ? before === "failed" : state !== before && course.strings["alert-" + state];
		if (news) alert.textContent = text("alert-" + state);
		if (tracker.isOver()) paint();
	});
	const { learner, changed, outcome, playable } = tracker;

	const pages = createPages(course, {
		shown(page) {
			shownAt = now();
			if (!page) return;
			learner.state.place = page.n;
			changed(10000);
		},
		viewed(page) {
			const { viewed } = learner.state;
			if (!page || !playable() || viewed.has(page.n)) return;
			viewed.add(page.n);
			changed(outcome().done ? 0 : 10000);
			paintProgress();
		},
	});

	/** What is still missing, with links, or that nothing is. */
	const next = () => {
		const { done, failed, missing } = outcome();
		if (done || failed) return "<p>" + text(done ? "course-done" : "course-failed");
		const links = missing.map(page => "<li><a href='#p" + page.n + "'>" + pages.title(page) + "</a>");
		return links.length ? "<p>" + text("missing") + "</p><ul>" + links.join("") + "</ul>" : "";
	};

	/** @param {QuestionData[]} questions */
	const finished = questions => {
		tracker.answered(questions, (now() - shownAt) / 1000);
		changed(0);
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
		for (const { view } of [...course.questions, ...course.pages]) view?.paint();
		paintProgress();
	};

	for (const q of course.questions) {
		q.view = createQuestion(course, q, tracker, () => finished(q.page.record ? [q] : []));
	}
	for (const page of course.pages) {
		if (page.quiz) page.view = createQuiz(course, page, tracker, { finished, next });
	}

	leave.onclick = async () => {
		const closed = tracker.close(false);
		paint();
		const saved = await closed;
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
	onpagehide = () => void tracker.close(true);
	onpageshow = event => event.persisted && tracker.isOver() && location.reload();

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
	for (const { id } of document.querySelectorAll("main>section")) byId(id).hidden = false;
	console.error("cartable:", error);
}
