// Random courses, as an author's files, and random updates of them.

/** @typedef {import("./random.mjs").Random} Random */
/** @typedef {{ text: string, id?: string, right?: boolean, answer?: string }} Part A choice, an item, a prompt (empty for an answer too many) with its answer, or what stands in the brackets of a blank. */
/** @typedef {"single" | "multiple" | "true-false" | "scale" | "order" | "match" | "blanks" | "text"} Kind */
/** @typedef {{ id: string, kind: Kind, points: number, tries?: Count, credit?: string, weighted?: boolean, max?: number, loose?: boolean, patterns?: boolean, parts: Part[], made: number }} Question */
/** @typedef {number | "unlimited"} Count */
/** @typedef {{ folder: string, draw: number, questions: Question[] }} Bank */
/** @typedef {{ stem: string, id?: string, required: boolean, record?: boolean, quiz?: Record<string, any>, banks?: Bank[], questions: Question[] }} Page */
/** @typedef {{ completion: Record<string, any>, records: string, pages: Page[], lessons: number, made: number, rich: boolean, kinds?: Kind[], lock?: string }} CourseModel */

const ID = "https://example.org/courses/random";
/** Letters of choices in SCORM 1.2, and so the numbers that one question may ever need here. */
const PARTS_EVER = 36;
/** Bytes for all texts of a course, so that SCORM 1.2 has room for the rest. */
const TEXTS = 1400;

/** @type {Kind[]} */
const KINDS = ["single", "single", "multiple", "multiple", "true-false", "scale", "order", "match", "blanks", "blanks", "text"];
/** Kinds of which something is right in part. */
const IN_PARTS = ["multiple", "order", "match", "blanks"];
const UNSCORED = ["scale", "text"];
/** What is right in a blank, as an author writes it. */
const BLANKS = ["Paris", "été|summer", "Ωμέγα", "слово|слова", "l’œuvre", "日本", "naïve café", "😀", "12.5", "12.5 ± 0.5", "5..10", "1,000", "-3", "x²"];

/** @param {Random} random @returns {CourseModel} */
export function randomCourse(random) {
	/** @type {CourseModel} */
	const course = {
		completion: {},
		records: random.pick(["per-question", "journal"]),
		pages: [],
		lessons: random.few(1, 4),
		made: 0,
		rich: random.chance(0.4),
		// Some courses have questions of few kinds, many of them.
		kinds: random.chance(0.4) ? [random.pick(KINDS), random.pick(KINDS)] : KINDS,
		lock: random.chance(0.3) ? longHistory(random) : undefined,
	};
	const quizzes = random.between(0, 5);
	for (let left = random.between(1, 40); left > quizzes || left === 1; left--) addPage(random, course);
	for (let left = quizzes; left; left--) addQuiz(random, course);
	// A long exam, or questions all over the course.
	const exam = random.chance(0.5) ? course.pages.find(({ quiz }) => quiz) : undefined;
	for (let left = random.between(0, 60 - quizzes); left; left--) {
		(exam && random.chance(0.8) ? exam : random.pick(course.pages)).questions.push(newQuestion(random, course));
	}
	settle(random, course);
	return course;
}

/** A lock of numbers that were given long ago and have gone: new ones take more bytes. @param {Random} random */
function longHistory(random) {
	const page = random.pick([60, 120, 500]);
	const question = random.pick([100, 127, 16_350, 20_000]);
	const choices = Array.from({ length: 20 }, (_, i) => `  { question = ${question + 1 + i}, choice = 110 },`);
	const lines = [`  { page = ${page} },`, `  { question = ${question} },`, ...choices];
	return `version = 1\ncourse = "${ID}"\n\nretired = [\n${lines.join("\n")}\n]\n`;
}

/** @param {Random} random @param {CourseModel} course */
function addPage(random, course) {
	const stem = "p" + course.made++;
	const page = { stem, id: random.chance(0.5) ? "page-" + stem : undefined, required: random.chance(0.8), record: random.chance(0.4), questions: [] };
	course.pages.splice(random.between(0, course.pages.length), 0, page);
	return page;
}

/** @param {Random} random @param {CourseModel} course */
function addQuiz(random, course) {
	if (course.pages.filter(({ quiz }) => quiz).length >= 5) return;
	const page = addPage(random, course);
	Object.assign(page, { quiz: quizSettings(random), questions: [newQuestion(random, course)] });
	while (random.chance(0.4)) addBank(random, course, page);
}

/** @param {Random} random @param {CourseModel} course @param {Page} page */
function addBank(random, course, page) {
	const questions = Array.from({ length: random.few(1, 8) }, () => newQuestion(random, course));
	(page.banks ??= []).push({ folder: "bank-" + course.made++, draw: random.between(1, questions.length), questions });
}

/** @param {Random} random */
function quizSettings(random) {
	return {
		attempts: random.pick([1, 2, 3, 200, "unlimited"]),
		tries: random.pick([1, 2, 15, "unlimited"]),
		feedback: random.pick(["after-each", "at-end", "never"]),
		answers: random.pick(["never", "at-end", "last-attempt"]),
	};
}

/** @param {Random} random @param {CourseModel} course @returns {Question} */
function newQuestion(random, course) {
	const question = { id: "q" + course.made++, points: points(random, course), tries: tries(random) };
	return Object.assign(question, newAnswer(random, course.kinds));
}

/** @param {Random} random @returns {Count | undefined} */
function tries(random) {
	return random.chance(0.2) ? random.pick([1, 3, 15, "unlimited"]) : undefined;
}

/** @param {Random} random @param {Kind[]} [kinds] @returns {Omit<Question, "id" | "points">} */
function newAnswer(random, kinds = KINDS) {
	const kind = random.pick(kinds);
	const made = { "true-false": 2, scale: random.between(2, 7), order: random.between(2, 8), match: random.between(2, 6), blanks: random.few(1, 4), text: 0 }[kind]
		?? random.between(2, random.pick([4, 8, 26]));
	return {
		kind,
		parts: Array.from({ length: made }, (_, i) => newPart(random, kind, i)),
		made,
		credit: random.pick([undefined, "parts", "whole"]),
		weighted: random.chance(0.3),
		max: room(random, kind),
		loose: random.chance(0.5),
		patterns: random.chance(0.2),
	};
}

/** @param {Random} random @param {Kind} kind */
function room(random, kind) {
	return random.pick(kind === "text" ? [undefined, 1, 30, 120, 250] : [undefined, undefined, 1, 12, 60]);
}

/** @param {Random} random @param {Kind} kind @param {number} n @returns {Part} */
function newPart(random, kind, n) {
	const id = random.chance(0.5) ? "c" + n : undefined;
	if (kind === "true-false") return { text: ["True", "False"][n], right: !n };
	if (kind === "match") return { text: n > 1 && random.chance(0.2) ? "" : "Prompt " + n, answer: "Answer " + random.few(0, n), id };
	if (kind === "blanks") return { text: random.pick(BLANKS) };
	return { text: "Part " + n, id, right: random.chance(0.4) };
}

/** In hundredths. @param {Random} random @param {CourseModel} course */
function points(random, course) {
	return course.rich ? random.pick([100_000, 100_000, 99_999]) : random.pick([1, 50, 100, 100, 250, 10_000]);
}

/** @param {Random} random @param {CourseModel} course */
function addQuestion(random, course) {
	random.pick(lists(course)).push(newQuestion(random, course));
}

/** Wherever questions stand. @param {CourseModel} course @returns {Question[][]} */
function lists({ pages }) {
	return pages.flatMap(({ questions, banks = [] }) => [questions, ...banks.map((bank) => bank.questions)]);
}

/** What an author may do between two versions. @type {((random: Random, course: CourseModel) => void)[]} */
const UPDATES = [
	addPage,
	addQuiz,
	addQuestion,
	addQuestion,
	(random, course) => void course.pages.splice(random.between(0, course.pages.length - 1), 1),
	(random, course) => void (course.pages = random.mixed(course.pages)),
	(random, course) => void (course.lessons = random.few(1, 4)),
	(random, course) => onQuestion(random, course, (question, from) => void from.splice(from.indexOf(question), 1)),
	moveQuestion,
	moveQuestion,
	(random, course) => onPage(random, course, (page) => void (page.questions = random.mixed(page.questions))),
	(random, course) => onPage(random, course, (page) => void (page.required = !page.required)),
	(random, course) => onPage(random, course, (page) => void (page.record = !page.record)),
	(random, course) => onPage(random, course, (page) => void (page.quiz &&= quizSettings(random))),
	// A quiz becomes a page to read, its questions self-checks; the other way round too.
	(random, course) => onPage(random, course, (page) => void (page.quiz = page.quiz ? undefined : quizSettings(random))),
	(random, course) => onPage(random, course, (page) => page.quiz && addBank(random, course, page)),
	(random, course) => onPage(random, course, (page) => void page.banks?.splice(random.between(0, 2), 1)),
	(random, course) => onPage(random, course, ({ banks = [] }) => banks.forEach((bank) => void (bank.draw = random.between(1, bank.draw + 2)))),
	(random, course) => {
		course.rich = !course.rich;
		for (const question of lists(course).flat()) question.points = points(random, course);
	},
	(random, course) => onQuestion(random, course, (question) => void (question.points = 1)),
	(random, course) => onQuestion(random, course, (question) => void (question.tries = random.pick([1, 2, 15, undefined]))),
	(random, course) => onQuestion(random, course, (question) => void (question.credit = random.pick(["parts", "whole"]))),
	(random, course) => onQuestion(random, course, (question) => void (question.weighted = !question.weighted)),
	(random, course) => onQuestion(random, course, (question) => void (question.loose = !question.loose)),
	// Less room, or more.
	(random, course) => lists(course).flat().forEach((question) => void (question.max = random.chance(0.5) ? room(random, question.kind) : question.max)),
	(random, course) => onQuestion(random, course, correctKey(random)),
	(random, course) => onQuestion(random, course, correctKey(random)),
	(random, course) => onQuestion(random, course, addPart(random)),
	(random, course) => onQuestion(random, course, ({ parts }) => void parts.splice(random.between(0, parts.length - 1), 1)),
	(random, course) => onQuestion(random, course, (question) => void (question.parts = random.mixed(question.parts))),
	(random, course) => onQuestion(random, course, reword(random)),
	(random, course) => onQuestion(random, course, (question) => void Object.assign(question, newAnswer(random))),
];

/** @param {Random} random @param {CourseModel} course */
export function updateCourse(random, course) {
	for (let left = random.between(1, 12); left; left--) {
		random.pick(UPDATES)(random, course);
		settle(random, course);
	}
}

/** @param {Random} random @param {CourseModel} course @param {(page: Page) => void} change */
function onPage(random, course, change) {
	change(random.pick(course.pages));
}

/** @param {Random} random @param {CourseModel} course @param {(question: Question, among: Question[]) => void} change */
function onQuestion(random, course, change) {
	const asking = lists(course).filter((questions) => questions.length);
	if (!asking.length) return;
	const questions = random.pick(asking);
	change(random.pick(questions), questions);
}

/** @param {Random} random @param {CourseModel} course */
function moveQuestion(random, course) {
	onQuestion(random, course, (question, from) => {
		from.splice(from.indexOf(question), 1);
		const questions = random.pick(lists(course));
		questions.splice(random.between(0, questions.length), 0, question);
	});
}

/** @param {Random} random @returns {(question: Question) => void} */
function correctKey(random) {
	return ({ kind, parts }) => {
		if (!parts.length) return;
		const part = random.pick(parts);
		if (kind === "match") part.answer = random.pick(parts).answer;
		else if (kind === "blanks") part.text = random.pick(BLANKS);
		else if (kind === "order") parts.push(parts.splice(parts.indexOf(part), 1)[0]);
		else part.right = !part.right;
	};
}

/** @param {Random} random @returns {(question: Question) => void} */
function reword(random) {
	return ({ kind, parts }) => {
		const part = parts.length && random.pick(parts);
		if (part && part.text && part.text.length < 20 && !(kind === "blanks" && isNumber(part))) part.text += kind === "blanks" ? "|again" : " again";
	};
}

/** @param {Random} random @returns {(question: Question) => void} */
function addPart(random) {
	return (question) => {
		const { kind, parts } = question;
		if (kind === "true-false" || kind === "text" || question.made >= PARTS_EVER) return;
		parts.splice(random.between(0, parts.length), 0, newPart(random, kind, question.made++));
	};
}

/** Mends what no author could build. @param {Random} random @param {CourseModel} course */
function settle(random, course) {
	if (!course.pages.length) addPage(random, course);
	const quizzes = course.pages.filter(({ quiz }) => quiz);
	for (const page of course.pages) {
		page.banks = page.banks?.filter((bank) => bank.questions.length);
		page.banks?.forEach((bank) => void (bank.draw = Math.min(bank.draw, bank.questions.length)));
		if (page.quiz && !page.questions.length && !page.banks?.length) page.questions.push(newQuestion(random, course));
	}
	const questions = lists(course).flat();
	for (const question of questions) settleQuestion(random, question);
	for (let most = 250; most > 1 && questions.reduce((sum, question) => sum + texts(question), 0) > TEXTS; most /= 2) {
		for (const question of questions.filter((question) => texts(question) > most)) Object.assign(question, { max: 1, parts: question.parts.slice(0, 2) });
	}
	const graded = quizzes.some(({ required }) => required);
	course.completion = {
		when: random.pick(graded ? ["viewed", "passed", "viewed-and-passed"] : ["viewed"]),
		"pass-mark": random.pick([0, 50, 70, 100]),
		"on-failure": random.pick(["incomplete", "failed"]),
		"attempt-score": random.pick(["best", "last", "first"]),
	};
}

/** What the texts of a question may take, more or less. @param {Question} question */
function texts({ kind, max, parts }) {
	if (kind === "text") return max ?? 200;
	return kind === "blanks" ? parts.reduce((sum, { text }) => sum + Math.max(max ?? 40, longest(text)), 0) : 0;
}

/** What the longest of the forms in a blank takes at most: a byte, or four where the script changes. @param {string} text */
function longest(text) {
	return Math.max(...text.split("|").map((form) => [...form].reduce((sum, c) => sum + (c < "\u0100" ? 1 : 4), 0)));
}

/** @param {Random} random @param {Question} question */
function settleQuestion(random, question) {
	const { kind } = question;
	const enough = kind === "match" ? question.parts.filter(({ text }) => text).length : question.parts.length;
	if (kind !== "text" && enough < (kind === "blanks" ? 1 : 2)) Object.assign(question, newAnswer(random));
	const { parts } = question;
	if (question.kind === "match") {
		// An answer that belongs to no prompt belongs to none at all, and stands once.
		const taken = new Set(parts.filter(({ text }) => text).map(({ answer }) => answer));
		parts.forEach((part, at) => {
			if (part.text) return;
			part.answer = "Other " + (part.id ?? "") + at;
			while (taken.has(part.answer)) part.answer += " more";
			taken.add(part.answer);
		});
		if (new Set(parts.map(({ answer }) => answer)).size < 2) parts[0].answer += " too";
		if (parts.filter(({ text }) => text).length < 2) parts.forEach((part, at) => void (part.text ||= "Prompt again " + at));
	}
	if (!["single", "multiple", "true-false"].includes(question.kind)) return;
	const right = parts.filter((part) => part.right);
	if (!right.length) random.pick(parts).right = true;
	else if (question.kind !== "multiple") for (const other of right.slice(1)) other.right = false;
}

/** The author's files. @param {CourseModel} course @returns {Record<string, string>} */
export function courseFiles(course) {
	/** @type {Record<string, string>} */
	const files = course.lock ? { "course.lock": course.lock } : {};
	const lessons = Array.from({ length: Math.min(course.lessons, course.pages.length) }, (_, i) => "l" + i);
	files["course.toml"] = [
		toml({ id: ID, title: "Random", version: "1", language: "en", lessons }),
		"[completion]\n" + toml(course.completion),
		"[package]\n" + toml({ records: course.records }),
	].join("\n");
	lessons.forEach((lesson, i) => {
		const pages = course.pages.filter((_, at) => at % lessons.length === i);
		files[lesson + "/index.md"] = frontMatter({ title: lesson, pages: pages.map(({ stem }) => stem + ".md") });
		for (const page of pages) {
			files[`${lesson}/${page.stem}.md`] = pageText(page);
			for (const { folder, questions } of (page.quiz && page.banks) || []) {
				// A bank may be of several files.
				questions.forEach((question, at) => void (files[`${folder}/${at % 2}.md`] = (files[`${folder}/${at % 2}.md`] ?? "") + questionText(question, false) + "\n"));
			}
		}
	});
	return files;
}

/** Strings, numbers, booleans and lists of them are written in TOML as in JSON. @param {Record<string, any>} values */
function toml(values) {
	const known = Object.entries(values).filter(([, value]) => value !== undefined);
	return known.map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join("");
}

/** @param {Record<string, any>} values @param {string} [tables] */
function frontMatter(values, tables = "") {
	return `+++\n${toml(values)}${tables}+++\n`;
}

/** @param {Page} page */
function pageText({ stem, id, required, record, quiz, banks = [], questions }) {
	const settings = { title: stem, id, required, ...(quiz ? { kind: "quiz", ...quiz } : { record }) };
	const tables = quiz ? banks.map(({ folder, draw }) => "[[bank]]\n" + toml({ from: folder, draw })).join("") : "";
	return [frontMatter(settings, tables), "Something to read.\n", ...questions.map((question) => questionText(question, !quiz))].join("\n");
}

/** @param {Question} question @param {boolean} selfCheck */
function questionText(question, selfCheck) {
	const { id, kind, points, tries, credit, weighted, max, loose, patterns, parts } = question;
	const scored = !UNSCORED.includes(kind);
	const marks = [
		"#" + id,
		selfCheck && ".question",
		["multiple", "true-false", "scale"].includes(kind) && "." + kind,
		scored && !selfCheck && `points=${points / 100}`,
		scored && !selfCheck && tries && `tries=${tries}`,
		IN_PARTS.includes(kind) && credit && !(kind === "multiple" && weighted) && `credit=${credit}`,
		kind === "text" && max && `max=${max}`,
		kind === "blanks" && max && `max=${Math.max(max, ...parts.map(({ text }) => longest(text)))}`,
		kind === "blanks" && loose && !parts.every(isNumber) && "case=match accents=ignore",
	];
	const fence = kind === "blanks" && patterns && !parts.some(isNumber) ? `\n\`\`\`toml\npatterns = ${JSON.stringify(parts.map(() => "[0-9]+|a.c"))}\n\`\`\`\n` : "";
	return `## Which? {${marks.filter(Boolean).join(" ")}}\n${fence}\n${answerText(question)}\n`;
}

/** Whether a blank asks for a number. @param {Part} blank */
function isNumber({ text }) {
	return /^-?\d/.test(text) && !text.includes("|");
}

/** @param {Question} question */
function answerText({ kind, parts, weighted }) {
	/** @param {Part} part @param {string} [weight] */
	const braces = ({ id }, weight) => (id || weight ? ` {${[id && "#" + id, weight].filter(Boolean).join(" ")}}` : "");
	if (kind === "text") return "[[…]]";
	if (kind === "blanks") return parts.map(({ text }) => `Write [[${text}]] km.`).join(" ");
	if (kind === "scale") return parts.map((part) => `- ${part.text}${braces(part)}`).join("\n");
	if (kind === "order") return parts.map((part, at) => `${at + 1}. ${part.text}${braces(part)}`).join("\n");
	if (kind === "match") return ["| Prompt | Answer |", "|---|---|", ...parts.map((part) => `| ${part.text} | ${part.answer}${braces(part)} |`)].join("\n");
	const rights = parts.filter(({ right }) => right).length;
	/** @param {Part} part @param {number} at */
	const weight = ({ right }, at) => {
		if (!weighted) return undefined;
		if (right) return `weight=${Number((100 / (kind === "multiple" ? rights : 1)).toFixed(2))}`;
		return [undefined, "weight=-50", kind === "multiple" ? "weight=-25" : "weight=45"][at % 3];
	};
	return parts.map((part, at) => `- [${part.right ? "x" : " "}] ${part.text}${braces(part, weight(part, at))}`).join("\n");
}
