/**
 * No LMS: the record is this browser's, one entry of local storage for the unit. Whoever clears the browser's data,
 * takes another browser or opens the file from elsewhere begins anew.
 *
 * @typedef {object} WebRecord
 * @property {string} [by] The window that has written it last.
 * @property {string} [state]
 * @property {number} [place]
 * @property {Status} [status]
 * @property {number} [score] Percent.
 * @property {number} [seconds] Of all sessions.
 *
 * @param {Course} course @returns {Promise<Adapter | undefined>}
 */
async function connect(course) {
	Object.assign(course.strings, JSON.parse(byId("web-strings").textContent));
	// From a disk browsers do not save what they can show: it must not take the place of the course.
	addEventListener("click", (/** @type {any} */ { target }) => {
		const link = location.protocol === "file:" && target.closest("a[download]");
		if (link) link.target = "_blank";
	});
	// Not among the spare copies, whose names begin with "cartable:" and which go after thirty days.
	const key = "cartable-web:" + course.unit;
	/** What is not ours, or was spoilt, is no record. @returns {WebRecord} */
	const read = () => guarded(() => Object(JSON.parse(localStorage.getItem(key) || "null"))) || {};
	/** Storage may be forbidden, or full, and may pretend. @param {WebRecord} record */
	const keep = record =>
		guarded(() => {
			const text = JSON.stringify(record);
			localStorage.setItem(key, text);
			return localStorage.getItem(key) === text;
		});
	if (!keep(read())) return;
	const adapter = webAdapter(course, key, read, keep);
	leadBack(course);
	offerErasure(course, () => {
		// Who still has the course open elsewhere must not write the old record again.
		keep({ by: "" + Math.random() });
		for (const name of Object.keys(localStorage)) {
			if (name.startsWith("cartable:" + course.unit + ":")) localStorage.removeItem(name);
		}
	});
	return adapter;
}

/** @param {Course} course @param {string} key @param {() => WebRecord} read @param {(record: WebRecord) => unknown} keep @returns {Adapter} */
function webAdapter(course, key, read, keep) {
	const me = "" + Math.random();
	/** @type {WebRecord} */
	let record = {};
	/** Of this session, and how many of them the record holds. */
	let seconds = 0;
	let counted = 0;
	let begun = false;

	/** Whether another window goes on with the record, or has erased it. */
	const taken = () => begun && ![undefined, me].includes(read().by);

	const save = () => {
		if (taken()) return false;
		record = { ...record, by: me, seconds: (read().seconds || 0) + seconds - counted };
		if (!keep(record)) return false;
		begun = true;
		counted = seconds;
		return true;
	};

	return {
		open() {
			record = read();
			return {
				mode: "normal",
				credit: true,
				learner: "this-browser",
				state: record.state || "",
				status: record.status || { completion: "", success: "unknown" },
				passMark: null,
			};
		},
		suspend: () => true,
		state: text => !!(record.state = text),
		place: page => !!(record.place = page),
		time(spent) {
			seconds = spent;
			return true;
		},
		score(percent) {
			record.score = percent;
			return true;
		},
		status: status => !!(record.status = status),
		// The answers are in the state, and there is nobody to report them to.
		count: () => 0,
		answer: () => true,
		commit: (leaving, then) => then(save()),
		close: save,
	};
}

/** What a platform's menu is elsewhere: the way to the other units. One file that holds a unit stands alone. @param {Course} course */
function leadBack({ strings }) {
	if (!strings["all-units"] || !document.querySelector("script[src]")) return;
	byId("contents").insertAdjacentHTML("beforebegin", "<p class=all-units><a href=index.html>" + strings["all-units"] + "</a></p>");
}

/** A way to begin anew, on the page about the course; folded, so that nobody takes it by a slip. @param {Course} course @param {() => void} erase */
function offerErasure({ text }, erase) {
	const place = byId("accessibility");
	const folded = "<details><summary>" + text("erase-summary") + "</summary><p>" + text("erase-warning") + "</p>";
	const button = "<p><span class=actions><button type=button id=erase>" + text("erase") + "</button></span></p></details>";
	place.insertAdjacentHTML("beforebegin", "<h2>" + text("kept-title") + "</h2><p>" + text("kept") + "</p>" + folded + button);
	byId("erase").onclick = () => {
		erase();
		location.hash = "";
		location.reload();
	};
}
