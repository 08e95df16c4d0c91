// Pictures of every page of a course, in every state of its questions, at every width and in every scheme of colours;
// and on paper. To be looked at: nothing here judges.
//
//   node tools/screenshots.mjs [COURSE] [FOLDER] [LOOK…]
//
// COURSE as courseFolder() takes it (course-src), FOLDER for the pictures (out/screenshots), LOOK names of LOOKS (all).
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { closeSharedBrowser, openLms } from "../browser/lms/host.mjs";
import { begun, states } from "../browser/pages.mjs";
import { Course, courseData } from "../node/courses.mjs";

/** @type {Record<string, { width: number, height: number, context?: import("playwright-core").BrowserContextOptions }>} */
const LOOKS = {
	"320-light": { width: 320, height: 640 },
	"320-dark": { width: 320, height: 640, context: { colorScheme: "dark" } },
	"650-light": { width: 650, height: 666 },
	"1280-light": { width: 1280, height: 900 },
	"1280-dark": { width: 1280, height: 900, context: { colorScheme: "dark" } },
	"1280-forced": { width: 1280, height: 900, context: { forcedColors: "active" } },
};

const [name = "course-src", folder = join("out", "screenshots"), ...looks] = process.argv.slice(2);
const course = new Course(name);
try {
	const root = course.build();
	for (const [look, options] of Object.entries(LOOKS)) {
		if (!looks.length || looks.includes(look)) await photograph(root, join(folder, look), options);
	}
	if (!looks.length || looks.includes("print")) await print(root, folder);
} finally {
	await closeSharedBrowser();
	course.remove();
}

/** @param {string} root @param {string} to @param {typeof LOOKS[string]} look */
async function photograph(root, to, { width, height, context }) {
	mkdirSync(to, { recursive: true });
	const lms = await openLms({ root, viewport: { width, height }, context, timeout: 60_000 });
	try {
		const content = await lms.launch();
		await begun(content);
		let at = 0;
		for await (const state of states(content, courseData(root))) {
			// The frame as high as its document: the whole of a page is one picture.
			const whole = await content.evaluate(() => document.documentElement.scrollHeight);
			await lms.page().setViewportSize({ width, height: Math.min(8000, Math.max(height, whole)) });
			await lms.page().screenshot({ path: join(to, `${String(++at).padStart(2, "0")}-${state.replace(/\W+/g, "-")}.png`) });
			await lms.page().setViewportSize({ width, height });
		}
	} finally {
		await lms.end();
	}
}

/** @param {string} root @param {string} to */
async function print(root, to) {
	const lms = await openLms({ root, timeout: 60_000 });
	try {
		const page = await lms.context.newPage();
		await page.goto("file://" + join(root, "index.html"));
		await begun(page);
		await page.pdf({ path: join(to, "print.pdf"), format: "A4", tagged: true });
	} finally {
		await lms.end();
	}
}
