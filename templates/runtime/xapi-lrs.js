/**
 * What both standards that speak xAPI 1.0.3 share. Here: requests to the learning record store (LRS), and the words for
 * what is told.
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
 *
 * @typedef {"done" | "later" | "over" | "no"} Fate Of what was asked for, by the reply: all is well; to be tried again; the session is over; refused.
 *
 * @typedef {object} Voice How a standard tells things.
 * @property {Record<string, string>} where The query that says whose documents and statements they are: activityId, agent, registration.
 * @property {(since?: number) => number} clock See createClock().
 * @property {string} learner See Opened.
 * @property {(fact: Fact) => any} statement
 * @property {() => string} end The verb at the end of a session.
 * @property {() => number} seconds Of the session.
 * @property {(fact: Fact, at: string) => void} adopt Takes over a fact of an earlier session.
 * @property {(verb: string, result: any) => any} result Of an outcome, from completion, success, score and duration.
 * @property {boolean} scores Whether a score may be told on its own.
 *
 * @typedef {ReturnType<typeof createLrs>} Lrs
 * @typedef {ReturnType<typeof createLrsDocument>} Ledger
 * @typedef {ReturnType<typeof createOutbox>} Outbox
 */

/** A random UUID (RFC 9562, version 4): the browser's own function is for https alone. */
function uuid() {
	const hex = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => (256 + byte).toString(16).slice(1)).join("");
	return hex.replace(/(.{8})(.{4}).(.{3}).(.{3})/, "$1-$2-4$3-8$4-");
}

/** The time in milliseconds since 1970, never before what it once was: a computer that sleeps stops all other clocks. */
function createClock() {
	let latest = 0;
	return (since = 0) => (latest = Math.max(latest, since, Date.now()));
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
	const until = now() + 20000;
	/** @type {number | undefined} */
	let rest;
	return {
		room,
		/** The seconds for which the LRS wants to be left alone, by its latest reply. */
		rest: () => rest,
		/** Asks until there is an answer; for the first twenty seconds, then once. @template {{fate: Fate}} T @param {() => Promise<T>} ask */
		async patient(ask) {
			for (let wait = 500; ; wait = Math.min(4000, 2 * wait)) {
				const reply = await ask();
				if (reply.fate !== "later" || now() + wait > until) return reply;
				await pause(wait);
			}
		},
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
				rest = Math.min(600, Number(response.headers.get("Retry-After")));
				return {
					status,
					text: await response.text(),
					fate: fateOf(status, path),
					etag: response.headers.get("ETag"),
				};
			} catch {
				rest = 0;
				return { status: 0, text: "", fate: "later" };
			} finally {
				if (keepalive) flying -= size;
			}
		},
	};
}
