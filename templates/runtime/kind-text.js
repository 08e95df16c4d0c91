/** The bytes from 128 to 159 in windows-1252; after them come the characters from U+00A0 to U+00FF. */
const windows1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/** Text without what no keyboard writes: control characters but line ends. @param {string} text */
function plainText(text) {
	return text.replace(/(?!\n)\p{Cc}/gu, " ");
}

/**
 * Text as bytes, none of them 0. A byte from 128 on stands for a character of the current window: 0 holds the upper
 * half of windows-1252, w the code points from 128 w on. A byte 1 goes before the number of another window, plus one.
 *
 * @param {string} text
 */
function packText(text) {
	/** @type {number[]} */
	const bytes = [];
	let window = 0;
	for (const c of plainText(text)) {
		const code = Number(c.codePointAt(0));
		const latin = code > 159 && code < 256 ? code : windows1252.indexOf(c) + 128;
		const wanted = window && code >> 7 === window ? window : latin > 127 ? 0 : code >> 7;
		if (code > 127 && wanted !== window) putNumbers(bytes, 1, (window = wanted) + 1);
		bytes.push(code < 128 ? code : window ? 128 + (code & 127) : latin);
	}
	return bytes;
}

/** @param {number[]} bytes */
function unpackText(bytes) {
	const { number, take, more } = readerOf(bytes);
	let text = "";
	let window = 0;
	while (more()) {
		const [byte] = take(1);
		if (byte === 1) window = number() - 1;
		else if (byte > 127 && byte < 160 && !window) text += windows1252[byte - 128];
		else text += String.fromCodePoint(byte < 128 || !window ? byte : window * 128 + byte - 128);
	}
	return plainText(text);
}

/** What is kept of a text: as much of it as may be. @param {string} text @param {number} [max] What it may cost, in bytes. */
function keptText(text, max = Infinity) {
	const characters = [...plainText(text).trim()].slice(0, max);
	while (packText(characters.join("")).length > max) characters.pop();
	return characters.join("");
}

/** How many characters a text has too many. @param {string} text @param {number} [max] */
function excess(text, max) {
	return [...plainText(text).trim()].length - [...keptText(text, max)].length;
}

/** Text as it is compared: kinds of spaces, apostrophes, hyphens and quotation marks are alike, a final full stop does not count. @param {string} text */
function evened(text) {
	const spaced = text.normalize("NFC").replace(/\s+/g, " ").trim();
	return spaced.replace(/[’ʼ‘]/g, "'").replace(/[‐‑–]/g, "-").replace(/[“”«»]/g, '"').replace(/ ?\.$/, "");
}

/** Text as it is compared where capitals (c) or accents (a) do not count. @param {string} text @param {string} fold @param {string} language */
function foldedText(text, fold, language) {
	let folded = evened(text);
	if (fold.includes("c")) folded = folded.toLocaleLowerCase(language);
	if (!fold.includes("a")) return folded;
	return folded.normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss");
}

/** The number that was written, with or without its unit; NaN when it is none. @param {string} text @param {string} [unit] */
function writtenNumber(text, unit = "") {
	/** @param {string} text */
	const bare = text => text.replace(/\s/g, "").replace("−", "-");
	const [all, end] = [bare(text), bare(unit)];
	const digits = (end && all.toLowerCase().endsWith(end.toLowerCase()) ? all.slice(0, -end.length) : all).replace(",", ".");
	return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? Number(digits) : NaN;
}

/** Whether a blank is filled rightly. @param {QuestionData} q @param {PartData} blank @param {string} [text] */
function isRight({ language }, { forms, pattern, fold = "", low = 0, high = 0, unit }, text = "") {
	if (!forms) {
		// Sums of decimals are not exact.
		const margin = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
		const number = writtenNumber(text, unit);
		return number >= low - margin && number <= high + margin;
	}
	/** @param {string} text */
	const folded = text => foldedText(text, fold, language);
	if (forms.some(form => folded(form) === folded(text))) return true;
	return !!pattern && new RegExp("^(?:" + pattern + ")$", fold.includes("c") ? "iu" : "u").test(evened(text));
}

/** A text with blanks to fill, with words or with numbers. @returns {Kind} */
function blanksKind() {
	return {
		code: 5,
		// No text has a byte 0: it parts one blank from the next.
		pack: response => pairsOf(response).flatMap(([n, text], at) => [...(at ? [0] : []), ...putNumbers([], n), ...packText(text)]),
		unpack(bytes) {
			const response = [];
			for (let rest = bytes; rest.length; ) {
				const reader = readerOf(rest);
				const n = reader.number();
				const text = reader.rest();
				const end = [...text, 0].indexOf(0);
				response.push(n, unpackText(text.slice(0, end)));
				rest = text.slice(end + 1);
			}
			return response;
		},
		known({ parts }, response) {
			const given = new Map(pairsOf(response));
			return parts.flatMap(({ n }) => given.get(n) ? [n, given.get(n)] : []);
		},
		grade(q, response) {
			const given = new Map(pairsOf(response));
			const fraction = q.parts.filter(blank => isRight(q, blank, given.get(blank.n))).length / q.parts.length;
			return q.credit || fraction === 1 ? fraction : 0;
		},
		record({ parts }, response) {
			const given = new Map(pairsOf(response));
			const [blank] = parts;
			const number = writtenNumber(response[1], blank.unit);
			// Numbers with an exponent are none where decimals are expected.
			if (parts.length === 1 && !blank.forms && /^[-.\d]+$/.test(String(number))) {
				return { type: "numeric", response: number, pattern: blank.value };
			}
			const accepted = parts.map(({ forms, shown = "" }) => forms || [shown]);
			const pattern = parts.length === 1 ? accepted[0] : [accepted.map(([form]) => form).join("; ")];
			return {
				type: "fill-in",
				response: parts.map(({ n }) => given.get(n) || "").join("; "),
				pattern: parts.some(({ pattern }) => pattern) ? [] : pattern,
			};
		},
		view: blanksView,
	};
}

/** @param {Course} course @param {QuestionData} q @param {any} form @returns {KindView} */
function blanksView({ text }, q, form) {
	const { parts } = q;
	const several = parts.length > 1;
	const field = (/** @type {PartData} */ { n }) => byId("q" + q.n + "-" + n);
	/** @param {PartData} blank */
	const kept = blank => keptText(field(blank).value, blank.max);

	/** @param {PartData} blank */
	const problemOf = blank => {
		const { value } = field(blank);
		const n = excess(value, blank.max);
		if (!value.trim()) return text("write");
		if (n) return text("too-long", { n });
		return !blank.forms && isNaN(writtenNumber(value, blank.unit)) ? text("write-number", { example: 12.5 }) : "";
	};

	/** What was written into one blank, and what was expected when that is open. @param {PartData} blank @param {string} [written] @param {boolean} [open] */
	const resultOf = (blank, written, open) => {
		const right = isRight(q, blank, written);
		const answer = written ? escaped(written) : text("unanswered");
		const { forms, shown = "", unit = "" } = blank;
		return [
			text(several ? "blank" : "your-answer", { n: parts.indexOf(blank) + 1, answer }),
			several && written ? text(right ? "sign-right" : "sign-wrong") : "",
			open && !right ? text("right-answer", { answer: escaped(forms ? forms[0] : (shown + " " + unit).trim()) }) : "",
		].filter(Boolean).join(". ");
	};

	for (const blank of parts) {
		keepTyped(form, field(blank), () => {
			const n = excess(field(blank).value, blank.max);
			sign(field(blank).parentElement, n ? "wrong" : "", text("over", { n }));
		});
	}
	return {
		first: field(parts[0]),
		read: () => parts.flatMap(blank => kept(blank) ? [blank.n, kept(blank)] : []),
		show(response) {
			const given = new Map(pairsOf(response));
			for (const blank of parts) {
				const written = given.get(blank.n) || "";
				// What is too long is kept in part, and stays to be mended.
				if (kept(blank) !== written) field(blank).value = written;
			}
		},
		problem() {
			const faulty = parts.find(problemOf);
			return faulty && [problemOf(faulty), field(faulty)];
		},
		mark(response, told) {
			const given = new Map(pairsOf(response));
			for (const blank of parts) {
				const side = isRight(q, blank, given.get(blank.n)) ? "right" : "wrong";
				sign(field(blank).parentElement, told && given.has(blank.n) ? side : "", text("sign-" + side));
			}
		},
		words(response) {
			const given = new Map(pairsOf(response));
			const filled = parts.filter(({ n }) => given.has(n));
			const number = (/** @type {PartData} */ blank) => several ? parts.indexOf(blank) + 1 + ". " : "";
			return filled.map(blank => number(blank) + escaped(given.get(blank.n))).join(text("join"));
		},
		right: () => "",
		feedback(response, open) {
			const given = new Map(pairsOf(response));
			if (!response.length && !open) return "";
			return "<ul><li>" + parts.map(blank => resultOf(blank, given.get(blank.n), open)).join("<li>") + "</ul>";
		},
	};
}

/**
 * Keeps what is typed into a field as a draft: after a pause, and at once when the field or the page is left.
 *
 * @param {any} form @param {any} field @param {() => void} typed
 */
function keepTyped(form, field, typed) {
	let timer = 0;
	const keep = () => {
		if (timer) form.onchange();
		clearTimeout(timer);
		timer = 0;
	};
	field.oninput = () => {
		clearTimeout(timer);
		timer = setTimeout(keep, 500);
		typed();
	};
	field.onchange = (/** @type {Event} */ event) => {
		event.stopPropagation();
		keep();
	};
	// Before the session hears of it.
	for (const leaving of ["pagehide", "visibilitychange"]) addEventListener(leaving, keep, true);
}

/** A text of the learner's own, which nobody judges. @returns {Kind} */
function textKind() {
	return {
		code: 6,
		pack: ([text = ""]) => packText(text),
		unpack: bytes => bytes.length ? [unpackText(bytes)] : [],
		known: (q, response) => response,
		grade: () => 1,
		record: (q, [response]) => ({ type: "long-fill-in", response }),
		view: textView,
	};
}

/** @param {Course} course @param {QuestionData} q @param {any} form @returns {KindView} */
function textView({ text }, { max = 0 }, form) {
	const field = form.querySelector("textarea");
	const count = document.createElement("p");
	const status = form.querySelector(".left");
	const kept = () => keptText(field.value, max);
	let timer = 0;

	/** How much may still be written: always to be seen, and said at a pause when it gets little. */
	const paintCount = () => {
		const over = excess(field.value, max);
		const left = max - packText(kept()).length;
		count.textContent = over ? text("over", { n: over }) : text("characters-left", { n: left });
		count.className = over ? "hint wrong" : "hint";
		clearTimeout(timer);
		timer = setTimeout(() => (status.textContent = left > max / 10 ? "" : count.textContent), 1000);
	};

	field.parentElement.after(count);
	status.className = "vh";
	keepTyped(form, field, paintCount);
	return {
		first: field,
		read: () => kept() ? [kept()] : [],
		show([written = ""]) {
			// What is too long is kept in part, and stays to be mended.
			if (kept() !== written) field.value = written;
			paintCount();
		},
		problem() {
			const n = excess(field.value, max);
			if (n) return [text("too-long", { n }), field];
			return field.value.trim() ? undefined : [text("write"), field];
		},
		mark() {},
		words: ([written = ""]) => escaped(written),
		right: () => "",
		feedback: ([written]) => written ? "<p>" + text("your-answer", { answer: escaped(written) }) : "",
	};
}
