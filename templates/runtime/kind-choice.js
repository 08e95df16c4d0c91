/** Questions with choices: one is taken, or several. @param {boolean} several @returns {Kind} */
function choiceKind(several) {
	/** @param {QuestionData} q */
	const key = q => q.parts.filter(({ right }) => right).map(({ n }) => n);
	const sorted = (/** @type {number[]} */ numbers) => [...numbers].sort((a, b) => a - b);
	return {
		code: several ? 2 : 1,
		pack: response => several ? packSet(response) : putNumbers([], ...response),
		unpack: bytes => several ? unpackSet(bytes) : bytes.length ? [readerOf(bytes).number()] : [],
		known: ({ parts }, response) => parts.map(({ n }) => n).filter(n => response.includes(n)),
		grade({ parts, credit }, response) {
			const weighted = parts.some(({ weight }) => weight);
			const rights = parts.filter(({ right }) => right).length;
			let worth = 0;
			for (const { n, right, weight = 0 } of parts) {
				if (response.includes(n)) worth += weighted ? weight / 100 : right ? 1 / rights : 1 / (rights - parts.length);
			}
			// The build takes weights that make a whole but for 0.05 %: thirds are written with two decimals.
			return worth > (weighted ? 0.9994 : 1 - 1e-9) ? 1 : credit || weighted ? Math.max(0, worth) : 0;
		},
		record: (q, response) =>
			q.yes
				? { type: "true-false", response: response[0] === q.yes, pattern: key(q)[0] === q.yes }
				: { type: "choice", response: sorted(response), pattern: sorted(key(q)) },
		view({ text }, q) {
			const { n, parts } = q;
			const input = (/** @type {PartData} */ choice) => byId("q" + n + "-" + choice.n);
			/** @param {number[]} numbers */
			const words = numbers =>
				parts.filter(choice => numbers.includes(choice.n)).map(choice => input(choice).nextElementSibling.innerHTML).join(text("join"));
			return {
				first: input(parts[0]),
				read: () => parts.filter(choice => input(choice).checked).map(({ n }) => n),
				show(response) {
					for (const choice of parts) input(choice).checked = response.includes(choice.n);
				},
				mark(response, told, open) {
					for (const choice of parts) {
						const taken = response.includes(choice.n);
						const side = choice.right ? "right" : /** @type {any} */ (choice.weight) > 0 ? "partly" : "wrong";
						const says = told && (taken || (choice.right && open)) && side;
						sign(input(choice).parentElement, says, text("mark-" + (taken ? side : "missed")));
					}
				},
				words,
				right: () => words(key(q)),
				feedback: response => parts.map(choice => (response.includes(choice.n) && choice.feedback) || "").join(""),
			};
		},
	};
}
