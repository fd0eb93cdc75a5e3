/**
 * Which place a report is about: the most specific place of its issuer or title, and the
 * prefecture-level city that this place is in, as far as the text itself says so.
 * Names come out in Simplified, so that one place is one filter value.
 */
import { prefectures, provinces } from './places.js'

export interface Region {
  readonly region?: string
  readonly city?: string
}

const provincePattern = new RegExp(`^(?:${provinces.join('|')})`)
const prefecturePattern = new RegExp(`^(?:${prefectures.join('|')})`)
const anyPrefecture = new RegExp(prefectures.join('|'), 'g')

// A county-level name: short, and followed by what a place is followed by.
const county = /^[\u4e00-\u9fff]{1,6}?(?:自治县|自治旗|[区县旗市])/
const notCounty =
  /城市|全市|我市|本市|全区|我区|本区|全县|我县|各[区县市]|社区|小区|园区|市区|城区|辖区|地区|片区|景区|加强|推进|推动|关于|进一步|建设|法治|治理|行政|政府|[的和与及对在将]/
const wordAfterSuffix = /^(?:场|民|容|政|值|级|直|域|块|划|别|间|长|属|管理局|监管|监督管理)/
const government =
  /^(?:人民政府|政府|委员会|委|人大|政协|法院|检察院|司法局|[^\s]{0,10}(?:局|办|厅)$)/
const reportOpening =
  /^(?:中共|关于)?\s*(?:(?:19|20)\d{2}\s*(?:[-—–]+\s*(?:19|20)\d{2}\s*)?年度?[,\s]*)?/

interface Place {
  readonly province?: string
  readonly prefecture?: string
  readonly county?: string
}

/** The chain of places that the folded text starts with. `text` vouches for county names. */
function placeAtStart(folded: string, text: string): Place {
  let rest = folded.replace(/\s/g, '').replace(reportOpening, '')
  const take = (pattern: RegExp) => {
    const found = pattern.exec(rest)?.[0]
    if (found !== undefined) rest = rest.slice(found.length)
    return found
  }
  const province = take(provincePattern)
  const prefecture = take(prefecturePattern)
  const name = county.exec(rest)?.[0]
  const after = name === undefined ? '' : rest.slice(name.length)
  const vouched =
    name !== undefined &&
    name.length >= 2 &&
    !notCounty.test(name) &&
    !wordAfterSuffix.test(after) &&
    (government.test(after) || text.split(name, 3).length > 2)
  return {
    ...(province === undefined ? {} : { province }),
    ...(prefecture === undefined ? {} : { prefecture }),
    ...(vouched ? { county: name } : {}),
  }
}

/** The prefecture that the folded text names most, when it clearly leads. */
function leadingPrefecture(text: string): string | undefined {
  const counts = new Map<string, number>()
  for (const [name] of text.matchAll(anyPrefecture)) counts.set(name, (counts.get(name) ?? 0) + 1)
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1])
  return first && first[1] >= 2 * (second?.[1] ?? 0) ? first[0] : undefined
}

/**
 * Region and city of a report. `sources` are folded texts that may start with the place
 * (issuer, title, session …), best first; `text` is the whole folded text.
 */
export function findRegion(sources: readonly string[], text: string): Region {
  for (const source of sources) {
    const place = placeAtStart(source, text)
    if (place.county !== undefined) {
      const city = place.prefecture ?? leadingPrefecture(text)
      return city === undefined ? { region: place.county } : { region: place.county, city }
    }
    if (place.prefecture !== undefined) return { region: place.prefecture, city: place.prefecture }
    if (place.province !== undefined) return { region: place.province }
  }
  const city = leadingPrefecture(text)
  return city === undefined ? {} : { region: city, city }
}
