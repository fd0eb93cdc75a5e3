/** What the search box says, in the languages it speaks. */

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

export const STRINGS: Readonly<Record<Locale, Strings>> = {
  'zh-CN': {
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
  },
  'zh-TW': {
    search: '搜尋',
    placeholder: '搜尋',
    clear: '清除',
    close: '關閉',
    hint: '輸入詞語、句子或問題；繁體、簡體和拼音都可以。',
    loading: '正在搜尋…',
    found: (count, isExact) => `找到 ${count} 段${isExact ? '' : '以上'}`,
    empty: (query) => `找不到「${query}」`,
    emptyHint: '換一個更短的詞，或者換一種說法再試。',
    emptyFilterHint: '目前的篩選條件下沒有結果。',
    suggestions: '您是不是要找',
    filters: '篩選',
    clearFilters: '清除篩選',
    more: '顯示更多',
    moreValues: (count) => `還有 ${count} 項`,
    error: '搜尋沒有完成',
    errorHint: '請檢查網路連線，然後重試。',
    retry: '重試',
    keySelect: '選擇',
    keyOpen: '開啟',
    keyClose: '關閉',
    results: '搜尋結果',
    untitled: '無標題',
  },
  en: {
    search: 'Search',
    placeholder: 'Search',
    clear: 'Clear',
    close: 'Close',
    hint: 'Type words, a sentence or a question. Simplified, Traditional and pinyin all work.',
    loading: 'Searching…',
    found: (count, isExact) =>
      `${isExact ? '' : 'At least '}${count} ${count === '1' ? 'passage' : 'passages'}`,
    empty: (query) => `Nothing found for “${query}”`,
    emptyHint: 'Try a shorter word, or other words.',
    emptyFilterHint: 'Nothing matches the chosen filters.',
    suggestions: 'Did you mean',
    filters: 'Filters',
    clearFilters: 'Clear filters',
    more: 'Show more',
    moreValues: (count) => `${count} more`,
    error: 'The search did not finish',
    errorHint: 'Check the connection, then try again.',
    retry: 'Try again',
    keySelect: 'select',
    keyOpen: 'open',
    keyClose: 'close',
    results: 'Search results',
    untitled: 'Untitled',
  },
}

/** The nearest language we speak: Chinese by script or region, English for all others. */
export function localeOf(language: string): Locale {
  const tag = language.toLowerCase()
  if (!/^zh(?:-|$)/.test(tag)) return 'en'
  if (/-hans(?:-|$)/.test(tag)) return 'zh-CN'
  return /-(?:hant|tw|hk|mo)(?:-|$)/.test(tag) ? 'zh-TW' : 'zh-CN'
}
