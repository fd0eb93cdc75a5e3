/**
 * The title of an official document: found among the lines before the text proper by the
 * form that titles have (GB/T 9704: issuer + 关于 + matter + 的 + kind, set over several lines),
 * or derived from the sentence 现将…报告如下 where the extract has lost it.
 */
import type { Line } from './lines.js'
import { numberingOf } from './numbering.js'

const kinds =
  '报告|通知|公告|通报|通告|意见|决定|决议|办法|方案|规划|计划|规定|细则|总结|批复|请示|纪要|公报|说明|' +
  '要点|白皮书|讲话|汇报|条例|安排|清单|指南|函'
const titleEnd = new RegExp(`(?:${kinds})(?:\\([^()]{1,30}\\))?$`)
// 报　告: spread out to fill its line.
const kindAlone = new RegExp(`^(?:${kinds})$`)
const aboutStart = /^关于/
const titleGoesOn = /(?:年度?|关于.*|的|和|与|及|、)$/
const neverInTitle = /[。;:!?]|如下|^[一—-]{2}/
const documentNumber = /^[\p{Script=Han}\w-]{1,16}\s?\[\d{4}\]\s?第?\s?\d{1,5}\s?号$/u
const organisation =
  /^(?=.{3,40}$)[\p{Script=Han}\s()]+(?:人民政府|政府|委员会|常委会|管委会|办公室|办公厅|党组|[省市区县州旗]委|[局厅院部署]|代表大会|办事处)(?:文件)?$/u
const announced = /现将(.{4,50}?)(报告|汇报|通报|总结|公布|公告|公示|说明)如下/
const tooLong = 80

/** 文号 alone on a line, such as 洛政文〔2025〕11号. On folded text. */
export function isDocumentNumber(folded: string): boolean {
  return folded.length <= 40 && documentNumber.test(folded)
}

/** The name of a public body alone on a line, 文件 of a letterhead included. On folded text. */
export function isOrganisation(folded: string): boolean {
  return folded.length <= 40 && organisation.test(folded)
}

const compact = (text: string) => text.replace(/\s/g, '')

const canBeTitle = (line: Line) =>
  line.folded.length <= tooLong &&
  !neverInTitle.test(line.folded) &&
  !isDocumentNumber(line.folded) &&
  numberingOf(line.folded) === null

const goesOn = (line: Line) =>
  canBeTitle(line) &&
  !titleEnd.test(compact(line.folded)) &&
  (titleGoesOn.test(compact(line.folded)) || isOrganisation(line.folded))

/** Where the title stands: lines [start, end) of `lines`. */
export interface TitleSpan {
  readonly start: number
  readonly end: number
}

/** Finds the title among the first `limit` lines (those before the text proper). */
export function findTitle(lines: readonly Line[], limit: number): TitleSpan | null {
  for (let i = 0; i < limit; i++) {
    const line = lines[i]!
    const bare = compact(line.folded)
    if (!canBeTitle(line) || !titleEnd.test(bare)) continue
    let start = i
    while (start > 0 && goesOn(lines[start - 1]!) && needsMore(lines, start, i)) start--
    // A kind alone (报告, 通知) is a column name or a stamp.
    if (compact(titleText(lines, { start, end: i + 1 })).length >= 6) return { start, end: i + 1 }
  }
  return null
}

/** True while the title from `start` to `last` still lacks what stands before it. */
function needsMore(lines: readonly Line[], start: number, last: number): boolean {
  const first = lines[start]!
  const previous = lines[start - 1]!
  if (isOrganisation(previous.folded)) {
    return aboutStart.test(first.folded) && !/文件$/.test(previous.folded)
  }
  return last - start < 3 && !isOrganisation(first.folded)
}

/** The title as one line; lines of one title follow each other without a space, as in print. */
export function titleText(lines: readonly Line[], span: TitleSpan): string {
  return lines
    .slice(span.start, span.end)
    .map((line) => (kindAlone.test(compact(line.folded)) ? compact(line.text) : line.text))
    .join('')
}

/** `X报告` from the first sentence 现将X报告如下 of these lines, or null. */
export function deriveTitle(lines: readonly Line[]): string | null {
  for (const line of lines) {
    const match = announced.exec(line.folded)
    if (!match) continue
    const at = match.index + '现将'.length
    const matter = line.text.slice(at, at + match[1]!.length)
    const verb = line.text.slice(at + matter.length, at + matter.length + match[2]!.length)
    return matter.replace(/有关$/, '').trim() + (/^公/.test(verb) ? '' : verb)
  }
  return null
}
