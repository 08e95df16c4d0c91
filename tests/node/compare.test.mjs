// What people type, held against what authors accept: courses are built for real, so that what the build makes of an
// answer and what the runtime makes of the typed text are tried together. One line, one case.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Course, courseData } from "./courses.mjs";
import { loadRuntime } from "./runtime.mjs";

const runtime = loadRuntime();

/**
 * Language of the course, what stands behind the heading, the answer as its author writes it, what is typed, whether
 * that is right: true, false, or "no" where it is none at all and must be mended first.
 *
 * @type {[string, string, string, string, boolean | "no"][]}
 */
const TABLE = [
	// Capitals, accents, ligatures.
	["en", "", "[[Paris]]", "Paris", true],
	["en", "", "[[Paris]]", "paris", true],
	["en", "", "[[Paris]]", "PARIS", true],
	["en", "", "[[Paris]]", "Pari", false],
	["en", "", "[[Paris]]", "Paris, France", false],
	["en", "", "[[café]]", "cafe", true],
	["en", "", "[[cafe]]", "café", true],
	["en", "", "[[Paris|Lutetia]]", "lutetia", true],
	["en", "", "[[Paris|Lutetia]]", "Paris Lutetia", false],
	["en", "case=match", "[[CO2|CO₂]]", "CO2", true],
	["en", "case=match", "[[CO2|CO₂]]", "CO₂", true],
	["en", "case=match", "[[CO2|CO₂]]", "Co2", false],
	["en", "accents=match", "[[café]]", "cafe", false],
	["en", "accents=match", "[[café]]", "CAFÉ", true],
	["en", "accents=match case=match", "[[Café]]", "café", false],
	["en", "accents=match case=match", "[[Café]]", "Café", true],
	["en", "accents=match", "[[café]]", "cafe\u0301", true],
	["fr", "", "[[règlement]]", "reglement", true],
	["fr", "", "[[règlement]]", "REGLEMENT", true],
	["fr", "", "[[règlement]]", "réglement", true],
	["fr", "", "[[règlement]]", "règlements", false],
	["fr", "", "[[œuvre]]", "oeuvre", true],
	["fr", "", "[[oeuvre]]", "Œuvre", true],
	["fr", "", "[[ex æquo]]", "ex aequo", true],
	["fr", "accents=match", "[[pêcheur]]", "pecheur", false],
	["fr", "accents=match", "[[pêcheur]]", "pécheur", false],
	["fr", "accents=match", "[[pêcheur]]", "Pêcheur", true],
	["fr", "accents=match", "[[cœur]]", "coeur", false],
	["fr", "", "[[ça]]", "ca", true],
	["de", "", "[[schön]]", "schon", false],
	["de", "", "[[schön]]", "Schön", true],
	["de", "", "[[Straße]]", "Strasse", false],
	["de", "accents=ignore", "[[Straße]]", "STRASSE", true],
	["de", "accents=ignore", "[[Größe]]", "grosse", true],
	["es", "", "[[año]]", "ano", false],
	["es", "", "[[año]]", "AÑO", true],
	["es", "accents=ignore", "[[canción]]", "cancion", true],
	["el", "", "[[Αθήνα]]", "αθηνα", true],
	["el", "", "[[Αθήνα]]", "ΑΘΉΝΑ", true],
	["tr", "", "[[ılık]]", "ILIK", true],
	["tr", "", "[[ılık]]", "ilik", false],
	["tr", "", "[[İzmir]]", "izmir", true],
	// Spaces, apostrophes, hyphens, quotation marks, full stops.
	["en", "", "[[New York]]", "  new   york ", true],
	["en", "", "[[New York]]", "New\u00a0York", true],
	["en", "", "[[New York]]", "NewYork", false],
	["en", "", "[[New York]]", "New\nYork", true],
	["en", "", "[[it's]]", "it’s", true],
	["en", "", "[[it’s]]", "itʼs", true],
	["en", "", "[[its]]", "it’s", false],
	["en", "", "[[well-known]]", "well‐known", true],
	["en", "", "[[well-known]]", "well–known", true],
	["en", "", "[[well-known]]", "well known", false],
	["en", "", "[[etc.]]", "etc", true],
	["en", "", "[[etc]]", "etc.", true],
	["en", "", "[[etc]]", "etc...", false],
	["en", "", "[[“yes”]]", "\"yes\"", true],
	["en", "", "[[\"yes\"]]", "yes", false],
	["fr", "", "[[l'air]]", "l’air", true],
	["fr", "", "[[l’été]]", "L'ÉTÉ", true],
	["fr", "", "[[« oui »]]", "«oui»", true],
	["fr", "", "[[« oui »]]", "\u00ab\u202foui\u202f\u00bb", true],
	["fr", "", "[[« oui »]]", "\"oui\"", true],
	["fr", "", "[[aujourd'hui]]", "aujourd hui", false],
	// Texts that look like numbers.
	["en", ".text", "[[112]]", "112", true],
	["en", ".text", "[[112]]", "112.", true],
	["en", ".text", "[[112]]", "1 12", false],
	["en", ".text", "[[007]]", "7", false],
	// Numbers: signs, groups, tolerances, ranges.
	["en", "", "[[12]]", "12", true],
	["en", "", "[[12]]", "12.0", true],
	["en", "", "[[12]]", "+12", true],
	["en", "", "[[12]]", "012", true],
	["en", "", "[[12]]", "12.", true],
	["en", "", "[[12]]", "13", false],
	["en", "", "[[12]]", "twelve", "no"],
	["en", "", "[[12]]", "12 or 13", "no"],
	["en", "", "[[12]]", "1e1", "no"],
	["en", "", "[[12]]", "12-", "no"],
	["en", "", "[[12]]", "0x0c", "no"],
	["en", "", "[[12]]", "١٢", true],
	["en", "", "[[0.5]]", ".5", true],
	["en", "", "[[0.5]]", "0,5", true],
	["en", "", "[[0.5]]", "1/2", "no"],
	["en", "", "[[-5]]", "−5", true],
	["en", "", "[[-5]]", "- 5", true],
	["en", "", "[[-5]]", "5", false],
	["en", "", "[[6.7 ± 0.1]]", "6.6", true],
	["en", "", "[[6.7 ± 0.1]]", "6.8", true],
	["en", "", "[[6.7 ± 0.1]]", "6.81", false],
	["en", "", "[[0.3 ± 0.1]]", "0.4", true],
	["en", "", "[[0.3 +/- 0.1]]", "0.2", true],
	["en", "", "[[5..10]]", "5", true],
	["en", "", "[[5..10]]", "10", true],
	["en", "", "[[5..10]]", "10.001", false],
	["en", "", "[[5..10]]", "5..10", "no"],
	["en", "", "[[-5..5]]", "0", true],
	["en", "", "[[1,700]]", "1700", true],
	["en", "", "[[1,700]]", "1,700", true],
	["en", "", "[[1,700]]", "1 700", true],
	["en", "", "[[1,700]]", "1.7", false],
	["en", "", "[[1.7]]", "1,7", true],
	["en", "", "[[1234567.5]]", "1,234,567.5", true],
	["fr", "", "[[6,7]]", "6,7", true],
	["fr", "", "[[6,7]]", "6.7", true],
	["fr", "", "[[6,7]]", "6, 7", true],
	["fr", "", "[[6,7]]", "67", false],
	["fr", "", "[[1 234 567,8]]", "1234567,8", true],
	["fr", "", "[[1 234 567,8]]", "1\u202f234\u202f567,8", true],
	["fr", "", "[[1 234 567,8]]", "1\u00a0234\u00a0567.8", true],
	["fr", "", "[[1,700]]", "1700", false],
	["de", "", "[[1234,5]]", "1234,5", true],
	["de", "", "[[1234,5]]", "1.234,5", true],
	// Units.
	["en", "", "[[12]] %", "12 %", true],
	["en", "", "[[12]] %", "12%", true],
	["en", "", "[[12]] %", "% 12", "no"],
	["en", "", "[[12]] km/h", "12 KM/H", true],
	["en", "", "[[12]] km/h", "12 km", "no"],
	["en", "", "[[12]] °C", "12\u202f°C", true],
	["en", "", "[[12]] people", "12", true],
	["fr", "", "[[6,7]] %", "6,7\u00a0%", true],
	["fr", "", "[[12,5]] €", "12,50 €", true],
	["fr", "", "[[12,5]] €", "12 euros", "no"],
];

/** @type {Course[]} */
const built = [];
after(() => built.forEach((course) => course.remove()));

/** A course with a question for each answer; its questions by answer and settings. @param {string} language @param {string[]} answers */
function questions(language, answers) {
	const quiz = answers.map((answer, at) => {
		const [settings, text] = answer.split("\t");
		return `## Question ${at} {#q${at} ${settings}}\n\nIt is ${text}.\n`;
	});
	const course = new Course({
		"course.toml": `id = "https://example.org/compare"\ntitle = "C"\nversion = "1"\nlanguage = "${language}"\nlessons = ["l"]\n`,
		"l/index.md": '+++\ntitle = "L"\npages = ["quiz.md"]\n+++\n\nText.\n',
		"l/quiz.md": `+++\ntitle = "Q"\nkind = "quiz"\n+++\n\n${quiz.join("\n")}`,
	});
	built.push(course);
	const linked = runtime.linkCourse(courseData(course.build()), runtime.questionKinds());
	return new Map(answers.map((answer, at) => [answer, linked.questions.find((/** @type {any} */ { slug }) => slug === `q${at}`)]));
}

/** What is made of a text in a blank, as the page would. @param {any} question @param {string} typed */
function judged(question, typed) {
	const [blank] = question.parts;
	if (!blank.forms && question.does.record(question, [blank.n, typed]).type !== "numeric") return "no";
	return question.does.grade(question, [blank.n, typed]) === 1;
}

for (const language of new Set(TABLE.map(([language]) => language))) describe(language, () => {
	const rows = TABLE.filter((row) => row[0] === language);
	const all = questions(language, [...new Set(rows.map(([, settings, answer]) => `${settings}\t${answer}`))]);
	for (const [, settings, answer, typed, right] of rows) {
		test(`${answer} ${settings}: ${JSON.stringify(typed)} is ${right === "no" ? "none" : right ? "right" : "wrong"}`, () => {
			assert.equal(judged(all.get(`${settings}\t${answer}`), typed), right);
		});
	}
});

test("the table is large enough to be relied on", () => assert.ok(TABLE.length >= 60));
