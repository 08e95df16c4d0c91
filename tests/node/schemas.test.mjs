// The schemas that cartable ships against the official ones: the same manifests pass, the same are refused at the same line, and the wording is our own.
// tests/manifests/<standard>/good: what the standard allows. bad: one fault per file, which every set sees; its `expect` comment is a part of the
// complaint. profile: what the standard forbids and no schema can see, and what cartable does not write although it may (`ours`); the `forbidden` comment
// says the rule, other code enforces it. Both editions of SCORM 2004 ship the same files of ours, which take what either edition takes.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { SETS } from './xsd.mjs';

const STANDARDS = {
  scorm12: {
    sets: { official: SETS.scorm12.official, own: SETS.scorm12.own },
    atLeast: { good: 10, bad: 30, profile: 6 },
    bytes: 20_000,
    // Where the sets part: file → which of them refuse it, and why that is so. A line that is no longer true fails.
    differences: {},
  },
  scorm2004: {
    sets: { '3rd': SETS['scorm2004-3'].official, '4th': SETS['scorm2004-4'].official, own: SETS['scorm2004-4'].own },
    atLeast: { good: 20, bad: 60, profile: 15 },
    bytes: 50_000,
    differences: {
      'good/as-compiled-4th-edition.xml': { refusedBy: ['3rd'], reason: 'sharedDataGlobalToSystem is new in the 4th edition' },
      'good/attribute-on-metadata.xml': { refusedBy: ['3rd'], reason: 'metadata takes no attribute there' },
      'good/foreign-element-without-schema.xml': { refusedBy: ['3rd'], reason: 'its wildcards are strict' },
      'good/organization-without-items.xml': { refusedBy: ['4th'], reason: 'an organization has at least one item there' },
      'good/shared-data.xml': { refusedBy: ['3rd'], reason: 'data and map are new in the 4th edition' },
      'good/shared-data-kept.xml': { refusedBy: ['3rd'], reason: 'sharedDataGlobalToSystem is new in the 4th edition' },
      'good/shared-scores.xml': { refusedBy: ['3rd'], reason: 'adlseq:objectives is new in the 4th edition' },
      'good/threshold-as-attributes.xml': { refusedBy: ['3rd'], reason: 'the threshold is text there' },
      'good/threshold-text-over-one.xml': { refusedBy: ['3rd'], reason: 'the text is a number from 0 to 1 there, and in the 4th edition anything' },
      'profile/scormtype-of-1.2.xml': { refusedBy: ['3rd'], reason: 'its wildcards are strict: an attribute must be declared' },
    },
  },
};

const MANIFESTS = new URL('../manifests/', import.meta.url);
const REMARK = { bad: /<!-- expect: (.+?) -->/, profile: /<!-- forbidden: (.+?) -->/ };

for (const [standard, { sets, atLeast, differences }] of Object.entries(STANDARDS)) describe(standard, async () => {
  const corpus = Object.keys(atLeast).flatMap(kind => readdirSync(new URL(`${standard}/${kind}`, MANIFESTS)).sort().map(name => {
    const text = readFileSync(new URL(`${standard}/${kind}/${name}`, MANIFESTS), 'utf8');
    return { kind, name: `${kind}/${name}`, text, remark: REMARK[kind]?.exec(text)?.[1] };
  }));
  /** @param {string[]} texts */
  const judge = async texts => Object.fromEntries(await Promise.all(Object.entries(sets).map(async ([name, set]) => [name, await set.all(texts)])));
  const judged = judge(corpus.map(({ text }) => text));

  corpus.forEach(({ kind, name, remark }, index) => test(name, async () => {
    if (kind in REMARK) assert.ok(remark, 'its comment is missing');
    const refusers = differences[name]?.refusedBy;
    const complaints = [];
    for (const [set, verdicts] of Object.entries(await judged)) {
      const { valid, errors } = verdicts[index];
      const expected = refusers ? !refusers.includes(set) : kind !== 'bad';
      assert.equal(valid, expected, `${set}: ${valid ? 'accepted' : JSON.stringify(errors)}`);
      if (kind === 'bad' && !valid) {
        assert.ok(errors.some(({ message }) => message.includes(remark)), `${set}: none speaks of ${remark}: ${JSON.stringify(errors)}`);
        assert.equal(new Set(errors.map(({ line }) => line)).size, 1, `${set}: more than one fault: ${JSON.stringify(errors)}`);
      }
      if (!valid) complaints.push(errors[0].line);
    }
    assert.ok(new Set(complaints).size <= 1, `refused at different lines: ${complaints}`);
  }));

  test('the corpus is there, and every known difference is about one of its files', () => {
    for (const [kind, least] of Object.entries(atLeast)) assert.ok(corpus.filter(file => file.kind === kind).length >= least, kind);
    for (const name of Object.keys(differences)) assert.ok(corpus.some(file => file.name === name), name);
  });

  // The corpus holds the faults that we thought of. Here every good manifest loses, doubles or swaps each of its lines, which mostly are elements.
  test('the sets judge alike what becomes of the good manifests line by line', async () => {
    const common = corpus.filter(({ kind, name }) => kind === 'good' && !(name in differences));
    const spoilt = common.flatMap(({ text }) => {
      const lines = text.split('\n');
      return lines.flatMap((line, at) => [
        lines.toSpliced(at, 1),
        lines.toSpliced(at, 0, line),
        lines.toSpliced(at, 2, lines[at + 1] ?? '', line),
      ]).map(result => result.join('\n'));
    });
    const { own, ...officials } = await judge(spoilt);
    const lines = ({ errors }) => errors.map(({ line }) => line).join();
    spoilt.forEach((text, index) => {
      const editions = Object.values(officials).map(verdicts => lines(verdicts[index]));
      assert.ok(editions.includes(lines(own[index])), `ours: ${lines(own[index])}; official: ${editions.join(' or ')}\n${text}`);
      assert.ok(own[index].valid || !editions.includes(''), `ours refuses what an edition takes\n${text}`);
    });
    const accepted = own.filter(({ valid }) => valid).length;
    assert.ok(accepted > 100 && spoilt.length - accepted > 1000, 'too few of one kind to prove anything');
  });
});

test('a schema that does not load throws, whatever the manifest', async () => {
  const minimal = standard => readFileSync(new URL(`${standard}/good/minimal.xml`, MANIFESTS), 'utf8');
  const { ownText, officialText, using } = SETS.scorm12;
  const empty = '<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"/>';
  const broken = {
    'official, without its repairs': [officialText, /content model is not determinist/],
    'an import is not found': [name => name === 'imsmd_rootv1p2p1.xsd' ? '<oops/>' : ownText(name), /do not load/],
    'a file declares nothing': [name => name === 'adlcp_rootv1p2.xsd' ? empty : ownText(name), /do not load/],
  };
  for (const [what, [read, complaint]] of Object.entries(broken)) await assert.rejects(using(read)(minimal('scorm12')), complaint, what);
  const later = SETS['scorm2004-4'];
  for (const missing of later.files) {
    await assert.rejects(later.using(name => name === missing ? empty : later.ownText(name))(minimal('scorm2004')), /do not load/, missing);
  }
});

for (const [standard, { bytes }] of Object.entries(STANDARDS)) test(`the schemas of ${standard} say what they are, use no numeric character reference and stay small`, () => {
  const { files, ownText } = SETS[standard] ?? SETS['scorm2004-4'];
  for (const name of files) {
    const text = ownText(name);
    const [, notice] = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<!--([^]*?)-->/.exec(text);
    for (const word of ["cartable's own", 'not the official IMS/ADL', 'as permissive', 'MIT OR Apache-2.0']) assert.ok(notice.includes(word), `${name}: ${word}`);
    assert.doesNotMatch(text, /&#/, name); // Moodle's importer breaks them
  }
  const size = files.reduce((sum, name) => sum + Buffer.byteLength(ownText(name)), 0);
  assert.ok(size < bytes, `${size} bytes travel in every package`);
});

// Names, order and number of children are facts of the standard. How they are written down must be ours.
const onlyStructure = /^(<\/[\w:]+>|<[\w:]+>)+$/;
const asWritten = line => line;
const onlyWording = line => line.replace(/\bxsd:|\bxs:/g, '').replace(/ = /g, '=').replace(/"(?:cp|md|ss|lom|adlcp|adlseq|adlnav|imscp):/g, '"').replace(/^<element ref=.*$/, '');

for (const [target, { files, officialFiles, withoutOfficial, ownText, officialText }] of Object.entries(SETS)) {
  for (const name of files.filter(name => !withoutOfficial.includes(name))) test(`${target}: ${name} does not repeat the official wording`, () => {
    // The official file of this name, and those that it includes.
    const counterparts = officialFiles.filter(file => file.endsWith('.xsd') && file.startsWith(name.replace('.xsd', '')));
    for (const reading of [asWritten, onlyWording]) for (const counterpart of counterparts) {
      const run = longestSharedRun(meaningfulLines(ownText(name), reading), meaningfulLines(officialText(counterpart), reading));
      assert.ok(run.length <= 3, run.join('\n'));
    }
  });
}

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
