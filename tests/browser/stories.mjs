// Every story of tests/stories on one LMS. Each LMS has a test file of its own, so that both can run at once.
import { after, test } from "node:test";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { closeSharedBrowser } from "./lms/host.mjs";
import { playStory } from "./story.mjs";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..", "stories");

/** @param {"strict" | "scorm-again"} engine */
export function tellStories(engine) {
	after(closeSharedBrowser);
	// STORY=name plays some only, while one works on them.
	const only = process.env.STORY || "";
	for (const name of readdirSync(folder).filter((name) => name.endsWith(".json") && name.includes(only)).sort()) {
		const story = JSON.parse(readFileSync(join(folder, name), "utf8"));
		if (!(story.engines || ["strict", "scorm-again"]).includes(engine)) continue;
		test(`${name}: ${story.title}`, { timeout: 120000 }, () => playStory(story, engine));
	}
}
