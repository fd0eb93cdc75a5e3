/**
 * Words that ask but are not asked for, and 的. They weigh less and are never removed: 哪 also
 * stands in 哪吒, 几 in 几内亚.
 */

const QUESTION_WORDS = [
  ...['什么', '甚么', '什么样', '什么时候', '什么地方', '啥', '如何', '怎么', '怎样', '怎么样'],
  ...['为什么', '为何', '何时', '何地', '何处', '何人', '何种', '何事'],
  ...['哪', '哪些', '哪里', '哪个', '哪位', '哪种', '哪儿', '谁', '是否', '能否'],
  ...['多少', '多大', '多长', '多久', '多高', '几', '几个', '吗', '呢', '的'],
]

/** Every character of a question word: an index keeps their folds, so that 什麼 is known. */
export const QUESTION_CHARACTERS = [...new Set(QUESTION_WORDS.join(''))].join('')

const LONGEST = Math.max(...QUESTION_WORDS.map((word) => word.length))
const KNOWN = new Set(QUESTION_WORDS)

/** For every unit of a run: 1 where a question word covers it. Leftmost, then longest. */
export function questionUnits(run: string): Uint8Array {
  const covered = new Uint8Array(run.length)
  for (let at = 0; at < run.length; ) {
    const length = questionLength(run, at)
    covered.fill(1, at, at + length)
    at += Math.max(1, length)
  }
  return covered
}

function questionLength(run: string, at: number): number {
  if (!QUESTION_CHARACTERS.includes(run[at]!)) return 0
  for (let length = Math.min(LONGEST, run.length - at); length > 0; length--) {
    if (KNOWN.has(run.slice(at, at + length))) return length
  }
  return 0
}
