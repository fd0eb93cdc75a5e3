/** A worker starts without TypeScript; this makes it understand some, and goes on there. */
import { register } from 'tsx/esm/api'

register({ tsconfig: 'tsconfig.test.json' })
await import('./worker.ts')
