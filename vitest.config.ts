import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const source = (path: string) => fileURLToPath(new URL(`packages/${path}`, import.meta.url))

export default defineConfig({
  resolve: {
    // Unit tests run on the sources, so a stale dist can never pass. Longer names come first.
    alias: [
      { find: /^@wenxun\/tokenizer$/, replacement: source('tokenizer/src/index.ts') },
      { find: /^@wenxun\/tokenizer\/(\w+)$/, replacement: source('tokenizer/src/$1.ts') },
      { find: /^@wenxun\/core$/, replacement: source('core/src/index.ts') },
      { find: /^@wenxun\/core\/remote$/, replacement: source('core/src/open-remote-index.ts') },
      { find: /^@wenxun\/core\/build$/, replacement: source('core/src/build.ts') },
      { find: /^@wenxun\/node\/file$/, replacement: source('node/src/file.ts') },
      { find: /^@wenxun\/node$/, replacement: source('node/src/index.ts') },
      { find: /^@wenxun\/ingest$/, replacement: source('ingest/src/index.ts') },
      { find: /^#dictionary$/, replacement: source('tokenizer/src/dictionary/load-node.ts') },
      { find: /^#deflate$/, replacement: source('core/src/build/deflate-node.ts') },
    ],
  },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
})
