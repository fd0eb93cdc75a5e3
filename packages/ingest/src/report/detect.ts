/** Tells an official report from any other plain text, by evidence that such texts share. */
import { splitLines } from './lines.js'
import { metadataPairs } from './metadata.js'
import { noiseReason } from './noise.js'
import { numberingOf, topLevel } from './numbering.js'
import { deriveTitle, findTitle, isDocumentNumber } from './title.js'

const sampledUnits = 40_000
const sampledHead = 20
const required = 5
const publicWords = /政府|行政|市委|县委|区委|省委|人大|党组|国务院|依法|办公厅|职能|贯彻落实|机关/g

/**
 * True when the text looks like a report, notice or plan of a Chinese public body. Needs a
 * document's own marks (title, 文号, page metadata) together with numbered sections or
 * metadata; 一、二、 alone, or official vocabulary alone, is not enough.
 */
export function looksLikeReport(text: string): boolean {
  const sample = text.slice(0, sampledUnits)
  const lines = splitLines(sample)
  const firstSection = lines.findIndex((line) => numberingOf(line.folded) !== null)
  const head = lines.slice(0, Math.min(firstSection < 0 ? sampledHead : firstSection, sampledHead))
  const titled = findTitle(head, head.length) !== null || deriveTitle(head) !== null
  const fields = head.reduce((sum, line) => sum + metadataPairs(line).length, 0)
  const numbered = head.some((line) => isDocumentNumber(line.folded))
  const crumbs = head.some((line) => noiseReason(line, 'head') === 'breadcrumb')
  const sections = lines.filter((line) => numberingOf(line.folded)?.level === topLevel).length
  const official =
    (lines
      .map((line) => line.folded)
      .join('')
      .match(publicWords)?.length ?? 0) >= 5

  const form = titled || numbered || fields >= 2
  const body = sections >= 2 || fields >= 2
  const score =
    (titled ? 2 : 0) +
    (fields >= 2 ? 2 : 0) +
    (sections >= 2 ? 2 : 0) +
    (numbered ? 1 : 0) +
    (crumbs ? 1 : 0) +
    (official ? 1 : 0)
  return form && body && official && score >= required
}
