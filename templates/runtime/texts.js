/** Text as it is compared: kinds of spaces, apostrophes, hyphens and quotation marks are alike, a final full stop does not count. @param {string} text */
function evened(text) {
	const spaced = text.normalize("NFC").replace(/\s+/g, " ").trim();
	return spaced.replace(/[’ʼ‘]/g, "'").replace(/[‐‑–]/g, "-").replace(/« ?| ?»|[“”„]/g, '"').replace(/ ?\.$/, "");
}

/** Text as it is compared where accents do not count. @param {string} text */
function unaccented(text) {
	/** @type {Record<string, string>} As in text.rs. */
	const letters = { œ: "oe", Œ: "Oe", æ: "ae", Æ: "Ae", ß: "ss", ø: "o", Ø: "O", ł: "l", Ł: "L", đ: "d", Đ: "D" };
	return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[œæßøłđ]/gi, letter => letters[letter] || letter);
}
