/** `wenxun verify`: is every byte of an index as it was written, and do its parts agree? */
import { IndexError } from '@wenxun/core'
import type { FileIndex } from '@wenxun/node/file'
import { Command } from 'commander'
import { InputError } from '../errors.js'
import { ExitCode } from '../exit-code.js'
import { openIndexAt } from '../index-file.js'
import { formatBytes, formatDuration } from '../output/quantity.js'
import { stderr, stdout } from '../output/terminal.js'

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Check the checksums and invariants of an index; exit code 0 sound, 1 damaged.')
    .argument('<index>', 'index file')
    .action(async (path: string) => {
      const start = performance.now()
      const { bytes, fault } = await check(path)
      if (fault === null) {
        const took = formatDuration(performance.now() - start)
        stdout.write(`${path}: sound (${formatBytes(bytes)}, ${took})\n`)
      } else stderr.write(`${path}: ${fault}\n`)
      process.exitCode = fault === null ? ExitCode.ok : ExitCode.nothing
    })
}

/** The size of an index, and what is wrong with it, if anything is. */
async function check(path: string): Promise<{ bytes: number; fault: string | null }> {
  try {
    const { index } = await openIndexAt(path)
    return { bytes: sizeOfSound(index), fault: null }
  } catch (error) {
    const cause = error instanceof InputError ? error.cause : error
    if (cause instanceof IndexError) return { bytes: 0, fault: cause.message }
    throw error
  }
}

function sizeOfSound(index: FileIndex): number {
  index.verify()
  const { bytes } = index.inspect()
  index.close()
  return bytes
}
