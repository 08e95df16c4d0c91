// docs/accessibility.md: every criterion of RGAA stands there once, and each proof that it names exists and runs.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readFileSync } from "node:fs";
import { AXE_RULES } from "../browser/pages.mjs";
import { HTML_RULES } from "./html.mjs";

/** The criteria of RGAA 4.1.2, by theme. */
const CRITERIA = [9, 2, 3, 13, 8, 2, 5, 10, 4, 14, 13, 11, 12].flatMap((count, theme) => Array.from({ length: count }, (_, at) => `${theme + 1}.${at + 1}`));

/** Those that templates and runtime have a part in. */
const OURS = `1.1 1.2 1.9 2.1 2.2 3.1 3.2 3.3 4.7 4.10 4.11 4.13 5.4 5.5 5.6 5.7 6.1 6.2 7.1 7.2 7.3 7.4 7.5 8.1 8.2 8.3 8.4 8.5 8.6
	8.10 9.1 9.2 9.3 10.1 10.2 10.3 10.4 10.5 10.6 10.7 10.8 10.11 10.12 11.1 11.2 11.3 11.4 11.5 11.6 11.7 11.9 11.10 11.11 11.12
	12.1 12.2 12.3 12.4 12.5 12.6 12.7 12.8 12.9 13.1 13.2 13.8 13.9 13.10 13.11 13.12`.split(/\s+/);

/** Those whose answer is a person's, of the sample course. */
const HUMAN = "1.3 1.4 1.7 1.8 4.2 4.4 4.6 5.2 5.5 6.1 8.6 8.8 9.1 9.4 11.2 11.7 13.4 13.6 13.7".split(" ");

/** @param {string} file in the repository */
const read = (file) => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");

const page = read("docs/accessibility.md");

/** @param {string} heading */
function section(heading) {
	const text = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
	assert.ok(text, `no section “${heading}”`);
	return text;
}

/** @param {string} heading @returns {{ criteria: string[], cells: string[] }[]} */
function rows(heading) {
	const lines = section(heading).split("\n").filter((line) => /^\| \d/.test(line));
	return lines.map((line) => {
		const [criteria, ...cells] = line.slice(2, -2).split(" | ");
		return { criteria: criteria.split(" "), cells };
	});
}

const ours = rows("What cartable answers");
const authors = rows("What the author answers");

/** @param {{ criteria: string[] }[]} table */
const criteriaOf = (table) => table.flatMap(({ criteria }) => criteria);

/** Whether there is what a proof names. @type {Record<string, (name: string, more: string) => boolean>} */
const KINDS = {
	axe: (rule) => AXE_RULES.includes(rule),
	"html-validate": (rule) => HTML_RULES.includes(rule),
	// A title that ends with a gap is given without it.
	test: (file, title) => ['"', "`"].some((quote) => read(`tests/${file}`).includes(quote + title)),
	code: (code, anchor) => anchor === `${code}-${severity(code)}`,
};

/** @param {string} code */
function severity(code) {
	return new RegExp(`^## \`${code}\` \\((\\w+)\\)$`, "m").exec(read("docs/diagnostics.md"))?.[1];
}

/** What a cell names. @param {string} cell @returns {{ kind: string, name: string, more: string }[]} */
function proofsOf(cell) {
	const proofs = [...cell.matchAll(/\[`([^`]+)`\]\(diagnostics\.md#([^)]+)\)|`(axe|html-validate) ([^`]+)`|`([^` ]+\.mjs) › ([^`]+)`/g)];
	assert.equal(cell.replace(/\[?`[^`]+`(\]\([^)]+\))?/g, "").trim(), "", "nothing but proofs");
	return proofs.map(([, code, anchor, checker, rule, file, title]) => code ? { kind: "code", name: code, more: anchor } : checker ? { kind: checker, name: rule, more: "" } : { kind: "test", name: file, more: title });
}

test("every criterion that templates and runtime answer is there, once", () => {
	assert.deepEqual(criteriaOf(ours).sort(byNumber), OURS.toSorted(byNumber));
});

test("every criterion of RGAA is answered by us, by the author, or does not apply", () => {
	const none = section("What does not apply").match(/\b\d+\.\d+\b/g) ?? [];
	assert.deepEqual([...criteriaOf(ours), ...criteriaOf(authors), ...none.filter((criterion) => !OURS.includes(criterion))].sort(byNumber), CRITERIA);
});

test("every criterion that a person must judge is judged for the sample course", () => {
	const judged = criteriaOf(rows("What a human must judge"));
	assert.deepEqual(HUMAN.filter((criterion) => !judged.includes(criterion)), []);
	assert.equal(new Set(judged).size, judged.length);
});

describe("every proof exists", () => {
	for (const { criteria, cells } of ours) test(criteria.join(" "), () => {
		const proofs = proofsOf(cells[1]);
		assert.ok(proofs.length, "no proof");
		for (const { kind, name, more } of proofs) assert.ok(KINDS[kind](name, more), `${kind} ${name} ${more}`);
	});

	for (const { criteria, cells } of authors) test(`${criteria.join(" ")}, the author's`, () => {
		if (cells[1] === "nothing") return;
		for (const { kind, name, more } of proofsOf(cells[1])) assert.ok(KINDS[kind](name, more), `${kind} ${name} ${more}`);
	});

	test("also in the text around the tables", () => {
		const named = page.split("\n").filter((line) => !line.startsWith("|")).join(" ").replaceAll("`browser/… › …`", "");
		for (const [, file, title] of named.matchAll(/`([^` ]+\.mjs) › ([^`]+)`/g)) assert.ok(KINDS.test(file, title), title);
		for (const [, rule] of named.matchAll(/`axe ([a-z-]+)`/g)) assert.ok(KINDS.axe(rule, ""), rule);
	});

	test("and what is none is told", () => {
		for (const [kind, name, more] of [["axe", "no-such-rule", ""], ["axe", "duplicate-id", ""], ["html-validate", "require-sri", ""], ["test", "browser/rgaa.test.mjs", "no such test"], ["code", "link-empty", "link-empty-note"]]) {
			assert.equal(KINDS[kind](name, more), false, `${kind} ${name}`);
		}
	});
});

/** @param {string} a @param {string} b */
function byNumber(a, b) {
	const [[theme, at], [otherTheme, otherAt]] = [a, b].map((criterion) => criterion.split(".").map(Number));
	return theme - otherTheme || at - otherAt;
}
