/** Group `memory`: every engine in a process of its own. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { CorpusName } from '../corpus.js'
import type { EngineKind } from '../engines/engine.js'
import { ROOT } from '../folders.js'
import type { Table } from '../report.js'
import { show } from '../timing.js'
import type { MemoryCost } from './memory-child.js'

const HEAP_MB = 12_000

/** Null when the process failed, after its own message. */
export function measureMemory(
  { name }: EngineKind,
  corpus: CorpusName,
  data: string,
): MemoryCost | null {
  const script = join(ROOT, 'bench/everyday/memory-child.ts')
  const flags = ['--expose-gc', `--max-old-space-size=${HEAP_MB}`]
  const child = spawnSync(
    process.execPath,
    [...process.execArgv, ...flags, script, name, corpus, data],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  return child.status === 0 ? (JSON.parse(child.stdout) as MemoryCost) : null
}

export function memoryTable(
  corpus: string,
  textBytes: number,
  costs: readonly (readonly [engine: string, cost: MemoryCost | null])[],
): Table {
  const cells = (bytes: number | undefined) =>
    bytes === undefined ? ['failed', '-'] : [(bytes / 1e6).toFixed(1), show(bytes / textBytes)]
  return {
    title: `${corpus}: memory beyond the documents, MB; text is ${(textBytes / 1e6).toFixed(2)} MB`,
    header: ['engine', 'peak of build', 'x text', 'index, ready', 'x text'],
    rows: costs.map(([engine, cost]) => [
      engine,
      ...cells(cost?.buildBytes),
      ...cells(cost?.heldBytes),
    ]),
  }
}
