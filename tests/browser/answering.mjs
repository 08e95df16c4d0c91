// What a learner does with the controls of each kind of question, and what the controls then say. Nothing here reaches
// into the runtime: the controls are used as people use them, and are found by what the build has written.

/** @typedef {import("playwright-core").Frame | import("playwright-core").Page} Content */
/** @typedef {import("playwright-core").Locator} Locator */
/** @typedef {any} Question as the package's data has it */
/** @typedef {"right" | "wrong" | "partly"} How */

/**
 * A response as the data and the state have it, in lock numbers; see LearnerResponse in templates/runtime/types.js.
 *
 * @typedef {any[]} Response
 */

/**
 * An answer in the words of the page: the texts of the choices taken; the texts of all items in their order; answers by
 * prompt; a text for each blank, null for one that is empty; one text.
 *
 * @typedef {string[] | Record<string, string> | (string | null)[] | string} Words
 */

/**
 * @typedef {object} Controls
 * @property {(content: Content, q: Question, response: Response) => Promise<void>} set Answers, with what a learner has in hand.
 * @property {(content: Content, q: Question) => Promise<Response>} read What the controls say.
 * @property {(content: Content, q: Question, words: Words) => Promise<Response>} parse
 * @property {(content: Content, q: Question, response: Response) => Promise<Words>} tell
 * @property {(q: Question, how: How) => Response} sample An answer from the data; one that cannot be right in part is wrong.
 */

/** @param {Content} content @param {Question} q @param {any} part */
const control = (content, q, part) => content.locator(`#q${q.n}-${part.n}`);

/** @param {string | null} text */
const tidy = (text) => (text ?? "").replace(/\s+/g, " ").trim();

/** The texts of elements by number, by their ids q1-<number><suffix>. @param {Content} content @param {Question} q @param {(n: number) => string} selector @param {any[]} parts @returns {Promise<Map<number, string>>} */
async function texts(content, q, selector, parts) {
	const found = new Map();
	for (const { n } of parts) found.set(n, tidy(await content.locator(selector(n)).first().textContent()));
	return found;
}

/** The number that has a text. @param {Map<number, string>} texts @param {string} text */
function numberOf(texts, text) {
	const [found] = [...texts].find(([, other]) => other === tidy(text)) ?? [];
	if (!found) throw new Error(`there is no "${text}" among: ${[...texts.values()].join(", ")}`);
	return found;
}

/** Keys and values that stand one after the other. @param {Response} list @returns {[any, any][]} */
const pairsOf = (list) => list.flatMap((key, at) => (at % 2 ? [] : [[key, list[at + 1]]]));

/** @type {Controls} */
const choices = {
	async set(content, q, response) {
		for (const choice of q.parts) {
			const input = control(content, q, choice);
			const taken = response.includes(choice.n);
			// A radio button cannot be let go.
			if (taken || (await input.getAttribute("type")) === "checkbox") await input.setChecked(taken);
		}
	},
	async read(content, q) {
		const taken = [];
		for (const choice of q.parts) if (await control(content, q, choice).isChecked()) taken.push(choice.n);
		return taken;
	},
	async parse(content, q, words) {
		const labels = await choiceLabels(content, q);
		return /** @type {string[]} */ (words).map((word) => numberOf(labels, word));
	},
	async tell(content, q, response) {
		const labels = await choiceLabels(content, q);
		return response.map((n) => labels.get(n) ?? "").sort();
	},
	sample({ kind, parts }, how) {
		if (kind === "scale") return [parts.at(how === "right" ? -1 : 0).n];
		const [right, wrong] = [parts.filter((choice) => choice.right), parts.filter((choice) => !choice.right)];
		const least = [...wrong].sort((a, b) => (a.weight ?? 0) - (b.weight ?? 0));
		const some = { single: least.slice(-1), multiple: right.slice(0, 1) }[kind];
		if (how === "right") return right.map((choice) => choice.n);
		if (how === "partly" && some) return some.map((choice) => choice.n);
		if (kind !== "multiple") return [least[0].n];
		// Where nothing is wrong, too little is.
		return (wrong.length ? wrong : right.slice(0, 1)).map((choice) => choice.n);
	},
};

/** @param {Content} content @param {Question} q */
const choiceLabels = (content, q) => texts(content, q, (n) => `label[for="q${q.n}-${n}"]`, q.parts);

/** @type {Controls} */
const order = {
	async set(content, q, response) {
		const list = content.locator(`#q${q.n} .order`);
		/** @param {number} n @param {1 | -1} step */
		const press = (n, step) => list.locator(`#q${q.n}-${n} button[value="${step}"]`).click();
		const at = async (/** @type {number} */ n) => (await order.read(content, q)).indexOf(n);
		const last = response.length - 1;
		// What stands so already is an answer only once something was moved.
		if (String(await order.read(content, q)) === String(response)) await press(response[0], 1);
		for (let times = last - (await at(response[last])); times > 0; times--) await press(response[last], 1);
		for (const [to, n] of response.entries()) {
			for (let times = (await at(n)) - to; times > 0; times--) await press(n, -1);
		}
	},
	async read(content, q) {
		const ids = await content.locator(`#q${q.n} .order > li`).evaluateAll((items) => items.map((item) => item.id));
		return ids.map((id) => Number(id.split("-")[1]));
	},
	async parse(content, q, words) {
		const items = await itemTexts(content, q);
		return /** @type {string[]} */ (words).map((word) => numberOf(items, word));
	},
	async tell(content, q, response) {
		const items = await itemTexts(content, q);
		return response.map((n) => items.get(n) ?? "");
	},
	sample({ parts }, how) {
		const right = parts.map((/** @type {any} */ item) => item.n);
		// Turned round no item follows the one it should; with the first one last all others still do.
		return how === "right" ? right : how === "wrong" ? right.reverse() : [...right.slice(1), right[0]];
	},
};

/** @param {Content} content @param {Question} q */
const itemTexts = (content, q) => texts(content, q, (n) => `#q${q.n}-${n}-text`, q.parts);

/** The pairs that have a prompt. @param {Question} q @returns {any[]} */
const prompts = ({ parts }) => parts.filter((/** @type {any} */ pair) => pair.to);

/** @type {Controls} */
const match = {
	async set(content, q, response) {
		const given = new Map(pairsOf(response));
		for (const pair of prompts(q)) await control(content, q, pair).selectOption(String(given.get(pair.n) ?? ""));
	},
	async read(content, q) {
		const response = [];
		for (const pair of prompts(q)) {
			const value = await control(content, q, pair).inputValue();
			if (value) response.push(pair.n, Number(value));
		}
		return response;
	},
	async parse(content, q, words) {
		const [labels, answers] = [await promptLabels(content, q), await answerTexts(content, q)];
		return Object.entries(words).flatMap(([prompt, answer]) => [numberOf(labels, prompt), numberOf(answers, answer)]);
	},
	async tell(content, q, response) {
		const [labels, answers] = [await promptLabels(content, q), await answerTexts(content, q)];
		return Object.fromEntries(pairsOf(response).map(([n, to]) => [labels.get(n), answers.get(to)]));
	},
	sample(q, how) {
		const answers = [...new Set(q.parts.map((/** @type {any} */ pair) => pair.to ?? pair.n))];
		return prompts(q).flatMap(({ n, to }, at) => [n, how === "right" || (how === "partly" && !at) ? to : answers.find((other) => other !== to)]);
	},
};

/** @param {Content} content @param {Question} q */
const promptLabels = (content, q) => texts(content, q, (n) => `label[for="q${q.n}-${n}"]`, prompts(q));

/** The answers in full, which the options name by letters where they are long. @param {Content} content @param {Question} q @returns {Promise<Map<number, string>>} */
async function answerTexts(content, q) {
	const options = control(content, q, prompts(q)[0]).locator("option:not([value=''])");
	const named = await options.evaluateAll((options, id) => options.map((option) => {
		const n = Number(option.getAttribute("value"));
		const [letter, ...long] = document.getElementById(`${id}-${n}-text`)?.childNodes ?? [];
		return { n, text: letter ? long.map((node) => node.textContent).join("") : option.textContent };
	}), `q${q.n}`);
	return new Map(named.map(({ n, text }) => [n, tidy(text)]));
}

/** @type {Controls} */
const blanks = {
	async set(content, q, response) {
		const given = new Map(pairsOf(response));
		for (const blank of q.parts) await type(control(content, q, blank), given.get(blank.n) ?? "");
	},
	async read(content, q) {
		const response = [];
		for (const blank of q.parts) {
			const text = await control(content, q, blank).inputValue();
			if (text) response.push(blank.n, text);
		}
		return response;
	},
	parse: async (content, q, words) => /** @type {(string | null)[]} */ (words).flatMap((word, at) => (word === null ? [] : [q.parts[at].n, word])),
	async tell(content, q, response) {
		const given = new Map(pairsOf(response));
		return q.parts.map((/** @type {any} */ { n }) => given.get(n) ?? null);
	},
	sample({ parts }, how) {
		return parts.flatMap((/** @type {any} */ blank, /** @type {number} */ at) => [blank.n, how === "right" || (how === "partly" && !at && parts.length > 1) ? rightText(blank) : wrongText(blank)]);
	},
};

/** @param {any} blank */
const rightText = ({ forms, value, low }) => (forms ? forms[0] : String(value ?? low));
/** @param {any} blank */
const wrongText = ({ forms, high }) => (forms ? "zzz" : String(Math.ceil(high) + 1));

/** Writes into a field and goes on to the next thing. @param {Locator} field @param {string} text */
async function type(field, text) {
	if ((await field.inputValue()) === text) return;
	await field.fill(text);
	await field.blur();
}

/** @type {Controls} */
const text = {
	set: (content, q, [words = ""]) => type(content.locator(`#q${q.n}-text`), words),
	async read(content, q) {
		const words = await content.locator(`#q${q.n}-text`).inputValue();
		return words ? [words] : [];
	},
	parse: async (content, q, words) => (words ? [words] : []),
	tell: async (content, q, [words = ""]) => words,
	sample: (q, how) => [`As I see it: ${how}.`],
};

/** @type {Record<string, Controls>} */
const CONTROLS = { single: choices, "true-false": choices, multiple: choices, scale: choices, order, match, blanks, text };

/** Answers a question in the words of the page. @param {Content} content @param {Question} q @param {Words} words */
export async function answer(content, q, words) {
	const controls = CONTROLS[q.kind];
	await controls.set(content, q, await controls.parse(content, q, words));
}

/** Answers a question by its data. @param {Content} content @param {Question} q @param {How} how */
export async function answerAs(content, q, how) {
	await CONTROLS[q.kind].set(content, q, CONTROLS[q.kind].sample(q, how));
}

/** Writes what cannot be taken as an answer: too much, or no number. @param {Content} content @param {Question} q @returns {Promise<boolean>} false where the controls take nothing of the kind */
export async function answerFaultily(content, q) {
	if (q.kind === "text") return text.set(content, q, ["x".repeat(q.max + 3)]).then(() => true);
	if (q.kind !== "blanks") return false;
	await blanks.set(content, q, q.parts.flatMap((/** @type {any} */ blank) => [blank.n, blank.forms ? "x".repeat(blank.max + 1) : "many"]));
	return true;
}

/** What answerAs() answers, in lock numbers. @param {Question} q @param {How} how @returns {Response} */
export function sampleOf(q, how) {
	return CONTROLS[q.kind].sample(q, how);
}

/** Answers all of these questions that show. @param {Content} content @param {Question[]} questions @param {How} how */
export async function answerAll(content, questions, how) {
	for (const q of questions) if (await content.locator(`#q${q.n}`).isVisible()) await answerAs(content, q, how);
}

/** What the controls of a question say, in the words of the page. @param {Content} content @param {Question} q @returns {Promise<Words>} */
export async function answerShown(content, q) {
	const controls = CONTROLS[q.kind];
	return controls.tell(content, q, await controls.read(content, q));
}

/** The same in lock numbers. @param {Content} content @param {Question} q @returns {Promise<Response>} */
export function responseShown(content, q) {
	return CONTROLS[q.kind].read(content, q);
}

/** An answer in the order in which answerShown() tells it. @param {Question} q @param {Words} words @returns {Words} */
export function told(q, words) {
	return CONTROLS[q.kind] === choices ? [.../** @type {string[]} */ (words)].sort() : words;
}

/** What every control of the document says, by id: for comparing. @param {Content} content @returns {Promise<Record<string, unknown>>} */
export function allControls(content) {
	return content.evaluate(() => Object.fromEntries([...document.querySelectorAll("form.question")].map((form) => {
		/** @param {string} selector @param {(element: any) => any} of */
		const all = (selector, of) => [...form.querySelectorAll(selector)].map(of);
		const said = [
			...all("input:checked", ({ id }) => id),
			...all("input[type=text], textarea, select", ({ id, value }) => `${id}: ${value}`),
			...all(".order > li", ({ id }) => id),
		];
		return [form.id, form.hasAttribute("hidden") ? "not asked" : said];
	})));
}
