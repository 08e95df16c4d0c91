// What the tests must know of each edition of SCORM outside the page of the LMS.

/** @typedef {"scorm12" | "scorm2004"} Standard */
/**
 * @typedef {object} StandardFacts
 * @property {string} target of `cartable build`
 * @property {string} api where scorm-again's build of it is
 * @property {string[]} strict the scripts of the strict LMS that are its own
 * @property {string} exit
 * @property {(elements: Record<string, string>) => boolean} isFinal whether Moodle would open the next visit in review
 * @property {(call: { does: string, err: number }) => boolean} usual an error that means nothing
 */

/** @type {Record<Standard, StandardFacts>} */
export const STANDARDS = {
	scorm12: {
		target: "scorm12",
		api: "scorm-again/scorm12/min",
		strict: ["model12.js", "rules12.js", "strict12.js"],
		exit: "cmi.core.exit",
		isFinal: (elements) => ["passed", "completed", "failed"].includes(elements["cmi.core.lesson_status"]),
		usual: () => false,
	},
	scorm2004: {
		target: "scorm2004-3",
		api: "scorm-again/scorm2004/min",
		strict: ["model2004.js", "rules2004.js", "strict2004.js"],
		exit: "cmi.exit",
		isFinal: (elements) => elements["cmi.completion_status"] === "completed",
		// A read before the first write: the element is empty.
		usual: ({ does, err }) => does === "get" && err === 403,
	},
};
