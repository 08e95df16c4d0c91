// What a browser has to do until the first page stands, against a bare page of the same text.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { sharedBrowser } from "../tests/browser/lms/host.mjs";
import { heading, median, number, remark, spread, table } from "./table.mjs";

/** @typedef {import("./workshop.mjs").Built} Built */
/** @typedef {(path: string) => Buffer} Site the file at a path */
/** @typedef {{ bytes: number, requests: number, calls: number, ms: number[] }} View */

/** After the first commit: what the page had put off is done by then. */
const QUIET_MS = 1000;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg" };

/** The window of the LMS: an API that counts, and takes everything. */
const HOST = `<!doctype html><meta charset="utf-8"><title>LMS</title><link rel="icon" href="data:,"><script>
const values = { "cmi.core.lesson_status": "not attempted", "cmi.core.lesson_mode": "normal", "cmi.core.credit": "credit", "cmi.interactions._count": "0" };
window.log = [];
window.API = Object.fromEntries(["Initialize", "Finish", "GetValue", "SetValue", "Commit", "GetLastError", "GetErrorString", "GetDiagnostic"].map((name) => ["LMS" + name, (key, value) => {
	log.push(name);
	if (name === "SetValue") values[key] = value;
	return name === "GetValue" ? values[key] ?? "" : name.startsWith("Get") ? "0" : "true";
}]));
</script><body style="margin:0"><iframe id="content" style="border:0;width:100vw;height:100vh"></iframe>`;

/** The six calls that no tracked page can do without. */
const SIX_CALLS = `var api = parent.API; api.LMSInitialize("");
["lesson_status", "lesson_location"].forEach(function (name) { api.LMSGetValue("cmi.core." + name); });
api.LMSGetValue("cmi.suspend_data"); api.LMSSetValue("cmi.core.lesson_status", "incomplete"); api.LMSCommit("");
`;

/** @param {{ course: Built, runs: number }[]} courses */
export async function printFirstView(courses) {
	heading("4. First view, in headless Chromium, over loopback, nothing cached");
	const rows = [];
	for (const { course, runs } of courses) rows.push(...await compare(course, runs));
	table([["", "bytes", "requests", "calls", "main thread ms", "ratio to it", "net"], ...rows]);
	remark("Main thread: processor time of all tasks of the tab, from the LMS's page to 1 s after the first commit; median [range].");
	remark("Bare: the text in plain tags, all of it on view; style and script of the same size are comments, but for six calls.");
	remark("Net: the ratio without what the empty page costs, which is the price of measuring. Requests: a browser fetches the");
	remark("images of all pages, shown or not, unless they are marked to wait.");
}

/** @param {Built} course @param {number} runs */
async function compare({ name, folder }, runs) {
	const [whole, first, empty] = ["  bare page, whole text", "  bare page, text of the first page", "  empty page"];
	/** @type {Record<string, Site>} */
	const sites = {
		[name]: (path) => readFileSync(join(folder, path)),
		[whole]: bareSite(folder, /<main\b[^]*<\/main>/),
		[first]: bareSite(folder, /<section\b[^]*?<\/section>/),
		[empty]: () => Buffer.from('<!doctype html><title>Empty</title><script>parent.API.LMSCommit("")</script>'),
	};
	/** @type {Record<string, View>} */
	const views = {};
	// In turn, so that a busy machine is busy for all; the first turn only warms up.
	for (let run = 0; run <= runs; run++) {
		for (const [what, site] of Object.entries(sites)) {
			const { ms, ...rest } = await view(site);
			views[what] = { ...rest, ms: run ? [...views[what].ms, ms] : [] };
		}
	}
	const [ours, nothing] = [views[name], views[empty]].map(({ ms }) => median(ms));
	return Object.entries(views).map(([what, { bytes, requests, calls, ms }]) => {
		const its = median(ms);
		const isBare = [whole, first].includes(what);
		const ratio = isBare ? number(ours / its, 2) : "";
		// Where a bare page costs hardly more than an empty one, what is left is noise.
		const net = isBare && its > 1.3 * nothing ? number((ours - nothing) / (its - nothing), 2) : "";
		return [what, number(bytes), number(requests), number(calls), spread(ms, 0), ratio, net];
	});
}

/** The text of a part of the document as a page of its own. @param {string} folder @param {RegExp} part @returns {Site} */
function bareSite(folder, part) {
	const text = bare(part.exec(readFileSync(join(folder, "index.html"), "utf8"))?.[0] ?? "");
	const document = `<!doctype html><meta charset="utf-8"><title>Bare</title><link rel="stylesheet" href="style.css">\n${text}\n<script src="runtime.js"></script>`;
	return (path) => {
		const original = readFileSync(join(folder, path === "index.html" ? "style.css" : path));
		if (path === "index.html") return Buffer.from(document);
		if (path === "style.css") return Buffer.from(padded("", original.length));
		return path === "runtime.js" ? Buffer.from(padded(SIX_CALLS, original.length)) : original;
	};
}

/** @param {string} text @param {number} size in bytes */
function padded(text, size) {
	return `${text}/*${"filler ".repeat(size).slice(0, size - text.length - 4)}*/`;
}

const PLAIN = /^(h[1-6]|p|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tr|th|td|strong|em|code|pre|blockquote|figure|figcaption|a|img|br)$/;

/** Plain tags without attributes, but for addresses. @param {string} html */
function bare(html) {
	return html.replace(/<(\/?)([a-z]\w*)([^>]*)>/g, (_, slash, tag, attributes) => {
		if (!PLAIN.test(tag)) return "";
		const addresses = [...attributes.matchAll(/\s(?:href|src|alt)="[^"]*"/g)].join("");
		return `<${slash}${tag}${addresses}>`;
	});
}

/** One visit with a fresh browser context. @param {Site} site */
async function view(site) {
	const server = await serve(site);
	const context = await (await sharedBrowser()).newContext({ viewport: { width: 1280, height: 900 } });
	try {
		const page = await context.newPage();
		const session = await context.newCDPSession(page);
		await session.send("Performance.enable", { timeDomain: "threadTicks" });
		const taskSeconds = async () => (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN;
		await page.goto(`${server.origin}/host`);
		const before = await taskSeconds();
		await page.evaluate(() => void (/** @type {any} */ (document.getElementById("content")).src = "/content/index.html"));
		await page.waitForFunction(() => /** @type {any} */ (window).log.includes("Commit"), null, { polling: 50 });
		await page.waitForTimeout(QUIET_MS);
		const ms = 1000 * (await taskSeconds() - before);
		return { ms, bytes: server.bytes(), requests: server.requests(), calls: await page.evaluate(() => /** @type {any} */ (window).log.length) };
	} finally {
		await context.close();
		await server.close();
	}
}

/** @param {Site} site */
async function serve(site) {
	/** @type {number[]} */
	const sizes = [];
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
		const path = pathname.replace("/content/", "");
		const body = pathname === "/host" ? Buffer.from(HOST) : site(path);
		if (pathname !== "/host") sizes.push(body.length);
		const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(path) || ".html")] ?? "application/octet-stream";
		response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(body);
	});
	await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
	// Whatever goes wrong, this process still ends.
	server.unref();
	const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
	const close = () => {
		server.closeAllConnections();
		return new Promise((done) => server.close(done));
	};
	return { origin: `http://127.0.0.1:${port}`, bytes: () => sizes.reduce((sum, size) => sum + size, 0), requests: () => sizes.length, close };
}
