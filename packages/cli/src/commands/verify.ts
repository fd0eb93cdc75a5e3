/** `wenxun verify`: is every byte of an index as it was written, and do its parts agree? */
import { IndexError, openIndex } from '@wenxun/core'
import { Command } from 'commander'
import { ExitCode } from '../exit-code.js'
import { readIndexFile } from '../index-file.js'
import { formatBytes, formatDuration } from '../output/quantity.js'
import { stderr, stdout } from '../output/terminal.js'

export function verifyCommand(): Command {
  return new Command('verify')
    .description('Check the checksums and invariants of an index; exit code 0 sound, 1 damaged.')
    .argument('<index>', 'index file')
    .action((path: string) => {
      const bytes = readIndexFile(path)
      const start = performance.now()
      const faults = findFaults(bytes)
      for (const fault of faults) stderr.write(`${path}: ${fault}\n`)
      if (faults.length === 0) {
        const took = formatDuration(performance.now() - start)
        stdout.write(`${path}: sound (${formatBytes(bytes.length)}, ${took})\n`)
      }
      process.exitCode = faults.length === 0 ? ExitCode.ok : ExitCode.nothing
    })
}

function findFaults(bytes: Uint8Array): string[] {
  try {
    openIndex(bytes).verify()
    return []
  } catch (error) {
    if (error instanceof IndexError) return [error.message]
    throw error
  }
}
