/** Items to put into an order. The question data has them in the right one, the page in another. @returns {Kind} */
function orderKind() {
	return {
		code: 3,
		pack: response => putNumbers([], ...response),
		unpack: unpackNumbers,
		known: ({ parts }, response) => response.filter(n => parts.some(item => item.n === n)),
		grade: (q, response) => shareOfRight(q, q.parts.slice(1), item => response.length && isInPlace(q, response, item)),
		record: ({ parts }, response) => ({ type: "sequencing", response, pattern: parts.map(item => item.n) }),
		view: orderView,
	};
}

/** An order as it stands on the screen: what the learner has not seen when it was made comes last. @param {QuestionData} q @param {number[]} response @returns {number[]} */
function wholeOrder({ parts }, response) {
	return [...new Set([...response, ...parts.map(item => item.n)])];
}

/**
 * Whether an item is where it should be: at its place or, where each counts for itself, right after the one that it
 * should follow, as the first item has none.
 *
 * @param {QuestionData} q @param {number[]} response @param {PartData} item
 */
function isInPlace(q, response, item) {
	const order = wholeOrder(q, response);
	const [at, place] = [order.indexOf(item.n), q.parts.indexOf(item)];
	return q.credit && place ? order[at - 1] === q.parts[place - 1].n : at === place;
}

/** @param {Course} course @param {QuestionData} q @param {any} form @returns {KindView} */
function orderView({ text }, q, form) {
	const { parts } = q;
	const [list, status] = [".order", ".order + [role]"].map(part => form.querySelector(part));
	const box = (/** @type {number} */ n) => byId("q" + q.n + "-" + n);
	const label = (/** @type {any} */ item) => byId(item.id + "-text");
	const html = (/** @type {number} */ n) => label(box(n)).innerHTML;
	/** @returns {number[]} */
	const read = () => [...list.children].map(({ id }) => Number(id.split("-")[1]));
	const written = read();
	for (const button of list.querySelectorAll("button")) button.hidden = false;
	/** @param {number[]} order */
	const words = order => order.length ? "<ol><li>" + order.map(html).join("<li>") + "</ol>" : "";

	/** @param {any} item @param {string} key */
	const say = (item, key) => {
		const at = [...list.children].indexOf(item) + 1;
		status.textContent = text(key, { item: label(item).textContent, at, all: parts.length });
	};

	/** @param {any} item */
	const moved = item => {
		say(item, "moved");
		form.onchange();
	};

	list.onclick = (/** @type {any} */ { target }) => {
		const step = Number(target.value);
		if (!step) return;
		const item = target.closest("li");
		const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
		if (!other) return say(item, step < 0 ? "is-first" : "is-last");
		// At once: what glides would hide the button that has the focus.
		if (step < 0) item.after(other);
		else item.before(other);
		target.focus();
		moved(item);
	};
	dragOrder(list, moved);

	return {
		first: form,
		read,
		show(response) {
			const order = response.length ? wholeOrder(q, response) : written;
			// Nothing that is in its place already is touched, or it would lose the focus.
			if (String(order) === String(read())) return;
			list.append(...order.map(box));
			status.textContent = "";
		},
		mark(response, told) {
			for (const item of parts) {
				const side = isInPlace(q, response, item) ? "right" : "wrong";
				sign(box(item.n), told && response.length && side, text("place-" + side));
			}
		},
		words,
		right: () => words(parts.map(({ n }) => n)),
		feedback: response =>
			parts.map(item => (response.length && !isInPlace(q, response, item) && item.feedback) || "").join(""),
	};
}

/** Lets an item glide down to its place from so far above it, for who does not mind motion. @param {any} item @param {number} y */
function glide(item, y) {
	if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
	item.animate([{ transform: "translateY(" + y + "px)" }, { transform: "none" }], 150);
}

/**
 * Lets the items of a list be dragged, by a grip where a finger would scroll the page. Nothing happens when the
 * pointer goes down: it must move first. Escape calls it off, and so may the browser. The buttons do the same.
 *
 * @param {any} list @param {(item: any) => void} moved
 */
function dragOrder(list, moved) {
	/** @type {any} */
	let item;
	/** @type {any[]} */
	let before;
	let y = 0;
	/** @type {any} */
	let held;

	/** @param {any} dropped Or called off. */
	const end = dropped => {
		if (item) {
			const { top } = item.getBoundingClientRect();
			item.classList.remove("dragged");
			item.style.transform = "";
			if (!dropped) list.append(...before);
			else if (before.some((other, at) => other !== list.children[at])) moved(item);
			glide(item, top - item.getBoundingClientRect().top);
		}
		held = item = null;
	};

	for (const item of list.children) item.insertAdjacentHTML("beforeend", "<span class=grip aria-hidden=true>≡</span>");
	list.onpointerdown = (/** @type {any} */ { target, pointerType, button, pageY }) => {
		const takes = pointerType === "touch" ? target.matches(".grip") : !button && !target.closest("button, a");
		held = takes && !list.closest(":disabled") && target.closest("li");
		before = [...list.children];
		y = pageY;
	};
	list.onpointermove = (/** @type {any} */ { buttons, pageY, pointerId }) => {
		if (!held || !buttons) return end(true);
		if (!item) {
			if (Math.abs(pageY - y) < 6) return;
			list.setPointerCapture(pointerId);
			item = held;
			item.classList.add("dragged");
		}
		const step = pageY < y ? -1 : 1;
		for (;;) {
			const other = step < 0 ? item.previousElementSibling : item.nextElementSibling;
			// Further than to the middle of the other, or both would change places to and fro.
			if (!other || (pageY - y) * step < other.offsetHeight / 2 + 8) break;
			const [top, place] = [item.offsetTop, other.offsetTop];
			if (step < 0) item.after(other);
			else item.before(other);
			glide(other, place - other.offsetTop);
			y += item.offsetTop - top;
		}
		item.style.transform = "translateY(" + (pageY - y) + "px)";
	};
	list.onpointerup = list.onpointercancel = (/** @type {any} */ { type }) => end(type === "pointerup");
	addEventListener("keydown", ({ key }) => key === "Escape" && end(false));
}
