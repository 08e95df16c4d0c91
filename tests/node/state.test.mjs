// What a learner did survives every interruption and every update, and always fits: random courses, built by the real
// binary and updated twice; random learners in the shipped runtime, cut off at random; and the format itself, pinned.
//
// STATE_SEED=n plays again what a failure names, STATE_SEED=random others than every run does; STATE_COURSES=n plays more,
// or fewer.
import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Course, courseData } from "./courses.mjs";
import { stillThere, worth } from "./judging.mjs";
import { Random, seedIn } from "./random.mjs";
import { courseFiles, randomCourse, updateCourse } from "./random-courses.mjs";
import { LIMITS, RandomLearner } from "./random-learners.mjs";
import { built, loadRuntime } from "./runtime.mjs";
import { bytesOf, numberBytes, parts, plain, recordBytes, stateOf, textOf } from "./states.mjs";

const SEED = seedIn("STATE_SEED");
const COURSES = Number(process.env.STATE_COURSES ?? 12);
const VERSIONS = 3;
const LEARNERS = Number(process.env.STATE_LEARNERS ?? 120);
/** Of the states of a version, how many are cut, mixed up and spoiled in every way. */
const SPOILED = 2;

const runtime = loadRuntime();
const { createLearner, decodeState, encodeState, freshState } = runtime;

/** @param {any} data A course's data block. */
function link(data) {
	return runtime.linkCourse(data, runtime.questionKinds());
}

/** What must hold. Every one is looked at all the time, and each is a test of its own. */
const PROPERTIES = {
	fits: "no state is longer than the build's bound, nor written in other characters than base64url's",
	exact: "a state that is read again is the same, and is written the same",
	kept: "what was done is never undone: pages, attempts, scores, tries, places in the LMS's record",
	idle: "to open the course again changes nothing",
	survives: "after an update, what the course still has is read as it was, and nothing else",
	judged: "after an update, open attempts follow the new course and finished ones are not judged again",
	compared: "what `cartable compare` calls kept is kept, for everybody",
	drawn: "an attempt asks as many questions of each bank as it should, and goes on with those it has",
	told: "cartable state reads every state as the runtime does, also one that was cut",
	cut: "a state that was cut keeps whatever comes before the cut",
	foreign: "a state of another unit or version is none",
	skipped: "records that mean nothing to the course are skipped, and the rest is found",
	noise: "nothing that an LMS may return throws, and the course can go on with what was found in it",
};

describe("random courses, updates and learners", () => {
	/** The first failure of each property. @type {Map<string, string>} */
	const faults = new Map();
	const figures = { courses: 0, versions: 0, learners: 0, states: 0, highest: 0, ratios: 0, cuts: 0, compared: 0, kept: 0 };

	/** @param {keyof typeof PROPERTIES} property @param {() => string} where @param {() => void} look */
	const holds = (property, where, look) => {
		try {
			look();
		} catch (error) {
			const found = error instanceof assert.AssertionError ? error.message : error.stack;
			if (!faults.has(property)) faults.set(property, `${where()}\n${found}`);
		}
	};

	before(() => {
		for (let i = 0; i < COURSES; i++) playCourse(SEED + i, figures, holds);
	});

	for (const [property, sentence] of Object.entries(PROPERTIES)) {
		test(sentence, () => assert.ok(!faults.has(property), faults.get(property)));
	}

	test("the learners come close to the bound, so that it is tried", (t) => {
		const { courses, versions, learners, states, highest, ratios, cuts, compared, kept } = figures;
		t.diagnostic(`${courses} courses in ${versions} versions, ${learners} learners, ${states} states compared, ${cuts} cut`);
		t.diagnostic(`${compared} learners held against cartable compare, which called ${kept} of their ${4 * compared} matters kept`);
		t.diagnostic(`length to bound: ${highest.toFixed(3)} at most, ${(ratios / states).toFixed(3)} on average; STATE_SEED=${SEED}`);
		assert.ok(highest > 0.9, `${highest} at most`);
	});
});

test("a score fits that was earned when the questions were worth far more", () => {
	const random = new Random(SEED);
	const parts = [{ text: "No", right: false }, { text: "Yes", right: true }];
	/** @type {any[]} */
	const questions = Array.from({ length: 22 }, (_, i) => ({ id: "q" + i, kind: "single", points: 100_000, parts }));
	const pages = [{ stem: "exam", required: true, quiz: { attempts: "unlimited" }, questions }];
	const model = { completion: {}, records: "per-question", pages, lessons: 1, made: 0, rich: true };
	const author = new Course(courseFiles(model));
	try {
		const before = link(courseData(author.report().root));
		const learner = new RandomLearner(runtime, before, freshState(random.bytes(6)), LIMITS.index - 40);
		learner.everything(random);
		learner.wear(random);
		const text = encodeState(learner.learner.state, before);
		for (const question of questions) question.points = 1;
		author.rewrite(courseFiles(model));
		const { root, state: { characters } } = author.report();
		const today = link(courseData(root));
		const { state } = createLearner(today, decodeState(text, today));
		const { length } = encodeState(state, today);
		assert.ok(length <= characters, `${length} characters, the bound is ${characters}`);
	} finally {
		author.remove();
	}
});

/** @param {number} seed @param {Record<string, number>} figures @param {Function} holds */
function playCourse(seed, figures, holds) {
	const random = new Random(seed);
	const model = randomCourse(random);
	const author = new Course(courseFiles(model));
	/** The learners of the version before, and of the one before that. @type {Left[]} */
	let left = [];
	let root = "";
	try {
		for (let version = 1; version <= VERSIONS; version++) {
			const former = join(author.folder, "former");
			if (version > 1) {
				cpSync(root, former, { recursive: true });
				updateCourse(random, model);
				author.rewrite(courseFiles(model));
			}
			const report = author.report();
			({ root } = report);
			const promises = version > 1 ? promised(former, root) : undefined;
			rmSync(former, { recursive: true, force: true });
			const release = { version, promises, course: link(courseData(root)), bound: report.state.characters, source: author.source, name: `STATE_SEED=${seed} STATE_COURSES=1, version ${version}` };
			left = playVersion(random, release, left, figures, holds);
			figures.versions++;
		}
	} finally {
		author.remove();
	}
	figures.courses++;
}

/**
 * @typedef {{ version: number, promises?: Promises, course: any, bound: number, source: string, name: string }} Release
 * @typedef {Record<"place" | "answers" | "score" | "status", string>} Promises What becomes of learners by `cartable compare`.
 * @typedef {{ text: string, was: ReturnType<typeof plain>, outcome: any, version: number, records: number }} Left A learner who has gone, and what they had done.
 *
 * @param {Random} random @param {Release} release @param {Left[]} left @param {Record<string, number>} figures @param {Function} holds
 */
function playVersion(random, release, left, figures, holds) {
	/** @type {Left[]} */
	const leaving = [];
	for (let i = 0; i < LEARNERS; i++) {
		const back = random.chance(0.75) ? left[i] : undefined;
		// Who stays away during this version comes back in a later one.
		if (left[i] && !back && random.chance(0.5)) {
			leaving.push(left[i]);
			continue;
		}
		leaving.push(playLearner(random, release, back, `learner ${i}`, figures, holds));
	}
	for (const { text } of leaving.slice(0, SPOILED)) spoil(random, release, text, figures, holds);
	holds("told", () => release.name, () => told(random, release, leaving));
	return leaving;
}

/** @param {Random} random @param {Release} release @param {Left | undefined} back @param {string} name @param {Record<string, number>} figures @param {Function} holds @returns {Left} */
function playLearner(random, release, back, name, figures, holds) {
	const { course, bound, version } = release;
	/** @type {string[]} */
	const done = [];
	const where = () => `${release.name}, ${name}: ${back ? "back, " : ""}${done.join(" ")}`;
	let visitor = back
		? returning(release, back, where, figures, holds)
		: new RandomLearner(runtime, course, freshState(random.bytes(6)));

	let before = plain(visitor.learner.state, course);

	/** Closes and opens the course, and looks at what has become of the state. @returns {Left} */
	const interrupt = () => {
		const { state } = visitor.learner;
		const was = plain(state, course);
		holds("kept", where, () => nothingUndone(before, was, course));
		before = was;
		const text = encodeState(state, course);
		holds("fits", where, () => {
			assert.match(text, /^[\w-]+$/);
			assert.ok(text.length <= bound, `${text.length} characters, the bound is ${bound}\n${JSON.stringify(was)}`);
		});
		const again = decodeState(text, course);
		holds("exact", where, () => {
			same(plain(again, course), was);
			assert.equal(encodeState(again, course), text);
		});
		visitor = new RandomLearner(runtime, course, again, visitor.records);
		holds("idle", where, () => same(plain(visitor.learner.state, course), was));
		holds("drawn", where, () => course.pages.forEach((page) => drawn(visitor.learner, page)));
		figures.states++;
		figures.ratios += text.length / bound;
		figures.highest = Math.max(figures.highest, text.length / bound);
		return { text, was, outcome: outcomeOf(text, course), version, records: visitor.records };
	};

	interrupt();
	for (let steps = random.few(1, 40); steps; steps--) {
		done.push(visitor.step(random));
		if (random.chance(0.2)) {
			done.push("/");
			interrupt();
		}
	}
	figures.learners++;
	return interrupt();
}

/** @param {ReturnType<typeof plain>} before @param {ReturnType<typeof plain>} now @param {any} course */
function nothingUndone(before, now, course) {
	const quizzes = new Map(now.quizzes.map((quiz) => [quiz.page, quiz]));
	const answers = new Map(now.answers.map((answer) => [answer.question, answer]));
	assert.deepEqual(before.viewed.filter((n) => !now.viewed.includes(n)), [], "pages");
	assert.equal(now.reached & before.reached, before.reached, "what was reached");
	// Where nothing could be earned, all was.
	const share = ([points, max]) => (max ? points / max : 1);
	for (const { page, attempt, count, first, best } of before.quizzes) {
		const quiz = quizzes.get(page);
		assert.ok(quiz.attempt >= attempt && quiz.count >= count, `attempts of quiz ${page}`);
		assert.deepEqual(quiz.first, first, `first score of quiz ${page}`);
		// Percents are compared with two decimals.
		assert.ok(share(quiz.best) > share(best) - 1e-4, `best score of quiz ${page}`);
	}
	for (const { page, drawn, seen } of before.draws ?? []) {
		const draw = now.draws.find((draw) => draw.page === page);
		assert.deepEqual(seen.filter((n) => !draw.seen.includes(n)), [], `questions that quiz ${page} has asked`);
		const sameAttempt = before.quizzes.find((quiz) => quiz.page === page)?.attempt === quizzes.get(page)?.attempt;
		if (sameAttempt) assert.deepEqual(draw.drawn, drawn, `questions that quiz ${page} asks`);
	}
	for (const { question, tries, index } of before.answers) {
		const { page } = course.question(question);
		const answer = answers.get(question);
		const sameAttempt = before.quizzes.find((quiz) => quiz.page === page.n)?.attempt === quizzes.get(page.n)?.attempt;
		if (sameAttempt) assert.ok(answer.tries >= tries, `tries of question ${question}`);
		assert.ok(course.records === "journal" || index < 0 ? answer.index >= index : answer.index === index, `place of question ${question}`);
	}
	assert.deepEqual(now.answers.filter((answer) => answer.tries > 15), [], "tries are counted up to 15");
}

/** Score and status, as the LMS is told. @param {string} text The state. @param {any} course */
function outcomeOf(text, course) {
	// A learner of its own: to ask for the outcome may reach it.
	const { score, status } = createLearner(course, decodeState(text, course)).outcome(course.completion.passMark);
	return { score, status };
}

/** What `cartable compare` says of an LMS that keeps the record. @param {string} old @param {string} now @returns {Promises} */
function promised(old, now) {
	const { stdout, stderr } = spawnSync(built("cartable"), ["compare", old, now, "--for", "open-edx", "--json"], { encoding: "utf8" });
	assert.ok(stdout, stderr);
	const [{ record, learners }] = JSON.parse(stdout).verdicts;
	assert.equal(record, "kept");
	return learners;
}

/** @param {Promises} promises @param {Left} back @param {any} learner who has just come back @param {any} course @param {Record<string, number>} figures */
function promisesKept(promises, back, learner, course, figures) {
	const now = plain(learner.state, course);
	const isKept = (/** @type {keyof Promises} */ aspect) => promises[aspect] === "kept";
	figures.compared++;
	figures.kept += Object.values(promises).filter((fate) => fate === "kept").length;
	if (isKept("place")) {
		assert.equal(now.place, back.was.place, "the place");
		assert.deepEqual(back.was.viewed.filter((n) => !now.viewed.includes(n)), [], "pages viewed");
	}
	if (isKept("answers")) {
		const answers = new Map(now.answers.map((answer) => [answer.question, answer]));
		for (const { question, response } of back.was.answers) {
			const { kind } = course.question(question);
			assert.deepEqual(inOrder(kind, answers.get(question)?.response ?? []), inOrder(kind, response), `the answer to question ${question}`);
		}
	}
	const outcome = outcomeOf(back.text, course);
	if (isKept("score")) {
		// What is not said again stays as the LMS has it.
		if (outcome.score !== null) assert.equal(outcome.score, back.outcome.score, "the score");
		for (const quiz of back.was.quizzes) {
			const { first, best, last } = now.quizzes.find(({ page }) => page === quiz.page) ?? assert.fail(`quiz ${quiz.page}`);
			assert.deepEqual({ first, best, last }, { first: quiz.first, best: quiz.best, last: quiz.last }, `the scores of quiz ${quiz.page}`);
		}
	}
	if (isKept("status")) assert.deepEqual(outcome.status, back.outcome.status, "the status");
}

/** A response without the order in which the course shows its parts, where that says nothing. @param {string} kind @param {any[]} response */
function inOrder(kind, response) {
	if (kind === "multiple") return [...response].sort();
	if (!/match|blanks/.test(kind)) return response;
	const pairs = response.flatMap((part, at) => (at % 2 ? [] : [[part, response[at + 1]]]));
	return pairs.sort(([a], [b]) => a - b);
}

/** Somebody who comes back to a course that has changed. @param {Release} release @param {Left} back @param {() => string} where @param {Record<string, number>} figures @param {Function} holds */
function returning({ course, version, promises }, back, where, figures, holds) {
	const { text, was, records } = back;
	const state = decodeState(text, course);
	const kept = surviving(was, course);
	holds("survives", where, () => same(plain(state, course), kept));
	const visitor = new RandomLearner(runtime, course, state, records);
	const { learner } = visitor;
	if (promises && back.version === version - 1) holds("compared", where, () => promisesKept(promises, back, learner, course, figures));
	holds("judged", where, () => same(plain(state, course), judgedToday(kept, course, learner)));
	holds("drawn", where, () => {
		for (const page of course.pages) drawn(learner, page);
		for (const { page, drawn } of kept.draws ?? []) goesOn(learner, course.page(page), new Set(drawn));
	});
	return visitor;
}

/** What a quiz asks. @param {any} learner @param {any} page */
function drawn({ asked, quiz, state }, page) {
	const questions = asked(page);
	const always = page.questions.filter((q) => q.bank === undefined);
	assert.equal(always.filter((q) => questions.includes(q)).length, always.length, "what is in no bank is always asked");
	if (!page.quiz?.banks) return assert.equal(questions.length, always.length);
	const others = questions.filter((q) => q.bank !== undefined);
	const { drawn, seen } = state.draws.get(page.n);
	assert.ok(others.every((q) => drawn.has(q.n) && seen.has(q.n)), "what is asked is kept");
	page.quiz.banks.forEach((draw, bank) => {
		const of = others.filter((q) => q.bank === bank).length;
		assert.ok(quiz(page).finished ? of <= draw : of === draw, `${of} questions of bank ${bank}, not ${draw}`);
	});
}

/** An attempt goes on with what it has drawn, unless that has gone or is more than there should be. @param {any} learner @param {any} page @param {Set<number>} before */
function goesOn({ asked, quiz }, page, before) {
	const questions = asked(page);
	page.quiz.banks.forEach((draw, bank) => {
		const left = page.questions.filter((q) => q.bank === bank && before.has(q.n));
		const kept = left.filter((q) => questions.includes(q)).length;
		assert.equal(kept, Math.min(draw, left.length), `of bank ${bank}, ${kept} of ${left.length} questions are still asked`);
		if (quiz(page).finished) assert.equal(questions.filter((q) => q.bank === bank).length, kept, "an attempt that is over asks nothing new");
	});
}

/** The same states, as `cartable state` reads them. @param {Random} random @param {Release} release @param {Left[]} left */
function told(random, { course, source }, left) {
	const whole = left.map(({ text }) => encodeState(decodeState(text, course), course));
	const texts = whole.flatMap((text) => (random.chance(0.2) ? [text, text.slice(0, random.between(15, text.length))] : [text]));
	const { stdout, stderr } = spawnSync(built("cartable"), ["state", "-", source, "--json"], { input: texts.join("\n"), encoding: "utf8", maxBuffer: 2 ** 28 });
	const accounts = stdout.trim().split("\n").map((line) => JSON.parse(line));
	assert.equal(accounts.length, texts.length, stderr);
	texts.forEach((text, at) => {
		const state = decodeState(text, course);
		same(accountOf(accounts[at]), inNumbers(plain(state, course)), text);
		// Points are those of today, for answers as they were left.
		const learner = createLearner(course, decodeState(text, course));
		for (const { number, answer } of accounts[at].questions.filter(({ gone, answer }) => !gone && answer?.points)) {
			const q = course.question(number);
			const { status, share } = learner.answer(q);
			if (status === answer.status && share === answer.share) assert.equal(Math.round(answer.points[0] * 100), learner.points(q), `points of question ${number} in ${text}`);
		}
	});
}

/** A state as plain() has it, without the order of its records, from what `cartable state --json` prints. @param {any} account */
function accountOf({ nonce, revision, place, reached, pages, quizzes, questions }) {
	/** @param {any} score */
	const score = (score) => (score ? [Math.round(score.points * 100), Math.round(score.max * 100)] : []);
	const answered = questions.filter(({ gone, answer }) => !gone && answer);
	return inNumbers({
		nonce: [...Buffer.from(nonce, "hex")], revision,
		place: place && !place.gone ? place.number : 0,
		reached: Number(reached.viewed) + 2 * Number(reached.passed) + 4 * Number(reached.failed),
		viewed: pages.filter(({ viewed, gone }) => viewed && !gone).map(({ number }) => number),
		quizzes: quizzes.filter(({ gone, begun }) => begun && !gone).map(({ number, attempt, finished, count, first, best, last }) =>
			({ page: number, attempt, finished: Number(finished), count, first: score(first), best: score(best), last: score(last) })),
		draws: quizzes.filter(({ gone, drawn }) => drawn && !gone).map(({ number, drawn, seen }) => ({ page: number, drawn, seen })),
		answers: answered.map(({ number, answer: { status, tries, index = -1, share, response } }) => ({ question: number, status, tries, index, share, response })),
	});
}

/** The records of a state by number. @param {any} state as plain() has it */
function inNumbers({ quizzes, draws = [], answers, viewed, ...rest }) {
	/** @param {string} key @param {any[]} list */
	const sorted = (key, list) => [...list].sort((a, b) => a[key] - b[key]);
	return { ...rest, viewed: [...viewed].sort((a, b) => a - b), quizzes: sorted("page", quizzes), draws: sorted("page", draws), answers: sorted("question", answers) };
}

/** Comparing texts is the fast way to find that nothing differs. @param {any} actual @param {any} expected @param {string} [message] */
function same(actual, expected, message) {
	if (JSON.stringify(actual) === JSON.stringify(expected)) return;
	// One record says more than a cutting of a long list.
	for (const list of ["quizzes", "draws", "answers"]) {
		expected[list]?.forEach((record, i) => assert.deepEqual(actual[list]?.[i], record, message));
	}
	assert.deepEqual(actual, expected, message);
}

/** All that a course still has of a state. @param {ReturnType<typeof plain>} was @param {any} course */
function surviving(was, { pages, questions }) {
	const pageNumbers = new Set(pages.map((page) => page.n));
	const quizNumbers = new Set(pages.filter((page) => page.quiz).map((page) => page.n));
	const questionNumbers = new Set(questions.map((q) => q.n));
	const withBanks = new Set(pages.filter((page) => page.quiz?.banks).map((page) => page.n));
	const draws = was.draws?.filter(({ page }) => withBanks.has(page));
	return {
		...was,
		draws: draws?.length ? draws : undefined,
		place: pageNumbers.has(was.place) ? was.place : 0,
		viewed: was.viewed.filter((n) => pageNumbers.has(n)),
		quizzes: was.quizzes.filter(({ page }) => quizNumbers.has(page)),
		answers: was.answers.filter(({ question }) => questionNumbers.has(question)),
	};
}

/** What a state is in the course of today, with the draws that the learner has. @param {ReturnType<typeof plain>} was @param {any} course @param {any} learner */
function judgedToday(was, course, learner) {
	const finished = new Set(was.quizzes.filter((quiz) => quiz.finished).map(({ page }) => page));
	const asked = new Set(course.pages.flatMap(learner.asked));
	const answers = was.answers.map((answer) => {
		const q = course.question(answer.question);
		const response = stillThere(runtime, q, answer.response);
		const index = q.page.record ? answer.index : -1;
		// What is not drawn any more is as if it had not been asked.
		if (!asked.has(q)) return { ...answer, index, response: [], status: 0, tries: 0, share: 0 };
		const today = { ...answer, index, response: q.does.code === 2 ? response.sort((a, b) => a - b) : response };
		if (finished.has(q.page.n)) return today;
		// Who has taken back a choice is no further than before; who was robbed of it by the update begins anew.
		if (!response.length) return { ...today, status: 0, tries: answer.status ? 0 : answer.tries, share: 0 };
		if (answer.status < 2) return today;
		const part = worth(runtime, q, response);
		const share = part < 1 ? Math.min(119, Math.round(120 * part + 1e-9)) : 120;
		return { ...today, ...(share < 120 ? { status: 2, share } : { status: 3, share: 0 }) };
	});
	return { ...was, ...(learner.state.draws.size && { draws: plain(learner.state, course).draws }), answers };
}

/** @param {Random} random @param {Release} release @param {string} left What was written, maybe by a version before. @param {Record<string, number>} figures @param {Function} holds */
function spoil(random, { course, name }, left, figures, holds) {
	const where = () => name;
	const text = encodeState(decodeState(left, course), course);
	const whole = plain(decodeState(text, course), course);
	holds("cut", where, () => {
		const whatStands = parts(text);
		for (let length = 0; length < text.length; length++) cut(decodeState(text.slice(0, length), course), course, length, whatStands, whole);
	});
	figures.cuts += text.length;
	holds("foreign", where, () => {
		for (let at = 0; at < 5; at++) {
			const bytes = bytesOf(text);
			bytes[at] ^= random.between(1, 255);
			assert.equal(decodeState(textOf(bytes), course), null, `byte ${at}`);
		}
	});
	holds("skipped", where, () => {
		for (let i = 0; i < 10; i++) same(plain(decodeState(interspersed(random, course, text), course), course), whole);
	});
	holds("noise", where, () => {
		for (let i = 0; i < 30; i++) survivesNoise(course, noise(random, text));
	});
}

/** @param {any} state Of what is left. @param {any} course @param {number} length of it, in characters @param {ReturnType<typeof parts>} parts @param {ReturnType<typeof plain>} whole */
function cut(state, course, length, { head, records }, whole) {
	const bytes = Math.floor((length * 6) / 8);
	const at = `cut after ${length} characters`;
	// Without a nonce there is nothing to tell whose state it was.
	if (bytes < 11) return assert.equal(state, null, at);
	assert.ok(state, `${at}: nothing is left`);
	const kept = plain(state, course);
	let end = head.length;
	const complete = records.filter((record) => (end += record.length) <= bytes).length;
	/** @param {ReturnType<typeof plain>} state */
	const all = ({ quizzes, draws = [], answers }) => [...quizzes, ...draws, ...answers];
	same(all(kept), all(whole).slice(0, complete), at);
	/** @param {ReturnType<typeof plain>} state */
	const top = ({ nonce, revision, place, reached, viewed }) => ({ nonce, revision, place, reached, viewed });
	if (bytes >= head.length) same(top(kept), top(whole), at);
	assert.deepEqual(kept.nonce, whole.nonce, at);
}

/** The same state with records in between that this course does not know. @param {Random} random @param {any} course @param {string} text */
function interspersed(random, course, text) {
	const { head, records } = parts(text);
	const strange = () => recordBytes(...random.pick(STRANGE)(random, course));
	const mixed = records.flatMap((record) => random.chance(0.5) ? [record] : [strange(), record]);
	return textOf([head, ...mixed, strange()].flat());
}

/** Numbers that no course of this test comes near. @param {Random} random */
function nobody(random) {
	return random.pick([30_000, 2 ** 21, 2 ** 28, 2 ** 30]);
}

/** @param {Random} random @param {any} course */
function somebody(random, { questions }) {
	return questions.length ? random.pick(questions).n : nobody(random);
}

/** Number, kind and payload of records that a later version of the tool or the course may have written. @type {((random: Random, course: any) => [number, number, number[]])[]} */
const STRANGE = [
	(random) => [nobody(random), random.between(0, 7), random.bytes(random.between(0, 8))],
	(random, course) => [somebody(random, course), random.pick([8, 15, 16, 200, 20_000]), random.bytes(random.pick([1, 6, 7, 134, 135, 300]))],
	// A question of another kind.
	(random, { questions }) => {
		const { n, does } = questions.length ? random.pick(questions) : { n: nobody(random), does: { code: 1 } };
		return [n, random.pick([1, 2, 3, 4, 5, 6].filter((code) => code !== does.code)), random.bytes(3)];
	},
	// A quiz that has become a page to read, or has no banks any more.
	(random, { pages }) => [random.pick([...pages.filter((page) => !page.quiz).map((page) => page.n), nobody(random)]), 0, numberBytes(1)],
	(random, { pages }) => [random.pick([...pages.filter((page) => !page.quiz?.banks).map((page) => page.n), nobody(random)]), 7, [3, 1, 5, 7]],
	// One that ends in the middle of a number.
	(random, course) => [somebody(random, course), random.between(1, 6), [128, 255].slice(random.between(0, 2))],
	// A text whose window is none.
	(random, { questions }) => {
		const typed = questions.filter(({ does }) => does.code > 4);
		const { n, does } = typed.length ? random.pick(typed) : { n: nobody(random), does: { code: 6 } };
		return [n, does.code, [1, ...(does.code === 5 ? [1] : []), 97, 1, ...random.pick([[], [128], [255, 255, 127, 200]])]];
	},
];

/** @param {Random} random @param {string} text */
function noise(random, text) {
	const bytes = bytesOf(text);
	const { head } = parts(text);
	return random.pick([
		() => textOf(random.bytes(random.between(0, 300))),
		() => String.fromCharCode(...random.bytes(random.between(0, 300))),
		() => textOf([...bytes.slice(0, 11), ...random.bytes(random.between(0, 300))]),
		() => textOf([...head, ...random.bytes(random.between(0, 300))]),
		() => textOf([...bytes.slice(0, 11), ...Array(random.between(0, 300)).fill(random.between(0, 255)), random.between(0, 255)]),
		() => textOf(bytes.map((byte, at) => (at > 10 && random.chance(0.05) ? random.between(0, 255) : byte))),
		() => text + text,
		() => text.toLowerCase(),
	])();
}

/** @param {any} course @param {string} text */
function survivesNoise(course, text) {
	const state = decodeState(text, course);
	if (!state) return;
	createLearner(course, state).outcome(50);
	const found = plain(state, course);
	/** @param {string} name @param {any} value */
	const number = (name, value) => {
		// To write what is not finite would take for ever.
		if (typeof value === "number") assert.ok(value >= -1 && value < Infinity, `${name} is ${value} in ${text}`);
		return value === undefined ? null : value;
	};
	JSON.stringify(found, number);
	const again = decodeState(encodeState(state, course), course);
	assert.deepEqual(plain(again, course), found, text);
}

describe("the format, version 2", () => {
	const { vectors } = JSON.parse(readFileSync(new URL("../state-vectors.json", import.meta.url), "utf8"));
	for (const { name, course, state, text, direction } of vectors) {
		test(name, () => {
			const linked = link(structuredClone(course));
			// What the format has no need of is left out.
			for (const q of linked.questions) q.parts ??= [];
			const decoded = decodeState(text, linked);
			assert.deepEqual(decoded && plain(decoded, linked), state, "what is read");
			if (direction !== "read") assert.equal(encodeState(stateOf(state), linked), text, "what is written");
		});
	}

	test("vectors are found", () => assert.ok(vectors.length >= 30));
});
