// The strict API alone, without a browser: what it answers, and our rules.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadStrict } from "../scripts.mjs";
import { reads, responses, sessions, writes } from "../strict12.cases.mjs";

const { create } = loadStrict("scorm12");

/** @param {Record<string, any>} [options] an LMS in which the session has begun */
function begun(options) {
	const lms = create(options);
	assert.equal(lms.API.LMSInitialize(""), "true");
	return lms;
}

/** @param {any} lms @param {string[][]} elements */
function set(lms, ...elements) {
	for (const [element, value] of elements) assert.equal(lms.API.LMSSetValue(element, value), "true", `${element} = ${value}`);
}

describe("the strict SCORM 1.2 API", () => {
	it("takes and refuses writes as the narrowest LMS would", () => {
		for (const [element, value, error, first = []] of writes) {
			const lms = begun();
			set(lms, ...first);
			const what = `${element} = ${String(value).slice(0, 40)}`;
			assert.equal(lms.API.LMSSetValue(element, value), error ? "false" : "true", what);
			assert.equal(lms.API.LMSGetLastError(), String(error), what);
		}
	});

	it("takes only responses that fit the type of the interaction", () => {
		for (const [type, legal, illegal] of responses) for (const value of [...legal, ...illegal]) {
			const lms = begun();
			set(lms, ["cmi.interactions.0.id", "q"], ["cmi.interactions.0.type", type]);
			const expected = legal.includes(value) ? "true" : "false";
			assert.equal(lms.API.LMSSetValue("cmi.interactions.0.student_response", value), expected, `${type}: ${value}`);
			const pattern = type === "likert" ? (value === "" ? "true" : "false") : expected;
			assert.equal(lms.API.LMSSetValue("cmi.interactions.0.correct_responses.0.pattern", value), pattern, `${type}: ${value}`);
		}
	});

	it("answers reads, or says why not", () => {
		for (const [element, answer, error] of reads) {
			const lms = begun();
			set(lms, ["cmi.interactions.0.id", "q"], ["cmi.objectives.0.id", "o"], ["cmi.core.exit", "suspend"]);
			assert.equal(lms.API.LMSGetValue(element), answer, String(element));
			assert.equal(lms.API.LMSGetLastError(), String(error), String(element));
		}
		assert.equal(begun().API.LMSGetErrorString("405"), "Incorrect data type");
	});

	it("opens once, and is closed before and after", () => {
		const lms = create();
		const { API } = lms;
		const closed = () => {
			assert.deepEqual([API.LMSGetValue("cmi.suspend_data"), API.LMSSetValue("cmi.suspend_data", "x"), API.LMSCommit(""), API.LMSFinish("")], ["", "false", "false", "false"]);
			assert.deepEqual(lms.calls.slice(-4).map((/** @type {any} */ call) => call.err), [301, 301, 301, 301]);
		};
		closed();
		assert.deepEqual([API.LMSInitialize("x"), API.LMSGetLastError()], ["false", "201"]);
		assert.deepEqual([API.LMSInitialize(), API.LMSGetLastError()], ["false", "405"]);
		assert.deepEqual([API.LMSInitialize(""), API.LMSGetLastError()], ["true", "0"]);
		set(lms, ["cmi.suspend_data", "unsaved"]);
		assert.deepEqual([API.LMSInitialize(""), API.LMSGetLastError()], ["false", "101"]);
		assert.equal(API.LMSGetValue("cmi.suspend_data"), "", "as in Moodle, a second Initialize throws away what was not saved");
		assert.equal(API.LMSFinish(""), "true");
		closed();
		assert.deepEqual([API.LMSInitialize(""), API.LMSGetLastError()], ["false", "101"]);
	});

	it("may open again after Finish, where that was asked for", () => {
		const lms = begun({ reinitialize: true });
		set(lms, ["cmi.suspend_data", "kept"]);
		lms.API.LMSFinish("");
		assert.equal(lms.API.LMSInitialize(""), "true");
		assert.equal(lms.API.LMSGetValue("cmi.suspend_data"), "kept");
	});

	it("stores nothing before Commit or Finish, and no time before Finish", () => {
		/** @type {any[]} */
		const saves = [];
		const lms = begun({ save: (/** @type {any} */ save) => saves.push(save) > 0, record: { "cmi.core.total_time": "0001:59:59.50", "cmi.interactions.0.id": "old" } });
		set(lms, ["cmi.core.lesson_status", "incomplete"], ["cmi.core.session_time", "00:00:01.25"]);
		assert.deepEqual(lms.record(), { "cmi.core.total_time": "0001:59:59.50", "cmi.interactions.0.id": "old" });
		lms.API.LMSCommit("");
		assert.deepEqual(saves[0], { kind: "commit", elements: { "cmi.interactions.0.id": "old", "cmi.core.lesson_status": "incomplete" } }, "a first save sends restored arrays again");
		lms.API.LMSFinish("");
		assert.deepEqual(saves[1], { kind: "finish", elements: { "cmi.core.total_time": "0002:00:00.75" } });
	});

	it("says when a save failed, and sends it again", () => {
		let works = false;
		const lms = begun({ save: () => works });
		set(lms, ["cmi.suspend_data", "x"]);
		assert.deepEqual([lms.API.LMSCommit(""), lms.API.LMSGetLastError(), lms.record()], ["false", "101", {}]);
		works = true;
		assert.deepEqual([lms.API.LMSCommit(""), lms.record()], ["true", { "cmi.suspend_data": "x" }]);
	});

	it("says completed for an untouched status at Finish, in every mode", () => {
		for (const mode of ["normal", "browse", "review"]) {
			const lms = begun({ mode });
			lms.API.LMSFinish("");
			assert.equal(lms.record()["cmi.core.lesson_status"], "completed");
		}
	});

	it("lets the mastery score decide at Finish, where that was asked for", () => {
		for (const [raw, status, credit] of [["79", "failed", "credit"], ["80", "passed", "credit"], ["90", "incomplete", "no-credit"]]) {
			const lms = begun({ mastery: "80", masteryOverrides: true, credit });
			set(lms, ["cmi.core.score.raw", raw], ["cmi.core.lesson_status", "incomplete"]);
			lms.API.LMSFinish("");
			assert.equal(lms.record()["cmi.core.lesson_status"], status);
		}
	});

	it("computes the entry from the stored status and exit", () => {
		const status = { "cmi.core.lesson_status": "incomplete" };
		const entries = [{}, { ...status, "cmi.core.exit": "suspend" }, { ...status, "cmi.core.exit": "" }, status].map((record) => begun({ record }).API.LMSGetValue("cmi.core.entry"));
		assert.deepEqual(entries, ["ab-initio", "resume", "", ""]);
	});

	it("appends comments, as Moodle does", () => {
		const lms = begun();
		set(lms, ["cmi.comments", "a"], ["cmi.comments", "b"]);
		assert.equal(lms.API.LMSGetValue("cmi.comments"), "ab");
	});

	it("logs every call", () => {
		let clock = 5;
		const lms = create({ now: () => clock });
		clock = 12;
		lms.API.LMSInitialize("");
		lms.API.LMSSetValue("cmi.core.exit", "normal");
		lms.API.LMSGetLastError();
		lms.API.LMSGetValue({});
		lms.API.LMSCommit(null);
		assert.deepEqual(lms.calls, [
			{ n: 1, t: 7, fn: "LMSInitialize", does: "begin", args: [""], ret: "true", err: 0 },
			{ n: 2, t: 7, fn: "LMSSetValue", does: "set", args: ["cmi.core.exit", "normal"], ret: "false", err: 405 },
			{ n: 3, t: 7, fn: "LMSGetLastError", does: "error", args: [], ret: "405", err: 405 },
			{ n: 4, t: 7, fn: "LMSGetValue", does: "get", args: ["[object Object]"], ret: "", err: 405 },
			{ n: 5, t: 7, fn: "LMSCommit", does: "commit", args: [null], ret: "false", err: 405 },
		]);
	});
});

describe("our rules beyond what LMSs refuse", () => {
	for (const [name, options, calls, rules] of sessions) it(name, () => {
		const lms = begun(options);
		for (const [fn, ...args] of calls) lms.API[`LMS${fn}`](...args);
		assert.deepEqual(lms.violations.map((/** @type {any} */ violation) => violation.rule), rules);
	});
});
