/**
 * Contexts of the numbers in the core of a bundle: those of one are alike. A context with room behind
 * it is many, told apart by what is known already.
 */

export const count = 0
export const documentRows = 1
export const lengthForm = 2
export const length = 3
export const lengthStep = 4
export const unitStep = 5
export const isCounted = 6
export const characterRows = 7
export const headingStep = 8
export const headingRows = 9
export const shared = 10
export const further = 11
export const termHigh = 12
export const termLow = 13
export const filterStep = 14
export const packPieces = 15
/** By the digits of a character's rows, 0 to 32. */
export const isFrequent = 16
/** By the same. */
export const termPieces = 49
/** By the size that is expected, up to MOST_EXPECTED. */
export const termSize = 82
export const MOST_EXPECTED = 15
export const bodySize = termSize + MOST_EXPECTED + 1
export const CONTEXTS = bodySize + MOST_EXPECTED + 1
