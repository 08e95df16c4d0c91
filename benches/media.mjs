// A build with much media, beside a copy of the same folder: reading and writing once is the work that nobody can save.
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { peakMemory, sideBySide } from "./processes.mjs";
import { fillWithNoise } from "./random.mjs";
import { heading, MB, median, number, remark, spread, table } from "./table.mjs";
import { BINARY, WORKSHOP } from "./workshop.mjs";

const FILES = 10;
const FILE_BYTES = 100 * MB;
/** The course, and one copy of it at a time, with some room. */
const NEEDED_BYTES = 2.5 * FILES * FILE_BYTES;
const PEAK_AT_MOST = 64 * MB;
/** How much a kernel charges for new pages of its cache varies much: more pairs than elsewhere. */
const PAIRS = 7;

export async function printMedia() {
	heading(`6. A build with ${FILES} files of ${FILE_BYTES / MB} MB to download, beside cp -r of the course's folder`);
	const { bavail, bsize } = statfsSync(WORKSHOP);
	if (bavail * bsize < NEEDED_BYTES) {
		remark(`Not measured: it needs ${number(NEEDED_BYTES / MB)} MB, and the disk of ${WORKSHOP} has ${number((bavail * bsize) / MB)} MB left.`);
		return;
	}
	const source = join(WORKSHOP, "media");
	const out = join(WORKSHOP, "media-out");
	writeMediaCourse(source);
	const before = () => rmSync(out, { recursive: true, force: true });
	const command = [BINARY, "build", source, "--out", out];
	const peak = await peakMemory(command);
	const { ones, others, ratios } = sideBySide({ command, before }, { command: ["cp", "-r", source, out], before }, { pairs: PAIRS });
	for (const folder of [source, out]) rmSync(folder, { recursive: true, force: true });
	table([
		["", "figure", "at most"],
		["peak memory, MB", peak ? number(peak / MB, 1) : "needs Linux's /proc", number(PEAK_AT_MOST / MB)],
		["build, CPU seconds", spread(ones), ""],
		["cp -r, CPU seconds", spread(others), ""],
		["ratio", spread(ratios), ""],
		["build, CPU ms per MB", number((1000 * median(ones)) / (FILES * (FILE_BYTES / MB)), 2), ""],
	]);
	remark("The copy only reads and writes. The build also sums up what it reads for the zip (CRC-32), and then reads the zip");
	remark("again for its SHA-256.");
}

/** One page with links to the files. @param {string} folder */
function writeMediaCourse(folder) {
	const names = Array.from({ length: FILES }, (_, index) => `media-${index + 1}.${index % 2 ? "zip" : "mp4"}`);
	mkdirSync(join(folder, "lesson"), { recursive: true });
	const links = names.map((name) => `- [Media ${name}](${name})`).join("\n");
	writeFileSync(join(folder, "course.toml"), 'id = "https://example.org/courses/media"\ntitle = "Media"\nversion = "1"\nlanguage = "en"\nlessons = ["lesson"]\n');
	writeFileSync(join(folder, "lesson/index.md"), '+++\ntitle = "Lesson"\npages = ["page.md"]\n+++\n');
	writeFileSync(join(folder, "lesson/page.md"), `+++\ntitle = "Page"\n+++\n\n${links}\n`);
	names.forEach((name, index) => writeNoise(join(folder, "lesson", name), index + 1));
}

/** @param {string} path @param {number} seed */
function writeNoise(path, seed) {
	const chunk = new Uint32Array(MB);
	const file = openSync(path, "w");
	for (let written = 0; written < FILE_BYTES; written += chunk.byteLength) {
		fillWithNoise(chunk, seed + written);
		writeSync(file, chunk);
	}
	closeSync(file);
}
