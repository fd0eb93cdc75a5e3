/** `npm run build`: every package's `dist`, incrementally. Expects an installed workspace. */
import { build } from './workspace.mjs'

process.exitCode = build() ? 0 : 1
