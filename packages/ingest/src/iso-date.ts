/** Dates of fields and front matter to ISO 8601. */
import { dateIn } from './report/dates.js'
import { foldForRules } from './report/fold.js'

const prefix = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?$/
const withTime = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}/
const yearMonth = /^(\d{4})(?:年|[/.])(\d{1,2})月?$/

/** `2025`, `2025-03`, `2025-03-12`; from those, with a time, or as 2025年3月12日, 2025/3/12. Else null. */
export function isoDate(text: string): string | null {
  const trimmed = text.trim()
  if (prefix.test(trimmed)) return trimmed
  const timed = withTime.exec(trimmed)?.[1]
  if (timed !== undefined && prefix.test(timed)) return timed
  const folded = foldForRules(trimmed)
  const month = yearMonth.exec(folded)
  if (month) return isoDate(`${month[1]}-${month[2]!.padStart(2, '0')}`)
  if (/^\d{4}年$/.test(folded)) return folded.slice(0, 4)
  return trimmed.length <= 40 ? dateIn(folded) : null
}
