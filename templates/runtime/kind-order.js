/** Items to put into an order. The question data has them in the right one, the page in another. @returns {Kind} */
function orderKind() {
	return {
		code: 3,
		pack: response => putNumbers([], ...response),
		unpack: unpackNumbers,
		known: ({ parts }, response) => response.filter(n => parts.some(item => item.n === n)),
		grade(q, response) {
			const right = q.parts.map(item => item.n);
			const order = wholeOrder(q, response);
			// Which items come right after the one that they should follow: all but the first can.
			const follow = right.filter((n, at) => at && order[order.indexOf(n) - 1] === right[at - 1]);
			const fraction = response.length ? follow.length / (right.length - 1) : 0;
			return q.credit || fraction === 1 ? fraction : 0;
		},
		record: ({ parts }, response) => ({ type: "sequencing", response, pattern: parts.map(item => item.n) }),
		view: orderView,
	};
}

/** An order as it stands on the screen: what the learner has not seen when it was made comes last. @param {QuestionData} q @param {number[]} response @returns {number[]} */
function wholeOrder({ parts }, response) {
	return [...new Set([...response, ...parts.map(item => item.n)])];
}

/** @param {Course} course @param {QuestionData} q @param {any} form @returns {KindView} */
function orderView({ text }, q, form) {
	const { parts } = q;
	const [list, status] = [".order", ".order + [role]"].map(part => form.querySelector(part));
	const box = (/** @type {number} */ n) => byId("q" + q.n + "-" + n);
	const html = (/** @type {number} */ n) => box(n).firstElementChild.innerHTML;
	/** @returns {number[]} */
	const read = () => [...list.children].map(({ id }) => Number(id.split("-")[1]));
	const written = read();

	/** @param {HTMLElement} item @param {number} step -1 or 1 */
	const move = (item, step) => {
		const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
		const values = { item: item.firstElementChild?.textContent, all: parts.length };
		if (!other) return (status.textContent = text(step < 0 ? "is-first" : "is-last", values));
		// The neighbour goes past the item: to move the item itself would take the focus from its button.
		if (step < 0) item.after(other);
		else item.before(other);
		status.textContent = text("moved", { ...values, at: [...list.children].indexOf(item) + 1 });
		form.onchange();
	};

	list.onclick = (/** @type {any} */ { target }) => {
		if (!target.value) return;
		move(target.closest("li"), Number(target.value));
		target.focus();
	};

	return {
		first: list.querySelector("button"),
		read,
		show(response) {
			const order = response.length ? wholeOrder(q, response) : written;
			// Nothing that is in its place already is touched, or it would lose the focus.
			if (String(order) !== String(read())) list.append(...order.map(box));
		},
		mark(response, told) {
			const order = wholeOrder(q, response);
			for (const [at, n] of order.entries()) {
				const side = n === parts[at].n ? "right" : "wrong";
				sign(box(n), told && response.length ? side : "", text("place-" + side));
			}
		},
		words: response => response.map((n, at) => at + 1 + ". " + html(n)).join(text("join")),
		right: () => "<ol>" + parts.map(({ n }) => "<li>" + html(n) + "</li>").join("") + "</ol>",
		feedback(response) {
			const order = wholeOrder(q, response);
			return parts.map((item, at) => (response.length && order[at] !== item.n && item.feedback) || "").join("");
		},
	};
}
