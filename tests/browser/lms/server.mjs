// The loopback server of the LMS: the package under an address like Moodle's,
// the LMS's own pages under /lms/, and the place where sessions save.

import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, resolve, sep } from "node:path";
import { scriptPath } from "./scripts.mjs";

/** Where the package's files are, so that nothing can rely on the root path. */
export const CONTENT = "/pluginfile/1/mod_scorm/content/3/";

const TYPES = {
	avif: "image/avif", css: "text/css", csv: "text/csv", gif: "image/gif", htm: "text/html", html: "text/html",
	jpeg: "image/jpeg", jpg: "image/jpeg", js: "text/javascript", json: "application/json", m4a: "audio/mp4",
	md: "text/markdown", mjs: "text/javascript", mp3: "audio/mpeg", mp4: "video/mp4", ogg: "audio/ogg", pdf: "application/pdf",
	png: "image/png", svg: "image/svg+xml", txt: "text/plain", vtt: "text/vtt", wasm: "application/wasm",
	webm: "video/webm", webp: "image/webp", woff2: "font/woff2", xml: "application/xml", xsd: "application/xml", zip: "application/zip",
};

/**
 * @typedef {object} Handlers
 * @property {string} root the package's folder
 * @property {(session: number) => { html: string, kept: boolean }} player the page of the LMS; may the browser keep it?
 * @property {(session: number, via: "xhr" | "beacon", body: string) => Promise<boolean>} save
 * @property {(body: string) => void} news
 * @property {(path: string) => void} missing
 */
/** @typedef {import("node:http").IncomingMessage} Request */
/** @typedef {import("node:http").ServerResponse} Response */

/** @param {Handlers} handlers @returns {Promise<{ origin: string, otherOrigin: string, close: () => Promise<void> }>} */
export async function startServer(handlers) {
	const servers = [createServer(), createServer()];
	for (const server of servers) {
		server.on("request", (request, response) => {
			answer(handlers, request, response).catch((error) => send(response, 500, "text/plain", String(error)));
		});
		await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
		// A test that forgets to stop the LMS must still end.
		server.unref();
	}
	const [origin, otherOrigin] = servers.map((server) => `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`);
	return { origin, otherOrigin, close: () => closeServers(servers) };
}

/** @param {import("node:http").Server[]} servers */
async function closeServers(servers) {
	for (const server of servers) {
		server.closeAllConnections();
		await new Promise((done) => server.close(done));
	}
}

/** @param {Handlers} handlers @param {Request} request @param {Response} response */
async function answer(handlers, request, response) {
	const url = new URL(request.url ?? "/", "http://127.0.0.1");
	const path = safeDecode(url.pathname);
	const [, place, detail = ""] = /^\/lms\/(\w+)(?:\/([\w.-]+))?$/.exec(path) ?? [];
	if (place === "save") return saved(handlers, Number(detail), url, request, response);
	if (place === "news") {
		handlers.news(await text(request));
		return send(response, 204, "text/plain", "");
	}
	if (place === "player") {
		const { html, kept } = handlers.player(Number(detail));
		// Browsers keep no page in their back/forward cache that must not be stored.
		return send(response, 200, "text/html", html, kept ? "no-cache" : "no-store");
	}
	if (place === "shell") return send(response, 200, "text/html", shell(url.searchParams.get("content") ?? ""));
	if (place === "script") return file(scriptPath(detail), response) || missing(handlers, path, response);
	if (place) return send(response, 200, "text/html", "<!doctype html><html lang=\"en\"><title>LMS</title><link rel=\"icon\" href=\"data:,\"><p>The course.</p>");
	if (path.startsWith(CONTENT) && file(inside(handlers.root, path.slice(CONTENT.length)), response)) return;
	missing(handlers, path, response);
}

/** @param {Handlers} handlers @param {number} session @param {URL} url @param {Request} request @param {Response} response */
async function saved(handlers, session, url, request, response) {
	const via = url.searchParams.get("via") === "beacon" ? "beacon" : "xhr";
	const ok = await handlers.save(session, via, await text(request));
	send(response, 200, "text/plain", String(ok));
}

/** @param {string} path */
function safeDecode(path) {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

/** @param {Request} request */
async function text(request) {
	/** @type {Buffer[]} */
	const chunks = [];
	for await (const chunk of request) chunks.push(chunk);
	return Buffer.concat(chunks).toString("utf8");
}

/** @param {Response} response @param {number} status @param {string} type @param {string} body @param {string} [cache] */
function send(response, status, type, body, cache = "no-store") {
	response.writeHead(status, { "content-type": `${type}; charset=utf-8`, "cache-control": cache });
	response.end(body);
}

/** @param {string} root @param {string} path @returns {string | null} */
function inside(root, path) {
	const found = resolve(root, path);
	return found.startsWith(resolve(root) + sep) ? found : null;
}

/** @param {string | null} path @param {Response} response @returns {boolean} was there such a file? */
function file(path, response) {
	if (!path || !existsSync(path) || !statSync(path).isFile()) return false;
	const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(path).slice(1).toLowerCase())] ?? "application/octet-stream";
	const charset = /^text\/|json|xml|javascript/.test(type) ? "; charset=utf-8" : "";
	response.writeHead(200, { "content-type": type + charset, "cache-control": "no-store", "content-length": statSync(path).size });
	createReadStream(path).pipe(response);
	return true;
}

/** @param {Handlers} handlers @param {string} path @param {Response} response */
function missing(handlers, path, response) {
	// Browsers ask for this one by themselves when the content is in its own window.
	if (path !== "/favicon.ico") handlers.missing(path);
	send(response, 404, "text/plain", "not found");
}

/** A frame of another origin around the content. @param {string} content */
function shell(content) {
	const address = content.replace(/&/g, "&amp;").replace(/"/g, "&quot;");
	return `<!doctype html><html lang="en"><title>Shell</title>${STYLE}<iframe name="content" title="Content" src="${address}"></iframe>`;
}

const STYLE = "<style>html,body{margin:0;height:100%}iframe{display:block;border:0;width:100%;height:100%}</style>";

/** @param {string[]} scripts @param {object} settings */
export function playerPage(scripts, settings) {
	const data = JSON.stringify(settings).replace(/</g, "\\u003c");
	const tags = scripts.map((name) => `<script src="/lms/script/${name}"></script>`).join("");
	return `<!doctype html><html lang="en"><meta charset="utf-8"><title>LMS</title><link rel="icon" href="data:,">${STYLE}${tags}<body><script>window.lmsPlayer = startLmsPlayer(${data});</script>`;
}

/** The file that an LMS launches: that of the first resource with an address (Open edX's rule, the narrowest). @param {string} root */
export function launchFile(root) {
	const path = join(root, "imsmanifest.xml");
	if (!existsSync(path)) return "index.html";
	const resource = /<resource\s[^>]*\bhref\s*=\s*["']([^"']+)["']/.exec(readFileSync(path, "utf8"));
	return resource?.[1].replace(/&amp;/g, "&") ?? "index.html";
}
