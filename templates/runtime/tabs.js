/**
 * One course in two tabs: the newer one asks, the older one saves, stops and hands over what it had.
 *
 * @param {string} name Course and learner.
 * @param {(late: boolean) => string} handOver Gets whether the other has waited in vain: a page that was frozen, or busy for long, hears late.
 * @returns {Promise<string>} The state of a tab that has stopped for us, "" when there is none.
 */
function claimTab(name, handOver) {
	return new Promise(resolve => {
		setTimeout(resolve, 300, "");
		if (!window.BroadcastChannel) return;
		const channel = new BroadcastChannel(name);
		const me = 1 + Math.random();
		// To whom, and then who asks and when, or what is handed over.
		channel.onmessage = ({ data: [to, what, at] }) => {
			if (to === me) resolve(what);
			if (to) return;
			channel.postMessage([what, handOver(Date.now() - at > 300)]);
			channel.close();
		};
		channel.postMessage([0, me, Date.now()]);
	});
}
