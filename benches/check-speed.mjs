// A check of a large package of somebody else's, beside `unzip -t`: to unpack every byte once and sum it up is the work
// that nobody can save.
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { peakMemory, sideBySide } from "./processes.mjs";
import { createProse } from "./prose.mjs";
import { fillWithNoise } from "./random.mjs";
import { heading, KB, MB, number, remark, spread, table } from "./table.mjs";
import { BINARY, bytesOf, filesIn, WORKSHOP } from "./workshop.mjs";

/** @typedef {import("./prose.mjs").Prose} Prose */

/** How many files of each kind, and how large one is: with the manifest, 3,000 files of 250 MB in all. */
const VIDEOS = { count: 38, bytes: 4 * MB };
const PICTURES = { count: 120, bytes: 512 * KB };
const ICONS = { count: 441, bytes: 8 * KB };
const PAGES = { count: 1500, words: 1500 };
const STYLES = { count: 200, rules: 80 };
const SCRIPTS = { count: 400, functions: 60 };
const DATA = { count: 300, records: 60 };
const PAIRS = 7;

export async function printCheckSpeed() {
	const folder = join(WORKSHOP, "check");
	const zip = `${folder}.zip`;
	writePackage(folder);
	const files = filesIn(folder);
	const megabytes = bytesOf(files) / MB;
	heading(`7. A check of a package of ${number(files.length)} files and ${number(megabytes)} MB, beside unzip -t of it`);
	const packed = spawnSync("zip", ["-6", "-r", "-q", "-X", zip, "."], { cwd: folder });
	if (packed.status !== 0) throw new Error(`zip ended with ${packed.status}\n${packed.stderr}`);
	rmSync(folder, { recursive: true, force: true });

	const check = [BINARY, "check", zip];
	const inspect = [BINARY, "inspect", zip];
	const unzip = ["unzip", "-tqq", zip];
	// Every one finds the package in the cache of the disk.
	await peakMemory(unzip);
	const rows = [];
	for (const [name, command] of /** @type {const} */ ([["check", check], ["inspect", inspect]])) {
		const found = sideBySide({ command }, { command: unzip }, { pairs: PAIRS });
		rows.push({ name, ...found, peak: await peakMemory(command) });
	}
	const unzipPeak = await peakMemory(unzip);
	/** @param {number | null} peak */
	const peakOf = (peak) => (peak ? number(peak / MB, 1) : "?");
	table([
		["", "CPU ms", "unzip -t CPU ms", "ratio", "ratio by the clock", "peak MB", "unzip -t peak MB"],
		...rows.map(({ name, ones, others, ratios, clockRatios, peak }) => [
			name, spread(ones.map(toMs), 0), spread(others.map(toMs), 0), spread(ratios), spread(clockRatios), peakOf(peak), peakOf(unzipPeak),
		]),
	]);
	remark(`The zip has ${number(statSync(zip).size / MB)} MB. CPU: user and system, of the process. Median [range]; in turn, the ratio within each pair.`);
	rmSync(zip);
}

/** @param {number} seconds */
function toMs(seconds) {
	return seconds * 1000;
}

/** A good package of one SCO, as tools export them: all names are different, all that pages load is there. @param {string} folder */
function writePackage(folder) {
	const prose = createProse(2);
	/** @type {string[]} */
	const names = [];
	/** @param {string} name @param {string | Uint32Array} content */
	const write = (name, content) => {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), content);
		names.push(name);
	};
	for (const [kind, { count, bytes }] of Object.entries({ "media/video-%.mp4": VIDEOS, "images/picture-%.jpg": PICTURES, "icons/icon-%.png": ICONS })) {
		for (let n = 1; n <= count; n++) write(kind.replace("%", String(n)), noise(bytes, names.length + 1));
	}
	for (let n = 1; n <= STYLES.count; n++) write(`styles/style-${n}.css`, styleSheet(prose));
	for (let n = 1; n <= SCRIPTS.count; n++) write(`scripts/script-${n}.js`, script(prose, n));
	for (let n = 1; n <= DATA.count; n++) write(`data/data-${n}.json`, data(prose));
	write("index.html", page(prose, 0, ""));
	for (let n = 1; n < PAGES.count; n++) write(`pages/page-${n}.html`, page(prose, n, "../"));
	write("imsmanifest.xml", manifest(names));
}

/** @param {number} bytes @param {number} seed */
function noise(bytes, seed) {
	const words = new Uint32Array(bytes / 4);
	fillWithNoise(words, seed);
	return words;
}

/** The `n`-th of `count` files in turn. @param {number} n @param {{ count: number }} of */
function turn(n, { count }) {
	return (n % count) + 1;
}

/** @param {Prose} prose @param {number} n @param {string} up the way to the package's folder */
function page(prose, n, up) {
	const parts = [];
	for (let words = 0; words < PAGES.words; words += 50) {
		const [icon, next] = [turn(n + words, ICONS), (n % (PAGES.count - 1)) + 1];
		parts.push(
			`<section class="part-${words}">\n<h2>${prose.phrase(3, 6)}</h2>`,
			`<p>${prose.sentence()} ${prose.sentence()} <a href="${up}pages/page-${next}.html">${prose.phrase(2, 4)}</a> ${prose.words(20)}.</p>`,
			`<img src="${up}icons/icon-${icon}.png" alt="${prose.phrase(3, 6)}">\n</section>`,
		);
	}
	return `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${prose.phrase(3, 6)}</title>
<link rel="stylesheet" href="${up}styles/style-${turn(n, STYLES)}.css">
<script src="${up}scripts/script-${turn(n, SCRIPTS)}.js"></script>
</head>
<body>
<h1>${prose.phrase(3, 6)}</h1>
<video src="${up}media/video-${turn(n, VIDEOS)}.mp4" controls></video>
<img src="${up}images/picture-${turn(n, PICTURES)}.jpg" alt="${prose.phrase(3, 6)}">
${parts.join("\n")}
</body>
</html>
`;
}

/** @param {Prose} prose */
function styleSheet(prose) {
	const rules = Array.from({ length: STYLES.rules }, (_, n) => {
		const image = n % 8 ? "" : `\n\tbackground: url("../icons/icon-${turn(prose.between(0, 1000), ICONS)}.png") no-repeat;`;
		return `.part-${n} .${prose.word().replace(/\W/g, "")} {\n\tmargin: ${prose.between(0, 40)}px;${image}\n}\n`;
	});
	return rules.join("");
}

/** The first one speaks to the LMS. @param {Prose} prose @param {number} n */
function script(prose, n) {
	const session = n > 1 ? "" : 'var api = window.parent.API;\napi.LMSInitialize("");\napi.LMSSetValue("cmi.core.lesson_status", "completed");\napi.LMSFinish("");\n';
	const functions = Array.from({ length: SCRIPTS.functions }, (_, at) => {
		return `function step${n}_${at}(value) {\n\tvar text = ${JSON.stringify(prose.sentence())};\n\treturn value > ${prose.between(1, 100)} ? text : value + ${at};\n}\n`;
	});
	return session + functions.join("");
}

/** @param {Prose} prose */
function data(prose) {
	return JSON.stringify(Array.from({ length: DATA.records }, (_, id) => ({ id, title: prose.phrase(2, 5), text: prose.sentence() })));
}

/** @param {string[]} names */
function manifest(names) {
	return `<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2" identifier="large-package" version="1.0">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="course">
    <organization identifier="course">
      <title>Large package</title>
      <item identifier="item" identifierref="sco">
        <title>Large package</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="sco" type="webcontent" adlcp:scormtype="sco" href="index.html">
${names.map((name) => `      <file href="${name}"/>`).join("\n")}
    </resource>
  </resources>
</manifest>
`;
}
