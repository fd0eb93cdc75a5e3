/** Every command that writes an index. */

import { join } from 'node:path'
import { buildScenarios } from './build-scenario.js'
import { liveScenarios } from './live-scenarios.js'
import type { Scenario } from './scenario.js'
import { siteScenarios } from './site-scenario.js'
import { WatchScenario } from './watch-scenario.js'

/** `workFolder` takes the indexes that the scenarios start from. */
export async function allScenarios(workFolder: string): Promise<Scenario[]> {
  return [
    ...(await buildScenarios(join(workFolder, 'build'))),
    ...(await liveScenarios(join(workFolder, 'live'))),
    ...(await siteScenarios(join(workFolder, 'site'))),
    new WatchScenario(),
  ]
}
