// The schemas that cartable ships against the official ones: the same manifests pass, the same are refused at the same line, and the wording is our own.
// tests/manifests/good: what SCORM 1.2 allows. bad: one fault per file, which both sets see; its `expect` comment is a part of the complaint.
// profile: what SCORM 1.2 forbids and no schema can see; the `forbidden` comment says the rule, other code enforces it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CONTROL_DOCUMENTS, officialScorm12, officialText, ownScorm12, ownText, validator } from './xsd.mjs';

// Where the two sets part: file → which set refuses it, and why that is so. A line that is no longer true fails.
const DIFFERENCES = new Map([
  // ['good/name.xml', { refusedBy: 'own', reason: '…' }],
]);

const MANIFESTS = new URL('../manifests/', import.meta.url);
const AT_LEAST = { good: 10, bad: 30, profile: 6 };
const REMARK = { bad: /<!-- expect: (.+?) -->/, profile: /<!-- forbidden: (.+?) -->/ };

const corpus = Object.keys(AT_LEAST).flatMap(kind => readdirSync(new URL(kind, MANIFESTS)).sort().map(name => {
  const text = readFileSync(new URL(`${kind}/${name}`, MANIFESTS), 'utf8');
  return { kind, name: `${kind}/${name}`, text, remark: REMARK[kind]?.exec(text)?.[1] };
}));
const texts = corpus.map(({ text }) => text);
const [official, own] = await Promise.all([officialScorm12.all(texts), ownScorm12.all(texts)]);

corpus.forEach(({ kind, name, remark }, index) => test(name, () => {
  const verdicts = { official: official[index], own: own[index] };
  if (kind in REMARK) assert.ok(remark, 'its comment is missing');
  const expected = { official: kind !== 'bad', own: kind !== 'bad' };
  const difference = DIFFERENCES.get(name);
  if (difference) Object.assign(expected, { official: true, own: true, [difference.refusedBy]: false });
  for (const [set, { valid, errors }] of Object.entries(verdicts)) {
    assert.equal(valid, expected[set], `${set}: ${valid ? 'accepted' : JSON.stringify(errors)}`);
    if (kind === 'bad' && !valid) {
      assert.ok(errors.some(({ message }) => message.includes(remark)), `${set}: none speaks of ${remark}: ${JSON.stringify(errors)}`);
      assert.equal(new Set(errors.map(({ line }) => line)).size, 1, `${set}: more than one fault: ${JSON.stringify(errors)}`);
    }
  }
  if (!verdicts.official.valid && !verdicts.own.valid) assert.equal(verdicts.own.errors[0].line, verdicts.official.errors[0].line);
}));

test('the corpus is there, and every known difference is about one of its files', () => {
  for (const [kind, least] of Object.entries(AT_LEAST)) assert.ok(corpus.filter(file => file.kind === kind).length >= least, kind);
  for (const name of DIFFERENCES.keys()) assert.ok(corpus.some(file => file.name === name), name);
});

// The corpus holds the faults that we thought of. Here every good manifest loses, doubles or swaps each of its lines, which mostly are elements.
test('both sets judge alike what becomes of the good manifests line by line', async () => {
  const spoilt = corpus.filter(({ kind }) => kind === 'good').flatMap(({ text }) => {
    const lines = text.split('\n');
    return lines.flatMap((line, at) => [
      lines.toSpliced(at, 1),
      lines.toSpliced(at, 0, line),
      lines.toSpliced(at, 2, lines[at + 1] ?? '', line),
    ]).map(result => result.join('\n'));
  });
  const [officially, ours] = await Promise.all([officialScorm12.all(spoilt), ownScorm12.all(spoilt)]);
  const lines = ({ errors }) => errors.map(({ line }) => line).join();
  spoilt.forEach((text, index) => assert.equal(lines(ours[index]), lines(officially[index]), text));
  const accepted = ours.filter(({ valid }) => valid).length;
  assert.ok(accepted > 100 && spoilt.length - accepted > 1000, 'too few of one kind to prove anything');
});

test('a schema that does not load throws, whatever the manifest', async () => {
  const minimal = texts[corpus.findIndex(({ name }) => name === 'good/minimal.xml')];
  const broken = {
    'official, without its repairs': [officialText, /content model is not determinist/],
    'an import is not found': [name => name === 'imsmd_rootv1p2p1.xsd' ? '<oops/>' : ownText(name), /do not load/],
    'a file declares nothing': [name => name === 'adlcp_rootv1p2.xsd' ? '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"/>' : ownText(name), /do not load/],
  };
  for (const [what, [read, complaint]] of Object.entries(broken)) await assert.rejects(validator(read)(minimal), complaint, what);
});

test('the schemas say what they are, use no numeric character reference and stay small', () => {
  for (const name of CONTROL_DOCUMENTS) {
    const text = ownText(name);
    const [, notice] = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<!--([^]*?)-->/.exec(text);
    for (const word of ["cartable's own", 'not the official IMS/ADL file', 'as permissive', 'MIT OR Apache-2.0']) assert.ok(notice.includes(word), `${name}: ${word}`);
    assert.doesNotMatch(text, /&#/, name); // Moodle's importer breaks them
  }
  const bytes = CONTROL_DOCUMENTS.reduce((sum, name) => sum + Buffer.byteLength(ownText(name)), 0);
  assert.ok(bytes < 20_000, `${bytes} bytes travel in every package`);
});

// Names, order and number of children are facts of the standard. How they are written down must be ours.
const onlyStructure = /^(<\/[\w:]+>|<[\w:]+>)+$/;
const asWritten = line => line;
const onlyWording = line => line.replace(/"(?:cp|md|adlcp|imscp):/g, '"').replace(/^<xsd:element ref=.*$/, '');

for (const name of CONTROL_DOCUMENTS) test(`${name} does not repeat the official wording`, () => {
  for (const reading of [asWritten, onlyWording]) {
    const run = longestSharedRun(meaningfulLines(ownText(name), reading), meaningfulLines(officialText(name), reading));
    assert.ok(run.length <= 3, run.join('\n'));
  }
});

function meaningfulLines(text, reading) {
  return text.split(/\r\n?|\n/).map(line => reading(line.trim().replace(/\s+/g, ' '))).filter(line => line && !onlyStructure.test(line));
}

function longestSharedRun(ours, theirs) {
  let longest = [];
  for (const start of ours.keys()) for (const other of theirs.keys()) {
    let length = 0;
    while (start + length < ours.length && ours[start + length] === theirs[other + length]) length++;
    if (length > longest.length) longest = ours.slice(start, start + length);
  }
  return longest;
}
