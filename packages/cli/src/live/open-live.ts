/** Opens the live index of a command, and closes it however the command ends. */
import { isLiveDirectory, type LiveIndex, openLiveIndex } from '@wenxun/node'
import type { AnalyzerFlags } from '../build/build-analyzer.js'
import { InputError } from '../errors.js'

/**
 * What `work` returns. Merging is left to the command.
 * @throws IndexError as `openLiveIndex` does
 */
export async function withLiveIndex<T>(
  directory: string,
  flags: AnalyzerFlags & { readonly lean?: true },
  work: (live: LiveIndex) => Promise<T>,
): Promise<T> {
  const { buildAnalyzer } = await import('../build/build-analyzer.js')
  const analyzer = buildAnalyzer(flags)
  const live = await openLiveIndex(directory, {
    analyzer,
    backgroundMerge: false,
    ...(flags.lean && { lean: true }),
  })
  try {
    return await work(live)
  } finally {
    await live.close()
  }
}

/** @throws {InputError} for a directory that no `wenxun add` made */
export function checkLive(directory: string): void {
  if (isLiveDirectory(directory)) return
  throw new InputError(
    `${directory}: not a live index`,
    'Make one first: wenxun add <directory> <path...>',
  )
}
