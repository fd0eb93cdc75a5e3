/** What the search box says, and in which language. */

export type Locale = 'zh-CN' | 'zh-TW' | 'en'

export interface Strings {
  /** Name of the box for screen readers, and of the button that opens the dialog. */
  search: string
  placeholder: string
  clear: string
  close: string
  hint: string
  loading: string
  /** @param count formatted; @param isExact whether there may be more */
  found(count: string, isExact: boolean): string
  empty(query: string): string
  emptyHint: string
  emptyFilterHint: string
  suggestions: string
  filters: string
  clearFilters: string
  more: string
  moreValues(count: number): string
  error: string
  errorHint: string
  retry: string
  /** What the keys in the foot line do. */
  keySelect: string
  keyOpen: string
  keyClose: string
  results: string
  untitled: string
}

/** In the language that the box starts with; the others are loaded where they are spoken. */
export const SIMPLIFIED: Strings = {
  search: '搜索',
  placeholder: '搜索',
  clear: '清除',
  close: '关闭',
  hint: '输入词语、句子或问题；简体、繁体和拼音都可以。',
  loading: '正在搜索…',
  found: (count, isExact) => `找到 ${count} 段${isExact ? '' : '以上'}`,
  empty: (query) => `没有找到“${query}”`,
  emptyHint: '换一个更短的词，或者换一种说法再试。',
  emptyFilterHint: '当前的筛选条件下没有结果。',
  suggestions: '您是不是要找',
  filters: '筛选',
  clearFilters: '清除筛选',
  more: '显示更多',
  moreValues: (count) => `还有 ${count} 项`,
  error: '搜索没有完成',
  errorHint: '请检查网络连接，然后重试。',
  retry: '重试',
  keySelect: '选择',
  keyOpen: '打开',
  keyClose: '关闭',
  results: '搜索结果',
  untitled: '无标题',
}

/** The nearest language we speak: Chinese by script or region, English for all others. */
export function localeOf(language: string): Locale {
  const tag = language.toLowerCase()
  if (!/^zh\b/.test(tag)) return 'en'
  if (/-hans\b/.test(tag)) return 'zh-CN'
  return /-(hant|tw|hk|mo)\b/.test(tag) ? 'zh-TW' : 'zh-CN'
}
