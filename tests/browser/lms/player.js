// The page of the LMS around the content: it makes the API, opens the content
// one level below, sends what is saved to the server and tells the test what
// was called. The learner's record is on the server, so that it outlives a
// killed renderer. A classic script; load it last.

/**
 * @typedef {object} PlayerSettings
 * @property {number} session
 * @property {"strict" | "scorm-again"} engine
 * @property {"scorm12" | "scorm2004"} standard
 * @property {StrictOptions} lms
 * @property {ScormFaults} faults
 * @property {string} content address of the launch file
 * @property {string} shell address of the frame of another origin, or ""
 * @property {boolean} kept no `unload` here, since it bars the page from the back/forward cache
 */

/** @param {PlayerSettings} settings */
function startLmsPlayer(settings) {
	const news = createLmsNews(settings.session, settings.kept);
	const name = { scorm12: "API", scorm2004: "API_1484_11" }[settings.standard];
	const hooks = {
		vanish: () => Reflect.deleteProperty(window, name),
		/** @param {() => void} task */
		later: (task) => void setTimeout(task, 0),
	};
	// Only the scripts of one edition are on this page.
	const edition = settings.standard.replace("scorm", "Scorm");
	const create = /** @type {any} */ (window)[`create${settings.engine === "strict" ? "Strict" : "Again"}${edition}`];
	const lms = create({
		...settings.lms, faults: settings.faults, hooks,
		// A clock with fractions: the order of what was sent is told by it.
		now: () => performance.now(),
		save: createLmsTransport(settings.session, news),
		onCall: (/** @type {ScormCall} */ call) => news.add("calls", call),
		onViolation: (/** @type {ScormViolation} */ violation) => news.add("violations", violation),
	});
	/** @type {Window | null} */
	let popup = null;
	const appear = () => {
		if (!settings.faults.absent) Object.assign(window, { [name]: lms.API });
	};
	if (settings.faults.lateBy) setTimeout(appear, settings.faults.lateBy);
	else appear();
	return {
		openFrame: () => openLmsFrame(settings.shell || settings.content, settings.shell ? "shell" : "content"),
		openPopup: () => void (popup = window.open(settings.content, "content", "width=900,height=700")),
		closePopup: () => popup?.close(),
		/** The content's document goes: all calls that will come have come. */
		contentGone: () => news.add("gone", settings.session),
		/** How much the test should have heard by now. */
		progress: () => ({ calls: lms.calls.length, saves: news.saves() }),
	};
}

/** @param {string} address @param {string} name @returns {Promise<void>} */
function openLmsFrame(address, name) {
	return new Promise((resolve) => {
		const frame = document.createElement("iframe");
		frame.id = "scorm_object";
		frame.name = name;
		frame.title = "Content";
		frame.allowFullscreen = true;
		frame.addEventListener("load", () => resolve(), { once: true });
		frame.src = address;
		document.body.append(frame);
	});
}

/**
 * What the test must hear of. A binding of the test's carries it while the page
 * lives; from the page's dismissal on the binding is deaf, beacons are not.
 * They share their 64 KiB with what is saved, so they are sent after it, and cut.
 * @param {number} session @param {boolean} kept
 */
function createLmsNews(session, kept) {
	/** @type {Record<string, unknown[]>} */
	let waiting = {};
	let [leaving, scheduled, saves] = [false, false, 0];
	for (const event of ["beforeunload", "pagehide", ...(kept ? [] : ["unload"])]) addEventListener(event, () => (leaving = true));
	addEventListener("pageshow", () => (leaving = false));
	const flush = () => {
		const all = { session, ...waiting };
		[waiting, scheduled] = [{}, false];
		if (leaving) sendLmsNews(`/lms/news/${session}`, all);
		else /** @type {any} */ (window).lmsNews(JSON.stringify(all));
	};
	return {
		/** @param {string} kind @param {unknown} item */
		add(kind, item) {
			(waiting[kind] ??= []).push(item);
			if (kind === "sent") saves++;
			// Microtasks still run in a page that is being dismissed, timers do not; and neither
			// when the page has gone but a pop-up goes on calling its functions.
			if (!document.defaultView) return flush();
			if (!scheduled) queueMicrotask(flush);
			scheduled = true;
		},
		saves: () => saves,
	};
}

/** As much of the news as the browser takes. @param {string} address @param {Record<string, any>} news */
function sendLmsNews(address, news) {
	for (const length of [500, 40]) {
		const body = JSON.stringify(news, (_key, value) => (typeof value === "string" && value.length > length ? `${value.slice(0, length)}…` : value));
		if (navigator.sendBeacon(address, body)) return;
	}
	// So many calls at the door that their log is too long: those that went well are only counted.
	/** @param {ScormCall} call */
	const plain = (call) => !call.err && /^[gs]et$/.test(call.does);
	const told = news.calls ?? [];
	const untold = told.filter(plain).map((/** @type {ScormCall} */ call) => call.n);
	const calls = told.filter((/** @type {ScormCall} */ call) => !plain(call));
	navigator.sendBeacon(address, JSON.stringify({ ...news, calls, untold }));
}

/**
 * Saves as Moodle does: a synchronous request, or, where the browser refuses
 * one because a page is being dismissed, a beacon, which nobody answers.
 * @param {number} session @param {ReturnType<typeof createLmsNews>} news
 * @returns {(save: ScormSave) => boolean}
 */
function createLmsTransport(session, news) {
	let seq = 0;
	return (save) => {
		const body = JSON.stringify({ seq: seq + 1, at: performance.timeOrigin + performance.now(), ...save });
		const { ok, via } = sendLmsSave(`/lms/save/${session}`, body);
		// A beacon that was refused has not been sent: its number is free.
		if (ok || via === "xhr") seq += 1;
		if (ok || via === "xhr") news.add("sent", { seq, via });
		else news.add("lost", { kind: save.kind, length: body.length });
		return ok;
	};
}

/** @param {string} address @param {string} body @returns {{ ok: boolean, via: "xhr" | "beacon" }} */
function sendLmsSave(address, body) {
	const request = new XMLHttpRequest();
	try {
		request.open("POST", `${address}?via=xhr`, false);
		request.send(body);
	} catch {
		return { ok: navigator.sendBeacon(`${address}?via=beacon`, body), via: "beacon" };
	}
	return { ok: request.responseText === "true", via: "xhr" };
}
