// What holds for the packages of every course in the repository: their manifests, documents and weight, and that they
// differ in what the standards differ in alone.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, describe, test } from "node:test";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { allCourses, Course, courseData, documentsOf } from "./courses.mjs";
import { htmlFaults } from "./html.mjs";
import { runtimeText } from "./runtime.mjs";
import { SETS } from "./xsd.mjs";

/**
 * What in the package of a target describes it: no page loads these files. What is in web packages alone, and in the
 * heads of their documents, is the matter of web.test.mjs.
 */
const DESCRIPTION = {
	...Object.fromEntries(Object.entries(SETS).map(([target, { files }]) => [target, ["imsmanifest.xml", ...files]])),
	cmi5: ["cmi5.xml"],
	xapi: ["tincan.xml"],
};
const TARGETS = Object.keys(DESCRIPTION);

const KB = 1024;
const AT_MOST = { "style.css": 12 * KB, "runtime.js": 28 * KB };
/** For the runtime of a course with other kinds of question than choices. */
const EVERY_KIND = 45 * KB;
/**
 * What more the runtime may weigh for a target, all of it in the adapter: two statuses and records of every answer in
 * SCORM 2004; statements, a queue and requests in cmi5 and xAPI. Without an LMS there is less to say than in SCORM 1.2.
 *
 * @type {Record<string, number>}
 */
const ADAPTER = { "scorm12": 0, "scorm2004-3": 2.5 * KB, "scorm2004-4": 2.5 * KB, "cmi5": 13 * KB, "xapi": 11.5 * KB, "web": 0 };
/** What more the runtime may weigh where a course uses a feature, by the function that is its own. */
const FEATURES = { createButton: 1.5 * KB, arranged: KB, questionsAsked: 1.5 * KB, objectivesHtml: KB, startFilter: 2 * KB, startMedia: 1.75 * KB };
/**
 * For the document. The first is what a course of no words weighs: head, contents, the statement, the metadata on
 * the cover, and the words of the runtime, of which the design's figures say nothing.
 */
const DOCUMENT = { fixed: 8 * KB, per1000Words: 12 * KB, perQuestion: 1.5 * KB };

/** What must not be found in these, and what that would mean. */
const FORBIDDEN = {
	"runtime.js": {
		"leave prompts, and pages that no browser can keep": /unload/i,
		cookies: /cookie/i,
		"code made of text": /\beval\b|\bFunction\s*\(|document\.write|set(?:Timeout|Interval)\(\s*["'`]/,
		"something loaded": /\bfetch\b|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|\bimport\b|\bnew Image\b/,
	},
	"style.css": {
		"something loaded that is no file of the package": /@import|image-set\(|url\((?!"media\/)/i,
	},
};

/** The manifests of all courses, by target: one run of a schema judges them all in the time that it takes for one. @type {Record<string, string[]>} */
const manifests = Object.fromEntries(Object.keys(SETS).map((target) => [target, []]));
/** @type {Record<string, Promise<{ valid: boolean, errors: unknown[] }[]>>} */
const judged = {};

/** @param {string} target @param {"official" | "own"} set @param {string} manifest */
async function verdict(target, set, manifest) {
	judged[`${target}, ${set}`] ??= SETS[target][set].all(manifests[target]);
	return (await judged[`${target}, ${set}`])[manifests[target].indexOf(manifest)];
}

for (const name of allCourses()) describe(name, () => checkPackage(name));

test("the courses are found", () => {
	const names = allCourses();
	assert.ok(names.length > 4 && names.includes("course-src"), names.join());
	assert.equal(new Set(names).size, names.length);
});

for (const target of TARGETS) test(`the runtime for ${target} is light with every kind of question too`, (t) => {
	const sizes = Object.fromEntries(/** @type {const} */ (["questions", "shipped"]).map((form) => [form, Buffer.byteLength(runtimeText(target, form))]));
	const most = EVERY_KIND + ADAPTER[target];
	t.diagnostic(`every kind: ${sizes.questions} of ${most} bytes; with filters and players: ${sizes.shipped}`);
	assert.ok(sizes.questions <= most, `${sizes.questions} bytes`);
	const features = Object.values(FEATURES).reduce((sum, weight) => sum + weight);
	assert.ok(sizes.shipped <= most + features, `${sizes.shipped} bytes`);
});

/** @param {string} name */
function checkPackage(name) {
	const course = new Course(name);
	after(() => course.remove());
	const roots = course.buildFor(TARGETS);
	const root = roots.scorm12;
	/** @param {string} file */
	const read = (file, from = root) => readFileSync(join(from, file), "utf8");
	// Where each lesson is a unit, units.test.mjs looks at the other documents.
	const [document] = documentsOf(root);
	const html = read(document);
	/** @param {string} from */
	const filesOf = (from) => readdirSync(from, { recursive: true, encoding: "utf8" }).filter((file) => statSync(join(from, file)).isFile());
	const files = filesOf(root);

	for (const target of Object.keys(SETS)) {
		const manifest = read("imsmanifest.xml", roots[target]);
		manifests[target].push(manifest);
		test(`the manifest for ${target} is valid, by the official schemas and by ours`, async () => {
			for (const set of /** @type {const} */ (["official", "own"])) {
				assert.deepEqual(await verdict(target, set, manifest), { valid: true, errors: [] }, set);
			}
		});

		test(`the manifest for ${target} lists every file once, and the content first`, () => {
			const described = DESCRIPTION[target];
			const there = filesOf(roots[target]);
			const resources = resourcesOf(manifest, target === "scorm12" ? "adlcp:scormtype" : "adlcp:scormType");
			assert.deepEqual([...new Set(resources.flatMap(({ files }) => files))].sort(), there.filter((file) => !described.includes(file)).sort());
			assert.deepEqual(described.filter((file) => !there.includes(file)), [], "missing");
			const [{ type, href, files: first }] = resources;
			assert.deepEqual({ type, known: documentsOf(root).includes(href) }, { type: "sco", known: true });
			assert.ok(first.includes(href), "a resource lists what it launches");
		});
	}

	for (const target of TARGETS.slice(1)) test(`the package for ${target} differs in what speaks to the LMS alone`, () => {
		/** @param {string} which */
		const rendered = (which) => {
			const others = filesOf(roots[which]).filter((file) => !DESCRIPTION[which].includes(file) && file !== "runtime.js").sort();
			return Object.fromEntries(others.map((file) => {
				const bytes = readFileSync(join(roots[which], file));
				return [file, file.endsWith(".html") ? bytes.toString().replace(CONNECT_SRC, "connect-src") : createHash("sha256").update(bytes).digest("hex")];
			}));
		};
		assert.deepEqual(rendered(target), rendered("scorm12"));
	});

	test("the document is valid HTML", async () => {
		assert.deepEqual(await htmlFaults(html), []);
	});

	test("nothing is written inline, and nothing is loaded from elsewhere", () => {
		const texts = { [document]: html.replace(DATA, "$1$2"), ...htmlOf(courseData(root)) };
		for (const [where, text] of Object.entries(texts)) assert.deepEqual(tagsOf(text, where).flatMap(faultsOf), [], where);
	});

	test("the scripts are the runtime and the data", () => {
		const scripts = [...html.matchAll(/<script\b[^>]*>([^]*?)<\/script>/g)].map(([tag, text]) => tag.replace(text, ""));
		assert.deepEqual(scripts, ['<script type="application/json" id="course-data"></script>', '<script src="runtime.js"></script>']);
	});

	for (const [file, patterns] of Object.entries(FORBIDDEN)) test(`${file} does without what is forbidden`, () => {
		for (const target of TARGETS) {
			const text = read(file, roots[target]);
			// An LRS is spoken to by the one function of createLrs(), and by the one request for a token of cmi5.
			const told = file === "runtime.js" ? { cmi5: 2, xapi: 1 }[target] ?? 0 : 0;
			assert.equal(text.match(/\bfetch\(/g)?.length ?? 0, told, `${target}: requests`);
			for (const [what, pattern] of Object.entries(patterns)) {
				assert.doesNotMatch(told ? text.replace(/\bfetch\b/g, "") : text, pattern, `${target}: ${what}`);
			}
		}
	});

	test("what the style sheet loads is in the package", () => {
		const loaded = [...read("style.css").matchAll(/url\("([^"#]*)/g)].map(([, file]) => file);
		assert.deepEqual(loaded.filter((file) => !files.includes(file)), []);
	});

	test("the package is light", (t) => {
		const { words, questions } = sizeOf(html);
		const limit = DOCUMENT.fixed + (DOCUMENT.per1000Words * words) / 1000 + DOCUMENT.perQuestion * questions;
		const used = Object.entries(FEATURES).filter(([name]) => read("runtime.js").includes(`function ${name}(`));
		const choicesOnly = courseData(root).questions.every(({ kind }) => /^(single|multiple|true-false)$/.test(kind));
		// The limit for every kind holds with buttons and shuffling; draws and results by objective come beside it.
		const outside = used.filter(([name]) => !["createButton", "arranged"].includes(name));
		const runtime = choicesOnly
			? used.reduce((sum, [, weight]) => sum + weight, AT_MOST["runtime.js"])
			: outside.reduce((sum, [, weight]) => sum + weight, EVERY_KIND);
		const runtimes = TARGETS.map((target) => /** @type {const} */ ([target, "runtime.js", runtime + ADAPTER[target]]));
		const others = /** @type {const} */ ([["scorm12", "style.css", AT_MOST["style.css"]], ["scorm12", document, Math.floor(limit)]]);
		for (const [target, file, most] of [...runtimes, ...others]) {
			const { size } = statSync(join(roots[target], file));
			t.diagnostic(`${target}, ${file}: ${size} of ${most} bytes`);
			assert.ok(size <= most, `${target}: ${file} has ${size} bytes of ${most}, with ${words} words and ${questions} questions`);
		}
	});
}

const CONNECT_SRC = /connect-src [^;"]*/;
const DATA = /(<script type="application\/json" id="course-data">)[^]*?(<\/script>)/;

/** @param {string} manifest @param {string} typeAttribute */
function resourcesOf(manifest, typeAttribute) {
	return [...manifest.matchAll(/<resource\s([^>]*?)(?:\/>|>([^]*?)<\/resource>)/g)].map(([, tag, inside = ""]) => ({
		type: attribute(tag, typeAttribute),
		href: attribute(tag, "href"),
		files: [...inside.matchAll(/<file\s([^>]*?)\/?>/g)].map(([, file]) => attribute(file, "href")),
	}));
}

/** @param {string} tag @param {string} name */
function attribute(tag, name) {
	return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1].replaceAll("&amp;", "&") ?? "";
}

/** The pieces of HTML in the course's data, which the runtime puts into the page, by their place. @param {any} value @param {string} place @returns {Record<string, string>} */
function htmlOf(value, place = "data") {
	if (typeof value === "string") return value.includes("<") ? { [place]: value } : {};
	if (typeof value !== "object" || !value) return {};
	return Object.assign({}, ...Object.entries(value).map(([key, inner]) => htmlOf(inner, `${place}.${key}`)));
}

/** Every opening tag, with its attributes. Fails on what it cannot read, so that nothing slips through. @param {string} text @param {string} where */
function tagsOf(text, where) {
	const tag = /<([a-z][a-z0-9]*)((?:\s+[a-z][\w:-]*(?:="[^"]*")?)*)\s*\/?>/g; // MathML closes its empty elements
	const rest = text.replace(tag, "").replace(/<\/[a-z][a-z0-9]*>|<!doctype html>/g, "");
	assert.doesNotMatch(rest, /<.{0,40}/, `${where}: tags written in another way`);
	return [...text.matchAll(tag)].map(([, name, attributes]) => ({
		name,
		attributes: Object.fromEntries([...attributes.matchAll(/([a-z][\w:-]*)(?:="([^"]*)")?/g)].map(([, key, value = ""]) => [key, value])),
	}));
}

const HANDLER_OR_STYLE = /^(on\w+|style|srcdoc|ping|background)$/;
const LOADING = /^(src|srcset|poster|data|action|formaction|manifest)$/;
const ELSEWHERE = /^\s*(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

/** What a tag must not have. @param {{ name: string, attributes: Record<string, string> }} tag */
function faultsOf({ name, attributes }) {
	const loads = (/** @type {string} */ key) => LOADING.test(key) || (key === "href" && name !== "a");
	return Object.entries(attributes).flatMap(([key, value]) => {
		const fault = HANDLER_OR_STYLE.test(key) || (loads(key) && ELSEWHERE.test(value)) || /^\s*javascript:/i.test(value);
		return fault || name === "style" || name === "base" ? [`<${name} ${key}="${value}">`] : [];
	});
}

/** Words are what stands between spaces in the pages (headings, captions and notes too), outside tags and outside the forms of questions. @param {string} html */
function sizeOf(html) {
	const pages = /<main\b[^]*<\/main>/.exec(html)?.[0] ?? "";
	const forms = /<form class="question"[^]*?<\/form>/g;
	const text = pages.replace(forms, " ").replace(/<[^>]*>/g, " ").replace(/&[\w#]+;/g, "x");
	return { words: text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length, questions: pages.match(forms)?.length ?? 0 };
}
