/** PDF documents with a text layer. The library runs in a thread and is loaded for the first. */

import { problemItem } from '../problem.js'
import { plainProfile, profileFor } from '../profiles.js'
import type { BytesReader, CleanedText, ReaderContext, ReadItem } from '../types.js'
import { layOut, type PdfText } from './pdf-layout.js'
import { PdfError, readPdfPages, stopIdleThread } from './pdf-thread.js'
import { itemOf } from './text.js'

const defaultTime = 60_000
const unusable = /[\p{Co}\p{Cc}\ufffd]/gu
const unusableShare = 0.3

/** What the layout and what the profile took away and mended, in one account. */
function accountOf(layout: PdfText, cleaned: CleanedText): CleanedText {
  const byLine = (a: { line: number }, b: { line: number }) => a.line - b.line
  return {
    ...cleaned,
    removed: [...layout.removed, ...(cleaned.removed ?? [])].sort(byLine),
    repairs: [...layout.repairs, ...(cleaned.repairs ?? [])].sort(byLine),
  }
}

function itemOfText(layout: PdfText, context: ReaderContext): ReadItem {
  const profile = profileFor(layout.text, context.options.profile)
  const cleaned = profile.read(
    profile === plainProfile ? layout.text.replaceAll('\f', '') : layout.text,
  )
  return itemOf(accountOf(layout, cleaned), profile.name, 'pdf', context)
}

/** Without white space, form feeds among it. */
const visible = (text: string) => text.replace(/\s/g, '')

async function* readPdf(bytes: Buffer, context: ReaderContext): AsyncGenerator<ReadItem> {
  const { path, options } = context
  try {
    const pages = await readPdfPages(bytes, options.maxPdfTime ?? defaultTime)
    const layout = layOut(pages)
    const text = visible(layout.text)
    const bad = text.match(unusable)?.length ?? 0
    if (text === '') {
      const message = `no text layer on its ${pages.length} pages; scanned pages need OCR first`
      yield problemItem(path, 'empty', message)
    } else if (bad > text.length * unusableShare) {
      const message = 'the text layer does not say which characters it shows; it needs OCR'
      yield problemItem(path, 'encoding', message)
    } else yield itemOfText(layout, context)
  } catch (error) {
    if (!(error instanceof PdfError)) throw error
    yield problemItem(path, error.code, error.message)
  }
}

export const pdfReader: BytesReader = { takes: 'bytes', read: readPdf, close: stopIdleThread }
