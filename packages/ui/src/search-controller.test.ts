import type { SearchOptions } from '@wenxun/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { open } from '../../../test/support/notation.js'
import {
  createSearchController,
  type SearchController,
  type SearchControllerOptions,
} from './search-controller.js'
import { lazySearchable, type Searchable } from './searchable.js'

const index = open(`
  a 《洛阳报告》 city=洛阳 year=2024: 行政复议案件 | 行政复议机构 | 行政执法
  b 《郑州报告》 city=郑州 year=2024: 行政复议 | 信访事项
  c 《漯河报告》 city=漯河 year=2023: 行政复议工作 | 行政诉讼`)

/** Answers when told to. */
class Waiting implements Searchable {
  readonly asked: { query: string; options: SearchOptions; signal: AbortSignal }[] = []
  readonly #answers: (() => void)[] = []

  search(query: string, { signal, ...options }: SearchOptions & { signal?: AbortSignal }) {
    this.asked.push({ query, options, signal: signal! })
    return new Promise<ReturnType<typeof index.search>>((resolve) => {
      this.#answers.push(() => resolve(index.search(query, options)))
    })
  }

  /** Answers the nth search. */
  async answer(position: number) {
    this.#answers[position]!()
    await settled()
  }
}

const settled = () => vi.advanceTimersByTimeAsync(0)

/** A controller that searches at every change. */
function controllerOf(options: SearchControllerOptions = {}, searchable: Searchable = index) {
  return createSearchController(searchable, { debounce: 0, ...options })
}

const texts = ({ state }: SearchController) => state.items.map(({ hit }) => hit.text)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('typing', () => {
  it('searches once when it pauses', () => {
    const search = vi.spyOn(index, 'search')
    const controller = createSearchController(index, { debounce: 40 })
    for (const query of ['行', '行政', '行政复议']) {
      controller.setQuery(query)
      vi.advanceTimersByTime(39)
    }
    expect(search).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(search.mock.calls.map(([query]) => query)).toEqual(['行政复议'])
    search.mockRestore()
  })

  it('shows the pages of an answer, with rows in one order across them', () => {
    const controller = controllerOf()
    controller.setQuery('行政复议')
    const { groups, items, status, answered } = controller.state
    expect([status, answered]).toEqual(['ready', '行政复议'])
    expect(groups.map(({ document }) => document.id).sort()).toEqual(['a', 'b', 'c'])
    expect(items.map(({ position }) => position)).toEqual(items.map((_, i) => i))
    expect(groups.flatMap((group) => group.items)).toEqual(items)
  })

  it('shows nothing once the query is gone', () => {
    const controller = controllerOf()
    controller.setQuery('行政')
    controller.setQuery('  ')
    expect(controller.state).toMatchObject({ status: 'idle', items: [], answered: '' })
  })
})

describe('an answer', () => {
  it('never replaces that of a newer question, and the older one is aborted', async () => {
    const waiting = new Waiting()
    const controller = controllerOf({}, waiting)
    controller.setQuery('行政')
    controller.setQuery('信访')
    expect(waiting.asked.map(({ signal }) => signal.aborted)).toEqual([true, false])
    await waiting.answer(1)
    await waiting.answer(0)
    expect(controller.state.answered).toBe('信访')
    expect(texts(controller)).toEqual(['信访事项'])
  })

  it('stays until the newer one is there', async () => {
    const waiting = new Waiting()
    const controller = controllerOf({}, waiting)
    controller.setQuery('信访')
    await waiting.answer(0)
    const lengths: number[] = []
    controller.subscribe(({ items }) => lengths.push(items.length))
    controller.setQuery('信访事')
    expect(controller.state).toMatchObject({ status: 'loading', answered: '信访' })
    await waiting.answer(1)
    expect(controller.state.answered).toBe('信访事')
    expect(Math.min(...lengths)).toBeGreaterThan(0)
  })

  it('to a query that is gone is not shown', async () => {
    const waiting = new Waiting()
    const controller = controllerOf({}, waiting)
    controller.setQuery('信访')
    controller.setQuery('')
    await waiting.answer(0)
    expect(controller.state).toMatchObject({ status: 'idle', items: [] })
  })
})

describe('an input method', () => {
  it('composes without a search, and is searched when it is done', () => {
    const search = vi.spyOn(index, 'search')
    const controller = controllerOf()
    controller.compositionStart()
    for (const query of ['x', 'xin', 'xin fang']) controller.setQuery(query)
    controller.search()
    vi.advanceTimersByTime(1000)
    expect(search).not.toHaveBeenCalled()
    controller.compositionEnd('信访')
    expect(search.mock.calls.map(([query]) => query)).toEqual(['信访'])
    search.mockRestore()
  })

  it('keeps the selection where it is', () => {
    const controller = controllerOf({ selectFirst: true })
    controller.setQuery('行政')
    controller.compositionStart()
    controller.moveSelection(1)
    controller.select(2)
    expect(controller.state.selected).toBe(0)
  })

  it('stops a search that waits for a pause, and makes up for it', () => {
    const controller = createSearchController(index, { debounce: 40 })
    controller.setQuery('信访')
    controller.compositionStart()
    vi.advanceTimersByTime(1000)
    expect(controller.state.status).toBe('idle')
    controller.compositionEnd('信访')
    expect(texts(controller)).toEqual(['信访事项'])
  })

  it('that changed nothing asks nothing', () => {
    const controller = controllerOf()
    controller.setQuery('信访')
    const search = vi.spyOn(index, 'search')
    controller.compositionStart()
    controller.compositionEnd('信访')
    expect(search).not.toHaveBeenCalled()
    search.mockRestore()
  })
})

describe('the selection', () => {
  it('moves through the rows and around the ends', () => {
    const controller = controllerOf()
    controller.setQuery('行政复议')
    const last = controller.state.items.length - 1
    const moves = [1, 1, -1, -1].map((step) => {
      controller.moveSelection(step)
      return controller.state.selected
    })
    expect(moves).toEqual([0, 1, 0, last])
    controller.moveSelection(1)
    expect(controller.state.selected).toBe(0)
    expect(controller.selectedItem?.hit.rank).toBe(1)
  })

  it('begins at the first row of every new list where that is asked for', () => {
    const controller = controllerOf({ selectFirst: true })
    controller.setQuery('行政复议')
    controller.moveSelection(1)
    controller.setQuery('行政')
    expect(controller.state.selected).toBe(0)
    controller.setQuery('魑魅')
    expect(controller.state.selected).toBe(-1)
  })

  it('goes on with the next pages when it leaves the last row', () => {
    const controller = controllerOf({ limit: 1, groupSize: 1 })
    controller.setQuery('行政复议')
    controller.moveSelection(-1)
    const { length } = controller.state.items
    controller.moveSelection(1)
    expect(controller.state.selected).toBe(length)
    expect(controller.state.items.length).toBeGreaterThan(length)
  })
})

describe('more pages', () => {
  it('are appended until all are there, none twice', () => {
    const controller = controllerOf({ limit: 1, groupSize: 5 })
    controller.setQuery('行政复议')
    for (let loads = 0; controller.state.hasMore && loads < 20; loads++) controller.loadMore()
    const all = texts(controller)
    expect(new Set(all).size).toBe(all.length)
    expect(all.length).toBe(controller.state.total)
    expect(controller.state.items.map(({ position }) => position)).toEqual(all.map((_, i) => i))
  })

  it('of an older question are not appended', async () => {
    const waiting = new Waiting()
    const controller = controllerOf({ limit: 1, groupSize: 1 }, waiting)
    controller.setQuery('行政复议')
    await waiting.answer(0)
    controller.loadMore()
    controller.setQuery('信访')
    await waiting.answer(2)
    await waiting.answer(1)
    expect(texts(controller)).toEqual(['信访事项'])
    expect(controller.state.loadingMore).toBe(false)
  })

  it('that fail leave what is there, and can be tried again', () => {
    let fails = false
    const controller = controllerOf(
      { limit: 1, groupSize: 1 },
      {
        search: (query, options) => {
          if (fails) throw new Error('offline')
          return index.search(query, options)
        },
      },
    )
    controller.setQuery('行政复议')
    const before = controller.state.items.length
    fails = true
    controller.loadMore()
    expect(controller.state).toMatchObject({ status: 'error', error: new Error('offline') })
    expect(controller.state.items).toHaveLength(before)
    fails = false
    controller.retry()
    expect(controller.state).toMatchObject({ status: 'ready', error: null })
    expect(controller.state.items.length).toBeGreaterThan(before)
  })
})

describe('filters', () => {
  const valuesOf = ({ state }: SearchController, field: string) =>
    Object.fromEntries(
      state.filterFields
        .find((other) => other.field === field)!
        .values.map(({ value, count, active }) => [value, active ? `${count}*` : `${count}`]),
    )

  it('narrow the results, and count what choosing another value would add', () => {
    const controller = controllerOf({ facets: ['city', 'year'] })
    controller.setQuery('行政复议')
    const before = valuesOf(controller, 'city')
    controller.toggleFilter('city', '洛阳')
    expect(new Set(controller.state.items.map(({ hit }) => hit.document.id))).toEqual(
      new Set(['a']),
    )
    expect(valuesOf(controller, 'city')).toEqual({ ...before, 洛阳: `${before['洛阳']}*` })
    expect(Object.keys(valuesOf(controller, 'year'))).toEqual(['2024'])
    controller.toggleFilter('city', '漯河')
    expect(new Set(controller.state.items.map(({ hit }) => hit.document.id))).toEqual(
      new Set(['a', 'c']),
    )
  })

  it('keep a chosen value on the list when nothing matches it', () => {
    const controller = controllerOf({ facets: ['city'] })
    controller.setQuery('行政')
    controller.toggleFilter('city', '洛阳')
    controller.setQuery('信访')
    expect(texts(controller)).toEqual([])
    expect(valuesOf(controller, 'city')).toEqual({ 郑州: '1', 洛阳: '0*' })
    controller.clearFilters()
    expect(texts(controller)).toEqual(['信访事项'])
  })

  it('of the site always hold', () => {
    const controller = controllerOf({ facets: ['city'], filter: { year: 2023 } })
    controller.setQuery('行政复议')
    expect(Object.keys(valuesOf(controller, 'city'))).toEqual(['漯河'])
  })
})

describe('a failure', () => {
  it('is shown, thrown or rejected, and a retry asks again', async () => {
    const failures = [
      () => {
        throw new Error('damaged')
      },
      () => Promise.reject(new Error('offline')),
    ]
    const search = vi.fn((query: string, options: SearchOptions) => {
      return failures.shift()?.() ?? index.search(query, options)
    })
    const controller = controllerOf({}, { search })
    controller.setQuery('信访')
    expect(controller.state.error).toEqual(new Error('damaged'))
    controller.retry()
    await settled()
    expect(controller.state.error).toEqual(new Error('offline'))
    controller.retry()
    expect(controller.state).toMatchObject({ status: 'ready', error: null })
    expect(texts(controller)).toEqual(['信访事项'])
  })

  it('to read a hit is one, too', () => {
    const result = index.search('信访')
    const [hit] = result.hits
    const damaged = Object.defineProperty({ ...hit! }, 'snippet', {
      get: () => {
        throw new Error('checksum')
      },
    })
    const controller = controllerOf({}, { search: () => ({ ...result, hits: [damaged] }) })
    controller.setQuery('信访')
    expect(controller.state).toMatchObject({ status: 'error', error: new Error('checksum') })
  })
})

describe('a lazy index', () => {
  it('is opened once, by the first need', async () => {
    const opening = vi.fn(() => Promise.resolve(index as Searchable))
    const lazy = lazySearchable(opening)
    const controller = controllerOf({}, lazy)
    expect(opening).not.toHaveBeenCalled()
    lazy.warm()
    controller.setQuery('信访')
    await settled()
    expect(texts(controller)).toEqual(['信访事项'])
    expect(opening).toHaveBeenCalledTimes(1)
  })

  it('is opened again after that failed', async () => {
    let isOnline = false
    const lazy = lazySearchable(() =>
      isOnline ? Promise.resolve(index) : Promise.reject(new Error('offline')),
    )
    const controller = controllerOf({}, lazy)
    controller.setQuery('信访')
    await settled()
    expect(controller.state.error).toEqual(new Error('offline'))
    isOnline = true
    controller.retry()
    await settled()
    expect(texts(controller)).toEqual(['信访事项'])
  })
})

it('calls nobody back after its end', async () => {
  const waiting = new Waiting()
  const controller = controllerOf({}, waiting)
  controller.setQuery('信访')
  const listener = vi.fn()
  controller.subscribe(listener)
  controller.dispose()
  await waiting.answer(0)
  expect(listener).not.toHaveBeenCalled()
  expect(waiting.asked[0]!.signal.aborted).toBe(true)
})
