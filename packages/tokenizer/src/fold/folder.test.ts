import { describe, expect, it } from 'vitest'
import { foldByRule } from './char-fold.js'
import { FIRST_IDEOGRAPH, Folder, foldToString, LAST_IDEOGRAPH } from './folder.js'
import { fullFolds } from './folds.js'

const folder = new Folder(fullFolds)
const fold = (text: string) => foldToString(folder.fold(text))

/** The original slice of every folded unit, e.g. `パ:ﾊﾟ`. */
function origins(text: string): string {
  const { length, units, starts, ends } = folder.fold(text)
  const parts: string[] = []
  for (let i = 0; i < length; i++) {
    const original = text.slice(starts?.[i] ?? i, ends?.[i] ?? i + 1)
    parts.push(`${String.fromCharCode(units[i]!)}:${original}`)
  }
  return parts.join(' ')
}

describe('folding', () => {
  it.each([
    ['width', 'ＡＢｃ１２３％（）！', 'abc123%()!'],
    ['half-width kana, composed', 'ﾊﾟﾅｿﾆｯｸ ｶﾞ', 'パナソニック ガ'],
    ['case', 'ELİF STRASSE Straße ΣΊΣΥΦΟΣ', 'elif strasse strasse σισυφοσ'],
    [
      'diacritics',
      'Café e\u0301té Ångström Łódź ёлка Ελλάδα',
      'cafe ete angstrom lodz елка ελλαδα',
    ],
    ['compatibility forms', 'ﬁ ㎡ ℃ № Ⅳ ㍿', 'fi m2 °c no iv 株式会社'],
    ['circled numbers', '①②⑫', '(1)(2)(12)'],
    ['compatibility ideographs', '\uf900\u{2f800}', '岂丽'],
    ['radicals', '⽔⻋', '水车'],
    ['Traditional', '楓橋經驗 國際 關於', '枫桥经验 国际 关于'],
    ['regional forms', '裏裡 臺台 爲為 説說', '里里 台台 为为 说说'],
    ['Japanese forms', '仏経済', '佛经济'],
    ['forms OpenCC lacks', '囘値妳尃', '回值你敷'],
    ['one-to-many', '乾干幹 后後 髮發发', '干干干 后后 发发发'],
    ['repetition', '人々 佐々木 時々刻々', '人人 佐佐木 时时刻刻'],
    ['zeros', '二〇二四 二零二四 二○二四', '二零二四 二零二四 二零二四'],
    ['brackets', '〔〕【】［］（）', '()()()()'],
    ['quotes', '“”「」『』‘’', '""""""\'\''],
    ['dashes', '——–‐－ 〜～', '----- ~~'],
    ['spaces', 'a\u3000b\u00a0c\td\r\ne', 'a b c d  e'],
    ['invisible characters', 'a\u200bb\u00adc\ufeffd\u202ee', 'abcde'],
    ['variation selectors', '葛\u{e0100}城 字\ufe00', '葛城 字'],
  ])('folds %s', (_name, text, expected) => {
    expect(fold(text)).toBe(expected)
  })

  it.each([
    ['voiced kana, which are other letters', 'かがガはばぱ か\u309a'],
    ['Hangul', '한국어 ㄱㄴ'],
    ['the full stop 。 and the comma 、, which are no ASCII signs', '一。二、三'],
    ['fractions, trademarks and ellipses', '3½ office™ …'],
    ['a bullet ○ before a numeral', '○一、总则'],
    ['々 with nothing to repeat', '々木 a々'],
    ['marks of scripts that need them', 'עִבְרִית'],
    ['Japanese forms that are other Chinese characters', '予弁欠沪浜芸'],
  ])('leaves alone %s', (_name, text) => {
    expect(fold(text)).toBe(text.normalize('NFC'))
  })

  it('composes decomposed Hangul and kana', () => {
    expect(fold('한국'.normalize('NFD'))).toBe('한국')
    expect(fold('か\u3099')).toBe('が')
  })

  it('goes between the BMP and astral planes', () => {
    expect(fold('颾')).toBe('𩙫')
    expect(fold('𩙫')).toBe('𩙫')
    expect(fold('𡠌')).toBe('媲')
  })

  it('passes lone surrogates and turns controls into spaces', () => {
    expect(fold('a\ud842b\udfb7\u0000c')).toBe('a\ud842b\udfb7 c')
  })
})

describe('offsets', () => {
  it('are not recorded while every unit keeps its place', () => {
    expect(folder.fold('楓橋ＡＢ（１）').starts).toBeNull()
  })

  it('cover the whole character that a unit came from', () => {
    expect(origins('xﾊﾟ')).toBe('x:x パ:ﾊﾟ')
    expect(origins('㎡a')).toBe('m:㎡ 2:㎡ a:a')
    expect(origins('颾a')).toBe(`${'𩙫'[0]}:颾 ${'𩙫'[1]}:颾 a:a`)
    expect(origins('𡠌')).toBe('媲:𡠌')
    expect(origins('e\u0301a')).toBe('e:e\u0301 a:a')
    expect(origins('葛\u{e0100}城')).toBe('葛:葛\u{e0100} 城:城')
    expect(origins('法\u200b治')).toBe('法:法 治:治')
    expect(origins('人々')).toBe('人:人 人:々')
  })

  it('stay right when a short text follows a long one', () => {
    folder.fold(`👍${'長'.repeat(5_000)}`)
    expect(origins('㎡')).toBe('m:㎡ 2:㎡')
    expect(fold('長')).toBe('长')
  })
})

describe('long and hostile texts', () => {
  it.each([
    ['combining marks', `a${'\u0301'.repeat(300_000)}b`, 'ab'],
    ['kana marks', `は${'\u309a'.repeat(300_000)}b`, null],
    ['joiners', `👩${'\u200d'.repeat(300_000)}b`, '👩b'],
    ['repetitions', `一${'々'.repeat(300_000)}`, '一'.repeat(300_001)],
    ['lone surrogates', '\ud800'.repeat(300_000), '\ud800'.repeat(300_000)],
  ])('fold in linear time: %s', (_name, text, expected) => {
    const folded = fold(text)
    if (expected === null) expect(folded.length).toBeLessThan(100)
    else expect(folded === expected).toBe(true)
  })
})

it('may pass over the rules for every ideograph, since none changes one', () => {
  const changed: string[] = []
  for (let unit = FIRST_IDEOGRAPH; unit <= LAST_IDEOGRAPH; unit++) {
    const char = String.fromCharCode(unit)
    if (foldByRule(char) !== char) changed.push(char)
  }
  expect(changed).toEqual([])
})
