/**
 * `npm test`: install, build, lint, type check, tests; works from any state of the checkout.
 * The last line is `N passed, N failed, N skipped`, where lint and types count as one check each.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, install, runTool } from './workspace.mjs'

const count = { passed: 0, failed: 0, skipped: 0 }

if (prepare('install', install) && prepare('build', build)) {
  check('lint', () => runTool('biome', ['check', '--error-on-warnings', '.']) === 0)
  check('types', () => runTool('tsc', ['-p', 'tsconfig.test.json']) === 0)
  runTests()
}
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`)
process.exitCode = count.failed === 0 ? 0 : 1

/** A step whose failure leaves nothing to test. */
function prepare(name, step) {
  const done = step()
  if (!done) {
    console.error(`✗ ${name}`)
    count.failed++
  }
  return done
}

function check(name, step) {
  const ok = step()
  console.error(`${ok ? '✓' : '✗'} ${name}`)
  count[ok ? 'passed' : 'failed']++
}

function runTests() {
  const folder = mkdtempSync(join(tmpdir(), 'wenxun-test-'))
  const report = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = runTool('vitest', ['run', ...reporters, ...process.argv.slice(2)])
  const failedBefore = count.failed
  try {
    addReport(JSON.parse(readFileSync(report, 'utf8')))
  } catch {
    console.error('The test runner left no report.')
  }
  rmSync(folder, { recursive: true, force: true })
  // A crash outside of any test (an unhandled rejection, a file that does not load) is a failure.
  if (code !== 0 && count.failed === failedBefore) count.failed++
}

function addReport(report) {
  count.passed += report.numPassedTests
  count.failed += report.numFailedTests
  count.skipped += report.numPendingTests + report.numTodoTests
  // A file that failed to load has no tests to count.
  count.failed += report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length
}
