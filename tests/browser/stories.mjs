// Every story of tests/stories on one LMS. Each LMS has a test file of its own, so that several can run at once.
import { after, test } from "node:test";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { closeSharedBrowser } from "./lms/host.mjs";
import { playStory } from "./story.mjs";

/** @typedef {import("./lms/standards.mjs").Standard | "cmi5" | "xapi"} Standard */

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "stories");
const ENGINES = ["strict", "scorm-again"];
const STANDARDS = ["scorm12", "scorm2004", "cmi5", "xapi"];

/** Whether a story asks what the LMS holds or how the session went, or lets the LMS misbehave; else it asks of the page alone. @param {any} story */
export function looksAtTheLms(story) {
	return /"(record|state|session|lms|faults)":/.test(JSON.stringify(story));
}

/** Whether a story is about the course of all kinds of questions. Such stories are long; one function writes the records of all kinds. @param {any} story */
export function ofAllKinds(story) {
	return story.course === "kinds-en";
}

/** @param {"strict" | "scorm-again"} engine @param {Standard} standard @param {(story: any) => boolean} [chosen] which of them; all where it is left out @param {typeof import("./story.mjs").Player} [Plays] */
export function tellStories(engine, standard, chosen = () => true, Plays = undefined) {
	after(closeSharedBrowser);
	// STORY=name plays some only, while one works on them, whether they are chosen or not; .json is all.
	const only = process.env.STORY || "";
	for (const name of readdirSync(folder).filter((name) => name.endsWith(".json") && name.includes(only)).sort()) {
		const story = JSON.parse(readFileSync(join(folder, name), "utf8"));
		if (!(story.engines || ENGINES).includes(engine) || !(story.standards || STANDARDS).includes(standard)) continue;
		if (!only && !chosen(story)) continue;
		test(`${name}: ${story.title}`, { timeout: 240000 }, () => playStory(story, engine, standard, Plays));
	}
}
