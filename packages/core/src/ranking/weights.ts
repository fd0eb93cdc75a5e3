/**
 * How much each kind of evidence counts; the measurements behind the numbers are in
 * docs/ranking.md.
 */

export const Weight = {
  /** A single character of a gram-script run. */
  character: 1,
  /** Two adjacent characters. */
  pair: 0.7,
  /** A whole Latin or number token. */
  whole: 2,
  /** A part of a compound token. */
  part: 1.2,
  /** The value of a number that is written another way. */
  value: 1.6,
  /** An English stem. */
  stem: 0.6,
} as const

/** Factor for terms that are made of question words. */
export const QUESTION_FACTOR = 0.25

/** What a term in the title counts, in tf factors; its frequency in the title does not matter. */
export const TITLE_FACTOR = 1.3
/** What is left of a term's count in the text where the title has it. */
export const TITLE_DAMPING = 0.15
/** What a term in a heading above a paragraph counts, in tf factors. */
export const HEADING_FACTOR = 0.4

/**
 * A paragraph that contains the whole query scores more the nearer to its start it does:
 * times 1 + LEAD_BONUS · LEAD_REACH / (LEAD_REACH + offset in folded units).
 */
export const LEAD_BONUS = 0.4
export const LEAD_REACH = 5

/**
 * How many of the best rows by lists get a second look at their texts. The rows behind them keep
 * their order.
 */
export const SECOND_LOOK = 16

/** What is left of a term's weight when it stands for a regional synonym of what was typed. */
export const SYNONYM_FACTOR = 0.8
/** What is left of a term's weight when it was typed by its sound. */
export const PINYIN_FACTOR = 0.5
