/**
 * The search box as a visitor meets it, in Chromium, on a site whose policy allows no inline script
 * and no inline style: typing Chinese, reading marks, keys, dark mode, narrow screens, hostile text.
 */

import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { findChromium } from './chromium.js'
import { HOSTILE, openSite, type Site, type SitePage } from './ui/site.js'

const chromiumPath = findChromium()
const title = chromiumPath ?? 'SKIPPED: no Chromium on the PATH or in CHROMIUM_PATH'
if (chromiumPath === null) console.log(title)

const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking']
const inline = '<wenxun-search facets="city:城市,year:年份"></wenxun-search>'
const dialog = '<wenxun-search mode="dialog" facets="city:城市,year:年份"></wenxun-search>'

describe.skipIf(chromiumPath === null)(`the search box (${title})`, () => {
  let site: Site
  let browser: Browser
  let page: Page
  /** For tests that need nothing special: a fresh document in the same tab is enough. */
  let plainPage: Page
  /** What the browser complains about: exceptions, and what the policy refused. */
  let complaints: string[] = []

  beforeAll(async () => {
    site = await openSite()
    browser = await chromium.launch({ executablePath: chromiumPath!, args: flags })
    plainPage = listenTo(await (await browser.newContext()).newPage())
  })

  afterAll(async () => {
    await browser?.close()
    site?.close()
  })

  afterEach(async () => {
    if (page !== plainPage) await page.context().close()
    expect(complaints).toEqual([])
  })

  function listenTo(opened: Page): Page {
    opened.on('pageerror', ({ message }) => complaints.push(message))
    opened.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    return opened
  }

  async function visit(options: SitePage, context?: BrowserContextOptions): Promise<void> {
    page =
      context === undefined
        ? plainPage
        : listenTo(await (await browser.newContext(context)).newPage())
    complaints = []
    await page.goto(site.page(options))
    await page.waitForSelector('html[data-ready]')
  }

  const box = () => page.getByRole('combobox')
  const rows = () => page.getByRole('option')
  const row = (name: string | RegExp) => page.getByRole('option', { name })
  const searches = () => page.evaluate<string[]>('searches')
  const selected = () => page.locator('[aria-selected=true]')

  /** Waits until the rows on screen answer this query. */
  async function answered(query: string): Promise<void> {
    const shown = "document.querySelector('wenxun-search').controller.state.answered"
    await expect.poll(() => page.evaluate(shown), { timeout: 5000 }).toBe(query)
  }

  async function search(query: string): Promise<void> {
    await box().fill(query)
    await answered(query)
  }

  describe('with an input method', () => {
    it('does nothing while it composes, and searches what it composed', async () => {
      await visit({ tag: inline })
      await box().focus()
      const session = await page.context().newCDPSession(page)
      for (const text of ['f', 'fa', 'fa zhi']) {
        const { length } = text
        await session.send('Input.imeSetComposition', {
          text,
          selectionStart: length,
          selectionEnd: length,
        })
        await key('Enter', { isComposing: true })
        await key('ArrowDown', { isComposing: true })
      }
      await page.waitForTimeout(150)
      expect(await box().inputValue()).toBe('fa zhi')
      expect(await searches()).toEqual([])
      await session.send('Input.insertText', { text: '法治政府' })
      await answered('法治政府')
      expect(await searches()).toEqual(['法治政府'])
      expect(await page.locator('mark').allTextContents()).toContain('法治政府')
    })

    it('keeps the list as it is while another word is composed behind the first', async () => {
      await visit({ tag: dialog })
      await page.keyboard.press('/')
      await search('行政')
      await page.keyboard.press('ArrowDown')
      const before = [await rows().allTextContents(), await selected().getAttribute('id')]
      const session = await page.context().newCDPSession(page)
      await page.keyboard.press('End')
      await session.send('Input.imeSetComposition', {
        text: 'fu yi',
        selectionStart: 5,
        selectionEnd: 5,
      })
      await key('ArrowDown', { isComposing: true })
      await key('Enter', { keyCode: 229 })
      await page.waitForTimeout(150)
      expect([await rows().allTextContents(), await selected().getAttribute('id')]).toEqual(before)
      expect(new URL(page.url()).pathname).toBe('/')
      await session.send('Input.insertText', { text: '复议' })
      await answered('行政复议')
    })

    it('does not take the key that confirms a word for Enter, not in Safari’s order either', async () => {
      await visit({ tag: dialog })
      await page.keyboard.press('/')
      await search('行政复议')
      await key('Enter', { keyCode: 229 })
      await page.waitForTimeout(100)
      expect(new URL(page.url()).pathname).toBe('/')
      await expect.poll(() => selected().count()).toBe(1)
    })

    function key(name: string, init: object): Promise<void> {
      return page.evaluate(`(() => {
        const input = document.querySelector('wenxun-search').shadowRoot.querySelector('input')
        const init = ${JSON.stringify({ key: name, bubbles: true, composed: true, cancelable: true, ...init })}
        input.dispatchEvent(new KeyboardEvent('keydown', init))
      })()`)
    }
  })

  describe('finds', () => {
    it('pages with their marked paragraphs, headings and dates', async () => {
      await visit({ tag: inline })
      await search('營商環境')
      const first = row(/郑州市人民政府2024年度/).first()
      expect(await first.locator('mark').allTextContents()).toContain('营商环境')
      expect(await first.textContent()).toMatch(/2025-03-28二、2024年主要举措和工作成效›\(一\)/)
      const groups = await page.getByRole('listbox').getByRole('group').count()
      expect(groups).toBeGreaterThan(1)
      expect(await rows().count()).toBeGreaterThan(groups)
      expect(await page.getByRole('status').textContent()).toMatch(/^找到 \d+ 段$/)
    })

    it('more on demand', async () => {
      await visit({ tag: '<wenxun-search limit="2"></wenxun-search>' })
      await search('行政')
      const before = await rows().allTextContents()
      await page.getByRole('button', { name: '显示更多' }).click()
      await expect.poll(() => rows().count()).toBeGreaterThan(before.length)
      expect((await rows().allTextContents()).slice(0, before.length)).toEqual(before)
    })

    it('what is chosen among the values of a field', async () => {
      await visit({ tag: inline })
      await search('行政复议')
      const value = page
        .getByRole('group', { name: '城市' })
        .getByRole('button', { name: '漯河市' })
      const count = Number(/\d+/.exec((await value.textContent())!)![0])
      await value.click()
      await expect.poll(() => value.getAttribute('aria-pressed')).toBe('true')
      expect(await page.getByRole('status').textContent()).toBe(`找到 ${count} 段`)
      expect(await page.getByRole('listbox').getByRole('group').count()).toBe(1)
      await page.getByRole('button', { name: '清除筛选' }).click()
      await expect.poll(() => page.getByRole('listbox').getByRole('group').count()).not.toBe(1)
    })

    it('what sounds like the query, by a click', async () => {
      await visit({ tag: inline })
      await search('法制政府')
      await page.getByRole('button', { name: '法治政府' }).click()
      await answered('法治政府')
      expect(await box().inputValue()).toBe('法治政府')
    })

    it('nothing, and says so', async () => {
      await visit({ tag: inline })
      await search('魑魅魍魉')
      expect(await page.getByText('没有找到“魑魅魍魉”').count()).toBeGreaterThan(0)
      expect(await box().getAttribute('aria-expanded')).toBe('false')
    })
  })

  describe('while answers are slow', () => {
    it('keeps the rows until newer ones come, and never shows an older answer', async () => {
      await visit({ tag: inline, delay: 400 })
      await search('复议')
      const before = await rows().allTextContents()
      // Its answer comes later than that of the longer query typed after it.
      await box().fill('政')
      await expect.poll(searches).toContain('政')
      expect(await rows().allTextContents()).toEqual(before)
      await search('行政诉讼')
      const after = await rows().allTextContents()
      await page.waitForTimeout(500)
      expect(await rows().allTextContents()).toEqual(after)
      expect(await page.evaluate('aborted')).toBeGreaterThan(0)
    })

    it('opens nothing that answers an older query', async () => {
      await visit({ tag: dialog, delay: 400 })
      await page.keyboard.press('/')
      await search('复议')
      await page.keyboard.type('决定')
      await page.keyboard.press('Enter')
      await answered('复议决定')
      expect(new URL(page.url()).pathname).toBe('/')
    })
  })

  it('says that a search failed, and tries again', async () => {
    await visit({ tag: inline, failures: 1, lang: 'en' })
    await box().fill('信访')
    await page.getByRole('button', { name: 'Try again' }).click()
    await answered('信访')
    expect(await rows().count()).toBeGreaterThan(0)
  })

  describe('by keyboard alone', () => {
    it('⌘K, Ctrl-K and `/` open the dialog, Escape closes it and gives the focus back', async () => {
      await visit({ tag: dialog, rest: '<button id="before">以前</button>' })
      await page.locator('#before').focus()
      for (const keys of ['Control+k', 'Meta+k', '/']) {
        expect(await page.getByRole('dialog').count()).toBe(0)
        await page.keyboard.press(keys)
        await expect.poll(() => page.getByRole('dialog').count()).toBe(1)
        expect(await box().inputValue()).toBe('')
        await page.keyboard.press('Escape')
        await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
        expect(await page.evaluate('document.activeElement.id')).toBe('before')
      }
    })

    it('arrows choose a row, Enter opens its page at the paragraph', async () => {
      await visit({ tag: dialog })
      await page.keyboard.press('Control+k')
      await page.keyboard.type('应急指挥平台信息化建设')
      await answered('应急指挥平台信息化建设')
      const first = await selected().getAttribute('id')
      await page.keyboard.press('ArrowDown')
      await expect.poll(() => selected().getAttribute('id')).not.toBe(first)
      await page.keyboard.press('ArrowUp')
      await expect.poll(() => selected().getAttribute('id')).toBe(first)
      expect(await box().getAttribute('aria-activedescendant')).toBe(first)
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/reports\/0\.html/)
      const target = page.locator('p', { hasText: '应急指挥平台信息化建设' })
      // The fragment's text is at the top or in the middle of the screen, far down the page.
      await expect.poll(() => page.evaluate<number>('scrollY')).toBeGreaterThan(300)
      const { y, height } = (await target.boundingBox())!
      expect(y + height).toBeGreaterThan(0)
      expect(y).toBeLessThan(page.viewportSize()!.height)
    })

    it('Ctrl with Enter opens a tab and keeps the dialog', async () => {
      await visit({ tag: dialog }, {})
      await page.keyboard.press('/')
      await search('行政复议')
      const opened = page.context().waitForEvent('page')
      await page.keyboard.press('Control+Enter')
      await (await opened).waitForURL(/\/reports\//)
      expect(await page.getByRole('dialog').count()).toBe(1)
    })

    it('Tab never reaches the page behind the dialog', async () => {
      await visit({ tag: dialog, rest: '<button id="behind">后面</button>' })
      await page.keyboard.press('/')
      await search('行政复议')
      const reached = new Set<string>()
      for (let presses = 0; presses < 20; presses++) {
        await page.keyboard.press('Tab')
        reached.add(
          await page.evaluate<string>(`(() => {
            const box = document.activeElement
            return box.shadowRoot?.activeElement?.className ?? box.tagName
          })()`),
        )
      }
      expect(reached).toContain('value')
      expect(reached).not.toContain('BUTTON')
    })

    it('`/` is a character where somebody types, and ⌘K is left alone', async () => {
      await visit({ tag: inline, rest: '<input id="other"><p contenteditable id="editor"></p>' })
      for (const field of ['#other', '#editor']) {
        await page.locator(field).focus()
        await page.keyboard.type('a/b')
        await page.keyboard.press('Control+k')
        expect(await page.evaluate('document.activeElement.tagName')).not.toBe('WENXUN-SEARCH')
      }
      expect(await page.locator('#other').inputValue()).toBe('a/b')
      await page.locator('#editor').blur()
      await page.keyboard.press('/')
      expect(await page.evaluate('document.activeElement.tagName')).toBe('WENXUN-SEARCH')
      expect(await box().inputValue()).toBe('')
    })

    it('`no-shortcuts` leaves all keys to the page', async () => {
      await visit({ tag: '<wenxun-search mode="dialog" no-shortcuts></wenxun-search>' })
      await page.keyboard.press('/')
      await page.keyboard.press('Control+k')
      expect(await page.getByRole('dialog').count()).toBe(0)
    })

    it('a page can open a row in its own way', async () => {
      await visit({ tag: dialog })
      await page.evaluate(`document.addEventListener('wenxun-select', (event) => {
        event.preventDefault()
        globalThis.chosen = [event.detail.query, event.detail.item.hit.document.url]
      })`)
      await page.keyboard.press('/')
      await search('应急指挥平台')
      await page.keyboard.press('Enter')
      expect(await page.evaluate('chosen')).toEqual(['应急指挥平台', 'reports/0.html'])
      expect(new URL(page.url()).pathname).toBe('/')
    })
  })

  describe('looks', () => {
    /** A computed style of a part of the box. */
    const style = (selector: string, property: string) =>
      page.evaluate<string>(`getComputedStyle(
        document.querySelector('wenxun-search').shadowRoot.querySelector('${selector}'),
      ).${property}`)
    const background = () => style('.box', 'backgroundColor')
    const [light, dark] = ['rgb(255, 255, 255)', 'rgb(27, 29, 34)']

    it('light or dark as the system does, unless told otherwise', async () => {
      await visit({ tag: inline }, { colorScheme: 'dark' })
      expect(await background()).toBe(dark)
      await page.emulateMedia({ colorScheme: 'light' })
      expect(await background()).toBe(light)
      const setTheme = (theme: string) =>
        page.evaluate(`document.querySelector('wenxun-search').setAttribute('theme', '${theme}')`)
      await setTheme('dark')
      expect(await background()).toBe(dark)
      await page.emulateMedia({ colorScheme: 'dark' })
      await setTheme('light')
      expect(await background()).toBe(light)
    })

    it('as the page wants it', async () => {
      await visit({ tag: inline })
      await page.evaluate(`document.body.style.setProperty('--wenxun-background', 'rgb(1, 2, 3)')`)
      expect(await background()).toBe('rgb(1, 2, 3)')
    })

    it('still where motion is not wanted', async () => {
      await visit({ tag: dialog }, { reducedMotion: 'reduce' })
      await page.keyboard.press('/')
      expect(await style('dialog', 'animationName')).toBe('none')
    })

    it.each([
      ['inline', inline],
      ['dialog', dialog],
    ])('whole on a screen of 360 pixels, %s', async (_mode, tag) => {
      await visit(
        { tag },
        { viewport: { width: 360, height: 640 }, isMobile: true, hasTouch: true },
      )
      if (tag === dialog) await page.getByRole('button', { name: '搜索' }).tap()
      await search('行政复议')
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
      for (const element of [box(), rows().first(), rows().nth(3)]) {
        const { x, width } = (await element.boundingBox())!
        expect(x).toBeGreaterThanOrEqual(0)
        expect(x + width).toBeLessThanOrEqual(360)
        expect(width).toBeGreaterThan(180)
      }
      if (tag === dialog) await page.getByRole('button', { name: '关闭' }).tap()
      expect(await page.getByRole('dialog').count()).toBe(0)
    })

    it.each([
      ['zh-CN', '搜索', '找到 1 段'],
      ['zh-Hant-HK', '搜尋', '找到 1 段'],
      ['en-US', 'Search', '1 passage'],
      ['fr', 'Search', '1 passage'],
    ])('speaks as the page does: %s', async (lang, name, found) => {
      await visit({ tag: inline, lang })
      expect(await box().getAttribute('aria-label')).toBe(name)
      await search('"应急指挥平台信息化建设"')
      expect(await page.getByRole('status').textContent()).toBe(found)
    })
  })

  it('shows hostile text as the characters it is, and leads nowhere it should not', async () => {
    await visit({ tag: inline })
    await search('攻击样本')
    const sample = row(/攻击样本/).first()
    expect(await sample.textContent()).toContain(HOSTILE)
    expect(await page.locator('wenxun-search img, wenxun-search b').count()).toBe(0)
    expect(await sample.getAttribute('href')).toMatch(/\/reports\/0\.html#%22%3E%3Cscript%3E/)
    await search('攻击链接')
    const links = row(/攻击链接 \d/)
    expect(await links.count()).toBe(3)
    for (const link of await links.all()) {
      expect(await link.getAttribute('href')).toBeNull()
      await link.click()
    }
    await box().press('ArrowDown')
    await box().press('Enter')
    await search('攻击长行')
    expect((await rows().first().textContent())!.length).toBeLessThan(1000)
    expect(new URL(page.url()).pathname).toBe('/')
    expect(await page.evaluate('globalThis.hacked')).toBeUndefined()
  })

  describe('over a static bundle', () => {
    const tag = '<wenxun-search src="wenxun/" facets="city"></wenxun-search>'
    const loaded = () =>
      page.evaluate<string[]>(
        `performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
          .filter((path) => path.startsWith('/wenxun/'))`,
      )

    it('loads nothing before it is used, then what a query needs', async () => {
      await visit({ tag })
      expect(await loaded()).toEqual([])
      await box().focus()
      await expect.poll(async () => (await loaded())[0]).toBe('/wenxun/wenxun.json')
      await search('行政复议')
      expect((await rows().first().getAttribute('href'))!).toContain(`${site.origin}/reports/`)
      expect(await page.locator('mark').allTextContents()).toContain('行政复议')
      expect((await loaded()).length).toBeGreaterThan(2)
    })

    it('finds what the whole index finds', async () => {
      await visit({ tag })
      await search('推进依法行政')
      const remote = await rows().allTextContents()
      await visit({ tag: tag.replace('src="wenxun/" ', '') })
      await search('推进依法行政')
      expect(remote).toEqual(await rows().allTextContents())
    })

    it('says when the connection is gone, and goes on when it is back', async () => {
      await visit({ tag }, {})
      await search('行政复议')
      await page.context().setOffline(true)
      await box().fill('一次没有查过的信访事项')
      const retry = page.getByRole('button', { name: '重试' })
      await retry.waitFor()
      await page.context().setOffline(false)
      await retry.click()
      await answered('一次没有查过的信访事项')
      expect(await rows().count()).toBeGreaterThan(0)
      // The browser notes every request that failed.
      complaints = complaints.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))
    })
  })

  it('answers within the frame in which bytes and code are there', async () => {
    await visit({ tag: inline })
    await search('依法行政')
    const shown = await page.evaluate(`(async () => {
      const box = document.querySelector('wenxun-search')
      box.query = '行政复议'
      await new Promise(requestAnimationFrame)
      return box.shadowRoot.querySelectorAll('[role=option]').length
    })()`)
    expect(shown).toBeGreaterThan(0)
  })
})
