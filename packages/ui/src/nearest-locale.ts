/** The language of an element: its own `lang`, that of what it stands in, or the visitor's. */

import { type Locale, localeOf } from './strings.js'

/** Without a document, on a server, only the element's own `lang` counts. */
export function nearestLocale(element: HTMLElement): Locale {
  if (element.lang) return localeOf(element.lang)
  if (typeof document === 'undefined') return 'zh-CN'
  for (let at: Element | null = element; at !== null; at = hostOf(at)) {
    const language = at.closest('[lang]:not([lang=""])')?.getAttribute('lang')
    if (language) return localeOf(language)
  }
  return localeOf(navigator.language)
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode()
  return root instanceof ShadowRoot ? root.host : null
}
