/** The text profiles: official reports, and plain text. */
import { paragraphsOf } from './fields.js'
import { looksLikeReport } from './report/detect.js'
import { readReport } from './report/read-report.js'
import type { ReadOptions, TextProfile } from './types.js'

/** Chinese official reports and notices; see docs/reports.md. */
export const reportProfile: TextProfile = {
  name: 'report',
  recognises: looksLikeReport,
  read: readReport,
}

/** Every line a paragraph, as it stands. */
export const plainProfile: TextProfile = {
  name: 'plain',
  recognises: () => true,
  read: (text) => ({ title: '', paragraphs: paragraphsOf(text) }),
}

/** The profile that an option names; `auto` asks the report profile first. */
export function profileFor(text: string, option: ReadOptions['profile']): TextProfile {
  if (typeof option === 'object') return option
  if (option === 'plain') return plainProfile
  return option === 'report' || reportProfile.recognises(text) ? reportProfile : plainProfile
}
