// The author's guide and the page on questions, against the courses that they quote: each excerpt stands in the course's
// files as it stands in the docs, every block has one, and the pictures are there and small.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { courseFolder } from "./courses.mjs";

/** The docs, each with the course that it quotes and how often it does so at least. @type {[string, string, number][]} */
const QUOTING = [
	["guide.md", "examples/onboarding-en", 25],
	["questions.md", "examples/question-kinds", 25],
];
const EXCERPTS = ["markdown", "toml", "csv", "vtt", "css"];
const docs = join(courseFolder("examples/onboarding-en"), "..", "..", "docs");
/** @param {string} name */
const read = (name) => readFileSync(join(docs, name), "utf8");

for (const [name, course, least] of QUOTING) describe(`${name} quotes its example`, () => {
	const folder = courseFolder(course);
	const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => EXCERPTS.includes(extname(path).slice(1).replace("md", "markdown")));
	const files = paths.map((path) => readFileSync(join(folder, path), "utf8"));
	const fences = [...read(name).matchAll(/^(`{3,})(\w+)\n([^]*?)^\1$/gm)].map(([, , language, text]) => ({ language, text }));
	const excerpts = fences.filter(({ language }) => EXCERPTS.includes(language));

	for (const { language, text } of excerpts) test(`${language}: ${text.split("\n").find((line) => line && line !== "+++")}`, () => {
		assert.ok(files.some((file) => `\n${file}`.includes(`\n${text}`)), `no file of the example has, line by line:\n${text}`);
	});

	test("and does so often", () => assert.ok(excerpts.length > least, `${excerpts.length} excerpts`));

	test("links lead to files that are there, and to headings", () => {
		const prose = read(name).replace(/^(`{3,})[^]*?^\1$/gm, "").replace(/`[^`\n]*`/g, "");
		for (const [, path, anchor] of prose.matchAll(/\]\((?!https?:|images\/)([^)#]*)(?:#([^)]*))?\)/g)) {
			const target = join(docs, path || name);
			if (!anchor) assert.ok(existsSync(target), path);
			else assert.ok(anchors(readFileSync(target, "utf8")).includes(anchor), `${path}#${anchor}`);
		}
	});
});

test("HTML that the guide shows in a table is in its example, too", () => {
	const folder = courseFolder("examples/onboarding-en");
	const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md")).map((path) => readFileSync(join(folder, path), "utf8"));
	const shown = [...read("guide.md").matchAll(/^\| `(<[^`]+>)` \|/gm)].map(([, text]) => text);
	assert.deepEqual(shown.filter((text) => !files.some((file) => file.includes(text))), []);
	assert.ok(shown.length > 2);
});

test("the page on questions shows each kind that the example asks, and each setting", () => {
	const page = read("questions.md");
	const lock = readFileSync(join(courseFolder("examples/question-kinds"), "course.lock"), "utf8");
	const kinds = new Set([...lock.matchAll(/kind = "([^"]*)"/g)].map(([, kind]) => kind));
	assert.deepEqual([...kinds].sort(), ["fill-in", "free-text", "matching", "multiple-choice", "ordering", "scale", "single-choice", "true-false"]);
	const reference = read("reference.md").split(/^## /m);
	const settings = ["The braces after a question's heading", "The braces after a choice", "The settings of a question", "The front matter of a quiz"]
		.flatMap((title) => [...(reference.find((section) => section.startsWith(title)) ?? "").matchAll(/^\| `([^`]+)` \|/gm)].map(([, name]) => name));
	assert.ok(settings.length > 25, settings.join());
	const common = ["title", "id", "kind", "bank"];
	assert.deepEqual(settings.filter((name) => !common.includes(name) && !page.includes("`" + name) && !page.includes(name + "=") && !page.includes("{" + name)), []);
});

test("the pictures are all shown, and small", () => {
	const shown = QUOTING.flatMap(([name]) => [...read(name).matchAll(/!\[[^\]]+\]\(images\/([^)]+)\)/g)].map(([, picture]) => picture));
	assert.deepEqual(readdirSync(join(docs, "images")).sort(), shown.sort());
	const heavy = shown.filter((name) => statSync(join(docs, "images", name)).size > 40_000);
	assert.deepEqual(heavy, []);
});

/** As code forges make them of headings. @param {string} text */
function anchors(text) {
	return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title.toLowerCase().replace(/[^\w\s-]/g, "").replaceAll(" ", "-"));
}
