// What an LMS hears of a learner: every call is a place where one can fail, and often a request.
import { openLms } from "../tests/browser/lms/host.mjs";
import { courseData } from "../tests/node/courses.mjs";
import { heading, median, number, remark, table } from "./table.mjs";

/** @typedef {import("../tests/browser/lms/host.mjs").Lms} Lms */
/** @typedef {import("./workshop.mjs").Built} Built */
/** @typedef {{ calls: number, commits: number }} Count */
/** @typedef {Record<string, Count | undefined>} Counts by what was done */

const PATIENCE_MS = 15000;
/** After the commit that ends an action: what belongs to it has come by then. */
const QUIET_MS = 150;
const SECOND_MS = 1100;

/** @param {Built[]} courses */
export async function printCalls(courses) {
	heading("3. Calls to the LMS: all, and commits among them");
	/** @type {Counts[]} */
	const all = [];
	for (const course of courses) all.push(await countCalls(course));
	const rows = Object.keys(all[0]).map((what) => [what, ...all.map((counts) => show(counts[what]))]);
	table([["", ...courses.map(({ name }) => name)], ...rows]);
	remark("Counted by the strict LMS of tests/browser. In a quiz that is sent at the end a chosen answer is saved as a");
	remark("draft, and sending it reports every question; else each answer is reported when it is validated.");
}

/** @param {Count | undefined} count */
function show(count) {
	return count ? `${number(count.calls, count.calls % 1 ? 1 : 0)} / ${number(count.commits, count.commits % 1 ? 1 : 0)}` : "–";
}

/** One visit of a learner. @param {Built} course @returns {Promise<Counts>} */
async function countCalls({ folder }) {
	const data = courseData(folder);
	const lms = await openLms({ root: folder, viewport: { width: 1280, height: 900 } });
	try {
		const content = await lms.launch();
		await content.waitForFunction(() => document.getElementById("save")?.textContent, null, { timeout: PATIENCE_MS });
		const counter = createCounter(lms);
		/** @type {Counts} */
		const counts = { "from load to the first page": await counter.since() };
		const atEnd = await sendQuiz(content, counter, quizOf(data, "at-end"));
		Object.assign(counts, atEnd, await validateOne(content, counter, quizOf(data, "after-each")));
		// The time of the visit is told in whole seconds: without one more there would be nothing to say of it.
		await pause(SECOND_MS);
		await lms.leave(content);
		counts["leaving the course"] = await counter.since();
		const problems = await lms.problems();
		if (problems.length) throw new Error(`the LMS complains: ${problems.join("\n")}`);
		return counts;
	} finally {
		await lms.end();
	}
}

/** What came since the last time one asked. @param {Lms} lms */
function createCounter(lms) {
	const seen = { calls: 0, commits: 0 };
	const now = () => {
		const calls = lms.sessions.at(-1)?.calls ?? [];
		return { calls: calls.length, commits: calls.filter(({ fn }) => fn === "LMSCommit").length };
	};
	const since = async () => {
		await lms.settled();
		const { calls, commits } = now();
		const news = { calls: calls - seen.calls, commits: commits - seen.commits };
		Object.assign(seen, { calls, commits });
		return news;
	};
	/** Does something that the LMS must hear of. @param {() => Promise<void>} act */
	const of = async (act) => {
		await act();
		const end = Date.now() + PATIENCE_MS;
		while (now().commits === seen.commits && Date.now() < end) await pause(20);
		if (now().commits === seen.commits) throw new Error("the course committed nothing");
		await pause(QUIET_MS);
		return since();
	};
	return { since, of };
}

/** @param {number} milliseconds */
function pause(milliseconds) {
	return new Promise((done) => setTimeout(done, milliseconds));
}

/** The last quiz of its kind, which is the farthest from the first page. @param {any} data @param {string} feedback */
function quizOf(data, feedback) {
	return data.pages.findLast((/** @type {any} */ { quiz }) => quiz?.feedback === feedback);
}

/** @param {import("../tests/browser/lms/host.mjs").Frame} content @param {any} page */
async function go(content, page) {
	// As a link in the text does; the contents may be folded.
	await content.evaluate((id) => void (location.hash = id), `p${page.n}`);
	await content.waitForSelector(`#p${page.n}:not([hidden])`);
}

/** @param {import("../tests/browser/lms/host.mjs").Frame} content @param {ReturnType<typeof createCounter>} counter @param {any} page @returns {Promise<Counts>} */
async function sendQuiz(content, counter, page) {
	await go(content, page);
	/** @type {Count[]} */
	const chosen = [];
	for (const { n, parts } of page.questions) chosen.push(await counter.of(() => content.check(`#q${n}-${parts[0].n}`)));
	await content.click(`#p${page.n} [data-do=review]`);
	const sent = await counter.of(() => content.click(`#p${page.n} [data-do=send]`));
	const count = page.questions.length;
	return {
		"choosing an answer (median)": { calls: median(chosen.map(({ calls }) => calls)), commits: median(chosen.map(({ commits }) => commits)) },
		[`sending a quiz of ${count}`]: sent,
		"  the same, per question": { calls: sent.calls / count, commits: sent.commits / count },
	};
}

/** @param {import("../tests/browser/lms/host.mjs").Frame} content @param {ReturnType<typeof createCounter>} counter @param {any} [page] @returns {Promise<Counts>} */
async function validateOne(content, counter, page) {
	const what = "validating one answer at once";
	if (!page) return { [what]: undefined };
	await go(content, page);
	const [{ n, parts }] = page.questions;
	// Choosing saves a draft; it is not what is counted here.
	await counter.of(() => content.check(`#q${n}-${parts[0].n}`));
	const press = async () => {
		await content.click(`#q${n} .validate button`);
		const sure = content.locator(`#q${n} .sure button`).first();
		if (await sure.isVisible()) await sure.click();
	};
	return { [what]: await counter.of(press) };
}
