// What holds for packages of the target web: what a document says of itself, how it differs from that of an LMS, and the
// single file.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, describe, test } from "node:test";
import { copyFileSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import vm from "node:vm";
import { Course, courseData } from "./courses.mjs";
import { htmlFaults } from "./html.mjs";
import { loadRuntime } from "./runtime.mjs";

/** @typedef {import("./courses.mjs").Change} Change */

/** @type {Change} */
const WEB = ["course.toml", "title", `web = { url = "https://example.org/courses/blocks", image = "first/red.png", image-alt = "A \\"red\\" dot", single-file = true }\ntitle`];
const plain = new Course("blocks");
const said = new Course("blocks", [WEB]);
const listed = new Course("base", [["course.toml", "title", "web = { index = true }\ntitle"]]);
after(() => [plain, said, listed].forEach((course) => course.remove()));

const root = said.build("web");
/** @param {string} folder @param {string} [file] */
const read = (folder, file = "index.html") => readFileSync(join(folder, file), "utf8");
const html = read(root);
const single = readFileSync(`${root}.html`, "utf8");

/** What the head of a document says. @param {string} html */
function saidBy(html) {
	const tags = [...html.matchAll(/<(?:meta (?:name|property)|link rel)="([^"]+)" (?:content|href)="([^"]*)">/g)];
	return Object.fromEntries(tags.map(([, name, value]) => [name, value.replaceAll("&quot;", '"')]));
}

describe("the head", () => {
	test("says to search engines and networks what the author says", () => {
		const { robots, canonical, ...head } = saidBy(html);
		assert.equal(robots, "noindex");
		assert.equal(canonical, "https://example.org/courses/blocks/");
		assert.equal(head["og:url"], canonical);
		assert.equal(head["og:title"], courseTitle(html));
		assert.equal(head["og:description"], head.description);
		assert.equal(head["og:type"], "website");
		assert.equal(head["og:image:alt"], 'A "red" dot');
		const image = head["og:image"].replace(canonical, "");
		assert.ok(readdirSync(join(root, "media")).includes(image.replace("media/", "")), image);
	});

	test("says nothing of addresses that the author does not give, and lets search engines in where they may", () => {
		const head = saidBy(read(listed.build("web")));
		assert.deepEqual(Object.keys(head).filter((name) => /robots|canonical|url|image/.test(name)), []);
		assert.ok(head["og:title"]);
	});

	test("is valid HTML", async () => {
		assert.deepEqual(await htmlFaults(html), []);
	});
});

test("a document for the web is that of an LMS, but for lines in its head", () => {
	const [web, lms] = ["web", "scorm12"].map((target) => plain.build(target));
	const lines = read(web).split("\n");
	const others = read(lms).split("\n");
	const more = lines.filter((line) => !others.includes(line));
	assert.deepEqual(lines.filter((line) => !more.includes(line)), others);
	const head = lines.slice(0, lines.indexOf("</head>"));
	for (const line of more) {
		assert.ok(head.includes(line), line);
		assert.match(line, /^<meta name="robots"|^<meta property="og:|^<script type="application\/json" id="web-strings">/);
	}
	const files = (/** @type {string} */ folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
	assert.deepEqual(files(web), files(lms).filter((file) => !/\.xsd$|^imsmanifest\.xml$/.test(file)));
	for (const file of files(web).filter((file) => /\.\w+$/.test(file) && !/^(index\.html|runtime\.js)$/.test(file))) {
		assert.ok(readFileSync(join(web, file)).equals(readFileSync(join(lms, file))), file);
	}
});

test("the picture for networks is in no package of an LMS that does not show it", () => {
	const course = new Course("base", [["course.toml", "title", 'web = { url = "https://example.org/a", image = "dot.png", image-alt = "A dot" }\ntitle']]);
	try {
		copyFileSync(join(said.source, "first", "red.png"), join(course.source, "dot.png"));
		assert.deepEqual(readdirSync(join(course.build("web"), "media")), ["dot.png"]);
		assert.ok(!readdirSync(course.build("scorm12")).includes("media"));
	} finally {
		course.remove();
	}
});

test("every word that speaks of a platform has another one for the web", () => {
	const strings = JSON.parse(/id="web-strings">(.*?)<\/script>/.exec(html)?.[1] ?? "");
	const all = { ...courseData(root).strings, ...strings };
	// Of those that stay, two are never said (the record never refuses to open).
	const speaking = Object.entries(all).filter(([key, text]) => /platform|enrolled/i.test(text) && !/^alert-(reopen|refused)$/.test(key));
	assert.deepEqual(speaking, []);
});

describe("the record", () => {
	const { context } = loadRuntime("web");
	/** @type {any} */
	let kept = {};
	/** A window with the course open. */
	const window = () => {
		const adapter = vm.runInContext("webAdapter", context)({ unit: [1, 2, 3, 4] }, "key", () => kept, (/** @type {any} */ record) => (kept = record));
		return { ...adapter, opened: adapter.open(false), commits: () => new Promise((done) => adapter.commit(false, done)) };
	};

	test("adds up the time of all visits, however often each is saved, and lowers nothing by itself", async () => {
		kept = {};
		const first = window();
		assert.deepEqual([first.opened.state, first.opened.status.completion, first.opened.mode], ["", "", "normal"]);
		first.state("s1");
		for (const seconds of [10, 25]) {
			first.time(seconds);
			assert.equal(await first.commits(), true);
		}
		first.close(true);
		const second = window();
		assert.equal(second.opened.state, "s1");
		second.time(5);
		second.status({ completion: "completed", success: "passed" });
		await second.commits();
		assert.equal(kept.seconds, 30);
		assert.deepEqual(window().opened.status, { completion: "completed", success: "passed" });
	});

	test("is not written by a window whose place another one has taken, nor once it was erased", async () => {
		kept = {};
		const [older, newer] = [window(), window()];
		older.state("old");
		assert.equal(await older.commits(), true);
		newer.state("new");
		assert.equal(await newer.commits(), true);
		older.state("older");
		assert.equal(await older.commits(), false);
		assert.equal(older.close(false), false);
		assert.equal(kept.state, "new");
		kept = { by: "nobody" };
		assert.equal(await newer.commits(), false);
		assert.deepEqual(kept, { by: "nobody" });
	});

	test("takes every answer, at whatever place", () => {
		const adapter = window();
		assert.equal(adapter.count(), 0);
		assert.equal(adapter.answer(7), true);
	});
});

describe("the single file", () => {
	test("is valid HTML", async () => {
		const short = single.replace(/(data:[\w/+-]+;base64,)[\w+/=]+/g, "$1AA==");
		assert.deepEqual(await htmlFaults(short), []);
	});

	test("names style and script in its policy by their hashes, and loads nothing", () => {
		const [policy] = /content="default-src[^"]*"/.exec(single) ?? [""];
		for (const [directive, pattern] of /** @type {const} */ ([["script-src", /<script>([^]*?)<\/script>/], ["style-src", /<style>([^]*?)<\/style>/]])) {
			const hash = createHash("sha256").update(pattern.exec(single)?.[1] ?? "").digest("base64");
			assert.ok(policy.includes(`${directive} 'sha256-${hash}';`), directive);
		}
		assert.doesNotMatch(policy, /'self'|unsafe/);
		const loaded = [...single.matchAll(/<(?!a\b)\w+[^>]*?\s(?:src|poster|href)="([^"]{0,40})/g)].map(([, address]) => address);
		assert.deepEqual(loaded.filter((address) => !/^(data:|https:\/\/example\.org\/courses\/blocks\/$)/.test(address)), []);
		assert.ok(loaded.length > 4);
	});

	test("is the document of the package otherwise", () => {
		const kept = (/** @type {string} */ text) => /<main[^]*<\/main>/.exec(text)?.[0].replace(/"(data:[^"]*|media\/[^"]*)"/g, '"…"').replace(/ download="[^"]*"/g, " download");
		assert.equal(kept(single), kept(html));
	});

	test("has its sum beside it", () => {
		const sum = createHash("sha256").update(single).digest("hex");
		assert.equal(readFileSync(`${root}.html.sha256`, "utf8"), `${sum}  blocks-2.1-web.html\n`);
	});
});

/** @param {string} html */
function courseTitle(html) {
	return /<title>(.*?)<\/title>/.exec(html)?.[1].replaceAll("&quot;", '"');
}
