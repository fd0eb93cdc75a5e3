/** Lines with a fixed role and no number: section names and closing formulas, as data. */
import { foldForRules } from './fold.js'
import { numberingOf, topLevel } from './numbering.js'

const attachmentMark = '(?:附(?:件|录)?\\s*\\d{0,2}\\s*:?\\s*)?'
const glossaryName = new RegExp(
  `^${attachmentMark}(?:有关|相关|部分)?(?:名词|术语|用语|专用名词)(?:解释|注释|说明|释义)\\s*:?$`,
)
const attachmentName = /^(?:附件|附录|附表)\s*\d{0,2}\s*:?$/
const closing =
  /^(?:特此(?:报告|公告|通知|通告|通报|函告|函复|批复|说明)|以上(?:报告|意见|方案)?,?(?:如无不妥)?,?请(?:予)?审议|此复|专此报告|当否,请(?:批示|审示))[。!]?$/

/** Level of an unnumbered section heading (附件, 名词解释), or null. */
export function unnumberedHeading(folded: string): number | null {
  if (folded.length > 30) return null
  return glossaryName.test(folded) || attachmentName.test(folded) ? topLevel : null
}

/** True for a heading under which every paragraph is `term: definition`. */
export function isGlossaryHeading(folded: string): boolean {
  return folded.length <= 30 && glossaryName.test(folded)
}

/** True for 特此报告。 and its kind. */
export function isClosing(folded: string): boolean {
  return folded.length <= 30 && closing.test(folded)
}

/** True for a heading that a report is known to have: numbered, or of a section with a name. */
export function isSectionHeading(text: string): boolean {
  const folded = foldForRules(text)
  return numberingOf(folded) !== null || unnumberedHeading(folded) !== null
}
