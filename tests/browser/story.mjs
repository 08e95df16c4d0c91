// Plays a story: what a learner does, and what the page and the LMS must then hold, as data. Stories name pages,
// questions and choices by their texts and ids, and the record by words that no standard owns; what a standard calls
// them is for the readers of records.mjs. tests/stories/README.md explains the steps.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { allControls, answer, answerAll, answerShown, told } from "./answering.mjs";
import { openLms } from "./lms/host.mjs";
import { elementNames } from "./lms/scripts.mjs";
import { launchFile } from "./lms/server.mjs";
import { STANDARDS } from "./lms/standards.mjs";
import { readRecord, writeRecord } from "./records.mjs";
import { Course, courseData, documentsOf } from "../node/courses.mjs";
import { loadRuntime } from "../node/runtime.mjs";

const runtime = loadRuntime();

/** A retake writes the whole of an interaction again, so that it does not matter what the LMS has kept of it. */
const ALWAYS_ALLOWED = [/redundant write.*interactions/];

/** Whether a text of the page says these words, or nothing where there are none; kinds of spaces are the page's own matter. @param {string | null} text @param {string} words */
function says(text, words) {
	const even = (/** @type {string | null} */ text) => (text ?? "").replace(/\s+/g, " ").trim();
	return words === "" ? even(text) === "" : even(text).includes(even(words));
}

const PATIENCE_MS = 45_000;

/** What the page says of saving for two seconds only. */
const PASSING = "Waiting";

/**
 * What follows from a step is seen in time, not at once: pages are painted frame by frame, requests take as many turns
 * as they take, and a browser on a busy machine was seen to stand still for ten seconds.
 *
 * @param {() => Promise<void>} look
 */
async function inTime(look) {
	for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(50)) {
		try {
			return await look();
		} catch (error) {
			if (!(error instanceof assert.AssertionError)) throw error;
		}
	}
	return look();
}

/** @typedef {Record<string, any>} Step one key: what is done, with its argument; see tests/stories/README.md */

/** @param {any} story @param {"strict" | "scorm-again"} engine @param {string} standard @param {typeof Player} [Plays] by whom */
export async function playStory(story, engine, standard, Plays = Player) {
	const course = new Course(story.course || "story", story.changes || []);
	const root = mkdtempSync(join(tmpdir(), "cartable-story-"));
	const install = () => {
		const built = course.build(Plays.target(standard));
		rmSync(root, { recursive: true });
		cpSync(built, root, { recursive: true });
		return { first: Plays.first(root), units: Object.fromEntries(documentsOf(root).map((file) => [file, courseData(root, file)])) };
	};
	const player = new Plays(story, install(), standard);
	player.install = (changes) => {
		course.change(changes);
		player.learn(install());
	};
	const options = { ...story.lms };
	if (options.record) options.record = Plays.written(options.record, standard);
	const allow = [...ALWAYS_ALLOWED, ...(story.allow || []).map((text) => new RegExp(text))];
	const lms = await Plays.openLms({ root, engine, standard, viewport: { width: 1280, height: 900 }, ...options, allow });
	try {
		player.lms = lms;
		player.engine = engine;
		await player.play(story.steps);
		await player.end();
	} finally {
		await lms.end();
		course.remove();
		rmSync(root, { recursive: true, force: true });
	}
}

/** On an LMS by SCORM; others read and write records in their own way. */
export class Player {
	static openLms = openLms;
	static target = (standard) => STANDARDS[standard].target;
	static first = launchFile;
	static written = writeRecord;
	/** What the words of stories for elements mean, by standard. */
	static names = elementNames();
	/** Which standards keep every try. */
	static journals = ["scorm2004"];
	/** Which tell a right answer that is any number of a range by its ends. */
	static ranges = ["scorm2004"];
	/** Which sessions are ended by a word of the course: those that are recorded, or every one. */
	static finishes = "recorded";

	constructor(story, data, standard) {
		this.story = story;
		this.standard = standard;
		this.tabs = [];
		/** Which unit is in a tab: the name of its document. */
		this.launched = new WeakMap();
		/** The questions that were asked up to a moment, and those of that moment. @type {{ before: Set<string>, now: string[] }} */
		this.asked = { before: new Set(), now: [] };
		this.learn(data);
	}

	/** Takes in what the package knows of its pages, questions and choices. */
	learn({ first, units }) {
		this.unit ??= first;
		this.units = units;
	}

	/** Of the unit that the learner has before them. */
	get data() {
		return this.units[this.unit];
	}

	/** Goes on in this tab. */
	turn(tab, unit = this.launched.get(tab)) {
		this.launched.set(tab, unit);
		this.unit = unit;
		return tab;
	}

	get page() {
		return this.tabs.at(-1);
	}

	question(id) {
		const question = this.data.questions.find((question) => question.slug === id);
		assert.ok(question, `the course has no question ${id}`);
		return question;
	}

	async play(steps) {
		for (const [index, step] of steps.entries()) {
			const [[verb, argument]] = Object.entries(step);
			try {
				assert.ok(this[`do_${verb}`], `no story knows the step "${verb}"`);
				await this[`do_${verb}`](argument);
				if (this.story.kill && KILLABLE.has(verb)) await this.kill();
			} catch (error) {
				throw new Error(`step ${index + 1}, ${JSON.stringify(step)}: ${error.message}`, { cause: error });
			}
		}
	}

	async end() {
		await this.lms.settled();
		assert.deepEqual(await this.lms.problems(), [], "the LMS and the browser must have nothing to say");
	}

	/** The tab dies and is opened again: everything must be as it was. */
	async kill() {
		const seen = async () => ({ controls: await allControls(this.page), page: await this.shownPage() });
		const before = await seen();
		await this.do_crash();
		await this.do_launch({});
		assert.deepEqual(await seen(), before, "after the tab was killed");
	}

	// What the learner does.

	async do_launch(overrides) {
		this.tabs = [this.turn(await this.lms.launch({ file: this.unit, ...overrides }), overrides.file ?? this.unit)];
		await this.settled();
	}

	async do_second_tab(overrides) {
		this.tabs.push(this.turn(await this.lms.secondTab({ file: this.unit, ...overrides }), overrides.file ?? this.unit));
		await this.settled();
	}

	/** Tabs are numbered from 1 in the order of their opening. */
	async do_tab(number) {
		this.tabs.push(...this.tabs.splice(number - 1, 1));
		this.turn(this.page);
	}

	async do_other_computer() {
		this.first = this.lms;
		this.lms = await this.lms.otherComputer();
		this.tabs = [];
	}

	async do_first_computer() {
		this.lms = this.first;
		this.tabs = [];
	}

	async do_deliver() {
		this.lms.deliver();
	}

	/** Questions and choices as they stand on the page. */
	async order() {
		return this.page.evaluate(() => [...document.querySelectorAll("form.question")].map((form) => [form.id, ...[...form.querySelectorAll("input")].map((i) => i.id)]));
	}

	async do_remember_order() {
		this.remembered = await this.order();
	}

	async see_same_order() {
		assert.deepEqual(await this.order(), this.remembered);
	}

	async settled() {
		await this.page.waitForFunction(() => document.getElementById("save").textContent, null, { timeout: 45000 });
		// Who looks too late must know all the same what has stood there.
		await this.page.evaluate(() => {
			const save = document.getElementById("save");
			const words = (window.saveWords = []);
			new MutationObserver(() => words.push(save.textContent)).observe(save, { childList: true, characterData: true, subtree: true });
		});
	}

	/** @param {string} title of a page, as the contents show it */
	async do_go(title) {
		const link = this.page.locator("nav a", { hasText: title }).first();
		if (!(await link.isVisible())) await this.page.click("nav summary");
		await link.click();
		await this.page.waitForFunction((title) => document.title.startsWith(title + " – "), title);
	}

	async do_next() {
		const link = this.page.locator('main > section:not([hidden]) a[rel="next"]');
		const to = await link.getAttribute("href");
		await link.click();
		// The address changes first, the page a moment later.
		await this.page.waitForFunction((to) => document.querySelector(`${to}:not([hidden])`), to);
	}

	/** Follows a link in the text and comes back by the browser's own button. */
	async do_follow_and_back(text) {
		await this.page.locator("main > section:not([hidden])").getByRole("link", { name: text }).first().click();
		await this.page.waitForTimeout(100);
		await this.page.evaluate(() => history.back());
		await this.page.waitForTimeout(200);
	}

	/** A link out of the course opens a window of its own. */
	async do_follow_outside(text) {
		const link = this.page.locator("main > section:not([hidden])").getByRole("link", { name: text }).first();
		const context = this.lms.page(this.page).context();
		const [popup] = await Promise.all([context.waitForEvent("page"), link.click()]);
		await popup.close();
	}

	/** Goes through all pages to read, by the links at their ends. */
	async do_read() {
		for (const title of ["One", "Two"]) {
			await this.do_go(title);
			await this.page.locator("main > section:not([hidden]) .pager").scrollIntoViewIfNeeded();
			await this.page.waitForTimeout(50);
		}
	}

	form(id) {
		return this.page.locator(`#q${this.question(id).n}`);
	}

	/** @param {Record<string, import("./answering.mjs").Words>} answers by question */
	async do_choose(answers) {
		await this.page.waitForFunction(() => document.querySelector("main > section:not([hidden]) form"));
		for (const [id, words] of Object.entries(answers)) await answer(this.page, this.question(id), words);
	}

	/** Types without leaving the field. @param {Record<string, string>} texts by question, into its first field */
	async do_type(texts) {
		for (const [id, text] of Object.entries(texts)) {
			const field = this.form(id).locator("input, textarea").first();
			await field.fill("");
			await field.pressSequentially(text);
		}
	}

	/** Every question that shows on the page, from the data. @param {import("./answering.mjs").How} how */
	async do_answer_all(how) {
		const { questions = [] } = await this.pageData();
		await answerAll(this.page, questions, how);
	}

	/** Validates single questions, and confirms where the page asks for it. @param {Record<string, import("./answering.mjs").Words>} answers */
	async do_validate(answers) {
		for (const [id, words] of Object.entries(answers)) {
			await this.do_choose({ [id]: words });
			await this.form(id).locator(".validate button").click();
			const sure = this.form(id).locator(".sure button").first();
			if (await sure.isVisible()) await sure.click();
		}
	}

	/** Presses the buttons of single questions, whatever is in them, and confirms nothing. @param {string[]} ids */
	async do_submit(ids) {
		for (const id of ids) await this.form(id).locator(".validate button").click();
	}

	/** @param {string} id of a question that has a hint */
	async do_hint(id) {
		await this.form(id).locator(".help summary").click();
	}

	async do_remember_asked() {
		for (const id of this.asked.now) this.asked.before.add(id);
		this.asked.now = await this.questionsAsked();
	}

	async do_review() {
		await this.page.click("[data-do=review]");
	}

	async do_send() {
		await this.page.click("[data-do=send]");
	}

	/** Chooses, reviews and sends. */
	async do_take_quiz(answers) {
		await this.do_go("Quiz");
		await this.do_choose(answers);
		await this.do_review();
		await this.do_send();
	}

	async do_retry() {
		await this.page.click("[data-do=retry]");
	}

	async do_press(name) {
		await this.page.getByRole("button", { name }).first().click();
	}

	/** "Continue" after leaving reloads the course. */
	async do_continue() {
		await this.page.click("#left button");
		await this.page.waitForFunction(() => document.getElementById("left").hidden);
		await this.settled();
	}

	/** By the clock of the page: what it had put off for less than that is done then, however slow the machine. */
	async do_wait(milliseconds) {
		await this.page.evaluate((delay) => new Promise((resolve) => setTimeout(resolve, delay)), milliseconds);
	}

	/** The page begins to compute and answers to nothing: what is behind another tab on a slow machine. @param {{ in: number, for: number }} milliseconds */
	async do_busy(milliseconds) {
		await this.page.evaluate(({ in: delay, for: length }) => {
			const compute = () => {
				for (const end = Date.now() + length; Date.now() < end; );
			};
			setTimeout(compute, delay);
		}, milliseconds);
	}

	async do_hide() {
		await this.lms.hide(this.page);
	}

	async do_show() {
		await this.lms.show(this.page);
	}

	// How visits end, and what happens outside the page.

	async do_leave() {
		await this.lms.leave(this.tabs.pop());
	}

	async do_close() {
		await this.lms.close(this.tabs.pop());
	}

	async do_crash() {
		await this.lms.crash(this.tabs.pop());
	}

	async do_new_attempt() {
		this.lms.newAttempt();
	}

	async do_delete_attempt() {
		this.lms.deleteAttempt();
	}

	async do_set_record(told) {
		this.lms.setRecord(this.constructor.written(told, this.standard));
	}

	/** A new version of the course is put into the same activity. @param {import("../node/courses.mjs").Change[]} changes */
	async do_update(changes) {
		this.install(changes);
	}

	// What must then be true.

	async do_expect(expected) {
		for (const [what, value] of Object.entries(expected)) {
			assert.ok(this[`see_${what}`], `no story can expect "${what}"`);
			await inTime(() => this[`see_${what}`](value));
		}
	}

	/** None of what is named may be true. */
	async do_expect_not(unexpected) {
		for (const [what, value] of Object.entries(unexpected)) {
			await assert.rejects(async () => this[`see_${what}`](value), assert.AssertionError, `${what} is as it must not be`);
		}
	}

	async shownPage() {
		return this.page.evaluate(() => {
			const shown = [...document.querySelectorAll("main > section")].filter((section) => !section.hidden);
			return shown.map((section) => section.querySelector("h1").textContent).join(" + ");
		});
	}

	/** What the package says of the page that shows. */
	async pageData() {
		const id = await this.page.locator("main > section:not([hidden])").getAttribute("id");
		return this.data.pages.find(({ n }) => `p${n}` === id) ?? {};
	}

	/** The ids of the questions that the page shows, in their order on it. */
	async questionsAsked() {
		const forms = this.page.locator("main > section:not([hidden]) form.question:not([hidden])");
		const ids = await forms.evaluateAll((forms) => forms.map((form) => form.id));
		return ids.map((id) => this.data.questions.find(({ n }) => `q${n}` === id).slug);
	}

	/** @param {number | string[]} expected how many questions show, or which */
	async see_asked(expected) {
		const asked = await this.questionsAsked();
		assert.deepEqual(typeof expected === "number" ? asked.length : asked, expected);
	}

	async see_same_asked() {
		assert.deepEqual(await this.questionsAsked(), this.asked.now);
	}

	/** None of the questions that show was asked when they were remembered, but for these. @param {string[]} always */
	async see_none_asked_before(always) {
		const before = new Set([...this.asked.before, ...this.asked.now]);
		assert.ok(before.size, "questions were remembered");
		assert.deepEqual((await this.questionsAsked()).filter((id) => before.has(id) && !always.includes(id)), []);
	}

	async see_page(title) {
		assert.equal(await this.shownPage(), title);
	}

	/** The words that the page shows about saving begin with this. */
	async see_save(words) {
		const look = (passing) => [...(passing ? window.saveWords.splice(0) : []), document.getElementById("save").textContent];
		const shown = await this.page.evaluate(look, words === PASSING);
		assert.ok(shown.some((text) => text.startsWith(words)), `the page says "${shown.join('", "')}"`);
	}

	async see_alert(words) {
		const shown = await this.page.textContent("#alert");
		assert.ok(words === "" ? shown === "" : shown.includes(words), `the page says "${shown}"`);
	}

	/** For whoever looks after the LMS. @param {string} words */
	async see_logged(words) {
		assert.ok(this.lms.logged.some((line) => line.includes(words)), `the console says ${JSON.stringify(this.lms.logged)}`);
	}

	/** @param {Record<string, import("./answering.mjs").Words>} answers what the controls say, by question */
	async see_answers(answers) {
		for (const [id, words] of Object.entries(answers)) {
			assert.deepEqual(await answerShown(this.page, this.question(id)), told(this.question(id), words), id);
		}
	}

	/** @param {Record<string, string[]>} marks by question, what is signed on the parts of its answer, in the order of the page */
	async see_marks(marks) {
		for (const [id, words] of Object.entries(marks)) {
			const shown = await this.form(id).locator("fieldset .mark").allTextContents();
			assert.deepEqual(shown.map((text) => text.trim()), words, id);
		}
	}

	/** @param {Record<string, string>} labels by question, the label of the control that has the focus */
	async see_focus(labels) {
		for (const [id, label] of Object.entries(labels)) {
			const name = await this.form(id).locator(":focus").evaluateAll(([field]) => field?.labels[0].textContent);
			assert.equal(name, label, id);
		}
	}

	/** @param {string} words of what has the focus, whatever it is */
	async see_focused(words) {
		const text = await this.page.locator("main :focus").evaluateAll(([element]) => element?.textContent ?? "");
		assert.ok(says(text, words), `the focus is on "${text.slice(0, 80)}"`);
	}

	/** @param {Record<string, string>} errors by question; the focus is then on a control that the error is about. "" when there must be none */
	async see_error(errors) {
		for (const [id, words] of Object.entries(errors)) {
			const error = this.form(id).locator(".error[id]");
			const text = (await error.isVisible()) ? await error.textContent() : "";
			assert.ok(says(text, words), `${id} says "${text}"`);
			if (!words) continue;
			const told = await this.form(id).locator(":focus").evaluateAll(([field]) => field?.getAttribute("aria-describedby"));
			assert.equal(told, await error.getAttribute("id"), "the focus is on the control that the error is about");
		}
	}

	/** @param {Record<string, string>} results what a question's result says, "" for none */
	async see_results(results) {
		for (const [id, words] of Object.entries(results)) {
			const result = this.page.locator(`#q${this.question(id).n} .result`);
			const text = (await result.isVisible()) ? await result.textContent() : "";
			assert.ok(says(text, words), `${id} says "${text}"`);
		}
	}

	/** @param {string} words somewhere in the result of the quiz, "" when there must be none */
	async see_quiz(words) {
		const result = this.page.locator("main > section:not([hidden]) .quiz-result");
		const text = (await result.isVisible()) ? await result.textContent() : "";
		assert.ok(says(text, words), `the result says "${text}"`);
	}

	/** @param {boolean} locked whether every question on the page is disabled, or every one is not */
	async see_locked(locked) {
		const states = await this.page.evaluate(() => [...document.querySelectorAll("main > section:not([hidden]) form.question:not([hidden]) fieldset")].map((f) => f.disabled));
		assert.ok(states.length && states.every((state) => state === locked), `locked: ${states}`);
	}

	/** @param {string[]} names of buttons that must show */
	async see_buttons(names) {
		const shown = await this.page.evaluate(() => [...document.querySelectorAll("button")].filter((b) => b.offsetParent).map((b) => b.textContent));
		for (const name of names) assert.ok(shown.includes(name), `there is no "${name}" among: ${shown.join(", ")}`);
	}

	async see_no_buttons(names) {
		const shown = await this.page.evaluate(() => [...document.querySelectorAll("button")].filter((b) => b.offsetParent).map((b) => b.textContent));
		for (const name of names) assert.ok(!shown.includes(name), `"${name}" shows`);
	}

	/** @param {string} words that the page shows somewhere */
	async see_text(words) {
		const text = await this.page.evaluate(() => document.body.innerText);
		assert.ok(says(text, words), `the page does not say "${words}"`);
	}

	async see_progress(words) {
		assert.equal(await this.page.textContent("#progress span"), words);
	}

	async record() {
		return readRecord(this.lms.record(this.unit), this.data, this.standard);
	}

	/** The LMS's record, in words that no standard owns; only what is named is compared. */
	async see_record(expected) {
		const record = await this.record();
		// SCORM 1.2 keeps every try when the course asks for it.
		const records = this.constructor.journals.includes(this.standard) ? "journal" : this.data.records;
		for (const [name, value] of Object.entries(expected)) {
			let wanted = name === "count" && typeof value === "object" ? value[records] : value;
			if (name === "patterns") wanted = this.keys(value);
			assert.deepEqual(record[name], wanted, `record: ${name}`);
		}
	}

	/** Right answers as this standard tells them. @param {Record<string, any[]>} patterns by question */
	keys(patterns) {
		const ranges = this.constructor.ranges.includes(this.standard);
		const told = ({ low, high, one }) => ranges ? [{ low, high }] : one === undefined ? [] : [one];
		return Object.fromEntries(Object.entries(patterns).map(([id, keys]) => [id, keys.flatMap((key) => (key.low === undefined ? [key] : told(key)))]));
	}

	/** What the stored state holds, decoded. */
	async see_state(expected) {
		const text = (await this.record()).state || "";
		const course = runtime.linkCourse(structuredClone(this.data), runtime.questionKinds());
		const state = runtime.decodeState(text, course);
		if (expected === "none") return assert.equal(state, null);
		assert.ok(state, "the LMS holds a state of this course");
		const answers = Object.fromEntries([...state.answers].map(([n, answer]) => [course.question(n).slug, answer]));
		if (expected.drafts) {
			const drafts = Object.entries(answers).filter(([, answer]) => answer.status === 1).map(([id]) => id);
			assert.deepEqual(drafts.sort(), [...expected.drafts].sort(), "drafts");
		}
		if (expected.viewed !== undefined) assert.equal(state.viewed.size, expected.viewed, "pages viewed");
	}

	/** How the last session went, counted. */
	async see_session(expected) {
		await this.lms.settled();
		const { calls, exit } = this.lms.sessions.at(-1);
		const of = (what) => calls.filter((call) => call.does === what);
		const written = of("set").map((call) => call.args[0]);
		/** By the names of tests/browser/lms/model*.js. @param {string} name */
		const elements = (name) => this.constructor.names[this.standard][name] ?? assert.fail(`no story knows the element "${name}"`);
		if (expected.commits !== undefined) assert.equal(of("commit").length, expected.commits, "commits");
		const finishes = expected.finishes?.[this.constructor.finishes] ?? expected.finishes;
		if (finishes !== undefined) assert.equal(of("end").length, finishes, "finishes");
		if (expected.exit !== undefined) assert.equal(exit, expected.exit, "exit");
		if (expected.never_written) {
			for (const element of expected.never_written.flatMap(elements)) {
				assert.ok(!written.some((name) => name.startsWith(element)), `${element} was written`);
			}
		}
		if (expected.request !== undefined) {
			const requests = of("set").filter((call) => call.args[0] === "adl.nav.request").map((call) => call.args[1]);
			assert.deepEqual(requests, expected.request, "requests");
		}
		if (expected.nothing_written) assert.deepEqual(written, []);
		if (expected.calls_at_most) {
			const first = calls.findIndex((call) => call.does === "commit");
			assert.ok(first >= 0 && first < expected.calls_at_most, `${first + 1} calls up to the first commit`);
		}
	}
}

/** How often the tab dies after a step in a story that wants it. @param {any} story */
export function deaths({ kill, steps }) {
	return kill ? steps.filter((step) => KILLABLE.has(Object.keys(step)[0])).length : 0;
}

const KILLABLE = new Set(["choose", "answer_all", "validate", "go", "next", "review", "send", "retry"]);
