/**
 * Tables that learners filter: by words, which may stand anywhere in a row, and by the values of some columns. The
 * build has written the controls, hidden until now.
 *
 * @param {Course} course
 */
function startFilter({ language, text }) {
	const { compare } = new Intl.Collator(language, { numeric: true });
	/** @type {NodeListOf<any>} */
	const boxes = document.querySelectorAll(".filters");
	for (const box of boxes) {
		const [words, status] = ["input", "[role]"].map(part => box.querySelector(part));
		const selects = [...box.querySelectorAll("select")];
		const rows = [...box.nextElementSibling.querySelector("tbody").rows].map(row => ({
			row,
			words: wordsOf(row),
			values: selects.map(({ dataset }) => valuesOf(row.cells[dataset.column])),
		}));
		selects.forEach((select, at) => {
			// What differs by case, accents or spaces alone is one value, as it is written first.
			const values = new Map(rows.flatMap(({ values }) => values[at]).reverse().map(value => [folded(value), value]));
			const options = [...values].sort((a, b) => compare(a[1], b[1])).map(([folded, value]) => new Option(value, folded));
			select.append(...options);
		});
		/** @type {any} */
		let timer;

		const say = () => {
			const n = rows.filter(({ row }) => !row.hidden).length;
			status.textContent = text(n > 1 ? "rows" : n ? "rows-one" : "rows-none", { n, all: rows.length });
		};
		const filter = () => {
			const wanted = folded(words.value).split(" ");
			for (const { row, words, values } of rows) {
				row.hidden = !wanted.every(word => words.includes(word))
					|| !selects.every(({ value }, at) => !value || values[at].some(one => folded(one) === value));
			}
			clearTimeout(timer);
			timer = setTimeout(say, 500);
		};

		box.oninput = filter;
		// In a question these would be taken for an answer.
		box.onchange = (/** @type {Event} */ event) => event.stopPropagation();
		words.onkeydown = (/** @type {KeyboardEvent} */ { key }) => key !== "Enter";
		box.hidden = false;
	}
}

/** What is the same to somebody who looks for it. @param {string} words */
function folded(words) {
	return unaccented(evened(words).toLowerCase());
}

/** All that can be found in a row; not what is said of its links. @param {HTMLTableRowElement} row */
function wordsOf(row) {
	const copy = /** @type {HTMLTableRowElement} */ (row.cloneNode(true));
	for (const note of copy.querySelectorAll("small")) note.remove();
	return folded([...copy.cells].map(cell => valuesOf(cell).join(" ")).join(" "));
}

/** The values in a cell: its lines, without what joins them. @param {HTMLElement} cell */
function valuesOf(cell) {
	return [...cell.childNodes].map(line => (line.textContent || "").replace(/\s*;$/, "")).filter(Boolean);
}
