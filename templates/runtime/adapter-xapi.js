/** @param {Course} course @returns {Promise<Adapter | undefined>} */
async function connect(course) {
}
