/** All readers by format. A reader and its library are loaded when its first file turns up. */
import type { Format, Reader } from './types.js'

const loaders: Readonly<Record<Format, () => Promise<Reader>>> = {
  text: async () => (await import('./readers/text.js')).textReader,
  markdown: async () => (await import('./readers/markdown.js')).markdownReader,
  html: async () => (await import('./readers/html.js')).htmlReader,
  json: async () => (await import('./readers/json.js')).jsonReader,
  jsonl: async () => (await import('./readers/jsonl.js')).jsonlReader,
  csv: async () => (await import('./readers/csv.js')).csvReader,
  tsv: async () => (await import('./readers/csv.js')).tsvReader,
  docx: async () => (await import('./readers/docx.js')).docxReader,
  pdf: async () => (await import('./readers/pdf.js')).pdfReader,
}

/** Names of the formats that can be read. */
export const formats = Object.keys(loaders) as Format[]

const loaded = new Map<Format, Reader>()

/** The reader of a format. */
export async function readerOf(format: Format): Promise<Reader> {
  const known = loaded.get(format)
  if (known) return known
  const reader = await loaders[format]()
  loaded.set(format, reader)
  return reader
}

/** Frees what readers keep from file to file. */
export async function closeReaders(): Promise<void> {
  for (const reader of loaded.values()) {
    if (reader.takes === 'bytes') await reader.close?.()
  }
}
