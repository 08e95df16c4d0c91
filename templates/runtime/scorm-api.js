/**
 * The object of a SCORM LMS, of the window itself or its parents, then of the opener or its parents (SCORM 1.2 RTE 3.3;
 * SCORM 2004 RTE 3.2); undefined where there is none.
 *
 * @param {string} name @returns {Promise<any>}
 */
async function findApi(name) {
	// It may appear after the content: look again for some seconds, or for one where nothing is around the page.
	for (let tries = parent === window && !opener ? 4 : 20; tries--; ) {
		for (const first of [() => window, () => opener, () => top?.opener]) {
			/** @type {any} */
			let win = guarded(first); // A window of another origin throws at every touch.
			while (win) {
				const api = guarded(() => win[name]);
				if (api) return api;
				const parent = guarded(() => win.parent);
				win = parent !== win && parent;
			}
		}
		await pause(250);
	}
}

/**
 * Calls to such an object, each guarded: it may answer anything, throw, or be gone.
 *
 * @param {any} api @param {string} prefix Of the names of its functions.
 */
function createCalls(api, prefix) {
	/** @param {string} name @param {string[]} args */
	const call = (name, ...args) => String(guarded(() => api[prefix + name](...args)) ?? "").trim();
	/** @param {string} name @param {string[]} args */
	const accepts = (name, ...args) => /^(true|1)$/i.test(call(name, ...args));
	return {
		call,
		accepts,
		/** @param {string} element */
		get: element => call("GetValue", "cmi." + element),
		/** @param {string} element @param {string | number} value */
		set: (element, value) => accepts("SetValue", "cmi." + element, String(value)),
	};
}
