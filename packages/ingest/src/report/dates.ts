/** Dates as documents write them, to ISO 8601. */

const hanDigits = '〇一二三四五六七八九'
const hanNumber = '[〇○零一二三四五六七八九十]'

const numeric = /((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})(?!\d)\s*日?/
const written = new RegExp(`(${hanNumber}{4})年(${hanNumber}{1,3})月(${hanNumber}{1,3})日`)
const numericYear = /((?:19|20)\d{2})\s*(?:[-—–~至]+\s*(?:19|20)\d{2}\s*)?年/
const writtenYear = new RegExp(`([一二]${hanNumber}{3})年`)

function hanValue(text: string): number {
  const digits = text.replace(/[○零]/g, '〇')
  const ten = digits.indexOf('十')
  if (ten < 0) return Number([...digits].map((digit) => hanDigits.indexOf(digit)).join(''))
  const tens = ten === 0 ? 1 : hanDigits.indexOf(digits.slice(0, ten))
  const units = ten === digits.length - 1 ? 0 : hanDigits.indexOf(digits.slice(ten + 1))
  return tens * 10 + units
}

function iso(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}`
}

function firstDate(folded: string): { date: string; length: number } | null {
  const plain = numeric.exec(folded)
  const match = plain ?? written.exec(folded)
  if (!match) return null
  const value = plain ? Number : hanValue
  const date = iso(value(match[1]!), value(match[2]!), value(match[3]!))
  return date === null ? null : { date, length: match[0].length }
}

/** The first full date in a folded text as `YYYY-MM-DD`, or null. */
export function dateIn(folded: string): string | null {
  return firstDate(folded)?.date ?? null
}

/** The date when the folded text is a date and nothing else, as a signature is. */
export function dateAlone(folded: string): string | null {
  if (folded.length > 40) return null
  const bare = folded.replace(/\s/g, '').replace(/^\((.*)\)$/, '$1')
  const found = firstDate(bare)
  return found?.length === bare.length ? found.date : null
}

/** The first year named in a folded text (2024年, 二〇二四年度; the first of 2022-2025年), or null. */
export function yearIn(folded: string): number | null {
  const plain = numericYear.exec(folded)
  if (plain) return Number(plain[1])
  const match = writtenYear.exec(folded)
  const year = match ? hanValue(match[1]!) : 0
  return year >= 1900 && year < 2100 ? year : null
}
