/**
 * The platform's own cutter, for comparison. Its cuts differ between runtimes and versions,
 * so an index built with it must be searched by the same one.
 */
import { fingerprintOf } from '../fingerprint.js'
import type { Segmenter } from '../types.js'
import { createTextSegmenter } from './text-segmenter.js'

/** Cuts by `Intl.Segmenter` with word granularity. */
export function createIntlSegmenter(locale = 'zh'): Segmenter {
  const segmenter = new Intl.Segmenter(locale, { granularity: 'word' })
  return createTextSegmenter({
    name: 'intl',
    fingerprint: fingerprintOf('intl', segmenter.resolvedOptions().locale, runtimeVersion()),
    *split(text) {
      for (const { segment } of segmenter.segment(text)) yield segment
    },
  })
}

/** The version of ICU where the runtime tells it, else the runtime's name. */
function runtimeVersion(): string {
  const { process, navigator } = globalThis as {
    process?: { versions?: { icu?: string } }
    navigator?: { userAgent?: string }
  }
  return process?.versions?.icu ?? navigator?.userAgent ?? ''
}
