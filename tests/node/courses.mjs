// Building courses for tests: a copy of a course's folder, changed as a test says, compiled by the real binary.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { built } from "./runtime.mjs";

const tests = join(dirname(fileURLToPath(import.meta.url)), "..");

/** A course's folder in the repository. @param {string} name under tests/courses, or a path from the repository's root */
export function courseFolder(name) {
	return name === "course-src" || name.includes("/") ? join(tests, "..", name) : join(tests, "courses", name);
}

/** Every course that the repository holds, for courseFolder(). */
export function allCourses() {
	return ["course-src", "examples", "tests/courses"].flatMap((under) => {
		const files = readdirSync(join(tests, "..", under), { recursive: true, encoding: "utf8" });
		return files.filter((file) => basename(file) === "course.toml").map((file) => join(under, dirname(file)).replaceAll("\\", "/")).sort();
	});
}

/**
 * A change to a course, as data: [file, old text, new text], [file, whole new text], or [file, null] to delete.
 *
 * @typedef {[string, string, string] | [string, string | null]} Change
 */
export class Course {
	/** @param {string | Record<string, string>} start a name for courseFolder(), or texts by file @param {Change[]} changes */
	constructor(start, changes = []) {
		this.folder = mkdtempSync(join(tmpdir(), "cartable-course-"));
		this.source = join(this.folder, "src");
		this.output = join(this.folder, "dist");
		if (typeof start === "string") cpSync(courseFolder(start), this.source, { recursive: true });
		else this.rewrite(start);
		this.change(changes);
	}

	/** The whole course anew; only the lock that a build has left stays. @param {Record<string, string>} files */
	rewrite(files) {
		const lock = join(this.source, "course.lock");
		if (existsSync(lock)) files = { ...files, "course.lock": readFileSync(lock, "utf8") };
		rmSync(this.source, { recursive: true, force: true });
		for (const [file, text] of Object.entries(files)) {
			mkdirSync(dirname(join(this.source, file)), { recursive: true });
			writeFileSync(join(this.source, file), text);
		}
	}

	/** @param {Change[]} changes */
	change(changes) {
		for (const [file, old, text] of changes) {
			const path = join(this.source, file);
			if (old === null) rmSync(path);
			else if (text === undefined) {
				mkdirSync(dirname(path), { recursive: true });
				writeFileSync(path, old);
			}
			else {
				const before = readFileSync(path, "utf8");
				if (!before.includes(old)) throw new Error(`${file} has no text ${JSON.stringify(old)} to change`);
				writeFileSync(path, before.replace(old, () => text));
			}
		}
	}

	/** Compiles what would be uploaded, which alone settles the numbers in the lock. @param {string} target */
	settle(target) {
		cartable(["build", this.source, "--out", join(this.folder, "uploads"), "--target", target]);
		rmSync(join(this.folder, "uploads"), { recursive: true });
	}

	/** Compiles into a folder and returns it. @param {string} target */
	build(target = "scorm12") {
		this.settle(target);
		const written = cartable(["build", this.source, "--out", this.output, "--unpacked", "--target", target]);
		return written.split("\n")[0];
	}

	/** Compiles for several targets at once; the folder of each. @param {readonly string[]} targets @returns {Record<string, string>} */
	buildFor(targets) {
		this.settle(targets.join());
		const written = cartable(["build", this.source, "--out", this.output, "--unpacked", "--target", targets.join()]);
		return Object.fromEntries(written.trim().split("\n").map((root, at) => [targets[at], root]));
	}

	/** Compiles into a folder; returns it with what the build says of it to tools. @param {string} target */
	report(target = "scorm12") {
		this.settle(target);
		const format = ["--message-format", "json"];
		const written = cartable(["build", this.source, "--out", this.output, "--unpacked", "--target", target, ...format]);
		const lines = written.trim().split("\n").map((line) => JSON.parse(line));
		const { path } = lines.find(({ type }) => type === "written");
		return { root: path, ...lines.find(({ type }) => type === "summary") };
	}

	remove() {
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** Runs the binary; what it prints on standard output. @param {string[]} args */
export function cartable(args) {
	const done = spawnSync(built("cartable"), args, { encoding: "utf8" });
	if (done.status !== 0) throw new Error(`cartable ${args.join(" ")} ended with ${done.status}\n${done.stderr}`);
	return done.stdout;
}

/** The documents of a package: one for each unit, sorted. @param {string} folder */
export function documentsOf(folder) {
	return readdirSync(folder).filter((file) => file.endsWith(".html")).sort();
}

/** The data block of a package's document, with all its questions in one list too. @param {string} folder @param {string} document */
export function courseData(folder, document = documentsOf(folder)[0]) {
	const html = readFileSync(join(folder, document), "utf8");
	const block = /<script type="application\/json" id="course-data">(.*?)<\/script>/s.exec(html);
	if (!block) throw new Error("the document has no course data");
	const data = JSON.parse(block[1]);
	data.questions = data.pages.flatMap((page) => page.questions ?? []);
	return data;
}
