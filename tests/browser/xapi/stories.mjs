// Stories of both targets, in one process and one browser, with what came of them in all.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { play, removePackages, totals } from "./learner.mjs";

/** @typedef {import("./learner.mjs").Learner} Learner */
/** @typedef {Omit<import("./learner.mjs").Setting, "target">} Setting */
/** @typedef {import("./learner.mjs").Target} Target */

after(removePackages);

/** STORY names one, by a part of its name. @param {string} name @param {(learner: Learner) => Promise<void>} act @param {Setting} [setting] @param {Target[]} [targets] */
export function story(name, act, setting = {}, targets = ["cmi5", "xapi"]) {
	if (process.env.STORY && !name.includes(process.env.STORY)) return;
	for (const target of targets) test(`${target}: ${name}`, { timeout: 180_000 }, () => play({ target, ...setting }, act));
}

/** The figures, after all stories of a file. */
export function figures() {
	test("nothing was lost, nothing told as two, nothing refused", (t) => {
		const { stories, facts, lost, twice, refused, retold } = totals;
		t.diagnostic(`${stories} stories: ${facts} facts made, ${lost} lost, ${twice} told twice as different ones, ${refused} statements refused where none was expected, ${retold} told again in a later session`);
		assert.deepEqual({ lost, twice, refused }, { lost: 0, twice: 0, refused: 0 });
	});
}
