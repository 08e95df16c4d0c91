/** The LMS by cmi5 (Quartz, first edition). @param {Course} course @returns {Promise<Adapter | undefined>} */
async function connect(course) {
	const { search, pathname, hash } = location;
	const kept = createSpare(() => sessionStorage, "cartable:cmi5:" + course.unit);
	/** What a reload in the same session has to know. @type {{search: string, token?: string, first?: any, told?: number, over?: number}} */
	let session = guarded(() => JSON.parse(kept.read()?.text || "")) || { search };
	if (/[?&]fetch=/.test(search) && session.search !== search) session = { search };
	const { endpoint, actor, registration, activityId, fetch: tokens } = Object.fromEntries(new URLSearchParams(session.search));
	if (!endpoint || !tokens) return;
	const keep = () => kept.keep(JSON.stringify(session), true);
	keep();
	// Who the learner is leaves the address bar for this tab's own storage, where a reload finds it.
	if (kept.read()) guarded(() => history.replaceState(history.state, "", pathname + hash));
	const clock = createClock();
	clock(Date.parse(session.first?.timestamp) || 0);
	/** LMS.LaunchData (cmi5 10.0). @type {any} */
	let data;

	/** @type {Voice} */
	const voice = {
		clock,
		learner: actor + registration,
		where: { activityId, agent: actor, registration },
		statement(fact) {
			const { id, verb, at: timestamp, was } = fact;
			const { contextTemplate: template = {}, masteryScore: mark } = data;
			const { contextActivities: given = {} } = template;
			/** What the LMS says is added to, never overwritten (cmi5 9.6). @param {string} name @param {string[]} ids */
			const add = (name, ids) => {
				const list = [...(given[name] || []), ...ids.map(id => ({ id }))];
				return list.length ? list : undefined;
			};
			const iri = "https://w3id.org/xapi/cmi5/context/";
			const judged = /passed|failed/.test(verb);
			const defined = !/answered|scored|progressed/.test(verb);
			let { score } = fact.result || {};
			// One that says the contrary would be refused (cmi5 9.3.4): the mark may have changed since.
			if (judged && score && mark !== undefined && score.scaled < mark !== (verb === "failed")) score = undefined;
			const marks = ["cmi5", ...(judged || verb === "completed" ? ["moveon"] : [])].map(name => iri + "categories/" + name);
			return {
				id,
				actor: JSON.parse(actor),
				verb: adlVerb(verb),
				object: xapiObject(course, activityId, fact),
				result: fact.result && { ...fact.result, score },
				context: {
					...template,
					registration,
					contextActivities: {
						...given,
						category: add("category", defined ? marks : []),
						parent: add("parent", defined ? [] : [activityId]),
					},
					extensions: {
						...template.extensions,
						[iri + "extensions/masteryscore"]: judged && score ? mark : undefined,
						"urn:cartable:happened": was,
					},
				},
				timestamp,
			};
		},
		end: () => "terminated",
		seconds: () => (clock() - Date.parse(session.first.timestamp)) / 1000,
		// Its session is over: it is told in this one.
		adopt(fact, at) {
			fact.was ??= fact.at;
			fact.at = at;
		},
		result: (verb, { completion, success, score, duration }) =>
			verb === "completed" ? { completion, duration } : { success, score, duration },
		scores: false,
	};
	const lrs = createLrs(endpoint, () => "Basic " + session.token);
	const outbox = createOutbox(course, lrs, voice);
	const recorder = lrsRecorder(course, outbox, voice);
	let asked = false;
	const canReturn = () => /^https?:/.test(data.returnURL);
	const goBack = () => location.replace(data.returnURL);
	/** After the end a reload is no way back. */
	const finish = () => {
		session.over = 1;
		keep();
	};

	return {
		...recorder,
		async open() {
			const { where } = voice;
			if (!session.token) {
				// The LMS gives it once (cmi5 8.2).
				const { text } = await lrs.patient(() => fetch(tokens, { method: "POST" })
					.then(async response => ({ fate: fateOf(response.status, ""), text: await response.text() }))
					.catch(() => ({ fate: /** @type {Fate} */ ("later"), text: "" })));
				session.token = guarded(() => JSON.parse(text)["auth-token"]);
				keep();
			}
			if (!session.token || session.over) return null;
			const { text } = await lrs.patient(() => lrs.request("GET", "activities/state", { ...where, stateId: "LMS.LaunchData" }));
			data = guarded(() => JSON.parse(text));
			if (!data?.launchMode) return null;
			// To be asked for before the first statement (cmi5 11.0).
			const wishes = await lrs.patient(() => lrs.request("GET", "agents/profile", { agent: actor, profileId: "cmi5LearnerPreferences" }));
			if (/"audioPreference"\s*:\s*"off"/.test(wishes.text)) {
				for (const player of document.querySelectorAll("video, audio")) /** @type {any} */ (player).muted = true;
			}
			// The first statement, alone; told once in a session, however often the page is loaded.
			session.first ??= voice.statement({ id: uuid(), at: new Date(clock()).toISOString(), verb: "initialized" });
			keep();
			if (!session.told) {
				const { fate } = await lrs.patient(() => lrs.request("POST", "statements", {}, [session.first]));
				if (fate !== "done") return null;
				session.told = 1;
				keep();
			}
			if (!(await outbox.open())) return null;
			const mode = data.launchMode.toLowerCase();
			if (mode !== "normal") outbox.silence();
			addEventListener("pagehide", finish);
			const leave = byId("leave");
			leave.addEventListener("click", () => void (asked = true));
			if (mode !== "normal" && canReturn()) {
				// Where nothing is recorded there is no way out but this.
				const out = leave.cloneNode();
				out.hidden = false;
				out.textContent = course.text("finish");
				out.onclick = () => void recorder.close(false).then(goBack);
				leave.replaceWith(leave, out);
			}
			const { state, status } = outbox.doc();
			const mark = data.masteryScore;
			return {
				mode,
				credit: true,
				learner: voice.learner,
				state,
				status,
				passMark: mark >= 0 ? +(mark * 100).toFixed(6) : null,
			};
		},
		async close(leaving) {
			finish();
			const told = await recorder.close(leaving);
			// To be done in any case (cmi5 10.2.6), but what is not recorded is to be read first.
			if (asked && canReturn()) setTimeout(goBack, told ? 0 : 10000);
			return told;
		},
	};
}
