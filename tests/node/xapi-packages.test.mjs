// What describes the packages of the targets cmi5 and xapi: cmi5.xml and tincan.xml, by our schemas and by the rules that no schema can see.
// tests/manifests/{cmi5,tincan}: good ones; bad, one fault per file, whose `expect` comment is a part of the schema's complaint; profile, which the
// schema takes and an LMS does not, whose `forbidden` comment is the rule that is broken.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { allCourses, cartable, Course } from "./courses.mjs";

const { validateXML } = createRequire(import.meta.url)("xmllint-wasm");

const repository = new URL("../../", import.meta.url);
const STANDARDS = {
	cmi5: { schema: "schemas/cmi5/CourseStructure.xsd", file: "cmi5.xml", notice: "not the official AICC/ADL file", faults: cmi5Faults },
	tincan: { schema: "schemas/tincan/tincan.xsd", file: "tincan.xml", notice: "no file of the Tin Can project", faults: tincanFaults },
};
const AT_LEAST = { good: 8, bad: 25, profile: 12 };
const REMARK = { bad: /<!-- expect: (.+?) -->/, profile: /<!-- forbidden: (.+?) -->/ };
/** What the packages of the corpus would hold. */
const FILES = ["index.html", "accueil.html", "lesson-2.html"];

for (const [standard, { schema, notice, faults }] of Object.entries(STANDARDS)) describe(standard, async () => {
	const text = readFileSync(new URL(schema, repository), "utf8");
	const corpus = Object.keys(AT_LEAST).flatMap((kind) => {
		const folder = new URL(`tests/manifests/${standard}/${kind}/`, repository);
		return readdirSync(folder).sort().map((name) => ({ kind, name, xml: readFileSync(new URL(name, folder), "utf8") }));
	});
	const verdicts = await judged(text, corpus.map(({ xml }) => xml));

	corpus.forEach(({ kind, name, xml }, index) => test(`${kind}/${name}`, () => {
		const complaints = verdicts[index];
		const remark = REMARK[kind]?.exec(xml)?.[1];
		if (kind === "bad") {
			assert.ok(complaints.some(({ message }) => message.includes(remark)), `none speaks of ${remark}: ${JSON.stringify(complaints)}`);
			assert.equal(new Set(complaints.map(({ line }) => line)).size, 1, `more than one fault: ${JSON.stringify(complaints)}`);
			return;
		}
		assert.deepEqual(complaints, []);
		assert.deepEqual([...new Set(faults(rootOf(xml), FILES))], kind === "good" ? [] : [remark]);
	}));

	test("the corpus is there", () => {
		for (const [kind, least] of Object.entries(AT_LEAST)) assert.ok(corpus.filter((file) => file.kind === kind).length >= least, kind);
	});

	test("the schema says what it is", () => {
		const words = text.replace(/\s+/g, " ");
		for (const part of ["cartable's own", notice, "MIT OR Apache-2.0"]) assert.ok(words.includes(part), part);
	});

	test("a schema that does not load throws, whatever the manifest", async () => {
		await assert.rejects(judged(text.replace("<xsd:element name", "<xsd:element nom"), [corpus[0].xml]), /does not load/);
	});
});

for (const name of allCourses()) describe(name, () => {
	const course = new Course(name);
	after(() => course.remove());
	for (const [target, standard] of Object.entries({ cmi5: "cmi5", xapi: "tincan" })) test(target, async () => {
		const { schema, file, faults } = STANDARDS[standard];
		const root = course.build(target);
		const xml = readFileSync(join(root, file), "utf8");
		assert.deepEqual(await judged(readFileSync(new URL(schema, repository), "utf8"), [xml]), [[]]);
		assert.deepEqual(faults(rootOf(xml), filesOf(root)), []);
		const others = ["imsmanifest.xml", "cmi5.xml", "tincan.xml"].filter((other) => other !== file && filesOf(root).includes(other));
		assert.deepEqual(others, [], "one standard per package: importers take the first that they find");
	});
});

describe("identifiers", () => {
	/** @param {string} id of the course */
	const unitOf = (id) => `${id}unit/`;
	/** @type {Record<string, string>} The id of a course, and what those of its units begin with. */
	const IDS = {
		"https://example.org/courses/a": unitOf("https://example.org/courses/a/"),
		"https://example.org/courses/a/": unitOf("https://example.org/courses/a/"),
		"https://example.org/play?course=7": unitOf("https://example.org/play?course=7#"),
		"https://example.org/courses#a": unitOf("https://example.org/courses#a/"),
		"http://exemple.fr/été/données": unitOf("http://exemple.fr/été/données/"),
		"urn:uuid:5f0c2a7e-6e0f-4c58-9d3a-0c7d2b1f9e11": unitOf("urn:uuid:5f0c2a7e-6e0f-4c58-9d3a-0c7d2b1f9e11#"),
		"urn:example:a#b": unitOf("urn:example:a#b/"),
		"tag:example.org,2026:a": unitOf("tag:example.org,2026:a#"),
	};
	for (const [id, start] of Object.entries(IDS)) test(id, async (t) => {
		const course = minimal(t, [["course.toml", '"https://example.org/courses/minimal"', JSON.stringify(id)]]);
		const { structure, au } = cmi5Of(course);
		assert.equal(structure.all("course")[0].attributes.id, id);
		assert.match(au.attributes.id.slice(start.length), UUID);
		assert.ok(au.attributes.id.startsWith(start), au.attributes.id);
		assert.deepEqual(cmi5Faults(structure, ["index.html"]), []);
		assert.deepEqual(await judged(readFileSync(new URL(STANDARDS.cmi5.schema, repository), "utf8"), [structure.source]), [[]]);
		// What statements are about: the launched activity. A Tin Can package of one unit is the course itself.
		assert.deepEqual(tincanOf(course).all("activity").map(({ attributes }) => attributes.id), [id]);
	});

	test("they stay when everything else changes", (t) => {
		const course = new Course("examples/onboarding-en");
		t.after(() => course.remove());
		const ids = () => cmi5Of(course).structure.all("course", "au", "objective").flatMap(({ attributes }) => attributes.id ?? []);
		const before = ids();
		const toml = readFileSync(join(course.source, "course.toml"), "utf8");
		course.change([["course.toml", toml.replace(/^title .*$/m, 'title = "Another title"').replace(/^version .*$/m, 'version = "9.9"').replace(/^description .*$/m, "")]]);
		assert.deepEqual(ids(), before);
		assert.equal(cmi5Of(course).structure.all("course")[0].all("description")[0].text().trim(), "Another title", "never empty");
		assert.equal(new Set(before).size, before.length);
		assert.ok(before.length > 10);
	});
});

describe("what counts as done", () => {
	/** @type {[string, string, string, string | undefined][]} The rule, whether the quiz is required, moveOn, masteryScore. */
	const RULES = [
		['when = "viewed"', "", "Completed", undefined],
		['when = "passed"', "", "Passed", "0.7"],
		['when = "viewed-and-passed"', "", "CompletedAndPassed", "0.7"],
		["", "required = false", "Completed", undefined],
		['when = "viewed"', "required = false", "Completed", undefined],
		['when = "passed"\npass-mark = 100', "", "Passed", "1"],
		['when = "passed"\npass-mark = 7', "", "Passed", "0.07"],
		['when = "passed"\npass-mark = 29', "", "Passed", "0.29"],
	];
	for (const [rule, required, moveOn, mastery] of RULES) test([rule.replace("\n", ", ") || "no rule", required && `quiz: ${required}`].filter(Boolean).join("; "), (t) => {
		const course = minimal(t, [["lesson/quiz.md", 'kind  = "quiz"', `kind = "quiz"\n${required}`]]);
		const toml = readFileSync(join(course.source, "course.toml"), "utf8").replace(/\[completion\][^[]*/, "");
		course.change([["course.toml", `${toml}\n[completion]\n${rule}\n`]]);
		const { attributes } = cmi5Of(course).au;
		assert.deepEqual([attributes.moveOn, attributes.masteryScore], [moveOn, mastery]);
	});
});

test("one command makes both archives, the same at every build, each with its own file first", (t) => {
	const course = minimal(t, []);
	course.settle("cmi5,xapi");
	const build = () => cartable(["build", course.source, "--out", course.output, "--target", "cmi5,xapi"]).trim().split("\n").filter((path) => path.endsWith(".zip"));
	const archives = build();
	const bytes = archives.map((path) => readFileSync(path));
	assert.deepEqual(bytes.map(firstName), ["cmi5.xml", "tincan.xml"]);
	assert.deepEqual(build(), archives);
	archives.forEach((path, index) => assert.ok(readFileSync(path).equals(bytes[index]), path));
});

/** The name of an archive's first entry (APPNOTE, section 4.3.7). @param {Buffer} zip */
function firstName(zip) {
	return zip.subarray(30, 30 + zip.readUInt16LE(26)).toString();
}

/** @param {import("node:test").TestContext} t @param {import("./courses.mjs").Change[]} changes */
function minimal(t, changes) {
	const course = new Course("examples/minimal", [["course.lock", null], ...changes]);
	t.after(() => course.remove());
	return course;
}

/** @param {Course} course */
function cmi5Of(course) {
	const structure = rootOf(readFileSync(join(course.build("cmi5"), "cmi5.xml"), "utf8"));
	return { structure, au: structure.all("au")[0] };
}

/** @param {Course} course */
function tincanOf(course) {
	return rootOf(readFileSync(join(course.build("xapi"), "tincan.xml"), "utf8"));
}

/** @param {string} root */
function filesOf(root) {
	const all = readdirSync(root, { recursive: true, encoding: "utf8" });
	return all.filter((file) => statSync(join(root, file)).isFile()).map((file) => file.replaceAll("\\", "/"));
}

// The rules that no schema can see. Each gives the words of those that a document breaks.

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`#]+(#[^\s<>"{}|\\^`#]*)?$/i;
/** The names of the launch, of cmi5 (section 8.1) and of Tin Can. */
const RESERVED = ["endpoint", "fetch", "auth", "actor", "registration", "activityId", "activity_id"];

/** @param {Element} root @param {string[]} files in the package @returns {string[]} */
function cmi5Faults(root, files) {
	const units = root.all("au");
	const declared = root.all("objective").filter(({ attributes }) => "id" in attributes).map(({ attributes }) => attributes.id);
	const named = [...root.all("course", "block", "au"), ...root.all("objective").filter(({ attributes }) => "id" in attributes)];
	const references = [...root.all("block"), ...units].flatMap((owner) => owner.below("objectives").flatMap((list) => list.below("objective")));
	const texts = root.all("title", "description");
	return [
		...idFaults(named.map(({ attributes }) => attributes.id)),
		...unless(references.every(({ attributes }) => declared.includes(attributes.idref)), "a unit names objectives that are declared"),
		...unless(units.every(({ attributes }) => !/\.\d{5}/.test(attributes.masteryScore ?? "")), "a mastery score has at most four decimals"),
		...unless(units.every(({ attributes }) => attributes.moveOn), "a unit says what it waits for"),
		...unless(units.every(({ attributes }) => !/^(Passed|CompletedAndPassed)$/.test(attributes.moveOn ?? "") || attributes.masteryScore), "who asks for passing names the mark"),
		...unless(units.every(({ attributes }) => ABSOLUTE.test(attributes.activityType ?? "a:b")), "an activity type is an absolute IRI"),
		...addressFaults(root.all("url").map((url) => url.text().trim()), files),
		...unless(root.all("langstring").every((one) => one.text().trim()), "no text is blank"),
		...unless(root.all("langstring").every(({ attributes }) => attributes.lang), "every text names its language"),
		...languageFaults(texts.map((text) => text.below("langstring"))),
	];
}

/** @param {Element} root @param {string[]} files in the package @returns {string[]} */
function tincanFaults(root, files) {
	const activities = root.all("activity");
	const types = activities.map(({ attributes }) => attributes.type);
	return [
		...idFaults(activities.map(({ attributes }) => attributes.id)),
		...root.all("choices", "scale", "source", "target", "steps").flatMap((list) => onceFaults(list.all("id").map((id) => id.text()))),
		...unless(types.every((type) => ABSOLUTE.test(type)), "an activity type is an absolute IRI"),
		...unless(!types.some((type) => type.startsWith("https://adlnet.gov/")), "an activity type of ADL begins with http:"),
		...unless(activities[0].below("launch").length, "the first activity can be launched"),
		...addressFaults(root.all("launch", "resource").map((one) => one.text().trim()).filter((address) => !address.startsWith("media/")), files),
		...languageFaults(activities.flatMap((activity) => ["name", "description", "launch"].map((name) => activity.below(name)))),
	];
}

/** @param {unknown} holds @param {string} rule */
function unless(holds, rule) {
	return holds ? [] : [rule];
}

/** @param {string[]} ids */
function idFaults(ids) {
	return [...unless(ids.every((id) => ABSOLUTE.test(id)), "an id is an absolute IRI"), ...onceFaults(ids)];
}

/** @param {string[]} ids */
function onceFaults(ids) {
	return unless(new Set(ids).size === ids.length, "an id stands for one thing only");
}

/** @param {string[]} addresses @param {string[]} files */
function addressFaults(addresses, files) {
	const relative = addresses.filter((address) => !ABSOLUTE.test(address)).map((address) => address.replace(/[?#].*$/, ""));
	const names = addresses.flatMap((address) => [...new URL(address, "https://lms.invalid/").searchParams.keys()]);
	return [
		...unless(relative.every((path) => files.includes(path)), "a relative address is a file of the package"),
		...unless(!names.some((name) => RESERVED.includes(name)), "no name in a query is one of the launch"),
	];
}

/** @param {Element[][]} translations the texts that say the same */
function languageFaults(translations) {
	const once = translations.every((texts) => new Set(texts.map(({ attributes }) => attributes.lang)).size === texts.length);
	return unless(once, "no language twice");
}

/**
 * Enough of a reader of XML for documents that xmllint has found well-formed.
 *
 * @typedef {object} Element
 * @property {string} name
 * @property {Record<string, string>} attributes
 * @property {string} source
 * @property {() => string} text
 * @property {(name: string) => Element[]} below The children of that name.
 * @property {(...names: string[]) => Element[]} all What stands anywhere inside, by its names, in the document's order.
 *
 * @param {string} source @returns {Element}
 */
function rootOf(source) {
	const xml = source.replace(/<\?[^]*?\?>|<!--[^]*?-->/g, "");
	assert.doesNotMatch(xml, /<!/, "this reader knows no CDATA and no DOCTYPE");
	const document = elementOf("", "", source);
	const open = [document];
	for (const [, end, name, attributes, empty, text] of xml.matchAll(/<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g)) {
		const inside = open[open.length - 1];
		if (text) inside.content.push(decoded(text));
		else if (end) open.pop();
		else {
			const element = elementOf(name, attributes, source);
			inside.content.push(element);
			if (!empty) open.push(element);
		}
	}
	return document.children()[0];
}

/** @param {string} name @param {string} attributes @param {string} source */
function elementOf(name, attributes, source) {
	/** @type {any[]} */
	const content = [];
	const children = () => content.filter((part) => typeof part !== "string");
	const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, decoded(value)]);
	const element = {
		name,
		attributes: Object.fromEntries(pairs),
		source,
		content,
		children,
		text: () => content.map((part) => (typeof part === "string" ? part : part.text())).join(""),
		below: (/** @type {string} */ wanted) => children().filter((child) => child.name === wanted),
		/** @returns {any[]} */
		all: (/** @type {string[]} */ ...names) => children().flatMap((child) => [...(names.includes(child.name) ? [child] : []), ...child.all(...names)]),
	};
	return element;
}

/** @param {string} text */
function decoded(text) {
	/** @type {Record<string, string>} */
	const named = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
	return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (_, hex, decimal, name) => named[name] ?? String.fromCodePoint(hex ? parseInt(hex, 16) : Number(decimal)));
}

/** What xmllint complains of in each document, namespaces left out: nothing where it is valid. @param {string} schema @param {string[]} documents */
async function judged(schema, documents) {
	const xml = documents.map((contents, index) => ({ fileName: `document-${index}.xml`, contents }));
	let output;
	try {
		output = (await validateXML({ xml, schema: [{ fileName: "schema.xsd", contents: schema }] })).rawOutput;
	} catch (error) {
		// 1: a document is not well-formed. Anything else that ends here is not about a document.
		if (error.code !== 1) throw new Error(`the schema does not load, or xmllint fails: ${error.message}`);
		output = error.message;
	}
	const valid = new Set([...output.matchAll(/^document-(\d+)\.xml validates$/gm)].map(([, index]) => Number(index)));
	const complaints = [...output.matchAll(/^document-(\d+)\.xml:(\d+): (.*)$/gm)].map(([, index, line, text]) => ({
		index: Number(index),
		line: Number(line),
		message: text.replace(/\{[^{}\s]*:[^{}\s]*\}/g, ""),
	}));
	return documents.map((_, at) => {
		if (valid.has(at)) return [];
		const found = complaints.filter(({ index }) => index === at).map(({ line, message }) => ({ line, message }));
		if (!found.length) throw new Error(`xmllint gave no verdict, or the schema does not load: ${output.slice(0, 1000)}`);
		return found;
	});
}
