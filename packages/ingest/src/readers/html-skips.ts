/** What on a page is not content: programs, controls, navigation, the hidden. */
import { attribute, type HtmlElement, parentOf, textIn } from './html-tree.js'

const names = (text: string) => new Set(text.split(' '))

const neverRead = names(
  'script style noscript template nav footer iframe object embed svg canvas button select ' +
    'input textarea datalist dialog head math audio video map rt rp rtc',
)
const neverReadRoles = names('navigation banner contentinfo search complementary')
const sectioning = names('article main section nav aside')
const sectioningRoles = names('main article region')

/** True when the element's own header and asides belong to content, not to the page. */
export function isSectioning(element: HtmlElement): boolean {
  return sectioning.has(element.tagName) || sectioningRoles.has(attribute(element, 'role') ?? '')
}

function isHidden(element: HtmlElement): boolean {
  const hidden = attribute(element, 'hidden')
  return (
    // `until-found` is shown by the browser's own search.
    (hidden !== undefined && hidden.toLowerCase() !== 'until-found') ||
    attribute(element, 'aria-hidden') === 'true' ||
    /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attribute(element, 'style') ?? '')
  )
}

/** The banner of the page: a header in the body itself or in a wrapper around all of it. */
function isPageHeader(element: HtmlElement): boolean {
  if (element.tagName !== 'header') return false
  const parent = parentOf(element)
  return parent?.tagName === 'body' || (parent && parentOf(parent)?.tagName === 'body') === true
}

/**
 * True when neither the element nor anything in it is content.
 *
 * @param inContent whether it stands in an article, a section or what a page marks as its content:
 * there a header is the content's own, and an aside a remark on it
 */
export function isSkipped(element: HtmlElement, inContent: boolean): boolean {
  return (
    neverRead.has(element.tagName) ||
    neverReadRoles.has(attribute(element, 'role') ?? '') ||
    (!inContent && (element.tagName === 'aside' || isPageHeader(element))) ||
    isHidden(element)
  )
}

const onlySigns = /^[\s#§¶🔗\u200c\u200d]*$/u

/** A link in a heading to the heading itself, shown as a sign: no part of its text. */
export function isHeadingLink(element: HtmlElement): boolean {
  return (
    element.tagName === 'a' &&
    (attribute(element, 'href') ?? '').startsWith('#') &&
    onlySigns.test(textIn(element))
  )
}
