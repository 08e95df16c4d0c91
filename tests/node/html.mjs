// The judge of HTML: a package's document as it is shipped, and as the runtime has changed it.
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const validator = new HtmlValidate(new StaticConfigLoader({
	root: true,
	extends: ["html-validate:standard", "html-validate:recommended", "html-validate:a11y", "html-validate:document"],
	rules: {
		// Mere style; HTML knows no case here.
		"doctype-style": "off",
		// Browsers write attributes without a value in another way than we do.
		"attribute-boolean-style": "off",
		"attribute-empty-style": "off",
		// A page's title is its own and the course's: the length is the author's.
		"long-title": "off",
		// The two files come from the same package; an LMS that rewrites line ends would break the hashes, and the course.
		"require-sri": "off",
		// Each page is a section with an h1, and one is shown at a time.
		"heading-level": ["error", { allowMultipleH1: true }],
		// RGAA 1.9 asks for the role of a figure with a caption.
		"no-redundant-role": ["error", { exclude: ["figure"] }],
		// A button in a form submits it, which is meant where nothing else is said.
		"no-implicit-button-type": "off",
		// The questions of a quiz are sent together, by a button under the last.
		"wcag/h32": "off",
	},
}));

/** Every rule of html-validate that these tests run. */
export const HTML_RULES = [...(await validator.getConfigFor("index.html")).getRules()].flatMap(([rule, [severity]]) => severity > 0 ? [rule] : []);

/** What html-validate finds, one line each. @param {string} html @returns {Promise<string[]>} */
export async function htmlFaults(html) {
	const { results } = await validator.validateString(html, "index.html");
	return results.flatMap(({ messages }) => messages).map(({ line, ruleId, message }) => `line ${line}: ${message} (${ruleId})`);
}
