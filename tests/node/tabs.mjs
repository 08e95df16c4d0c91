// A world of tabs without a browser: the shipped runtime's session in each, on a clock that a test moves. What tabs
// share is here (storage, messages, the LMS's record), and what may come between them: a page that computes, or sleeps,
// or dies; an LMS that answers late, or not.
import { setImmediate } from "node:timers/promises";
import vm from "node:vm";
import { runtimeText } from "./runtime.mjs";

const EPOCH = Date.UTC(2026, 0, 1);

/** @typedef {import("./random.mjs").Random} Random */
/** @typedef {{ at: number, order: number, tab: Tab, kind: string, run: () => unknown }} Task */

export class World {
	/** @param {Random} random @param {any} data of the course */
	constructor(random, data) {
		this.random = random;
		this.data = data;
		this.time = 0;
		this.order = 0;
		/** @type {Task[]} */
		this.tasks = [];
		/** @type {Map<string, string>} */
		this.storage = new Map();
		/** @type {{ name: string, tab: Tab, channel: any }[]} */
		this.channels = [];
		/** @type {Tab[]} */
		this.tabs = [];
		/** What the LMS holds. @type {Record<string, any>} */
		this.record = {};
		/** How long its replies take; 0 where they come with the call. */
		this.latency = 0;
		/** Until when the LMS keeps nothing that it is sent. */
		this.refusing = 0;
		/** What a page that wakes does first; else nobody knows. @type {"timer" | "message" | ""} */
		this.leads = "";
		/** @type {string[]} What happened, for whoever has to understand it. */
		this.story = [];
		this.program = program();
	}

	/** @param {string} what */
	tell(what) {
		this.story.push(`${String(this.time).padStart(7)} ms  ${what}`);
	}

	/** @param {Tab} tab @param {string} kind @param {number} delay @param {() => unknown} run @returns {Task} */
	later(tab, kind, delay, run) {
		const task = { at: this.time + Math.max(0, delay), order: ++this.order, tab, kind, run };
		this.tasks.push(task);
		return task;
	}

	/** The task that comes next: of one kind in their order; between kinds nobody knows. */
	next() {
		/** @param {Task} task */
		const due = ({ at, tab }) => Math.max(at, tab.busyUntil);
		const first = Math.min(...this.tasks.map(due));
		const ready = this.tasks.filter((task) => due(task) === first);
		if (!ready.length || first === Infinity) return null;
		const lead = ready.find(({ kind }) => kind === this.leads) ?? this.random.pick(ready);
		const [task] = ready.filter(({ tab, kind }) => tab === lead.tab && kind === lead.kind).sort((a, b) => a.at - b.at || a.order - b.order);
		return { task, due: first };
	}

	/** Lets time go by. @param {number} milliseconds */
	async passes(milliseconds) {
		const until = this.time + milliseconds;
		for (let left = 10_000; left; left--) {
			const next = this.next();
			if (!next || next.due > until) {
				this.time = Math.max(this.time, until);
				return;
			}
			this.tasks.splice(this.tasks.indexOf(next.task), 1);
			this.time = Math.max(this.time, next.due);
			next.task.run();
			// What was promised is done before anything else.
			await setImmediate();
		}
		throw new Error("the tabs never come to rest");
	}

	/** The LMS makes a page for the learner, with what it holds now; the page loads for a while. @param {number} [loading] */
	open(loading = 0) {
		const tab = new Tab(this, structuredClone(this.record));
		this.tabs.push(tab);
		this.later(tab, "load", loading, () => tab.load());
		return tab;
	}
}

/** One tab with the course. */
export class Tab {
	/** @param {World} world @param {Record<string, any>} snapshot what the LMS has written into its page */
	constructor(world, snapshot) {
		this.world = world;
		this.number = world.tabs.length + 1;
		this.opened = world.time;
		/** @type {Record<string, any>} */
		this.values = snapshot;
		/** What was set since the launch: as in Moodle, each commit sends all of it. @type {Record<string, any>} */
		this.set = {};
		this.busyUntil = 0;
		this.alive = true;
		/** What the page says of saving. */
		this.says = "";
		/** @type {Map<string, string>} */
		this.session = new Map();
	}

	load() {
		const { world } = this;
		const context = vm.createContext(this.globals());
		context.window = context;
		world.program.runInContext(context);
		/** @param {string} name */
		const take = (name) => vm.runInContext(name, context);
		take("Date").now = () => EPOCH + world.time;
		context.connect = async () => this.adapter();
		this.course = take("linkCourse")(structuredClone(world.data), take("questionKinds")());
		this.tracker = take("createTracker")(this.course, (/** @type {string} */ says) => {
			this.says = says;
			world.tell(`tab ${this.number} says ${says}`);
		});
		this.begun = this.tracker.open();
	}

	/** What a page finds around it. @returns {any} */
	globals() {
		const tab = this;
		const { world } = this;
		/** @type {Map<number, Task>} */
		const timers = new Map();
		let ids = 0;
		return {
			document: { body: {}, getElementById: () => null, querySelectorAll: () => [] },
			console: { error() {}, warn() {} }, atob, btoa,
			performance: { now: () => world.time - this.opened, timeOrigin: EPOCH + this.opened },
			crypto: { getRandomValues: (/** @type {Uint8Array} */ bytes) => bytes.map(() => world.random.between(0, 255)) },
			localStorage: storage(world.storage),
			sessionStorage: storage(this.session),
			setTimeout(/** @type {(...words: any[]) => void} */ run, /** @type {number} */ delay = 0, /** @type {any[]} */ ...words) {
				const id = ++ids;
				timers.set(id, world.later(tab, "timer", delay, () => run(...words)));
				return id;
			},
			clearTimeout(/** @type {number} */ id) {
				const at = world.tasks.indexOf(/** @type {any} */ (timers.get(id)));
				if (at >= 0) world.tasks.splice(at, 1);
			},
			BroadcastChannel: class {
				constructor(/** @type {string} */ name) {
					this.entry = { name, tab, channel: /** @type {any} */ (this) };
					world.channels.push(this.entry);
				}

				postMessage(/** @type {any} */ data) {
					for (const other of world.channels) {
						if (other === this.entry || other.name !== this.entry.name) continue;
						world.later(other.tab, "message", world.random.few(0, 20), () => {
							if (world.channels.includes(other)) other.channel.onmessage?.({ data: structuredClone(data) });
						});
					}
				}

				close() {
					world.channels = world.channels.filter((other) => other !== this.entry);
				}
			},
		};
	}

	/** As an LMS by SCORM 1.2 that writes its record into the page and keeps what is committed, element by element. */
	adapter() {
		const { values } = this;
		/** @param {string} name @param {any} value */
		const set = (name, value) => {
			this.set[name] = values[name] = value;
			return true;
		};
		const answers = () => Object.keys(values).filter((name) => name.startsWith("answer ")).length;
		return {
			open: async () => ({
				mode: "", credit: true, learner: "ann", passMark: null,
				state: values.state ?? "", status: values.status ?? { completion: "", success: "unknown" },
			}),
			suspend: () => true,
			state: (/** @type {string} */ text) => set("state", text),
			place: (/** @type {number} */ page) => set("place", page),
			time: () => true,
			score: (/** @type {number} */ percent) => set("score", percent),
			status: (/** @type {any} */ status) => set("status", { ...status }),
			count: answers,
			answer: (/** @type {number} */ at, /** @type {any} */ { q, recorded }) => at <= answers() && set(`answer ${at}`, `${q.slug} ${recorded.response}`),
			commit: (/** @type {boolean} */ leaving, /** @type {(kept: boolean) => void} */ then) => {
				const kept = this.keep();
				if (this.world.latency) this.world.later(this, "reply", this.world.latency, () => then(kept));
				else then(kept);
			},
			close: () => this.keep(),
		};
	}

	keep() {
		const { world } = this;
		if (world.time < world.refusing) return false;
		world.tell(`the LMS keeps what tab ${this.number} has`);
		Object.assign(world.record, this.set);
		return true;
	}

	/** Whether a learner may work here. */
	works() {
		return this.alive && !!this.tracker?.records() && this.busyUntil <= this.world.time;
	}

	/** @param {number} milliseconds in which nothing runs here */
	busy(milliseconds) {
		this.busyUntil = Math.max(this.busyUntil, this.world.time + milliseconds);
	}

	/** Nothing runs here any more, and what was to run is gone. */
	die() {
		this.alive = false;
		this.world.tasks = this.world.tasks.filter(({ tab }) => tab !== this);
		this.world.channels = this.world.channels.filter(({ tab }) => tab !== this);
	}

	/** The learner closes it: the page hears so, and nothing after that. */
	async close() {
		this.tracker?.close(true);
		await setImmediate();
		this.die();
	}
}

/** @param {Map<string, string>} map @returns {any} with its keys as its own, as browsers have them */
function storage(map) {
	return new Proxy({}, {
		get: (_, name) => ({
			getItem: (/** @type {string} */ key) => map.get(key) ?? null,
			setItem: (/** @type {string} */ key, /** @type {string} */ text) => void map.set(key, text),
			removeItem: (/** @type {string} */ key) => void map.delete(key),
		})[String(name)],
		ownKeys: () => [...map.keys()],
		getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
	});
}

/** @type {vm.Script | undefined} */
let compiled;

function program() {
	return compiled ??= new vm.Script(runtimeText("scorm12", "shipped"));
}
