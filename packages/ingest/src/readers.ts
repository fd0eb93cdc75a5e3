/** All readers by format. */
import { htmlReader } from './readers/html.js'
import { jsonReader } from './readers/json.js'
import { jsonlReader } from './readers/jsonl.js'
import { markdownReader } from './readers/markdown.js'
import { textReader } from './readers/text.js'
import type { Format, Reader } from './types.js'

export const readers: Readonly<Record<Format, Reader>> = {
  text: textReader,
  markdown: markdownReader,
  html: htmlReader,
  json: jsonReader,
  jsonl: jsonlReader,
}
