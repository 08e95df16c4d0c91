// How figures are printed.

export const KB = 1024;
export const MB = 1024 * KB;

/** The middle of several measurements. @param {number[]} values */
export function median(values) {
	const sorted = [...values].sort((a, b) => a - b);
	const half = Math.floor(sorted.length / 2);
	return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** @param {number} value @param {number} digits after the point */
export function number(value, digits = 0) {
	return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Median [smallest–largest]. @param {number[]} values @param {number} digits */
export function spread(values, digits = 2) {
	return `${number(median(values), digits)} [${number(Math.min(...values), digits)}–${number(Math.max(...values), digits)}]`;
}

/** @param {string} text */
export function heading(text) {
	console.log(`\n${text}\n${"=".repeat(text.length)}`);
}

/** A remark under a table. @param {string} text */
export function remark(text) {
	console.log(`  ${text}`);
}

/** The first row names the columns; words stand to the left, figures to the right. @param {string[][]} rows */
export function table(rows) {
	const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => [...row[column]].length)));
	/** @param {string[]} row */
	const line = (row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  ").trimEnd();
	const rule = widths.map((width) => "-".repeat(width)).join("  ");
	console.log([line(rows[0]), rule, ...rows.slice(1).map(line)].join("\n"));
}
