/** Opinions: one is taken, none is right. @returns {Kind} */
function scaleKind() {
	return {
		...choiceKind(false),
		grade: () => 1,
		record: (q, [response]) => ({ type: "likert", response }),
	};
}
