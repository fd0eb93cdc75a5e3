/**
 * Numbers in Chinese writing → decimal strings. Strict on purpose: what is not unmistakably
 * a number stays a word, because a wrong value is a wrong hit (万一, 一五一十, 二三十).
 */

/** By place: ten digits, then the units 10, 100, 1000, 10^4, 10^8; and how accounts write them. */
const plain = '零一二三四五六七八九十百千万亿'
const account = '零壹贰叁肆伍陆柒捌玖拾佰仟'
const powers = [1, 2, 3, 4, 8]

/** Regular-expression classes of digits, and of digits and units. */
export const digitClass = `[${plain.slice(0, 10)}]`
export const numeralClass = `[${plain}${account}两]`

const rank = (char: string) => {
  const at = plain.indexOf(char)
  return at < 0 ? account.indexOf(char) : at
}

/** The power of ten that a character multiplies by: 4 for 万; undefined for any other. */
export function powerOf(char: string): number | undefined {
  return powers[rank(char) - 10]
}

/** Digits one after the other, as in years: 二零二四 → 2024. Null if anything else is in it. */
export function positional(numeral: string): string | null {
  let digits = ''
  for (const char of numeral) {
    const digit = rank(char)
    if (digit < 0 || digit > 9) return null
    digits += digit
  }
  return digits
}

/** `plain` by place in one letter each: 一百零二 → 1b02. */
const letters = '0123456789abcwy'

// Thousands, hundreds, tens, ones. A skipped place needs its 零, and only where a number begins
// does 十 go without a digit: so 一百二 and 三万五, which may mean 120 and 35000, are none.
const section = '(?:0?[1-9]c)?(?:0?[1-9]b)?(?:(?:0?[1-9]|0|^)a)?(?:(?:0|(?<=a)|^)[1-9])?'
const wellFormed = new RegExp(
  `^(?!0)(?:(?:${section}(?<=[^wy])w)?${section}(?<=[^y])y)?(?:${section}(?<=[^wy])w)?${section}$`,
)

/**
 * A number read out with its units: 一百二十 → 120, 三万五千 → 35000, 十二 → 12.
 * Null unless it is complete and in order, so 万一, 二三十 and 三十百 are none.
 */
export function cardinal(numeral: string): number | null {
  let written = ''
  for (const char of numeral) written += char === '两' ? 2 : letters.charAt(rank(char))
  return wellFormed.test(written) ? evaluate(written.replaceAll('0', '')) : null
}

function evaluate(written: string): number {
  for (const unit of ['y', 'w']) {
    const at = written.lastIndexOf(unit)
    if (at < 0) continue
    const high = evaluate(written.slice(0, at)) * (unit === 'y' ? 1e8 : 1e4)
    return high + evaluate(written.slice(at + 1))
  }
  let sum = 0
  for (const [place, digit, unit] of written.matchAll(/(\d?)([abc]?)/g)) {
    if (place) sum += Number(digit || 1) * 10 ** '_abc'.indexOf(unit || '_')
  }
  return sum
}

/** Texts repeat their numerals: 第三条 and its like are looked up. */
const known = /* @__PURE__ */ new Map<string, string | null>()
const MEMORY = 10_000

/** The value of a numeral in either way of writing; null when it has none. */
export function parseNumeral(numeral: string): string | null {
  let value = known.get(numeral)
  if (value === undefined) {
    value = positional(numeral) ?? cardinal(numeral)?.toString() ?? null
    if (known.size === MEMORY) known.clear()
    known.set(numeral, value)
  }
  return value
}

/**
 * Moves the decimal point to the right, or to the left by a negative number, and drops what is
 * not needed: 4.36, 4 → 43600; 5, -1 → 0.5.
 */
export function shiftDecimal(number: string, places: number): string {
  const [start = '', fraction = ''] = number.split('.')
  const whole = start.padStart(1 - places, '0')
  const digits = whole + fraction.padEnd(places, '0')
  const point = whole.length + places
  return `${digits.slice(0, point)}.${digits.slice(point)}`.replace(/^0+(?=\d)|\.?0*$/g, '')
}
