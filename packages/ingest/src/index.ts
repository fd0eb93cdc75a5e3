export { type DetectedEncoding, detectEncoding, knownEncoding } from './encoding.js'
export { plainProfile, reportProfile } from './profiles.js'
export { type ReadStringOptions, readPath, readString } from './read-path.js'
export { formats } from './readers.js'
export { looksLikeReport } from './report/detect.js'
export { readReport } from './report/read-report.js'
export type { RemovalReason, RemovedLine, Repair, RepairKind, Report } from './report/types.js'
export { SiteOptionError } from './site/page-rules.js'
export { defaultExclude, defaultInclude, readSite } from './site/read-site.js'
export type {
  LeftOutReason,
  PageFacts,
  SiteDocument,
  SiteItem,
  SiteOptions,
  SiteParagraph,
  SiteProgress,
} from './site/types.js'
export type {
  CleanedText,
  Encoding,
  FieldMapping,
  Format,
  Problem,
  ProblemCode,
  ReadItem,
  ReadOptions,
  ReadProgress,
  Source,
  TextProfile,
} from './types.js'
export { type Walked, walk } from './walk.js'
