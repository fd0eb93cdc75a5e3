/** Makes templates and styles smaller; no minifier looks into them. */
import { readFile } from 'node:fs/promises'
import { transform } from 'esbuild'

/** The file's text, smaller; null for files without templates. */
export async function smallTemplates(path) {
  // A line break in these needs no indentation behind it.
  if (/ui[\\/]dist[\\/][\w-]+-view\.js$/.test(path)) {
    return (await readFile(path, 'utf8')).replace(/\n\s+/g, '\n')
  }
  if (!/ui[\\/]dist[\\/]styles\.js$/.test(path)) return null
  const { styles } = await import('../dist/styles.js')
  const { code } = await transform(styles, { loader: 'css', minify: true })
  // What esbuild leaves in custom properties.
  const small = code.trim().replace(/(--[\w-]+:|var\(--[\w-]+,) /g, '$1')
  return `export const styles = \`${small.replaceAll('\\', '\\\\')}\``
}
