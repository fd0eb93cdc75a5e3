/** The engines that every comparison runs beside Wenxun. */
import type { EngineKind } from './engine.js'
import { flexsearchCjk, flexsearchTokens } from './flexsearch.js'
import { minisearchIntl, minisearchTokens } from './minisearch.js'

export const rivals: readonly EngineKind[] = [
  flexsearchCjk,
  flexsearchTokens,
  minisearchIntl,
  minisearchTokens,
]
