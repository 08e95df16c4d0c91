// The LMS for tests of built packages: openLms() serves a package and plays a
// learner's sessions against it, strictly or with scorm-again, over any number
// of launches, tabs, computers and attempts.

import { resolve } from "node:path";
import { closeSharedBrowser, sharedBrowser, useSharedBrowser } from "./browser.mjs";
import { openComputer } from "./computer.mjs";
import { createHub } from "./hub.mjs";
import { sessionProblems } from "./sessions.mjs";

export { closeSharedBrowser, sharedBrowser };

/** @typedef {import("playwright-core").Frame} Frame */
/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("./sessions.mjs").Session} Session */
/** @typedef {import("./record.mjs").Save} Save */
/** @typedef {import("./hub.mjs").Hub} Hub */
/**
 * @typedef {object} LmsOptions all but root, standard and the last six may also be given to a single launch
 * @property {string} root the package's folder, unzipped
 * @property {"strict" | "scorm-again"} [engine]
 * @property {import("./standards.mjs").Standard} [standard] default: scorm12
 * @property {"normal" | "browse" | "review"} [mode]
 * @property {"credit" | "no-credit"} [credit] default: credit in normal mode only
 * @property {string | number} [mastery] the LMS's own pass mark in percent: cmi.student_data.mastery_score, cmi.scaled_passing_score
 * @property {boolean} [masteryOverrides] Moodle: the mastery score decides at Finish (strict engine)
 * @property {boolean} [autoReview] Moodle: after a final status the next launch is a review without credit
 * @property {boolean} [reinitialize] Initialize works again after Finish in the same page (strict engine)
 * @property {string} [entry] default: computed from the stored status and exit
 * @property {string} [launchData]
 * @property {{ id?: string, name?: string }} [student]
 * @property {Record<string, any>} [faults] see faults.js
 * @property {boolean} [popup] the content is in a window of its own, the API in its opener
 * @property {boolean} [kept] the browser may keep the page in its back/forward cache
 * @property {number} [late] milliseconds between the LMS reading the record for a launch and its page reaching the browser
 * @property {string} [file] what is launched; default: as the manifest says, or index.html. Each unit has a record of its own
 * @property {boolean} [oneRecord] Open edX: all units share one
 * @property {Record<string, string>} [record] what earlier sessions stored
 * @property {"waited" | "late"} [beacons] late: the next launch reads before the beacons of the last one are stored
 * @property {{ width: number, height: number }} [viewport]
 * @property {import("playwright-core").BrowserContextOptions} [context]
 * @property {(string | RegExp)[]} [allow] problems that this test expects
 * @property {number} [timeout] milliseconds after which everything stops, at most 60,000
 */
/**
 * One computer of the learner, and what it shares with the others. `content`
 * is what a launch gave; without it the last one that is still open is meant.
 * @typedef {object} Lms
 * @property {(overrides?: Partial<LmsOptions>) => Promise<Frame>} launch a new page of the LMS with the content in it; a Page (with the same methods) for a pop-up
 * @property {(overrides?: Partial<LmsOptions>) => Promise<Frame>} secondTab the same while another is open
 * @property {(content?: Frame | Page, how?: { whole?: boolean }) => Promise<void>} leave the LMS's exit link: the frame goes, then the page; or the whole page at once
 * @property {(content?: Frame | Page) => Promise<void>} close the tab (or the pop-up), with all events
 * @property {(content?: Frame | Page) => Promise<void>} crash the renderer dies, no code runs
 * @property {(content?: Frame | Page) => Promise<void>} hide the window is minimised, as good as a tab behind another
 * @property {(content?: Frame | Page) => Promise<void>} show also wakes a frozen tab; leave() does so by itself
 * @property {(content?: Frame | Page) => Promise<void>} freeze hidden, and no code runs
 * @property {(content?: Frame | Page) => Promise<import("playwright-core").JSHandle<any>>} awayAndBack needs `kept`; gives the content's window, for the Frame is dead then
 * @property {(content?: Frame | Page) => Page} page the LMS's own page
 * @property {import("playwright-core").BrowserContext} context
 * @property {() => Promise<Lms>} otherComputer a new context: the same record, an empty local storage
 * @property {() => void} newAttempt
 * @property {() => void} deleteAttempt
 * @property {(elements: Record<string, string>) => void} setRecord replaces the current attempt's record
 * @property {(file?: string) => Record<string, string>} record of the current attempt, sorted; default: of the unit launched last
 * @property {() => Record<string, string>[]} attempts
 * @property {Session[]} sessions
 * @property {string[]} logged what the content wrote to the console by itself
 * @property {() => Save[]} saves in the order of arrival
 * @property {(when: "waited" | "late") => void} setBeacons
 * @property {() => void} deliver stores the beacons that were held
 * @property {() => Promise<void>} settled calls are told a moment after they return: wait for it before reading `sessions`
 * @property {() => Promise<string[]>} problems everything that is wrong, in words
 * @property {() => Promise<void>} end
 */

/** @param {LmsOptions} options @returns {Promise<Lms>} */
export async function openLms(options) {
	const hub = await createHub({ ...options, root: resolve(options.root) }, useSharedBrowser());
	try {
		return await hub.inTime(lmsOf(hub));
	} catch (error) {
		await hub.end();
		throw error;
	}
}

/** @param {Hub} hub @returns {Promise<Lms>} */
async function lmsOf(hub) {
	const { open, tabs, ...computer } = await openComputer(hub);
	const settled = async () => {
		for (const settle of hub.settlers) await settle();
	};
	return {
		...computer,
		async launch(overrides = {}) {
			if (tabs.length) throw new Error("the last launch is still open: leave(), close() or crash() it, or use secondTab()");
			return open(overrides);
		},
		secondTab: (overrides = {}) => open(overrides),
		otherComputer: () => hub.inTime(lmsOf(hub)),
		newAttempt: () => hub.records.begin(),
		deleteAttempt: () => hub.records.delete(),
		setRecord: (elements) => hub.records.set(elements),
		record: (file) => (file ? hub.recordsOf(file) : hub.records).elements(),
		attempts: () => hub.records.all(),
		sessions: hub.sessions,
		logged: hub.logged,
		saves: () => hub.sessions.flatMap((session) => session.saves).sort((a, b) => a.arrived - b.arrived),
		setBeacons: (when) => void (hub.beacons = when),
		deliver: () => hub.deliver(),
		settled,
		async problems() {
			await settled();
			const all = new Set([...hub.incidents, ...hub.sessions.flatMap(sessionProblems)]);
			return [...all].filter((text) => !isAllowed(text, hub.options.allow ?? []));
		},
		end: () => hub.end(),
	};
}

/** @param {string} text @param {(string | RegExp)[]} allow */
function isAllowed(text, allow) {
	return allow.some((one) => (typeof one === "string" ? text.includes(one) : one.test(text)));
}
