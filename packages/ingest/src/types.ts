/**
 * The seams of ingestion, and nothing else.
 *
 * paths → walk → bytes (gunzip, unzip) → format by content → encoding → reader → documents
 *                                                                     └ profile
 *
 * A reader never throws for bad input: it gives problems beside documents, and the next file
 * is read as if nothing had happened.
 */
import type { Readable } from 'node:stream'
import type { MetaValue, SourceDocument, SourceParagraph } from '@wenxun/core'
import type { RemovedLine, Repair } from './report/types.js'

export type Format =
  | 'text'
  | 'markdown'
  | 'html'
  | 'json'
  | 'jsonl'
  | 'csv'
  | 'tsv'
  | 'docx'
  | 'pdf'

/** Names are those that `detectEncoding` gives; options accept every name that iconv-lite knows. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030' | 'big5-hkscs'

export type ProblemCode =
  /** No such path. */
  | 'not-found'
  /** Permission denied, a device, or an error of the file system. */
  | 'unreadable'
  /** A symbolic link that leads back to a folder above it. */
  | 'loop'
  /** A file without text, or a folder without files. */
  | 'empty'
  /** Not text: an image, a program, unknown bytes. */
  | 'binary'
  /** A known document format that has no reader. */
  | 'unsupported'
  /** Bytes that are no text in the encoding given or guessed. */
  | 'encoding'
  /** A file that kept changing while it was read. */
  | 'changed'
  /** Compressed data, a PDF or a Word file that ends early or is damaged. */
  | 'corrupt'
  /** Not JSON where JSON was expected, or a table whose quotes do not close. */
  | 'syntax'
  /** A record or row that is no document: wrong type, no text. */
  | 'record'
  /** A date that is not understood; the document is read without it. */
  | 'date'
  /** A file, line or archive above the limit. */
  | 'too-large'

export interface Problem {
  readonly path: string
  readonly code: ProblemCode
  /** A whole sentence for a person; names the line where there is one. */
  readonly message: string
  /** From 1. */
  readonly line?: number
  /** Byte offset of the first bytes that could not be read. */
  readonly offset?: number
  /** The likeliest encoding of a file that could not be decoded. */
  readonly guess?: string
}

/** Where a document came from, and what reading it changed. */
export interface Source {
  readonly path: string
  readonly format: Format
  readonly encoding: string
  /** Line of a JSONL record or table row, from 1. */
  readonly line?: number
  /** Name of the profile that cleaned the text. */
  readonly profile?: string
  readonly removed?: readonly RemovedLine[]
  readonly repairs?: readonly Repair[]
}

export type ReadItem =
  | { readonly document: SourceDocument; readonly source: Source; readonly problem?: undefined }
  | { readonly problem: Problem; readonly document?: undefined; readonly source?: undefined }

/** Text cleaned and cut into paragraphs. */
export interface CleanedText {
  readonly title: string
  readonly date?: string
  readonly meta?: Record<string, MetaValue>
  readonly paragraphs: SourceParagraph[]
  readonly removed?: readonly RemovedLine[]
  readonly repairs?: readonly Repair[]
}

/** A way to read a kind of text. Write one and pass it as `profile` to use it. */
export interface TextProfile {
  readonly name: string
  /** True when the text is of this kind; asked only under `profile: 'auto'`. */
  recognises(text: string): boolean
  /** Must not throw; an empty title falls back to the file's name. */
  read(text: string): CleanedText
}

/** Our field → the record's field (`{ text: 'body', id: 'docno' }`); dots reach into objects. */
export type FieldMapping = Readonly<Record<string, string>>

export interface ReadProgress {
  /** The file being read. */
  readonly path: string
  /** Bytes read from disk so far, over all files; compressed bytes for `.gz`. */
  readonly bytesRead: number
  /** Of all files; standard input is not in it. */
  readonly totalBytes: number
  readonly filesRead: number
  readonly totalFiles: number
}

export interface ReadOptions {
  /** Default `auto`: by content, then by the file's name. */
  readonly format?: Format | 'auto'
  readonly fields?: FieldMapping
  /** Overrides detection. */
  readonly encoding?: string
  /** Default `auto`: official reports are recognised, all else is plain. */
  readonly profile?: 'auto' | 'report' | 'plain' | TextProfile
  /** Patterns as in a .gitignore, for files below every folder (and archive) given. */
  readonly ignore?: readonly string[]
  /** Folder that default ids are paths below; default: the folder that all paths share. */
  readonly base?: string
  readonly onProgress?: (progress: ReadProgress) => void
  /** Largest file that is read as a whole, in bytes after decompression; default 256 MiB. JSONL, CSV and archives are read in pieces and have no limit. */
  readonly maxFileBytes?: number
  /** Longest line of JSONL, longest row of a table, in bytes; default 64 MiB. */
  readonly maxLineBytes?: number
  /** Longest time for one PDF, in milliseconds; default 60,000. */
  readonly maxPdfTime?: number
  /** Where `-` reads from; default the process's standard input. */
  readonly input?: Readable
}

/** What a reader knows about the text it is given. */
export interface ReaderContext {
  readonly path: string
  /** Id of a document that brings none. */
  readonly id: string
  /** Title of a document that brings none. */
  readonly name: string
  readonly encoding: string
  readonly options: ReadOptions
}

/** One line of a decoded file; or what kept it from being read. Lines count from 1. */
export type DecodedLine =
  | { readonly number: number; readonly text: string; readonly problem?: undefined }
  | { readonly number: number; readonly problem: Problem; readonly text?: undefined }

/** Reads a decoded file as a whole. */
export interface TextReader {
  readonly takes: 'text'
  read(text: string, context: ReaderContext): Iterable<ReadItem>
}

/** Reads a decoded file line by line, however long it is. */
export interface LineReader {
  readonly takes: 'lines'
  read(lines: AsyncIterable<DecodedLine>, context: ReaderContext): AsyncIterable<ReadItem>
}

/** Reads a file that is not text and knows its own encoding. */
export interface BytesReader {
  readonly takes: 'bytes'
  read(bytes: Buffer, context: ReaderContext): AsyncIterable<ReadItem>
  /** Frees what the reader keeps from file to file; it may be used again. */
  close?(): Promise<void>
}

/** What reads the files of one format. */
export type Reader = TextReader | LineReader | BytesReader
