/** Numbers as Word's list formats write them. */

const hanDigits = '〇一二三四五六七八九'
const hanUnits = ['', '十', '百', '千']
const formalDigits = '零壹贰叁肆伍陆柒捌玖'
const formalUnits = ['', '拾', '佰', '仟']
const stems = '甲乙丙丁戊己庚辛壬癸'
const branches = '子丑寅卯辰巳午未申酉戌亥'
const romanParts = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
] as const
const largestDrawn = 9999

/** 1 to 9,999 with units: 十二, 一百零三. */
function counted(value: number, digits: string, units: readonly string[], zero: string): string {
  const places = [...String(value)].map(Number)
  let text = ''
  let gap = false
  for (const [i, digit] of places.entries()) {
    if (digit === 0) gap = true
    else {
      if (gap) text += zero
      text += digits[digit]! + units[places.length - 1 - i]!
      gap = false
    }
  }
  return text
}

function han(value: number): string {
  const text = counted(value, hanDigits, hanUnits, '零')
  return value < 20 ? text.replace(/^一十/, '十') : text
}

function roman(value: number): string {
  let rest = value
  let text = ''
  for (const [size, letters] of romanParts) {
    for (; rest >= size; rest -= size) text += letters
  }
  return text
}

/** a to z, then aa, bb …, as Word goes on. */
const latin = (value: number) =>
  String.fromCharCode(97 + ((value - 1) % 26)).repeat(1 + Math.floor((value - 1) / 26))

const circled = (value: number) =>
  value <= 20 ? String.fromCodePoint(0x245f + value) : String(value)
const fullWidth = (value: number) =>
  String(value).replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))
const ofCycle = (cycle: string) => (value: number) => cycle[(value - 1) % cycle.length]!

const drawers: Readonly<Record<string, (value: number) => string>> = {
  chineseCounting: han,
  chineseCountingThousand: han,
  taiwaneseCounting: han,
  taiwaneseCountingThousand: han,
  japaneseCounting: han,
  ideographDigital: (value) => String(value).replace(/\d/g, (digit) => hanDigits[Number(digit)]!),
  japaneseDigitalTenThousand: (value) =>
    String(value).replace(/\d/g, (digit) => hanDigits[Number(digit)]!),
  chineseLegalSimplified: (value) => counted(value, formalDigits, formalUnits, '零'),
  ideographLegalTraditional: (value) => counted(value, formalDigits, formalUnits, '零'),
  ideographTraditional: ofCycle(stems),
  ideographZodiac: ofCycle(branches),
  decimalZero: (value) => String(value).padStart(2, '0'),
  decimalFullWidth: fullWidth,
  decimalFullWidth2: fullWidth,
  decimalEnclosedCircle: circled,
  decimalEnclosedCircleChinese: circled,
  decimalEnclosedParen: (value) =>
    value <= 20 ? String.fromCodePoint(0x2473 + value) : `(${value})`,
  lowerLetter: latin,
  upperLetter: (value) => latin(value).toUpperCase(),
  lowerRoman: roman,
  upperRoman: (value) => roman(value).toUpperCase(),
}

/** A number in a format of Word's `numFmt`; formats that are not known come out in digits. */
export function drawNumber(value: number, format: string): string {
  if (value < 1 || value > largestDrawn) return String(value)
  return (drawers[format] ?? String)(value)
}
