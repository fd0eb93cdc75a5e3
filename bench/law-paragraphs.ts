/** The laws of the shared test data, one paragraph at a time. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

interface LawLine {
  readonly paragraphs: readonly { readonly text: string }[]
}

/**
 * Texts of at most `limit` paragraphs in file order; null when the folder holds no laws.
 * @param folder holds `laws/laws-{0..3}.jsonl.gz`
 */
export function lawParagraphs(
  folder = '../shared/data',
  limit = Number.POSITIVE_INFINITY,
): Iterable<string> | null {
  const files = [0, 1, 2, 3].map((part) => join(folder, 'laws', `laws-${part}.jsonl.gz`))
  return files.every((file) => existsSync(file)) ? read(files, limit) : null
}

function* read(files: string[], limit: number): Generator<string> {
  let left = limit
  for (const file of files) {
    for (const line of gunzipSync(readFileSync(file)).toString('utf8').split('\n')) {
      if (line === '') continue
      for (const { text } of (JSON.parse(line) as LawLine).paragraphs) {
        if (left-- <= 0) return
        yield text
      }
    }
  }
}
