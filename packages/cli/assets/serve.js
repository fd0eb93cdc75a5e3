/** The page of `wenxun serve`: the search box over the JSON API of the same server. */
import './wenxun-search.js'

const box = document.querySelector('wenxun-search')
const article = document.querySelector('#paragraph')

/** Answers of the API in the shape of the library's. */
async function search(query, options) {
  const parameters = new URLSearchParams({ q: query })
  const set = (name, value) => value !== undefined && parameters.set(name, String(value))
  set('n', options.limit)
  set('offset', options.offset)
  set('sort', options.sort)
  set('group', options.group)
  set('group_size', options.groupSize)
  if (options.facets?.length > 0) set('facets', options.facets.join(','))
  for (const [field, wanted] of Object.entries(options.filter ?? {})) {
    for (const value of [wanted].flat()) parameters.append('filter', `${field}=${value}`)
  }
  const response = await fetch(`/api/search?${parameters}`, { signal: options.signal })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.error.message)
  return resultOf(answer)
}

function resultOf(answer) {
  const hits = answer.hits.map(({ snippet_start: snippetStart, ...hit }) => ({
    ...hit,
    snippetStart,
  }))
  const { query, total, total_is_exact: totalIsExact, suggestions, facets = {}, groups } = answer
  let at = 0
  const grouped = groups?.map((size) => {
    const own = hits.slice(at, at + size)
    at += size
    return { document: own[0].document, hits: own }
  })
  return {
    query,
    total,
    totalIsExact,
    hits,
    suggestions,
    facets,
    ...(grouped && { groups: grouped }),
  }
}

/** A document without an address is shown here, paragraph by paragraph. */
function show({ hit }) {
  const line = (name, ...content) => {
    const element = document.createElement(name)
    element.append(...content)
    return element
  }
  const parts = []
  let end = 0
  for (const [from, to] of hit.highlights) {
    parts.push(hit.text.slice(end, from), line('mark', hit.text.slice(from, to)))
    end = to
  }
  const facts = [hit.document.id, hit.document.date, ...hit.heading].filter((text) => text)
  article.replaceChildren(
    line('h2', hit.document.title || hit.document.id),
    line('p', facts.join(' › ')),
    line('blockquote', ...parts, hit.text.slice(end)),
  )
  article.hidden = false
  article.scrollIntoView({ block: 'nearest' })
}

box.addEventListener('wenxun-select', (event) => {
  if (event.detail.item.href === null) show(event.detail.item)
})
if (!box.hasAttribute('src')) box.index = { search }
box.focus()
