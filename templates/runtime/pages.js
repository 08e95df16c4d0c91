/**
 * One page at a time: the sections of the document, the contents, the progress. Without it all sections show.
 *
 * @typedef {ReturnType<typeof createPages>} Pages
 *
 * @param {Course} course
 * @param {{shown: (page?: PageData) => void, viewed: (page?: PageData) => void}} on
 */
function createPages(course, on) {
	/** @type {any[]} */
	const sections = [...document.querySelectorAll("main>section")];
	const [contents, progress] = ["contents", "progress"].map(byId);
	const { title } = document;
	/** @type {any} */
	let current;

	/** @param {HTMLElement} section */
	const pageOf = section => course.page(+section.id.slice(1));
	/** @param {string} id @returns {any} */
	const linkTo = id => contents.querySelector('a[href="#' + id + '"]');

	/** @param {any} section */
	const show = section => {
		if (section === current) return;
		if (current) {
			linkTo(current.id).removeAttribute("aria-current");
			on.viewed(pageOf(current));
		}
		current = section;
		for (const other of sections) other.hidden = other !== section;
		linkTo(section.id).setAttribute("aria-current", "page");
		const heading = section.querySelector("h1");
		heading.tabIndex = -1;
		document.title = heading.textContent + " – " + title;
		scrollTo(0, 0);
		on.shown(pageOf(section));
	};

	/** Goes where the address says; an address that names nothing means the first page. */
	const follow = () => {
		const target = byId(decodeURIComponent(location.hash.slice(1)) || sections[0].id);
		const section = target?.closest("main>section");
		if (!section) return;
		show(section);
		const place = target === section ? section.querySelector("h1") : target;
		place.tabIndex = -1;
		place.focus();
	};

	return {
		/** Begins to show one page at a time. */
		start() {
			document.body.className = "paged";
			progress.hidden = false;
			// Beside the page where there is room, closed above it elsewhere; see the style sheet.
			const room = matchMedia("(min-width: 64em)");
			const fold = () => (contents.open = room.matches);
			fold();
			room.onchange = fold;
			contents.onclick = (/** @type {any} */ { target }) => {
				if (target.hash) fold();
				if (target.hash !== location.hash) return;
				follow();
				// The browser would go there itself, and take the focus away.
				return false;
			};
			onhashchange = follow;
			// As a link it would put an address into the history that is no page's.
			byId("skip").onclick = () => byId("content").focus() || false;
			const ends = new IntersectionObserver(entries => {
				for (const { isIntersecting, target } of entries) {
					if (isIntersecting && target.parentElement) on.viewed(pageOf(target.parentElement));
				}
			});
			for (const section of sections) ends.observe(section.lastElementChild);
			show(byId(location.hash.slice(1))?.closest("main>section") || sections[0]);
		},
		/** Takes up an earlier visit, unless the learner has gone somewhere already. @param {number} page */
		resume(page) {
			if (page && current === sections[0] && !location.hash) show(byId("p" + page));
		},
		/** @param {PageData} page */
		title: ({ n }) => byId("p" + n).querySelector("h1").innerHTML,
		/** Marks what is done. @param {(page: PageData) => unknown} isDone */
		mark(isDone) {
			const { required } = course;
			const done = required.filter(isDone);
			for (const { n } of done) {
				const link = linkTo("p" + n);
				if (!link.lastElementChild) link.innerHTML += " <b aria-hidden=true>✓</b><span>" + course.text("done") + "</span>";
			}
			const [bar, label] = progress.querySelectorAll("progress, span");
			bar.max = required.length;
			bar.value = done.length;
			label.textContent = course.text("progress", { done: bar.value, all: bar.max });
		},
	};
}
