// What commands cost: the processor's time and memory of processes of their own.
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** @typedef {{ command: string[], cwd?: string, before?: () => void }} Job "{n}" in a command is the number of the turn, from 1 */

/**
 * bash asks the kernel what its children cost, to the millisecond, and needs no rights and no package for it. What
 * the command prints goes to the third file, so that the figures stand alone.
 */
const LOOP = 'TIMEFORMAT="%3R %3U %3S"; turns=$1; shift; time for ((n = 1; n <= turns; n++)); do "${@//\\{n\\}/$n}" >&3 2>&3 || exit; done';

/**
 * Seconds of one turn out of `turns` (more turns make a short command measurable): of the processor, user and system, and
 * by the clock.
 *
 * @param {Job} job @param {number} turns
 */
function cost({ command, cwd, before }, turns) {
	before?.();
	const env = { ...process.env, LC_ALL: "C" };
	const done = spawnSync("bash", ["-c", LOOP, "bash", String(turns), ...command], { cwd, env, stdio: ["ignore", "ignore", "pipe", "pipe"] });
	const figures = /(\S+) (\S+) (\S+)\s*$/.exec(String(done.stderr))?.slice(1).map(Number);
	if (done.status !== 0 || !figures) throw new Error(`${command.join(" ")} ended with ${done.status}\n${done.output[3]}`);
	const [clock, user, system] = figures;
	return { cpu: (user + system) / turns, clock: clock / turns };
}

/**
 * Both jobs in turn, so that a busy machine is busy for both: seconds of the processor and their ratios, and the ratios by
 * the clock.
 *
 * @param {Job} one @param {Job} other @param {{ pairs: number, turns?: number }} how
 */
export function sideBySide(one, other, { pairs, turns = 1 }) {
	/** @type {{ ones: number[], others: number[], ratios: number[], clockRatios: number[] }} */
	const found = { ones: [], others: [], ratios: [], clockRatios: [] };
	for (let pair = 0; pair < pairs; pair++) {
		const [a, b] = [cost(one, turns), cost(other, turns)];
		found.ones.push(a.cpu);
		found.others.push(b.cpu);
		found.ratios.push(a.cpu / b.cpu);
		found.clockRatios.push(a.clock / b.clock);
	}
	return found;
}

const LOOK_EVERY_MS = 2;

/**
 * The largest resident set of a command, in bytes: the kernel's own high-water mark, read until the process is gone.
 * Null where there is no /proc.
 *
 * @param {string[]} command @returns {Promise<number | null>}
 */
export async function peakMemory(command) {
	const child = spawn(command[0], command.slice(1), { stdio: "ignore" });
	let peak = 0;
	const timer = setInterval(() => (peak = Math.max(peak, highWater(child.pid))), LOOK_EVERY_MS);
	const status = await new Promise((resolve, reject) => child.on("error", reject).on("exit", resolve));
	clearInterval(timer);
	if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}`);
	return peak || null;
}

/** @param {number | undefined} pid */
function highWater(pid) {
	try {
		const [, kilobytes] = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
		return Number(kilobytes ?? 0) * 1024;
	} catch {
		return 0;
	}
}
