// Courses whose lessons are units: what holds for each document of their packages, and for what the manifest says of each.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Course, courseData, documentsOf } from "./courses.mjs";
import { htmlFaults } from "./html.mjs";
import { SETS } from "./xsd.mjs";

/** @type {Record<string, import("./courses.mjs").Change[]>} */
const COURSES = {
	"tests/courses/units": [],
	"examples/onboarding-en": [["course.lock", null], ["course.toml", "[theme]", "[package]\nunits = \"lessons\"\n\n[theme]"]],
};

for (const [name, changes] of Object.entries(COURSES)) describe(name, () => {
	const course = new Course(name, changes);
	after(() => course.remove());
	const roots = course.buildFor(Object.keys(SETS));
	const root = roots.scorm12;
	/** @param {string} file */
	const read = (file) => readFileSync(join(root, file), "utf8");
	const manifest = read("imsmanifest.xml");
	const resources = [...manifest.matchAll(/<resource [^>]*href="([^"]*)"[^>]*adlcp:scormtype="sco"[^>]*>([^]*?)<\/resource>/g)].map(([, href, inside]) => ({
		href,
		files: [...inside.matchAll(/<file href="([^"]*)"/g)].map(([, file]) => file),
	}));

	for (const [target, { official, own }] of Object.entries(SETS)) test(`the manifest for ${target} is valid, by the official schemas and by ours`, async () => {
		const text = readFileSync(join(roots[target], "imsmanifest.xml"), "utf8");
		for (const validate of [official, own]) assert.deepEqual(await validate(text), { valid: true, errors: [] });
	});

	test("each unit is an item that launches a document of its own", () => {
		const items = [...manifest.matchAll(/<item identifier="([^"]*)" identifierref="([^"]*)"/g)];
		assert.equal(items.length, resources.length);
		for (const [, , reference] of items) assert.ok(manifest.includes(`<resource identifier="${reference}"`), reference);
		assert.equal(new Set(items.flatMap(([, ...ids]) => ids)).size, 2 * items.length, "no identifier stands twice");
		assert.deepEqual(resources.map(({ href }) => href).sort(), documentsOf(root));
	});

	for (const { href, files } of resources) {
		test(`${href} and what it shows are listed, and no other document`, () => {
			assert.equal(files[0], href);
			assert.equal(new Set(files).size, files.length);
			assert.deepEqual(files.filter((file) => file.endsWith(".html")), [href]);
			const shown = [...read(href).matchAll(/ (?:src|href|poster)="([^"#:]+)"/g)].map(([, file]) => file);
			assert.ok(shown.includes("runtime.js"));
			assert.deepEqual(shown.filter((file) => !files.includes(file)), []);
		});

		test(`${href} is valid HTML, and no link leads out of it but to other sites and to files`, async () => {
			const html = read(href);
			assert.deepEqual(await htmlFaults(html), []);
			const texts = html + JSON.stringify(courseData(root, href)).replaceAll('\\"', '"');
			const ids = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
			const links = [...texts.matchAll(/<a\b[^>]* href="([^"]*)"/g)].map(([, link]) => link);
			assert.deepEqual(links.filter((link) => (link.startsWith("#") ? !ids.has(link.slice(1)) : !/^(https?:|mailto:|tel:|media\/)/.test(link))), []);
		});
	}

	test("each has its own state and its own rule", () => {
		const all = documentsOf(root).map((file) => courseData(root, file));
		assert.equal(new Set(all.map(({ unit }) => unit.join())).size, all.length);
		for (const { completion, pages } of all) {
			const counts = pages.some(({ required, quiz }) => required && quiz);
			assert.equal(completion.when, counts ? "viewed-and-passed" : "viewed");
		}
		const numbers = all.flatMap(({ pages }) => pages.map(({ n }) => n));
		assert.equal(new Set(numbers).size, numbers.length, "no page is in two units");
	});
});
