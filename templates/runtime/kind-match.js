/** Prompts, each with the answer that belongs to it; there may be answers that belong to none. @returns {Kind} */
function matchKind() {
	return {
		code: 4,
		pack: response => putNumbers([], ...response),
		unpack: unpackNumbers,
		known({ parts }, response) {
			const given = new Map(pairsOf(response));
			const answers = parts.map(({ n, to = n }) => to);
			return parts.flatMap(({ n, to }) => to && answers.includes(given.get(n)) ? [n, given.get(n)] : []);
		},
		grade({ parts, credit }, response) {
			const given = new Map(pairsOf(response));
			const prompts = parts.filter(({ to }) => to);
			const fraction = prompts.filter(({ n, to }) => given.get(n) === to).length / prompts.length;
			return credit || fraction === 1 ? fraction : 0;
		},
		record: ({ parts }, response) => ({
			type: "matching",
			response: pairsOf(response),
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
	/** @param {number} n @param {number} to */
	const pair = (n, to) => text("pair", { prompt: select(n).labels[0].innerHTML, answer: answer(to) });
	return {
		first,
		read: () => prompts.flatMap(({ n }) => select(n).value ? [n, Number(select(n).value)] : []),
		show(response) {
			const given = new Map(pairsOf(response));
			for (const { n } of prompts) select(n).value = given.get(n) || "";
		},
		problem() {
			const open = prompts.find(({ n }) => !select(n).value);
			return open && [text("choose-each"), select(open.n)];
		},
		mark(response, told) {
			const given = new Map(pairsOf(response));
			for (const { n, to } of prompts) {
				const side = given.get(n) === to ? "right" : "wrong";
				sign(select(n).parentElement, told && given.has(n) ? side : "", text("sign-" + side));
			}
		},
		words: response => pairsOf(response).map(([n, to]) => pair(n, to)).join(text("join")),
		right: () => "<ul>" + prompts.map(({ n, to = 0 }) => "<li>" + pair(n, to) + "</li>").join("") + "</ul>",
		feedback: () => "",
	};
}
