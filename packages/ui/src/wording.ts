/** What an element says, in the language of the page around it; others than Simplified load late. */

import { nearestLocale } from './nearest-locale.js'
import { type Locale, SIMPLIFIED, type Strings } from './strings.js'

/**
 * Gives the words for an element; not one while another language loads and it `isIdle`. Calls
 * `update` when there are others.
 */
export function wordingOf(element: HTMLElement, update: () => void): (isIdle: boolean) => Strings {
  const languages: Partial<Record<Locale, Strings>> = { 'zh-CN': SIMPLIFIED }
  let isLoading = false
  const take = (others: Partial<Record<Locale, Strings>>) => {
    Object.assign(languages, others)
    update()
  }
  return (isIdle) => {
    const language = languages[nearestLocale(element)]
    if (language !== undefined) return language
    if (!isLoading) {
      isLoading = true
      import('./translations.js').then(
        ({ TRANSLATIONS }) => take(TRANSLATIONS),
        // Better in one of its languages than in none.
        () => take({ en: SIMPLIFIED, 'zh-TW': SIMPLIFIED }),
      )
    }
    return isIdle ? ({} as Strings) : SIMPLIFIED
  }
}
