/**
 * Value tokens: what a number or a date says, however it is written.
 *
 * A Chinese numeral gets a value when nothing else can be meant: it has its units in order and
 * is at least ten (一百二十), it is a row of three digits or more (二零二四), or it stands in a
 * frame (第三条, 三年, 百分之五). All else stays a word only: 一网通办, 三农, 万一, 十分.
 */
import { type ScanSink, TokenKind } from '../types.js'
import { beginsNumber, counted, isNumeral } from './number-frame.js'
import {
  digitClass,
  numeralClass,
  parseNumeral,
  positional,
  powerOf,
  shiftDecimal,
} from './numeral.js'

/** No real numeral is longer. */
const LONGEST = 24

const small = `(\\d\\d?|${numeralClass}{1,3}) ?`
const date = new RegExp(
  `([12]\\d{3}|[一二]${digitClass}{3}) {0,2}年 {0,2}${small}月(?: {0,2}${small}[日号])?`,
  'y',
)
const isoDate = /^([12]\d{3})([-/.])(\d\d?)\2(\d\d?)$/

const asciiNumber = /^\d+(?:,\d{3})*(?:\.\d+)?$/
const scale = / ?([十百千]?)(万亿?|亿)(?!\d)/y
// 8千, 3百; not 2百度, 5百货, 3千方百计, 2千兆.
const smallScale = /^[1-9](?:\.\d+)?$/
const smallUnit = / ?(?:(百)(?![度货姓科合色分])|(千)(?![方秋禧兆分]))(?!\d)/y
// 1亿2000万, 3万5千: digits with one unit after the other, and the rest of 1万5000.
const mixed =
  /(?:\d{1,4}(?:[十百千][万亿]?|[万亿])){2,}(?!\d)|(?:\d{1,4}(?:[千百][万亿]?|[万亿]))+\d{3,4}(?![\d.,%‰年/-])/y
const mixedPiece = /(\d+)([十百千]?)([万亿]?)/g
const zeroBefore = /0(\d) ?[月日号]/y

// 百分之 and a number in either script; or a numeral, maybe with its 点五.
const hanNumber = new RegExp(
  `([百千万])分之(?:(\\d+(?:\\.\\d+)?)|(${numeralClass}{1,24})(?:点(${digitClass}{1,24}))?)` +
    `|(${numeralClass}+)(?:点(${digitClass}{1,24}))?`,
  'y',
)

/** What is measured and no time of day: 三点五倍, 一点五个百分点. */
const measured =
  /^(?:[倍吨斤元米升克度级折亩岁]|个(?!人)|公[里斤顷]|千[米克]|[厘毫]米|毫升|平方|立方|小时|美元|百分点)/
/** Before a numeral that is a time of day or a point of a list. */
const timeBefore = '第午晚早晨夜'

// What stands before a value, the value, what stands after it.
const framed = new RegExp(
  `^第 \\d+ [${counted}]| [年号]| (?:[1-9]|1[012]) 月|月 \\d+ 日| \\d\\d+ 日| 10 [${counted}]`,
)
const vague = /^[几数]| 几/
/** Every character that the number rules look at. */
export const numberCharacters = `零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟点第分之几数${counted}`

/**
 * Values of a token in ASCII: 1,234 → 1234; 3.5万 → 35000; 3万5千 → 35000; 8千 → 8000;
 * 2025年3月12日 → 2025-03-12; 03月 → 3; 5‰ → 0.5%.
 */
export function scanAsciiNumber(text: string, start: number, term: string, sink: ScanSink): void {
  const end = start + term.length
  if (/^\d+(?:\.\d+)?‰$/.test(term)) {
    sink.token(`${shiftDecimal(term.slice(0, -1), -1)}%`, start, end, TokenKind.value)
  }
  if (!asciiNumber.test(term)) return
  const number = term.replaceAll(',', '')
  if (number !== term) sink.token(number, start, end, TokenKind.value)
  scanDate(text, start, sink)
  const [, digit] = (term.length === 2 && matchAt(zeroBefore, text, start)) || []
  if (digit) sink.token(digit, start, end, TokenKind.value)
  // In 1亿2千万 neither half is the number.
  if (/[百千万亿]/.test(text.charAt(start - 1))) return
  const long = powerOf(text.charAt(end)) ? matchAt(mixed, text, start) : null
  if (long) {
    const value = mixedValue(long[0])
    if (value) sink.token(value, start, start + long[0].length, TokenKind.value)
    return
  }
  const unit =
    matchAt(scale, text, end) ?? (smallScale.test(number) ? matchAt(smallUnit, text, end) : null)
  if (!unit) return
  const [all, first = '', second = ''] = unit
  const places = (powerOf(first) ?? 0) + (second.length > 1 ? 12 : (powerOf(second) ?? 0))
  sink.token(shiftDecimal(number, places), start, end + all.length, TokenKind.value)
}

/**
 * 1亿2000万 → 120000000, 2万3千5百 → 23500, 1万5000 → 15000. Null unless every unit is smaller
 * than the one before and the digits fit between: 3万5 may be 35000.
 */
function mixedValue(text: string): string | null {
  let total = 0
  let section = 0
  // What the next piece must be below: in its section, and a whole section.
  let room = 1e4
  let sectionRoom = Number.POSITIVE_INFINITY
  for (const [, digits = '', unit = '', scaleUnit = ''] of text.matchAll(mixedPiece)) {
    const before = room < 1e4 ? room : sectionRoom
    if (!unit && !scaleUnit && 10 ** digits.length !== before) return null
    const size = 10 ** (powerOf(unit) ?? 0)
    if (Number(digits) * size >= room || (unit && digits.length > 1)) return null
    section += Number(digits) * size
    room = size
    if (!scaleUnit) continue
    const largeSize = 10 ** powerOf(scaleUnit)!
    if (section * largeSize >= sectionRoom) return null
    total += section * largeSize
    section = 0
    room = 1e4
    sectionRoom = largeSize
  }
  return section < sectionRoom ? `${total + section}` : null
}

/** Values of 2025-03-12, 2025/3/12 or 2025.3.12, which stand for its parts; false for others. */
export function scanIsoDate(term: string, start: number, sink: ScanSink): boolean {
  const [, year = '', , month = '', day = ''] = isoDate.exec(term) ?? []
  if (!isDate(+month, +day)) return false
  const monthEnd = start + 5 + month.length
  const end = start + term.length
  const full = formatDate(year, +month, +day)
  if (full !== term) sink.token(full, start, end, TokenKind.value)
  sink.token(formatDate(year, +month), start, monthEnd, TokenKind.value)
  sink.token(year, start, start + 4, TokenKind.value)
  sink.token(`${+month}`, start + 5, monthEnd, TokenKind.value)
  sink.token(`${+day}`, monthEnd + 1, end, TokenKind.value)
  return true
}

/** Values of the numerals that begin in [start, end) of a gram run, in order. */
export function scanHanNumbers(text: string, start: number, end: number, sink: ScanSink): void {
  for (let i = start; i < end; i++) {
    if (!beginsNumber(text, i)) continue
    const match = matchAt(hanNumber, text, i)
    if (!match) continue
    const [all, fraction, , , , numeral = ''] = match
    const isWhole = fraction || scanDecimal(text, match, sink)
    if (fraction) scanFraction(match, sink)
    else if (!isWhole) scanNumeral(text, i, numeral, sink)
    i += (isWhole ? all : numeral).length - 1
  }
}

/** 百分之九十六点八七 → 96.87% and 96.87; 千分之五 → 5‰, 0.5% and 5; 万分之三 → 0.03% and 3. */
function scanFraction(match: RegExpExecArray, sink: ScanSink): void {
  const [all, base = '', ascii, numeral = '', fraction] = match
  const number = ascii ?? decimal(numeral === '百' ? '一百' : numeral, fraction)
  if (!number) return
  const end = match.index + all.length
  const percent = `${shiftDecimal(number, 2 - powerOf(base)!)}%`
  if (base === '千') sink.token(`${number}‰`, match.index, end, TokenKind.value)
  sink.token(percent, match.index, end, TokenKind.value)
  if (!ascii) sink.token(number, match.index + 3, end, TokenKind.value)
}

/** 三点五亿 → 350000000, 零点五 → 0.5. False for what may be a time of day: 三点五, 三点一刻. */
function scanDecimal(text: string, match: RegExpExecArray, sink: ScanSink): boolean {
  const [all, , , , , numeral = '', fraction] = match
  const number = fraction ? decimal(numeral, fraction) : null
  if (!fraction || !number) return false
  const end = match.index + all.length
  const next = text.charAt(end)
  if (next === '万' || next === '亿') {
    const value = shiftDecimal(number, powerOf(next)!)
    sink.token(value, match.index, end + 1, TokenKind.value)
    return true
  }
  if (!isDecimal(text, match.index, number, fraction, end)) return false
  sink.token(number, match.index, end, TokenKind.value)
  return true
}

/** Whether a numeral with 点 and digits can be nothing but a decimal. */
function isDecimal(
  text: string,
  start: number,
  number: string,
  fraction: string,
  end: number,
): boolean {
  if (start > 0 && timeBefore.includes(text.charAt(start - 1))) return false
  const after = text.slice(end, end + 3)
  if (measured.test(after)) return true
  if (isNumeral(text, end) || /^[点分刻半钟整时]/.test(after)) return false
  // No hour of a day is above 24, no minute is read as 一四.
  return Number(number) < 1 || Number(number) > 24.6 || /^[^零]./.test(fraction)
}

function scanNumeral(text: string, start: number, numeral: string, sink: ScanSink): void {
  if (numeral.length > LONGEST) return
  const end = start + numeral.length
  const value = parseNumeral(numeral)
  const context = `${text.charAt(start - 1)} ${value} ${text.charAt(end)}`
  if (!value || vague.test(context) || !(isCertain(numeral) || framed.test(context))) return
  sink.token(value, start, end, TokenKind.value)
  scanDate(text, start, sink)
}

/** A number whatever stands around it: 一百二十, 二零二四; not 一二三, 一一 or a bare 十. */
function isCertain(numeral: string): boolean {
  const digits = positional(numeral)
  if (!digits) return numeral.length > 1
  return digits.length > 2 && !/^(.)\1+$/.test(digits) && !'123456789'.includes(digits)
}

/** 2025年3月12日 in either script, also with spaces: `2025-03` and `2025-03-12`. */
function scanDate(text: string, start: number, sink: ScanSink): void {
  const match = matchAt(date, text, start)
  if (!match) return
  const [year, month, day] = match.slice(1).map(toDigits)
  if (!isDate(+month!, 1)) return
  const monthEnd = start + match[0].indexOf('月') + 1
  sink.token(formatDate(year!, +month!), start, monthEnd, TokenKind.value)
  if (!day || !isDate(+month!, +day)) return
  sink.token(formatDate(year!, +month!, +day), start, start + match[0].length, TokenKind.value)
}

function toDigits(number: string | undefined): string {
  return number && !/\d/.test(number) ? (parseNumeral(number) ?? '') : (number ?? '')
}

function decimal(numeral: string, fraction: string | undefined): string | null {
  const whole = parseNumeral(numeral)
  return whole && fraction ? shiftDecimal(`${whole}.${positional(fraction)}`, 0) : whole
}

function isDate(month: number, day: number): boolean {
  return month > 0 && month < 13 && day > 0 && day < 32
}

function formatDate(year: string, ...rest: number[]): string {
  return [year, ...rest.map((part) => `${part}`.padStart(2, '0'))].join('-')
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
