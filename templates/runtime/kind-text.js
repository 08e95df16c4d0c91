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

/** The characters of a text for which there is room: all, without a limit. @param {string} text @param {any} [max] What they may cost, in bytes. */
function fitting(text, max) {
	const characters = [...plainText(text).trim()].slice(0, max);
	while (packText(characters.join("")).length > max) characters.pop();
	return characters;
}

/** What is kept of a text. @param {string} text @param {number} [max] */
function keptText(text, max) {
	return fitting(text, max).join("").trim();
}

/**
 * The number that was written, with or without its unit; NaN when it is none. What may be read in two ways is read in
 * the one that is right, if any is.
 *
 * @param {string} text @param {any} blank
 */
function writtenNumber(text, blank) {
	const { unit = "", point } = blank;
	/** @param {string} text */
	const bare = text => latinDigits(text.normalize("NFKC").replace(/[\s٬]/g, "").replace("−", "-").replace("٫", "."));
	const [all, end] = [bare(text), bare(unit)];
	// Capitals tell mW from MW, and nothing else.
	const even = (/** @type {string} */ text) => (/^m.h?$/i.test(end) ? text : text.toLowerCase());
	const number = end && even(all).endsWith(even(end)) ? all.slice(0, -end.length) : all;
	/** @param {string} digits */
	const value = digits => (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? Number(digits) : NaN);
	const plain = value(number.replace(",", "."));
	const grouped = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(number) && value(number.replace(/,/g, ""));
	if (point) return grouped || plain;
	// Where the decimal sign is a comma, some part thousands by points.
	const pointed = /^[+-]?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/.test(number) && value(number.replace(/\./g, "").replace(",", "."));
	return pointed && (isNaN(plain) || within(blank, pointed)) ? pointed : plain;
}

/** Whether a number is right. @param {any} blank @param {number} number */
function within({ low, high }, number) {
	// Sums of decimals are not exact.
	const margin = Math.min(1e-6, 1e-9 * Math.max(Math.abs(low), Math.abs(high)));
	return number >= low - margin && number <= high + margin;
}

/** The digits of any script as 0 to 9: ten of them follow each other in each. @param {string} text */
function latinDigits(text) {
	return text.replace(/(?!\d)\p{Nd}/gu, digit => {
		let code = Number(digit.codePointAt(0));
		let n = 0;
		while (/\p{Nd}/u.test(String.fromCodePoint(--code))) n++;
		return String(n % 10);
	});
}

/** Whether a blank is filled rightly. @param {QuestionData} q @param {any} blank @param {string} [text] */
function isRight({ language }, blank, text = "") {
	const { forms, pattern, fold } = blank;
	if (!forms) return within(blank, writtenNumber(text, blank));
	const anyCase = fold.includes("c");
	/** @param {string} text */
	const bare = text => (fold.includes("a") ? unaccented(text) : text);
	/** @param {string} text */
	const folded = text => bare(anyCase ? evened(text).toLocaleLowerCase(language) : evened(text));
	if (forms.some((/** @type {string} */ form) => folded(form) === folded(text))) return true;
	try {
		return !!pattern && new RegExp("^(?:" + bare(pattern) + ")$", anyCase ? "iu" : "u").test(bare(evened(text)));
	} catch {
		// What this browser cannot read as a pattern matches nothing.
		return false;
	}
}

/** A text with blanks to fill, with words or with numbers. @returns {Kind} */
function blanksKind() {
	return {
		code: 5,
		// No text has a byte 0: it parts one blank from the next.
		pack: response => [...givenIn(response)].flatMap(([n, text]) => [0, ...putNumbers([], n), ...packText(text)]).slice(1),
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
			const given = givenIn(response);
			// There may be less room than there was.
			const kept = parts.map(({ n, max }) => [n, keptText(given.get(n) || "", max)]);
			return kept.filter(([, text]) => text).flat();
		},
		grade(q, response) {
			const given = givenIn(response);
			return shareOfRight(q, q.parts, blank => isRight(q, blank, given.get(blank.n)));
		},
		record({ parts }, response) {
			const given = givenIn(response);
			const [blank] = parts;
			const number = writtenNumber(response[1], blank);
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
	const fields = parts.map(({ n, max }) => {
		const field = byId("q" + q.n + "-" + n);
		return textField(text, form, field, max, n => sign(field.parentElement, n && "wrong", text("over", { n })));
	});

	/** @param {PartData} blank @param {number} at */
	const problemOf = (blank, at) => {
		const { problem, field } = fields[at];
		const why = problem();
		const isNone = !blank.forms && field.value.trim() && isNaN(writtenNumber(field.value, blank));
		return isNone ? text("write-number", { example: 12.5 }) : why;
	};

	/** What was written, blank by blank; whether it is right, and what would have been, when that may be seen. @param {LearnerResponse} response @param {any} [told] @param {any} [open] */
	const list = (response, told, open) => {
		const given = givenIn(response);
		const lines = parts.map((blank, at) => {
			const written = given.get(blank.n);
			const right = isRight(q, blank, written);
			const answer = written ? escaped(written) : text("unanswered");
			const { forms, shown = "" } = blank;
			const expected = escaped(forms ? forms[0] : shown);
			return [
				several ? text("blank", { n: at + 1, answer }) : answer,
				told && several && text("sign-" + (right ? "right" : "wrong")),
				open && !right && text("right-answer", { answer: expected }),
			].filter(Boolean).join(" – ");
		});
		return several ? "<ul><li>" + lines.join("<li>") + "</ul>" : lines[0];
	};

	return {
		first: fields[0].field,
		read: () => parts.flatMap(({ n }, at) => fields[at].kept() ? [n, fields[at].kept()] : []),
		show(response) {
			const given = givenIn(response);
			for (const [at, { n }] of parts.entries()) fields[at].show(given.get(n));
		},
		problem() {
			const at = parts.findIndex(problemOf);
			return at < 0 ? undefined : [problemOf(parts[at], at), fields[at].field];
		},
		mark(response, told) {
			const given = givenIn(response);
			for (const [at, blank] of parts.entries()) {
				const side = isRight(q, blank, given.get(blank.n)) ? "right" : "wrong";
				sign(fields[at].field.parentElement, told && given.has(blank.n) && side, text("sign-" + side));
			}
		},
		words: response => response.length ? list(response) : "",
		right: () => "",
		feedback: (response, open) =>
			response.length || open ? "<p>" + text("your-answer", { answer: list(response, true, open) }) : "",
	};
}

/**
 * A field to write in. What is typed becomes a draft after a pause, and at once when the field or the page is left.
 * What is too long is kept in part, and stays in the field to be mended.
 *
 * @param {Course["text"]} text @param {any} form @param {any} field @param {number | undefined} max What its text may cost; see packText().
 * @param {(excess: number) => void} typed
 */
function textField(text, form, field, max = Infinity, typed) {
	let timer = 0;
	const keep = () => {
		if (timer) form.onchange();
		clearTimeout(timer);
		timer = 0;
	};
	const kept = () => keptText(field.value, max);
	/** How many characters are too many. */
	const excess = () => fitting(field.value).length - fitting(field.value, max).length;

	field.oninput = () => {
		clearTimeout(timer);
		timer = setTimeout(keep, 500);
		typed(excess());
	};
	field.onchange = (/** @type {Event} */ event) => {
		event.stopPropagation();
		keep();
	};
	// Before the session hears of it.
	for (const leaving of ["pagehide", "visibilitychange"]) addEventListener(leaving, keep, true);
	return {
		field,
		kept,
		show(written = "") {
			if (kept() !== written) field.value = written;
			typed(excess());
		},
		/** Why what is written cannot be validated, "" when it can. */
		problem() {
			keep();
			const n = excess();
			return n ? text("too-long", { n }) : kept() ? "" : text("write");
		},
	};
}

/** A text of the learner's own, which nobody judges. @returns {Kind} */
function textKind() {
	return {
		code: 6,
		pack: ([text = ""]) => packText(text),
		unpack: bytes => bytes.length ? [unpackText(bytes)] : [],
		known: ({ max }, response) => response.map(text => keptText(text, max)).filter(Boolean),
		grade: () => 1,
		record: (q, [response]) => ({ type: "long-fill-in", response }),
		view: textView,
	};
}

/** @param {Course} course @param {QuestionData} q @param {any} form @returns {KindView} */
function textView({ text }, { max = 0 }, form) {
	const [area, status] = ["textarea", ".left"].map(part => form.querySelector(part));
	status.insertAdjacentHTML("beforebegin", "<p></p>");
	const count = status.previousElementSibling;
	status.className = "vh";
	let timer = 0;

	// How much may still be written is always to be seen, and is said at a pause when it gets little.
	const { field, kept, show, problem } = textField(text, form, area, max, excess => {
		const left = max - packText(kept()).length;
		count.textContent = excess ? text("over", { n: excess }) : text("characters-left", { n: left });
		count.className = excess ? "error" : "hint";
		clearTimeout(timer);
		timer = setTimeout(() => (status.textContent = left > max / 10 ? "" : count.textContent), 1000);
	});
	return {
		first: field,
		read: () => kept() ? [kept()] : [],
		show: ([written]) => show(written),
		problem: () => problem() ? [problem(), field] : undefined,
		mark() {},
		words: ([written = ""]) => escaped(written),
		right: () => "",
		feedback: ([written]) => written ? "<p>" + text("your-answer", { answer: escaped(written) }) : "",
	};
}
