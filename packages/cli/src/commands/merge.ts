/** `wenxun merge`: a live index into one segment. */
import { Command } from 'commander'
import type { AnalyzerFlags } from '../build/build-analyzer.js'
import { checkLive, withLiveIndex } from '../live/open-live.js'
import { analyzerOptions } from '../live/reading-options.js'
import { Progress } from '../output/progress.js'
import { formatBytes, formatCount, formatDuration, plural } from '../output/quantity.js'
import { printJson, stderr, stdout } from '../output/terminal.js'
import { printable } from '../output/text-width.js'

interface MergeFlags extends AnalyzerFlags {
  quiet?: boolean
  json?: boolean
}

export function mergeCommand(): Command {
  const command = new Command('merge')
    .description('Merge a live index into one segment, without what was deleted.')
    .argument('<directory>', 'directory of the index')
  return analyzerOptions(command)
    .option('--quiet', 'print nothing but errors')
    .option('--json', 'print one JSON object')
    .action(merge)
}

async function merge(directory: string, flags: MergeFlags): Promise<void> {
  const started = performance.now()
  checkLive(directory)
  const progress = flags.quiet ? null : new Progress(stderr)
  const { before, after } = await withLiveIndex(directory, flags, async (live) => {
    const { segments } = live.status
    progress?.note('merging …')
    await live.compact()
    progress?.clear()
    return { before: segments, after: live.status }
  })
  const took = performance.now() - started
  if (flags.json) {
    printJson({
      index: directory,
      generation: after.generation,
      segments_before: before,
      segments: after.segments,
      documents: after.documents,
      bytes: after.bytes,
      took_ms: Number(took.toFixed(1)),
    })
  } else if (!flags.quiet) {
    const segments = `${plural(before, 'segment')} → ${formatCount(after.segments)}`
    const size = `${plural(after.documents, 'document')}, ${formatBytes(after.bytes)}`
    stdout.write(`${printable(directory)}: ${segments} (${size}) in ${formatDuration(took)}\n`)
  }
}
