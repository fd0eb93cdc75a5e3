/** Tells an official report from any other plain text, by evidence that such texts share. */
import { foldForRules } from './fold.js'
import { splitLines } from './lines.js'
import { metadataPairs } from './metadata.js'
import { noiseReason } from './noise.js'
import { numberingOf } from './numbering.js'
import { deriveTitle, findTitle, isDocumentNumber } from './title.js'

const sampledUnits = 40_000
const sampledHead = 20
const required = 5
// 一、 at the start of a line, before any folding: most texts are no reports and are told so fast.
const sectionLine = /^[ \t\u3000\u00a0]*[一二三四五六七八九十百]{1,4}[、.．]/gm
const publicWords = /政府|行政|市委|县委|区委|省委|人大|党组|国务院|依法|办公厅|职能|贯彻落实|机关/g

/**
 * True when the text looks like a report, notice or plan of a Chinese public body. Needs a
 * document's own marks (title, 文号, page metadata) together with numbered sections or
 * metadata; 一、二、 alone, or official vocabulary alone, is not enough.
 */
export function looksLikeReport(text: string): boolean {
  const sample = text.slice(0, sampledUnits)
  const opening = splitLines(headOf(sample))
  const firstSection = opening.findIndex((line) => numberingOf(line.folded) !== null)
  const head = firstSection < 0 ? opening : opening.slice(0, firstSection)
  const titled = findTitle(head, head.length) !== null || deriveTitle(head) !== null
  const fields = head.reduce((sum, line) => sum + metadataPairs(line).length, 0)
  const numbered = head.some((line) => isDocumentNumber(line.folded))
  if (!titled && !numbered && fields < 2) return false
  const sections = sample.match(sectionLine)?.length ?? 0
  if (sections < 2 && fields < 2) return false
  const crumbs = head.some((line) => noiseReason(line, 'head') === 'breadcrumb')
  const official = (foldForRules(sample).match(publicWords)?.length ?? 0) >= 5
  const score =
    (titled ? 2 : 0) +
    (fields >= 2 ? 2 : 0) +
    (sections >= 2 ? 2 : 0) +
    (numbered ? 1 : 0) +
    (crumbs ? 1 : 0) +
    (official ? 1 : 0)
  return official && score >= required
}

/** The first lines that are not blank. */
function headOf(sample: string): string {
  let lines = 0
  let end = 0
  while (lines < sampledHead && end >= 0 && end < sample.length) {
    const next = sample.indexOf('\n', end)
    if (sample.slice(end, next < 0 ? undefined : next).trim() !== '') lines++
    end = next < 0 ? sample.length : next + 1
  }
  return sample.slice(0, end)
}
