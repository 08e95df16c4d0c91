/**
 * What both standards that speak xAPI 1.0.3 share: requests to the learning record store (LRS), the document of ours in
 * which everything stands before it is sent, and what is told.
 *
 * A fact is what must reach the LRS: an answer, a result. A statement tells it, always under the same id, so that an
 * LRS itself refuses to hear it twice (xAPI, Communication 2.1.2).
 *
 * @typedef {object} Fact
 * @property {string} id A UUID, of the fact and of every statement that tells it.
 * @property {string} at The time that its statement tells.
 * @property {string} verb The last part of the IRI of a verb of ADL.
 * @property {string} [was] When it happened, if it is told in a later session.
 * @property {number} [page] The quiz that it is about.
 * @property {number} [q] The question that it is about.
 * @property {string} [slug] Of the question.
 * @property {Recorded["type"]} [type] Of the answer.
 * @property {string[]} [right] The answers that are right.
 * @property {any} [result]
 * @property {number} [no] In how many sessions it was refused.
 *
 * @typedef {Pick<Fact, "verb"> & Partial<Fact>} News
 *
 * @typedef {object} LrsDocument
 * @property {number} v
 * @property {string} state
 * @property {Status} status
 * @property {Record<string, number>} told What was made a fact of already, and how many answers.
 * @property {Fact[]} facts Not acknowledged yet.
 *
 * @typedef {object} Reply
 * @property {number} status 0 when there was none.
 * @property {string} text
 * @property {Fate} fate
 * @property {string | null} [etag]
 * @property {number} [rest] Seconds for which the LRS wants to be left alone.
 *
 * @typedef {"done" | "later" | "over" | "no"} Fate Of what was asked for, by the reply: all is well; to be tried again; the session is over; refused.
 *
 * @typedef {object} Voice How a standard tells things.
 * @property {Record<string, string>} where The query that says whose documents and statements they are: activityId, agent, registration.
 * @property {(fact: Fact) => any} statement
 * @property {() => string} end The verb at the end of a session.
 * @property {() => number} seconds Of the session.
 * @property {(fact: Fact, at: string) => void} adopt Takes over a fact of an earlier session.
 * @property {(verb: string, result: any) => any} result Of an outcome, from completion, success, score and duration.
 * @property {boolean} scores Whether a score may be told on its own.
 *
 * @typedef {ReturnType<typeof createLrs>} Lrs
 * @typedef {ReturnType<typeof createOutbox>} Outbox
 */

/** A random UUID (RFC 9562, version 4): the browser's own function is for https alone. */
function uuid() {
	const hex = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => (256 + byte).toString(16).slice(1)).join("");
	return hex.replace(/(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-8$4-");
}

/** The time in milliseconds since 1970; as long as the page lives it goes forward, whatever the clock does. */
function clock() {
	return performance.timeOrigin + now();
}

/** In bytes, as JSON. @param {any} value */
function sizeOf(value) {
	return new Blob([JSON.stringify(value)]).size;
}

/** A duration with at most two decimals (ISO 8601; xAPI, Data 4.6). @param {number} seconds */
function durationOf(seconds) {
	return "PT" + Math.max(0, Math.round(seconds * 100) / 100) + "S";
}

/** @param {number} status Of a reply. @param {string} path @returns {Fate} */
function fateOf(status, path) {
	// What is there already has arrived.
	if ((status > 199 && status < 300) || status === 409) return "done";
	if (!status || status === 408 || status === 429 || status > 499) return "later";
	// To a session that is over, documents are closed.
	return status === 401 || (status === 403 && path !== "statements") ? "over" : "no";
}

/** Requests to an LRS (xAPI, Communication 2). @param {string} endpoint @param {() => string} auth The value of Authorization. */
function createLrs(endpoint, auth) {
	/** Bytes on their way that a closing page takes along: browsers allow 64 KiB. */
	let flying = 0;
	const room = () => 64000 - flying;
	return {
		room,
		/**
		 * The request has left when this returns its promise.
		 *
		 * @param {string} method @param {string} path @param {Record<string, string>} query
		 * @param {any} [content] @param {Record<string, string>} [headers] @returns {Promise<Reply>}
		 */
		async request(method, path, query, content, headers) {
			const size = content ? sizeOf(content) : 0;
			const keepalive = size > 0 && size < room();
			if (keepalive) flying += size;
			// A plus sign for a blank is for forms alone.
			const words = String(new URLSearchParams(query)).replace(/\+/g, "%20");
			try {
				const response = await fetch(endpoint.replace(/[/]?$/, "/") + path + "?" + words, {
					method,
					keepalive,
					body: content && JSON.stringify(content),
					cache: "no-store",
					signal: AbortSignal.timeout?.(30000),
					headers: {
						Authorization: auth(),
						"X-Experience-API-Version": "1.0.3",
						...(content && { "Content-Type": "application/json" }),
						...headers,
					},
				});
				const { status } = response;
				return {
					status,
					text: await response.text(),
					fate: fateOf(status, path),
					etag: response.headers.get("ETag"),
					rest: Math.min(600, Number(response.headers.get("Retry-After"))),
				};
			} catch {
				return { status: 0, text: "", fate: "later" };
			} finally {
				if (keepalive) flying -= size;
			}
		},
	};
}

/**
 * What leaves this page: first into the document, here and at the LRS, then as statements.
 *
 * @param {Lrs} lrs @param {Voice} voice
 */
function createOutbox({ request, room }, voice) {
	const { where } = voice;
	const path = "activities/state";
	const place = { ...where, stateId: "cartable" };
	const mirror = createSpare(() => localStorage, "cartable:lrs:" + hash32(Object.values(where).join()));
	/** @type {LrsDocument} */
	let doc = { v: 1, state: "", status: { completion: "", success: "unknown" }, told: {}, facts: [] };
	/** Whether the LRS's document lacks something; whether it lists what has arrived since. */
	let dirty = false;
	let stale = false;
	/** What a PUT must be sure of. @type {Record<string, string>} */
	let guard = {};
	/** Ids that are not to be sent: on their way, arrived, or refused in this session. */
	const held = new Set();
	/** @type {((kept: boolean) => void) | null} Who waits for how things stand. */
	let asks = null;
	let running = false;
	let over = false;
	let refused = false;
	/** Whether the page is going. */
	let going = false;
	let failures = 0;
	/** @type {number | undefined} */
	let rest;
	let timer = 0;
	/** "asked", then "told". @type {string} */
	let ended = "";
	/** @type {any} The last statement. */
	let last;

	const stamp = () => new Date(clock()).toISOString();
	const keep = () => mirror.keep(JSON.stringify(doc), true);
	/** Completed, passed or failed. @param {Fact} fact */
	const isOutcome = fact => fact.verb in doc.told;
	const waiting = () => doc.facts.filter(({ id, no = 0 }) => !held.has(id) && no < 3);
	/** As many of the facts as go together. @param {Fact[]} facts @param {number} bytes */
	const batch = (facts, bytes) => facts.slice(0, 49).filter(fact => (bytes -= sizeOf(voice.statement(fact)) + 1) > 0);

	/** Takes in what another copy of the document knows. @param {LrsDocument | null} other */
	const take = other => {
		if (other?.v !== 1) return;
		for (const fact of other.facts) {
			if (held.has(fact.id) || doc.facts.some(({ id }) => id === fact.id)) continue;
			voice.adopt(fact, stamp());
			doc.facts.push(fact);
		}
		const { told } = doc;
		for (const name in other.told) told[name] = Math.max(told[name] || 0, other.told[name]);
		if (!doc.state) ({ state: doc.state, status: doc.status } = other);
	};

	/** Reads the LRS's document. @returns {Promise<Fate>} */
	const load = async () => {
		const reply = await request("GET", path, place);
		const { status, text, etag, fate } = reply;
		const none = status === 404;
		guard = none ? { "If-None-Match": "*" } : etag ? { "If-Match": etag } : {};
		take(guarded(() => JSON.parse(text)));
		return none ? "done" : fate;
	};

	/** Writes the document. @param {Record<string, string>} [sure] @returns {Promise<Fate | "again">} */
	const put = async sure => {
		dirty = stale = false;
		const reply = await request("PUT", path, place, doc, sure);
		rest = reply.rest;
		const again = reply.status === 412 || reply.status === 409;
		// Where the document is not wanted, the statements go all the same.
		if (!again && reply.fate === "no") refused = true;
		else dirty ||= again || reply.fate !== "done";
		return again ? "again" : reply.fate;
	};

	/** Writes it once what others have written there is in it. @returns {Promise<Fate>} */
	const save = async () => {
		for (let tries = 0; tries < 4; tries++) {
			/** @type {Fate | "again"} */
			let fate = await load();
			// Servers that compress may give an ETag that they do not know again.
			if (fate === "done") fate = await put(tries < 3 ? guard : {});
			if (fate !== "again") return fate === "no" ? "done" : fate;
		}
		return "later";
	};

	/** Whether the LRS holds what it refused: this, or such an outcome that another computer has told. @param {Fact | undefined} fact */
	const holds = async fact => {
		if (!fact) return false;
		const { activityId: activity, ...who } = where;
		const { text } = await request("GET", "statements", isOutcome(fact)
			? { ...who, activity, verb: adlVerb(fact.verb).id, limit: "1" }
			: { statementId: fact.id });
		const found = guarded(() => JSON.parse(text));
		return !!(found?.id || found?.statements?.[0]);
	};

	/** Posts these facts, and more statements; all of them arrive, or none. @param {Fact[]} facts @param {any[]} more @returns {Promise<Fate>} */
	const post = async (facts, ...more) => {
		for (const { id } of facts) held.add(id);
		const reply = await request("POST", "statements", {}, [...facts.map(voice.statement), ...more]);
		const { status, text } = reply;
		const single = facts.length + more.length < 2;
		let { fate } = reply;
		rest = reply.rest;
		if (single && fate === "no") {
			if (/abandon|terminat|expire/i.test(text)) fate = "over";
			else if (await holds(facts[0])) fate = "done";
		}
		const unheard = fate === "later" || fate === "over";
		const split = !single && (fate === "no" || status === 409);
		for (const fact of facts) {
			stale = true;
			if (split || unheard) held.delete(fact.id);
			else if (fate === "done") doc.facts = doc.facts.filter(other => other !== fact);
			else {
				console.warn("cartable: refused", text);
				fact.no = 1 + (fact.no || 0);
				// What only says how far somebody is will be said again.
				refused ||= !/scored|progressed|resumed/.test(fact.verb);
			}
		}
		// One of a batch may be known, or wrong: each goes alone then.
		for (const fact of split ? facts : []) {
			const alone = await post([fact]);
			if (alone !== "done") return alone;
		}
		return unheard ? fate : "done";
	};

	/** Sends what there is, one request after the other. */
	const run = async () => {
		if (running || over || ended === "told") return;
		running = true;
		clearTimeout(timer);
		timer = 0;
		/** @type {Fate} */
		let fate = "done";
		while (fate === "done") {
			const facts = batch(waiting(), 61440);
			if (dirty || (stale && ended && !facts.length)) fate = await save();
			else if (facts.length) fate = await post(facts);
			else if (ended === "asked") {
				fate = await post([], end());
				if (fate === "done") ended = "told";
			} else break;
		}
		running = false;
		over = fate === "over";
		if (fate === "later") timer = setTimeout(run, 1000 * (rest || Math.min(60, 2 ** failures++)));
		else failures = 0;
		settle();
	};

	/** Tells who waits how things stand. */
	const settle = () => {
		const kept = !dirty && !over && !waiting().length;
		if (kept) mirror.clear();
		else keep();
		asks?.(kept && !refused);
		asks = null;
	};

	/** The page goes, or may go: what matters most is on its way when this returns; the rest stays in the mirror. @param {any[]} more The last statement of the session. */
	const rush = (...more) => {
		if (over) return settle();
		const size = sizeOf([doc, more]);
		const writes = (dirty || stale) && size < room() / 2;
		const facts = waiting();
		const chosen = batch([...facts.filter(isOutcome), ...facts.filter(fact => !isOutcome(fact))], room() - (writes ? size : sizeOf(more)));
		if (writes || facts.length) keep();
		const sent = [
			(chosen.length || more.length) && post(facts.filter(fact => chosen.includes(fact)), ...more),
			writes && put(),
		];
		return Promise.all(sent).then(run);
	};

	/** The last statement, made once. */
	const end = () => last ??= voice.statement({ id: uuid(), at: stamp(), verb: voice.end(), result: { duration: durationOf(voice.seconds()) } });

	/** The page goes: the session ends with what can still be sent. */
	const vanish = () => {
		if (ended !== "told") rush(end());
		ended = "told";
	};

	addEventListener("online", () => void (timer && run()));
	// Before the page's own listener, which ends the session.
	addEventListener("pagehide", () => void (going = true), true);

	return {
		doc: () => doc,
		/** Reads what is stored, here and there; whether the LRS answers. */
		async open() {
			if ((await load()) !== "done") return false;
			const kept = guarded(() => JSON.parse(mirror.read()?.text || ""));
			// The state goes by rules of its own, see chooseState().
			if (kept) take({ ...kept, state: "" });
			dirty = !!kept;
			addEventListener("pagehide", vanish);
			return true;
		},

		/** Forgets what it would send: in this session nothing is recorded. */
		silence() {
			doc.facts = [];
			dirty = false;
		},

		/** @param {Partial<LrsDocument>} changes */
		write(changes) {
			Object.assign(doc, changes);
			return (dirty = true);
		},

		/** Makes a fact. @param {News} news */
		tell(news) {
			doc.facts.push({ id: uuid(), at: stamp(), ...news });
			dirty = true;
		},

		/** See Adapter. @param {boolean} leaving @param {(kept: boolean) => void} then */
		commit(leaving, then) {
			asks = then;
			if (!leaving) {
				keep();
				if (over) settle();
				else if (!timer) run();
			// What goes with the last statement goes in one request with it, or it might arrive after it.
			} else if (!going) rush();
		},

		/** Ends the session: whether all has arrived, as far as can be known within five seconds. @param {boolean} leaving */
		async close(leaving) {
			if (leaving) {
				// Where another tab goes on, the words that say so stay.
				asks = null;
				vanish();
			} else {
				ended ||= "asked";
				// What waits for another try need not wait any more.
				run();
				for (let tries = 0; tries < 50 && ended === "asked" && !over; tries++) await pause(100);
			}
			return ended === "told" && !refused && !waiting().length;
		},
	};
}

/** @param {string} name */
function adlVerb(name) {
	return { id: "http://adlnet.gov/expapi/verbs/" + name, display: { en: name } };
}

/** @param {number} percent */
function xapiScore(percent) {
	return { scaled: Math.round(percent * 100) / 10000, raw: percent, min: 0, max: 100 };
}

/**
 * An answer as a fact: the response and the right ones in the formats of xAPI, Data appendix C. Choices, items and
 * pairs go by their numbers in the lock: nothing depends on where they stand.
 *
 * @param {Pick<Answered, "q" | "recorded" | "right" | "seconds">} answered @returns {News}
 */
function xapiAnswered({ q, recorded, right, seconds }) {
	const { type, response, pattern } = recorded;
	/** @param {any} value @returns {string} */
	const written = value => value.map ? value.map((/** @type {any} */ one) => one.map ? one.join("[.]") : one).join("[,]") : String(value);
	const { low, high, fold } = q.parts[0] || {};
	/** Only a text may be right in several ways. @type {any[]} */
	const patterns = pattern === undefined ? [] : type === "fill-in" ? pattern : [pattern];
	const strict = type === "fill-in" && q.parts.length < 2 && !/c/.test(fold || "") ? "{case_matters=true}" : "";
	return {
		verb: "answered",
		q: q.n,
		slug: q.slug,
		type,
		right: type === "numeric" && low !== high ? [low + "[:]" + high] : patterns.map(one => strict + written(one)),
		result: {
			response: written(response) || undefined,
			success: q.points ? right : undefined,
			duration: durationOf(seconds),
		},
	};
}

/**
 * What a statement says of the question that was answered (xAPI, Data 4.4.1).
 *
 * @param {Pick<Fact, "type" | "right" | "result">} fact @param {QuestionData} q @param {string} language
 * @param {(n?: number, answer?: boolean) => string} textOf The text of the question, or of a part of it, or of the answer to a prompt.
 */
function xapiQuestion({ type, right = [], result }, q, language, textOf) {
	/** The numbers in the answer and in the right ones: an update may have taken away since what they stand for. @type {string[]} */
	const named = [...right, result?.response].join().match(/\d+/g) || [];
	/** A list of components, for these types. @param {RegExp} types @param {(part: PartData) => number | undefined} number @param {(at: number) => boolean} names Whether the number at a place belongs to it. @param {boolean} [answer] */
	const list = (types, number, names, answer) => {
		const numbers = new Set([...q.parts.map(number).filter(Boolean), ...named.filter((_, at) => names(at)).map(Number)]);
		return types.test(type || "") ? [...numbers].map(n => ({ id: String(n), description: { [language]: textOf(n, answer) } })) : undefined;
	};
	return {
		name: { [language]: textOf() },
		type: "http://adlnet.gov/expapi/activities/cmi.interaction",
		interactionType: type,
		correctResponsesPattern: right.length ? right : undefined,
		choices: list(/choice|sequencing/, ({ n }) => n, () => true),
		scale: list(/likert/, ({ n }) => n, () => true),
		source: list(/matching/, ({ n, to }) => to && n, at => at % 2 < 1),
		target: list(/matching/, ({ n, to = n }) => to, at => at % 2 > 0, true),
	};
}

/** The text of a question or of a part of it, as it stands in the document. @param {QuestionData} q @param {number} [n] @param {boolean} [answer] @returns {string} */
function textOfPart(q, n, answer) {
	const id = "q" + q.n + (n ? "-" + n : "");
	const place = byId(id);
	const inside = answer ? byId(id + "-text") || document.querySelector("#q" + q.n + " option[value='" + n + "']")
		: n ? place?.labels?.[0] || byId(id + "-text") : place?.querySelector("legend");
	// The numbers of questions and the letters of answers are not of the text.
	const extra = n ? answer && inside?.querySelector("b:first-child") : inside?.querySelector(".number");
	return inside?.textContent.replace(extra?.textContent, "").replace(/\s+/g, " ").trim() || id;
}

/** The object of a statement: the course, a quiz of it or a question. @param {Course} course @param {string} activity Its IRI, as launched. @param {Fact} fact */
function xapiObject({ language, question }, activity, { q: n = 0, slug, page, ...fact }) {
	const q = question(n);
	const title = page && byId("p" + page)?.querySelector("h1").textContent;
	/** Of what an update has taken away there is no more to say. @type {any} */
	const definition = q ? xapiQuestion(fact, q, language, (part, answer) => textOfPart(q, part, answer))
		: title ? { name: { [language]: title }, type: "http://adlnet.gov/expapi/activities/assessment" } : undefined;
	return { id: activity + (n ? "/q/" + n + "-" + slug : page ? "/quiz/" + page : ""), definition };
}

/** What an adapter does with a document and an outbox: all but the beginning. @param {Course} course @param {Outbox} outbox @param {Voice} voice */
function lrsRecorder(course, { doc, write, tell, commit, close }, voice) {
	/** @type {number | null} */
	let score = null;
	/** Whether there is more of something than was told. @param {string} name @param {number} value */
	const isMore = (name, value) => {
		const { told } = doc();
		return value > (told[name] || 0) && !!(told[name] = value);
	};
	return {
		journal: true,
		suspend: () => true,
		time: () => true,
		place: () => true,
		state: (/** @type {string} */ state) => write({ state }),
		score(/** @type {number} */ percent) {
			score = percent;
			return true;
		},
		status(/** @type {Status} */ status) {
			const { completion, success } = status;
			const { told } = doc();
			for (const verb of [success, completion]) {
				if (!/ed$/.test(verb) || (verb === "failed" && told.passed) || !isMore(verb, 1)) continue;
				if (score !== null) told.score = score;
				const result = voice.result(verb, {
					completion: completion === "completed" || undefined,
					success: success === "unknown" ? undefined : success === "passed",
					score: score === null ? undefined : xapiScore(score),
					duration: durationOf(voice.seconds()),
				});
				tell({ verb, result });
			}
			return write({ status });
		},
		count: () => doc().told.answers || 0,
		answer(/** @type {number} */ index, /** @type {Answered} */ answered) {
			// After a restore of the state, the facts are still there.
			if (isMore("answers", index + 1) || !answered.again) tell(xapiAnswered(answered));
			return true;
		},
		/** How far somebody is, and what their attempts came to. @param {ReturnType<Learner["outcome"]>} outcome @param {Learner} learner */
		progress({ status, missing }, learner) {
			const { told } = doc();
			/** @param {number} percent @param {number} [page] */
			const scored = (percent, page) => tell({ verb: "scored", page, result: { score: xapiScore(percent) } });
			for (const page of course.pages) {
				const { count, last } = learner.quiz(page);
				if (isMore("quiz" + page.n, count) && last[1]) scored(percentOf(last), page.n);
			}
			if (voice.scores && score !== null && score !== told.score) scored((told.score = score));
			const percent = Math.floor(100 - (100 * missing.length) / (course.required.length || 1));
			if (status.completion !== "completed" && isMore("progress", percent)) {
				tell({ verb: "progressed", result: { extensions: { "https://w3id.org/xapi/cmi5/result/extensions/progress": percent } } });
			}
		},
		commit,
		close,
	};
}
