/** What went well, by objective, and what to read again. @param {Course} course @param {Learner} learner @param {PageData} page */
function objectivesHtml(course, learner, page) {
	const { text } = course;
	const asked = learner.asked(page);
	const scored = asked.filter(q => q.points);
	const items = course.objectives.flatMap(({ title }, at) => {
		const questions = scored.filter(q => q.objective === at);
		const sum = (/** @type {(q: QuestionData) => number} */ of) => questions.reduce((total, q) => total + of(q), 0);
		if (!questions.length) return [];
		const points = { points: sum(learner.points) / 100, max: sum(q => q.points) / 100 };
		const share = points.points / points.max;
		const mark = share < 1 ? (share < 0.5 ? "objective-open" : "objective-partly") : "objective-met";
		return ["<li>" + escapeHtml(title) + " <span>" + text(mark) + " " + text("points", points) + "</span>"];
	});
	const links = asked.filter(q => q.read && learner.answer(q).status < 3 && learner.showsVerdict(q)).map(q => q.read);
	return [
		items.length ? "<h3>" + text("by-objective") + "</h3><ul>" + items.join("") + "</ul>" : "",
		links.length ? "<h3>" + text("read-again") + "</h3><ul><li>" + [...new Set(links)].join("<li>") + "</ul>" : "",
	].join("");
}
