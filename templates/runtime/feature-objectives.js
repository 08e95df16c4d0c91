/** How well each objective of a quiz was met, and what to read again: for the result of an attempt. @param {Course} course @param {Learner} learner @param {PageData} page */
function objectivesHtml({ text, objectives = [] }, learner, page) {
	const asked = learner.asked(page);
	const items = objectives.flatMap(({ title }, at) => {
		const tests = asked.filter(q => q.points && q.objective === at);
		const points = tests.reduce((sum, q) => sum + learner.points(q), 0) / 100;
		const max = tests.reduce((sum, q) => sum + q.points, 0) / 100;
		const word = points < max ? (points < max / 2 ? "to-work-on" : "partly-met") : "met";
		return max ? ["<li>" + title + " <strong>" + text(word) + "</strong> " + text("points", { points, max })] : [];
	});
	const again = asked.filter(q => q.read && learner.answer(q).status < 3 && learner.showsVerdict(q)).map(q => q.read);
	/** @param {string} heading @param {Iterable<string | undefined>} lines */
	const list = (heading, lines) => "<h3>" + text(heading) + "</h3><ul class=objectives>" + [...lines].join("") + "</ul>";
	return [
		items.length ? list("by-objective", items) : "",
		again.length ? list("read-again", [...new Set(again)].map(links => "<li>" + links)) : "",
	].join("");
}
