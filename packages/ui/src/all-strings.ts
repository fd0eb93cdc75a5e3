/** What the search box says, in all languages it speaks. */

import { type Locale, SIMPLIFIED, type Strings } from './strings.js'
import { TRANSLATIONS } from './translations.js'

export const STRINGS: Readonly<Record<Locale, Strings>> = {
  'zh-CN': SIMPLIFIED,
  ...TRANSLATIONS,
}
