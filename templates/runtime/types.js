/**
 * The shapes that the files of the runtime share. Types only: nothing of this file reaches a package.
 *
 * @typedef {object} CourseData What the build wrote into the page.
 * @property {string} language BCP 47.
 * @property {number[]} unit Four bytes that tell this unit from any other.
 * @property {number} state The version of the format of states: for who compares packages.
 * @property {CompletionRule} completion
 * @property {"per-question" | "journal"} records
 * @property {{slug: string, title: string}[]} [objectives] What questions may test.
 * @property {PageData[]} pages In reading order.
 * @property {Record<string, string>} strings The catalogue of the course's language.
 *
 * @typedef {object} CompletionRule
 * @property {"viewed" | "passed" | "viewed-and-passed"} when
 * @property {number} passMark Percent.
 * @property {"incomplete" | "failed"} onFailure
 * @property {"passed" | "completed"} success The word for success where a standard has one status.
 * @property {"best" | "last" | "first"} attempt
 * @property {number} [noQuiz] The score in percent of a course without a quiz.
 *
 * @typedef {object} PageData
 * @property {number} n Its number in the lock.
 * @property {boolean} [required]
 * @property {boolean} [record] Whether the LMS is told of the answers.
 * @property {QuizData} [quiz]
 * @property {QuestionData[]} questions In reading order; left out in the block when there is none.
 * @property {QuizView} [view] Of a quiz, once it is on the screen.
 *
 * @typedef {object} QuizData
 * @property {number} passMark Percent.
 * @property {number} attempts 0: unlimited.
 * @property {number} tries 0: unlimited.
 * @property {"after-each" | "at-end" | "never"} feedback
 * @property {"never" | "at-end" | "last-attempt"} answers
 * @property {boolean} [confirm]
 * @property {boolean} [mixed] Whether any of the three that follow is there.
 * @property {boolean} [shuffleQuestions]
 * @property {boolean} [shuffleChoices]
 * @property {number} weight What it counts in the course's score, in hundredths of points.
 * @property {number[]} [banks] How many questions an attempt asks of each.
 *
 * @typedef {object} QuestionData
 * @property {number} n Its number in the lock.
 * @property {PageData} page Its page, linked when the course is read.
 * @property {Kind} does What its kind knows to do, linked when the course is read.
 * @property {string} language The course's, linked when the course is read.
 * @property {QuestionView} view Made when the course starts.
 * @property {string} kind "single", "multiple", "true-false", "scale", "order", "match", "blanks", "text".
 * @property {string} slug ASCII, for reports.
 * @property {number} points In hundredths; 0 where nothing is right or wrong.
 * @property {number} [rev] The revision of its key, if it is not the first. For tools that compare packages.
 * @property {number} [tries] 0: unlimited; left out: as the quiz says.
 * @property {PartData[]} parts What the answer is made of: choices, items, pairs or blanks; none for a text.
 * @property {1} [credit] An answer that is right in part counts in part.
 * @property {number} [yes] The choice that stands for true.
 * @property {number} [max] What a text may cost at most, see packText().
 * @property {{right?: string, partly?: string, wrong?: string}} [says] HTML for an outcome.
 * @property {string} [read] HTML: links to what to read again.
 * @property {string} [explanation] HTML.
 * @property {number} [objective] Its place among the course's objectives.
 * @property {number} [bank] Its bank in the quiz; left out: it is always asked.
 *
 * @typedef {object} PartData A choice, an item to put into order, a pair, or a blank. What is of one kind only says so.
 * @property {number} n Its number in the lock, within its question.
 * @property {1} [right] Choices.
 * @property {1} [fixed] Choices: keeps its place when choices are shuffled.
 * @property {number} [weight] Choices: what taking it is worth, in percent, maybe less than nothing.
 * @property {string} [feedback] Choices and items. HTML.
 * @property {number} [to] Pairs: the number of the answer to this prompt; left out for an answer without a prompt.
 * @property {number} [max] Blanks: what the text may cost at most.
 * @property {string[]} [forms] Blanks: the texts that are right, the one to show first.
 * @property {string} [pattern] Blanks: a regular expression for more of them.
 * @property {string} [fold] Blanks: "c" when capitals do not count, "a" when accents do not.
 * @property {number} [low] Numbers.
 * @property {number} [high] Numbers.
 * @property {number} [value] Numbers: the right one, without its tolerance; left out for a range.
 * @property {string} [shown] Numbers: the right one as learners read it, with its unit.
 * @property {string} [unit] Numbers: may be written too.
 * @property {1} [point] Numbers: the decimal sign of the course's language is a point, and commas may part thousands.
 *
 * @typedef {any[]} LearnerResponse Empty when nothing is answered; else what the kind makes of it:
 * the numbers of the choices taken, in the author's order; the numbers of the items, in the learner's order; pairs of
 * numbers, prompt and answer, one after the other; numbers and texts of the blanks that are filled; one text.
 *
 * @typedef {object} Kind What a kind of question knows to do. See kind-*.js.
 * @property {number} code Its number in the state.
 * @property {(response: LearnerResponse) => number[]} pack To bytes.
 * @property {(bytes: number[]) => LearnerResponse} unpack
 * @property {(q: QuestionData, response: LearnerResponse) => LearnerResponse} known Leaves out what the question does not have any more.
 * @property {(q: QuestionData, response: LearnerResponse) => number} grade From 0 (wrong) to 1 (right, or nothing to judge).
 * @property {(q: QuestionData, response: LearnerResponse) => Recorded} record
 * @property {(course: Course, q: QuestionData, form: any) => KindView} view
 *
 * @typedef {object} KindView The controls of a question on the screen.
 * @property {any} first The control to go to when nothing is answered, and nothing more is to be said.
 * @property {() => LearnerResponse} read What they say.
 * @property {(response: LearnerResponse) => void} show Sets them; an empty response: as the build wrote them.
 * @property {() => [any, any] | undefined} [problem] Why what they say cannot be validated, and the control that mends it.
 * @property {(response: LearnerResponse, told: any, open: any) => void} mark Signs what is right and wrong when
 * it may be told, and takes the signs away when not; what would have been right only if that is open.
 * @property {(response: LearnerResponse) => string} words HTML of a response, within a line.
 * @property {() => string} right HTML of the right answer, "" where none is to be shown.
 * @property {(response: LearnerResponse, open: any) => string} feedback HTML on what was answered.
 *
 * @typedef {object} Recorded An answer in words that no standard owns.
 * @property {"choice" | "true-false" | "sequencing" | "matching" | "fill-in" | "numeric" | "likert" | "long-fill-in"} type
 * @property {any} response Numbers of choices or items; true or false; pairs of numbers; a text; a number; the number of a choice.
 * @property {any} [pattern] The right answer alike; several for a text; left out when there is none to tell.
 *
 * @typedef {object} AnswerRecord What is kept of one question in the current attempt.
 * @property {LearnerResponse} response
 * @property {number} status 0 nothing, 1 draft, 2 validated, 3 validated and fully right, or nothing to judge.
 * @property {number} tries Validated so far, counted up to 15.
 * @property {number} index Of the LMS's record, -1 before the first.
 * @property {number} share Of the points, in 120ths, for an answer that is right in part; else 0.
 *
 * @typedef {object} QuizRecord What is kept of one quiz.
 * @property {number} attempt The current one, from 1.
 * @property {number} finished 1 when the current one is, else 0.
 * @property {number} count Of finished attempts.
 * @property {Score} first
 * @property {Score} best
 * @property {Score} last
 *
 * @typedef {object} Draw What is kept of the banks of one quiz.
 * @property {Set<number>} drawn The numbers of the questions that the current attempt asks.
 * @property {Set<number>} seen Those asked in any attempt.
 *
 * @typedef {number[]} Score Points and the most there were to get, in hundredths; empty when there is none.
 *
 * @typedef {object} LearnerState All that is stored to resume.
 * @property {number[]} nonce Six bytes, drawn once per attempt of the LMS.
 * @property {number} revision Grows with every change.
 * @property {number} place The number of the page, 0 for none.
 * @property {number} reached Bits: 1 all viewed, 2 passed, 4 failed. What was reached once stays.
 * @property {Set<number>} viewed The numbers of the pages.
 * @property {Map<number, QuizRecord>} quizzes By page number.
 * @property {Map<number, Draw>} draws By page number, of quizzes with banks.
 * @property {Map<number, AnswerRecord>} answers By question number.
 *
 * @typedef {object} Status Completion and success, in the words of SCORM 2004.
 * @property {"" | "incomplete" | "completed"} completion
 * @property {string} success "unknown", "passed", "failed"
 *
 * @typedef {object} Opened What an LMS says at the beginning of a session.
 * @property {string} mode "browse", "review", anything else is normal.
 * @property {boolean} credit
 * @property {string} learner Their identifier, "" if unknown.
 * @property {string} state As stored.
 * @property {Status} status As stored.
 * @property {number | null} passMark The LMS's own, in percent.
 *
 * @typedef {object} Answered One recorded answer, for the LMS.
 * @property {QuestionData} q
 * @property {Recorded} recorded
 * @property {boolean} right
 * @property {number} seconds From the display of the page to the answer.
 * @property {Date} time
 * @property {number} refused How often the LMS would not have it.
 * @property {boolean} [again] Told once already, perhaps.
 *
 * @typedef {object} Adapter Speaks to one kind of LMS. It never decides what is worth saying: the tracker does. What writes returns false when it is refused.
 * @property {boolean} [journal] Whether another answer to a question always stands after the first.
 * @property {(again: boolean) => Opened | null | Promise<Opened | null>} open Null when the LMS refuses to begin; `again` after a session of the same visit.
 * @property {() => boolean} suspend Says that the learner will come back, for whatever end the session may take.
 * @property {(text: string) => boolean} state
 * @property {(page: number) => boolean} place
 * @property {(seconds: number) => boolean} time Of this session.
 * @property {(percent: number) => boolean} score
 * @property {(status: Status) => boolean} status
 * @property {(outcome: ReturnType<Learner["outcome"]>, learner: Learner) => void} [progress] Where the standard has a place for it.
 * @property {() => number} count Of the answers that the LMS holds; NaN when it does not say.
 * @property {(index: number, answered: Answered) => boolean} answer
 * @property {(leaving: boolean, then: (kept: boolean) => void) => void} commit Says, at once or later, whether the LMS has kept what was written. While leaving, everything must be on its way when the call returns.
 * @property {(leaving: boolean) => boolean | Promise<boolean>} close Whether the LMS has taken the end of the session, once every commit is answered; `leaving` when the page goes, not when the learner has asked to leave.
 */
