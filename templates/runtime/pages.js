/**
 * One page at a time: the sections of the document, the contents, the progress. Without it all sections show.
 *
 * @typedef {ReturnType<typeof createPages>} Pages
 *
 * @param {World} world @param {Course} course
 * @param {{shown: (page: number) => void, viewed: (page: number) => void}} on
 */
function createPages({ win, doc }, course, on) {
	const sections = /** @type {HTMLElement[]} */ ([...doc.querySelectorAll("main > section")]);
	const contents = /** @type {HTMLDetailsElement} */ (doc.getElementById("contents"));
	const progress = /** @type {HTMLElement} */ (doc.getElementById("progress"));
	const { title } = doc;
	/** @type {HTMLElement | null} */
	let current = null;

	/** @param {Element | null} section */
	const numberOf = (section) => Number(section?.id.slice(1)) || 0;
	/** @param {Element} section */
	const heading = (section) => /** @type {HTMLElement} */ (section.querySelector("h1"));
	/** @param {string} id */
	const linkTo = (id) => /** @type {HTMLAnchorElement} */ (contents.querySelector('a[href="#' + id + '"]'));

	/** @param {HTMLElement} section */
	const show = (section) => {
		if (section === current) return;
		if (current) {
			linkTo(current.id).removeAttribute("aria-current");
			on.viewed(numberOf(current));
		}
		current = section;
		for (const other of sections) other.hidden = other !== section;
		linkTo(section.id).setAttribute("aria-current", "page");
		doc.title = heading(section).textContent + " – " + title;
		win.scrollTo(0, 0);
		on.shown(numberOf(section));
	};

	/** Goes where the address says; an address that names nothing means the first page. */
	const follow = () => {
		const target = doc.getElementById(decodeURIComponent(win.location.hash.slice(1)) || sections[0].id);
		const section = /** @type {HTMLElement | null} */ (target?.closest("main > section"));
		if (!target || !section) return;
		show(section);
		const place = target === section ? heading(section) : target;
		place.tabIndex = -1;
		place.focus();
	};

	return {
		/** Begins to show one page at a time. */
		start() {
			doc.documentElement.classList.add("paged");
			progress.hidden = false;
			// Beside the page where there is room, closed above it elsewhere; see the style sheet.
			const room = win.matchMedia("(min-width: 64em)");
			contents.open = room.matches;
			room.onchange = () => (contents.open = room.matches);
			contents.onclick = ({ target }) => {
				if (!(target instanceof HTMLAnchorElement)) return;
				contents.open = room.matches;
				if (target.hash === win.location.hash) follow();
			};
			win.onhashchange = follow;
			const ends = new IntersectionObserver((entries) => {
				for (const entry of entries) if (entry.isIntersecting) on.viewed(numberOf(entry.target.parentElement));
			});
			for (const section of sections) ends.observe(/** @type {Element} */ (section.lastElementChild));
			const asked = doc.getElementById(win.location.hash.slice(1))?.closest("main > section");
			show(/** @type {HTMLElement} */ (asked || sections[0]));
		},
		/** Takes up an earlier visit, unless the learner has gone somewhere already. @param {number} page */
		resume(page) {
			const section = doc.getElementById("p" + page);
			if (section && current === sections[0] && !win.location.hash) show(section);
		},
		/** @param {number} page */
		title: (page) => heading(/** @type {Element} */ (doc.getElementById("p" + page))).textContent,
		/** Marks what is done. @param {(page: PageData) => boolean} isDone */
		mark(isDone) {
			const required = course.pages.filter((page) => page.required);
			const done = required.filter(isDone);
			for (const { n } of done) {
				const link = linkTo("p" + n);
				if (!link.matches(".done")) link.insertAdjacentHTML("beforeend", " <span>" + course.text("done") + "</span>");
				link.classList.add("done");
			}
			const values = { done: done.length, all: required.length };
			const [bar, label] = progress.querySelectorAll("progress, span");
			Object.assign(bar, { max: values.all, value: values.done });
			label.textContent = course.text("progress", values);
		},
	};
}
