/** The seams of reading a site, and nothing else. */
import type { SourceDocument, SourceParagraph } from '@wenxun/core'
import type { Problem } from '../types.js'
import type { UrlOptions } from './page-url.js'

export interface SiteParagraph extends SourceParagraph {
  /** As `data-pagefind-weight` says, 0 to 10; absent where the page says nothing. */
  weight?: number
}

/** A page as a document. Its id is the path below the site's root. */
export interface SiteDocument extends SourceDocument {
  paragraphs: SiteParagraph[]
}

/** Why a page is not in the index though it was read. */
export type LeftOutReason =
  /** Other pages of the site mark their content with `data-pagefind-body`; this one does not. */
  | 'unmarked'
  /** The page asks to be ignored as a whole. */
  | 'ignored'
  /** Nothing on it matches the root selector. */
  | 'no-root'
  /** It only sends its visitors to another page. */
  | 'redirect'
  /** It has neither text nor a title of its own. */
  | 'empty'

export interface PageFacts {
  /** Path below the site's root, with `/`. */
  readonly path: string
  readonly encoding: string
  /** Bytes of the file. */
  readonly bytes: number
  /** `lang` of the page, in lower case. */
  readonly language?: string
  /** Fields that the page declares as filters, for a search box to offer. */
  readonly filters: readonly string[]
  /** Paragraphs with a weight of their own. */
  readonly weighted: number
}

export type SiteItem =
  | {
      readonly document: SiteDocument
      readonly page: PageFacts
      /** Something to tell of a page that was read all the same. */
      readonly problem?: Problem
      readonly leftOut?: undefined
    }
  | {
      readonly leftOut: { readonly path: string; readonly reason: LeftOutReason }
      readonly document?: undefined
      readonly problem?: undefined
    }
  | { readonly problem: Problem; readonly document?: undefined; readonly leftOut?: undefined }

export interface SiteOptions extends UrlOptions {
  /** Patterns of the pages' paths below the root; default all `.html`, `.htm` and `.xhtml`. */
  readonly include?: readonly string[]
  /** Patterns of pages to leave out; default `404.html`. */
  readonly exclude?: readonly string[]
  /** Only what is in the first element that matches is looked at, fields too; default all. */
  readonly rootSelector?: string
  /** Elements that are no content, beside those that never are. */
  readonly excludeSelectors?: readonly string[]
  /**
   * Fields taken from pages that do not declare them: field → selector, `selector@attribute` for
   * an attribute. Without one, `meta` gives its content and `time` its datetime, others their text.
   */
  readonly fields?: Readonly<Record<string, string>>
  /** What else to keep of a page as fields: `description`, `image`, `image_alt`; default nothing. */
  readonly keep?: readonly string[]
  /** Encoding of all pages; default: found out for each. */
  readonly encoding?: string
  /** Largest page in bytes; default 64 MiB. */
  readonly maxPageBytes?: number
  /**
   * Threads that read pages while the caller works on those before: 0 reads them in the caller's
   * own. Default: by the size of the site and the processors. Items and their order are the same.
   */
  readonly threads?: number
  readonly onProgress?: (progress: SiteProgress) => void
}

export interface SiteProgress {
  readonly bytesRead: number
  readonly totalBytes: number
  readonly pagesRead: number
  readonly totalPages: number
}
