// A learner goes through all of examples/question-kinds, on each LMS: every call is accepted, and what the LMS then holds
// of each answer is what tests/expected-runs says, for people to read. CARTABLE_BLESS=1 writes it anew.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { readFileSync, writeFileSync } from "node:fs";
import { Course } from "../node/courses.mjs";
import { answerAs } from "./answering.mjs";
import { STANDARDS } from "./lms/standards.mjs";
import { go, pack, unpack, visit } from "./pages.mjs";

/** What the LMS holds, by standard. */
const EXPECTED = {
	scorm12: new URL("../expected-runs/question-kinds.txt", import.meta.url),
	scorm2004: new URL("../expected-runs/question-kinds-2004.txt", import.meta.url),
};
/** By turns. @type {("right" | "wrong" | "partly")[]} */
const HOW = ["right", "wrong", "partly"];

after(unpack);

for (const standard of /** @type {const} */ (["scorm12", "scorm2004"])) {
	const one = pack("question-kinds", new Course("examples/question-kinds"), STANDARDS[standard].target);
	describe(`a full run of examples/question-kinds, ${standard}`, () => {
		for (const engine of /** @type {const} */ (["strict", "scorm-again"])) {
			test(`${engine}: every call is accepted, and the answers are recorded as expected`, { timeout: 120_000 }, async () => {
				await visit(one, { engine, standard }, async (content, lms) => {
					for (const page of one.data.pages) await goThrough(content, page);
					await lms.settled();
					const told = table(lms.record());
					if (process.env.CARTABLE_BLESS && engine === "strict") writeFileSync(EXPECTED[standard], told);
					assert.equal(told, readFileSync(EXPECTED[standard], "utf8"));
				});
			});
		}
	});
}

/** Answers what a page asks, and sends it. @param {import("playwright-core").Frame} content @param {any} page */
async function goThrough(content, { n, quiz, questions = [] }) {
	await go(content, "p" + n);
	// What is drawn is another thing each time.
	if (quiz?.banks) return;
	for (const [at, q] of questions.entries()) {
		await answerAs(content, q, HOW[at % HOW.length]);
		const form = content.locator("#q" + q.n);
		if (quiz && quiz.feedback !== "after-each") continue;
		await form.locator(".validate button").click();
		const sure = form.locator(".sure button").first();
		if (await sure.isVisible()) await sure.click();
	}
	const review = content.locator(`#p${n} [data-do=review]`);
	if (!(await review.isVisible())) return;
	await review.click();
	await content.click(`#p${n} [data-do=send]`);
}

/** The interactions that an LMS holds, and its objectives, a block of lines each; what is not known, when it was and how long it took are left out. @param {Record<string, string>} record */
function table(record) {
	const blocks = ["interactions", "objectives"].flatMap((list) => {
		const some = [];
		for (let at = 0; `cmi.${list}.${at}.id` in record; at++) {
			const prefix = `cmi.${list}.${at}.`;
			const members = Object.entries(record).filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]);
			const told = members.filter(([name, value]) => value && value !== "unknown" && !/^(id|time|timestamp|latency)$/.test(name) && !/_count$|_children$/.test(name)).sort();
			some.push([record[prefix + "id"], ...told.map(([name, value]) => `  ${name.padEnd(28)}${value}`.trimEnd())].join("\n"));
		}
		return some;
	});
	return blocks.join("\n\n") + "\n";
}
