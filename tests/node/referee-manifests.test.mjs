// The referee's verdict on manifests against that of the official schemas: an error or none against valid or not. The manifests are those of
// tests/manifests and tests/referee/good, and what becomes of the good ones when each line is lost, doubled or swapped. Where the two part, a line of
// tests/referee/disagreements.json must say why: `beyond` names the rules that say what no schema sees, `files` the manifests that a schema refuses and we
// do not. For cmi5 the schema is our own rendition, which is as permissive as the official one; the referee does not know it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SETS } from './xsd.mjs';

const { memoryPages, validateXML } = createRequire(import.meta.url)('xmllint-wasm');

const REPOSITORY = new URL('../../', import.meta.url);
const JUDGE = fileURLToPath(new URL('target/debug/examples/judge-manifests', REPOSITORY));
const { beyond, files } = JSON.parse(readFileSync(new URL('tests/referee/disagreements.json', REPOSITORY), 'utf8'));

/** @typedef {{ name: string, standard: string, text: string }} Manifest */

/** Who judges: the manifests of which folder, and with which schema. @type {Record<string, { folder: string, valid: (texts: string[]) => Promise<boolean[]> }>} */
const JUDGES = {
	'scorm12': { folder: 'scorm12', valid: official('scorm12') },
	'scorm2004-3': { folder: 'scorm2004', valid: official('scorm2004-3') },
	'scorm2004-4': { folder: 'scorm2004', valid: official('scorm2004-4') },
	'cmi5': { folder: 'cmi5', valid: byCmi5 },
};

const met = { beyond: new Set(), files: new Set() };

for (const [name, { folder, valid }] of Object.entries(JUDGES)) describe(name, () => {
	const corpus = manifestsOf(folder).flatMap((manifest) => forSet(name, manifest));

	test('the corpus', async (t) => agree(t, name, corpus, valid));

	test('the good ones, line by line', async (t) => {
		const good = corpus.filter((manifest) => /good\//.test(manifest.name));
		const spoilt = good.flatMap(({ name: of, standard, text }) => {
			const lines = text.split('\n');
			return lines.flatMap((line, at) => [
				['without', lines.toSpliced(at, 1)],
				['twice', lines.toSpliced(at, 0, line)],
				['swapped', lines.toSpliced(at, 2, lines[at + 1] ?? '', line)],
			].map(([how, result]) => ({ name: `${of}, line ${at + 1} ${how}`, standard, text: result.join('\n') })));
		});
		await agree(t, name, spoilt.filter((manifest) => forSet(name, manifest)[0]?.text === manifest.text), valid);
	});

	test('the good ones, value by value', async (t) => {
		const good = corpus.filter((manifest) => /good\//.test(manifest.name));
		await agree(t, name, good.flatMap(withOtherValues).filter((manifest) => forSet(name, manifest)[0]?.text === manifest.text), valid);
	});
});

test('every disagreement that is listed is met', () => {
	assert.deepEqual(Object.keys(beyond).filter((rule) => !met.beyond.has(rule)), []);
	assert.deepEqual(Object.keys(files).filter((file) => !met.files.has(file)), []);
});

/** @param {import('node:test').TestContext} t @param {string} judge @param {Manifest[]} manifests @param {(texts: string[]) => Promise<boolean[]>} valid */
async function agree(t, judge, manifests, valid) {
	const schema = await valid(manifests.map(({ text }) => text));
	const errors = ours(manifests);
	const unexplained = [];
	let agreed = 0;
	manifests.forEach(({ name }, index) => {
		if (schema[index] === (errors[index].length === 0)) {
			agreed++;
			return;
		}
		if (schema[index]) {
			const unknown = errors[index].filter((rule) => !(rule in beyond));
			errors[index].forEach((rule) => met.beyond.add(rule));
			if (unknown.length) unexplained.push(`${name}: valid, but ${unknown.join(', ')}`);
			return;
		}
		const listed = Object.keys(files).find((file) => name.startsWith(file));
		if (listed) met.files.add(listed);
		else unexplained.push(`${name}: not valid, and we say nothing`);
	});
	t.diagnostic(`${judge}: ${manifests.length} manifests, ${agreed} alike`);
	assert.equal(unexplained.length, 0, unexplained.slice(0, 40).join('\n'));
}

/** @param {Manifest[]} manifests @returns {string[][]} the rules broken as errors, by our own judge */
function ours(manifests) {
	assert.ok(existsSync(JUDGE), 'cargo build --example judge-manifests comes first');
	const { stdout, status, stderr } = spawnSync(JUDGE, { input: JSON.stringify(manifests), encoding: 'utf8', maxBuffer: 1 << 28 });
	assert.equal(status, 0, stderr);
	return stdout.trimEnd().split('\n').map((line) => JSON.parse(line));
}

/** @param {string} folder */
function manifestsOf(folder) {
	const places = [...['good', 'bad', 'profile'].map((kind) => `tests/manifests/${folder}/${kind}/`), 'tests/referee/good/'];
	return places.flatMap((place) => readdirSync(new URL(place, REPOSITORY)).sort()
		.filter((name) => place !== 'tests/referee/good/' || name.startsWith(folder))
		.map((name) => ({ name: `${place}${name}`, standard: folder, text: readFileSync(new URL(place + name, REPOSITORY), 'utf8') })));
}

/** Values that most kinds of text do not take, and some do. */
const OTHERS = ['', ' ', 'yes', 'true', '-1', '0.5', '2', 'two words', '1st', 'a:b', 'fr_FR', 'PT1H', 'P1W'];

/** Each attribute taken away, and given two other values; each text likewise. @param {Manifest} manifest @returns {Manifest[]} */
function withOtherValues({ name, standard, text }) {
	const places = [...text.matchAll(/\s([\w:.-]+)="([^"<]*)"|>([^<>]*\S[^<>]*)</g)].filter(({ index, 1: attribute }) =>
		!/^(xmlns|version$|encoding$)/.test(attribute ?? '') && !inComment(text, index));
	return places.flatMap((place, count) => {
		const [whole, attribute] = place;
		const values = [OTHERS[count % OTHERS.length], OTHERS[(count + 5) % OTHERS.length]];
		const results = values.map((value) => attribute ? ` ${attribute}="${value}"` : `>${value}<`);
		return [...attribute ? [''] : [], ...results].map((result) => ({
			name: `${name}, ${whole.trim()} as ${result || 'nothing'}`,
			standard,
			text: text.slice(0, place.index) + result + text.slice(place.index + whole.length),
		}));
	});
}

/** @param {string} text @param {number} at */
function inComment(text, at) {
	return text.lastIndexOf('<!--', at) > text.lastIndexOf('-->', at);
}

/** A manifest as it is for a set: of SCORM 2004 in the set's edition, if it names one at all. @param {string} set @param {Manifest} manifest @returns {Manifest[]} */
function forSet(set, { name, standard, text }) {
	if (!set.startsWith('scorm2004-')) return [{ name, standard, text }];
	const wanted = set.endsWith('3') ? '3rd' : '4th';
	const told = text.replace(/(<schemaversion>)2004 (?:3rd|4th) Edition(?=<)/, `$1${''}2004 ${wanted} Edition`);
	return set.endsWith(editionOf(told)) ? [{ name, standard, text: told }] : [];
}

/** The edition by which the referee judges a manifest of SCORM 2004, as the name of its set ends. @param {string} text */
function editionOf(text) {
	const [, version] = /<schemaversion>\s*(.*?)\s*<\/schemaversion>/.exec(text) ?? [];
	return /^(2004 3rd Edition|CAM 1\.3|1\.3)$/.test(version) ? '-3' : '-4';
}

/** @param {keyof typeof SETS} set @returns {(texts: string[]) => Promise<boolean[]>} */
function official(set) {
	return async (texts) => (await SETS[set].official.all(texts)).map(({ valid }) => valid);
}

/** @param {string[]} texts @returns {Promise<boolean[]>} */
async function byCmi5(texts) {
	const schema = readFileSync(new URL('schemas/cmi5/CourseStructure.xsd', REPOSITORY), 'utf8');
	const verdicts = [];
	for (let from = 0; from < texts.length; from += 500) {
		const batch = texts.slice(from, from + 500);
		const xml = batch.map((contents, index) => ({ fileName: `${index}.xml`, contents }));
		const output = await validateXML({ xml, schema: [{ fileName: 'schema.xsd', contents: schema }], maxMemoryPages: memoryPages.GiB })
			.then(({ rawOutput }) => rawOutput, (error) => error.message);
		const fine = new Set([...output.matchAll(/^(\d+)\.xml validates$/gm)].map(([, index]) => Number(index)));
		verdicts.push(...batch.map((_, index) => fine.has(index)));
	}
	assert.ok(verdicts.some(Boolean), 'the schema does not load');
	return verdicts;
}
