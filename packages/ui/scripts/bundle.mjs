/** dist/bundle.js with all it imports → dist/wenxun-search.js, one minified file for a page. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'

const dist = (name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url))

/** No minifier looks into templates. In these a line break needs no indentation behind it. */
const templates = {
  name: 'templates',
  setup({ onLoad }) {
    onLoad({ filter: /ui[\\/]dist[\\/][\w-]+-view\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8')
      return { contents: text.replace(/\n\s+/g, '\n') }
    })
    onLoad({ filter: /ui[\\/]dist[\\/]styles\.js$/ }, async () => {
      const { styles } = await import('../dist/styles.js')
      const { code } = await transform(styles.cssText, { loader: 'css', minify: true })
      return { contents: `import { css } from 'lit'\nexport const styles = css\`${code.trim()}\`` }
    })
  },
}

await build({
  entryPoints: [dist('bundle.js')],
  outfile: dist('wenxun-search.js'),
  bundle: true,
  minify: true,
  format: 'esm',
  charset: 'utf8',
  platform: 'browser',
  target: 'es2022',
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [templates],
})
