// The runtime of every target passes the type checker as one script, as it is joined.
import { test } from "node:test";
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createRequire } from "node:module";
import { runtimeText } from "./runtime.mjs";

const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin", "tsc");
const flags = ["--checkJs", "--allowJs", "--noEmit", "--strict", "--target", "es2021", "--lib", "es2021,dom,dom.iterable", "--types", ""];

const TARGETS = ["scorm12", "scorm2004-3", "cmi5", "xapi", "web"];

for (const target of TARGETS) test(`${target}: tsc finds nothing in the joined runtime`, () => {
	const folder = mkdtempSync(join(tmpdir(), "cartable-types-"));
	try {
		const file = join(folder, "runtime.js");
		writeFileSync(file, runtimeText(target, "checked"));
		const checked = spawnSync(process.execPath, [tsc, ...flags, file], { encoding: "utf8" });
		assert.equal(checked.stdout, "");
		assert.equal(checked.status, 0);
		writeFileSync(file, runtimeText(target, "checked") + "\nhash32(1);\n");
		assert.notEqual(spawnSync(process.execPath, [tsc, ...flags, file]).status, 0, "the checker must be able to fail");
	} finally {
		rmSync(folder, { recursive: true });
	}
});

for (const target of TARGETS) test(`${target}: the shipped runtime parses as a script and keeps one comment`, () => {
	const text = runtimeText(target, "shipped");
	execFileSync(process.execPath, ["--check", "-"], { input: text });
	assert.equal(text.split("/*").length, 2);
});
