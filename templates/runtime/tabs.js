/**
 * One course in two tabs: the newer one asks, the older one saves, stops and hands over what it had.
 *
 * @param {string} name Course and learner.
 * @param {(late: boolean) => string} handOver Gets whether the other has waited in vain: a page that was frozen hears late.
 * @returns {Promise<string>} The state of a tab that has stopped for us, "" when there is none.
 */
function claimTab(name, handOver) {
	return new Promise(resolve => {
		setTimeout(resolve, 300, "");
		if (!window.BroadcastChannel) return;
		const channel = new BroadcastChannel(name);
		const me = 1 + Math.random();
		channel.onmessage = ({ data }) => {
			if (data.to === me) resolve(data.text);
			if (data.to) return;
			channel.postMessage({ to: data.from, text: handOver(Date.now() - data.at > 300) });
			channel.close();
		};
		channel.postMessage({ from: me, at: Date.now() });
	});
}
