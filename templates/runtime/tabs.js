/**
 * One course in two tabs: the newer one asks, the older one saves, stops and hands over what it had. Who is frozen, or
 * busy for long, hears late.
 *
 * @param {string} name Course and learner.
 * @param {() => string} handOver
 * @returns {Promise<string>} The state of a tab that has stopped for us, "" when there is none.
 */
function claimTab(name, handOver) {
	return new Promise(resolve => {
		setTimeout(resolve, 300, "");
		if (!window.BroadcastChannel) return;
		const channel = new BroadcastChannel(name);
		const me = 1 + Math.random();
		// To whom, and then who asks or what is handed over.
		channel.onmessage = ({ data: [to, what] }) => {
			if (to === me) resolve(what);
			if (to) return;
			channel.postMessage([what, handOver()]);
			channel.close();
		};
		channel.postMessage([0, me]);
	});
}
