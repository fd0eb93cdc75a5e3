/** The keys that lead to the search box from anywhere on the page: ⌘K or Ctrl-K, and `/`. */

/** Whether a key press asks for the search box; never while somebody types elsewhere. */
export function asksForSearch(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return false
  if (event.altKey || isTyping(event)) return false
  if (!event.metaKey && !event.ctrlKey) return event.key === '/'
  return event.key.toLowerCase() === 'k' && !event.shiftKey
}

function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath()
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)
}

/** How this platform writes the shortcut. */
export function shortcutLabel(): string {
  return /mac|iphone|ipad/i.test(navigator.platform) ? '⌘K' : 'Ctrl K'
}
