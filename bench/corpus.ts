/**
 * Named corpora for the benches.
 *
 *   seeds   the five reports in seeds/, cleaned by @wenxun/ingest
 *   made    10,000 paragraphs put together from clauses of the seeds with a fixed seed, for places
 *           without the laws: 100 documents, each with the metadata of a seed
 *   10k     the first 10,000 paragraphs of the laws, in order of document id
 *   100k    the first 100,000
 *   343k    all 343,120
 *
 * A law gets one metadata field, `kind`: the last two characters of its title.
 * The laws come from `<data>/laws/laws-{0..3}.jsonl.gz`, where `<data>` is `--data`, the
 * variable WENXUN_DATA, or ../shared/data beside this repository. They are optional: a bench
 * that needs them says SKIPPED when they are absent. Nothing of them is kept here.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { SourceDocument } from '@wenxun/core'
import { readPath } from '@wenxun/ingest'
import { ROOT } from './folders.js'
import { seededRandom } from './random.js'

export const CORPUS_NAMES = ['seeds', 'made', '10k', '100k', '343k'] as const
export type CorpusName = (typeof CORPUS_NAMES)[number]

const PARAGRAPHS: Readonly<Record<Exclude<CorpusName, 'seeds' | 'made'>, number>> = {
  '10k': 10_000,
  '100k': 100_000,
  '343k': Number.POSITIVE_INFINITY,
}

export interface Corpus {
  readonly name: CorpusName
  readonly documents: readonly SourceDocument[]
  /** Texts of all paragraphs; the position is the row of the paragraph in every engine. */
  readonly texts: readonly string[]
  /** UTF-8 bytes of the paragraphs' texts, titles and headings not counted. */
  readonly textBytes: number
}

/** The corpus in memory, or null after a visible line when its files are absent. */
export async function loadCorpus(name: CorpusName, folder: string): Promise<Corpus | null> {
  const documents = corpusDocuments(name, folder)
  if (documents === null) return null
  const kept: SourceDocument[] = []
  for await (const document of documents) kept.push(document)
  const texts = kept.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text))
  return { name, documents: kept, texts, textBytes: utf8Bytes(texts) }
}

/** The documents of a corpus as a stream; null after a visible line when files are absent. */
export function corpusDocuments(
  name: CorpusName,
  folder: string,
): AsyncGenerator<SourceDocument> | null {
  if (name === 'seeds') return seedDocuments()
  if (name === 'made') return madeDocuments()
  const files = lawFiles(folder)
  const missing = files.filter((file) => !existsSync(file))
  if (missing.length === 0) return firstParagraphs(inOrderOfId(files), PARAGRAPHS[name])
  console.log(`SKIPPED ${name}: ${missing[0]} is absent (set --data or WENXUN_DATA).`)
  return null
}

export function utf8Bytes(texts: Iterable<string>): number {
  let bytes = 0
  for (const text of texts) bytes += Buffer.byteLength(text)
  return bytes
}

function lawFiles(folder: string): string[] {
  return [0, 1, 2, 3].map((part) => join(folder, 'laws', `laws-${part}.jsonl.gz`))
}

async function* seedDocuments(): AsyncGenerator<SourceDocument> {
  const folder = join(ROOT, 'seeds')
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))
  yield* documentsIn(files.sort().map((name) => join(folder, name)))
}

const MADE_DOCUMENTS = 100
const MADE_PARAGRAPHS = 100
const MADE_SEED = 20_251_123
/** Fewest and most clauses of a made paragraph. */
const MADE_CLAUSES = [2, 9] as const

async function* madeDocuments(): AsyncGenerator<SourceDocument> {
  const seeds: SourceDocument[] = []
  for await (const seed of seedDocuments()) seeds.push(seed)
  const clauses = seeds.flatMap(({ paragraphs }) =>
    paragraphs.flatMap(({ text }) => text.match(/[^，；。]+[，；。]/g) ?? []),
  )
  const random = seededRandom(MADE_SEED)
  const [fewest, most] = MADE_CLAUSES
  for (let i = 0; i < MADE_DOCUMENTS; i++) {
    const paragraphs = Array.from({ length: MADE_PARAGRAPHS }, () => {
      const count = fewest + Math.floor(random() * (most - fewest + 1))
      const chosen = Array.from({ length: count }, () => pick(clauses, random))
      return { text: chosen.join('') }
    })
    yield { ...seeds[i % seeds.length]!, id: `made-${i}`, paragraphs }
  }
}

function pick<T>(items: readonly T[], random: () => number): T {
  return items[Math.floor(random() * items.length)]!
}

/** The documents of files that are each in order of id, in order of id over all of them. */
async function* inOrderOfId(files: readonly string[]): AsyncGenerator<SourceDocument> {
  const streams = files.map((file) => documentsIn([file]))
  try {
    const heads = await Promise.all(streams.map((stream) => stream.next()))
    for (;;) {
      let least = -1
      for (const [i, head] of heads.entries()) {
        if (head.done === true) continue
        const best = heads[least]
        if (best === undefined || best.done === true || head.value.id < best.value.id) least = i
      }
      const next = heads[least]
      if (next === undefined || next.done === true) return
      yield next.value
      heads[least] = await streams[least]!.next()
    }
  } finally {
    // Whoever takes only the first documents leaves files open that are half read.
    await Promise.all(streams.map((stream) => stream.return(undefined)))
  }
}

async function* documentsIn(paths: readonly string[]): AsyncGenerator<SourceDocument> {
  for await (const { document, problem } of readPath(paths)) {
    if (problem !== undefined) throw new Error(problem.message)
    yield document
  }
}

/** The last two characters of a law's title: 条例, 办法, 规定 …; brackets at the end left out. */
function kindOf(title = ''): string {
  return title.replace(/[（(].*$/, '').slice(-2)
}

/** Cuts the last document so that exactly `limit` paragraphs come out. */
async function* firstParagraphs(
  documents: AsyncIterable<SourceDocument>,
  limit: number,
): AsyncGenerator<SourceDocument> {
  let left = limit
  for await (const document of documents) {
    const paragraphs = document.paragraphs.slice(0, left)
    yield { ...document, meta: { ...document.meta, kind: kindOf(document.title) }, paragraphs }
    left -= paragraphs.length
    if (left <= 0) return
  }
}
