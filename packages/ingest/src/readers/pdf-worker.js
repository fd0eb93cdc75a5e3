/**
 * Reads the text of PDFs in a thread of its own, so that a file made to be slow or large can be
 * stopped. JavaScript, because a thread starts from a file that Node can run as it stands.
 *
 * In: `{ bytes: Uint8Array }`. Out: `{ page: PdfPage }` for every page, then `{ done: pages }`;
 * or `{ error: { name, message } }`.
 */
import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs'

const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/** @param {string} name */
const folder = (name) => join(library, name) + sep

/** @param {Uint8Array} data */
const openingOf = (data) => ({
  data,
  // Chinese PDFs often name a character map of the standard instead of holding one.
  cMapUrl: folder('cmaps'),
  cMapPacked: true,
  standardFontDataUrl: folder('standard_fonts'),
  disableFontFace: true,
  useSystemFonts: false,
  isEvalSupported: false,
  verbosity: VerbosityLevel.ERRORS,
})

/**
 * The pieces of text on a page, in the page's own order; the origin is at the top left.
 * @param {import('pdfjs-dist').PDFPageProxy} page
 * @returns {Promise<import('./pdf-layout.js').PdfPage>}
 */
async function pageOf(page) {
  const viewport = page.getViewport({ scale: 1 })
  const [a, b, c, d, e, f] = viewport.transform
  const { items } = await page.getTextContent()
  const pieces = []
  for (const item of items) {
    if (!('str' in item) || item.str === '') continue
    const [ia, ib, ic, id, ie, iff] = item.transform
    const across = a * ia + c * ib
    const down = b * ia + d * ib
    pieces.push({
      text: item.str,
      x: a * ie + c * iff + e,
      y: b * ie + d * iff + f,
      width: item.width,
      size: Math.hypot(a * ic + c * id, b * ic + d * id) || item.height,
      isLevel: Math.abs(down) <= Math.abs(across) * 0.1,
    })
  }
  return { width: viewport.width, height: viewport.height, pieces }
}

/** @param {Uint8Array} bytes */
async function read(bytes) {
  const task = getDocument(openingOf(bytes))
  try {
    const pdf = await task.promise
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number)
      parentPort?.postMessage({ page: await pageOf(page) })
      page.cleanup()
    }
    parentPort?.postMessage({ done: pdf.numPages })
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error))
    parentPort?.postMessage({ error: { name, message } })
  } finally {
    await task.destroy()
  }
}

parentPort?.on('message', ({ bytes }) => read(bytes))
