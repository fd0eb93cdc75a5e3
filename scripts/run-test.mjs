/** Runs a command of test/reliability, which is TypeScript, on the sources. */
import { build, install, runTool } from './workspace.mjs'

/** The arguments of this process are handed on. */
export function runTest(command) {
  if (!install() || !build()) {
    process.exitCode = 1
    return
  }
  const script = `test/reliability/${command}`
  process.exitCode = runTool('tsx', [
    '--tsconfig',
    'tsconfig.test.json',
    script,
    ...process.argv.slice(2),
  ])
}
