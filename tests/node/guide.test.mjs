// The author's guide against the course that it quotes: each excerpt stands in its files as it stands in the guide, every
// block has one, and the pictures are there and small.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { courseFolder } from "./courses.mjs";

const example = courseFolder("examples/onboarding-en");
const docs = join(example, "..", "..", "docs");
const guide = readFileSync(join(docs, "guide.md"), "utf8");
const EXCERPTS = ["markdown", "toml", "csv", "vtt", "css"];

const paths = readdirSync(example, { recursive: true, encoding: "utf8" }).filter((path) => [".md", ".toml", ".csv", ".vtt", ".css"].includes(extname(path)));
const files = paths.map((path) => readFileSync(join(example, path), "utf8"));

const fences = [...guide.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, language, text]) => ({ language, text }));

describe("the guide quotes its example", () => {
	const excerpts = fences.filter(({ language }) => EXCERPTS.includes(language));
	for (const { language, text } of excerpts) test(`${language}: ${text.split("\n").find((line) => line && line !== "+++")}`, () => {
		assert.ok(files.some((file) => `\n${file}`.includes(`\n${text}`)), `no file of the example has, line by line:\n${text}`);
	});

	test("and does so often", () => assert.ok(excerpts.length > 25, `${excerpts.length} excerpts`));

	test("HTML that it shows in a table, too", () => {
		const shown = [...guide.matchAll(/^\| `(<[^`]+>)` \|/gm)].map(([, text]) => text);
		assert.deepEqual(shown.filter((text) => !files.some((file) => file.includes(text))), []);
		assert.ok(shown.length > 2);
	});
});

test("the pictures are all shown, and small", () => {
	const shown = [...guide.matchAll(/!\[[^\]]+\]\(images\/([^)]+)\)/g)].map(([, name]) => name);
	assert.deepEqual(readdirSync(join(docs, "images")).sort(), shown.sort());
	const heavy = shown.filter((name) => statSync(join(docs, "images", name)).size > 40_000);
	assert.deepEqual(heavy, []);
});

test("links lead to files that are there, and to headings", () => {
	const prose = guide.replace(/^```[^]*?^```$/gm, "").replace(/`[^`\n]*`/g, "");
	for (const [, path, anchor] of prose.matchAll(/\]\((?!https?:|images\/)([^)#]*)(?:#([^)]*))?\)/g)) {
		const target = join(docs, path || "guide.md");
		if (!anchor) assert.ok(existsSync(target), path);
		else assert.ok(anchors(readFileSync(target, "utf8")).includes(anchor), `${path}#${anchor}`);
	}
});

/** As code forges make them of headings. @param {string} text */
function anchors(text) {
	return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title]) => title.toLowerCase().replace(/[^\w\s-]/g, "").replaceAll(" ", "-"));
}
