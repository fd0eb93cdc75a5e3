/** Reports that no rule was written for: made up, in the shapes that such pages have. */
import { describe, expect, it } from 'vitest'
import { looksLikeReport } from './detect.js'
import { readReport } from './read-report.js'

const county = `您当前所在的位置：首页 > 政府信息公开 > 法定主动公开内容 > 工作报告
索  引  号：QX-2023-0107
发布机构：青溪县人民政府办公室    发文日期：2023年1月9日
名    称：青溪县2022年法治政府建设年度报告
主 题 词：法治；年度报告
有 效 性：有效

青溪县2022年法治政府建设年度报告

    2022年,在安阳市委、市政府坚强领导下,青溪县坚持依法行政。现将工作情况报告如下:

    一、主要做法
    (一)抓学习。县政府常务会议学法6次,覆盖各乡镇和
— 2 —
县直单位。
    (二)抓制度。出台意见3个,安阳市法治办给予肯定。
    1.清理文件。共清理文件21件。
    2.公开目录。全部公开。
    二、存在不足
    队伍力量不足,培训不够。
    三、下步打算
    继续推进。

                              青溪县人民政府办公室
                              2023年1月6日

【打印本页】 【关闭窗口】
上一篇：青溪县2021年法治政府建设年度报告
主办单位：青溪县人民政府  网站标识码：0000000000`

describe('a county page with padded labels, a page number and a footer', () => {
  const report = readReport(county)

  it('gives title, fields, place and dates', () => {
    expect(report.title).toBe('青溪县2022年法治政府建设年度报告')
    expect(report.meta).toEqual({
      issuer: '青溪县人民政府办公室',
      indexNumber: 'QX-2023-0107',
      keywords: ['法治', '年度报告'],
      region: '青溪县',
      city: '安阳市',
      year: 2022,
      created: '2023-01-06',
      published: '2023-01-09',
    })
    expect(report.date).toBe('2023-01-09')
  })

  it('removes the page and nothing of the document', () => {
    expect(report.removed.map(({ line, reason }) => [line, reason])).toEqual([
      [1, 'breadcrumb'],
      [2, 'metadata'],
      [3, 'metadata'],
      [4, 'metadata'],
      [5, 'metadata'],
      [6, 'metadata'],
      [14, 'page number'],
      [27, 'page tools'],
      [28, 'related links'],
      [29, 'site footer'],
    ])
    expect(report.paragraphs.at(-1)).toEqual({ text: '2023年1月6日' })
  })

  it('joins across the page number and nests three levels', () => {
    const texts = report.paragraphs.map((paragraph) => paragraph.text)
    expect(texts).toContain('(一)抓学习。县政府常务会议学法6次,覆盖各乡镇和县直单位。')
    const cleared = report.paragraphs.find(({ text }) => text.startsWith('1.清理文件'))
    expect(cleared?.heading).toEqual(['一、主要做法', '(二)抓制度', '1.清理文件'])
  })
})

describe('a department notice, its title on three lines', () => {
  const report = readReport(
    [
      '衡水市教育局文件',
      '衡教发〔2024〕7号',
      '',
      '衡水市教育局',
      '关于印发2023年度',
      '行政执法工作总结的通知',
      '',
      '各县市区教育局：',
      '二〇二四年一月三十一日前请各单位对照检查。',
      '一、总体情况。',
      '全年办理案件12件。',
      '二、问题',
      '执法力量不足。',
      '附件：名词解释',
      '1.“双减”：减轻作业负担和校外培训负担。',
      '2.“一老一小”：老人和孩子。',
    ].join('\n'),
  )

  it('puts the title together with its issuer', () => {
    expect(report.title).toBe('衡水市教育局关于印发2023年度行政执法工作总结的通知')
    expect(report.meta).toMatchObject({
      issuer: '衡水市教育局',
      number: '衡教发〔2024〕7号',
      region: '衡水市',
      city: '衡水市',
      year: 2023,
    })
  })

  it('reads a heading that ends in a full stop', () => {
    const cases = report.paragraphs.find(({ text }) => text.startsWith('全年办理'))
    expect(cases?.heading).toEqual(['一、总体情况'])
  })

  it('keeps numbered glossary entries as entries', () => {
    const entry = report.paragraphs.find(({ text }) => text.startsWith('2.“一老一小”'))
    expect(entry?.heading).toEqual(['附件：名词解释'])
  })
})

describe('page breaks', () => {
  const body = (lines: string[]) =>
    readReport(['某县2024年工作报告', '一、情况', ...lines].join('\n')).paragraphs.slice(2)

  it('leaves a paragraph alone whose author forgot the full stop', () => {
    expect(
      body([
        '    全县共受理行政复议案件一百二十件,同比下降百分之十五,办结率达到百分之百,群众满意率较高',
        '    下一步,继续推进各项工作,确保完成目标。',
        '    各乡镇要抓好落实。',
      ]).map(({ text }) => text.slice(0, 3)),
    ).toEqual(['全县共', '下一步', '各乡镇'])
  })

  it('leaves an article of a law alone', () => {
    const articles = [
      '第一条 为了规范行政执法行为,保障公民、法人的合法权益,根据有关法律、行政法规制定本条例',
      '第二条 本条例适用于本县。',
      '全县平稳。',
    ]
    expect(body(articles).map(({ text }) => text)).toEqual(articles)
  })

  it('leaves a list without punctuation alone', () => {
    const items = ['加强组织领导', '完善工作机制', '强化督导检查']
    expect(body(items).map(({ text }) => text)).toEqual(items)
  })
})

describe('repairs inside a line', () => {
  const line = (text: string) => readReport(`一、情况\n${text}`).paragraphs[1]?.text

  it.each([
    ['落实责任情 况良好。', '落实责任情 况良好。'],
    ['落实第一责任人职责情 况', '落实第一责任人职责情况'],
    ['局长 王 伟。', '局长 王伟。'],
    ['第七条 市、县应当落实。', '第七条 市、县应当落实。'],
    ['按照第2款 第3款办理。', '按照第2款 第3款办理。'],
    ['第三章 附 则', '第三章 附则'],
    ['用好“党建 法治 网格”治理模式。', '用好“党建 法治 网格”治理模式。'],
    ['二十大精神 and 习近平法治思想。', '二十大精神和习近平法治思想。'],
    ['运用 AI and 大数据 and cloud 技术。', '运用 AI and 大数据 and cloud 技术。'],
    ['?“免证可办”:指办事不用证照。?', '“免证可办”:指办事不用证照。'],
    ['2022 年度共 3 次。', '2022 年度共 3 次。'],
    ['法治政府建设有进展,法治政 府建设有成效。', '法治政府建设有进展,法治政府建设有成效。'],
  ])('%s reads %s', (source, shown) => {
    expect(line(source)).toBe(shown)
  })
})

describe('noise rules', () => {
  const kept = (text: string) =>
    readReport(`某县2024年工作报告\n一、情况\n全县平稳。\n${text}\n特此报告。`).paragraphs.some(
      (paragraph) => paragraph.text === text,
    )

  it.each([
    '登录时请输入短信验证码。',
    '标签:由各单位自行张贴。',
    '扫一扫在手机打开当前页可以查看办事进度,方便群众。',
    '时间:每周一上午九点开会。',
    '首页改版工作已经完成。',
  ])('keep the sentence %s', (sentence) => {
    expect(kept(sentence)).toBe(true)
  })

  it.each(['验证码:', '扫一扫在手机打开当前页', '留言与评论（共有 3 条评论）', '第 3 页 共 9 页'])(
    'take out the line %s',
    (line) => {
      expect(kept(line)).toBe(false)
    },
  )
})

describe('recognition', () => {
  it.each([
    ['a county page', county, true],
    ['a story in numbered parts', '一、相遇\n那年冬天很冷。\n二、离别\n他走了。', false],
    ['an English text', 'Annual report\n\n1. Scope\nThis is a report.\n2. Method\nMore.', false],
    ['a recipe', '红烧肉的做法\n一、备料\n五花肉一斤。\n二、下锅\n小火慢炖。', false],
    ['nothing', '', false],
    [
      'an essay about government',
      '政府、行政、机关与依法行政,贯彻落实职能。\n市委和区委都说过。\n政府政府政府。',
      false,
    ],
  ])('of %s', (_name, text, expected) => {
    expect(looksLikeReport(text)).toBe(expected)
  })
})
