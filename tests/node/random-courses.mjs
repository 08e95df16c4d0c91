// Random courses, as an author's files, and random updates of them.

/** @typedef {import("./random.mjs").Random} Random */
/** @typedef {{ text: string, id?: string, right: boolean }} Choice */
/** @typedef {"single" | "multiple" | "true-false"} Kind */
/** @typedef {{ id: string, kind: Kind, points: number, tries?: Count, choices: Choice[], made: number }} Question */
/** @typedef {number | "unlimited"} Count */
/** @typedef {{ stem: string, id?: string, required: boolean, quiz?: Record<string, any>, questions: Question[] }} Page */
/** @typedef {{ completion: Record<string, any>, records: string, pages: Page[], lessons: number, made: number, rich: boolean, lock?: string }} CourseModel */

const ID = "https://example.org/courses/random";
/** Letters of choices in SCORM 1.2, and so the numbers that one question may ever need here. */
const CHOICES_EVER = 36;

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
	const page = { stem, id: random.chance(0.5) ? "page-" + stem : undefined, required: random.chance(0.8), questions: [] };
	course.pages.splice(random.between(0, course.pages.length), 0, page);
	return page;
}

/** @param {Random} random @param {CourseModel} course */
function addQuiz(random, course) {
	if (course.pages.filter(({ quiz }) => quiz).length >= 5) return;
	Object.assign(addPage(random, course), { quiz: quizSettings(random), questions: [newQuestion(random, course)] });
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
	const question = { id: "q" + course.made++, points: points(random, course), choices: [], made: 0 };
	const tries = random.chance(0.2) ? random.pick([1, 3, 15, "unlimited"]) : undefined;
	return Object.assign(question, { tries }, newAnswer(random));
}

/** @param {Random} random @returns {{ kind: Kind, choices: Choice[], made: number }} */
function newAnswer(random) {
	const kind = random.pick(["single", "multiple", "true-false"]);
	if (kind === "true-false") return { kind, choices: random.mixed([{ text: "True", right: true }, { text: "False", right: false }]), made: 2 };
	const made = random.between(2, random.pick([4, 8, 26]));
	return { kind, choices: Array.from({ length: made }, (_, i) => newChoice(random, i)), made };
}

/** @param {Random} random @param {number} n @returns {Choice} */
function newChoice(random, n) {
	return { text: "Choice " + n, id: random.chance(0.5) ? "c" + n : undefined, right: random.chance(0.4) };
}

/** In hundredths. @param {Random} random @param {CourseModel} course */
function points(random, course) {
	return course.rich ? random.pick([100_000, 100_000, 99_999]) : random.pick([1, 50, 100, 100, 250, 10_000]);
}

/** @param {Random} random @param {CourseModel} course */
function addQuestion(random, course) {
	random.pick(course.pages).questions.push(newQuestion(random, course));
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
	(random, course) => onPage(random, course, (page) => void (page.quiz &&= quizSettings(random))),
	// A quiz becomes a page to read, its questions self-checks; the other way round too.
	(random, course) => onPage(random, course, (page) => void (page.quiz = page.quiz ? undefined : quizSettings(random))),
	(random, course) => {
		course.rich = !course.rich;
		for (const { questions } of course.pages) for (const question of questions) question.points = points(random, course);
	},
	(random, course) => onQuestion(random, course, (question) => void (question.points = 1)),
	(random, course) => onQuestion(random, course, (question) => void (question.tries = random.pick([1, 2, 15, undefined]))),
	(random, course) => onQuestion(random, course, correctKey(random)),
	(random, course) => onQuestion(random, course, correctKey(random)),
	(random, course) => onQuestion(random, course, addChoice(random)),
	(random, course) => onQuestion(random, course, (question) => void question.choices.splice(random.between(0, question.choices.length - 1), 1)),
	(random, course) => onQuestion(random, course, (question) => void (question.choices = random.mixed(question.choices))),
	(random, course) => onQuestion(random, course, (question) => void (random.pick(question.choices).text += " again")),
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
	const asking = course.pages.filter(({ questions }) => questions.length);
	if (!asking.length) return;
	const { questions } = random.pick(asking);
	change(random.pick(questions), questions);
}

/** @param {Random} random @param {CourseModel} course */
function moveQuestion(random, course) {
	onQuestion(random, course, (question, from) => {
		from.splice(from.indexOf(question), 1);
		const { questions } = random.pick(course.pages);
		questions.splice(random.between(0, questions.length), 0, question);
	});
}

/** @param {Random} random @returns {(question: Question) => void} */
function correctKey(random) {
	return ({ choices }) => {
		const choice = random.pick(choices);
		choice.right = !choice.right;
	};
}

/** @param {Random} random @returns {(question: Question) => void} */
function addChoice(random) {
	return (question) => {
		if (question.kind === "true-false" || question.made >= CHOICES_EVER) return;
		const at = random.between(0, question.choices.length);
		question.choices.splice(at, 0, newChoice(random, question.made++));
	};
}

/** Mends what no author could build. @param {Random} random @param {CourseModel} course */
function settle(random, course) {
	if (!course.pages.length) addPage(random, course);
	const quizzes = course.pages.filter(({ quiz }) => quiz);
	for (const quiz of quizzes) if (!quiz.questions.length) quiz.questions.push(newQuestion(random, course));
	for (const page of course.pages) for (const question of page.questions) settleQuestion(random, question);
	const graded = quizzes.some(({ required }) => required);
	course.completion = {
		when: random.pick(graded ? ["viewed", "passed", "viewed-and-passed"] : ["viewed"]),
		"pass-mark": random.pick([0, 50, 70, 100]),
		"on-failure": random.pick(["incomplete", "failed"]),
		"attempt-score": random.pick(["best", "last", "first"]),
	};
}

/** @param {Random} random @param {Question} question */
function settleQuestion(random, question) {
	if (question.choices.length < 2) Object.assign(question, newAnswer(random));
	const { choices, kind } = question;
	const right = choices.filter((choice) => choice.right);
	if (!right.length) random.pick(choices).right = true;
	else if (kind !== "multiple") for (const other of right.slice(1)) other.right = false;
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
		for (const page of pages) files[`${lesson}/${page.stem}.md`] = pageText(page);
	});
	return files;
}

/** Strings, numbers, booleans and lists of them are written in TOML as in JSON. @param {Record<string, any>} values */
function toml(values) {
	const known = Object.entries(values).filter(([, value]) => value !== undefined);
	return known.map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`).join("");
}

/** @param {Record<string, any>} values */
function frontMatter(values) {
	return `+++\n${toml(values)}+++\n`;
}

/** @param {Page} page */
function pageText({ stem, id, required, quiz, questions }) {
	const settings = { title: stem, id, required, ...(quiz && { kind: "quiz", ...quiz }) };
	return [frontMatter(settings), "Something to read.\n", ...questions.map((question) => questionText(question, !quiz))].join("\n");
}

/** @param {Question} question @param {boolean} selfCheck */
function questionText({ id, kind, points, tries, choices }, selfCheck) {
	const marks = ["#" + id, selfCheck && ".question", kind !== "single" && "." + kind, `points=${points / 100}`, tries && `tries=${tries}`];
	const lines = choices.map(({ text, id, right }) => `- [${right ? "x" : " "}] ${text}${id ? ` {#${id}}` : ""}`);
	return `## Which? {${marks.filter(Boolean).join(" ")}}\n\n${lines.join("\n")}\n`;
}
