/** The sections of an index file by their ids; part of format.ts, and bound to its version. */

export const Section = {
  /** MessagePack map: counts, parameters, analyzer, fold table, recoding table, columns. */
  metadata: 'META',
  /** Chunked: term dictionary blocks of the paragraph texts. */
  terms: 'TERM',
  /** First term of every dictionary block. */
  termIndex: 'TIDX',
  /** Chunked: posting lists of the paragraph texts. */
  postings: 'POST',
  /** One length code per paragraph. */
  lengths: 'LENS',
  /** The same four for titles and headings; a row is a section. */
  contextTerms: 'CTRM',
  contextTermIndex: 'CTIX',
  contextPostings: 'CPST',
  contextLengths: 'CLEN',
  /** u32 pairs per section: first paragraph, paragraph behind its last; then one kind byte each. */
  sections: 'SECT',
  /** Chunked: paragraph texts and headings. */
  texts: 'TEXT',
  /** u32 per chunk of TEXT: its first paragraph. */
  textStarts: 'TXST',
  /** Chunked: one MessagePack record per document. */
  documents: 'DOCS',
  /** u32 per document and one more: its first paragraph. */
  documentStarts: 'DCST',
  /** Chunked: one column of metadata values per chunk. */
  columns: 'COLS',
  /** Chunked, one chunk: regional words for one another. Left out when there are none. */
  synonyms: 'SYNO',
  /** Chunked, one chunk: how characters and words are read. Left out when none has a reading. */
  pinyin: 'PINY',
  /** Chunked, one chunk: what merging needs to know of the texts. Only in mergeable segments. */
  counts: 'CNTS',
} as const
export type SectionId = (typeof Section)[keyof typeof Section]
