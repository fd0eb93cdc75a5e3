/** Makes styles smaller; no minifier looks into them. */
import { transform } from 'esbuild'

/** The file's text, smaller; null for files without styles. */
export async function smallTemplates(path) {
  const [, name] = /ui[\\/]dist[\\/](styles|filter-styles)\.js$/.exec(path) ?? []
  if (name === undefined) return null
  const { styles } = await import('../dist/styles.js')
  const { filterStyles } = await import('../dist/filter-styles.js')
  // Properties that no page may set, by number.
  const names = [...new Set((styles + filterStyles).match(/--_[\w-]+/g))]
  const numberOf = (property) => names.indexOf(property).toString(36)
  const short = (text) => text.replace(/--_[\w-]+/g, (property) => `--_${numberOf(property)}`)
  return name === 'styles'
    ? `export const styles = ${await small(short(styles))}`
    : `export const filterStyles = ${await small(short(filterStyles))}`
}

async function small(text) {
  const { code } = await transform(text, { loader: 'css', minify: true })
  // What esbuild leaves in custom properties.
  const smaller = code
    .trim()
    .replace(/(--[\w-]+:|var\(--[\w-]+,) /g, '$1')
    .replaceAll(' * ', '*')
  return `\`${smaller.replaceAll('\\', '\\\\')}\``
}
