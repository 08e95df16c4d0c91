/** Players: buttons for captions, videos of other sites once they are asked for, and silence on pages that are left. */
function startMedia() {
	/** @param {string} selector @returns {any[]} */
	const all = selector => [...document.querySelectorAll(selector)];

	for (const video of all("video")) {
		const { textTracks } = video;
		const buttons = video.parentElement.querySelectorAll("[aria-pressed]");
		const paint = () => {
			for (const [at, button] of buttons.entries()) button.setAttribute("aria-pressed", textTracks[at].mode === "showing");
		};
		for (const [at, track] of video.querySelectorAll("track").entries()) {
			const button = buttons[at];
			button.hidden = false;
			// Browsers refuse captions from the disk, and say so once they have tried.
			track.onerror = () => (button.hidden = true);
			button.onclick = () => {
				const shows = track.track.mode === "showing";
				for (const other of textTracks) other.mode = "hidden";
				if (!shows) track.track.mode = "showing";
				paint();
			};
		}
		// The browser's own menu does the same.
		textTracks.onchange = paint;
	}

	for (const button of all("[data-frame]")) {
		button.hidden = false;
		button.onclick = () => {
			const frame = document.createElement("iframe");
			frame.title = button.dataset.title;
			frame.allow = "fullscreen";
			frame.allowFullscreen = true;
			// Sites that ask who shows their videos are told the LMS's host, and no more.
			frame.referrerPolicy = "strict-origin-when-cross-origin";
			frame.src = button.dataset.frame;
			button.hidden = true;
			button.after(frame);
			frame.focus();
		};
	}

	// Pages that are left are only hidden: what plays there would go on. Captions are fetched where they may be wanted.
	const turned = () => {
		for (const media of all("section[hidden] :is(video, audio)")) media.pause();
		for (const frame of all("section[hidden] iframe")) {
			frame.previousElementSibling.hidden = false;
			frame.remove();
		}
		for (const { track } of all("section:not([hidden]) track")) {
			if (track.mode === "disabled") track.mode = "hidden";
		}
	};
	turned();
	new MutationObserver(turned).observe(byId("content"), { subtree: true, attributeFilter: ["hidden"] });

	/** @type {any[]} */
	let opened = [];
	// Where the style sheet cannot open what is closed.
	window.onbeforeprint = () => {
		opened = all(".media details:not([open])");
		for (const details of opened) details.open = true;
	};
	window.onafterprint = () => {
		for (const details of opened) details.open = false;
	};
}
