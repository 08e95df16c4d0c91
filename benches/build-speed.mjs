// How long builds take: beside `zip -6` over what they make, which is the work that nobody can save.
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { heading, median, MB, number, remark, spread, table } from "./table.mjs";
import { peakMemory, sideBySide } from "./processes.mjs";
import { BINARY, bytesOf, filesIn, WORKSHOP } from "./workshop.mjs";

/** @typedef {import("./workshop.mjs").Built} Built */

/** @param {{ course: Built, pairs: number, turns: number }[]} courses from small to large */
export async function printBuildSpeed(courses) {
	heading("5. Builds, beside zip -6 -r -q -X over the unpacked result");
	const results = [];
	for (const { course, pairs, turns } of courses) results.push({ course, ...await measure(course, pairs, turns) });
	table([
		["", "Markdown MB", "build CPU ms", "zip CPU ms", "ratio", "peak MB"],
		...results.map(({ course, markdown, ones, others, ratios, peak }) => [
			course.name, number(markdown / MB, 2), spread(ones.map(toMs), 0), spread(others.map(toMs), 0), spread(ratios), peak ? number(peak / MB, 1) : "?",
		]),
	]);
	const [small, large] = [results[0], results.at(-1) ?? results[0]];
	/** @param {(one: typeof small) => number} figure */
	const growth = (figure) => number(figure(large) / figure(small), 1);
	remark(`From the first to the last: Markdown × ${growth(({ markdown }) => markdown)}, build × ${growth(({ ones }) => median(ones))}, zip × ${growth(({ others }) => median(others))}.`);
	remark("CPU: user and system, of the process. Median [range]; build and zip in turn, the ratio within each pair.");
}

/** @param {number} seconds */
function toMs(seconds) {
	return seconds * 1000;
}

/** @param {Built} course @param {number} pairs @param {number} turns */
async function measure({ source, folder }, pairs, turns) {
	const out = join(WORKSHOP, "speed");
	// Neither may find what it made before: zip would add to it.
	const before = () => {
		rmSync(out, { recursive: true, force: true });
		mkdirSync(out);
	};
	const build = { command: [BINARY, "build", source, "--out", join(out, "{n}")], before };
	const zip = { command: ["zip", "-6", "-r", "-q", "-X", join(out, "{n}.zip"), "."], cwd: folder, before };
	const found = sideBySide(build, zip, { pairs, turns });
	const peak = await peakMemory([BINARY, "build", source, "--out", join(out, "peak")]);
	return { ...found, peak, markdown: bytesOf(filesIn(source).filter((path) => path.endsWith(".md"))) };
}
