// Makes what no hand writes in examples/onboarding-en: the film and its captions, the chime, the picture of the till and
// the leaflet. Needs chromium, ffmpeg and espeak-ng; other versions give other bytes, so the results are committed.
//
//   node tools/make-onboarding.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const course = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "examples", "onboarding-en");
const BARE = "-map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -loglevel error -y".split(" ");
const H264 = "-c:v libx264 -preset veryslow -tune stillimage -crf 30 -pix_fmt yuv420p -c:a aac -b:a 40k -ac 1 -ar 24000 -movflags +faststart".split(" ");

/** A book that stands, its lower left corner at (x, y). @param {number} x @param {number} y @param {string} colour */
const book = (x, y, colour, width = 60, height = 180) =>
	`<path d="M${x} ${y - height}h${width}v${height}h-${width}z" fill="${colour}" stroke="#5c270c" stroke-width="4"/>
	<path d="M${x + 12} ${y - height + 30}h${width - 24}m-${width - 24} ${height - 60}h${width - 24}" stroke="#5c270c" stroke-width="4"/>`;
const desk = '<path d="M60 400h840v30H60zM100 430h40v90h-40zM820 430h40v90h-40z" fill="#c98a5e" stroke="#5c270c" stroke-width="4"/>';
const orchard = "#7a9e7e";

/** The scenes of the film: what is drawn on 960 × 540, and what is said, one caption a line. @type {{ drawing: string, said: string[] }[]} */
const SCENES = [
	{
		drawing: `<path d="M380 60h280v460H380z" fill="#2f5d62" stroke="#5c270c" stroke-width="4"/><path d="M430 180h180v26H430z" fill="#1c1712"/>
			<g transform="rotate(-14 520 190)"><path d="M470 90h100v106H470z" fill="${orchard}" stroke="#5c270c" stroke-width="4"/></g>
			<path d="M180 520v-70h130v70z" fill="#f6e3b5" stroke="#5c270c" stroke-width="4"/>${book(200, 450, "#8a3b12", 40, 90)}${book(240, 450, "#e9c46a", 34, 110)}
			<circle cx="800" cy="110" r="44" fill="#f6e3b5"/><circle cx="820" cy="98" r="40" fill="#fffaf2"/>`,
		said: ["Every night, books come home\nthrough the slot in the door.", "By nine in the morning\nthere are about sixty."],
	},
	{
		drawing: `${desk}<path d="M380 352h200v46H380z" fill="${orchard}" stroke="#5c270c" stroke-width="4"/><path d="M440 352h80v46h-80z" fill="#fff"/>
			<path d="M450 360v30m8-30v30m12-30v30m6-30v30m10-30v30m14-30v30m8-30v30" stroke="#1c1712" stroke-width="4"/>
			<path d="M440 120h80l20 70h-120z" fill="#565e6b" stroke="#5c270c" stroke-width="4"/><path d="M440 196l-26 150h132l-26-150z" fill="#d64545" opacity=".22"/>`,
		said: ["Scan first.", "Until you do, the reader still has the book,\nand gets a letter for it."],
	},
	{
		drawing: `<path d="M180 60h600v380H180z" fill="#fff" stroke="#5c270c" stroke-width="8"/><path d="M400 440h160v60h90v20H310v-20h90z" fill="#565e6b"/>
			<g font-size="40" fill="#2b2118"><text x="220" y="140" font-weight="600">The Orchard Keeper</text><text x="220" y="210">Returned today</text>
			<text x="220" y="270">Undamaged</text></g><path d="M204 320h552v80H204z" fill="#f6e3b5"/><text x="220" y="374" font-size="40" font-weight="600" fill="#5c270c">Reserved: reader 2071</text>`,
		said: ["Then look at the last line on the till.", "This book is reserved:\nsomebody has waited for it for nine days."],
	},
	{
		drawing: `<path d="M120 400h720v24H120z" fill="#c98a5e" stroke="#5c270c" stroke-width="4"/>${book(180, 400, "#2f5d62")}${book(240, 400, "#e9c46a", 44, 150)}
			${book(440, 400, orchard, 70, 210)}${book(660, 400, "#8a3b12", 50, 190)}${book(710, 400, "#c98a5e", 60, 160)}
			<path d="M420 430h110v60H420z" fill="#fff" stroke="#5c270c" stroke-width="4"/><text x="475" y="473" font-size="38" text-anchor="middle" fill="#2b2118">2071</text>`,
		said: ["So it does not go back to its place.", "It goes to the shelf behind you,\nunder the reader’s number."],
	},
	{
		drawing: `${desk}<g transform="rotate(8 480 250)">${book(430, 380, orchard, 110, 190)}</g>
			<path d="M960 190c-120 0-240 20-330 60-60 20-110 22-116 44-4 20 60 26 120 20l-40 34c-10 20 20 30 44 16l70-44c90-30 180-44 252-44z" fill="#d9a679" stroke="#5c270c" stroke-width="4"/>`,
		said: ["And this afternoon it leaves the house again.", "That is the whole trade:\nbooks go out, and they come home."],
	},
];

const TILL = `<style>body{margin:0;background:#dcd3c6;font:17px/1.5 system-ui,sans-serif;color:#2b2118}
main{margin:18px;background:#fff;border:1px solid #5c270c;border-radius:6px;overflow:hidden}header{background:#5c270c;color:#fff;padding:8px 16px;font-weight:600}
dl{display:grid;grid-template-columns:120px 1fr;margin:16px;gap:4px 12px}dt{color:#6b5a4a}dd{margin:0}p{margin:0;padding:12px 16px;background:#f6e3b5;font-weight:600}</style>
<main><header>Returns</header><dl><dt>Title<dd>The Orchard Keeper<dt>Number<dd>30 417 882<dt>Due<dd>28 November<dt>Status<dd>Returned</dl>
<p>Reserved by reader 2071. Keep it at the desk.</p></main>`;

const LEAFLET = `<!doctype html><html lang="en"><title>Opening checklist</title><style>@page{size:A5;margin:16mm}
body{font:11.5pt/1.5 Georgia,serif;color:#1d1a17}h1{font-size:19pt;margin:0 0 4mm;color:#8a3b12}h2{font-size:12.5pt;margin:6mm 0 1mm}li{margin:1mm 0}</style>
<h1>Opening checklist</h1><p>Wrenford Library, from nine to ten in the morning.</p>
<h2>Before you touch anything</h2><ol><li>Switch off the alarm by the door. You have sixty seconds.<li>Lock the door behind you.</ol>
<h2>The house</h2><ol><li>Lights, from the back to the front.<li>Garden doors: both must open from inside.<li>The sensor in the reading room: above 1,000, air the room.</ol>
<h2>The desk</h2><ol><li>Empty the returns box and scan everything in it.<li>Start the till and the two catalogue computers.<li>Put today’s newspapers out.</ol>
<h2>Ten o’clock</h2><p>Unlock the main door, and say good morning to whoever comes in first.</p></html>`;

const scratch = mkdtempSync(join(tmpdir(), "onboarding-"));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
	await leaflet();
	await picture(TILL, 520, 276, join(course, "the-desk/till.png"));
	await film();
	chime();
} finally {
	await browser.close();
	rmSync(scratch, { recursive: true });
}
for (const made of ["the-desk/opening-checklist.pdf", "the-desk/till.png", "the-desk/returns.mp4", "the-desk/returns.png", "the-house/chime.mp3"]) {
	console.log(`${made}: ${statSync(join(course, made)).size} bytes`);
}

async function leaflet() {
	const page = await browser.newPage();
	await page.setContent(LEAFLET);
	await page.pdf({ path: join(course, "the-desk/opening-checklist.pdf"), preferCSSPageSize: true, tagged: true });
}

/** @param {string} html @param {number} width @param {number} height @param {string} path */
async function picture(html, width, height, path) {
	const page = await browser.newPage({ viewport: { width, height } });
	await page.setContent(html);
	await page.screenshot({ path });
	await page.close();
}

/** @param {typeof SCENES[number]} scene */
function scene({ drawing }) {
	const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 540" font-family="sans-serif">${drawing}</svg>`;
	return `<style>body{margin:0;background:#fffaf2}svg{display:block}</style>${svg}`;
}

/** Each scene lasts as long as its words; the captions follow from the same lengths. */
async function film() {
	let now = 0;
	let captions = "WEBVTT\n";
	const parts = [];
	for (const [at, one] of SCENES.entries()) {
		const frame = join(scratch, `${at}.png`);
		await picture(scene(one), 960, 540, frame);
		for (const [line, words] of one.said.entries()) {
			const [sound, part] = ["wav", "mp4"].map((ending) => join(scratch, `${at}-${line}.${ending}`));
			execFileSync("espeak-ng", ["-v", "en-gb", "-s", "145", "-p", "40", "-w", sound, words.replaceAll("\n", " ")]);
			const seconds = Math.ceil((lengthOf(sound) + 0.6) * 10) / 10;
			ffmpeg(["-loop", "1", "-framerate", "10", "-i", frame, "-i", sound, "-af", "adelay=200,apad", "-t", String(seconds), "-s", "640x360", ...H264, part]);
			captions += `\n${time(now + 0.2)} --> ${time(now + seconds - 0.1)}\n${words}\n`;
			now += seconds;
			parts.push(`file '${part}'`);
		}
	}
	writeFileSync(join(scratch, "parts.txt"), parts.join("\n"));
	ffmpeg(["-f", "concat", "-safe", "0", "-i", join(scratch, "parts.txt"), ...H264, join(course, "the-desk/returns.mp4")]);
	await picture(scene(SCENES[0]), 640, 360, join(course, "the-desk/returns.png"));
	writeFileSync(join(course, "the-desk/returns.en.vtt"), captions);
	console.log(`the film lasts ${now.toFixed(1)} s`);
}

/** Three notes, each struck and dying away. */
function chime() {
	const note = (/** @type {number} */ hertz, /** @type {number} */ at) =>
		`if(gte(t,${at}),0.3*sin(2*PI*${hertz}*(t-${at}))*exp(-2.2*(t-${at})),0)`;
	const wave = [[659.26, 0], [523.25, 0.9], [392, 1.8]].map(([hertz, at]) => note(hertz, at)).join("+");
	ffmpeg(["-f", "lavfi", "-i", `aevalsrc='${wave}':d=4:s=44100`, "-c:a", "libmp3lame", "-b:a", "48k", "-ac", "1", join(course, "the-house/chime.mp3")]);
}

/** @param {string[]} args */
function ffmpeg(args) {
	const to = args[args.length - 1];
	execFileSync("ffmpeg", [...args.slice(0, -1), ...BARE, to]);
}

/** @param {string} sound */
function lengthOf(sound) {
	return Number(execFileSync("ffprobe", ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", sound], { encoding: "utf8" }));
}

/** @param {number} seconds */
function time(seconds) {
	return `00:${seconds.toFixed(3).padStart(6, "0")}`;
}
