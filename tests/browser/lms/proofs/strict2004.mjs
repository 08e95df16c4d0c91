// The strict API of SCORM 2004 alone, without a browser: what it answers, and our rules.

import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { loadStrict } from "../scripts.mjs";
import { patterns, reads, responses, sessions, writes } from "../strict2004.cases.mjs";

const { create } = loadStrict("scorm2004");

/** @param {Record<string, any>} [options] an LMS in which the session has begun */
function begun(options) {
	const lms = create(options);
	assert.equal(lms.API.Initialize(""), "true");
	return lms;
}

/** @param {any} lms @param {string[][]} elements */
function set(lms, ...elements) {
	for (const [element, value] of elements) assert.equal(lms.API.SetValue(element, value), "true", `${element} = ${value}`);
}

describe("the strict SCORM 2004 API", () => {
	it("takes and refuses writes as the narrowest LMS would", () => {
		for (const [element, value, error, first = []] of writes) {
			const lms = begun();
			set(lms, ...first);
			const what = `${element} = ${String(value).slice(0, 40)}`;
			assert.equal(lms.API.SetValue(element, value), error ? "false" : "true", what);
			assert.equal(lms.API.GetLastError(), String(error), what);
		}
	});

	it("takes only responses and patterns that fit the type of the interaction", () => {
		const own = new Map(patterns.map(([type, ...values]) => [type, values]));
		/** @param {string} type @param {string} member @param {string[]} legal @param {string[]} illegal */
		const check = (type, member, legal, illegal) => {
			for (const value of [...legal, ...illegal]) {
				const lms = begun();
				set(lms, ["cmi.interactions.0.id", "q"], ["cmi.interactions.0.type", type]);
				assert.equal(lms.API.SetValue("cmi.interactions.0." + member, value), String(legal.includes(value)), `${type}, ${member}: ${value.slice(0, 40)}`);
			}
		};
		for (const [type, legal, illegal] of responses) {
			check(type, "learner_response", legal, illegal);
			const [right, wrong] = own.get(type) ?? [legal, illegal];
			check(type, "correct_responses.0.pattern", right, wrong);
		}
	});

	it("forgets responses of another type", () => {
		const lms = begun();
		set(lms, ["cmi.interactions.0.id", "q"], ["cmi.interactions.0.type", "choice"], ["cmi.interactions.0.learner_response", "1"], ["cmi.interactions.0.type", "numeric"]);
		assert.deepEqual([lms.API.GetValue("cmi.interactions.0.learner_response"), lms.API.GetLastError()], ["", "403"]);
	});

	it("answers reads, or says why not", () => {
		for (const [element, answer, error] of reads) {
			const lms = begun();
			set(lms, ["cmi.interactions.0.id", "q"], ["cmi.objectives.0.id", "o"], ["cmi.exit", "suspend"]);
			assert.equal(lms.API.GetValue(element), answer, String(element));
			assert.equal(lms.API.GetLastError(), String(error), String(element));
		}
		assert.equal(begun().API.GetErrorString("406"), "Data model element type mismatch");
	});

	it("opens once, and is closed before and after", () => {
		const lms = create();
		const { API } = lms;
		const closed = (/** @type {number[]} */ ...codes) => {
			assert.deepEqual([API.GetValue("cmi.suspend_data"), API.SetValue("cmi.suspend_data", "x"), API.Commit(""), API.Terminate("")], ["", "false", "false", "false"]);
			assert.deepEqual(lms.calls.slice(-4).map((/** @type {any} */ call) => call.err), codes);
		};
		closed(122, 132, 142, 112);
		assert.deepEqual([API.Initialize("x"), API.GetLastError()], ["false", "201"]);
		assert.deepEqual([API.Initialize(""), API.GetLastError()], ["true", "0"]);
		assert.deepEqual([API.Initialize(""), API.GetLastError()], ["false", "103"]);
		assert.equal(API.Terminate(""), "true");
		closed(123, 133, 143, 113);
		assert.deepEqual([API.Initialize(""), API.GetLastError()], ["false", "104"]);
	});

	it("may open again after Terminate, where that was asked for", () => {
		const lms = begun({ reinitialize: true });
		set(lms, ["cmi.suspend_data", "kept"]);
		lms.API.Terminate("");
		assert.equal(lms.API.Initialize(""), "true");
		assert.equal(lms.API.GetValue("cmi.suspend_data"), "kept");
	});

	it("stores nothing before Commit or Terminate, and sums the time at the end", () => {
		/** @type {any[]} */
		const saves = [];
		const lms = begun({ save: (/** @type {any} */ save) => saves.push(save) > 0, record: { "cmi.total_time": "PT1H0M0.5S" } });
		set(lms, ["cmi.completion_status", "incomplete"], ["cmi.session_time", "PT1.25S"]);
		assert.deepEqual(lms.record(), { "cmi.total_time": "PT1H0M0.5S" });
		lms.API.Commit("");
		assert.deepEqual(saves[0], { kind: "commit", elements: { "cmi.completion_status": "incomplete" } });
		lms.API.Terminate("");
		assert.deepEqual(saves[1], { kind: "finish", elements: { "cmi.total_time": "PT3601.75S" } });
	});

	it("says when a save failed, and sends it again", () => {
		let works = false;
		const lms = begun({ save: () => works });
		set(lms, ["cmi.suspend_data", "x"]);
		assert.deepEqual([lms.API.Commit(""), lms.API.GetLastError(), lms.record()], ["false", "391", {}]);
		works = true;
		assert.deepEqual([lms.API.Commit(""), lms.record()], ["true", { "cmi.suspend_data": "x" }]);
	});

	it("says completed for an untouched status at the end", () => {
		const lms = begun();
		lms.API.Terminate("");
		assert.equal(lms.record()["cmi.completion_status"], "completed");
	});

	it("lets its own passing score decide, whatever was told", () => {
		for (const [scaled, told, success, credit] of [["0.79", "passed", "failed", "credit"], ["0.8", "failed", "passed", "credit"], ["0.9", "failed", "failed", "no-credit"]]) {
			const lms = begun({ mastery: "80", credit });
			assert.equal(lms.API.GetValue("cmi.scaled_passing_score"), "0.8");
			set(lms, ["cmi.score.scaled", scaled], ["cmi.success_status", told]);
			lms.API.Terminate("");
			assert.equal(lms.record()["cmi.success_status"], success);
		}
	});

	it("computes the entry from the stored status and exit", () => {
		const status = { "cmi.completion_status": "incomplete" };
		const entries = [{}, { ...status, "cmi.exit": "suspend" }, { ...status, "cmi.exit": "" }].map((record) => begun({ record }).API.GetValue("cmi.entry"));
		assert.deepEqual(entries, ["ab-initio", "resume", ""]);
	});
});

describe("our rules on SCORM 2004", () => {
	for (const [name, options, calls, rules] of sessions) it(name, () => {
		const lms = begun(options);
		for (const [fn, ...args] of calls) lms.API[fn](...args);
		assert.deepEqual(lms.violations.map((/** @type {any} */ violation) => violation.rule), rules);
	});
});
