// The schemas that editors complete and check `course.toml` with, held against every course of the repository by a
// validator that is not ours: what cartable builds, an editor must not underline.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Ajv from "ajv";
import { allCourses, courseFolder } from "./courses.mjs";
import { built } from "./runtime.mjs";

const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const ajv = new Ajv({ allErrors: true, formats: { date: /^\d{4}-\d\d-\d\d$/ } });
const [course, lesson, page] = ["course", "lesson", "page"].map((name) => {
	return ajv.compile(JSON.parse(readFileSync(join(repository, "schemas", `${name}.schema.json`), "utf8")));
});

/** The TOML of files as JSON, dates as strings. @param {string[]} files */
function tomlOf(files) {
	const done = spawnSync(built("examples", "toml-as-json"), files, { encoding: "utf8" });
	if (done.status !== 0) throw new Error("toml-as-json failed; build it with: cargo build --example toml-as-json\n" + done.stderr);
	return done.stdout.trim().split("\n").map((line) => JSON.parse(line, (_, value) => value?.$__toml_private_datetime ?? value));
}

/** @param {import("ajv").ValidateFunction} validate @param {unknown} data */
function faults(validate, data) {
	return validate(data) ? [] : (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

for (const name of allCourses()) test(`${name} fits the schemas`, () => {
	const folder = courseFolder(name);
	const all = readdirSync(folder, { recursive: true, encoding: "utf8" });
	const isPage = (/** @type {string} */ file) => file.endsWith(".md") && dirname(file) !== "." && /^\ufeff?\+\+\+/.test(readFileSync(join(folder, file), "utf8"));
	const files = all.filter((file) => file === "course.toml" || isPage(file)).map((file) => join(folder, file));
	for (const [index, data] of tomlOf(files).entries()) {
		const file = basename(files[index]);
		const schema = file === "course.toml" ? course : file === "index.md" ? lesson : page;
		assert.deepEqual(faults(schema, data), [], files[index]);
	}
});

describe("what cartable refuses, the schemas refuse", () => {
	const good = { id: "https://example.org/a", title: "A", version: "1", language: "en", lessons: ["a"] };
	const quiz = { title: "Q", kind: "quiz" };
	/** @type {[string, import("ajv").ValidateFunction, object][]} */
	const cases = [
		["a key that is missing", course, { ...good, title: undefined }],
		["a key that is misspelt", course, { ...good, langage: "fr" }],
		["a blank text", course, { ...good, title: " " }],
		["a number out of range", course, { ...good, completion: { "pass-mark": 101 } }],
		["a word that is none", course, { ...good, completion: { when: "done" } }],
		["a table without its key", lesson, { title: "L", pages: [], competencies: [{}] }],
		["a date with a time", course, { ...good, updated: "2026-11-23T10:00:00" }],
		["a list of something else", lesson, { title: "L", pages: [1] }],
		["a key of a quiz on a page", page, { title: "P", attempts: 2 }],
		["a count of nothing", page, { ...quiz, attempts: 0 }],
		["a bank without its folder", page, { ...quiz, bank: [{ draw: 2 }] }],
	];
	for (const [what, schema, data] of cases) test(what, () => {
		assert.notDeepEqual(faults(schema, JSON.parse(JSON.stringify(data))), []);
	});

	test("and what it takes, they take", () => {
		assert.deepEqual(faults(course, good), []);
		for (const attempts of [1, "unlimited"]) assert.deepEqual(faults(page, { ...quiz, attempts }), []);
	});
});
