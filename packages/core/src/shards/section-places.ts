/**
 * Titles and headings of a bundle, as numbers that say what they cover, so that a search needs no
 * table of them.
 *
 *   number = first paragraph · slots + slot
 *
 * Slot 0 is the title of the document that begins there; it covers all of the document. The others
 * are headings that begin there, outermost first. How many paragraphs a heading covers stands in
 * the place of the frequency, which is not asked for in titles and headings, up to 254; longer ones
 * have 255 there, and are told in the core: how many · per heading the difference to the number
 * before · paragraphs − 255.
 *
 * Numbers ascend as the sections of an index do: by first paragraph, the title before headings.
 */

/** The frequency of a heading that covers more paragraphs than frequencies count. */
export const LONG_HEADING = 255
export const TITLE_SLOT = 0
