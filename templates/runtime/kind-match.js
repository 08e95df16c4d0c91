/** Prompts, each with the answer that belongs to it; there may be answers that belong to none. @returns {Kind} */
function matchKind() {
	return {
		code: 4,
		pack: response => putNumbers([], ...response),
		unpack: unpackNumbers,
		known({ parts }, response) {
			const given = givenIn(response);
			const answers = parts.map(({ n, to = n }) => to);
			return parts.flatMap(({ n, to }) => to && answers.includes(given.get(n)) ? [n, given.get(n)] : []);
		},
		grade(q, response) {
			const given = givenIn(response);
			return shareOfRight(q, q.parts.filter(({ to }) => to), ({ n, to }) => given.get(n) === to);
		},
		record: ({ parts }, response) => ({
			type: "matching",
			response: [...givenIn(response)],
			pattern: parts.flatMap(({ n, to }) => to ? [[n, to]] : []),
		}),
		view: matchView,
	};
}

/** @param {Course} course @param {QuestionData} q @param {any} form @returns {KindView} */
function matchView({ text }, { n: number, parts }, form) {
	const prompts = parts.filter(({ to }) => to);
	const select = (/** @type {number} */ n) => byId("q" + number + "-" + n);
	const first = select(prompts[0].n);
	/** The text of an answer stands in a list of its own when it is long, else in the options. @param {number} n */
	const answer = n => (byId("q" + number + "-" + n + "-text") || first.querySelector("[value='" + n + "']")).innerHTML;
	/** @param {LearnerResponse} response */
	const words = response => {
		const pairs = [...givenIn(response)].map(([n, to]) =>
			text("pair", { prompt: select(n).labels[0].innerHTML, answer: answer(to) }));
		return pairs.length ? "<ul><li>" + pairs.join("<li>") + "</ul>" : "";
	};
	showChips(text("chips"), first, form);
	return {
		first,
		read: () => prompts.flatMap(({ n }) => select(n).value ? [n, Number(select(n).value)] : []),
		show(response) {
			const given = givenIn(response);
			for (const { n } of prompts) select(n).value = given.get(n) || "";
		},
		problem() {
			const open = prompts.find(({ n }) => !select(n).value);
			return open && [text("choose-each"), select(open.n)];
		},
		mark(response, told) {
			const given = givenIn(response);
			for (const { n, to } of prompts) {
				const side = given.get(n) === to ? "right" : "wrong";
				sign(select(n).parentElement, told && given.has(n) && side, text("sign-" + side));
			}
		},
		words,
		right: () => words(prompts.flatMap(({ n, to }) => [n, to])),
		feedback: () => "",
	};
}

/**
 * Shows the answers once more, to be picked and put to a prompt by the pointer. It only sets the selects, which are
 * there for everybody.
 *
 * @param {string} words that say so @param {any} select one of them, with all the answers @param {any} form
 */
function showChips(words, select, form) {
	const pairs = form.querySelector(".match");
	const answers = [...select.options].slice(1).map(({ value, innerHTML }) => " <b data-to=" + value + ">" + innerHTML + "</b>");
	pairs.insertAdjacentHTML("beforebegin", "<p class=chips aria-hidden=true>" + words + answers.join("") + "</p>");
	const chips = pairs.previousElementSibling;
	chips.onclick = (/** @type {any} */ { target }) => {
		for (const chip of chips.children) chip.className = chip === target.closest("b") && !chip.className ? "picked" : "";
	};
	pairs.onclick = (/** @type {any} */ event) => {
		const chip = chips.querySelector(".picked");
		const place = chip && event.target.closest(".pair")?.querySelector(":enabled");
		if (!place) return;
		// A click on the label would open the list that has just been set.
		event.preventDefault();
		place.value = chip.dataset.to;
		chip.className = "";
		form.onchange();
	};
}
