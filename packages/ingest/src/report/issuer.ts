/** Who issued a report, from the best evidence there is; and what that says about the place. */
import { foldForRules } from './fold.js'
import type { Line } from './lines.js'
import { isOrganisation } from './title.js'

export interface Issuer {
  /** The issuer's name; `region` completes a name that says only 市司法局. */
  name(region: string | undefined): string | undefined
  /** Folded texts that may start with the place, best first. */
  readonly placeSources: string[]
}

const speaker =
  /^([省市区县]?[\p{Script=Han}]{2,20}?(?:局|厅|委|委员会|办公室|院|政府))(?:党组书记|副?(?:局|厅|院|市|区|县|省)长|副?主任|副?书记)[、\p{Script=Han}]{0,12}\s+[\p{Script=Han}·\s]{2,8}$/u
const session = /在(.{2,20}?)第.{1,4}届.{0,4}(?:人民代表大会|人大)/
const beforeMatter =
  /^(.{4,30}?(?:人民政府|政府|委员会|[省市区县]委|办公室|局|厅))(?=\s*(?:关于|(?:19|20)\d{2}\s*年))/
const letterheadEnd = /文件$/
const bareLevel = /^[省市区县]/

const joined = (lines: readonly Line[]) => lines.map((line) => line.text).join(' ')

/**
 * Evidence in order: the metadata field, the letterhead, the title's first part, the
 * signature, the speaker under the title of a report given in person.
 */
export function issuerOf(
  field: string | string[] | undefined,
  head: readonly Line[],
  title: string,
  signature: readonly Line[],
): Issuer {
  const letterhead = head.find((line) => isOrganisation(line.folded))
  const inTitle = beforeMatter.exec(foldForRules(title))?.[1]
  const signers = signature.filter((line) => isOrganisation(line.folded))
  const named =
    (typeof field === 'string' ? field : undefined) ??
    letterhead?.text.replace(letterheadEnd, '') ??
    (inTitle === undefined ? undefined : title.slice(0, inTitle.length)) ??
    (signers.length > 0 ? joined(signers) : undefined)
  const speaking = head.map((line) => ({ line, match: speaker.exec(line.folded) }))
  const spoken = speaking.find(({ match }) => match !== null)
  const place = head
    .map((line) => session.exec(line.folded)?.[1])
    .find((name) => name !== undefined)
  return {
    name(region) {
      if (named !== undefined) return named
      if (!spoken?.match) return undefined
      const office = spoken.line.text.slice(0, spoken.match[1]!.length)
      return bareLevel.test(office) && region !== undefined ? region + office.slice(1) : office
    },
    placeSources: [
      ...(named === undefined ? [] : [foldForRules(named)]),
      ...(place ? [place] : []),
    ],
  }
}
