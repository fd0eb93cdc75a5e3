/** Cuts by nodejieba, where that native add-on is installed. Node only; never loaded unasked. */
import { createRequire } from 'node:module'
import { fingerprintOf } from '../fingerprint.js'
import { TokenizerError } from '../tokenizer-error.js'
import type { Segmenter } from '../types.js'
import { createTextSegmenter } from './text-segmenter.js'

/** The part of nodejieba that is used: without a second argument it cuts without HMM. */
interface NodeJieba {
  cut(text: string): string[]
}

/**
 * jieba with its own dictionary and without its hidden Markov model. Its dictionary is not
 * folded: text whose fold differs from jieba's spelling is cut worse than by the default.
 * @throws TokenizerError NODEJIEBA_MISSING when nodejieba is not installed or was not built
 */
export function createJiebaSegmenter(): Segmenter {
  const require = createRequire(import.meta.url)
  const { jieba, version } = load(require)
  return createTextSegmenter({
    name: 'jieba',
    fingerprint: fingerprintOf('jieba', version),
    split: (text) => jieba.cut(text),
  })
}

function load(require: NodeJS.Require): { jieba: NodeJieba; version: string } {
  try {
    const jieba = require('nodejieba') as NodeJieba
    jieba.cut('') // The add-on itself is loaded by the first call.
    const { version } = require('nodejieba/package.json') as { version: string }
    return { jieba, version }
  } catch (cause) {
    throw new TokenizerError(
      'NODEJIEBA_MISSING',
      'The jieba segmenter needs the package nodejieba, which is not installed or was not built. ' +
        'Install it with a C++ compiler at hand, or use the default segmenter, which cuts the same.',
      { cause },
    )
  }
}
