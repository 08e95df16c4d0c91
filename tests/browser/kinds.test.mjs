// Every kind of question under a learner's hands: keys, mouse and finger; what is said, kept, and told to the LMS.
import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { handmade, OWN } from "./handmade.mjs";
import { closeSharedBrowser } from "./lms/host.mjs";
import { axeFinds, begun, focus, go, overflow, visit } from "./pages.mjs";
import { htmlFaults } from "../node/html.mjs";
import { loadRuntime } from "../node/runtime.mjs";

/** @typedef {import("playwright-core").Frame} Frame */
/** @typedef {import("./lms/host.mjs").Lms} Lms */

const made = handmade();
const runtime = loadRuntime();
const CHECKS = "p2";
const QUIZ = "p" + made.data.pages.find((/** @type {any} */ page) => page.quiz).n;
/** The questions of the fixture, by what they show. */
const [SINGLE, MULTIPLE, SCALE, ORDER, MATCH, BLANKS, NUMBER, TEXT] = [1, 2, 3, 4, 5, 6, 7, 8];

after(async () => {
	await closeSharedBrowser();
	made.course.remove();
});

/** @param {string} page @param {(content: Frame, lms: Lms) => Promise<void>} play @param {any} [options] */
function onPage(page, play, options = {}) {
	return visit(/** @type {any} */ (made), options, async (content, lms) => {
		await go(content, page);
		await play(content, lms);
	});
}

/** @param {Frame} content @param {number} n */
const order = (content, n) => content.$$eval(`#q${n} .order > li`, (items) => items.map(({ id }) => Number(id.split("-")[1])));

/** What the LMS holds of a question's draft or answer. @param {Lms} lms @param {number} n */
function kept(lms, n) {
	const course = runtime.linkCourse(structuredClone(made.data), runtime.questionKinds());
	const state = runtime.decodeState(lms.record()["cmi.suspend_data"] ?? "", course);
	const answer = state?.answers.get(n);
	return answer && { status: answer.status, response: [...answer.response] };
}

/** Waits for the LMS to hold that. @param {Lms} lms @param {number} n @param {any} expected */
async function keeps(lms, n, expected) {
	for (let tries = 0; tries < 60 && JSON.stringify(kept(lms, n)) !== JSON.stringify(expected); tries++) await new Promise((resolve) => setTimeout(resolve, 50));
	assert.deepEqual(kept(lms, n), expected);
}

/** @param {Frame} content @param {number} n */
const submit = (content, n) => content.click(`#q${n} .validate button`);
/** @param {Frame} content @param {number} n */
const verdict = (content, n) => content.textContent(`#q${n} .result h3`);

describe("ordering", () => {
	const Q = ORDER + OWN;
	const button = (/** @type {number} */ item, /** @type {number} */ step) => `#q${Q}-${item} button[value="${step}"]`;

	test("by keys: the focus stays on the button, every move is said, the ends too", () => onPage(CHECKS, async (content, lms) => {
		const keys = lms.page(content).keyboard;
		const said = () => content.textContent(`#q${Q} [role=status]`);
		assert.deepEqual(await order(content, Q), [4, 1, 3, 2]);
		await content.focus(button(2, -1));
		await keys.press("Enter");
		assert.deepEqual(await order(content, Q), [4, 1, 2, 3]);
		assert.equal(await said(), "“The abacus”: position 3 of 4.");
		for (let presses = 2; presses; presses--) await keys.press("Space");
		assert.deepEqual(await order(content, Q), [2, 4, 1, 3]);
		assert.equal(await said(), "“The abacus”: position 1 of 4.");
		await keys.press("Enter");
		assert.equal(await said(), "“The abacus” is already first.");
		assert.deepEqual(await order(content, Q), [2, 4, 1, 3]);
		assert.equal(await content.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Move up: The abacus");
		await content.waitForFunction(() => !document.getAnimations().length);
		assert.deepEqual((await focus(content)).faults, []);
		await content.focus(button(3, 1));
		await keys.press("Enter");
		assert.equal(await said(), "“The web” is already last.");
		assert.equal(await content.locator(`#q${Q} .order :disabled`).count(), 0);
		await keeps(lms, Q, { status: 1, response: [2, 4, 1, 3] });
	}));

	test("an order that nobody has moved can be submitted; the result says what is in its place", () => onPage(CHECKS, async (content) => {
		await submit(content, Q);
		assert.equal(await verdict(content, Q), "Wrong");
		await content.click(button(2, -1));
		await content.click(button(2, -1));
		await submit(content, Q);
		assert.equal(await verdict(content, Q), "Right in part");
		const marks = await content.$$eval(`#q${Q} .order > li`, (items) => items.map((item) => [item.className, item.querySelector(".mark")?.textContent]));
		assert.deepEqual(marks, [["wrong", "✗ wrong place"], ["wrong", "✗ wrong place"], ["right", "✓ right place"], ["wrong", "✗ wrong place"]]);
		const list = await content.$$eval(`#q${Q} .result ol li`, (items) => items.map((item) => item.textContent?.slice(0, 9)));
		assert.deepEqual(list, ["The abacu", "The slide", "The trans", "The web"]);
	}));

	/** Takes an item by its middle. @param {Frame} content @param {Lms} lms @param {number} item @param {string} [by] */
	async function take(content, lms, item, by = `#q${Q}-${item}-text`) {
		await content.locator(`#q${Q}-${item}`).scrollIntoViewIfNeeded();
		const box = /** @type {any} */ (await content.locator(by).boundingBox());
		const { mouse } = lms.page(content);
		const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
		await mouse.move(x, y);
		await mouse.down();
		return { mouse, x, y, to: (/** @type {number} */ down) => mouse.move(x + 3, y + down, { steps: 8 }) };
	}
	/** @param {Frame} content @param {number} item */
	const height = async (content, item) => /** @type {any} */ (await content.locator(`#q${Q}-${item}`).boundingBox()).height;

	test("by the mouse: an item goes where it is dropped, and back where it came from", () => onPage(CHECKS, async (content, lms) => {
		const step = await height(content, 2);
		const { mouse, to } = await take(content, lms, 2);
		await to(-2 * step);
		assert.deepEqual(await order(content, Q), [4, 2, 1, 3]);
		assert.equal(kept(lms, Q), undefined, "nothing is answered before it is dropped");
		await mouse.up();
		assert.equal(await content.textContent(`#q${Q} [role=status]`), "“The abacus”: position 2 of 4.");
		await keeps(lms, Q, { status: 1, response: [4, 2, 1, 3] });
		assert.equal(await content.locator(".dragged").count(), 0);
		const again = await take(content, lms, 2);
		await again.to(2 * step);
		assert.deepEqual(await order(content, Q), [4, 1, 3, 2]);
		await again.to(0);
		await mouse.up();
		assert.deepEqual(await order(content, Q), [4, 2, 1, 3]);
		await keeps(lms, Q, { status: 1, response: [4, 2, 1, 3] });
	}));

	test("nothing happens when the button goes down; Escape calls it off (13.11)", () => onPage(CHECKS, async (content, lms) => {
		const { mouse, to } = await take(content, lms, 2);
		await new Promise((resolve) => setTimeout(resolve, 300));
		assert.deepEqual([await order(content, Q), await content.locator(".dragged").count()], [[4, 1, 3, 2], 0]);
		await to(-150);
		assert.notDeepEqual(await order(content, Q), [4, 1, 3, 2]);
		await lms.page(content).keyboard.press("Escape");
		await to(-160);
		await mouse.up();
		assert.deepEqual([await order(content, Q), kept(lms, Q)], [[4, 1, 3, 2], undefined]);
		const other = await take(content, lms, 1, button(1, 1));
		await other.to(100);
		await mouse.up();
		assert.deepEqual(await order(content, Q), [4, 1, 3, 2], "buttons are not dragged");
	}));

	test("by a finger: by the grip alone, elsewhere the page scrolls", () => onPage(CHECKS, async (content, lms) => {
		const page = lms.page(content);
		const cdp = await page.context().newCDPSession(page);
		/** @param {string} what @param {number} down */
		const swipe = async (what, down) => {
			await content.locator(`#q${Q}-2`).scrollIntoViewIfNeeded();
			const box = /** @type {any} */ (await content.locator(what).boundingBox());
			const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
			const at = (/** @type {number} */ dy) => [{ x, y: y + dy }];
			await cdp.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: at(0) });
			for (let i = 1; i <= 8; i++) await cdp.send("Input.dispatchTouchEvent", { type: "touchMove", touchPoints: at((down * i) / 8) });
			await cdp.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
			await new Promise((resolve) => setTimeout(resolve, 200));
		};
		const step = await height(content, 2);
		await swipe(`#q${Q}-2-text`, -step);
		assert.deepEqual(await order(content, Q), [4, 1, 3, 2]);
		const scrolled = await content.evaluate(() => scrollY);
		await swipe(`#q${Q}-2 .grip`, -step);
		assert.deepEqual(await order(content, Q), [4, 1, 2, 3]);
		// Where a page stands is rounded, and one that scrolled with the finger would be many pixels away.
		const moved = Math.abs(await content.evaluate(() => scrollY) - scrolled);
		assert.ok(moved < step / 4, `the page stays where it is, but for ${moved} pixels`);
		await keeps(lms, Q, { status: 1, response: [4, 1, 2, 3] });
	}, { context: { hasTouch: true } }));

	test("motion is for who does not mind it", async () => {
		for (const reducedMotion of /** @type {const} */ (["no-preference", "reduce"])) {
			await onPage(CHECKS, async (content, lms) => {
				const { mouse, to } = await take(content, lms, 2);
				// It is over before a slow machine could look.
				await content.evaluate(() => {
					const { animate } = Element.prototype;
					Element.prototype.animate = function (...how) {
						document.body.dataset.moved = "";
						return animate.apply(this, how);
					};
				});
				await to(-(await height(content, 2)));
				const moving = await content.evaluate(() => "moved" in document.body.dataset);
				await mouse.up();
				assert.equal(moving, reducedMotion !== "reduce");
			}, { context: { reducedMotion } });
		}
	});

	test("the buttons move items at once: what glides would hide the one that has the focus", () => onPage(CHECKS, async (content) => {
		await content.click(button(2, -1));
		assert.equal(await content.evaluate(() => document.getAnimations().length), 0);
	}));
});

describe("matching", () => {
	const Q = MATCH + OWN;

	test("by the selects: all of them are asked for, and nothing happens at a change but a draft", () => onPage(CHECKS, async (content, lms) => {
		await content.selectOption(`#q${Q}-1`, "1");
		await keeps(lms, Q, { status: 1, response: [1, 1] });
		await submit(content, Q);
		assert.equal(await content.textContent(`#q${Q}-error`), "Error: choose an answer for each item.");
		assert.equal(await content.evaluate(() => document.activeElement?.id), `q${Q}-2`);
		assert.deepEqual(await content.$eval(`#q${Q}-2`, (select) => [select.getAttribute("aria-describedby"), select.getAttribute("aria-invalid")]), [`q${Q}-error`, "true"]);
		await content.selectOption(`#q${Q}-2`, "3");
		assert.equal(await content.locator(`#q${Q}-error`).isVisible(), false);
		assert.equal(await content.getAttribute(`#q${Q}-2`, "aria-describedby"), null);
		await content.selectOption(`#q${Q}-3`, "3");
		await submit(content, Q);
		assert.equal(await verdict(content, Q), "Right in part");
		assert.deepEqual(await content.$$eval(`#q${Q} .pair .mark`, (marks) => marks.map((mark) => mark.textContent)), ["✓ right", "✗ wrong", "✓ right"]);
		assert.match(await content.textContent(`#q${Q} .result`) ?? "", /Spain: Madrid/);
	}));

	test("by the pointer: an answer is picked, then put; it may be put down again", () => onPage(CHECKS, async (content, lms) => {
		const chip = (/** @type {string} */ name) => content.locator(`#q${Q} .chips b`, { hasText: name });
		await chip("Madrid").click();
		await content.click(`label[for=q${Q}-2]`);
		assert.equal(await content.inputValue(`#q${Q}-2`), "2");
		await chip("Paris").click();
		await chip("Paris").click();
		await content.locator(`#q${Q} .pair`).nth(0).click({ position: { x: 5, y: 5 } });
		assert.equal(await content.inputValue(`#q${Q}-1`), "");
		await chip("Paris").click();
		await chip("Lisbon").click();
		await content.click(`label[for=q${Q}-1]`);
		assert.equal(await content.inputValue(`#q${Q}-1`), "4");
		assert.equal(await content.locator(".picked").count(), 0);
		await keeps(lms, Q, { status: 1, response: [1, 4, 2, 2] });
		assert.equal(await content.locator(`#q${Q} .chips`).getAttribute("aria-hidden"), "true");
	}));
});

describe("blanks", () => {
	const Q = BLANKS + OWN;

	test("errors name what to write before anything is validated; each blank has its result", () => onPage(CHECKS, async (content) => {
		const error = () => content.textContent(`#q${Q}-error`);
		await submit(content, Q);
		assert.equal(await error(), "Error: write an answer.");
		assert.equal(await content.evaluate(() => document.activeElement?.id), `q${Q}-1`);
		await content.fill(`#q${Q}-1`, "  tim  BERNERS‑LEE.");
		await content.fill(`#q${Q}-2`, "six");
		await submit(content, Q);
		assert.equal(await error(), "Error: write a number, for example 12.5.");
		assert.deepEqual(await content.$eval(`#q${Q}-2`, (field) => [field === document.activeElement, field.getAttribute("aria-describedby"), field.getAttribute("aria-invalid")]), [true, `q${Q}-error`, "true"]);
		await content.fill(`#q${Q}-2`, "1".repeat(23));
		await submit(content, Q);
		assert.equal(await error(), "Error: too long. Characters too many: 3.");
		assert.equal(await content.inputValue(`#q${Q}-2`), "1".repeat(23), "nothing is cut in the field");
		assert.equal(await content.textContent(`#q${Q} .blank:has(#q${Q}-2) .mark`), "Characters too many, which are not kept: 3");
		// Typed and submitted at once: the button must not move from under the pointer.
		await content.fill(`#q${Q}-2`, "");
		await content.locator(`#q${Q}-2`).pressSequentially("9,9 %");
		await submit(content, Q);
		assert.equal(await verdict(content, Q), "Right in part");
		const lines = await content.$$eval(`#q${Q} .result li`, (items) => items.map((item) => item.textContent));
		assert.deepEqual(lines, ["Blank 1: tim  BERNERS‑LEE. – ✓ right", "Blank 2: 9,9 % – ✗ wrong – Right answer: 6.7 %"]);
	}));

	test("what is typed is kept after a pause, when the field is left, and when the page is", () => onPage(CHECKS, async (content, lms) => {
		const page = lms.page(content);
		await content.focus(`#q${Q}-1`);
		await page.keyboard.type("Ada");
		assert.equal(kept(lms, Q), undefined);
		await keeps(lms, Q, { status: 1, response: [1, "Ada"] });
		await page.keyboard.type("!");
		await page.keyboard.press("Tab");
		await page.keyboard.type("7");
		await lms.leave(content);
		await keeps(lms, Q, { status: 1, response: [1, "Ada!", 2, "7"] });
		const again = await lms.launch();
		await begun(again);
		await go(again, CHECKS);
		assert.deepEqual([await again.inputValue(`#q${Q}-1`), await again.inputValue(`#q${Q}-2`)], ["Ada!", "7"]);
	}));

	test("Enter in a field submits; one blank has a label that shows", () => onPage(CHECKS, async (content, lms) => {
		await content.fill(`#q${NUMBER + OWN}-1`, "7,5");
		await lms.page(content).keyboard.press("Enter");
		assert.equal(await verdict(content, NUMBER + OWN), "Right");
		assert.match(await content.textContent(`#q${NUMBER + OWN} .result`) ?? "", /Your answer: 7,5$/);
	}));

	test("what a learner writes is text, never HTML", () => onPage(CHECKS, async (content) => {
		await content.fill(`#q${Q}-1`, "<img src=x onerror=alert(1)>&amp;");
		await content.fill(`#q${Q}-2`, "1");
		await submit(content, Q);
		assert.match(await content.textContent(`#q${Q} .result`) ?? "", /<img src=x onerror=alert\(1\)>&amp;/);
		assert.equal(await content.locator(`#q${Q} .result img`).count(), 0);
	}));
});

describe("free text", () => {
	const Q = TEXT + OWN;
	const count = (/** @type {Frame} */ content) => content.textContent(`#q${Q} .free + p`);

	test("what is left is shown, and said at a pause when it gets little; nothing is cut in silence", () => onPage(CHECKS, async (content, lms) => {
		const said = () => content.textContent(`#q${Q} [role=status]`);
		assert.equal(await count(content), "Characters left: 60.");
		await content.fill(`#q${Q}-text`, "é".repeat(20));
		assert.equal(await count(content), "Characters left: 40.");
		await new Promise((resolve) => setTimeout(resolve, 1200));
		assert.equal(await said(), "");
		await content.fill(`#q${Q}-text`, "é".repeat(57));
		assert.equal(await said(), "");
		await content.waitForFunction((q) => document.querySelector(`#q${q} [role=status]`)?.textContent === "Characters left: 3.", Q);
		await content.fill(`#q${Q}-text`, "é".repeat(65));
		assert.equal(await count(content), "Characters too many, which are not kept: 5");
		await keeps(lms, Q, { status: 1, response: ["é".repeat(60)] });
		await submit(content, Q);
		assert.equal(await content.textContent(`#q${Q}-error`), "Error: too long. Characters too many: 5.");
		assert.equal(await content.inputValue(`#q${Q}-text`), "é".repeat(65));
		await content.fill(`#q${Q}-text`, "So be it:\n1 < 2.");
		await submit(content, Q);
		assert.equal(await verdict(content, Q), "Saved, not scored");
		assert.equal(await content.$eval(`#q${Q} .result p`, (p) => /** @type {HTMLElement} */ (p).innerText), "Your answer: So be it:\n1 < 2.");
	}));
});

describe("choices", () => {
	test("what is right in part is said by words, and by a sign on the choice", () => onPage(CHECKS, async (content) => {
		const Q = SINGLE + OWN;
		await content.check(`#q${Q}-1`);
		await submit(content, Q);
		assert.equal(await verdict(content, Q), "Right in part");
		assert.equal(await content.textContent(`#q${Q} .choice:has(#q${Q}-1) .mark`), "✓ your answer, right in part");
		const result = await content.textContent(`#q${Q} .result`) ?? "";
		assert.match(result, /Not far off\./, "what the author says of the outcome");
		assert.match(result, /Nearly\./, "and of the choice");
		assert.match(result, /To read again: A page/);
		await content.check(`#q${Q}-2`);
		await submit(content, Q);
		assert.equal(await verdict(content, Q), "Right");
		assert.doesNotMatch(await content.textContent(`#q${Q} .result`) ?? "", /read again|Not far off/);
	}));

	test("opinions are recorded, without a sign", () => onPage(CHECKS, async (content) => {
		const Q = SCALE + OWN;
		await content.check(`#q${Q}-4`);
		await submit(content, Q);
		assert.equal(await verdict(content, Q), "Saved, not scored");
		assert.equal(await content.locator(`#q${Q} .mark`).count(), 0);
	}));
});

/** Answers everything in a quiz but what is left out. @param {Frame} content @param {number} from @param {number[]} [leaveOut] */
async function answerAll(content, from, leaveOut = []) {
	const id = (/** @type {number} */ n) => "#q" + (n + from);
	/** @type {Record<number, () => Promise<any>>} */
	const answers = {
		[SINGLE]: () => content.check(id(SINGLE) + "-1"),
		[MULTIPLE]: () => content.check(id(MULTIPLE) + "-1"),
		[SCALE]: () => content.check(id(SCALE) + "-4"),
		[ORDER]: () => content.click(id(ORDER) + "-2 button[value='-1']"),
		[MATCH]: async () => {
			for (const [n, to] of [[1, "1"], [2, "3"], [3, "2"]]) await content.selectOption(id(MATCH) + "-" + n, String(to));
		},
		[BLANKS]: async () => {
			await content.fill(id(BLANKS) + "-1", "Berners-Lee");
			await content.fill(id(BLANKS) + "-2", "nine");
		},
		[NUMBER]: () => content.fill(id(NUMBER) + "-1", "7,5 %"),
		[TEXT]: () => content.fill(id(TEXT) + "-text", "Good."),
	};
	for (const [n, answer] of Object.entries(answers)) if (!leaveOut.includes(Number(n))) await answer();
}

describe("a quiz of every kind, sent at its end", () => {
	test("the review says every answer in words, and what is wrong with it; the LMS gets every record", () => onPage(QUIZ, async (content, lms) => {
		await answerAll(content, 0);
		await content.click("[data-do=review]");
		const reviewed = await content.$$eval(".review li > div", (items) => items.map((item) => /** @type {HTMLElement} */ (item).innerText.replace(/\s+/g, " ").trim()));
		assert.deepEqual(reviewed, [
			"Your answer: Three",
			"Your answer: Two",
			"Your answer: Rather",
			"Your answer: 1. The transistor, which made computers small enough for a desk and cheap enough for a home 2. The slide rule 3. The abacus 4. The web".replace(/\d\. /g, ""),
			"Your answer: France: Paris Spain: Amsterdam The Kingdom of the Netherlands in Europe: Madrid",
			"Your answer: Blank 1: Berners-Lee Blank 2: nine Error: write a number, for example 12.5.",
			"Your answer: 7,5 %",
			"Your answer: Good.",
		]);
		assert.deepEqual(await axeFinds(content), []);
		await content.click("[data-do=send]");
		// 50 + 50 + 33 (one of three pairs; 1/3 for the order: the web follows nothing it should) + 50 + 100.
		assert.equal(await content.textContent(".quiz-result h2"), "Result: 47.16%");
		assert.match(await content.textContent(".quiz-result") ?? "", /Points: 2\.83 of 6\./);
		await lms.settled();
		const record = lms.record();
		const told = [1, 2, 3, 4, 5, 6, 7, 8].map((n) => {
			const get = (/** @type {string} */ name) => record[`cmi.interactions.${n - 1}.${name}`];
			return [get("id"), get("type"), get("student_response"), get("correct_responses.0.pattern"), get("weighting"), get("result")];
		});
		assert.deepEqual(told, [
			["q1-single-1", "choice", "1", "2", "1", "wrong"],
			["q2-multiple-2", "choice", "1", "1,3", "1", "wrong"],
			["q3-scale-3", "likert", "4", undefined, "0", "neutral"],
			["q4-order-4", "sequencing", "4,1,2,3", "2,1,4,3", "1", "wrong"],
			["q5-match-5", "matching", "1.1,2.3,3.2", "1.1,2.2,3.3", "1", "wrong"],
			["q6-blanks-6", "fill-in", "Berners-Lee; nine", "Berners-Lee; 6.7 %", "1", "wrong"],
			["q7-blanks-7", "numeric", "7.5", undefined, "1", "correct"],
			["q8-text-8", "fill-in", "Good.", undefined, "0", "neutral"],
		]);
	}));

	test("an order that nobody has moved is no answer; all comes back after a crash, and is locked when it is sent", () => onPage(QUIZ, async (content, lms) => {
		await answerAll(content, 0, [ORDER]);
		await keeps(lms, TEXT, { status: 1, response: ["Good."] });
		await lms.crash(content);
		const again = await lms.launch();
		await go(again, QUIZ);
		await again.waitForFunction((q) => /** @type {any} */ (document.getElementById(q))?.value === "Good.", `q${TEXT}-text`);
		assert.deepEqual([await again.inputValue(`#q${MATCH}-2`), await again.inputValue(`#q${BLANKS}-2`), await order(again, ORDER)], ["3", "nine", [4, 1, 3, 2]]);
		await again.click("[data-do=review]");
		assert.equal(await again.textContent(`.review li:nth-child(${ORDER}) > div`), "Not answered");
		await again.click("[data-do=send]");
		assert.equal(await verdict(again, ORDER), "Not answered");
		assert.equal(await again.locator("form.question :enabled:is(input, select, textarea, button)").count() - await again.locator(`#${CHECKS} form.question :enabled:is(input, select, textarea, button)`).count(), 0);
		await again.locator(`#q${ORDER}-2-text`).scrollIntoViewIfNeeded();
		const box = /** @type {any} */ (await again.locator(`#q${ORDER}-2-text`).boundingBox());
		const { mouse } = lms.page(again);
		await mouse.move(box.x + 10, box.y + 10);
		await mouse.down();
		await mouse.move(box.x + 10, box.y - 150, { steps: 8 });
		await mouse.up();
		assert.deepEqual(await order(again, ORDER), [4, 1, 3, 2], "nothing is dragged any more");
		await again.click("[data-do=retry]");
		assert.equal(await again.inputValue(`#q${TEXT}-text`), "");
	}));
});

test("axe, the HTML checker and a narrow window find nothing, before and after", async () => {
	for (const page of [CHECKS, QUIZ]) {
		await onPage(page, async (content) => {
			const look = async (/** @type {string} */ state) => {
				assert.deepEqual(await axeFinds(content), [], state);
				assert.deepEqual(await overflow(content), [], state);
				assert.deepEqual(await htmlFaults(await content.evaluate(() => "<!DOCTYPE html>" + document.documentElement.outerHTML)), [], state);
			};
			await look("before");
			const own = page === CHECKS ? OWN : 0;
			if (own) for (let n = 1; n <= 8; n++) await submit(content, n + own);
			await look("refused");
			await answerAll(content, own);
			await content.fill(`#q${BLANKS + own}-2`, "9");
			if (own) for (let n = 1; n <= 8; n++) await submit(content, n + own);
			else {
				await content.click("[data-do=review]");
				await content.click("[data-do=send]");
			}
			await look("answered");
		}, { viewport: { width: 320, height: 700 } });
	}
});
