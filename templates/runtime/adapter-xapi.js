/** The LMS by xAPI 1.0.3, launched as Tin Can packages are. @param {Course} course @returns {Promise<Adapter | undefined>} */
async function connect(course) {
	const kept = createSpare(() => sessionStorage, "cartable:launch:" + course.unit);
	const { search, pathname, hash } = location;
	let given = search;
	if (/[?&]endpoint=/.test(search)) {
		// The credentials leave the address bar for this tab's own storage, where a reload finds them.
		kept.keep(search, true);
		if (kept.read()?.text === search) guarded(() => history.replaceState(history.state, "", pathname + hash));
	} else given = kept.read()?.text ?? search;
	const launch = Object.fromEntries(new URLSearchParams(given));
	const actor = xapiActor(launch.actor);
	if (!launch.left && !(launch.endpoint && launch.activity_id && actor)) return;
	const adapter = xapiAdapter(course, launch, actor);
	return {
		...adapter,
		// Who comes to this tab next may be somebody else.
		open: again => launch.left ? null : adapter.open(again),
		close(leaving) {
			if (!leaving) kept.keep("left=1", true);
			return adapter.close(leaving);
		},
	};
}

/** Who learns: as launched, but for the shape of xAPI 0.9, which had lists. @param {string} text @returns {any} */
function xapiActor(text) {
	const actor = guarded(() => JSON.parse(text));
	for (const name in actor) if (actor[name]?.map && name !== "member") actor[name] = actor[name][0];
	const { account } = actor || {};
	if (account?.accountName) actor.account = { homePage: account.accountServiceHomePage, name: account.accountName };
	if (actor?.objectType === "Person") actor.objectType = "Agent";
	return actor;
}

/** @param {Course} course @param {Record<string, string>} launch @param {any} actor @returns {Adapter} */
function xapiAdapter(course, launch, actor) {
	const { endpoint, auth, activity_id: activity, registration, activity_platform: platform, grouping } = launch;
	const agent = JSON.stringify(actor);
	const began = now();
	/** @type {Voice} */
	const voice = {
		clock: createClock(),
		learner: agent + registration,
		where: { activityId: activity, agent, ...(registration && { registration }) },
		statement(fact) {
			const { id, verb, result, at: timestamp } = fact;
			const page = fact.q && course.question(fact.q)?.page;
			const object = xapiObject(course, activity, fact);
			if (object.id === activity) object.definition = {
				name: { [course.language]: document.querySelector(".course-title")?.textContent || document.title },
				type: "http://adlnet.gov/expapi/activities/course",
			};
			return {
				id,
				actor,
				verb: adlVerb(verb),
				object,
				result,
				context: {
					registration,
					platform,
					language: course.language,
					contextActivities: {
						parent: page && page.quiz ? [{ id: activity + "/quiz/" + page.n }] : undefined,
						grouping: [activity, grouping].filter(Boolean).map(id => ({ id })),
					},
				},
				timestamp,
			};
		},
		end: () => outbox.doc().told.completed ? "terminated" : "suspended",
		seconds: () => (now() - began) / 1000,
		// There are no sessions: it is told as it was.
		adopt() {},
		result: (verb, result) => result,
		scores: true,
	};
	/** @type {Outbox} */
	const outbox = createOutbox(course, createLrs(endpoint, () => auth || ""), voice);
	return {
		...lrsRecorder(course, outbox, voice),
		async open() {
			if (!(await outbox.open())) return null;
			const { state, status, told } = outbox.doc();
			outbox.tell({ verb: told.began ? "resumed" : "initialized" });
			told.began = 1;
			return { mode: "", credit: true, learner: voice.learner, state, status, passMark: null };
		},
	};
}
