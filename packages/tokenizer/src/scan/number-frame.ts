/** Where a Chinese numeral may have a value: asked of every numeral first, for speed. */
import { Script, scriptOf } from '../script.js'

/** What is counted or numbered with digits as often as with numerals: 第三条, 十项; not 十分. */
export const counted = '条章节款项次届号年月日期批卷页编篇集课级'

/** What can follow a numeral of one character that has a value. */
const frame = /* @__PURE__ */ new RegExp(`[${counted}点分]`)

export function isNumeral(text: string, at: number): boolean {
  return scriptOf(text.charCodeAt(at)) === Script.numeral
}

/** Whether a number may begin at an offset: most numerals stand in words (一般, 三农). */
export function beginsNumber(text: string, at: number): boolean {
  return isNumeral(text, at) && (isNumeral(text, at + 1) || frame.test(text.charAt(at + 1)))
}

/** The first place in [from, last] where a number may begin, or -1. */
export function firstNumber(text: string, from: number, last: number): number {
  for (let at = from; at <= last; at++) if (beginsNumber(text, at)) return at
  return -1
}
