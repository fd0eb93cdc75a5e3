/** Marked text for people who put it into HTML themselves. */

import type { SnippetPart } from '../model.js'

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes text for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char]!)
}

/** Snippet parts as escaped HTML with `<mark>` around the hits. */
export function snippetToHtml(parts: readonly SnippetPart[]): string {
  return parts
    .map(({ text, hit }) => (hit ? `<mark>${escapeHtml(text)}</mark>` : escapeHtml(text)))
    .join('')
}
