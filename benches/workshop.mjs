// The folder in which everything is made, and the release binary that builds courses in it. The folder goes when the
// process ends, however that happens.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeCourse } from "./generate.mjs";

const repository = join(dirname(fileURLToPath(import.meta.url)), "..");
export const BINARY = join(process.env.CARGO_TARGET_DIR || join(repository, "target"), "release", "cartable");
export const WORKSHOP = mkdtempSync(join(tmpdir(), "cartable-bench-"));

process.on("exit", () => rmSync(WORKSHOP, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

/**
 * A course with both forms of its package.
 * @typedef {object} Built
 * @property {string} name as the tables show it
 * @property {string} source the author's folder, with its lock
 * @property {string} folder the package, unpacked
 * @property {string} zip
 * @property {{ characters: number, limit: number }} state the longest state of any learner
 */

/** Builds a copy of a course of the repository. @param {string} name @param {string} path @returns {Built} */
export function buildCopy(name, path) {
	const source = join(WORKSHOP, path.replaceAll("/", "-"));
	// A build may add to course.lock: the author's stays as it is.
	cpSync(join(repository, path), source, { recursive: true });
	return build(name, source);
}

/** Writes and builds a course of a given size. @param {string} name @param {import("./generate.mjs").Shape} shape @returns {Built} */
export function buildGenerated(name, shape) {
	return build(name, writeCourse(join(WORKSHOP, name.replace(/\W+/g, "-")), shape));
}

/** @param {string} name @param {string} source @returns {Built} */
function build(name, source) {
	const out = `${source}-dist`;
	const [zip] = report(["build", source, "--out", out]).paths;
	const { paths: [folder], state } = report(["build", source, "--out", out, "--unpacked"]);
	return { name, source, folder, zip, state };
}

/** What a build says of itself to tools. @param {string[]} command */
function report(command) {
	const done = spawnSync(BINARY, [...command, "--message-format", "json"], { encoding: "utf8" });
	if (done.status !== 0) throw new Error(`cartable ${command.join(" ")} ended with ${done.status}\n${done.stderr}${done.stdout}`);
	const lines = done.stdout.trim().split("\n").map((line) => JSON.parse(line));
	const paths = lines.filter(({ type }) => type === "written").map(({ path }) => path);
	return { paths, state: lines.find(({ type }) => type === "summary").state };
}

/** Every file below a folder. @param {string} folder */
export function filesIn(folder) {
	const names = readdirSync(folder, { recursive: true, encoding: "utf8" });
	return names.map((name) => join(folder, name)).filter((path) => statSync(path).isFile());
}

/** @param {string[]} files */
export function bytesOf(files) {
	return files.reduce((sum, path) => sum + statSync(path).size, 0);
}
