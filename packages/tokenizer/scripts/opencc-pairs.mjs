// OpenCC's single-character tables, as opencc-js ships them: [from, to] pairs that lead
// from Traditional, Taiwan, Hong Kong and Japanese forms to Simplified ones.

/** Japanese forms that are other characters in Chinese (予 is not 豫, 沪 is not 滤). */
const notChinese = new Set('予弁欠沪浜糸缶芸')

/**
 * What OpenCC converts in phrases only (憑藉 → 凭借, 復甦 → 复苏, 瞭解 → 了解), where one character
 * is always meant by the other. Pairs with two lives of their own (覆/复, 坐/座) are left out.
 */
const phraseForms = ['藉借', '甦苏', '瞭了'].map((pair) => [...pair])

async function load(name) {
  const dictionary = await import(`opencc-js/dict/${name}`)
  return dictionary.default.split('|').map((line) => line.split(' '))
}

const reversed = (pairs) => pairs.map(([from, to]) => [to, from])

/** `simplified` leads to Simplified forms, `regional` from other forms to Traditional ones. */
export async function openccPairs() {
  const simplified = await load('TSCharacters')
  const traditional = new Set(simplified.map(([from]) => from))
  const japanese = [
    ...(await load('JPShinjitaiCharacters')),
    ...reversed(await load('JPShinjitaiCharactersRev')),
  ]
  const regional = [
    ...phraseForms,
    ...(await load('TWVariantsRev')),
    ...(await load('HKVariantsRev')),
    ...reversed(await load('TWVariants')),
    ...reversed(await load('HKVariants')),
    // 連 is Japanese for 聯 too, but in Chinese it has a Simplified form of its own.
    ...japanese.filter(([from]) => !notChinese.has(from) && !traditional.has(from)),
  ]
  return { simplified, regional }
}
