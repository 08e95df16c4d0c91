// How much of what an LMS keeps for a learner a course can take at worst.
import { heading, number, table } from "./table.mjs";

/** @param {import("./workshop.mjs").Built[]} courses */
export function printStates(courses) {
	heading("2. Longest state that any learner can have, in characters");
	table([["", "at worst", "limit"], ...courses.map(({ name, state }) => [name, number(state.characters), number(state.limit)])]);
}
