/** Text as it is compared: kinds of spaces, apostrophes, hyphens and quotation marks are alike, a final full stop does not count. @param {string} text */
function evened(text) {
	const spaced = text.normalize("NFC").replace(/\s+/g, " ").trim();
	return spaced.replace(/[’ʼ‘]/g, "'").replace(/[‐‑–]/g, "-").replace(/« ?| ?»|[“”]/g, '"').replace(/ ?\.$/, "");
}

/** Text as it is compared where accents do not count. @param {string} text */
function unaccented(text) {
	return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/œ/g, "oe").replace(/æ/g, "ae").replace(/ß/g, "ss");
}
