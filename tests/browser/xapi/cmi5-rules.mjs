// What an AU must not send in a session of cmi5 (Quartz, first edition), each rule with its clause.
import assert from "node:assert/strict";

const VERBS = "http://adlnet.gov/expapi/verbs/";
const CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/";
const EXTENSION = "https://w3id.org/xapi/cmi5/context/extensions/";
const OF_AN_AU = ["initialized", "completed", "passed", "failed", "terminated"];
const JUDGED = ["passed", "failed"];

/** Whether two values are the same, however their members are ordered. @param {unknown} a @param {unknown} b */
function alike(a, b) {
	try {
		assert.deepEqual(a, b);
		return true;
	} catch {
		return false;
	}
}

/**
 * The rule that a statement breaks, or null; what it adds to the session is noted.
 *
 * @param {any} session @param {any} statement
 * @returns {string | null}
 */
export function sessionFault(session, statement) {
	const { verb, object, actor, context = {}, result = {}, timestamp } = statement;
	const name = verb.id.startsWith(VERBS) ? verb.id.slice(VERBS.length) : "";
	const activities = context.contextActivities ?? {};
	const categories = (activities.category ?? []).map((/** @type {any} */ { id }) => id);
	const defined = categories.includes(CATEGORY + "cmi5");
	const moves = "success" in result || "completion" in result;
	const { template, registered } = session;
	/** @type {[boolean, string][]} */
	const always = [
		[session.abandoned, "9.3.6 the session is abandoned"],
		[!session.preferred, "11.0 the learner's preferences were not asked for"],
		[session.seen.includes("terminated"), "9.3.8 a statement after terminated"],
		[!alike(actor, session.actor), "9.2 the actor is not the one of the launch"],
		[context.registration !== session.registration, "9.6.1 the registration"],
		[!/(Z|\+00:00)$/.test(timestamp ?? ""), "9.7 the timestamp is missing or not in UTC"],
		[timestamp < session.latest, "9.3 the timestamps go back"],
		[context.extensions?.[EXTENSION + "sessionid"] !== session.id, "9.6.3.1 the session id"],
		[Object.entries(template.contextActivities).some(([key, list]) => !list.every((/** @type {any} */ one) => activities[key]?.some((/** @type {any} */ other) => alike(one, other)))), "10.2.1 the template's activities are missing"],
		[Object.entries(template.extensions).some(([key, value]) => !alike(context.extensions?.[key], value)), "10.2.1 the template's extensions are missing"],
		[!session.seen.length && !(defined && name === "initialized"), "9.3.2 the first statement is not initialized"],
	];
	/** @type {[boolean, string][]} */
	const ofDefined = [
		[!OF_AN_AU.includes(name), "9.3 not a verb of an AU"],
		[object.id !== session.activityId, "9.4 another activity"],
		[session.seen.includes(name), `9.3 ${name} twice in a session`],
		[JUDGED.includes(name) && session.seen.some((/** @type {string} */ other) => JUDGED.includes(other)), "9.3 passed and failed in one session"],
		[name === "completed" && registered.completed, "9.3.3 completed twice in a registration"],
		[name === "passed" && registered.passed, "9.3.4 passed twice in a registration"],
		[name === "failed" && registered.passed, "9.3.5 failed after passed"],
		[OF_AN_AU.slice(1, 4).includes(name) && session.mode !== "Normal", `10.2.2 ${name} in mode ${session.mode}`],
		[categories.includes(CATEGORY + "moveon") !== moves, "9.6.2.2 the category moveon"],
		[name === "completed" && result.completion !== true, "9.5.3 completed without completion"],
		[name !== "completed" && "completion" in result, "9.5.3 completion elsewhere"],
		[JUDGED.includes(name) && result.success !== (name === "passed"), "9.5.2 the success"],
		[!JUDGED.includes(name) && ("success" in result || "score" in result), "9.5 success or score elsewhere"],
		[name !== "initialized" && !result.duration, "9.5.4 no duration"],
		[!!result.score && !(result.score.scaled >= 0 && result.score.scaled <= 1), "9.5.1 the scaled score"],
		[!!result.score && "raw" in result.score && !("min" in result.score && "max" in result.score), "9.5.1 raw without min and max"],
		[session.mark !== undefined && !!result.score && JUDGED.includes(name) && (result.score.scaled >= session.mark) !== (name === "passed"), "9.3.4 the score contradicts the mastery score"],
		[session.mark !== undefined && !!result.score && JUDGED.includes(name) && context.extensions[EXTENSION + "masteryscore"] !== session.mark, "9.6.3.2 the mastery score"],
	];
	const ofAllowed = /** @type {[boolean, string][]} */ ([
		[categories.includes(CATEGORY + "moveon"), "9.6.2.2 the category moveon on an allowed statement"],
		[session.mode !== "Normal", `10.2.2 ${name} in mode ${session.mode}`],
	]);
	const [, broken] = [...always, ...(defined ? ofDefined : ofAllowed)].find(([breaks]) => breaks) ?? [];
	if (broken) return broken;
	session.seen.push(defined ? name : `allowed ${name}`);
	session.latest = timestamp;
	if (defined && name in registered) registered[name] = true;
	return null;
}
