/** White space as a reader of Chinese sees it: a wrapped line is no space between Han. */

const cjk =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff00-\\uffef‘’“”…—]'
const wrapInCjk = new RegExp(`(?<=${cjk})[ \\t]*[\\n\\r\\f][ \\t\\n\\r\\f]*(?=${cjk})`, 'gu')
const anySpace = /\s/
const whiteSpace = /[ \t\n\r\f\u00a0]+/g

/** One line of text: wraps inside Chinese vanish, all other white space becomes one space. */
export function unwrap(text: string): string {
  if (!anySpace.test(text)) return text
  return text.replace(wrapInCjk, '').replace(whiteSpace, ' ').trim()
}
