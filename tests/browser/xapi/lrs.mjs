// A learning record store for tests, on another origin than the content, and stricter than most: it takes nothing that
// xAPI 1.0.3 would let an LRS refuse, keeps documents with ETags, and fails as a test plans it. With sessions of cmi5 it
// refuses what an AU must not send, and says by which rule.
import assert from "node:assert/strict";
import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { sessionFault } from "./cmi5-rules.mjs";
import { statementFaults } from "./statements.mjs";

const VERSION = "1.0.3";
const ALLOWED = "Authorization,Content-Type,X-Experience-API-Version,If-Match,If-None-Match";

/**
 * @typedef {object} Fault What a request meets instead of its answer.
 * @property {RegExp} on The method and the path, as in "POST statements"
 * @property {number} [times] How often; else until it is taken away
 * @property {number | "down" | "lost"} answer A status; no connection; or the work is done and the answer lost
 * @property {Record<string, string>} [headers]
 * @property {string} [text]
 */

/** @typedef {ReturnType<typeof startLrs> extends Promise<infer L> ? L : never} TestLrs */

export async function startLrs() {
	/** @type {any[]} */
	const statements = [];
	/** @type {Map<string, string>} */
	const documents = new Map();
	/** @type {string[]} */
	const refusals = [];
	/** @type {string[]} */
	const requests = [];
	/** @type {Map<string, any>} cmi5 sessions and plain credentials by Authorization; `heard` takes what was done for each, `plans` may give a fault of its own */
	const sessions = new Map();
	/** @type {Map<string, any>} by the path of the fetch address */
	const tokens = new Map();
	/** @type {Fault[]} */
	const faults = [];
	const options = { etags: true, rulesFirst: false, conflicts: false };
	let open = 0;
	let busy = Date.now();

	/** @param {string} path @param {URLSearchParams} query */
	const keyOf = (path, query) => {
		const { account, mbox, mbox_sha1sum, openid } = JSON.parse(query.get("agent") ?? "{}");
		return JSON.stringify([path, query.get("activityId"), account ?? mbox ?? mbox_sha1sum ?? openid, query.get("registration"), query.get("stateId") ?? query.get("profileId")]);
	};
	/** @param {string} text */
	const etagOf = (text) => `"${createHash("sha1").update(text).digest("hex")}"`;

	/** @typedef {{ status: number, body?: unknown, headers?: Record<string, string> }} Answer */

	/** @param {any} session @param {string} body @returns {Answer} */
	const post = (session, body) => {
		const list = [JSON.parse(body)].flat();
		const ids = new Set(list.map(({ id }) => id));
		if (ids.size < list.length) return { status: 400, body: "two statements with one id" };
		for (const statement of list) {
			const faults = statementFaults(statement);
			if (faults.length) return { status: 400, body: faults.join("; ") };
		}
		const known = (/** @type {any} */ statement) => statements.find(({ id }) => id === statement.id);
		const same = (/** @type {any} */ statement) => {
			try {
				const { stored, ...rest } = known(statement);
				assert.deepEqual(rest, statement);
				return !options.conflicts;
			} catch {
				return false;
			}
		};
		const conflict = list.some((statement) => known(statement) && !same(statement));
		if (conflict && !options.rulesFirst) return { status: 409, body: "another statement has this id" };
		const news = options.rulesFirst ? list : list.filter((statement) => !known(statement));
		if (session.cmi5) {
			const before = structuredClone({ seen: session.seen, latest: session.latest });
			const registered = { ...session.registered };
			for (const statement of news) {
				const fault = sessionFault(session, statement);
				if (!fault) continue;
				// All of a batch, or nothing.
				Object.assign(session, before);
				Object.assign(session.registered, registered);
				return { status: 403, body: fault };
			}
		}
		for (const statement of news) {
			if (known(statement)) continue;
			statements.push({ ...statement, stored: Date.now() });
			session.heard?.("statement", statement);
		}
		return { status: 200, body: list.map(({ id }) => id) };
	};

	/** @param {URLSearchParams} query @returns {Answer} */
	const find = (query) => {
		if (query.has("statementId")) {
			const found = statements.find(({ id }) => id === query.get("statementId"));
			return found ? { status: 200, body: found } : { status: 404 };
		}
		const found = statements.filter(({ verb, object, context }) =>
			(!query.has("verb") || query.get("verb") === verb.id)
			&& (!query.has("activity") || query.get("activity") === object.id) && (!query.has("registration") || query.get("registration") === context.registration));
		return { status: 200, body: { statements: found.slice(0, Number(query.get("limit")) || 100), more: "" } };
	};

	/** @param {any} session @param {string} method @param {string} path @param {URLSearchParams} query @param {string} body @param {import("node:http").IncomingHttpHeaders} headers @returns {Answer} */
	const document = (session, method, path, query, body, headers) => {
		const key = keyOf(path, query);
		const id = query.get("stateId") ?? query.get("profileId") ?? "";
		if (!id || (path === "activities/state" && !query.get("activityId"))) return { status: 400, body: "whose document?" };
		if (id === "cmi5LearnerPreferences") session.preferred = true;
		const text = documents.get(key);
		if (method === "GET") {
			if (text === undefined) return { status: 404 };
			return { status: 200, body: text, headers: { ETag: etagOf(text) } };
		}
		if (id.startsWith("LMS.")) return { status: 403, body: "10.1 the documents of the LMS are not the AU's" };
		const wanted = headers["if-match"];
		if ((wanted && wanted !== (text === undefined ? "" : etagOf(text))) || (headers["if-none-match"] === "*" && text !== undefined)) return { status: 412 };
		JSON.parse(body);
		documents.set(key, body);
		session.heard?.("document", id);
		return { status: 204 };
	};

	/** @param {import("node:http").IncomingMessage} request @param {string} body @returns {Answer} */
	const answer = (request, body) => {
		const url = new URL(request.url ?? "", "http://lrs.test");
		const path = url.pathname.replace("/xapi/", "");
		if (tokens.has(url.pathname)) return token(request.method, url.pathname);
		const session = sessions.get(request.headers.authorization ?? "");
		if (!session || session.closed) return { status: 401, body: "who are you?" };
		if (request.headers["x-experience-api-version"] !== VERSION) return { status: 400, body: "X-Experience-API-Version" };
		if (/\+/.test(url.search)) return { status: 400, body: "a plus sign is no percent-encoded space" };
		if (body && request.headers["content-type"] !== "application/json") return { status: 400, body: "Content-Type" };
		if (path === "statements") return request.method === "POST" ? post(session, body) : find(url.searchParams);
		if (/^(activities\/state|agents\/profile)$/.test(path)) return document(session, String(request.method), path, url.searchParams, body, request.headers);
		return { status: 404 };
	};

	/** @param {string | undefined} method @param {string} path @returns {Answer} */
	const token = (method, path) => {
		const entry = tokens.get(path);
		if (method !== "POST") return { status: 405 };
		if (entry.given) return { status: 200, body: { "error-code": "1", "error-text": "given already" } };
		entry.given = true;
		return { status: 200, body: { "auth-token": entry.token } };
	};

	const server = createServer(async (request, response) => {
		open += 1;
		try {
			const chunks = [];
			for await (const chunk of request) chunks.push(chunk);
			const body = Buffer.concat(chunks).toString("utf8");
			const origin = request.headers.origin;
			if (origin) {
				response.setHeader("Access-Control-Allow-Origin", origin);
				response.setHeader("Access-Control-Allow-Headers", ALLOWED);
				response.setHeader("Access-Control-Allow-Methods", "GET,PUT,POST");
				response.setHeader("Access-Control-Expose-Headers", options.etags ? "ETag,Retry-After" : "Retry-After");
				response.setHeader("Access-Control-Max-Age", "600");
			}
			if (request.method === "OPTIONS") return void response.writeHead(204).end();
			const what = `${request.method} ${new URL(request.url ?? "", "http://lrs.test").pathname.replace("/xapi/", "")}`;
			const fault = faults.find(({ on, times }) => on.test(what) && times !== 0) ?? sessions.get(request.headers.authorization ?? "")?.plans?.(what);
			if (fault?.times) fault.times -= 1;
			requests.push(fault ? `${what} ${fault.answer}` : what);
			if (fault?.answer === "down") return void request.socket.destroy();
			const { status, body: told, headers } = typeof fault?.answer === "number"
				? { status: fault.answer, body: fault.text ?? "as planned", headers: fault.headers }
				: answer(request, body);
			if (status >= 400 && ![404, 409, 412].includes(status) && !fault) refusals.push(`${what}: ${status} ${told}`);
			if (fault?.answer === "lost") return void request.socket.destroy();
			const text = told === undefined ? "" : typeof told === "string" ? told : JSON.stringify(told);
			response.writeHead(status, { "Content-Type": "application/json", ...headers }).end(text);
		} catch (error) {
			refusals.push(`400 ${error}`);
			response.writeHead(400).end(String(error));
		} finally {
			open -= 1;
			busy = Date.now();
		}
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
	const address = server.address();
	assert.ok(address && typeof address === "object");
	const base = `http://127.0.0.1:${address.port}`;

	return {
		endpoint: `${base}/xapi/`, statements, documents, refusals, requests, faults, options, sessions,
		/** Credentials that open everything, as Tin Can launches give them. @param {any} [session] @returns {string} the value of Authorization */
		admit(session = {}) {
			const authorization = `Basic ${Buffer.from(`${randomUUID()}:x`).toString("base64")}`;
			sessions.set(authorization, session);
			return authorization;
		},
		/** A session of cmi5. @param {any} session @returns {string} the address of its token */
		begin(session) {
			const token = Buffer.from(`${randomUUID()}:x`).toString("base64");
			const path = `/token/${randomUUID()}`;
			tokens.set(path, { token });
			sessions.set(`Basic ${token}`, Object.assign(session, { cmi5: true, seen: [], latest: "" }));
			return base + path;
		},
		/** @param {Record<string, string>} query @param {unknown} value of a document that the LMS writes */
		write(path, query, value) {
			documents.set(keyOf(path, new URLSearchParams(query)), JSON.stringify(value));
		},
		/** @param {Record<string, string>} query @returns {any} */
		read(query) {
			return JSON.parse(documents.get(keyOf("activities/state", new URLSearchParams({ ...query, stateId: "cartable" }))) ?? "null");
		},
		/** Nothing is left of a registration. @param {string} registration */
		forget(registration) {
			for (const key of documents.keys()) if (JSON.parse(key)[3] === registration) documents.delete(key);
			statements.splice(0, Infinity, ...statements.filter(({ context }) => context.registration !== registration));
		},
		/** When nothing has come for a while. */
		async settled(quiet = 400) {
			for (let tries = 0; tries < 200 && (open || Date.now() - busy < quiet); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
		},
		async end() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
