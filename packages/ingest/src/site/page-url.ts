/** The address of a page from its place below the site's root. */

export interface UrlOptions {
  /**
   * Put before every address, with a slash between; default nothing: addresses are relative to the
   * site's root.
   */
  readonly base?: string
  /** Leave out `.html` at the end, for hosts that serve pages without it; default false. */
  readonly stripHtml?: boolean
}

// What cannot stand in the path of an address as it is. Letters of all scripts can: a browser
// encodes them, and readable addresses are shorter.
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const unsafe = /[\u0000-\u0020"#%<>?\\^`{|}\u007f-\u009f\ud800-\udfff\ufffd]/gu

const indexName = /(^|\/)index\.x?html?$/i
const htmlName = /\.x?html?$/i

/** `guide/index.html` → `guide/`, `关于 我们.html` → `关于%20我们.html`. */
export function pageUrl(path: string, { base = '', stripHtml = false }: UrlOptions = {}): string {
  const encoded = path.replace(unsafe, encodeUnsafe)
  const folder = encoded.replace(indexName, '$1')
  const address = stripHtml ? folder.replace(htmlName, '') : folder
  const prefix = base === '' || base.endsWith('/') ? base : `${base}/`
  // Empty, it would be the address of the page that the search box stands on; with a colon in its
  // first part, one of a scheme of its own.
  const needsDot = prefix === '' && (address === '' || /^[^/]*:/.test(address))
  return needsDot ? `./${address}` : prefix + address
}

function encodeUnsafe(character: string): string {
  // Half of a surrogate pair is no character; what stands for it in bytes is U+FFFD.
  const code = character.charCodeAt(0)
  if (code >= 0xd800 && code <= 0xdfff) return '%EF%BF%BD'
  return encodeURIComponent(character)
}
