// The runtime's text as cartable joins it, and a way to call its functions without a browser.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const repository = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** What `cargo build` has put under target/debug. */
export function built(...path) {
	return join(process.env.CARGO_TARGET_DIR || join(repository, "target"), "debug", ...path);
}

/** @param {string} target @param {"checked" | "shipped" | "questions"} form */
export function runtimeText(target, form) {
	const done = spawnSync(built("examples", "assemble-runtime"), [target, form], { encoding: "utf8" });
	if (done.status !== 0) throw new Error("assemble-runtime failed; build it with: cargo build --example assemble-runtime\n" + done.stderr);
	return done.stdout;
}

/** What the adapters declare beside `connect`, for the tests of each. @type {Record<string, string[]>} */
const OF_ADAPTERS = {
	scorm12: ["timespan", "scorm12Interaction", "scorm12Feedback", "scorm12Adapter"],
	"scorm2004-3": ["duration", "scorm2004Interaction", "scorm2004Value", "connect"],
};

/**
 * The functions of the shipped runtime, by name. It tries to start by itself and meets a document with nothing in
 * it, which is its own test of what happens when something fails.
 */
export function loadRuntime(target = "scorm12") {
	const failures = [];
	const document = { body: {}, getElementById: () => null, querySelectorAll: () => [] };
	const context = vm.createContext({ document, console: { error: (...words) => failures.push(words) }, atob, btoa, performance });
	context.window = context;
	vm.runInContext(runtimeText(target, "shipped"), context);
	const names = ["linkCourse", "questionKinds", "createLearner", "freshState", "encodeState", "decodeState", "chooseState",
		"shuffled", "hash32", "percentOf", "packSet", "unpackSet", "packText", "unpackText", "keptText", "isRight", "unaccented", "rankOf", "createSpare", "createTracker",
		...(OF_ADAPTERS[target] ?? [])];
	return { ...Object.fromEntries(names.map((name) => [name, vm.runInContext(name, context)])), failures, context };
}
