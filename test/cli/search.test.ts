import { describe, expect, it } from 'vitest'
import { type HitJson, isMarked, marked, search, useSeedIndex, wenxun } from './wenxun.js'

const index = useSeedIndex()

const luoyang = '000_b3b32445fc0a20aa.txt'
const luohe = '001_2f5770046f07f43a.txt'
const yanshi = '002_cff210fd281492f5.txt'
const luolong = '003_8792985db2b6478c.txt'
const zhengzhou = '004_fc9550a1f6ecbf75.txt'
const everyReport = [luoyang, luohe, yanshi, luolong, zhengzhou]

/** A query, the same in the script of the other reports, and the reports that hold it. */
const phrases: [simplified: string, traditional: string, reports: string[]][] = [
  ['法治政府', '法治政府', everyReport],
  ['法治政府建设', '法治政府建設', everyReport],
  ['一网通办', '一網通辦', [luoyang, luohe, yanshi]],
  ['12345热线', '12345熱線', [luohe]],
  ['行政复议', '行政復議', everyReport],
  ['枫桥经验', '楓橋經驗', [zhengzhou]],
  ['双随机、一公开', '雙隨機、一公開', [luohe]],
  ['府院联动', '府院聯動', [luoyang, luohe, yanshi, zhengzhou]],
  ['96.87%', '９６.８７％', [luoyang]],
]

describe('a phrase', () => {
  const all = (query: string) => search(index.path, query, '-n', '1000').hits

  it.each(phrases)('%s or %s comes first in every report that has it', (...phrase) => {
    const [simplified, traditional, reports] = phrase
    const isIn = (text: string) => text.includes(simplified) || text.includes(traditional)
    const hits = all(simplified)
    const inText = hits.filter(({ text }) => isIn(text))
    expect([...new Set(inText.map((hit) => hit.document.id))].sort()).toEqual(reports)
    // A title or heading speaks for the paragraphs under it.
    const isAbout = ({ document, heading, text }: HitJson) =>
      [document.title, ...heading, text].some(isIn)
    const firstOther = hits.findIndex((hit) => !isAbout(hit))
    if (firstOther >= 0) expect(hits.slice(firstOther).filter(({ text }) => isIn(text))).toEqual([])
  })

  it.each(phrases)('%s and %s give the same hits, scores and marks', (simplified, traditional) => {
    expect(all(traditional)).toEqual(all(simplified))
  })

  it.each(phrases)('%s or %s is marked where it stands', (simplified, traditional) => {
    const [first] = all(simplified)
    expect(first && (isMarked(first, simplified) || isMarked(first, traditional))).toBe(true)
  })
})

it.each([
  ['９６．８７％', '96.87%'],
  ['9６.８7％', '96.87%'],
  ['洛政文[2025]11号', '洛政文〔2025〕11号'],
  ['洛政文［２０２５］１１號', '洛政文〔2025〕11号'],
])('%s is %s written another way', (variant, plain) => {
  const { hits } = search(index.path, plain)
  expect(hits[0]?.document.id).toBe(luoyang)
  expect(search(index.path, variant).hits).toEqual(hits)
})

it('finds a word that a page break tore apart, and marks it in the text shown', () => {
  const [first] = search(index.path, '建设工作会议').hits
  expect(first?.document.id).toBe(yanshi)
  expect(first && marked(first)).toContain('建设工作会议')
})

it('answers a question with the paragraph that knows', () => {
  const [first] = search(index.path, '洛阳市2024年行政机关负责人出庭应诉率是多少？').hits
  expect(first?.document.id).toBe(luoyang)
  expect(first?.text).toContain('96.87%')
})

it.each(['验证码', '扫一扫在手机打开当前页', '留言与评论'])(
  'finds nothing for the page furniture %s and exits with 1',
  (query) => {
    expect(search(index.path, query)).toMatchObject({ total: 0, hits: [] })
    expect(wenxun(['search', index.path, query])).toMatchObject({ code: 1, stdout: '' })
  },
)

describe('readable output', () => {
  it('shows title, heading path and snippet, a line each, and no colour in a pipe', () => {
    const { code, stdout } = wenxun(['search', index.path, '96.87%', '-n', '1'])
    expect(code).toBe(0)
    const [title = '', heading = '', snippet = ''] = stdout.split('\n')
    expect(title).toMatch(/^1 {2}.*2024年度法治政府建设情况的报告 {2}2025-\d\d-\d\d {2}\d+\.\d$/)
    expect(heading).toMatch(/^ {3}[一二三四五六七八九十]+、/)
    expect(snippet).toContain('负责人出庭应诉率达到96.87%')
    expect(stdout).not.toContain('\u001B')
  })

  it('colours the match where colour is wanted, and NO_COLOR wins', () => {
    const args = ['search', index.path, '枫桥经验', '-n', '1']
    expect(wenxun(args, { FORCE_COLOR: '1' }).stdout).toContain('\u001B[33m枫桥经验\u001B[39m')
    const plain = wenxun(args, { FORCE_COLOR: '1', NO_COLOR: '1' })
    expect(plain.stdout + plain.stderr).not.toContain('\u001B')
  })

  it('keeps notes out of the results', () => {
    const { stdout, stderr } = wenxun(['search', index.path, '行政复议', '-n', '2'])
    expect(stderr).toMatch(/1-2 of .*\d+ paragraphs in /)
    expect(stdout).not.toContain(' paragraphs in ')
  })

  it('takes several words as one query, as it does in quotes', () => {
    const apart = wenxun(['search', index.path, '行政', '复议']).stdout
    expect(apart).toBe(wenxun(['search', index.path, '行政 复议']).stdout)
  })

  it('shows the fields asked for', () => {
    const { stdout } = wenxun(['search', index.path, '96.87%', '-n', '1', '--fields', 'id,number'])
    expect(stdout).toContain(`id ${luoyang} · number 洛政文〔2025〕11号`)
  })
})

describe('options', () => {
  it('pages: what -n and --offset cut out is what the long list holds there', () => {
    const { hits } = search(index.path, '法治政府建设', '-n', '12')
    const page = search(index.path, '法治政府建设', '-n', '5', '--offset', '7').hits
    expect(page).toEqual(hits.slice(7))
    expect(page[0]?.rank).toBe(8)
  })

  it('says that a page past the end is empty', () => {
    const { code, stdout, stderr } = wenxun(['search', index.path, '96.87%', '--offset', '5000'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('nothing after the first 5,000')
  })

  it('filters by metadata; values of one field are alternatives, fields are not', () => {
    const cities = (...filters: string[]) => {
      const flags = filters.flatMap((filter) => ['--filter', filter])
      const { hits } = search(index.path, '法治政府', '-n', '1000', ...flags)
      return [...new Set(hits.map((hit) => hit.document.id))].sort()
    }
    expect(cities('city=漯河市')).toEqual([luohe])
    expect(cities('city=漯河市', 'city=郑州市')).toEqual([luohe, zhengzhou])
    expect(cities('city=漯河市', 'year=2017')).toEqual([])
  })

  it('sorts by date', () => {
    const { hits } = search(index.path, '法治政府建设', '-n', '1000', '--sort', 'date:desc')
    const dates = hits.flatMap((hit) => hit.document.date ?? [])
    expect(dates).toEqual([...dates].sort().reverse())
    expect(new Set(dates).size).toBeGreaterThan(2)
  })
})
