/**
 * The document of ours at the LRS, in which everything stands before it is sent, with its copy in this browser. It is
 * written only over what was read, and takes in what others have written there.
 *
 * @param {Course} course @param {Lrs} lrs @param {Voice} voice @param {() => string} stamp The time.
 * @param {() => void} moveOn Called once: the learner went on elsewhere.
 */
function createLrsDocument(course, { request }, { where, adopt }, stamp, moveOn) {
	const path = "activities/state";
	const place = { ...where, stateId: "cartable" };
	const mirror = createSpare(() => localStorage, "cartable:lrs:" + hash32(Object.values(where).join()));
	/** What a PUT must be sure of; unset until the LRS was asked. @type {Record<string, string> | undefined} */
	let guard;
	/** Whether it gives ETags that it does not know again. */
	let blind = false;
	/** The states that are ours, by their hashes. @type {Set<number>} */
	const own = new Set();
	/** The revision from which this session went on. */
	let base = 0;
	let greeting = true;

	const self = {
		/** @type {LrsDocument} */
		doc: { v: 1, state: "", status: { completion: "", success: "unknown" }, told: {}, facts: [] },
		/** Ids of facts that are not to be sent: on their way, arrived, or refused in this session. */
		held: new Set(),
		/** Whether the LRS's document lacks something; whether it lists what has arrived since. */
		dirty: false,
		stale: false,
		/** Whether the LRS would not have the document. */
		shut: false,
		/** Whether the learner went on elsewhere. */
		moved: false,

		/** Completed, passed or failed. @param {Fact} fact */
		isOutcome: fact => fact.verb in self.doc.told,
		/** In this browser, for when the LRS may not have it. */
		keep: () => mirror.keep(JSON.stringify(self.doc), true),
		forget: () => mirror.clear(),

		/** Reads what is stored, here and there; whether the LRS answers. @param {Lrs["patient"]} patient */
		async open(patient) {
			const { doc } = self;
			const { fate } = await patient(async () => ({ fate: await load() }));
			if (fate !== "done") return false;
			own.add(hash32(doc.state));
			base = decodeState(doc.state, course)?.revision || 0;
			const kept = guarded(() => JSON.parse(mirror.read()?.text || ""));
			// The state goes by rules of its own, see chooseState().
			if (kept) take({ ...kept, state: "" });
			self.dirty = !!kept;
			return true;
		},

		/** The session begins: what another tab, or the spare, had to hand over is written within this turn. */
		greet() {
			setTimeout(() => (greeting = false));
			return true;
		},

		/** @param {Partial<LrsDocument>} changes */
		write({ state, status }) {
			const { doc } = self;
			if (self.moved) return true;
			if (state && greeting) base = (decodeState(state, course)?.revision || 1) - 1;
			doc.state = state ?? doc.state;
			if (status && rankOf(status) > rankOf(doc.status)) doc.status = status;
			return (self.dirty = true);
		},

		/** Writes what is there, over what was read. @returns {Promise<Fate | "again">} */
		async put() {
			const sure = blind ? {} : guard;
			self.dirty = self.stale = false;
			guard = undefined;
			own.add(hash32(self.doc.state));
			const reply = await request("PUT", path, place, self.doc, sure);
			const again = reply.status === 412 || reply.status === 409;
			// Where the document is not wanted, the statements go all the same.
			self.shut = !again && reply.fate === "no";
			if (!self.shut) self.dirty ||= again || reply.fate !== "done";
			return again ? "again" : reply.fate;
		},

		/** Writes it once what others have written there is in it. @returns {Promise<Fate>} */
		async save() {
			for (let tries = 0; tries < 4; tries++) {
				/** @type {Fate | "again"} */
				let fate = guard ? "done" : await load();
				if (fate === "no") {
					self.shut = true;
					self.dirty = self.stale = false;
				}
				// Servers that compress may give an ETag that they do not know again.
				blind ||= tries > 2;
				if (fate === "done") {
					fate = await self.put();
					// A page that goes must be sure of what it overwrites: it cannot ask then.
					if (fate === "done") await load();
				}
				if (fate !== "again") return fate === "no" ? "done" : fate;
			}
			return "later";
		},
	};

	/** Whether a state was written elsewhere since this session began; another tab hands over what it writes. @param {string} text */
	const isElsewhere = text => {
		if (!text || own.has(hash32(text))) return false;
		const [theirs, mine] = [text, self.doc.state].map(one => decodeState(one, course));
		return !theirs || !mine || theirs.nonce.join() !== mine.nonce.join() || theirs.revision > base;
	};

	/** Takes in what another copy of the document knows. @param {LrsDocument | null} other */
	const take = other => {
		const { doc, held } = self;
		if (other?.v !== 1 || !Array.isArray(other.facts)) return;
		for (const fact of other.facts) {
			if (held.has(fact.id) || doc.facts.some(({ id }) => id === fact.id)) continue;
			adopt(fact, stamp());
			doc.facts.push(fact);
		}
		const { told } = doc;
		for (const name in other.told) told[name] = Math.max(told[name] || 0, other.told[name]);
		const { state, status } = other;
		if (state && rankOf(status) > rankOf(doc.status)) doc.status = status;
		if (!doc.state) doc.state = state;
		else if (isElsewhere(state)) {
			doc.state = state;
			if (self.moved) return;
			self.moved = true;
			moveOn();
		}
	};

	/** Reads the LRS's document. @returns {Promise<Fate>} */
	const load = async () => {
		const { status, text, etag, fate } = await request("GET", path, place);
		const none = status === 404;
		guard = none ? { "If-None-Match": "*" } : fate !== "done" ? undefined : etag ? { "If-Match": etag } : {};
		take(guarded(() => JSON.parse(text)));
		return none ? "done" : fate;
	};

	return self;
}

/**
 * Sends statements to the LRS, and hears what became of each.
 *
 * @param {Lrs} lrs @param {Voice} voice @param {Ledger} ledger
 */
function createPost({ request }, voice, ledger) {
	const { where } = voice;
	const { held } = ledger;

	const self = {
		/** Whether something that matters was refused. */
		refused: false,

		/** Posts these facts, and more statements; all of them arrive, or none. @param {Fact[]} facts @param {any[]} more @returns {Promise<Fate>} */
		async post(facts, ...more) {
			for (const { id } of facts) held.add(id);
			const reply = await request("POST", "statements", {}, [...facts.map(voice.statement), ...more]);
			const { status, text } = reply;
			const single = facts.length + more.length < 2;
			let { fate } = reply;
			if (single && fate === "no") {
				if (/abandon|terminat|expire/i.test(text)) fate = "over";
				else if (await holds(facts[0])) fate = "done";
			}
			const unheard = fate === "later" || fate === "over";
			const split = !single && (fate === "no" || status === 409);
			for (const fact of facts) {
				ledger.stale = true;
				if (split || unheard) held.delete(fact.id);
				else if (fate === "done") ledger.doc.facts = ledger.doc.facts.filter(other => other !== fact);
				else refuse(fact, text);
			}
			return unheard ? fate : split ? one(facts, more) : "done";
		},
	};

	/** Of a batch, one may be known, or wrong: each goes alone then. @param {Fact[]} facts @param {any[]} more @returns {Promise<Fate>} */
	const one = async (facts, more) => {
		for (const fact of facts) {
			const alone = await self.post([fact]);
			if (alone !== "done") return alone;
		}
		return more.length ? self.post([], ...more) : "done";
	};

	/** @param {Fact} fact @param {string} text */
	const refuse = (fact, text) => {
		console.warn("cartable: refused", text);
		fact.no = 1 + (fact.no || 0);
		self.refused ||= matters(fact);
	};

	/** Whether the LRS holds what it refused: this, or such an outcome that another computer has told. @param {Fact | undefined} fact */
	const holds = async fact => {
		if (!fact) return false;
		const { activityId: activity, ...who } = where;
		const { text } = await request("GET", "statements", ledger.isOutcome(fact)
			? { ...who, activity, verb: adlVerb(fact.verb).id, limit: "1" }
			: { statementId: fact.id });
		const found = guarded(() => JSON.parse(text));
		return !!(found?.id || found?.statements?.[0]);
	};

	return self;
}

/** What only says how far somebody is will be said again. @param {Fact} fact */
function matters(fact) {
	return !/scored|progressed|resumed/.test(fact.verb);
}

/**
 * What leaves this page: first into the document, here and at the LRS, then as statements.
 *
 * @param {Course} course @param {Lrs} lrs @param {Voice} voice
 */
function createOutbox(course, lrs, voice) {
	const { room } = lrs;
	/** @type {((kept: boolean) => void) | null} Who waits for how things stand. */
	let asks = null;
	let running = false;
	let over = false;
	/** Whether the page is going. */
	let going = false;
	let failures = 0;
	let timer = 0;
	/** "asked", then "told". @type {string} */
	let ended = "";
	/** @type {any} The last statement. */
	let last;

	const stamp = () => new Date(voice.clock()).toISOString();
	const ledger = createLrsDocument(course, lrs, voice, stamp, () => {
		going = true;
		asks?.(false);
		asks = null;
		// What a newer tab would say: the session ends here.
		claimTab("cartable:" + course.unit + ":" + hash32(voice.learner), () => "");
	});
	const { doc, held } = ledger;
	const poster = createPost(lrs, voice, ledger);
	const { post } = poster;
	const waiting = () => doc.facts.filter(({ id, no = 0 }) => !held.has(id) && no < 3);
	const allTaken = () => !(poster.refused || ledger.shut || ledger.moved || doc.facts.some(fact => (fact.no || 0) > 2 && matters(fact)));
	/** As many of the facts as go together. @param {Fact[]} facts @param {number} bytes */
	const batch = (facts, bytes) => facts.slice(0, 49).filter(fact => (bytes -= sizeOf(voice.statement(fact)) + 1) > 0);

	/** Sends what there is, one request after the other. @returns {Promise<Fate>} */
	const drain = async () => {
		/** @type {Fate} */
		let fate = "done";
		while (fate === "done") {
			const facts = batch(waiting(), 61440);
			if (ledger.dirty || (ledger.stale && ended && !facts.length)) fate = await ledger.save();
			else if (facts.length) fate = await post(facts);
			else if (ended === "asked") {
				fate = await post([], end());
				if (fate === "done") ended = "told";
			} else break;
		}
		return fate;
	};

	/** The same, unless it is being done; what could not be sent is tried again. */
	const run = async () => {
		if (running || over || ended === "told") return;
		running = true;
		clearTimeout(timer);
		timer = 0;
		const fate = await drain().catch(error => {
			console.error("cartable:", error);
			return "later";
		});
		running = false;
		over = fate === "over";
		if (fate === "later") timer = setTimeout(run, 1000 * (lrs.rest() || Math.min(60, 2 ** failures++)));
		else failures = 0;
		settle();
	};

	/** Tells who waits how things stand. */
	const settle = () => {
		const kept = !ledger.dirty && !over && !waiting().length;
		if (kept && !ledger.shut) ledger.forget();
		else ledger.keep();
		asks?.(kept && allTaken());
		asks = null;
	};

	/** The page goes, or may go: what matters most is on its way when this returns; the rest stays in the mirror. @param {any[]} more The last statement of the session. */
	const rush = (...more) => {
		if (over) return settle();
		const size = sizeOf([doc, more]);
		const facts = waiting();
		const { isOutcome } = ledger;
		const writes = (ledger.dirty || ledger.stale) && size < room() / (facts.length ? 2 : 1);
		const chosen = batch([...facts.filter(isOutcome), ...facts.filter(fact => !isOutcome(fact))], room() - (writes ? size : sizeOf(more)));
		if (writes || facts.length) ledger.keep();
		const sent = [
			(chosen.length || more.length) && post(facts.filter(fact => chosen.includes(fact)), ...more),
			writes && ledger.put(),
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
		greet: ledger.greet,
		write: ledger.write,
		/** Reads what is stored, here and there; whether the LRS answers. */
		async open() {
			const answers = await ledger.open(lrs.patient);
			if (answers) addEventListener("pagehide", vanish);
			return answers;
		},

		/** Forgets what it would send: in this session nothing is recorded. */
		silence() {
			doc.facts = [];
			ledger.dirty = false;
		},

		/** Makes a fact. @param {News} news */
		tell(news) {
			doc.facts.push({ id: uuid(), at: stamp(), ...news });
			ledger.dirty = true;
		},

		/** See Adapter. @param {boolean} leaving @param {(kept: boolean) => void} then */
		commit(leaving, then) {
			asks = ledger.moved && leaving ? null : then;
			if (!leaving) {
				ledger.keep();
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
			return ended === "told" && allTaken() && !waiting().length;
		},
	};
}
