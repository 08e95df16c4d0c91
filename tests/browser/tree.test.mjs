// What is exposed to those who do not see the page: roles, names, values and states of every kind of question, before
// and after an answer, as tests/expected-runs/kinds-en-tree.txt says for people to read. CARTABLE_BLESS=1 writes it anew.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { readFileSync, writeFileSync } from "node:fs";
import { Course } from "../node/courses.mjs";
import { answerAs } from "./answering.mjs";
import { go, pack, unpack, visit } from "./pages.mjs";

const EXPECTED = new URL("../expected-runs/kinds-en-tree.txt", import.meta.url);
const one = pack("kinds-en", new Course("kinds-en", [["l1/quiz.md", "attempts = 2", 'attempts = 1\nfeedback = "after-each"\nconfirm = false']]));
after(unpack);

/** @typedef {import("playwright-core").Frame} Frame */

/** The tree of a question; what it says of a field in error stands below. @param {Frame} content @param {any} q */
async function tree(content, q) {
	const form = content.locator(`#q${q.n}`);
	const described = await form.locator("[aria-describedby]").evaluateAll((fields) => fields.map((field) => {
		const words = document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent;
		return `described${field.getAttribute("aria-invalid") ? ", invalid" : ""}: ${/** @type {any} */ (field).labels[0].textContent}: ${words}`;
	}));
	return [await form.ariaSnapshot(), ...described].join("\n");
}

test("roles, names, values and states of every kind are exposed (7.1)", () => visit(one, {}, async (content) => {
	/** @type {string[]} */
	const told = [];
	for (const page of one.data.pages.filter((/** @type {any} */ { questions }) => questions)) {
		await go(content, `p${page.n}`);
		for (const q of page.questions) {
			const tell = async (/** @type {string} */ state) => void told.push(`## ${q.slug}: ${state}\n\n${await tree(content, q)}\n`);
			await tell("at first");
			const button = content.locator(`#q${q.n} .validate button`);
			// An order that nobody has moved is an answer.
			if (q.kind !== "order") {
				await button.click();
				await tell("refused");
			}
			await answerAs(content, q, "partly");
			await button.click();
			await tell("answered");
		}
	}
	const text = told.join("\n");
	if (process.env.CARTABLE_BLESS) writeFileSync(EXPECTED, text);
	assert.equal(text, readFileSync(EXPECTED, "utf8"));
}));
