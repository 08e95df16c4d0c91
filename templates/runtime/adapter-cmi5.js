/** The LMS by cmi5 (Quartz, first edition). @param {Course} course @returns {Promise<Adapter | undefined>} */
async function connect(course) {
	const { endpoint, actor, registration, activityId, fetch: tokens } = Object.fromEntries(new URLSearchParams(location.search));
	if (!endpoint || !tokens) return;
	const kept = createSpare(() => sessionStorage, "cartable:cmi5:" + hash32(tokens));
	/** What a reload in the same session has to know. @type {{token?: string, first?: any, told?: number, over?: number}} */
	const session = guarded(() => JSON.parse(kept.read()?.text || "")) || {};
	const keep = () => kept.keep(JSON.stringify(session), true);
	/** LMS.LaunchData (cmi5 10.0). @type {any} */
	let data;

	/** @type {Voice} */
	const voice = {
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
	const outbox = createOutbox(lrs, voice);
	const recorder = lrsRecorder(course, outbox, voice);
	let asked = false;
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
				const answer = await fetch(tokens, { method: "POST" }).then(response => response.json()).catch(() => ({}));
				session.token = answer["auth-token"];
				keep();
			}
			if (!session.token || session.over) return null;
			const { text } = await lrs.request("GET", "activities/state", { ...where, stateId: "LMS.LaunchData" });
			data = guarded(() => JSON.parse(text));
			if (!data?.launchMode) return null;
			// To be asked for before the first statement (cmi5 11.0).
			const wishes = await lrs.request("GET", "agents/profile", { agent: actor, profileId: "cmi5LearnerPreferences" });
			if (/"audioPreference"\s*:\s*"off"/.test(wishes.text)) {
				for (const player of document.querySelectorAll("video, audio")) /** @type {any} */ (player).muted = true;
			}
			// The first statement, alone; told once in a session, however often the page is loaded.
			session.first ??= voice.statement({ id: uuid(), at: new Date(clock()).toISOString(), verb: "initialized" });
			keep();
			if (!session.told) {
				const { fate } = await lrs.request("POST", "statements", {}, [session.first]);
				if (fate !== "done") return null;
				session.told = 1;
				keep();
			}
			if (!(await outbox.open())) return null;
			const mode = data.launchMode.toLowerCase();
			if (mode !== "normal") outbox.silence();
			addEventListener("pagehide", finish);
			byId("leave").addEventListener("click", () => void (asked = true));
			const { state, status } = outbox.doc();
			const mark = data.masteryScore;
			return {
				mode,
				credit: true,
				learner: actor + registration,
				state,
				status,
				passMark: mark >= 0 ? +(mark * 100).toFixed(6) : null,
			};
		},
		async close(leaving) {
			finish();
			const told = await recorder.close(leaving);
			if (told && asked && /^https?:/.test(data.returnURL)) location.replace(data.returnURL);
			return told;
		},
	};
}
